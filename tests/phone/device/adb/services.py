"""The services that a computer may open, found by their name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.phone.device.adb.shell import ShellKind, serve_shell
from tests.phone.device.adb.sync import serve_sync

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.phone.device.adb.stream import Stream
    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.scrcpy import Scrcpy
    from tests.phone.device.state import PhoneState


class Services:
    """What this phone serves."""

    def __init__(self, state: PhoneState, files: PhoneFiles, scrcpy: Scrcpy) -> None:
        self._state, self._files, self._scrcpy = state, files, scrcpy

    def find(self, name: str) -> Callable[[Stream], Awaitable[None]] | None:
        """The service to run on a stream, or None if there is none of this name."""
        kind, _, argument = name.partition(":")
        arguments = kind.split(",")
        match arguments[0]:
            case "shell" if "v2" not in arguments or self._state.setup.shell_v2:
                terminal = "pty" in arguments or (not argument and "raw" not in arguments)
                shell = ShellKind(packets="v2" in arguments, terminal=terminal)
                return partial(serve_shell, self._state, self._files, shell, argument)
            case "exec":
                return partial(serve_shell, self._state, self._files, ShellKind(), argument)
            case "sync":
                return partial(serve_sync, files=self._files)
            case "localabstract":
                return self._scrcpy.find(argument)
            case _:
                return None
