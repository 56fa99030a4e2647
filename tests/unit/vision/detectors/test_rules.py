import cv2
import numpy as np

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection
from vistest.vision.detectors.contour import ContourDetector


def _page() -> np.ndarray:
    return np.full((400, 500, 3), 252, np.uint8)


def _write(page: np.ndarray, text: str, x: int, y: int) -> None:
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (20,) * 3, 1, cv2.LINE_AA)


def _best(page: np.ndarray, box: Rect) -> Detection:
    found = ContourDetector().detect(Frame.from_bgr(page))
    return max(found, key=lambda one: one.box.iou(box))


def test_rows_are_found_between_ruled_lines_that_do_not_reach_the_border() -> None:
    page = _page()
    for index in range(4):
        page[60 + 50 * index, 40:420] = 200
        _write(page, f"Entry {index}", 50, 90 + 50 * index)
    for index in range(3):
        row = Rect(40, 61 + 50 * index, 420, 110 + 50 * index)
        best = _best(page, row)
        assert best.box.iou(row) > 0.8
        assert best.cls == "list_item"


def test_a_single_line_under_a_text_is_a_text_field() -> None:
    page = _page()
    page[200:202, 40:300] = 120
    _write(page, "Password", 44, 190)
    best = _best(page, Rect(40, 162, 300, 202))
    assert best.cls == "text_field"


def test_captions_of_which_one_is_underlined_are_tabs() -> None:
    page = _page()
    for index, caption in enumerate(("General", "Editor", "Plugins")):
        _write(page, caption, 40 + 110 * index, 100)
    page[110:113, 133:203] = (200, 110, 20)
    for index in range(3):
        left = 40 + 110 * index
        best = _best(page, Rect(left - 6, 80, left + 60, 113))
        assert best.cls == "tab"


def test_a_slider_is_its_track_and_its_knob() -> None:
    page = _page()
    cv2.rectangle(page, (40, 198), (139, 202), (200, 110, 20), -1)
    cv2.rectangle(page, (160, 198), (300, 202), (200, 200, 200), -1)
    cv2.circle(page, (150, 200), 10, (255, 255, 255), -1)
    cv2.circle(page, (150, 200), 10, (140, 140, 140), 1, cv2.LINE_AA)
    box = Rect(40, 190, 301, 211)
    best = _best(page, box)
    assert best.cls == "slider"
    assert best.box.iou(box) > 0.7
