from __future__ import annotations

from typing import TYPE_CHECKING

from tests.apps.log import read_log

if TYPE_CHECKING:
    from pathlib import Path


def test_a_line_that_is_still_being_written_is_not_read_yet(tmp_path: Path) -> None:
    log = tmp_path / "app.jsonl"
    assert read_log(log) == []
    log.write_text('{"action": "tap", "state": {}}\n{"action": "drag", "state": {}')
    assert read_log(log) == [{"action": "tap", "state": {}}]
