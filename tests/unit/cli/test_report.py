import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vistest.cli import app
from vistest.core.errors import FormatError
from vistest.core.geometry import Screen, Size
from vistest.results import ResultWriter
from vistest.results.model import RunResult

BEGUN = RunResult("Sum\x1b[31m", "x11::91", "linux", Screen(Size(9, 9)), "", "passed")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        with ResultWriter(tmp_path / "all" / name, BEGUN) as writer:
            writer.finish(replace(BEGUN, status="failed", reason="it broke"))
    return tmp_path / "all"


def test_a_page_and_junit_are_written_for_a_folder_of_runs(tmp_path: Path, results: Path) -> None:
    page, junit = tmp_path / "out/page.html", tmp_path / "out/junit.xml"
    done = CliRunner().invoke(app, ["report", str(results), "-o", str(page), "--junit", str(junit)])
    assert done.exit_code == 0
    assert "All runs" in page.read_text(encoding="utf-8")
    assert 'tests="2"' in junit.read_text()
    assert done.output.count("it broke") == 2
    assert "\x1b" not in done.output


def test_json_is_a_summary(tmp_path: Path, results: Path) -> None:
    page = tmp_path / "page.html"
    done = CliRunner().invoke(app, ["report", str(results / "a"), "-o", str(page), "--json"])
    found = json.loads(done.output)
    assert found["report"] == str(page)
    assert [run["status"] for run in found["runs"]] == ["failed"]


def test_a_folder_without_results_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert isinstance(done.exception, FormatError)
    assert "there are no results in" in str(done.exception)
