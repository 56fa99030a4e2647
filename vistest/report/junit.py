"""JUnit XML for continuous integration: a suite for each script, a case for each device."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from vistest.results import load_results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vistest.results.model import RunResult, StepResult

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = {"passed": "ok", "failed": "FAILED", "error": "ERROR", "skipped": "skipped"}


def write_junit(folders: Sequence[Path], path: Path) -> None:
    """Write the results of the runs in `folders` to `path`.

    Raises:
        FormatError: a folder holds no results, or damaged ones.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    tree = ET.ElementTree(junit([load_results(folder) for folder in folders]))
    ET.indent(tree)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def junit(runs: Sequence[RunResult]) -> ET.Element:
    """The document's root."""
    root = ET.Element("testsuites", {"name": "vistest", **_counts(runs)})
    for script in dict.fromkeys(run.script for run in runs):
        together = [run for run in runs if run.script == script]
        suite = ET.SubElement(root, "testsuite", {"name": _legal(script), **_counts(together)})
        suite.set("timestamp", _legal(together[0].started_at))
        suite.extend(_case(run) for run in together)
    return root


def _counts(runs: Sequence[RunResult]) -> dict[str, str]:
    statuses = [run.status for run in runs]
    return {
        "tests": str(len(runs)),
        "failures": str(statuses.count("failed")),
        "errors": str(statuses.count("error")),
        "skipped": str(statuses.count("skipped")),
        "time": _seconds(sum(run.elapsed_ms for run in runs)),
    }


def _case(run: RunResult) -> ET.Element:
    case = ET.Element("testcase", classname=_legal(run.script), name=_legal(run.device))
    case.set("time", _seconds(run.elapsed_ms))
    if run.script_path:
        case.set("file", _legal(run.script_path))
    properties = ET.SubElement(case, "properties")
    facts = {"platform": run.platform, "screen": str(run.screen.size), **dict(run.versions)}
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=_legal(name), value=_legal(value))
    tag = {"failed": "failure", "error": "error", "skipped": "skipped"}.get(run.status)
    if tag is not None:
        ET.SubElement(case, tag, message=_legal(run.reason)).text = _legal(_trouble(run))
    ET.SubElement(case, "system-out").text = _legal("\n".join(map(_line, run.steps)))
    return case


def _trouble(run: RunResult) -> str:
    lines = [_line(step) for step in run.steps if step.status in {"failed", "error"}]
    return "\n".join(lines or [run.reason])


def _line(step: StepResult) -> str:
    flags = f" [{', '.join(step.flags)}]" if step.flags else ""
    reason = f": {step.reason}" if step.reason else ""
    where = f" (line {step.line})" if step.line else ""
    title = " ".join(step.title.split())
    return f"{step.index + 1}. {_MARKS[step.status]} {title}{where}{flags}{reason}"


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"


def _legal(text: str) -> str:
    """XML 1.0 cannot hold control characters, not even as references."""
    return _NOT_XML.sub("\ufffd", text)
