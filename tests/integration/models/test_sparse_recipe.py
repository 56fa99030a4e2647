"""Dense checkpoint -> sparse bundle -> frontier, on drawn screens, within seconds."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")
pytest.importorskip("pycocotools", reason="evaluation needs pycocotools, of the group train")
pytest.importorskip("matplotlib", reason="plots need matplotlib, of the group train")

from models.eval.engines import as_boxes
from models.export.bundle import write_bundle
from models.export.calibration import calibration_pictures
from models.export.graph import float_graph, with_byte_input
from models.export.quantise import quantised
from models.sparsify.config import SparsityConfig
from models.sparsify.masks import sparsity_of
from models.sparsify.recipe import Recipe, begin, sparse_config
from models.train.config import read_config
from models.train.loop import Session, train
from models.train.state import load_run, new_run
from models.train.store import build_store, open_store
from tests.unit.models.conftest import draw_screen
from vistest.core.errors import VistestError
from vistest.core.frame import Frame
from vistest.vision.bundle import load_bundle
from vistest.vision.detectors.learned import LearnedDetector, LearnedOptions
from vistest.vision.engine.engine import is_built

ROOT = Path(__file__).parents[3]
CONFIG = ROOT / "models" / "configs" / "sparse-smoke.toml"


pytestmark = pytest.mark.slow


def ignore(state):
    return 0.0


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a store and a dense checkpoint."""
    folder = tmp_path_factory.mktemp("recipe")
    torch.set_num_threads(1)
    for seed in range(12):
        draw_screen(folder / "screens", seed, ("plain", "round")[seed % 2], (200, 300), 1.0)
    store = build_store([folder / "screens"], folder / "store")
    for seed in range(1, 7, 2):
        draw_screen(folder / "screens", seed, "vant", (200, 300), 1.0)
    config = replace(read_config(CONFIG), sparsity=SparsityConfig())
    config = replace(config, distillation=type(config.distillation)())
    (folder / "dense").mkdir()
    train(
        new_run(config), store.part("train"), Session(folder / "dense", workers=0), ignore, ignore
    )
    return folder


def command(made, *words):
    return [sys.executable, "-m", "models.sparsify", *map(str, words)]


