"""Writes a model file with its manifest, as `vistest.vision.detectors.learned` reads them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import STRIDES
from vistest.vision.detectors.learned import MANIFEST_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    import onnx

LARGEST_BYTES = 8_000_000


def write_bundle(model: onnx.ModelProto, folder: Path, stem: str, facts: dict[str, Any]) -> Path:
    """Write `STEM.onnx` and `STEM.json` into `folder`; returns the manifest's path.

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
    path = folder / f"{stem}.json"
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    return path
