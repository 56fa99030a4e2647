"""Reading and writing the files of a recording's folder, and nothing outside it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from vistest.core.errors import FormatError

if TYPE_CHECKING:
    from pathlib import Path

Document = dict[str, Any]

LONGEST_LINE = 64 * 1024
LARGEST_TEXT = 1024 * 1024 * 1024
_LARGEST_DOCUMENT = 1024 * 1024
_DAMAGED = "the file was damaged or edited by hand; record again"


class AppendFile:
    """A file that only grows, unbuffered: what was written survives the end of the process.

    PyAV writes the video through it, so it also seeks (the header is completed on closing).
    After a failed write it takes no more: a half line must stay the last one.

    Attributes:
        failure: Why it takes no more; None while it does.
        size: Bytes so far.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)
        self.failure: OSError | None = None
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write all of `data`; a raw file may take a part only, most of all on a full disk.

        Raises:
            OSError: the disk is full, a quota is reached, ...
        """
        if self.failure is not None:
            raise self.failure
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._write_some(rest) :]
        except OSError as error:
            self.failure = error
            raise
        self.size = max(self.size, self._file.tell())
        return len(data)

    def _write_some(self, data: memoryview) -> int:
        return self._file.write(data) or 0

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


def as_line(document: Document) -> bytes:
    """One line of JSON, ASCII only."""
    text = json.dumps(document, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii") + b"\n"


def member(folder: Path, name: str) -> Path:
    """The path of file `name` of a recording.

    Raises:
        FormatError: it is missing, is not a regular file, or is a link that leaves the folder.
    """
    path = folder / name
    if not path.exists():
        raise FormatError(
            f"{folder} has no {name}", hint="give the folder that vistest record wrote"
        )
    if not path.resolve().is_relative_to(folder.resolve()):
        raise FormatError(
            f"{path} points outside the recording",
            hint="a recording must be complete in its folder; replace the link by the file",
        )
    if not path.is_file():
        raise FormatError(f"{path} is not a file", hint=_DAMAGED)
    return path


def read_document(path: Path) -> Document:
    """The JSON object in a small file.

    Raises:
        FormatError: it is not one.
    """
    if path.stat().st_size > _LARGEST_DOCUMENT:
        raise FormatError(f"{path} is too large to be a manifest", hint=_DAMAGED)
    return _parse(path.read_bytes(), str(path))


def read_lines(path: Path) -> tuple[list[Document], bool]:
    """The JSON objects of a file with one a line, and whether its last line was cut off.

    A recorder that was killed may leave half a line at the end; that half is left out.

    Raises:
        FormatError: any other line is not a JSON object.
    """
    if path.stat().st_size > LARGEST_TEXT:
        raise FormatError(f"{path} is larger than 1 GiB", hint=_DAMAGED)
    documents: list[Document] = []
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            where = f"{path} line {len(documents) + 1}"
            if line.endswith(b"\n"):
                documents.append(_parse(line, where))
            elif len(line) < LONGEST_LINE:
                return documents, True
            else:
                raise FormatError(f"{where} is longer than 64 KiB", hint=_DAMAGED)
    return documents, False


def _parse(data: bytes, where: str) -> Document:
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{where} is not valid JSON", hint=_DAMAGED) from error
    if not isinstance(value, dict):
        raise FormatError(f"{where} is not a JSON object", hint=_DAMAGED)
    return value


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")
