"""A phone to play with: `python -m tests.phone --size 720x1600 --density 2`, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import threading

from tests.phone.phone import Phone
from tests.phone.setup import PhoneSetup


def main() -> None:
    """Start a phone and say where it is."""
    usual = PhoneSetup()
    parser = argparse.ArgumentParser(prog="python -m tests.phone")
    parser.add_argument("--size", default="{}x{}".format(*usual.size))
    parser.add_argument("--density", type=float, default=usual.density)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--keyboard", choices=["round", "square", "none"], default=usual.keyboard)
    options = parser.parse_args()
    width, _, height = options.size.partition("x")
    setup = PhoneSetup(
        size=(int(width), int(height)),
        density=options.density,
        dark=options.dark,
        keyboard=options.keyboard,
    )
    with Phone(setup) as phone, contextlib.suppress(KeyboardInterrupt):
        print(f"adb:{phone.address}", flush=True)  # noqa: T201
        threading.Event().wait()


main()
