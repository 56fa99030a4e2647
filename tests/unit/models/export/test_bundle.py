from __future__ import annotations

from pathlib import Path

import pytest

from vistest.vision.bundle import load_bundle
from vistest.vision.detectors.learned import read_manifest
from vistest.vision.engine.instruction_set import instruction_set

onnx = pytest.importorskip("onnx")

from models.export.bundle import write_bundle

SMOKE = Path(__file__).parents[3] / "data" / "detector-smoke" / "detector.onnx"


def test_a_quantised_model_is_written_for_both_engines(tmp_path: Path) -> None:
    facts = {"name": "tiny", "views": 3}
    manifest = read_manifest(write_bundle(onnx.load(SMOKE), tmp_path, "detector", facts))
    assert manifest.bundle == "detector.vmodel"
    bundle = load_bundle(tmp_path / manifest.bundle)
    assert bundle.graph.outputs == tuple(item.name for item in onnx.load(SMOKE).graph.output)
    assert bundle.name == "tiny"
    assert bundle.facts["views"] == 3
    assert {w.pattern.instruction_set for w in bundle.weights.values()} == {"avx2"}


def test_blocks_for_named_hardware(tmp_path: Path) -> None:
    hardware = instruction_set("avx512vnni")
    path = write_bundle(onnx.load(SMOKE), tmp_path, "detector", {"name": "tiny"}, hardware)
    weights = load_bundle(path.with_suffix(".vmodel")).weights
    assert {w.pattern.instruction_set for w in weights.values()} == {"avx512vnni"}
