"""The learned detector: a convolution network run by vistest's engine or by ONNX Runtime.

The network takes BGRA bytes as the screen gives them; what is done to them before is a change of
size, so that a dp is about one pixel whatever the device.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from vistest.core.errors import ModelError, UnsupportedVersion
from vistest.core.geometry import Rect
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.contracts import Detection
from vistest.vision.detectors.decoding import STRIDES, Boxes, decode, suppress
from vistest.vision.detectors.looks import join_looks
from vistest.vision.detectors.runners import REINSTALL, engine_runner, onnx_runner, planes
from vistest.vision.engine.engine import is_built

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.core.frame import Frame
    from vistest.vision.detectors.runners import Runner

logger = logging.getLogger(__name__)

MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class LearnedOptions:
    """How the network is used.

    Attributes:
        threshold: Least score of a detection.
        overlap: IoU above which two boxes of a layer are the same thing.
        limit: Most detections of a screen.
        pixels_per_dp: Scale of the network's input.
        most_pixels: The input is made smaller than that scale rather than larger than this.
        wide: An input of more pixels in a row is looked at in half its size too, for the things
            that are wider than this: the network sees no farther than its views in training.
        threads: Of the inference engine.
        engine: `vistest` for the engine of this package, `onnxruntime`, or `auto`: the first if it
            was built here and the model has a bundle for it, else the second.
    """

    threshold: float = 0.25
    overlap: float = 0.5
    limit: int = 600
    pixels_per_dp: float = 1.0
    most_pixels: int = 2_100_000
    wide: int = 480
    threads: int = 1
    engine: Literal["auto", "vistest", "onnxruntime"] = "auto"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs to a model file.

    Attributes:
        name: Name and version, for caches and reports.
        file: The ONNX file beside the manifest.
        sha256: Its content.
        bundle: The same network for vistest's engine; empty if there is none.
        bundle_sha256: Its content.
    """

    name: str
    file: str
    sha256: str
    bundle: str = ""
    bundle_sha256: str = ""


class LearnedDetector:
    """A `Detector` by a trained network.

    Args:
        manifest: The model's manifest; None for the one in the package.
        options: How it is used.
    """

    def __init__(
        self, manifest: Path | None = None, options: LearnedOptions = LearnedOptions()
    ) -> None:
        path = manifest or packaged_manifest()
        self._manifest = read_manifest(path)
        self._options = options
        self._runner = _runner(path.parent, self._manifest, options)

    @property
    def name(self) -> str:
        return self._manifest.name

    def detect(self, frame: Frame) -> list[Detection]:
        """All objects; boxes are cut at the border of the frame."""
        return _detections(look(frame, self._runner, self._options), frame)


def packaged_manifest() -> Path:
    """Where the model in the package lies.

    Raises:
        ModelError: the package holds none.
    """
    path = Path(str(files("vistest.vision.detectors"))) / "weights" / "detector.json"
    if not path.is_file():
        raise ModelError("this installation holds no detector model", hint=REINSTALL)
    return path


