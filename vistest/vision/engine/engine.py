"""The Python face of the engine: a graph goes in, pictures are run."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import ModelError
from vistest.vision.engine.graph import (
    Add,
    Concat,
    Conv,
    GlobalPool,
    Graph,
    Layer,
    MaxPool,
    Table,
    Upsample,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.engine._engine import Session

logger = logging.getLogger(__name__)

FORCE_VARIABLE = "VISTEST_ISA"
_NOT_BUILT = (
    "Install vistest anew where a C++ compiler is (apt install g++), "
    'or use the engine "onnxruntime".'
)


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a network is run.

    Attributes:
        threads: That share each layer, the calling one included.
        kernels: Row of the kernel table; empty for the best that runs here, or the one that the
            environment variable VISTEST_ISA names.
        keep_tensors: Keep what each layer makes, for `Engine.tensor`; takes more memory.
        dense_from: Share of kept blocks (4x1) from which on a layer is run by the dense kernel
            rather than by code generated for it; 0 generates none. The default is where both
            were measured to be equally fast in large layers; in small ones generated code is
            faster at any density.
    """

    threads: int = 1
    kernels: str = ""
    keep_tensors: bool = False
    dense_from: float = 0.75


@dataclass(frozen=True, slots=True)
class KernelRow:
    """A row of the kernel table.

    Attributes:
        name: What VISTEST_ISA takes.
        needs: Features that the processor must have.
        available: Whether this one has them.
    """

    name: str
    needs: str
    available: bool


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What became of a layer for a size of picture.

    Attributes:
        name: Of the layer.
        kernel: That runs it.
        multiplications: As if no weight were zero; 0 if there are none.
        kept_blocks: Blocks of weights that are not all zero, in the kernel's block shape.
        blocks: All of them.
        code_bytes: Size of the code that was generated for it.
    """

    name: str
    kernel: str
    multiplications: int
    kept_blocks: int
    blocks: int
    code_bytes: int


def _module() -> Any:  # noqa: ANN401 - a module
    try:
        from vistest.vision.engine import _engine
    except ImportError as error:
        raise ModelError("the inference engine was not built", hint=_NOT_BUILT) from error
    return _engine


def is_built() -> bool:
    """Whether this installation holds the compiled engine."""
    try:
        _module()
    except ModelError:
        return False
    return True


def kernel_table() -> tuple[KernelRow, ...]:
    """All kernels of this build, the best first.

    Raises:
        ModelError: the engine was not built.
    """
    return tuple(KernelRow(*row) for row in _module().kernel_table())


class Engine:
    """Runs a graph. One call at a time; a second thread waits for the first.

    Args:
        graph: What to run.
        options: How.

    Raises:
        ModelError: the engine was not built, the graph is unsound, or the kernels that were asked
            for do not run here.
    """

    def __init__(self, graph: Graph, options: EngineOptions = EngineOptions()) -> None:
        graph.check()
        self._graph = graph
        wanted = options.kernels or os.environ.get(FORCE_VARIABLE, "")
        try:
            self._session: Session = _module().Session(
                wanted, options.threads, options.keep_tensors, options.dense_from
            )
            self._indices = _describe(self._session, graph)
        except ValueError as error:
            raise ModelError(f"the engine cannot run this network: {error}") from error
        logger.info("kernels: %s%s", self.kernels, " (forced)" if wanted else "")

    @property
    def kernels(self) -> str:
        """Name of the row of the kernel table that was chosen."""
        return self._session.kernels()

    def run(self, picture: NDArray[Any]) -> list[NDArray[np.float32]]:
        """Real values (channels, height, width) of each output.

        Args:
            picture: (height, width, channels) of the input's type; a frame's BGRA is taken as it
                is, any other order of memory is read value by value.

        Raises:
            ModelError: the picture does not fit the network.
        """
        return [
            self._real(name, values)
            for name, values in zip(self._graph.outputs, self.run_raw(picture), strict=True)
        ]

    def run_raw(self, picture: NDArray[Any]) -> list[NDArray[Any]]:
        """As `run`, but uint8 outputs are left as steps."""
        source = self._graph.tensors[self._graph.input]
        try:
            if source.dtype == "float32":
                return self._session.run_floats(picture)
            return self._session.run_bytes(picture)
        except (ValueError, TypeError) as error:
            raise ModelError(f"the engine cannot run on this picture: {error}") from error

    def tensor(self, name: str) -> NDArray[Any]:
        """Any tensor of the last run, in steps if it is uint8; needs `keep_tensors`."""
        try:
            return self._session.tensor(self._indices[name])
        except (KeyError, ValueError) as error:
            raise ModelError(f"the tensor {name!r} cannot be read: {error}") from error

    def facts(self, height: int, width: int) -> list[LayerFacts]:
        """What each layer is run by on pictures of this size."""
        rows = self._session.facts(height, width)
        return [
            LayerFacts(layer.name, *row)
            for layer, row in zip(self._graph.layers, rows, strict=True)
        ]

    def layer_times(self, height: int, width: int) -> list[float]:
        """Milliseconds that each layer took in one run on nothing in particular."""
        return self._session.layer_times(height, width)

    def _real(self, name: str, values: NDArray[Any]) -> NDArray[np.float32]:
        tensor = self._graph.tensors[name]
        if tensor.dtype == "float32":
            return values
        steps = values.astype(np.float32) - np.float32(tensor.zero_point)
        return np.asarray(steps * np.float32(tensor.scale), np.float32)


def _describe(session: Session, graph: Graph) -> dict[str, int]:
    """Tell the session all about the graph; returns the index of each tensor."""
    indices = {
        name: session.add_tensor(
            tensor.channels, tensor.dtype == "float32", tensor.scale, tensor.zero_point
        )
        for name, tensor in graph.tensors.items()
    }
    for layer in graph.layers:
        _add(session, layer, [indices[name] for name in layer.inputs], indices[layer.output])
    session.finish(indices[graph.input], [indices[name] for name in graph.outputs])
    return indices


def _add(session: Session, layer: Layer, inputs: list[int], output: int) -> None:
    name = layer.name
    match layer:
        case Conv():
            _add_convolution(session, layer, inputs[0], output)
        case Add():
            session.add_sum(name, inputs[0], inputs[1], output, layer.relu)
        case Concat():
            session.add_concat(name, inputs, output)
        case Upsample():
            session.add_upsample(name, inputs[0], output, layer.factor)
        case MaxPool():
            session.add_max_pool(name, inputs[0], output, layer.kernel, layer.stride, layer.padding)
        case GlobalPool():
            session.add_global_pool(name, inputs[0], output)
        case Table():
            session.add_table(name, inputs[0], output, layer.table)


def _add_convolution(session: Session, layer: Conv, source: int, output: int) -> None:
    weight: NDArray[Any] = np.ascontiguousarray(layer.weight)
    bias: NDArray[Any] = np.ascontiguousarray(layer.bias)
    if weight.dtype == np.int8:
        scale = np.ascontiguousarray(layer.weight_scale)
        session.add_byte_convolution(
            layer.name, source, output, weight, scale, bias, layer.stride, layer.relu
        )
    else:
        session.add_float_convolution(
            layer.name, source, output, weight, bias, layer.stride, layer.relu
        )
