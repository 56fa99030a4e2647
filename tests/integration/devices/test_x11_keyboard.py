"""Text and keys under other layouts, and what the recorder reads of them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from Xlib import X

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.events import KeyEvent, KeyPress, Tap, TextInput
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.keymap import read_keymap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from vistest.core.events import RawEvent

pytestmark = pytest.mark.x11


def set_layout(stage: Any, *options: str) -> None:
    subprocess.run(["setxkbmap", *options], env=stage.screen.environment, check=True, timeout=10)


def type_into_the_box(stage: Any, text: str) -> tuple[str, str]:
    """What the application has then, and what an observer reads."""
    stage.device.sink.perform(Tap(stage.text_field))
    source = stage.device.open_input()
    stage.device.sink.perform(TextInput(text))
    deadline = Deadline.after(10, MonotonicClock())
    while shown(stage) != text and not deadline.passed:
        deadline.pause(0.05)
    seen = typed(source.poll(1.0))
    source.close()
    return shown(stage), seen


def shown(stage: Any) -> str:
    texts = [line.value for line in stage.received() if line.kind == "text"]
    return texts[-1] if texts else ""


def typed(events: Sequence[RawEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, KeyEvent))


def test_more_characters_than_there_are_free_keys(stage: Any) -> None:
    text = "".join(chr(0x4E00 + 3 * index) for index in range(300))
    assert type_into_the_box(stage, text) == (text, text)


def test_a_layout_with_other_letters_on_the_keys(stage: Any) -> None:
    set_layout(stage, "-layout", "ru")
    text = "Съешь ещё этих french rolls?"
    assert type_into_the_box(stage, text) == (text, text)


def test_letters_keep_their_case_under_caps_lock(stage: Any) -> None:
    stage.device.sink.perform(KeyPress(("CapsLock",)))
    assert type_into_the_box(stage, "aBc 1!") == ("aBc 1!", "aBc 1!")
    connection = Connection(stage.screen.environment["DISPLAY"])
    with connection.guarded() as display:
        assert display.screen().root.query_pointer().mask & X.LockMask
    connection.close()


def test_a_dead_key_and_its_letter_are_read_as_one(stage: Any) -> None:
    set_layout(stage, "-layout", "us", "-variant", "intl")
    source = stage.device.open_input()
    connection = Connection(stage.screen.environment["DISPLAY"])
    keymap = read_keymap(connection)
    dead_acute, letter = keymap.keycode([0xFE51]), keymap.keycode([ord("e")])
    with connection.guarded() as display:
        for keycode in (dead_acute, letter):
            display.xtest_fake_input(X.KeyPress, keycode)
            display.xtest_fake_input(X.KeyRelease, keycode)
        display.sync()
    connection.close()
    events = source.poll(1.0)
    source.close()
    assert typed(events) == "é"
    assert [event.key for event in events if event.action == "down"] == ["Dead", "e"]


def test_the_keymap_is_as_before_when_the_device_is_closed(stage: Any) -> None:
    connection = Connection(stage.screen.environment["DISPLAY"])
    before = read_keymap(connection).free()
    stage.device.sink.perform(TextInput("你好"))
    assert read_keymap(connection).free() != before
    stage.device.close()
    after = read_keymap(connection).free()
    connection.close()
    assert after == before
