from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vistest.cli import app
from vistest.core.errors import VistestError
from vistest.recording import Recording
from vistest.script.model import Script

SAMPLE = Path(__file__).parents[3] / "recorder" / "samples" / "v1-signin.vrec"


def run(*arguments):
    return CliRunner().invoke(app, ["record", "--no-build", *arguments])


def refused(words, *arguments):
    error = run(*arguments).exception
    assert isinstance(error, VistestError)
    assert words in str(error)
    assert error.hint


def test_it_records_until_it_is_interrupted(tmp_path):
    path = tmp_path / "film.vrec"
    before = signal.getsignal(signal.SIGINT)  # a job in the background ignores it
    interrupt = threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    result = run(f"film:{SAMPLE}", "-o", str(path), "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    recording = Recording.open(path)
    assert report["error"] is None
    assert report["events"] == len(recording.events) > 0
    assert report["bytes"] == sum(file.stat().st_size for file in path.iterdir())
    assert signal.getsignal(signal.SIGINT) is before


def test_an_existing_recording_is_refused_before_anything_else(tmp_path):
    refused("exists already", "nonsense:", "-o", str(tmp_path))


def test_a_script_in_the_way_is_noticed_before_the_recording(tmp_path):
    (tmp_path / "x.vistest").mkdir()
    result = CliRunner().invoke(app, ["record", "nonsense:", "-o", str(tmp_path / "x.vrec")])
    assert "x.vistest exists already" in str(result.exception)


def test_the_script_is_built_beside_the_recording(tmp_path, monkeypatch):
    built = []

    def make_script(recording, folder, *, quiet):
        built.append((recording, folder, Recording.open(recording).end is not None))
        return Script("x", ()), []

    # the package holds the command under the module's name
    monkeypatch.setattr(sys.modules["vistest.cli.record"], "make_script", make_script)
    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    path = tmp_path / "x.vrec"
    result = CliRunner().invoke(app, ["record", f"film:{SAMPLE}", "-o", str(path), "--json"])
    assert result.exit_code == 0
    assert built == [(path, tmp_path / "x.vistest", True)]
    assert json.loads(result.stdout)["script"]["script"] == str(tmp_path / "x.vistest")


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("not a hot key", ["--checkpoint-key", "F99+x"]),
        ("hot keys are the same", ["--secret-key", "Control+F9"]),
        ("no name of a secret", ["--secret-name", "a b"]),
        ("out of range", ["--max-fps", "0"]),
        ("split into words", ["--app", "say 'hello"]),
    ],
)
def test_bad_options(tmp_path, words, options):
    refused(words, f"film:{SAMPLE}", "-o", str(tmp_path / "x.vrec"), *options)
    assert not (tmp_path / "x.vrec").exists()


def test_a_device_that_cannot_be_reached_leaves_nothing(tmp_path):
    refused("no recording", "film:/nowhere.vrec", "-o", str(tmp_path / "x.vrec"))
    assert not (tmp_path / "x.vrec").exists()


def test_an_application_that_cannot_be_started(tmp_path):
    path = tmp_path / "x.vrec"
    refused("starts no applications", f"film:{SAMPLE}", "-o", str(path), "--app", "galculator")
    assert Recording.open(path).end is not None
