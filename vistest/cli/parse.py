"""`vistest parse`: what is on each picture of a list."""

from __future__ import annotations

import time
from pathlib import Path  # noqa: TC003 - typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vistest.cli.lines import read_lines, write_lines
from vistest.cli.output import print_error
from vistest.core.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.core.scene import Scene
    from vistest.vision.parse import ScreenParser


def parse(
    images: Annotated[Path, typer.Option(help="Text file with the path of one picture a line.")],
    out: Annotated[Path, typer.Option(help="Where to write one JSON line per picture.")],
) -> None:
    """List the objects of pictures of screens: class, box, score and text.

    A picture that cannot be read gives a line with `image` and `error`; the others are parsed
    all the same, and the exit code is 1.
    """
    hint = "Give a text file with one path a line."
    paths = [line for _, line in read_lines(images, "list", hint)]
    write_lines(out, _records(paths), len(paths), "parsing")


def scene_record(image: str, scene: Scene, elapsed_ms: float) -> dict[str, Any]:
    """A line of the output."""
    size = scene.screen.size
    return {
        "image": image,
        "size": [size.width, size.height],
        "elements": [
            {
                "class": element.cls,
                "box": [round(value, 1) for value in element.box.as_list()],
                "score": round(element.score, 4),
                "text": element.text,
            }
            for element in scene.elements
        ],
        "elapsed_ms": round(elapsed_ms, 1),
    }


def _records(paths: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A record for each picture, with `error` where it could not be read."""
    from vistest.vision.parse import ScreenParser

    parser = ScreenParser.default()
    for path in paths:
        try:
            yield _parse_one(parser, path)
        except FormatError as error:
            print_error(error)
            yield {"image": path, "error": str(error)}


def _parse_one(parser: ScreenParser, path: str) -> dict[str, Any]:
    from vistest.vision.images import read_frame

    frame = read_frame(path)
    start = time.perf_counter()
    scene = parser.parse(frame)
    return scene_record(path, scene, (time.perf_counter() - start) * 1e3)
