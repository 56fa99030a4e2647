from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from vistest.core.errors import DeviceError
from vistest.devices.android.keyfile import load_signer

if TYPE_CHECKING:
    from pathlib import Path


def test_the_key_is_made_once_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "vistest" / "adbkey"
    public = load_signer(path).GetPublicKey()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_signer(path).GetPublicKey() == public
    assert sorted(file.name for file in path.parent.iterdir()) == ["adbkey", "adbkey.pub"]


def test_a_key_that_others_can_read_or_that_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "adbkey"
    load_signer(path)
    path.chmod(0o644)
    with pytest.raises(DeviceError, match="read by others"):
        load_signer(path)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(DeviceError, match="cannot be used") as caught:
        load_signer(path)
    assert "delete" in caught.value.hint
