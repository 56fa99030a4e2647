"""docs/model-bundle.md and the samples of old versions."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.unit.vision.bundle.conftest import members
from vistest.core.formats import Format
from vistest.vision.bundle import load_bundle
from vistest.vision.bundle.migrate import BUNDLE
from vistest.vision.engine.graph import Add, Concat, Conv, GlobalPool, MaxPool, Table, Upsample
from vistest.vision.engine.instruction_set import INSTRUCTION_SETS

ROOT = Path(__file__).parents[4]
SPECIFICATION = (ROOT / "docs/model-bundle.md").read_text()
SAMPLES = sorted((ROOT / "tests/data/bundle").iterdir())


def test_every_member_and_word_is_explained(path):
    manifest, _ = members(path)
    layers = manifest["layers"]
    words = {*manifest, *manifest["tensors"][0], *INSTRUCTION_SETS}
    words |= {member for layer in layers for member in layer} | {layer["kind"] for layer in layers}
    words |= {member for layer in layers for member in layer.get("pattern", {})}
    words |= {member for layer in layers for member in layer.get("mask", {})}
    assert not [word for word in words if not re.search(rf'[`"]{word}[`"]', SPECIFICATION)]


def test_there_is_a_sample_and_a_step_for_every_version():
    assert [path.name for path in SAMPLES] == [
        f"version-{n}.vmodel" for n in range(1, BUNDLE.version + 1)
    ]
    assert sorted(BUNDLE.steps) == list(range(1, BUNDLE.version))


def test_steps_see_the_manifest():
    later = Format("model bundle", 2, {1: lambda manifest: {**manifest, "licence": "unknown"}})
    assert later.upgrade({"version": 1}, 1, "here")["licence"] == "unknown"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_samples_of_all_versions_can_be_read(sample):
    bundle = load_bundle(sample)
    graph = bundle.graph
    assert (bundle.name, bundle.facts) == ("small 1", {"classes": ["text", "icon"]})
    assert [type(layer) for layer in graph.layers] == [
        *[Conv] * 4,
        *(Add, Table, MaxPool, Upsample, Concat, GlobalPool),
        Conv,
    ]
    _, coarse, _, fine, head = graph.convolutions
    assert (coarse.weight.shape, coarse.stride, coarse.padding, coarse.relu) == (
        (32, 16, 3, 3),
        1,
        1,
        True,
    )
    assert coarse.weight.sum(dtype=int) == 75199
    assert int((fine.weight != 0).sum()) == 70
    assert head.weight[6, 47, 0, 0] == 1
    assert str(bundle.weights["fine"].pattern.block) == "4x1"
    assert graph.tensors["i"].scale == 2.5
    assert np.array_equal(graph.layers[5].table, np.arange(256) // 2)
    assert sample.stat().st_size < 20_000
