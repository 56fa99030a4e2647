"""Runs bundles by several rows of the kernel table; every row must make what `scalar` makes.

    python -m tests.engine.detector_rows BUNDLE... [--expect ROW] [--files LIST]

Needs numpy only, so that it also runs in the emulator. `--files` writes down every file that this
took, interpreter and libraries included: that is what the emulated machine is given.
"""

from __future__ import annotations

import argparse
import os
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import ModelError
from vistest.vision.bundle import load_bundle
from vistest.vision.engine.engine import FORCE_VARIABLE, Engine, EngineOptions, kernel_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.vision.engine.graph import Graph

SIZE = (64, 96)  # Height and width; a multiple of the detector's largest stride.
# Code for what is sparse or small, code for all, and code for nothing.
DENSE_FROM = (0.75, 2.0, 0.0)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def engine_forced_to(row: str, graph: Graph, dense_from: float) -> Engine:
    """An engine whose row the environment names, as a user does; an empty name leaves it free."""
    if row:
        os.environ[FORCE_VARIABLE] = row
    else:
        os.environ.pop(FORCE_VARIABLE, None)
    return Engine(graph, EngineOptions(keep_tensors=True, dense_from=dense_from))


def tensors(engine: Engine, graph: Graph) -> list[Any]:
    """What each layer made of the same picture."""
    engine.run_raw(np.random.default_rng(0).integers(0, 256, (*SIZE, 4)).astype(np.uint8))
    return [engine.tensor(layer.output) for layer in graph.layers]


def alike(made: Any, right: Any) -> bool:
    """Equal to the bit; sums of floats may be added up in another order."""
    if right.dtype == np.uint8:
        return np.array_equal(made, right)
    return np.allclose(made, right, rtol=1e-4, atol=1e-4)


def checksum(values: Sequence[Any]) -> int:
    """Of the bytes among them."""
    total = 0
    for value in values:
        if value.dtype == np.uint8:
            total = zlib.crc32(value.tobytes(), total)
    return total


def compare(bundle: Path, rows: Sequence[str]) -> bool:
    """Whether all rows make the same of every layer, free and forced; says so line by line."""
    graph = load_bundle(bundle).graph
    scalar = engine_forced_to("scalar", graph, 0.0)
    right = tensors(scalar, graph)
    sound = scalar.kernels == "scalar"
    for row in ("", *rows[:-1]):  # The last one is scalar itself.
        for dense_from in DENSE_FROM:
            engine = engine_forced_to(row, graph, dense_from)
            made = tensors(engine, graph)
            same = all(alike(a, b) for a, b in zip(made, right, strict=True))
            same = same and engine.kernels == (row or rows[0])
            generated = sum(facts.code_bytes > 0 for facts in engine.facts(*SIZE))
            say(
                f"{bundle.name}: {engine.kernels}{' forced' if row else ''}: layers={len(made)} "
                f"generated={generated} values={sum(tensor.size for tensor in made)} "
                f"different={int(not same)} checksum={checksum(made):08x}"
            )
            sound = sound and same
    return sound


def missing_row_is_refused(graph: Graph, missing: str) -> bool:
    try:
        engine_forced_to(missing, graph, 0.0)
    except ModelError as error:
        say(f"{FORCE_VARIABLE}={missing}: {error}")
        return True
    return False


def loaded_files() -> list[str]:
    """Of this process: the interpreter, its libraries, and the modules that were imported."""
    mapped = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines()}
    modules = {getattr(module, "__file__", None) for module in tuple(sys.modules.values())}
    return sorted({name for name in mapped | modules if name and Path(name).is_file()})


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("bundles", type=Path, nargs="+")
    parser.add_argument("--expect", help="row that must be chosen when none is forced")
    parser.add_argument("--files", type=Path)
    options = parser.parse_args()
    table = kernel_table()
    rows = [row.name for row in table if row.available]
    right = options.expect in (None, rows[0])
    if not right:
        say(f"DIFFERENT: {rows[0]} is chosen, not {options.expect}")
    for bundle in options.bundles:
        right = compare(bundle, rows) and right
    graph = load_bundle(options.bundles[0]).graph
    for row in table:
        right = right and (row.available or missing_row_is_refused(graph, row.name))
    if options.files:
        options.files.write_text("\n".join(loaded_files()) + "\n")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
