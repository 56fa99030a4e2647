from __future__ import annotations

from pathlib import Path

import pytest

from vistest.vision.bundle import load_bundle
from vistest.vision.detectors.learned import read_manifest

onnx = pytest.importorskip("onnx")

from models.export.bundle import write_bundle

SMOKE = Path(__file__).parents[3] / "data" / "detector-smoke" / "detector.onnx"


def test_a_quantised_model_is_written_for_both_engines(tmp_path: Path) -> None:
    manifest = read_manifest(write_bundle(onnx.load(SMOKE), tmp_path, "detector", {"name": "tiny"}))
    assert manifest.bundle == "detector.vmodel"
    graph = load_bundle(tmp_path / manifest.bundle).graph
    assert graph.outputs == tuple(item.name for item in onnx.load(SMOKE).graph.output)
