"""A graph whose parts do not fit is refused before anything runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vistest.core.errors import ModelError
from vistest.vision.engine.graph import Add, Concat, Conv, Graph, MaxPool, Tensor, Upsample


def conv(source: str, target: str, outputs: int, inputs: int, kernel: int = 3) -> Conv:
    weight = np.ones((outputs, inputs, kernel, kernel), np.int8)
    ones, zeros = np.ones(outputs, np.float32), np.zeros(outputs, np.int32)
    return Conv(f"to {target}", source, target, weight, ones, zeros, 1, kernel // 2)


def tensors(**channels: int) -> dict[str, Tensor]:
    return {name: Tensor(name, count) for name, count in channels.items()}


def small_graph() -> Graph:
    return Graph(
        "pixels",
        ("out",),
        tensors(pixels=4, a=8, b=8, c=8, out=16),
        (
            conv("pixels", "a", 8, 4),
            conv("a", "b", 8, 8),
            Add("sum", ("a", "b"), "c"),
            Concat("join", ("a", "c"), "out"),
        ),
    )


def test_a_sound_graph_passes() -> None:
    small_graph().check()
    assert [layer.operator for layer in small_graph().convolutions] == ["conv3x3", "conv3x3"]


@pytest.mark.parametrize(
    ("name", "tensor"),
    [
        ("a", Tensor("a", 9)),
        ("a", Tensor("other", 8)),
        ("a", Tensor("a", 0)),
        ("a", Tensor("a", 8, scale=0.0)),
        ("a", Tensor("a", 8, scale=float("nan"))),
        ("a", Tensor("a", 8, zero_point=256)),
        ("out", Tensor("out", 17)),
        ("pixels", Tensor("pixels", 4, "float32")),
    ],
)
def test_tensors_that_do_not_fit(name: str, tensor: Tensor) -> None:
    graph = small_graph()
    with pytest.raises(ModelError):
        replace(graph, tensors={**graph.tensors, name: tensor}).check()


@pytest.mark.parametrize(
    "layer",
    [
        conv("b", "a", 8, 8),
        conv("pixels", "nowhere", 8, 4),
        conv("pixels", "a", 8, 5),
        conv("pixels", "a", 8, 4, kernel=2),
        conv("pixels", "a", 8, 4, kernel=9),
        replace(conv("pixels", "a", 8, 4), stride=3),
        replace(conv("pixels", "a", 8, 4), padding=2),
        replace(conv("pixels", "a", 8, 4), bias=np.zeros(8, np.int64)),
        replace(conv("pixels", "a", 8, 4), bias=np.zeros(7, np.int32)),
        replace(conv("pixels", "a", 8, 4), weight_scale=np.zeros(8, np.float32)),
        MaxPool("pool", "pixels", "a", 0, 1, 0),
        Upsample("up", "pixels", "a", 0),
    ],
)
def test_layers_that_do_not_fit(layer: Conv | MaxPool | Upsample) -> None:
    graph = small_graph()
    with pytest.raises(ModelError):
        replace(graph, layers=(layer, *graph.layers[1:])).check()


def test_order_and_outputs() -> None:
    graph = small_graph()
    with pytest.raises(ModelError, match="before it is filled"):
        replace(graph, layers=graph.layers[::-1]).check()
    with pytest.raises(ModelError, match="filled twice"):
        replace(graph, layers=graph.layers + graph.layers[-1:]).check()
    with pytest.raises(ModelError, match="outputs"):
        replace(graph, outputs=("absent",)).check()
    with pytest.raises(ModelError, match="outputs"):
        replace(graph, outputs=()).check()
