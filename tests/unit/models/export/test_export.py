from __future__ import annotations

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="export needs PyTorch, which CI does not install")
onnx = pytest.importorskip("onnx", reason="export writes ONNX graphs; CI does not install onnx")

import onnxruntime

from models.detector.network import Network, NetworkConfig
from models.export.bundle import write_bundle
from models.export.fold import folded, with_alpha
from models.export.graph import OUTPUTS, float_graph, with_byte_input
from models.export.quantise import quantised
from vistest.vision.detectors.learned import LearnedDetector, read_manifest

SMALL = NetworkConfig(channels=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1), head_width=16)


@pytest.fixture(scope="module")
def network():
    """A network whose normalisation has statistics of its own, so that folding must heed them."""
    torch.manual_seed(0)
    made = Network(SMALL).train()
    with torch.no_grad():
        for _ in range(3):
            made(torch.rand(4, 3, 64, 64))
    return made.eval()


@pytest.fixture(scope="module")
def pictures():
    return np.random.default_rng(0).integers(0, 256, (4, 1, 4, 64, 96)).astype(np.uint8)


def answers(model, picture):
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return dict(zip(OUTPUTS, session.run(None, {"pixels": picture}), strict=True))


def expected(network, picture):
    with torch.no_grad():
        levels = network(torch.from_numpy(picture[:, :3]).float() / 255)
    return dict(zip(OUTPUTS, [t.numpy() for level in levels for t in level], strict=True))


def test_folding_changes_nothing(network):
    x = torch.rand(1, 3, 64, 64)
    for before, after in zip(network(x), folded(network)(x), strict=True):
        torch.testing.assert_close(before[0], after[0], atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(before[1], after[1], atol=1e-4, rtol=1e-4)


def test_alpha_has_no_weight(network):
    wide = with_alpha(network)
    x = torch.rand(1, 4, 64, 64)
    other = x.clone()
    other[:, 3] = 0.5
    torch.testing.assert_close(wide(x)[0][0], wide(other)[0][0])


def test_the_graph_takes_bytes_and_answers_like_the_network(network, pictures):
    model = with_byte_input(float_graph(network))
    found = answers(model, pictures[0])
    for name, values in expected(network, pictures[0]).items():
        np.testing.assert_allclose(found[name], values, atol=1e-4, rtol=1e-3)


def test_the_graph_takes_any_size(network, pictures):
    model = with_byte_input(float_graph(network))
    tall = np.zeros((1, 4, 160, 32), np.uint8)
    assert answers(model, tall)["scores8"].shape[2:] == (20, 4)


def test_int8_answers_almost_like_the_network(network, pictures):
    model = with_byte_input(quantised(float_graph(network), pictures))
    found = answers(model, pictures[0])
    for name, values in expected(network, pictures[0]).items():
        spread = values.max() - values.min()
        assert np.abs(found[name] - values).max() < 0.25 * spread


def test_int8_has_unsigned_activations_and_signed_weights_per_channel(network, pictures):
    model = with_byte_input(quantised(float_graph(network), pictures))
    constants = {i.name: onnx.numpy_helper.to_array(i) for i in model.graph.initializer}
    producers = {output: node for node in model.graph.node for output in node.output}
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    quantised_weights = 0
    for node in convolutions:
        source = producers.get(node.input[1])
        if source is None:
            continue  # the last convolutions stay in float
        weights, scales = constants[source.input[0]], constants[source.input[1]]
        assert weights.dtype == np.int8
        assert np.abs(weights.astype(int)).max() <= 64
        assert scales.shape == (weights.shape[0],)
        quantised_weights += 1
    assert quantised_weights == len(convolutions) - len(OUTPUTS)
    zeros = {constants[n.input[2]].dtype.name for n in model.graph.node if "Quantize" in n.op_type}
    assert "uint8" in zeros


def test_a_bundle_is_what_the_product_reads(network, tmp_path):
    model = with_byte_input(float_graph(network))
    path = write_bundle(model, tmp_path, "detector", {"name": "tiny 1"})
    assert LearnedDetector(path).name == read_manifest(path).name == "tiny 1"
    assert json.loads(path.read_text())["file"] == "detector.onnx"
