"""The stand-in for a phone, asked by Debian's adb."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.phone import Phone, PhoneSetup
from vistest.core.clock import Deadline, MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(shutil.which("adb") is None, reason="needs Debian's adb"),
]


@pytest.fixture(scope="module")
def new_phone() -> Iterator[Phone]:
    with Phone(PhoneSetup(size=(720, 1600), density=2.0)) as phone:
        adb(phone, "connect", phone.address, serial=False)
        eventually(lambda: adb(phone, "get-state").stdout == b"device\n")
        yield phone


@pytest.fixture
def phone(new_phone: Phone) -> Phone:
    new_phone.reset()
    return new_phone


def adb(
    phone: Phone, *words: str, serial: bool = True, text: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    target = ["-s", phone.address] if serial else []
    return subprocess.run(
        ["adb", *target, *words],
        env=phone.adb_environment(),
        input=text,
        capture_output=True,
        timeout=20,
        check=False,
    )


def eventually(condition: Callable[[], object]) -> bool:
    deadline = Deadline.after(8, MonotonicClock())
    while not condition():
        if deadline.passed:
            return False
        deadline.pause(0.05)
    return True


def test_a_shell_tells_output_errors_and_exit_code_apart(phone: Phone) -> None:
    done = adb(phone, "shell", "echo out; echo err >&2; exit 7")
    assert (done.stdout, done.stderr, done.returncode) == (b"out\n", b"err\n", 7)


def test_a_shell_takes_commands_from_its_input(phone: Phone) -> None:
    done = adb(phone, "shell", text=b"wm size\nwm density\n")
    assert done.stdout == b"Physical size: 720x1600\nPhysical density: 320\n"
    assert phone.commands("input")[0]["text"] == "wm size\nwm density\n"


def test_a_picture_comes_through_unharmed(phone: Phone) -> None:
    picture = adb(phone, "exec-out", "screencap", "-p").stdout
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    assert pixels.shape == (1600, 720, 3)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 50


def test_an_injected_tap_reaches_the_application(phone: Phone) -> None:
    box = phone.where("#plant-sage")
    assert box is not None
    done = adb(phone, "shell", "input", "tap", str(box.left + 99), str(box.top + 30))
    assert done.returncode == 0
    assert eventually(lambda: ("Sage", "tap") in actions(phone))


def actions(phone: Phone) -> list[tuple[str, str]]:
    return [(event["object"], event["action"]) for event in phone.events()]
