"""Paths written in files are untrusted: they must not leave the folder that they belong to."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from vistest.core.errors import FormatError


def path_inside(folder: Path, relative: str) -> Path:
    """Where `relative` (with forward slashes) lies in `folder`; it need not exist.

    Raises:
        FormatError: it is absolute, climbs out with `..`, or a symbolic link leads out.
    """
    parts = PurePosixPath(relative).parts
    plain = bool(parts) and not any(ord(character) < 32 for character in relative)
    if not plain or "\\" in relative or ".." in parts or _is_absolute(relative):
        raise FormatError(f"path {relative!r} does not stay inside its folder")
    path = folder.joinpath(*parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise FormatError(f"path {relative!r} leads out of its folder by a symbolic link")
    return path


def _is_absolute(path: str) -> bool:
    return PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).drive)
