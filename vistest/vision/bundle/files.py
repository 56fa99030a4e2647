"""The file of a bundle: a ZIP archive of two members, which are read and never unpacked."""

from __future__ import annotations

import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from vistest.core.errors import FormatError
from vistest.vision.bundle.arrays import LARGEST_BYTES, ArrayReader, ArrayWriter
from vistest.vision.bundle.fields import bundle_error
from vistest.vision.bundle.manifest import read_manifest, write_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.vision.bundle.model import ModelBundle

MANIFEST = "manifest.json"
ARRAYS = "arrays.bin"
_LARGEST_MANIFEST = 16 << 20
_ONE_TIME = (1980, 1, 1, 0, 0, 0)  # the same model gives the same file
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression that nobody asked for
    RuntimeError,  # encrypted
    ValueError,
)


def save_bundle(bundle: ModelBundle, path: Path) -> None:
    """Write `bundle`; a write that fails leaves what was there.

    Raises:
        OSError: it cannot be written.
    """
    arrays = ArrayWriter()
    manifest = write_manifest(bundle, arrays)
    text = json.dumps(manifest, separators=(",", ":"), allow_nan=False)
    partial = path.with_name(path.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w") as archive:
            for name, content in ((MANIFEST, text.encode("ascii")), (ARRAYS, arrays.content)):
                member = zipfile.ZipInfo(name, _ONE_TIME)
                archive.writestr(member, content, zipfile.ZIP_DEFLATED, 9)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def load_bundle(path: Path) -> ModelBundle:
    """Read a bundle; nothing in it is trusted.

    Raises:
        FormatError: it is missing, damaged, or not a bundle.
        UnsupportedVersion: a newer vistest wrote it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sorted(archive.namelist()) != sorted((MANIFEST, ARRAYS)):
                raise bundle_error(str(path), "it does not hold the two files of a model bundle")
            text = _read(archive, MANIFEST, _LARGEST_MANIFEST, path)
            arrays = _read(archive, ARRAYS, LARGEST_BYTES, path)
    except OSError as error:
        reason = error.strerror or "not a file"
        raise FormatError(
            f"the model {path} cannot be read: {reason}", hint="Give the path of a bundle."
        ) from error
    except _DAMAGES as error:
        raise bundle_error(str(path), "it is no model bundle, or was damaged") from error
    return read_manifest(_parsed(text, path), ArrayReader(arrays), str(path))


def _read(archive: zipfile.ZipFile, name: str, most: int, path: Path) -> bytes:
    """A member; no more is unpacked than the archive says that it holds."""
    if archive.getinfo(name).file_size > most:
        raise bundle_error(str(path), f"{name} is larger than {most >> 20} MiB")
    return archive.read(name)


def _parsed(text: bytes, path: Path) -> dict[str, Any]:
    try:
        document = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise bundle_error(f"{path}, {MANIFEST}", "it is not valid JSON") from error
    if not isinstance(document, dict):
        raise bundle_error(f"{path}, {MANIFEST}", "it is not a JSON object")
    return document


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")
