"""A small network that has every kind of layer."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from vistest.vision.bundle import ModelBundle, compress, save_bundle
from vistest.vision.engine.compression import BlockGrid
from vistest.vision.engine.graph import (
    Add,
    Concat,
    Conv,
    GlobalPool,
    Graph,
    MaxPool,
    Table,
    Tensor,
    Upsample,
)
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.patterns import Block

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

TARGET = instruction_set("avx512vnni")


def pruned(shape: tuple[int, ...], block: Block, density: float) -> NDArray[np.int8]:
    """Weights by arithmetic, so that they are the same for ever."""
    grid = BlockGrid(shape, block)
    numbers = np.arange(np.prod(shape)).reshape(shape)
    blocks = grid.split(((numbers * 37 + 11) % 127 + 1).astype(np.int8))
    places = np.arange(grid.rows * grid.columns).reshape(grid.rows, grid.columns)
    blocks[(places * 29) % 100 >= 100 * density] = 0
    return grid.join(blocks)


def convolution(name: str, source: str, target: str, weight: NDArray[Any], **options: Any) -> Conv:
    outputs = weight.shape[0]
    whole = weight.dtype == np.int8
    scale = np.linspace(0.5, 1.5, outputs) if whole else np.ones(outputs)
    bias = (np.arange(outputs) - 3).astype(np.int32 if whole else np.float32)
    return Conv(name, source, target, weight, scale.astype(np.float32), bias, **options)


def small_graph() -> Graph:
    head = np.linspace(-1, 1, 7 * 48, dtype=np.float32).reshape(7, 48, 1, 1)
    layers = (
        convolution(
            "stem",
            "pixels",
            "a",
            pruned((16, 4, 3, 3), Block(4, 4), 1),
            stride=2,
            padding=1,
            relu=True,
        ),
        convolution(
            "coarse", "a", "b", pruned((32, 16, 3, 3), Block(4, 16), 0.25), padding=1, relu=True
        ),
        convolution("middle", "b", "c", pruned((18, 32, 3, 3), Block(4, 4), 0.25), padding=1),
        convolution("fine", "c", "d", pruned((16, 18, 1, 1), Block(4, 1), 0.25), relu=True),
        Add("sum", ("a", "d"), "e", relu=True),
        Table("curve", "e", "f", (np.arange(256) // 2).astype(np.uint8)),
        MaxPool("pool", "f", "g", 3, 2, 1),
        Upsample("up", "g", "h", 2),
        Concat("both", ("h", "f", "e"), "i"),
        GlobalPool("mean", "i", "j"),
        convolution("head", "j", "scores", head, linear=True),
    )
    channels = {"pixels": 4, "b": 32, "c": 18, "i": 48, "j": 48, "scores": 7}
    names = ["pixels", *"abcdefghij", "scores"]
    tensors = {
        name: Tensor(name, channels.get(name, 16), "uint8", 0.25 * (n + 1), n)
        for n, name in enumerate(names)
    }
    tensors["scores"] = Tensor("scores", 7, "float32")
    graph = Graph("pixels", ("scores",), tensors, layers)
    graph.check()
    return graph


@pytest.fixture
def graph() -> Graph:
    return small_graph()


@pytest.fixture
def bundle(graph: Graph) -> ModelBundle:
    return compress(graph, "small 1", TARGET, facts={"classes": ["text", "icon"]})


@pytest.fixture
def path(bundle: ModelBundle, tmp_path: Path) -> Path:
    path = tmp_path / "small.vmodel"
    save_bundle(bundle, path)
    return path


def members(path: Path) -> tuple[dict[str, Any], bytes]:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json")), archive.read("arrays.bin")


def rewrite(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The bundle at `path` with a changed manifest."""
    manifest, arrays = members(path)
    change(manifest)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("arrays.bin", arrays)
    return path
