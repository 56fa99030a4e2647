"""The runtimes that are compared: each takes a BGRA frame and gives the network's outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import onnxruntime

from tests.bench.engines.floats import float_model
from vistest.vision.detectors.runners import planes
from vistest.vision.engine.engine import Engine, EngineOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    import onnx
    from rich.console import Console

    from vistest.vision.engine.graph import Graph

    # From BGRA (height, width, 4) to the outputs, each (channels, h, w).
    Runner = Callable[[Any], list[Any]]


def contestants(
    model: onnx.ModelProto, dense: Graph, sparse: Graph, frame: Any, threads: int, console: Console
) -> dict[str, Runner]:
    """`sparse`, `dense`, and the others by the name of their figure.

    One that is not installed here is said and left out.
    """
    floats = float_model(model).SerializeToString()
    runners = {
        "sparse": Engine(sparse, EngineOptions(threads=threads)).run,
        "dense": Engine(dense, EngineOptions(threads=threads)).run,
        "ort_int8": _onnxruntime(model.SerializeToString(), threads),
        "ort_fp32": _onnxruntime(floats, threads),
    }
    try:
        import openvino
    except ImportError:
        console.print("openvino is missing: pip install --group bench", markup=False)
        return runners
    network = openvino.Core().read_model(floats)
    network.reshape([1, 4, *frame.shape[:2]])
    try:
        import nncf
    except ImportError:
        console.print("nncf is missing: pip install --group bench", markup=False)
    else:
        runners["openvino_int8"] = _openvino(_quantised(nncf, network, frame), threads)
    runners["openvino_fp32"] = _openvino(network, threads)
    return runners


def _onnxruntime(content: bytes, threads: int) -> Runner:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return lambda frame: [out[0] for out in session.run(None, {"pixels": planes(frame)})]


def _openvino(network: Any, threads: int) -> Runner:
    """It takes the frame as it is, and sorts the channels apart itself: faster than beforehand."""
    import openvino
    from openvino.preprocess import PrePostProcessor

    steps = PrePostProcessor(network)
    steps.input().tensor().set_layout(openvino.Layout("NHWC"))
    steps.input().model().set_layout(openvino.Layout("NCHW"))
    hints = {
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",
        "ENABLE_CPU_PINNING": False,
    }
    compiled = openvino.Core().compile_model(steps.build(), "CPU", hints)
    request = compiled.create_infer_request()

    def run(frame: Any) -> list[Any]:
        results = request.infer([frame[None]], share_inputs=True, share_outputs=True)
        return [results[output][0] for output in compiled.outputs]

    return run


def _quantised(nncf: Any, network: Any, frame: Any) -> Any:
    """By its own quantiser; how good the boxes are is not asked here, only how fast."""
    import numpy as np

    pictures = [planes(np.roll(frame, 40 * n, axis=1)) for n in range(8)]
    return nncf.quantize(network, nncf.Dataset(pictures), subset_size=len(pictures))
