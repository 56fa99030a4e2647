"""OCR by RapidOCR (PP-OCR models inside the wheel, run by ONNX Runtime on the CPU)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vistest.core.errors import ModelError
from vistest.core.geometry import Rect
from vistest.vision.contracts import TextLine
from vistest.vision.ocr.lines import reading_box, split_at_gaps, tight_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.core.frame import Frame

LINE_HEIGHT = 48
WIDTH_STEP = 48
# A digit is read more surely with room on both sides.
NARROWEST = 96


@dataclass(frozen=True, slots=True)
class RapidOcrOptions:
    """How RapidOCR is run.

    Attributes:
        finest_density: Finding (not reading) text is done at this many pixels per dp at most.
        longest_side: And in a picture of at most this many pixels.
        threads: Threads of ONNX Runtime; 0 takes half of the cores, four at most. They spin while
            they wait, so more would starve an application under test on the same machine.
        batch: Lines read at once.
        lowest_score: What is read with less confidence is dropped.
    """

    finest_density: float = 1.1
    longest_side: int = 1280
    threads: int = 0
    batch: int = 16
    lowest_score: float = 0.5


class RapidOcrEngine:
    """Finds lines with the detection model, reads them with the recognition model.

    A line is read in a canvas whose width depends on the line alone, so what is read does not
    depend on which other lines happen to be in the batch.

    Raises:
        ModelError: RapidOCR or its models cannot be loaded.
    """

    def __init__(self, options: RapidOcrOptions | None = None) -> None:
        self._options = options or RapidOcrOptions()
        self._engine = _load(self._options)
        self._name = f"rapidocr {metadata.version('rapidocr')}"

    @property
    def name(self) -> str:
        return self._name

    def read(self, frame: Frame) -> list[TextLine]:
        """Find and read all text lines of the frame."""
        pixels = frame.bgr
        boxes = [
            piece
            for found in self._find(pixels, frame.density)
            for piece in split_at_gaps(pixels, found)
        ]
        lines = self._read(pixels, [reading_box(box, frame.density) for box in boxes])
        return [
            TextLine(text, box, score)
            for box, (text, score) in zip(boxes, lines, strict=True)
            if text and score >= self._options.lowest_score
        ]

    def read_boxes(self, frame: Frame, boxes: Sequence[Rect]) -> list[TextLine]:
        """Read one line in each of `boxes`: one result per box, text empty where none is."""
        lines = self._read(frame.bgr, boxes)
        return [TextLine(text, box, score) for box, (text, score) in zip(boxes, lines, strict=True)]

    def _find(self, pixels: NDArray[np.uint8], density: float) -> list[Rect]:
        """Boxes of lines, tight around the ink."""
        longest = max(pixels.shape[:2])
        scale = min(
            1.0, self._options.finest_density / density, self._options.longest_side / longest
        )
        small = pixels
        if scale < 1:
            small = np.asarray(
                cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
            )
        result = self._engine(small, use_det=True, use_cls=False, use_rec=False)
        if result.boxes is None:
            return []
        corners = np.asarray(result.boxes, np.float64) / scale
        low, high = corners.min(axis=1), corners.max(axis=1)
        loose = [Rect(*map(float, (*a, *b))) for a, b in zip(low, high, strict=True)]
        return [tight_box(pixels, box) for box in loose if box.area > 0]

    def _read(self, pixels: NDArray[np.uint8], boxes: Sequence[Rect]) -> list[tuple[str, float]]:
        canvases = [_canvas(pixels, box) for box in boxes]
        by_width: dict[int, list[int]] = {}
        for index, canvas in enumerate(canvases):
            if canvas is not None:
                by_width.setdefault(canvas.shape[1], []).append(index)
        answers = [("", 0.0)] * len(canvases)
        for indices in by_width.values():
            result = self._engine.recognize_txt([canvases[index] for index in indices])
            for index, text, score in zip(indices, result.txts, result.scores, strict=True):
                answers[index] = (text.strip(), float(score))
        return answers


def _load(options: RapidOcrOptions) -> Any:  # noqa: ANN401 - an untyped library
    threads = options.threads or max(1, min(4, (os.cpu_count() or 1) // 2))
    try:
        from rapidocr import RapidOCR

        engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.max_side_len": 100_000,
                "Det.limit_type": "max",
                "Det.limit_side_len": options.longest_side,
                "Rec.rec_img_shape": [3, LINE_HEIGHT, LINE_HEIGHT],
                "Rec.rec_batch_num": options.batch,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
            }
        )
    except Exception as error:
        raise ModelError(
            f"the OCR engine rapidocr cannot be loaded: {error}",
            hint="Run scripts/setup, or: pip install 'rapidocr>=3.10' onnxruntime",
        ) from error
    return engine


def _canvas(pixels: NDArray[np.uint8], box: Rect) -> NDArray[np.uint8] | None:
    """The line in `box` at the model's height, widened to a step with its border's colour."""
    height, width = pixels.shape[:2]
    left, top = max(0, round(box.left)), max(0, round(box.top))
    right, bottom = min(width, round(box.right)), min(height, round(box.bottom))
    if right - left < 2 or bottom - top < 2:
        return None
    crop = pixels[top:bottom, left:right]
    scaled = max(1, round(crop.shape[1] * LINE_HEIGHT / crop.shape[0]))
    way = cv2.INTER_AREA if crop.shape[0] > LINE_HEIGHT else cv2.INTER_CUBIC
    line = cv2.resize(crop, (scaled, LINE_HEIGHT), interpolation=way)
    missing = max(NARROWEST, -(-scaled // WIDTH_STEP) * WIDTH_STEP) - scaled
    before = missing // 2
    canvas = cv2.copyMakeBorder(line, 0, 0, before, missing - before, cv2.BORDER_REPLICATE)
    return np.asarray(canvas, np.uint8)
