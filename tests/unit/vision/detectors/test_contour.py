import cv2
import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection
from vistest.vision.detectors.contour import ContourDetector

LIGHT = {"paper": 245, "face": 255, "line": 190, "ink": 30}
DARK = {"paper": 30, "face": 60, "line": 10, "ink": 230}


def _caption(page: np.ndarray, box: Rect, theme: dict[str, int], scale: int, text: str) -> None:
    size, _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.45 * scale, scale)
    at = (round(box.center.x - size[0] / 2), round(box.center.y + size[1] / 2))
    ink = (theme["ink"],) * 3
    cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.45 * scale, ink, scale, cv2.LINE_AA)


def _key_grid(theme: dict[str, int], scale: int, gap: int) -> tuple[Frame, list[Rect]]:
    page = np.full((300 * scale, 400 * scale, 3), theme["paper"], np.uint8)
    keys = []
    for row in range(3):
        for column in range(4):
            left, top = (20 + 80 * column) * scale, (30 + 50 * row) * scale
            key = Rect(left, top, left + (80 - gap) * scale, top + (50 - gap) * scale)
            corners = [round(value) for value in key.as_list()]
            first, last = (corners[0], corners[1]), (corners[2] - 1, corners[3] - 1)
            cv2.rectangle(page, first, last, (theme["face"],) * 3, -1)
            cv2.rectangle(page, first, last, (theme["line"],) * 3, 1)
            _caption(page, key, theme, scale, str(row * 4 + column))
            keys.append(key)
    return Frame.from_bgr(page, density=scale), keys


def _best(found: list[Detection], box: Rect) -> Detection:
    return max(found, key=lambda one: one.box.iou(box))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("gap", [0, 2, 8])
def test_every_key_of_a_grid_is_a_button_once(theme: dict[str, int], scale: int, gap: int) -> None:
    frame, keys = _key_grid(theme, scale, gap)
    found = ContourDetector().detect(frame)
    for key in keys:
        alike = [one for one in found if one.box.iou(key) > 0.7]
        assert [one.cls for one in alike] == ["button"]


def _form(scale: int = 1) -> tuple[Frame, dict[str, Rect]]:
    page = np.full((420, 400, 3), 250, np.uint8)
    grey, black = (150, 150, 150), (30, 30, 30)
    boxes = {
        "text_field": Rect(20, 20, 320, 58),
        "dropdown": Rect(20, 80, 320, 118),
        "checkbox": Rect(20, 140, 38, 158),
        "switch": Rect(20, 180, 64, 204),
        "radio": Rect(20, 220, 38, 238),
        "slider": Rect(20, 260, 280, 280),
    }
    for name in ("text_field", "dropdown", "checkbox"):
        left, top, right, bottom = map(int, boxes[name].as_list())
        cv2.rectangle(page, (left, top), (right - 1, bottom - 1), grey, 1)
    for name, at in (("text_field", (30, 44)), ("dropdown", (30, 104))):
        assert name
        cv2.putText(page, "Lovelace", at, cv2.FONT_HERSHEY_SIMPLEX, 0.45, black, 1, cv2.LINE_AA)
    cv2.line(page, (296, 97), (301, 102), black, 2, cv2.LINE_AA)
    cv2.line(page, (301, 102), (306, 97), black, 2, cv2.LINE_AA)
    cv2.rectangle(page, (32, 180), (52, 203), (200, 110, 20), -1)
    cv2.circle(page, (32, 192), 12, (200, 110, 20), -1, cv2.LINE_AA)
    cv2.circle(page, (52, 192), 12, (200, 110, 20), -1, cv2.LINE_AA)
    cv2.circle(page, (52, 192), 9, (255, 255, 255), -1, cv2.LINE_AA)
    cv2.circle(page, (29, 229), 8, grey, 1, cv2.LINE_AA)
    cv2.rectangle(page, (20, 268), (279, 272), grey, -1)
    cv2.circle(page, (110, 270), 10, (200, 110, 20), -1, cv2.LINE_AA)
    for top in (154, 234):
        cv2.putText(
            page, "Remember", (48, top), cv2.FONT_HERSHEY_SIMPLEX, 0.45, black, 1, cv2.LINE_AA
        )
    return Frame.from_bgr(page), boxes


@pytest.mark.parametrize("cls", ["text_field", "dropdown", "checkbox", "switch", "radio", "slider"])
def test_classes_are_told_apart(cls: str) -> None:
    frame, boxes = _form()
    best = _best(ContourDetector().detect(frame), boxes[cls])
    assert best.box.iou(boxes[cls]) > 0.6
    assert best.cls == cls


def test_a_blank_screen_has_no_objects() -> None:
    assert ContourDetector().detect(Frame.from_bgr(np.full((400, 600, 3), 77, np.uint8))) == []


def test_a_photo_is_one_image() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    noise = np.random.default_rng(3).integers(0, 255, (20, 26, 3), np.uint8)
    page[60:260, 50:310] = cv2.resize(noise, (260, 200), interpolation=cv2.INTER_CUBIC)
    best = _best(ContourDetector().detect(Frame.from_bgr(page)), Rect(50, 60, 310, 260))
    assert best.cls == "image"
    assert best.box.iou(Rect(50, 60, 310, 260)) > 0.9


def test_the_answer_is_always_the_same() -> None:
    frame, _ = _form()
    assert ContourDetector().detect(frame) == ContourDetector().detect(frame)


def test_a_bar_with_its_knob_at_the_very_end_is_parsed() -> None:
    page = np.full((80, 300, 3), 245, np.uint8)
    cv2.line(page, (40, 40), (240, 40), (30, 30, 30), 3)
    cv2.line(page, (240, 32), (240, 48), (30, 30, 30), 3)
    frame = Frame.from_bgr(page)
    assert _best(ContourDetector().detect(frame), Rect(38, 31, 243, 50)).cls == "slider"


def test_the_text_area_that_nearly_fills_a_window_is_found_beside_it() -> None:
    page = np.zeros((800, 1000, 3), np.uint8)
    cv2.rectangle(page, (100, 80), (700, 540), (230, 230, 230), -1)
    cv2.rectangle(page, (102, 140), (698, 530), (255, 255, 255), -1)
    cv2.rectangle(page, (102, 140), (698, 530), (120, 120, 120), 1)
    found = _best(ContourDetector().detect(Frame.from_bgr(page)), Rect(102, 140, 699, 531))
    assert found.cls == "text_field"
    assert found.box.iou(Rect(102, 140, 699, 531)) > 0.95


def test_a_drawn_shape_larger_than_an_icon_is_an_image() -> None:
    page = np.full((300, 400, 3), 40, np.uint8)
    diamond = np.array([(200, 100), (250, 150), (200, 200), (150, 150)], np.int32)
    cv2.fillPoly(page, [diamond], (200, 160, 20))
    found = _best(ContourDetector().detect(Frame.from_bgr(page)), Rect(150, 100, 251, 201))
    assert found.cls == "image"
    assert found.box.iou(Rect(150, 100, 251, 201)) > 0.85
