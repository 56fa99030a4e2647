import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.vision.engine.conftest import sparse_weights
from vistest.vision.engine.compression import concentrate
from vistest.vision.engine.patterns import Block
from vistest.vision.engine.reference import dense_convolution, sparse_convolution, sparse_linear


@st.composite
def cases(draw, dtype=None):
    weights, block = draw(sparse_weights(dtype, linear=False))
    stride, padding = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    least = [max(1, side - 2 * padding) for side in weights.shape[2:]]
    height, width = (draw(st.integers(low, low + 9)) for low in least)
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (weights.shape[1], height, width)
    if weights.dtype == np.int8:
        pixels = random.integers(0, 256, shape).astype(np.uint8)
    else:
        pixels = random.standard_normal(shape).astype(np.float32)
    return pixels, weights, block, stride, padding


@given(cases())
def test_the_kept_blocks_alone_give_the_dense_result(case):
    pixels, weights, block, stride, padding = case
    sparse = sparse_convolution(pixels, concentrate(weights, block), stride, padding)
    dense = dense_convolution(pixels, weights, stride, padding)
    assert sparse.dtype == dense.dtype
    assert sparse.shape == dense.shape
    if weights.dtype == np.int8:
        assert np.array_equal(sparse, dense)
    else:
        np.testing.assert_allclose(sparse, dense, rtol=1e-5, atol=1e-4)


@given(sparse_weights(np.int8, linear=True), st.integers(1, 5), st.integers(0, 2**32))
def test_linear_operators_too(drawn, count, seed):
    weights, block = drawn
    vectors = np.random.default_rng(seed).integers(0, 256, (count, weights.shape[1]))
    found = sparse_linear(vectors, concentrate(weights, block))
    assert np.array_equal(found, vectors @ weights.T.astype(np.int64))


def by_onnx_runtime(pixels, weights, stride, padding):
    """The sums of ConvInteger, which takes unsigned activations and signed weights."""
    helper, kinds = onnx.helper, onnx.TensorProto
    node = helper.make_node(
        "ConvInteger", ["x", "w"], ["y"], strides=[stride] * 2, pads=[padding] * 4
    )
    graph = helper.make_graph(
        [node],
        "convolution",
        [helper.make_tensor_value_info("x", kinds.UINT8, None)],
        [helper.make_tensor_value_info("y", kinds.INT32, None)],
        [onnx.numpy_helper.from_array(weights.astype(np.int8), "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"x": pixels[None]})[0][0]


@settings(max_examples=30)
@given(cases(np.int8))
def test_onnx_runtime_computes_the_same(case):
    pixels, weights, block, stride, padding = case
    sparse = sparse_convolution(pixels, concentrate(weights, block), stride, padding)
    assert np.array_equal(sparse, by_onnx_runtime(pixels, weights, stride, padding))


def test_activations_of_another_size_are_refused():
    weights = concentrate(np.ones((4, 8, 1, 1), np.int8), Block(4, 4))
    with pytest.raises(ValueError, match="6 channels for weights of 8"):
        sparse_convolution(np.zeros((6, 3, 3), np.uint8), weights)
