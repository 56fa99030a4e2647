"""`scripts/bench NAME --json FILE` runs `run(bench, quick)` of `tests/bench/NAME.py`.

A bench that takes `runs` or `parts` gets them from `--runs N` and `--part NAME` (several times).
"""

from __future__ import annotations

import argparse
import importlib
import inspect
from pathlib import Path

from tests.bench.figures import Bench

_NOT_BENCHES = {"__main__", "figures", "parsers"}


def main() -> None:
    here = Path(__file__).parent
    names = sorted(path.stem for path in here.glob("*.py") if path.stem not in _NOT_BENCHES)
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("name", choices=names)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, a first look")
    parser.add_argument("--runs", type=int, help="how often each case is repeated")
    parser.add_argument("--part", action="append", dest="parts", help="only this part")
    options = parser.parse_args()
    bench = Bench(options.name)
    run = importlib.import_module(f"tests.bench.{options.name}").run
    taken = {name: getattr(options, name) for name in ("runs", "parts") if getattr(options, name)}
    if unknown := sorted(taken.keys() - inspect.signature(run).parameters.keys()):
        parser.error(f"the bench {options.name} takes no {', '.join(unknown)}")
    run(bench, quick=options.quick, **taken)
    bench.print()
    if options.json:
        bench.write(options.json)


main()
