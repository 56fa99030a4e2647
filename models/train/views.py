"""Views: one screen gives many training pictures, cut at random places and scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from models.train.labels import Labels
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import CLASS_LAYER

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from models.train.store import StoredScreen

_SMALLEST_SIDE = 3.0
_STRETCH = 0.08
_TEXT = ELEMENT_CLASSES.index("text")
_ALIKE = np.ones(len(ELEMENT_CLASSES))


@dataclass(frozen=True, slots=True)
class ViewConfig:
    """How views are cut.

    Attributes:
        scales: Least and most pixels per dp of a view.
        whole_screen: Share of the views that show as much of the screen as the least scale allows.
        centred: Share of the other views that are centred upon an object of a random class.
        tries: Places that are drawn for a view; the one whose objects weigh most is taken.
    """

    scales: tuple[float, float] = (0.6, 1.7)
    whole_screen: float = 0.15
    centred: float = 0.7
    tries: int = 3


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One training picture.

    Attributes:
        pixels: uint8 (H, W, 3), BGR.
        labels: Objects in it.
        ignored: float32 (m, 4), parts of objects of which too little is seen to tell what it is.
    """

    pixels: NDArray[np.uint8]
    labels: Labels
    ignored: NDArray[np.float32]


def cut_view(
    pixels: NDArray[np.uint8],
    screen: StoredScreen,
    shape: tuple[int, int],
    config: ViewConfig,
    random: Generator,
    weights: NDArray[np.float64] = _ALIKE,
) -> View:
    """A view of `shape` (height, width) of a screen's `pixels`; `weights` are of the classes."""
    height, width = pixels.shape[:2]
    factor = _factor(screen.scale, (height, width), shape, config, random)
    stretch = float(np.exp(random.uniform(-_STRETCH, _STRETCH)))
    factors = np.array([factor * stretch, factor])
    window = np.array([shape[1], shape[0]]) / factors
    size = np.array([width, height])
    labels = screen.labels
    corners = [_corner(size, window, labels, config, random, weights) for _ in range(config.tries)]
    corner = max(corners, key=lambda place: _weight_within(labels, place, window, weights))
    picture = _cut(pixels, corner, factors, shape, random)
    seen, ignored = _visible(screen.labels, corner, factors, shape)
    return View(picture, seen, ignored)


def _factor(
    scale: float,
    size: tuple[int, int],
    shape: tuple[int, int],
    config: ViewConfig,
    random: Generator,
) -> float:
    least, most = np.log(config.scales)
    factor = float(np.exp(random.uniform(least, most))) / scale
    if random.random() < config.whole_screen:
        whole = min(shape[0] / size[0], shape[1] / size[1])
        factor = min(factor, max(whole, config.scales[0] / scale))
    return factor


def _corner(
    size: NDArray[np.int64],
    window: NDArray[np.float64],
    labels: Labels,
    config: ViewConfig,
    random: Generator,
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Top left of the window, in the screen as far as it fits."""
    room = size - window
    if len(labels) and random.random() < config.centred:
        present = np.unique(labels.classes)
        cls = random.choice(present, p=weights[present] / weights[present].sum())
        box = labels.boxes[random.choice(np.flatnonzero(labels.classes == cls))]
        centre = (box[:2] + box[2:]) / 2 + random.uniform(-0.4, 0.4, 2) * window
        corner = centre - window / 2
    else:
        corner = random.uniform(0, 1, 2) * room
    return np.clip(corner, np.minimum(room * random.uniform(0, 1, 2), 0), np.maximum(room, 0))


def _weight_within(
    labels: Labels,
    corner: NDArray[np.float64],
    window: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> float:
    """Of the objects that lie wholly in the window."""
    low, high = labels.boxes[:, :2] >= corner, labels.boxes[:, 2:] <= corner + window
    return float(weights[labels.classes[(low & high).all(1)]].sum())


def _cut(
    pixels: NDArray[np.uint8],
    corner: NDArray[np.float64],
    factors: NDArray[np.float64],
    shape: tuple[int, int],
    random: Generator,
) -> NDArray[np.uint8]:
    """Resample the window only; what lies outside of the screen gets one colour."""
    border = pixels[0, 0] if random.random() < 0.5 else random.integers(0, 256, 3)
    low = np.maximum(np.floor(corner).astype(int), 0)
    high = np.ceil(corner + np.array([shape[1], shape[0]]) / factors).astype(int) + 1
    part = np.ascontiguousarray(pixels[low[1] : high[1], low[0] : high[0]])
    if factors.min() < 0.9:  # warpAffine has no area filter: shrink first, then place
        size = np.maximum(np.round(np.array([part.shape[1], part.shape[0]]) * factors), 1)
        small = cv2.resize(part, size.astype(int).tolist(), interpolation=cv2.INTER_AREA)
        ratio = size / np.array([part.shape[1], part.shape[0]])
        part, matrix = small, factors / ratio
    else:
        matrix = factors
    offset = (low - corner) * factors
    affine = np.array([[matrix[0], 0, offset[0]], [0, matrix[1], offset[1]]])
    picture: NDArray[np.uint8] = cv2.warpAffine(
        part,
        affine,
        (shape[1], shape[0]),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=[int(value) for value in border],
    )
    return picture


def _visible(
    labels: Labels,
    corner: NDArray[np.float64],
    factors: NDArray[np.float64],
    shape: tuple[int, int],
) -> tuple[Labels, NDArray[np.float32]]:
    """Labels of the view, cut at its border, and the regions to ignore."""
    whole = (labels.boxes - np.tile(corner, 2)) * np.tile(factors, 2)
    limit = np.array([shape[1], shape[0]] * 2)
    clipped = np.clip(whole, 0, limit)
    sides = clipped[:, 2:] - clipped[:, :2]
    share = sides.prod(1) / np.maximum((whole[:, 2:] - whole[:, :2]).prod(1), 1e-6)
    holder = CLASS_LAYER[labels.classes] == 1
    # A cut line of text is still a text and a cut row still a row; half of an icon is nothing,
    # and so is the empty end of a field.
    large_part = (share > 0.35) & (sides.min(1) >= 20)
    enough = np.where(holder, (share > 0.5) | large_part, share > 0.6)
    text = labels.classes == _TEXT
    tall = (whole[:, 3] - whole[:, 1]) * 0.7
    enough |= text & (sides[:, 1] >= tall) & (sides[:, 0] >= sides[:, 1])
    large = (sides >= _SMALLEST_SIDE).all(1)
    kept = Labels(clipped.astype(np.float32), labels.classes, labels.clickable).take(enough & large)
    dropped = ~(enough & large) & (sides > 0).all(1)
    behind = np.clip((labels.behind - np.tile(corner, 2)) * np.tile(factors, 2), 0, limit)
    return kept, np.concatenate([clipped[dropped], behind]).astype(np.float32)
