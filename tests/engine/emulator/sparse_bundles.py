"""python -m tests.engine.emulator.sparse_bundles BUNDLE FOLDER: the same network with most of its
blocks at zero, by their size and without training, as bundles for the widest registers."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.engines.sparse_nets import pruned
from vistest.vision.bundle import compress, load_bundle, save_bundle
from vistest.vision.engine.instruction_set import instruction_set


def main(bundle: Path, folder: Path) -> None:
    graph = load_bundle(bundle).graph
    for sparsity in (0.75, 0.9):
        name = f"{bundle.stem}-{sparsity:.0%}".replace("%", "")
        sparse = compress(pruned(graph, sparsity), name, instruction_set("avx512vnni"))
        save_bundle(sparse, folder / f"{name}.vmodel")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
