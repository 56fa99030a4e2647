"""What runs the detector's network: vistest's own engine, or ONNX Runtime."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import onnxruntime

from vistest.core.errors import ModelError
from vistest.vision.bundle import load_bundle
from vistest.vision.engine.engine import Engine, EngineOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    # From BGRA bytes (height, width, 4) to the network's raw outputs, each (channels, h, w).
    Runner = Callable[[NDArray[np.uint8]], list[NDArray[np.float32]]]

REINSTALL = "Install vistest anew, or export the model again (models/README.md)."


def checked_content(path: Path, sha256: str) -> bytes:
    """The content of a model file.

    Raises:
        ModelError: it cannot be read, or is not the one that the manifest names.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the model {path.name} cannot be read", hint=REINSTALL) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"the model {path.name} is damaged or was exchanged", hint=REINSTALL)
    return content


def engine_runner(path: Path, sha256: str, threads: int) -> Runner:
    """Runs a model bundle by vistest's engine.

    Raises:
        ModelError: the bundle is damaged, or the engine cannot run it here.
        FormatError: it is no bundle.
    """
    checked_content(path, sha256)
    return Engine(load_bundle(path).graph, EngineOptions(threads=threads)).run


def onnx_runner(path: Path, sha256: str, threads: int) -> Runner:
    """Runs an ONNX model.

    Raises:
        ModelError: the model is damaged, or cannot be loaded.
    """
    content = checked_content(path, sha256)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own errors share no base but Exception
        raise ModelError(f"the model {path.name} cannot be loaded: {error}") from error

    def run(pixels: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        outputs: Any = session.run(None, {"pixels": planes(pixels)})
        return [output[0] for output in outputs]

    return run


def planes(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(1, channels, height, width) of (height, width, channels), as ONNX models take it."""
    height, width, channels = pixels.shape
    batch = np.empty((1, channels, height, width), np.uint8)
    cv2.split(pixels, list(batch[0]))  # several times faster than copying a transposed view
    return batch
