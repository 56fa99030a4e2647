"""`python -m models.data.overlay DIR`: a contact sheet of labelled screens to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import cv2
import numpy as np
import typer

from models.data.screens import LabelledScreen, screens_below
from vistest.core.scene import ELEMENT_CLASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

# BGR, in the order of the classes.
_COLOURS = (
    (60, 60, 230), (0, 160, 255), (200, 120, 0), (60, 180, 60), (200, 60, 200), (0, 200, 200),
    (255, 160, 60), (120, 60, 255), (0, 120, 120), (160, 0, 100), (100, 200, 0), (150, 150, 150),
)  # fmt: skip


def drawn(screen: LabelledScreen, height: int) -> NDArray[np.uint8]:
    """The screen scaled to `height` with its boxes; dashes of the class colour, dots on targets."""
    data = np.frombuffer(screen.image.read_bytes(), np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    scale = height / picture.shape[0]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for element in screen.elements:
        colour = _COLOURS[ELEMENT_CLASSES.index(element.cls)]
        left, top, right, bottom = (round(edge * scale) for edge in element.box.as_list())
        cv2.rectangle(small, (left, top), (right, bottom), colour, 1)
        if element.clickable:
            cv2.circle(small, (left + 2, top + 2), 2, colour, -1)
    return small


def sheet(screens: list[LabelledScreen], height: int, width: int) -> NDArray[np.uint8]:
    """Screens in rows not wider than `width`, with a key of the colours below."""
    rows: list[list[NDArray[np.uint8]]] = [[]]
    for screen in screens:
        tile = cv2.copyMakeBorder(drawn(screen, height), 0, 20, 0, 4, cv2.BORDER_CONSTANT)
        name = f"{screen.seed} {screen.look} {screen.look_options['kit']}"
        cv2.putText(tile, name, (2, height + 14), cv2.FONT_HERSHEY_PLAIN, 0.9, (255, 255, 255), 1)
        if rows[-1] and sum(t.shape[1] for t in rows[-1]) + tile.shape[1] > width:
            rows.append([])
        rows[-1].append(tile)
    full = max(width, *(sum(t.shape[1] for t in row) for row in rows))
    lines = [np.hstack(row) for row in rows] + [_key(full)]
    padded = [
        cv2.copyMakeBorder(line, 0, 0, 0, full - line.shape[1], cv2.BORDER_CONSTANT)
        for line in lines
    ]
    return np.vstack(padded)


def _key(width: int) -> NDArray[np.uint8]:
    strip = np.zeros((24, width, 3), np.uint8)
    for number, (name, colour) in enumerate(zip(ELEMENT_CLASSES, _COLOURS, strict=True)):
        cv2.putText(strip, name, (8 + 105 * number, 16), cv2.FONT_HERSHEY_PLAIN, 1.1, colour, 1)
    return strip


def main(
    folder: Annotated[Path, typer.Argument(help="folder of screens, searched below too")],
    out: Annotated[Path, typer.Option(help="picture to write")] = Path("overlay.png"),
    limit: Annotated[int, typer.Option(min=1, help="at most this many screens")] = 40,
    kit: Annotated[str, typer.Option(help="only this kit")] = "",
    look: Annotated[str, typer.Option(help="only this look")] = "",
    height: Annotated[int, typer.Option(help="height of a screen on the sheet")] = 560,
    width: Annotated[int, typer.Option(help="width of the sheet")] = 1900,
) -> None:
    """Draws the labels over the screens of FOLDER and puts them on one sheet."""
    chosen = [
        screen
        for screen in screens_below(folder)
        if kit in ("", screen.look_options["kit"]) and look in ("", screen.look)
    ]
    if not chosen:
        raise typer.BadParameter(f"no such screens below {folder}")
    step = max(1, len(chosen) // limit)
    ok, data = cv2.imencode(".png", sheet(chosen[::step][:limit], height, width))
    if not ok:
        raise typer.BadParameter("the sheet is too large; lower --limit or --height")
    out.write_bytes(data.tobytes())


if __name__ == "__main__":
    typer.run(main)
