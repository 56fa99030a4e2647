"""`python -m models.data.photos --to DIR`: small pictures cut from the wallpapers of this system.

Real screens are full of photos, and the renderers' own drawings look like none.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import cv2
import numpy as np
import typer

from vistest.core.errors import VistestError
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

WALLPAPERS = Path("/usr/share/backgrounds")
_ENDINGS = frozenset((".jpg", ".png", ".webp"))
_WIDTH = 480


def main(
    to: Annotated[Path, typer.Option(help="Folder for the pictures.")],
    each: Annotated[int, typer.Option(help="Pictures of one wallpaper.")] = 6,
) -> None:
    """Cut the wallpapers up; the same pictures each time."""
    to.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(wallpapers(WALLPAPERS)):
        try:
            pixels = read_frame(path).bgr
        except VistestError:
            continue  # a format that this build of OpenCV does not read
        random = np.random.default_rng(number)
        for n in range(each):
            cv2.imwrite(str(to / f"{path.stem.lower()}-{n}.jpg"), cut(pixels, random))


def wallpapers(folder: Path) -> list[Path]:
    """Pictures below `folder`, in an order that does not depend on where it lies."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)


def cut(pixels: NDArray[np.uint8], random: Generator) -> NDArray[np.uint8]:
    """A part of a picture, of a third of its sides to the whole, some 480 wide."""
    height, width = pixels.shape[:2]
    share = random.uniform(0.33, 1.0, 2)
    size = np.maximum(1, (share * (width, height)).astype(int))
    left, top = (random.uniform(0, 1, 2) * ((width, height) - size)).astype(int)
    part = pixels[top : top + size[1], left : left + size[0]]
    factor = min(1.0, _WIDTH / part.shape[1])
    smaller = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8)


if __name__ == "__main__":
    typer.run(main)