def run_recipe(made, *words):
    done = subprocess.run(
        command(
            made,
            *("run", "--config", CONFIG, "--dense", made / "dense" / "last.pt"),
            *("--screens", made / "store", "--out", made / "sparse", "--threads", "1"),
            *("--workers", "0", "--rendered", made / "screens", *words),
        ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sparse(made):
    """The folder of a recipe that was paused at once and called again."""
    assert "the same command goes on" in run_recipe(made, "--minutes", "0.0001")
    assert load_run(made / "sparse" / "last.pt").step == 1
    output = run_recipe(made)
    assert "of the weights are left out" in output
    return made / "sparse"


def test_the_bundle_is_sparse_and_complete(sparse):
    bundle = load_bundle(sparse / "detector.vmodel")
    patterns = [stored.pattern for stored in bundle.weights.values()]
    inner = [pattern for pattern in patterns if pattern.sparsity > 0.5]
    assert len(inner) > 15
    assert {str(pattern.block) for pattern in inner} >= {"4x4", "4x1"}
    assert bundle.facts["block_sparsity"] == pytest.approx(0.75, abs=0.03)
    assert bundle.facts["strides"] == [8, 16, 32]


def test_what_was_measured_is_written(sparse):
    found = json.loads((sparse / "recipe.json").read_text())
    assert found["views"] == 64
    assert (found["screens_layouts"], found["screens_unseen_kits"]) == (6, 3)
    assert found["bundle_bytes"] == (sparse / "detector.vmodel").stat().st_size
    for name in ("layouts", "unseen_kits"):
        dense, small = found[f"map50_{name}_dense_fp32"], found[f"map50_{name}_int8"]
        assert 0 <= small <= 1
        assert found[f"map50_loss_{name}"] == dense - small
    assert (sparse / "curves.png").exists() or load_run(sparse / "last.pt").step < 50


@pytest.mark.skipif(not is_built(), reason="the engine was not built here")
def test_the_detector_runs_on_the_sparse_bundle_as_on_the_model(sparse):
    frame = Frame(np.random.default_rng(0).integers(0, 256, (300, 200, 4)).astype(np.uint8), 1.0)
    ours, theirs = (
        LearnedDetector(sparse / "detector.json", LearnedOptions(engine=engine, threshold=0.001))
        for engine in ("auto", "onnxruntime")
    )
    found, wanted = as_boxes(ours.detect(frame)), as_boxes(theirs.detect(frame))
    assert len(wanted) > 10
    np.testing.assert_allclose(found.corners[:10], wanted.corners[:10], atol=0.5)
    np.testing.assert_allclose(found.scores[:10], wanted.scores[:10], atol=1e-3)


def test_a_run_that_has_to_end_in_time_ends_with_a_bundle(made, tmp_path):
    config = tmp_path / "endless.toml"
    config.write_text(CONFIG.read_text().replace("images = 64", "images = 1_000_000"))
    words = ("--config", config, "--out", tmp_path / "timed", "--finish-in", "0.3")
    assert "of the weights are left out" in run_recipe(made, *words)
    state = load_run(tmp_path / "timed" / "last.pt")
    assert state.step < 10_000
    assert sparsity_of(state.masks) == pytest.approx(0.75, abs=0.03)


def test_a_finished_recipe_only_exports_again(sparse, made):
    before = (sparse / "last.pt").read_bytes()
    run_recipe(made)
    assert (sparse / "last.pt").read_bytes() == before


def test_int8_keeps_every_zero_of_the_masks(sparse):
    state = load_run(sparse / "last.pt")
    bundle = load_bundle(sparse / "detector.vmodel")
    quantised_zeros = {layer.weight.shape: [] for layer in bundle.graph.convolutions}
    for layer in bundle.graph.convolutions:
        quantised_zeros[layer.weight.shape].append(float((layer.weight == 0).mean()))
    modules = dict(state.average.named_modules())
    for name in state.masks:
        weight = modules[name].weight
        zeros = float((weight == 0).double().mean())
        assert max(quantised_zeros[tuple(weight.shape)]) >= zeros - 1e-9


def test_a_folder_of_another_configuration(sparse, made):
    other = made / "other.toml"
    other.write_text(CONFIG.read_text().replace("target = 0.75", "target = 0.5"))
    recipe = Recipe(other, made / "dense" / "last.pt", sparse, "x")
    with pytest.raises(VistestError, match="another configuration"):
        begin(recipe)


def recipe_of(config, made, **options):
    path = ROOT / "models" / "configs" / config
    return Recipe(path, made / "dense" / "last.pt", made / "none", "x", **options)


def test_the_network_is_that_of_the_dense_run(made):
    dense = load_run(made / "dense" / "last.pt")
    config = sparse_config(recipe_of("sparse-75-fine.toml", made), dense)
    assert config.network == dense.config.network
    with pytest.raises(VistestError, match="asks for no sparsity"):
        sparse_config(recipe_of("smoke.toml", made), dense)


def test_a_shorter_run_has_a_shorter_ramp(made):
    dense = load_run(made / "dense" / "last.pt")
    whole = sparse_config(recipe_of("sparse-75-fine.toml", made), dense)
    half = sparse_config(recipe_of("sparse-75-fine.toml", made, views=whole.images // 2), dense)
    assert half.images == whole.images // 2
    assert half.sparsity.ramp == whole.sparsity.ramp // 2
    assert half.sparsity.regrow_until == whole.sparsity.regrow_until // 2


@pytest.mark.skipif(not is_built(), reason="the engine was not built here")
def test_the_frontier_of_a_dense_and_a_sparse_net(sparse, made):
    state = load_run(made / "dense" / "last.pt")
    pictures = calibration_pictures(open_store(made / "store").part("train"), 4, 0)
    small = with_byte_input(quantised(float_graph(state.average), pictures))
    write_bundle(small, made / "dense", "detector", {"name": "dense"})
    nets = made / "nets.toml"
    nets.write_text(
        'version = 1\nsize = [320, 320]\n[[nets]]\nname = "dense"\nmodel = "dense/detector.json"\n'
        '[[nets]]\nname = "sparse"\nmodel = "sparse/detector.json"\n'
        'reference = "sparse/dense-fp32.json"\n'
    )
    card = made / "card.md"
    card.write_text("# Card\n")
    words = (nets, "--rendered", made / "screens", "--to", made / "front", "--card", card)
    subprocess.run(
        command(made, "frontier", *words, "--runs", "2"), cwd=ROOT, check=True, timeout=250
    )
    document = json.loads((made / "front" / "frontier.json").read_text())
    dense, thin = document["points"]
    assert dense["block_sparsity"] == 0
    assert thin["block_sparsity"] > 0.4
    assert np.isfinite([dense["latency_ms"], thin["latency_ms"]]).all()
    assert {"map50_loss_layouts", "map50_loss_unseen_kits"} <= set(document["figures"])
    assert "frontier.png" in card.read_text()
    assert (made / "front" / "frontier.png").exists()
