from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from vistest.core.errors import ModelError, UnsupportedVersion
from vistest.core.frame import Frame
from vistest.vision.bundle import compress, save_bundle
from vistest.vision.detectors.learned import (
    LearnedDetector,
    LearnedOptions,
    input_factor,
    network_input,
    padded_pixels,
    read_manifest,
)
from vistest.vision.engine.engine import is_built
from vistest.vision.engine.instruction_set import instruction_set

# A small network trained on drawn buttons and check boxes (models/configs/smoke.toml).
SMOKE = Path(__file__).parents[3] / "data" / "detector-smoke"


@pytest.fixture
def bundle(tmp_path):
    return Path(shutil.copytree(SMOKE, tmp_path / "bundle")) / "detector.json"


def change(path, **values):
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def drawn_frame(density=1.0):
    pixels = np.full((round(300 * density), round(200 * density), 3), 225, np.uint8)
    boxes = {"button": (40, 60, 130, 94), "checkbox": (30, 160, 50, 180)}
    for name, box in boxes.items():
        left, top, right, bottom = (round(edge * density) for edge in box)
        width = -1 if name == "button" else round(2 * density)
        cv2.rectangle(pixels, (left, top), (right - 1, bottom - 1), (90, 60, 40), width)
    return Frame.from_bgr(pixels, density=density), boxes


@pytest.mark.parametrize("density", [1.0, 2.0, 3.0])
def test_objects_are_found_at_any_density(density):
    frame, boxes = drawn_frame(density)
    found = {d.cls: d for d in LearnedDetector(SMOKE / "detector.json").detect(frame)}
    for name, (left, top, right, bottom) in boxes.items():
        box = found[name].box
        truth = np.array([left, top, right, bottom]) * density
        assert np.abs(np.array(box.as_list()) - truth).max() < 6 * density
        assert found[name].clickable > 0.5


def test_an_empty_screen_holds_nothing():
    frame = Frame.from_bgr(np.full((300, 200, 3), 225, np.uint8))
    assert LearnedDetector(SMOKE / "detector.json").detect(frame) == []


def test_boxes_end_at_the_border():
    frame, _ = drawn_frame()
    detector = LearnedDetector(SMOKE / "detector.json", LearnedOptions(threshold=0.01))
    for detection in detector.detect(frame):
        assert detection.box.clipped(frame.size) == detection.box


@pytest.mark.parametrize("size", [(1, 1), (31, 33), (5, 700)])
def test_frames_of_any_size_can_be_seen(size):
    frame = Frame.from_bgr(np.zeros((*size, 3), np.uint8))
    LearnedDetector(SMOKE / "detector.json").detect(frame)


@pytest.mark.parametrize(
    ("size", "density", "factor"),
    [
        ((2400, 1080), 2.625, 1 / 2.625),
        ((1080, 1920), 1.0, 1.0),
        ((2160, 3840), 1.0, 0.503),
        ((300, 200), 0.5, 2.0),
    ],
)
def test_a_dp_is_a_pixel_unless_the_screen_is_too_large(size, density, factor):
    frame = Frame.from_bgr(np.zeros((*size, 3), np.uint8), density=density)
    assert input_factor(frame, LearnedOptions()) == pytest.approx(factor, abs=1e-3)