def read_manifest(path: Path) -> Manifest:
    """Read and check a model's manifest.

    Raises:
        ModelError: it is missing, or not for this program.
    """
    try:
        document: dict[str, Any] = json.loads(path.read_text())
        if document["version"] != MANIFEST_VERSION:
            raise UnsupportedVersion(
                f"{path.name} has version {document['version']}, "
                f"this program reads {MANIFEST_VERSION}",
                hint="Please update vistest.",
            )
        manifest = Manifest(
            document["name"],
            document["file"],
            document["sha256"],
            document.get("bundle", ""),
            document.get("bundle_sha256", ""),
        )
        classes, strides = tuple(document["classes"]), tuple(document["strides"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is not a model manifest: {error!r}", hint=REINSTALL) from error
    if classes != ELEMENT_CLASSES or strides != STRIDES:
        raise ModelError(f"{path.name} is a model for other classes or strides", hint=REINSTALL)
    if any(Path(name).name != name for name in (manifest.file, manifest.bundle)):
        raise ModelError(f"{path.name} points outside its folder", hint=REINSTALL)
    return manifest


def _runner(folder: Path, manifest: Manifest, options: LearnedOptions) -> Runner:
    own = options.engine == "vistest" or (
        options.engine == "auto" and bool(manifest.bundle) and is_built()
    )
    logger.info("%s runs on %s", manifest.name, "vistest's engine" if own else "onnxruntime")
    if not own:
        return onnx_runner(folder / manifest.file, manifest.sha256, options.threads)
    if not manifest.bundle:
        raise ModelError(
            f"the model {manifest.name} has no bundle for vistest's engine",
            hint="Make one by vistest model compress, or use the engine onnxruntime.",
        )
    return engine_runner(folder / manifest.bundle, manifest.bundle_sha256, options.threads)


def look(frame: Frame, runner: Runner, options: LearnedOptions) -> Boxes:
    """All objects that the network of `runner` finds; boxes in pixels of the frame."""
    factor = input_factor(frame, options)
    boxes = _look_once(frame, runner, options, factor)
    if frame.size.width * factor <= options.wide:
        return boxes
    far = _look_once(frame, runner, options, factor / 2)
    joined = join_looks(boxes, far, options.wide / factor)
    return suppress(joined, options.overlap, options.limit)


def _look_once(frame: Frame, runner: Runner, options: LearnedOptions, factor: float) -> Boxes:
    outputs = runner(padded_pixels(frame, factor))
    levels = [(outputs[2 * n], outputs[2 * n + 1]) for n in range(len(STRIDES))]
    boxes = suppress(decode(levels, options.threshold), options.overlap, options.limit)
    return replace(boxes, corners=boxes.corners * _scale(frame, factor))


def _scale(frame: Frame, factor: float) -> NDArray[np.float32]:
    """Pixels of the frame per pixel of the input, (4,): its sides are whole numbers."""
    size = np.array([frame.size.width, frame.size.height] * 2, np.float32)
    return np.asarray(size / np.maximum(np.round(size * np.float32(factor)), 1), np.float32)


def input_factor(frame: Frame, options: LearnedOptions) -> float:
    """What the frame is scaled by before the network sees it."""
    factor = options.pixels_per_dp / frame.density
    pixels = frame.size.width * frame.size.height
    return float(min(factor, (options.most_pixels / pixels) ** 0.5))


def padded_pixels(frame: Frame, factor: float) -> NDArray[np.uint8]:
    """uint8 (H, W, 4), BGRA, black at the right and below up to a multiple of 32."""
    width = max(1, round(frame.size.width * factor))
    height = max(1, round(frame.size.height * factor))
    pixels = frame.pixels
    if (width, height) != (frame.size.width, frame.size.height):
        pixels = _resized(pixels, (width, height))
    step = STRIDES[-1]
    padded = np.zeros((-(-height // step) * step, -(-width // step) * step, 4), np.uint8)
    padded[:height, :width] = pixels
    return padded


def _resized(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """`pixels` in another size, (width, height).

    What is to be made less than half as large is first averaged over whole pixels, which takes a
    fifth of the time that averaging over parts of them does.
    """
    height, width = pixels.shape[:2]
    whole = min(width // size[0], height // size[1])
    if whole > 1 and not (width % whole or height % whole):
        small = cv2.resize(pixels, (width // whole, height // whole), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    method = cv2.INTER_AREA if size[0] < width else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


def network_input(frame: Frame, factor: float) -> NDArray[np.uint8]:
    """The same as uint8 (1, 4, H, W), which the ONNX graph takes."""
    return planes(padded_pixels(frame, factor))


def _detections(boxes: Boxes, frame: Frame) -> list[Detection]:
    found = []
    for corners, score, cls, clickable in zip(
        boxes.corners, boxes.scores, boxes.classes, boxes.clickable, strict=True
    ):
        left, top, right, bottom = corners.tolist()
        box = Rect(left, top, max(left, right), max(top, bottom)).clipped(frame.size)
        if box.area > 0:
            found.append(Detection(ELEMENT_CLASSES[int(cls)], box, float(score), float(clickable)))
    return found
