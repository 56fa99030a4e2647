"""Programs about files: cat, ls, rm, mkdir."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from tests.phone.device.state import monotonic_s

if TYPE_CHECKING:
    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.programs import Call
    from tests.phone.device.state import PhoneState


class Storage:
    """The programs, on one phone."""

    def __init__(self, state: PhoneState, files: PhoneFiles) -> None:
        self._state, self._files = state, files

    async def cat(self, call: Call) -> int:
        """Print files; /proc/uptime counts the time that the phone slept, too."""
        code = 0
        for name in call.arguments:
            path = self._files.find(name)
            if name == "/proc/uptime":
                awake_s = monotonic_s()
                await call.say(f"{awake_s + self._state.setup.slept_s:.2f} {awake_s:.2f}\n")
            elif path is not None and path.is_file():
                await call.write(path.read_bytes())
            else:
                code = await call.complain(f"cat: {name}: No such file or directory\n")
        return code

    async def ls(self, call: Call) -> int:
        """Names in folders."""
        for name in [word for word in call.arguments if not word.startswith("-")] or ["/"]:
            path = self._files.find(name)
            if path is None or not path.exists():
                return await call.complain(f"ls: {name}: No such file or directory\n")
            names = sorted(entry.name for entry in path.iterdir()) if path.is_dir() else [name]
            await call.say("".join(f"{entry}\n" for entry in names))
        return 0

    async def rm(self, call: Call) -> int:
        """Remove files of /sdcard and /data/local/tmp."""
        for name in [word for word in call.arguments if not word.startswith("-")]:
            path = self._files.find(name)
            if path is None or not name.startswith(("/sdcard/", "/data/local/tmp/")):
                return await call.complain(f"rm: {name}: Permission denied\n")
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok="-f" in call.arguments)
        return 0

    async def mkdir(self, call: Call) -> int:
        """Make folders."""
        for name in [word for word in call.arguments if not word.startswith("-")]:
            path = self._files.find(name)
            if path is None:
                return await call.complain(f"mkdir: {name}: Permission denied\n")
            path.mkdir(parents=True, exist_ok=True)
        return 0

    async def sleep(self, call: Call) -> int:
        """Wait."""
        await asyncio.sleep(float(call.arguments[0]))
        return 0
