"""Writes a model file with its manifest, as `vistest.vision.detectors.learned` reads them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import onnx

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.bundle import compress, save_bundle
from vistest.vision.detectors.decoding import STRIDES
from vistest.vision.detectors.learned import MANIFEST_VERSION
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 8_000_000


def write_bundle(model: onnx.ModelProto, folder: Path, stem: str, facts: dict[str, Any]) -> Path:
    """Write `STEM.onnx` and `STEM.json` into `folder`; returns the manifest's path.

    A quantised model is also written as `STEM.vmodel`, for vistest's own engine.

    Args:
        model: A graph that takes bytes.
        folder: Where to.
        stem: File name without its ending.
        facts: What else the manifest should say; `name` is needed.

    Raises:
        ValueError: the model is too large for the package.
    """
    content = model.SerializeToString()
    if len(content) > LARGEST_BYTES:
        raise ValueError(f"the model has {len(content)} bytes, more than {LARGEST_BYTES}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.onnx").write_bytes(content)
    manifest = {
        "version": MANIFEST_VERSION,
        "file": f"{stem}.onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "classes": list(ELEMENT_CLASSES),
        "strides": list(STRIDES),
        **facts,
    }
    if any(item.data_type == onnx.TensorProto.INT8 for item in model.graph.initializer):
        manifest |= _write_for_engine(content, folder / f"{stem}.vmodel", facts["name"])
    path = folder / f"{stem}.json"
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    return path


def _write_for_engine(content: bytes, path: Path, name: str) -> dict[str, str]:
    """What the manifest says of it."""
    bundle = compress(graph_from_onnx(content), name, instruction_set("avx2"))
    save_bundle(bundle, path)
    return {"bundle": path.name, "bundle_sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
