from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.apps.puzzle_player import record_game

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Session:
    """A recording of the game, and what the game received meanwhile."""

    path: Path
    entries: list[dict[str, Any]]


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("puzzle-bay")
    path = folder / "game.vrec"
    return Session(path, record_game(path, folder / "game.jsonl"))
