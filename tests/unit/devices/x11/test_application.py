from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from vistest.devices.x11 import application
from vistest.devices.x11.application import LocalApplication, end_marked

if TYPE_CHECKING:
    import pytest


def test_a_process_that_shows_up_while_others_end_is_asked_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = iter([[11], [11, 12], [12], []])
    signals: list[tuple[int, signal.Signals]] = []
    monkeypatch.setattr(application, "_marked", lambda mark: next(found))
    monkeypatch.setattr(os, "kill", lambda process, kind: signals.append((process, kind)))
    end_marked("VISTEST_SCREEN=x")
    assert signals == [(11, signal.SIGTERM), (12, signal.SIGTERM)]


def test_a_program_that_cannot_be_found_by_its_mark_is_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = LocalApplication([sys.executable, "-c", "import time; time.sleep(1000)"], os.environ)
    monkeypatch.setattr(application, "_marked", lambda mark: [])
    program.close()
    assert not program.running
