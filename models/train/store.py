"""Screens as raw pixels at the scale that training needs, so that a view costs no decoding.

A folder with `index.json` and one `.npy` per screen, mapped into memory when a view is cut.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from rich.progress import track

from models.train.labels import Labels, read_labels
from models.train.split import part_of
from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

VERSION = 1
MOST_PIXELS_PER_DP = 1.5


@dataclass(frozen=True, slots=True)
class StoredScreen:
    """A screen of the store.

    Attributes:
        name: File name of its pixels.
        kit: UI kit that drew it.
        part: `train` or `layouts`.
        scale: Stored pixels per dp.
        labels: Objects, in stored pixels.
    """

    name: str
    kit: str
    part: str
    scale: float
    labels: Labels


@dataclass(frozen=True, slots=True)
class Store:
    """All screens of a folder."""

    folder: Path
    screens: tuple[StoredScreen, ...]

    def pixels(self, screen: StoredScreen) -> NDArray[np.uint8]:
        """uint8 (H, W, 3), BGR, mapped from disk."""
        pixels: NDArray[np.uint8] = np.load(
            self.folder / screen.name, mmap_mode="r", allow_pickle=False
        )
        return pixels

    def size(self, screen: StoredScreen) -> tuple[int, int]:
        """Height and width in stored pixels; reads the head of the file only."""
        height, width = self.pixels(screen).shape[:2]
        return height, width

    def part(self, part: str) -> Store:
        """Only the screens of one part."""
        return Store(self.folder, tuple(s for s in self.screens if s.part == part))


def build_store(sources: Sequence[Path], folder: Path) -> Store:
    """Add what is new in `sources` (folders of pictures and labels) to `folder`.

    Raises:
        FormatError: two sources hold a screen of the same name, and one would stand for the other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = {s.name: s for s in open_store(folder).screens} if _index(folder).exists() else {}
    files = sorted(path for source in sources for path in source.rglob("*.json"))
    screens: list[StoredScreen] = []
    origins: dict[str, Path] = {}
    for path in track(files, description="storing screens"):
        name = f"{path.parent.name}-{path.stem}.npy"
        screen = known.get(name) or _store_one(path, folder, name)
        if screen is None:
            continue
        if (origin := origins.setdefault(name, path)) != path:
            raise FormatError(
                f"{origin} and {path} would be stored under the same name",
                hint="Rename the folder that one of them lies in.",
            )
        screens.append(screen)
    document = {"version": VERSION, "screens": [_to_json(screen) for screen in screens]}
    _index(folder).write_text(json.dumps(document))
    return Store(folder, tuple(screens))


def open_store(folder: Path) -> Store:
    """Open a folder that `build_store` made.

    Raises:
        FormatError: there is none, or of another version.
    """
    try:
        document = json.loads(_index(folder).read_text())
    except (OSError, ValueError) as error:
        raise FormatError(
            f"{folder} holds no stored screens", hint="Make them with: python -m models.train store"
        ) from error
    if document.get("version") != VERSION:
        raise UnsupportedVersion(
            f"{folder} was stored by another version", hint="Delete it and store the screens again."
        )
    return Store(folder, tuple(_from_json(screen) for screen in document["screens"]))


def _index(folder: Path) -> Path:
    return folder / "index.json"


def _store_one(path: Path, folder: Path, name: str) -> StoredScreen | None:
    document = json.loads(path.read_text())
    if not isinstance(document, dict) or "elements" not in document:
        return None  # a set's own manifest lies beside the labels
    screen = read_labels(path)
    pixels = np.ascontiguousarray(read_frame(screen.image).pixels[:, :, :3])
    factor = min(1.0, MOST_PIXELS_PER_DP / screen.density)
    size = (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))
    if factor < 1:
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    np.save(folder / name, pixels, allow_pickle=False)
    return StoredScreen(
        name,
        screen.kit,
        part_of(screen.seed),
        screen.density * factor,
        screen.labels.scaled(factor),
    )


def _to_json(screen: StoredScreen) -> dict[str, Any]:
    return {
        "name": screen.name,
        "kit": screen.kit,
        "part": screen.part,
        "scale": screen.scale,
        "boxes": np.round(screen.labels.boxes.astype(float), 2).tolist(),
        "classes": screen.labels.classes.tolist(),
        "clickable": screen.labels.clickable.tolist(),
        "behind": np.round(screen.labels.behind.astype(float), 2).tolist(),
    }


def _from_json(screen: dict[str, Any]) -> StoredScreen:
    labels = Labels(
        np.array(screen["boxes"], np.float32).reshape(-1, 4),
        np.array(screen["classes"], np.int64),
        np.array(screen["clickable"], bool),
        np.array(screen["behind"], np.float32).reshape(-1, 4),
    )
    return StoredScreen(screen["name"], screen["kit"], screen["part"], screen["scale"], labels)
