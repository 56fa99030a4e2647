"""The runtimes that are compared: each takes a BGRA frame and gives the network's raw outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from tests.bench.engines.floats import float_model
from vistest.vision.engine.engine import Engine, EngineOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    import onnx
    from rich.console import Console

    from vistest.vision.engine.graph import Graph

    Runner = Callable[[Any], Any]


def contestants(
    model: onnx.ModelProto, dense: Graph, sparse: Graph, frame: Any, threads: int, console: Console
) -> dict[str, Runner]:
    """By the name of their figure. One that is not installed here is said and left out."""
    floats = float_model(model).SerializeToString()
    runners = {
        "sparse": Engine(sparse, EngineOptions(threads=threads)).run_raw,
        "dense": Engine(dense, EngineOptions(threads=threads)).run_raw,
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
    runners["openvino_fp32"] = _openvino(network, threads, "f32")
    try:
        import nncf
    except ImportError:
        console.print("nncf is missing: pip install --group bench", markup=False)
        return runners
    runners["openvino_int8"] = _openvino(_quantised(nncf, network, frame), threads, "f32")
    return runners


def as_batch(frame: Any) -> Any:
    """(1, 4, H, W), contiguous, as these runtimes want it."""
    return np.ascontiguousarray(frame.transpose(2, 0, 1))[None]


def _onnxruntime(content: bytes, threads: int) -> Runner:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return lambda frame: session.run(None, {"pixels": as_batch(frame)})


def _openvino(network: Any, threads: int, precision: str) -> Runner:
    import openvino

    hints = {
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": precision,
        "ENABLE_CPU_PINNING": False,
    }
    compiled = openvino.Core().compile_model(network, "CPU", hints)
    request = compiled.create_infer_request()

    def run(frame: Any) -> Any:
        results = request.infer([as_batch(frame)], share_inputs=True)
        return [results[output] for output in compiled.outputs]

    return run


def _quantised(nncf: Any, network: Any, frame: Any) -> Any:
    """By its own quantiser; how good the boxes are is not asked here, only how fast."""
    pictures = [as_batch(np.roll(frame, 40 * n, axis=1)) for n in range(8)]
    return nncf.quantize(network, nncf.Dataset(pictures), subset_size=len(pictures))
