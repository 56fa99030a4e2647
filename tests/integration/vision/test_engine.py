"""The engine and ONNX Runtime agree on the detector: layer by layer, and in its boxes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import onnx
import onnxruntime
import pytest

from vistest.vision.detectors.decoding import decode, suppress
from vistest.vision.engine.engine import Engine, EngineOptions, kernel_table
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from vistest.vision.engine.graph import Graph

DETECTOR = Path(__file__).parents[3] / "models" / "zoo" / "detector.onnx"
ROWS = [row.name for row in kernel_table() if row.available]


@pytest.fixture(scope="module")
def screen() -> Any:
    """A drawn form, BGRA: a size that no tile divides."""
    picture = np.full((288, 416, 4), 255, np.uint8)
    for row in range(6):
        top = 10 + 45 * row
        cv2.rectangle(picture, (12, top), (190, top + 32), (200, 120 + 20 * row, 60, 255), -1)
        cv2.putText(picture, f"Button {row}", (24, top + 22), 0, 0.6, (255, 255, 255, 255), 2)
        cv2.rectangle(picture, (220, top), (240, top + 20), (90, 90, 90, 255), 2)
        cv2.putText(picture, "choose me", (250, top + 18), 0, 0.5, (0, 0, 0, 255), 1)
    return picture


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_from_onnx(DETECTOR)


@pytest.fixture(scope="module")
def expected(graph: Graph, screen: Any) -> dict[str, Any]:
    """Every tensor of the graph as ONNX Runtime makes it; its weights have 7 bits, so that its
    kernels for processors without VNNI do not saturate."""
    model = onnx.load(DETECTOR)
    steps = [t.name for t in graph.tensors.values() if t.dtype == "uint8" and t.name != graph.input]
    for name in steps:
        kind = onnx.TensorProto.UINT8
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, kind, None))
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    names = [*graph.outputs, *steps]
    results = session.run(
        names, {graph.input: np.ascontiguousarray(screen.transpose(2, 0, 1))[None]}
    )
    return {name: result[0] for name, result in zip(names, results, strict=True)}


@pytest.mark.parametrize("dense_from", [0.0, 2.0])
@pytest.mark.parametrize("row", ROWS)
def test_layer_by_layer(
    graph: Graph, screen: Any, expected: dict[str, Any], row: str, dense_from: float
) -> None:
    engine = Engine(graph, EngineOptions(kernels=row, keep_tensors=True, dense_from=dense_from))
    engine.run(screen)
    for layer in graph.layers:
        made, right = engine.tensor(layer.output), expected[layer.output]
        if made.dtype == np.uint8:
            assert np.abs(made.astype(int) - right).max() <= 1, layer.name
        else:
            np.testing.assert_allclose(made, right, atol=1e-3, err_msg=layer.name)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_boxes(graph: Graph, screen: Any, expected: dict[str, Any], threads: int) -> None:
    made = Engine(graph, EngineOptions(threads=threads)).run(screen)
    right = [expected[name] for name in graph.outputs]
    ours, theirs = (
        suppress(decode([(out[2 * n], out[2 * n + 1]) for n in range(3)], 0.25), 0.5, 600)
        for out in (made, right)
    )
    assert len(theirs) > 5
    np.testing.assert_array_equal(ours.classes, theirs.classes)
    np.testing.assert_allclose(ours.corners, theirs.corners, atol=0.05)
    np.testing.assert_allclose(ours.scores, theirs.scores, atol=1e-3)
