"""What a benchmark measured: a table for people, a JSON file for machines."""

from __future__ import annotations

import json
import os
import platform
import statistics
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

_PACKAGES = ("vistest", "numpy", "opencv-python-headless", "onnxruntime", "rapidocr", "av", "mss")


@dataclass
class Bench:
    """Collects the figures and cases of one run. A figure not measured is simply not added."""

    name: str
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: list[dict[str, Any]] = field(default_factory=list)

    def count(self, name: str, value: float, unit: str, n: int) -> None:
        """A count or rate out of `n` trials."""
        self.figures[name] = {"value": value, "unit": unit, "min": value, "max": value, "n": n}

    def samples(self, name: str, values: list[float], unit: str) -> None:
        """The median of `values`, with their range."""
        self.figures[name] = {
            "value": statistics.median(values),
            "unit": unit,
            "min": min(values),
            "max": max(values),
            "n": len(values),
        }

    def print(self) -> None:
        """The table for people."""
        table = Table("figure", "value", "unit", "min", "max", "n", title=self.name)
        for name, figure in self.figures.items():
            numbers = [f"{figure[key]:.4g}" for key in ("value", "min", "max")]
            table.add_row(
                name, numbers[0], figure["unit"], numbers[1], numbers[2], str(figure["n"])
            )
        Console().print(table)

    def write(self, path: Path) -> None:
        """The file for machines, in the form that all benches share."""
        document = {
            "bench": self.name,
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": {"cpu": _processor(), "cores": os.cpu_count(), "os": platform.platform()},
            "versions": {"python": platform.python_version(), **_versions()},
            "figures": self.figures,
            "cases": self.cases,
        }
        path.write_text(json.dumps(document, indent=1) + "\n")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
