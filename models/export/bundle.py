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

    from vistest.vision.engine.instruction_set import InstructionSet

LARGEST_BYTES = 8_000_000


def write_bundle(
    model: onnx.ModelProto,
    folder: Path,
    stem: str,
    facts: dict[str, Any],
    hardware: InstructionSet | None = None,
) -> Path:
    """Write `STEM.onnx` and `STEM.json` into `folder`; returns the manifest's path.

    A quantised model is also written as `STEM.vmodel`, for vistest's own engine.

    Args:
        model: A graph that takes bytes.
        folder: Where to.
        stem: File name without its ending.
        facts: What else the manifest should say; `name` is needed.
        hardware: Whose blocks the bundle is stored in; any engine can run it. None for AVX2.

    Raises:
        ValueError: the model is too large for the package.
    """
    content = model.SerializeToString()
    if len(content) > LARGEST_BYTES:
        raise ValueError(f"the model has {len(content)} bytes, more than {LARGEST_BYTES}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.onnx").write_bytes(content)
    known = {"classes": list(ELEMENT_CLASSES), "strides": list(STRIDES), **facts}
    manifest = {
        "version": MANIFEST_VERSION,
        "file": f"{stem}.onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        **known,
    }
    if any(item.data_type == onnx.TensorProto.INT8 for item in model.graph.initializer):
        target = hardware or instruction_set("avx2")
        manifest |= _write_for_engine(content, folder / f"{stem}.vmodel", known, target)
    path = folder / f"{stem}.json"
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    return path


def _write_for_engine(
    content: bytes, path: Path, facts: dict[str, Any], hardware: InstructionSet
) -> dict[str, str]:
    """What the manifest says of it."""
    kept = {key: value for key, value in facts.items() if key != "name"}
    bundle = compress(graph_from_onnx(content), facts["name"], hardware, facts=kept)
    save_bundle(bundle, path)
    return {"bundle": path.name, "bundle_sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
