import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.vision.engine.public_networks import residual_network
from vistest.cli import app
from vistest.core.errors import FormatError, ModelError, VistestError
from vistest.vision.bundle import load_bundle
from vistest.vision.engine.engine import is_built
from vistest.vision.engine.patterns import Block

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def onnx(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("model") / "residual.onnx"
    path.write_bytes(residual_network(Block(4, 4), width=8, size=32))
    return path


def run(*words):
    return CliRunner().invoke(app, ["model", *map(str, words)])


@pytest.fixture(scope="module")
def bundle(onnx) -> Path:
    path = onnx.with_name("residual.vmodel")
    done = run("compress", onnx, "-o", path, "--isa", "avx512vnni")
    assert done.exit_code == 0, done.output
    assert "blocks for avx512vnni (512-bit registers)" in done.output
    return path


def test_a_model_is_compressed(onnx, bundle):
    assert bundle.stat().st_size < onnx.stat().st_size / 2
    loaded = load_bundle(bundle)
    assert loaded.name == "residual"
    assert 0.65 < loaded.block_sparsity < 0.8


def test_the_hardware_and_the_block_can_be_named(onnx, tmp_path):
    path = tmp_path / "arm.vmodel"
    done = run("compress", onnx, "-o", path, "--isa", "neondot", "--block", "4x1", "--name", "r 2")
    assert done.exit_code == 0
    loaded = load_bundle(path)
    blocks = {str(w.pattern.block) for w in loaded.weights.values()}
    assert (loaded.name, blocks) == ("r 2", {"4x1"})


def test_info_for_people(bundle):
    done = run("info", bundle, "--size", "64x64")
    assert done.exit_code == 0
    assert "4x4 sub" in done.output
    assert "million multiplications at 64x64" in done.output


def test_info_for_machines(bundle):
    found = json.loads(run("info", bundle, "--size", "64x32", "--json").output)
    assert (found["name"], found["size"]) == ("residual", [64, 32])
    stem, *others = found["layers"]
    assert stem["shape"] == [8, 3, 7, 7]
    assert stem["macs"] == stem["kept_macs"] == 8 * 3 * 49 * 16 * 32
    assert all(layer["stored_bytes"] > 0 for layer in others)
    assert others[0]["pattern"]["mode"] == "sub-register"
    assert others[0]["kept_macs"] < 0.5 * others[0]["macs"]


def test_the_plot_has_a_bar_for_each_layer(bundle, tmp_path):
    plot = tmp_path / "new" / "layers.svg"
    assert run("info", bundle, "--size", "64x64", "--plot", plot).exit_code == 0
    root = ElementTree.fromstring(plot.read_text(encoding="utf-8"))  # noqa: S314 - our own
    bars = [float(r.get("width")) for r in root.findall(f"{SVG}rect") if r.get("width") != "100%"]
    layers = len(load_bundle(bundle).weights)
    assert len(bars) == 2 * layers
    assert all(kept <= whole for whole, kept in zip(bars[::2], bars[1::2], strict=True))


needs_engine = pytest.mark.skipif(not is_built(), reason="the engine was not built here")


@needs_engine
def test_info_says_which_kernel_runs_a_layer(bundle):
    layers = json.loads(run("info", bundle, "--size", "64x64", "--json").output)["layers"]
    assert {layer["kernel"] for layer in layers} != {""}
    assert all(layer["kernel"] for layer in layers)


@needs_engine
def test_bench_lets_the_engines_take_turns(onnx, bundle):
    words = ("bench", bundle, "--size", "32x32", "--runs", "3", "--onnx", onnx)
    found = json.loads(run(*words, "--json").output)
    assert [name.split()[0] for name in found["engines"]] == ["sparse", "dense", "onnxruntime"]
    for times in found["engines"].values():
        assert len(times["runs_ms"]) == 3
        assert min(times["runs_ms"]) > 0
    assert "times as long" in run(*words).output


@needs_engine
def test_bench_of_another_model(bundle, tmp_path):
    other = tmp_path / "other.onnx"
    other.write_bytes(b"nothing")
    done = run("bench", bundle, "--size", "32x32", "--onnx", other)
    assert isinstance(done.exception, ModelError)
    assert "ONNX Runtime cannot run" in str(done.exception)


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        (("compress", "missing.onnx", "-o", "x"), ModelError, "there is no file"),
        (("compress", "ONNX", "-o", "x", "--isa", "mmx"), ModelError, "no instruction set"),
        (("compress", "ONNX", "-o", "x", "--block", "16"), FormatError, "not a block size"),
        (
            ("compress", "ONNX", "-o", "x", "--isa", "avx2", "--block", "4x16"),
            ModelError,
            "no block",
        ),
        (("compress", "BUNDLE", "-o", "x"), ModelError, "no ONNX model"),
        (("compress", "ONNX", "-o", "missing/x"), VistestError, "cannot be written"),
        (("info", "ONNX"), FormatError, "no model bundle"),
        (("info", "BUNDLE", "--size", "big"), VistestError, "not a size"),
        (("info", "BUNDLE", "--size", "0x5"), ModelError, "too small"),
    ],
)
def test_bad_input_is_one_sentence_with_a_hint(
    words, error, sentence, onnx, bundle, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    files = {"ONNX": onnx, "BUNDLE": bundle}
    done = run(*(files.get(word, word) for word in words))
    assert isinstance(done.exception, error)
    assert sentence in str(done.exception)
