"""The tables of replayer/RESULTS.md and the samples of old versions."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from vistest.results import load_results
from vistest.results.model import ArtifactKind, Flag, Status

ROOT = Path(__file__).parents[3]
SPECIFICATION = (ROOT / "replayer/RESULTS.md").read_text()
SAMPLES = sorted((ROOT / "tests/data/results").iterdir())


def test_every_word_of_the_format_is_explained() -> None:
    words = {*get_args(Flag), *get_args(Status), *get_args(ArtifactKind)}
    assert not [word for word in words if f"`{word}`" not in SPECIFICATION]


def test_every_member_of_a_step_is_explained() -> None:
    text = (SAMPLES[-1] / "results.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    (attempt, *_) = lines[1]["attempts"]
    (candidate, *_) = attempt["match"]["candidates"]
    members = {*lines[0], *lines[1], *lines[-1], *attempt, *attempt["match"], *candidate}
    assert not [name for name in members if not re.search(rf'[`."]{name}["`]', SPECIFICATION)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_samples_of_all_versions_can_be_read(sample: Path) -> None:
    run = load_results(sample)
    assert [step.status for step in run.steps] == ["passed", "failed"]
    assert run.steps[0].attempts[0].match.best.evidence["text"] == 1.0
    assert (run.status, run.elapsed_ms) == ("failed", 900.5)
    assert (sample / run.steps[0].artifacts[0].path).is_file()
