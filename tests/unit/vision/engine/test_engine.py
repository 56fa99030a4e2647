"""Every kernel that runs here computes exactly what plain numpy computes."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.vision.engine.networks import one_convolution, truth
from vistest.core.errors import ModelError
from vistest.vision.engine.engine import Engine, EngineOptions, is_built, kernel_table
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

pytestmark = pytest.mark.skipif(not is_built(), reason="the engine was not built here")

ROWS = [row.name for row in kernel_table() if row.available] if is_built() else []
every_row = pytest.mark.parametrize("row", ROWS)


def picture(
    random: np.random.Generator, channels: int, height: int, width: int
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return random.integers(0, 256, (channels, height, width), np.uint8)


def as_picture(channels: Any) -> Any:
    """(height, width, channels) as the engine takes it."""
    return channels.transpose(1, 2, 0)


@every_row
@given(
    seed=st.integers(0, 1 << 32),
    inputs=st.integers(1, 21),
    outputs=st.integers(1, 13),
    height=st.integers(1, 9),
    width=st.one_of(st.integers(1, 9), st.sampled_from([15, 16, 17, 31, 32, 33, 63, 64, 65])),
    kernel=st.sampled_from([1, 3, 5, 7]),
    stride=st.sampled_from([1, 2]),
    density=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    block=st.sampled_from([1, 2, 4, 16]),
    zero_points=st.sampled_from([(0, 0), (3, 200), (255, 1)]),
    relu=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_convolution_of_any_shape(
    row: str, seed: int, height: int, width: int, **shape: Any
) -> None:
    random = np.random.default_rng(seed)
    graph = one_convolution(random, **shape)
    pixels = picture(random, shape["inputs"], height, width)
    (result,) = Engine(graph, EngineOptions(kernels=row)).run_raw(as_picture(pixels))
    np.testing.assert_array_equal(result, truth(graph, pixels)["out"])


@every_row
@pytest.mark.parametrize("density", [0.0, 0.25, 1.0])
def test_largest_weights_and_activations_do_not_saturate(row: str, density: float) -> None:
    random = np.random.default_rng(1)
    graph = one_convolution(random, inputs=16, outputs=8, density=density)
    (layer,) = graph.convolutions
    largest = np.sign(layer.weight.astype(int)) * 127
    layer.weight[:] = np.where(random.random(largest.shape) < 0.9, abs(largest), largest)
    pixels = np.full((16, 12, 20), 255, np.uint8)
    (result,) = Engine(graph, EngineOptions(kernels=row)).run_raw(as_picture(pixels))
    np.testing.assert_array_equal(result, truth(graph, pixels)["out"])


def test_a_frame_is_taken_as_it_is() -> None:
    random = np.random.default_rng(2)
    graph = one_convolution(random, inputs=4, outputs=8, stride=2)
    screen = random.integers(0, 256, (40, 60, 4), np.uint8)
    for view in (screen, screen[3:30, 5:50], screen[::2, ::3], screen[:, ::-1]):
        (result,) = Engine(graph).run_raw(view)
        expected = truth(graph, np.ascontiguousarray(view.transpose(2, 0, 1)))["out"]
        np.testing.assert_array_equal(result, expected)


def branching_graph(random: np.random.Generator, *, floats: bool = False) -> Graph:
    """All layers without weights, some of them joined at other scales or odd channels."""
    kind: Any = "float32" if floats else "uint8"

    def tensor(name: str, channels: int, scale: float = 0.1, zero: int = 0) -> Tensor:
        return Tensor(name, channels, kind, *(() if floats else (scale, zero)))

    tensors = [
        tensor("in", 6),
        tensor("pooled", 6, 0.1),
        tensor("small", 6, 0.07, 9),
        tensor("up", 6, 0.11),
        tensor("sum", 6, 0.15, 30),
        tensor("joined", 24, 0.15, 30),
        tensor("again", 30, 0.15, 30),
        tensor("mean", 30, 0.12, 3),
    ]
    layers: list[Any] = [
        MaxPool("a", "in", "pooled", 5, 1, 2),
        MaxPool("b", "pooled", "small", 2, 2, 0),
        Upsample("c", "small", "up", 2),
        Add("d", ("in", "up"), "sum", relu=True),
        Concat("e", ("sum", "in", "sum", "up"), "joined"),
        Concat("f", ("joined", "sum"), "again"),
        GlobalPool("g", "again", "mean"),
    ]
    outputs = ["again", "mean", "sum"]
    if not floats:
        table = random.integers(0, 256, 256).astype(np.uint8)
        tensors.append(tensor("table", 30))
        layers.append(Table("h", "again", "table", table))
        outputs.append("table")
    return Graph("in", tuple(outputs), {one.name: one for one in tensors}, tuple(layers))


@every_row
@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("size", [(4, 4), (12, 18), (2, 30)])
def test_layers_without_weights(row: str, threads: int, size: tuple[int, int]) -> None:
    random = np.random.default_rng(3)
    graph = branching_graph(random)
    pixels = picture(random, 6, *size)
    results = Engine(graph, EngineOptions(kernels=row, threads=threads)).run_raw(as_picture(pixels))
    expected = truth(graph, pixels)
    for name, result in zip(graph.outputs, results, strict=True):
        # Two roundings of one tie may differ where a product of floats is inexact.
        assert np.abs(result.astype(int) - expected[name]).max() <= 1, name
        assert (result != expected[name]).mean() < 0.01, name


@every_row
def test_layers_of_floats(row: str) -> None:
    random = np.random.default_rng(4)
    graph = branching_graph(random, floats=True)
    pixels = random.normal(size=(6, 12, 18)).astype(np.float32)
    results = Engine(graph, EngineOptions(kernels=row)).run_raw(as_picture(pixels))
    expected = truth(graph, pixels)
    for name, result in zip(graph.outputs, results, strict=True):
        np.testing.assert_allclose(result, expected[name], atol=1e-5)


@every_row
@given(
    seed=st.integers(0, 1 << 32),
    inputs=st.integers(1, 9),
    outputs=st.integers(1, 9),
    size=st.tuples(st.integers(1, 9), st.integers(1, 40)),
    kernel=st.sampled_from([1, 3]),
    stride=st.sampled_from([1, 2]),
    density=st.sampled_from([0.0, 0.5, 1.0]),
    kind=st.sampled_from(["uint8", "float32"]),
)
@settings(max_examples=40, deadline=None)
def test_a_convolution_of_floats(row: str, seed: int, **shape: Any) -> None:
    random = np.random.default_rng(seed)
    inputs, outputs, kernel = shape["inputs"], shape["outputs"], shape["kernel"]
    weight = random.normal(size=(outputs, inputs, kernel, kernel)).astype(np.float32)
    weight *= random.random(weight.shape) < shape["density"]
    scaled = (0.02, 7) if shape["kind"] == "uint8" else ()
    tensors = {
        "in": Tensor("in", inputs, shape["kind"], *scaled),
        "out": Tensor("out", outputs, "float32"),
    }
    ones, bias = np.ones(outputs, np.float32), random.normal(size=outputs).astype(np.float32)
    layer = Conv("conv", "in", "out", weight, ones, bias, shape["stride"], kernel // 2)
    graph = Graph("in", ("out",), tensors, (layer,))
    pixels: Any = picture(random, inputs, *shape["size"])
    if shape["kind"] == "float32":
        pixels = pixels.astype(np.float32) / 64 - 2
    (result,) = Engine(graph, EngineOptions(kernels=row)).run_raw(as_picture(pixels))
    np.testing.assert_allclose(result, truth(graph, pixels)["out"], atol=2e-4, rtol=1e-4)


@pytest.mark.parametrize("shape", [(0, 5, 4), (5, 0, 4), (5, 5, 3), (5, 5), (70000, 1, 4)])
def test_pictures_that_do_not_fit(shape: tuple[int, ...]) -> None:
    graph = one_convolution(np.random.default_rng(5), inputs=4, outputs=4)
    with pytest.raises(ModelError):
        Engine(graph).run(np.zeros(shape, np.uint8))


def test_a_picture_of_another_type() -> None:
    graph = one_convolution(np.random.default_rng(5), inputs=4, outputs=4)
    with pytest.raises(ModelError):
        Engine(graph).run(np.zeros((5, 5, 4), np.float32))


def test_the_kernels_can_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = one_convolution(np.random.default_rng(6), inputs=4, outputs=4)
    monkeypatch.setenv("VISTEST_ISA", "scalar")
    assert Engine(graph).kernels == "scalar"
    monkeypatch.setenv("VISTEST_ISA", "none such")
    with pytest.raises(ModelError, match="no kernels named"):
        Engine(graph)
    monkeypatch.delenv("VISTEST_ISA")
    assert Engine(graph).kernels == ROWS[0]


def test_tensors_are_kept_on_demand() -> None:
    random = np.random.default_rng(7)
    graph = one_convolution(random, inputs=4, outputs=6)
    pixels = picture(random, 4, 9, 11)
    engine = Engine(graph, EngineOptions(keep_tensors=True))
    with pytest.raises(ModelError, match="nothing was run"):
        engine.tensor("in")
    engine.run(as_picture(pixels))
    np.testing.assert_array_equal(engine.tensor("in"), pixels)
    with pytest.raises(ModelError, match="none such"):
        engine.tensor("none such")


def test_two_engines_in_two_threads_do_not_disturb_each_other() -> None:
    random = np.random.default_rng(8)
    graphs = [
        one_convolution(random, inputs=12, outputs=20, density=density) for density in (0.3, 1.0)
    ]
    pixels = [picture(random, 12, 40, 30 + 7 * n) for n in range(2)]
    engines = [Engine(graph, EngineOptions(threads=2)) for graph in graphs]
    right = [truth(graph, x)["out"] for graph, x in zip(graphs, pixels, strict=True)]

    def run(n: int) -> None:
        for _ in range(60):
            (result,) = engines[n].run_raw(as_picture(pixels[n]))
            np.testing.assert_array_equal(result, right[n])

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run, n) for n in range(2)]:
            done.result(timeout=60)


def test_two_threads_share_one_engine() -> None:
    random = np.random.default_rng(9)
    graph = one_convolution(random, inputs=8, outputs=8)
    pixels = [picture(random, 8, 20, 20 + 9 * n) for n in range(2)]
    engine = Engine(graph)

    def run(n: int) -> None:
        expected = truth(graph, pixels[n])["out"]
        for _ in range(60):
            (result,) = engine.run_raw(as_picture(pixels[n]))
            np.testing.assert_array_equal(result, expected)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run, n) for n in range(2)]:
            done.result(timeout=60)


_WITHOUT_EXECUTABLE_MEMORY = """
import ctypes, sys
refuse_to_gain_execution = (65, 1, 0, 0, 0)  # PR_SET_MDWE, since Linux 6.3
if ctypes.CDLL(None).prctl(*refuse_to_gain_execution) != 0:
    sys.exit(77)
import numpy as np
from tests.unit.vision.engine.networks import one_convolution, truth
from vistest.vision.engine.engine import Engine, EngineOptions
graph = one_convolution(np.random.default_rng(0), inputs=8, outputs=8, density=0.3)
pixels = np.random.default_rng(1).integers(0, 256, (8, 20, 20)).astype(np.uint8)
engine = Engine(graph, EngineOptions())
(result,) = engine.run_raw(pixels.transpose(1, 2, 0))
np.testing.assert_array_equal(result, truth(graph, pixels)["out"])
print(engine.facts(20, 20)[0].kernel)
"""


def test_where_executable_memory_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_EXECUTABLE_MEMORY],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[4],
    )
    if done.returncode == 77:
        pytest.skip("this system cannot refuse executable memory")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ROWS[0]
