"""Any quantised network of the supported operators can be compressed, not only ours."""

import numpy as np
import onnx
import onnxruntime
import pytest

from tests.unit.vision.engine.public_networks import detection_network, residual_network
from vistest.vision.bundle import compress, load_bundle, save_bundle
from vistest.vision.engine.compression import Concentrated
from vistest.vision.engine.engine import Engine, EngineOptions, is_built
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.onnx_reader import graph_from_onnx
from vistest.vision.engine.patterns import Block
from vistest.vision.engine.reference_graph import run_graph, run_layer

TARGET = instruction_set("avx512vnni")
NETWORKS = {"residual": residual_network, "detection": detection_network}


@pytest.fixture(scope="module", params=[("residual", "4x4"), ("detection", "4x1")], ids=str)
def network(request):
    """A quantised model, its block, and its bundle after a round trip through a file."""
    name, block = request.param
    return NETWORKS[name](Block.parse(block)), Block.parse(block)


@pytest.fixture
def bundle(network, tmp_path):
    path = tmp_path / "model.vmodel"
    save_bundle(compress(graph_from_onnx(network[0]), "public", TARGET), path)
    return load_bundle(path)


def by_onnx_runtime(model, graph, pixels):
    """All tensors that the graph knows, without any fusing of operators."""
    proto = onnx.load_from_string(model)
    made = {name for node in proto.graph.node for name in node.output}
    known = {item.name for item in proto.graph.output}
    for name in graph.tensors:
        if name in made - known:
            kind = onnx.TensorProto.UINT8
            if graph.tensors[name].dtype == "float32":
                kind = onnx.TensorProto.FLOAT
            proto.graph.output.append(onnx.helper.make_tensor_value_info(name, kind, None))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    names = [item.name for item in session.get_outputs()]
    values = session.run(names, {"pixels": pixels})
    return {name: whole(value[0]) for name, value in zip(names, values, strict=True)}


def whole(value):
    return value if value.ndim == 3 else value.reshape(-1, 1, 1)


def concentrated(bundle):
    return {
        name: stored.content
        for name, stored in bundle.weights.items()
        if isinstance(stored.content, Concentrated)
    }


def test_the_zeros_survive_quantisation_and_are_found(network, bundle):
    _, block = network
    first, *others = bundle.graph.convolutions
    assert bundle.weights[first.name].kept_share == 1
    for layer in others:
        pattern = bundle.weights[layer.name].pattern
        if layer.weight.shape[0] >= 12:  # a handful of blocks need not come near the share
            assert pattern.block == block
            assert 0.6 < pattern.sparsity < 0.9


def test_sparse_and_dense_weights_give_the_same_bytes(bundle):
    graph = bundle.graph
    pixels = np.random.default_rng(3).integers(0, 256, (3, 64, 64)).astype(np.uint8)
    dense = run_graph(graph, pixels)
    sparse = run_graph(graph, pixels, concentrated(bundle))
    assert len(dense) > 20
    assert all(np.array_equal(dense[name], sparse[name]) for name in dense)


def test_layer_by_layer_onnx_runtime_is_one_step_away_at_most(network, bundle):
    model, _ = network
    graph = bundle.graph
    pixels = np.random.default_rng(4).random((1, 3, 64, 64), np.float32)
    truth = by_onnx_runtime(model, graph, pixels)
    weights = concentrated(bundle)
    for layer in graph.layers:
        found = run_layer(graph, layer, truth, weights)
        expected = truth[layer.output]
        assert found.shape == expected.shape
        if expected.dtype == np.uint8:
            assert np.abs(found.astype(int) - expected).max() <= 1, layer.name
            assert (found == expected).mean() > 0.99, layer.name
        else:
            np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.skipif(not is_built(), reason="the engine was not built here")
def test_the_engine_makes_the_same_tensors(bundle):
    graph = bundle.graph
    pixels = np.random.default_rng(6).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    expected = run_graph(graph, pixels.transpose(2, 0, 1))
    engine = Engine(graph, EngineOptions(keep_tensors=True))
    engine.run_raw(pixels)
    for layer in graph.layers:  # one step here may be more some layers later
        found, known = engine.tensor(layer.output), expected[layer.output]
        if known.dtype == np.uint8:
            assert (np.abs(found.astype(int) - known) <= 2).mean() > 0.98, layer.name


def test_the_whole_network_ends_where_onnx_runtime_does(network, bundle):
    model, _ = network
    graph = bundle.graph
    pixels = np.random.default_rng(5).random((1, 3, 64, 64), np.float32)
    truth = by_onnx_runtime(model, graph, pixels)
    found = run_graph(graph, truth[graph.input], concentrated(bundle))
    for name in graph.outputs:
        tensor = graph.tensors[name]
        far = np.abs(found[name].astype(float) - truth[name]).max() * tensor.scale
        assert far <= 0.05 * np.ptp(truth[name] * tensor.scale)
