"""Titles as WindowManager gives them; lines in logcat's format `threadtime`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.devices.android.dialogs import dialog_of
from vistest.devices.android.logs import LogWatch, crashes, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.devices.android.conftest import FakeShell

LOG = """\
--------- beginning of main
11-24 10:00:00.100  1000  1000 I ActivityTaskManager: START u0 {cmp=com.shop/.Main} from uid 2000
11-24 10:00:05.200  4242  4242 E AndroidRuntime: FATAL EXCEPTION: main
11-24 10:00:05.200  4242  4242 E AndroidRuntime: Process: com.shop, PID: 4242
11-24 10:00:05.200  4242  4242 E AndroidRuntime: java.lang.IllegalStateException: no
11-24 10:00:09.000  1000  1020 E ActivityManager: ANR in com.example.mail (com.example.mail/.Main)
11-24 10:00:09.000  1000  1020 E ActivityManager: Reason: Input dispatching timed out
11-24 10:00:09.100   777   777 F DEBUG   : pid: 9, tid: 9, name: game  >>> com.game <<<
"""


def test_dialogs_by_their_windows() -> None:
    asked = dialog_of(
        "com.google.android.permissioncontroller/"
        "com.android.permissioncontroller.permission.ui.GrantPermissionsActivity"
    )
    hung = dialog_of("Application Not Responding: com.shop")
    broken = dialog_of("Application Error: com.shop")
    assert asked is not None
    assert hung is not None
    assert broken is not None
    assert [asked.kind, hung.kind, broken.kind] == ["permission", "not_responding", "crashed"]
    assert "com.shop" in hung.title
    assert dialog_of("com.shop/com.shop.MainActivity") is None
    assert dialog_of("") is None


def test_crashes_and_applications_that_hung() -> None:
    lines = LOG.splitlines()
    assert trouble_of(lines) == (
        "com.shop crashed; com.example.mail did not respond; com.game crashed"
    )
    assert len(crashes(lines)) == 6
    assert not crashes(lines[:2])


def test_only_what_was_logged_since_the_beginning(make_shell: Callable[..., FakeShell]) -> None:
    shell = make_shell({"^date": "11-24 10:00:08.000\n", "^logcat": LOG})
    watch = LogWatch(shell)  # type: ignore[arg-type]
    watch.begin()
    log, crash = watch.collect()
    assert "-T '11-24 10:00:08.000'" in shell.commands[-1]
    assert "START u0" not in log.text
    assert crash.trouble == "com.example.mail did not respond; com.game crashed"
