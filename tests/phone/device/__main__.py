"""A phone in a process of its own: `python -m tests.phone.device SETUP SCREEN FOLDER`.

When it is ready it prints one line of JSON: where it is to be found.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from tests.phone.device.phone import Device
from tests.phone.setup import PhoneSetup


async def main(setup: str, screen: str, folder: str) -> None:
    """Until the process is ended."""
    device = Device(PhoneSetup.from_json(setup), screen, Path(folder))
    await device.start()
    print(json.dumps({"port": device.port, "origin": device.web.garden.origin}), flush=True)  # noqa: T201
    await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
