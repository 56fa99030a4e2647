"""`scripts/bench NAME --json FILE` runs `run(bench, quick)` of `tests/bench/NAME.py`."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from tests.bench.figures import Bench

_NOT_BENCHES = {"__main__", "figures"}


def main() -> None:
    here = Path(__file__).parent
    names = sorted(path.stem for path in here.glob("*.py") if path.stem not in _NOT_BENCHES)
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("name", choices=names)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, a first look")
    options = parser.parse_args()
    bench = Bench(options.name)
    importlib.import_module(f"tests.bench.{options.name}").run(bench, quick=options.quick)
    bench.print()
    if options.json:
        bench.write(options.json)


main()
