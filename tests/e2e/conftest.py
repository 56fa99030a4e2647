from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from vistest.core.clock import MonotonicClock
from vistest.demo import story
from vistest.demo.screens import RECORDED, SCREENS
from vistest.replayer import Locator, Replayer, ReplayOptions
from vistest.vision.matching import Matcher
from vistest.vision.parse import ScreenParser

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = MonotonicClock()


@pytest.fixture(scope="session")
def parser() -> ScreenParser:
    return ScreenParser.default()


@pytest.fixture(scope="session")
def replayer(parser: ScreenParser) -> Replayer:
    return Replayer(Locator(parser, Matcher()), CLOCK, ReplayOptions(), os.environ)


@pytest.fixture(scope="session")
def calculation(parser: ScreenParser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a script that was recorded on screen A; the recording is gone."""
    import shutil

    folder = tmp_path_factory.mktemp("calculation")
    recording, script = folder / "sum.vrec", folder / "sum.vistest"
    story.record(SCREENS[RECORDED], recording, CLOCK)
    story.build(recording, script, parser)
    shutil.rmtree(recording)
    return script
