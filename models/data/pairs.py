"""`python -m models.data.pairs DIR`: "find this element there" cases from cross-look screens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from models.data.screens import LabelledElement, LabelledScreen, read_screen

if TYPE_CHECKING:
    from collections.abc import Iterator


def counterparts(element: LabelledElement, screen: LabelledScreen) -> list[LabelledElement] | None:
    """The elements of `screen` that are the same control as `element`.

    A kit may draw as a bare icon what another draws as a button with an icon, so of a widget with
    one control every clickable part counts.

    Returns:
        None if the screen cannot tell that it is absent: something else there has its class and
        its words (or it has no words).
    """
    same = [
        e
        for e in screen.elements
        if e.id == element.id
        and e.clickable
        and (e.part == element.part or not (_is_numbered(e) or _is_numbered(element)))
    ]
    if same:
        return same
    words = element.text.casefold()
    for other in screen.elements:
        if other.cls == element.cls and other.text.casefold() == words:
            return None
    return []


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    """Cases from `base` to every other look of one page, in the form that `vistest locate` reads.

    Beside that form each case says `look`, `class`, and `truth`: boxes where a tap is right, none
    if the element is not on the target.
    """
    base = read_screen(folder / "base.json")
    for path in sorted(folder.glob("*.json")):
        if path.stem == "base":
            continue
        screen = read_screen(path)
        for number, element in enumerate(base.elements):
            if not element.clickable or not element.id:
                continue
            found = counterparts(element, screen)
            if found is not None:
                yield _case(base, screen, number, found)


def _case(
    base: LabelledScreen, screen: LabelledScreen, number: int, found: list[LabelledElement]
) -> dict[str, Any]:
    element = base.elements[number]
    return {
        "id": f"{base.seed}-{screen.look}-{number}",
        "source": str(base.image),
        "box": element.box.as_list(),
        "target": str(screen.image),
        "source_density": base.density,
        "target_density": screen.density,
        "look": screen.look,
        "class": element.cls,
        "truth": [other.touch_box.as_list() for other in found],
    }


def _is_numbered(element: LabelledElement) -> bool:
    """Whether its widget has several controls: options, tabs, chips."""
    return element.part[-1:].isdigit()


def main(
    folder: Annotated[Path, typer.Argument(help="folder written by python -m models.data.web")],
    out: Annotated[Path, typer.Option(help="file to write")] = Path("cases.jsonl"),
) -> None:
    """Writes one case a line for all pages below FOLDER that have a `base` screen."""
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for base in sorted(folder.rglob("base.json")):
            for case in cases(base.parent):
                file.write(json.dumps(case, ensure_ascii=False) + "\n")
                count += 1
    typer.echo(f"{count} cases in {out}")


if __name__ == "__main__":
    typer.run(main)
