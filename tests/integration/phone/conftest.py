"""Two phones that differ in all that phones differ in; started once, as new for each test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.phone import Phone, PhoneSetup

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW = PhoneSetup(size=(720, 1600), density=2.0, panel=(4095, 8191), keyboard="round")
OLD = PhoneSetup(
    size=(800, 1280),
    density=1.5,
    dark=True,
    serial="VTTABLET002",
    panel=(32767, 32767),
    protocol="A",
    button_touch=False,
    keyboard="square",
    secure=False,
    shell_v2=False,
    sendevent=True,
    api_level=28,
)
_DRIVER = Path("/usr/lib/xorg/modules/input/inputtest_drv.so")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    there = _DRIVER.exists() and shutil.which("chromium") and shutil.which("adb")
    reason = "needs root, Xorg with its drivers dummy and inputtest, chromium and adb"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.x11)
            if os.geteuid() != 0 or not there:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def new_phone() -> Iterator[Phone]:
    with Phone(NEW) as phone:
        yield phone


@pytest.fixture(scope="session")
def old_tablet() -> Iterator[Phone]:
    with Phone(OLD) as phone:
        yield phone


@pytest.fixture
def phone(new_phone: Phone) -> Phone:
    new_phone.reset()
    return new_phone


@pytest.fixture
def tablet(old_tablet: Phone) -> Phone:
    old_tablet.reset()
    return old_tablet
