"""The list of nets that are compared."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vistest.core.errors import FormatError, UnsupportedVersion

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1


@dataclass(frozen=True, slots=True)
class Net:
    """A net to compare.

    Attributes:
        name: For people.
        manifest: Of its quantised model, as models.export or the recipe wrote it.
        reference: Manifest of the dense net of the same width in fp32, from which the loss of a
            sparse net is counted; None if there is none.
    """

    name: str
    manifest: Path
    reference: Path | None = None


@dataclass(frozen=True, slots=True)
class Nets:
    """All nets, and what they are timed on.

    Attributes:
        nets: At least two.
        size: Width and height of the picture.
        threads: Of the engine.
    """

    nets: tuple[Net, ...]
    size: tuple[int, int] = (640, 640)
    threads: int = 1


def read_nets(path: Path) -> Nets:
    """The list in a TOML file; paths are relative to it.

    Raises:
        FormatError: it is no such list.
    """
    try:
        document = tomllib.loads(path.read_text())
        if document.get("version") != VERSION:
            raise UnsupportedVersion(f"{path} is not of version {VERSION}", hint="Please update.")
        nets = tuple(_net(entry, path.parent) for entry in document["nets"])
        width, height = document.get("size", (640, 640))
        found = Nets(nets, (int(width), int(height)), int(document.get("threads", 1)))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FormatError(f"{path} does not list nets: {error!r}") from error
    if len(nets) < 2:
        raise FormatError(f"{path} lists fewer than two nets", hint="Name what to compare with.")
    files = [file for net in nets for file in (net.manifest, net.reference) if file is not None]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise FormatError(
            f"{path} lacks {missing[0]}", hint="Export the nets first (models.export)."
        )
    return found


def _net(entry: dict[str, Any], folder: Path) -> Net:
    reference = entry.get("reference")
    return Net(
        entry["name"], folder / entry["model"], None if reference is None else folder / reference
    )