@pytest.mark.parametrize(("size", "density"), [((800, 400), 2.625), ((600, 300), 3.0)])
def test_a_screen_is_shrunk_as_if_by_averaging(size, density):
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (*(side // 10 for side in size), 3)).repeat(10, 0)
    frame = Frame.from_bgr(pixels.repeat(10, 1).astype(np.uint8), density=density)
    shown = padded_pixels(frame, 1 / density)
    height, width = (round(side / density) for side in size)
    averaged = cv2.resize(frame.pixels, (width, height), interpolation=cv2.INTER_AREA)
    off = np.abs(shown[:height, :width].astype(int) - averaged)
    assert off.mean() < 4
    nearest = cv2.resize(frame.pixels, (width, height), interpolation=cv2.INTER_NEAREST)
    assert off.mean() < 0.5 * np.abs(nearest.astype(int) - averaged).mean() or off.max() == 0


def test_the_input_is_the_screen_padded_with_black():
    frame = Frame.from_bgr(np.full((40, 70, 3), 9, np.uint8))
    pixels = network_input(frame, 1.0)
    assert pixels.shape == (1, 4, 64, 96)
    assert (pixels[0, :3, :40, :70] == 9).all()
    assert pixels[0, :, 40:].max() == pixels[0, :, :, 70:].max() == 0


def test_an_exchanged_model_is_refused(bundle):
    model = bundle.with_suffix(".onnx")
    model.write_bytes(model.read_bytes() + b"x")
    with pytest.raises(ModelError, match=r"detector\.onnx is damaged or was exchanged"):
        LearnedDetector(bundle)


def test_a_model_that_cannot_be_loaded_is_one_sentence(bundle):
    bundle.with_suffix(".onnx").write_bytes(b"no model")
    change(bundle, sha256=hashlib.sha256(b"no model").hexdigest())
    with pytest.raises(ModelError, match="cannot be loaded"):
        LearnedDetector(bundle)


def test_a_missing_model(bundle):
    bundle.with_suffix(".onnx").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        LearnedDetector(bundle)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"version": 99}, UnsupportedVersion, "version 99"),
        ({"classes": ["text"]}, ModelError, "other classes"),
        ({"strides": [4]}, ModelError, "other classes or strides"),
        ({"file": "../detector.onnx"}, ModelError, "outside its folder"),
    ],
)
def test_a_manifest_for_another_program(bundle, values, error, message):
    change(bundle, **values)
    with pytest.raises(error, match=message):
        read_manifest(bundle)


@pytest.fixture
def both(bundle):
    """A model folder with a bundle for the engine of this package."""
    pytest.importorskip("onnx")
    from vistest.vision.engine.onnx_reader import graph_from_onnx

    path = bundle.with_suffix(".vmodel")
    graph = graph_from_onnx(bundle.with_suffix(".onnx"))
    save_bundle(compress(graph, "smoke 1", instruction_set("avx2")), path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    change(bundle, bundle=path.name, bundle_sha256=sha256)
    return bundle


@pytest.mark.skipif(not is_built(), reason="the engine was not built here")
def test_both_engines_find_the_same(both):
    frame, _ = drawn_frame(2.0)
    ours, theirs = (
        LearnedDetector(both, LearnedOptions(engine=engine)).detect(frame)
        for engine in ("vistest", "onnxruntime")
    )
    assert [d.cls for d in ours] == [d.cls for d in theirs]
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one.box.as_list(), other.box.as_list(), atol=0.1)
        assert one.score == pytest.approx(other.score, abs=1e-3)


@pytest.mark.skipif(not is_built(), reason="the engine was not built here")
def test_the_own_engine_is_taken_if_it_can_be(both, caplog):
    caplog.set_level("INFO")
    LearnedDetector(both)
    assert "vistest's engine" in caplog.text
    both.with_suffix(".vmodel").write_bytes(b"exchanged")
    with pytest.raises(ModelError, match="damaged or was exchanged"):
        LearnedDetector(both)


def test_without_the_engine_or_a_bundle_onnxruntime_runs(bundle, caplog):
    caplog.set_level("INFO")
    LearnedDetector(bundle)
    assert "runs on onnxruntime" in caplog.text
    with pytest.raises(ModelError, match="has no bundle"):
        LearnedDetector(bundle, LearnedOptions(engine="vistest"))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 1}'])
def test_a_broken_manifest(bundle, content):
    bundle.write_text(content)
    with pytest.raises(ModelError, match="not a model manifest"):
        read_manifest(bundle)
