"""Screens without text: shapes, and outlined places of the same shapes, as games have them."""

import cv2
import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.core.scene import Scene, UiElement
from vistest.vision.appearance import describe
from vistest.vision.matching import Matcher, RecordedQuery

SHAPES = ("star", "circle", "triangle", "diamond")
COLOURS = ((0, 190, 250), (60, 60, 230), (80, 180, 60), (220, 120, 40))
SLOT = (140, 140, 140)
LOOKS = {
    "same": {},
    "large": {"scale": 1.6},
    "dark": {"paper": 35},
    "large, dark and elsewhere": {"scale": 1.4, "paper": 30, "shift": (30, 18)},
}


def corners(shape):
    if shape == "star":
        turn = np.arange(10) * np.pi / 5 - np.pi / 2
        reach = np.where(np.arange(10) % 2 == 0, 1, 0.45)
    else:
        count = {"circle": 40, "triangle": 3, "diamond": 4}[shape]
        turn, reach = np.arange(count) * 2 * np.pi / count - np.pi / 2, 1
    return np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1)


def board(scale=1.0, paper=242, shift=(0, 0), missing=(), order=SHAPES):
    """The scene, and by name the index: `star` is filled, `star slot` is outlined."""
    pixels = np.full((round(300 * scale), round(480 * scale), 3), paper, np.uint8)
    boxes = {}
    for row, suffix in enumerate(("", " slot")):
        for place, shape in enumerate(order):
            if shape + suffix in missing:
                continue
            middle = (70 + 100 * place + shift[0], 80 + 120 * row + shift[1])
            figure = (corners(shape) * 24 + middle) * scale
            fine = [np.round(figure * 16).astype(np.int32)]
            if suffix:
                cv2.polylines(pixels, fine, True, SLOT, max(1, round(2 * scale)), cv2.LINE_AA, 4)
            else:
                cv2.fillPoly(pixels, fine, COLOURS[SHAPES.index(shape)], cv2.LINE_AA, 4)
            low, high = figure.min(axis=0), figure.max(axis=0)
            boxes[shape + suffix] = Rect.from_list([*low.tolist(), *high.tolist()])
    frame = Frame.from_bgr(pixels)
    looks = describe(frame, list(boxes.values()))
    elements = [
        UiElement("icon", box, clickable=True, appearance=look)
        for box, look in zip(boxes.values(), looks, strict=True)
    ]
    return Scene(tuple(elements), frame.screen), list(boxes)


def answers(source, target):
    """By name of the source, the name found on the target or the outcome."""
    (first, names), (second, others) = source, target
    matcher, found = Matcher(), {}
    for index, name in enumerate(names):
        match = matcher.match(RecordedQuery(first, index), second)
        at = [i for i, e in enumerate(second.elements) if match.best and e is match.best.element]
        found[name] = others[at[0]] if match.outcome == "found" else match.outcome
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_shapes_and_their_outlined_places_are_all_told_apart(look):
    found = answers(board(), board(**LOOKS[look]))
    assert found == {name: name for name in found}


@pytest.mark.parametrize("gone", ["star", "star slot", "circle", "diamond slot"])
def test_a_shape_that_is_gone_is_not_taken_for_its_twin(gone):
    found = answers(board(), board(scale=1.3, missing=(gone,)))
    assert found[gone] in ("absent", "ambiguous")
    assert all(answer in (name, "absent", "ambiguous") for name, answer in found.items())


def test_shapes_in_another_order_are_never_confused():
    found = answers(board(), board(order=SHAPES[::-1]))
    assert all(answer in (name, "absent", "ambiguous") for name, answer in found.items())
