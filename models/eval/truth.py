"""Screens whose objects are known, from whichever source, in one form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.train.labels import Labels, read_labels
from models.train.split import HELD_OUT_KITS, part_of
from vistest.core.errors import FormatError
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vistest.core.frame import Frame

# Where nothing else says so, everything but these can be acted upon.
STILL_CLASSES = frozenset({"text", "image"})


@dataclass(frozen=True, slots=True)
class Example:
    """One screen with its truth.

    Attributes:
        image: The picture.
        group: Kit or application.
        labels: Objects in pixels of the picture.
        density: Pixels per dp; None to guess it from the size, as a user of the product would.
    """

    image: Path
    group: str
    labels: Labels
    density: float | None = None

    def frame(self) -> Frame:
        """Its picture."""
        return read_frame(self.image, self.density)


def rendered(folder: Path, *, held_out: bool) -> list[Example]:
    """Rendered screens: of held-out kits, or of unseen layouts of the kits that are trained on."""
    examples = []
    for path in sorted(folder.rglob("*.json")):
        document = json.loads(path.read_text())
        if not isinstance(document, dict) or "elements" not in document:
            continue
        screen = read_labels(path)
        wanted = (
            screen.kit in HELD_OUT_KITS
            if held_out
            else screen.kit not in HELD_OUT_KITS and part_of(screen.seed) == "layouts"
        )
        if wanted:
            examples.append(Example(screen.image, screen.kit, screen.labels, screen.density))
    return examples


def from_trees(folder: Path) -> list[Example]:
    """Real screens: `labels.json` with class and box from accessibility trees.

    Raises:
        FormatError: the folder holds no such file.
    """
    try:
        items = json.loads((folder / "labels.json").read_text())
        return [
            Example(folder / item["image"], item["app"], labels_from_tree(item["elements"]))
            for item in items
        ]
    except (OSError, ValueError, KeyError) as error:
        raise FormatError(f"{folder} holds no screens labelled from trees: {error}") from error


def labels_from_tree(elements: Sequence[dict[str, object]]) -> Labels:
    """Labels of an accessibility tree, which does not say what can be acted upon.

    Everything but texts and images counts as clickable. A class with a question mark is a guess
    of the tree's reader and is left out.
    """
    known = [e for e in elements if e["class"] in ELEMENT_CLASSES]
    return Labels(
        np.array([e["box"] for e in known], np.float32).reshape(-1, 4),
        np.array([ELEMENT_CLASSES.index(e["class"]) for e in known], np.int64),  # type: ignore[arg-type]
        np.array([e["class"] not in STILL_CLASSES for e in known], bool),
    )


def sets_of(
    screens: Path | None, android: Path | None, desktop: Path | None
) -> dict[str, list[Example]]:
    """The sets in the folders that are given; what is empty is left out."""
    sets = {}
    if screens is not None:
        sets["layouts"] = rendered(screens, held_out=False)
        sets["kits"] = rendered(screens, held_out=True)
    if android is not None:
        sets["android"] = from_trees(android)
    if desktop is not None:
        sets["desktop"] = from_trees(desktop)
    return {name: examples for name, examples in sets.items() if examples}


def spread(examples: list[Example], most: int) -> list[Example]:
    """At most `most` examples, evenly spread."""
    step = max(1.0, len(examples) / most)
    return [examples[int(n * step)] for n in range(min(most, len(examples)))]
