"""Debian's adb talks to the stand-in for a phone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.phone.adb import Adb, eventually

if TYPE_CHECKING:
    from pathlib import Path

    from tests.phone import Phone

HOSTILE = "a$(reboot) `reboot` ; reboot & \"q\" 'q' \\ %s"


@pytest.fixture(scope="session")
def connected(new_phone: Phone, old_tablet: Phone) -> Adb:
    return Adb(new_phone, old_tablet)


@pytest.fixture
def adb(connected: Adb, phone: Phone) -> Adb:
    return connected


def actions(phone: Phone) -> list[tuple[str, str]]:
    return [(event["object"], event["action"]) for event in phone.events()]


def test_a_shell_tells_output_errors_and_exit_code_apart(adb: Adb) -> None:
    done = adb("shell", "echo out; echo err >&2; exit 7")
    assert (done.stdout, done.stderr, done.returncode) == (b"out\n", b"err\n", 7)


def test_an_old_shell_mixes_them(adb: Adb, tablet: Phone) -> None:
    done = adb("shell", "echo out; echo err >&2; exit 7", phone=tablet)
    assert (done.stdout, done.stderr, done.returncode) == (b"out\nerr\n", b"", 0)


def test_a_shell_takes_commands_from_its_input(adb: Adb, phone: Phone) -> None:
    done = adb("shell", text=b"wm size\nwm density\n")
    assert done.stdout == b"Physical size: 720x1600\nPhysical density: 320\n"
    assert phone.commands("input")[0]["text"] == "wm size\nwm density\n"


def test_a_shell_on_a_terminal_echoes(adb: Adb) -> None:
    done = adb("shell", "-t", "-t", text=b"echo $((6 * 7))\nexit\n")
    assert b"phone:/ $ " in done.stdout
    assert b"42\r\n" in done.stdout


def test_a_picture_comes_through_unharmed(adb: Adb) -> None:
    picture = adb("exec-out", "screencap", "-p").stdout
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    assert pixels.shape == (1600, 720, 3)
    assert len(np.unique(pixels[:, :, 1])) > 50


def test_files_come_back_as_they_were(adb: Adb, phone: Phone, tmp_path: Path) -> None:
    sent = tmp_path / "sent.bin"
    sent.write_bytes(random.Random(6).randbytes(300_000))
    assert adb("push", str(sent), "/data/local/tmp/some.jar").returncode == 0
    assert adb("pull", "/data/local/tmp/some.jar", str(tmp_path / "back")).returncode == 0
    assert (tmp_path / "back").read_bytes() == sent.read_bytes()
    assert adb("pull", "/data/local/tmp/none", str(tmp_path / "none")).returncode != 0
    refused = adb("push", str(sent), "/no/such/folder/x")
    assert b"No such file or directory" in refused.stdout + refused.stderr


def test_no_file_is_outside_the_phone(adb: Adb, tmp_path: Path) -> None:
    outside = "/sdcard/../../../../../../../../etc/passwd"
    assert adb("pull", outside, str(tmp_path / "passwd")).returncode != 0
    assert b"root:" not in adb("shell", f"cat {outside}").stdout


def test_an_injected_tap_reaches_the_application(adb: Adb, phone: Phone) -> None:
    box = phone.find("#plant-sage")
    adb("shell", "input", "tap", str(box.left + 99), str(box.top + 30))
    assert eventually(lambda: ("Sage", "tap") in actions(phone))


def test_a_shell_expands_what_is_not_quoted(adb: Adb, phone: Phone) -> None:
    adb("shell", f'input text "{HOSTILE}"')
    assert phone.commands("tool")[0]["text"].split()[0] == "reboot"


def test_quoted_text_reaches_the_field_and_no_shell(adb: Adb, phone: Phone) -> None:
    phone.user.tap_on("#add")
    phone.user.tap_on("#notes")
    assert eventually(lambda: phone.get()["keyboard_shown"])
    word = HOSTILE.replace("%s", "").strip().replace(" ", "%s").replace("'", "'\\''")
    adb("shell", f"input text '{word}'")
    wanted = HOSTILE.replace("%s", "").strip()
    assert eventually(lambda: phone.events()[-1]["value"] == wanted), phone.events()[-1]
    assert {command["arguments"][0] for command in phone.commands("tool")} == {"input"}


def test_text_that_no_key_types_is_refused(adb: Adb, phone: Phone) -> None:
    done = adb("shell", "input text 'Größe'")
    assert done.returncode == 255
    assert b"NullPointerException" in done.stderr


def test_two_phones_are_two(adb: Adb, phone: Phone, tablet: Phone) -> None:
    serials = {adb("shell", "getprop ro.serialno", phone=one).stdout for one in (phone, tablet)}
    assert serials == {b"VTPHONE0001\n", b"VTTABLET002\n"}
    box = tablet.find("#plant-sage")
    adb("shell", "input", "tap", str(box.left + 99), str(box.top + 30), phone=tablet)
    assert eventually(lambda: ("Sage", "tap") in actions(tablet))
    assert not actions(phone)


def test_a_phone_that_hangs_up_can_be_reached_again(adb: Adb, phone: Phone) -> None:
    running = adb.start("shell", "sleep 60")
    assert eventually(lambda: phone.commands("tool"))
    phone.disconnect()
    running.wait(timeout=8)
    assert running.stdout is not None
    running.stdout.close()
    Adb(phone)
    assert adb("shell", "echo back").stdout == b"back\n"
