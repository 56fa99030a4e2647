"""The phone's files, and the environment in which its shell runs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDERS = ("sdcard/Download", "data/local/tmp", "bin")
_PROGRAM = Path(__file__).with_name("tool")


class PhoneFiles:
    """A folder of this computer that is the phone's root.

    Attributes:
        root: The folder.
        socket: Where the phone's programs find the phone.
        environment: All of the environment of its shell.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in _FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
        self._programs = root / "bin"
        (self._programs / "sh").symlink_to("/bin/sh")
        self.socket = root / "tools"
        self.environment = {
            "PATH": str(self._programs),
            "HOME": "/",
            "LANG": "C.UTF-8",
            "VISTEST_PHONE": str(self.socket),
        }

    def install(self, programs: Iterable[str]) -> None:
        """Make `programs` known to the shell."""
        for program in programs:
            (self._programs / program).symlink_to(_PROGRAM)

    def find(self, name: str) -> Path | None:
        """The file `name` of the phone, wherever it exists; None if it leads out of the root."""
        path = self.root.joinpath(*PurePosixPath("/", name).parts[1:])
        return path if path.resolve().is_relative_to(self.root.resolve()) else None
