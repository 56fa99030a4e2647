"""Labels of one screen as arrays, read from the JSON beside a rendered picture."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import FormatError
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import iou

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_SAME_BOX = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The objects of one picture.

    Attributes:
        boxes: float32 (n, 4): left, top, right, bottom in pixels.
        classes: int64 (n,), index into `ELEMENT_CLASSES`.
        clickable: bool (n,).
        behind: float32 (m, 4), things dimmed by a dialog's scrim: seen, but neither right nor
            wrong to find.
    """

    boxes: NDArray[np.float32]
    classes: NDArray[np.int64]
    clickable: NDArray[np.bool_]
    behind: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 4), np.float32))

    def __len__(self) -> int:
        return len(self.classes)

    def take(self, index: NDArray[Any]) -> Labels:
        """Those of `index`; what is behind stays."""
        return replace(
            self,
            boxes=self.boxes[index],
            classes=self.classes[index],
            clickable=self.clickable[index],
        )

    def scaled(self, factor: float) -> Labels:
        """In pixels of the picture made `factor` times as large."""
        return replace(
            self, boxes=self.boxes * np.float32(factor), behind=self.behind * np.float32(factor)
        )


@dataclass(frozen=True, slots=True)
class LabelledScreen:
    """A rendered screen on disk.

    Attributes:
        image: Path of the picture.
        kit: UI kit that drew it.
        seed: Seed of the page; several pictures may show the same page.
        density: Pixels of the picture per dp.
        size: Width and height in pixels.
        labels: Its objects.
    """

    image: Path
    kit: str
    seed: int
    density: float
    size: tuple[int, int]
    labels: Labels


def read_labels(path: Path) -> LabelledScreen:
    """Read one label file.

    Raises:
        FormatError: it is not a label file.
    """
    try:
        document = json.loads(path.read_text())
        elements = [e for e in document["elements"] if e["class"] in ELEMENT_CLASSES]
        return LabelledScreen(
            image=path.parent / str(document["image"]).rpartition("/")[2],
            kit=str(document["kit"]),
            seed=int(document["seed"]),
            density=float(document["density"]),
            size=(int(document["size"][0]), int(document["size"][1])),
            labels=without_doubles(_labels_of(elements, document.get("behind", []))),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise FormatError(f"{path.name} is not a label file: {error!r}") from error


def _labels_of(elements: list[dict[str, Any]], behind: list[dict[str, Any]]) -> Labels:
    return Labels(
        np.array([e["box"] for e in elements], np.float32).reshape(-1, 4),
        np.array([ELEMENT_CLASSES.index(e["class"]) for e in elements], np.int64),
        np.array([bool(e["clickable"]) for e in elements], bool),
        np.array([e["box"] for e in behind], np.float32).reshape(-1, 4),
    )


def without_doubles(labels: Labels) -> Labels:
    """Drop a box that another of its class covers almost exactly; clickable if either is."""
    kept: list[int] = []
    clickable = labels.clickable.copy()
    for index in range(len(labels)):
        same = [k for k in kept if labels.classes[k] == labels.classes[index]]
        overlap = iou(labels.boxes[index], labels.boxes[same])
        if len(same) and overlap.max() > _SAME_BOX:
            clickable[same[int(overlap.argmax())]] |= clickable[index]
        else:
            kept.append(index)
    index = np.array(kept, np.int64)
    return replace(labels, clickable=clickable).take(index)
