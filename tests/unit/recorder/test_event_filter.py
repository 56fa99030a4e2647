"""Which events are stored; read like what a person does with the keyboard."""

from __future__ import annotations

import pytest

from vistest.core.errors import VistestError
from vistest.core.events import KeyEvent, Mark, PointerEvent, ScreenChanged, WheelEvent
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.recorder import HotKey, RecorderOptions
from vistest.recorder.event_filter import EventFilter

SCREEN = Screen(Size(800, 600), 1.0)
HERE = Position(Point(100, 50), SCREEN)
THERE = Position(Point(300, 200), SCREEN)


class Typist:
    """Feeds a filter and collects what is stored."""

    def __init__(self, *names):
        self.filter = EventFilter(RecorderOptions(secret_names=names))
        self.stored = []
        self.now = 0.0

    def take(self, event):
        self.stored += self.filter.take(event)

    def down(self, key, text="", after=50.0):
        self.now += after
        self.take(KeyEvent(self.now, "down", key, text))

    def up(self, key, after=50.0):
        self.now += after
        self.take(KeyEvent(self.now, "up", key))

    def type(self, text):
        for character in text:
            self.down(character, character)
            self.up(character)

    def chord(self, *keys):
        for key in keys:
            self.down(key)
        for key in reversed(keys):
            self.up(key)

    def pointer(self, action, at):
        self.now += 50
        self.take(PointerEvent(self.now, action, at))

    def press(self, at):
        self.pointer("down", at)
        self.pointer("up", at)

    def finish(self):
        self.stored += self.filter.finish(self.now)
        return self.stored

    @property
    def keys(self):
        return [(e.action, e.key) for e in self.stored if isinstance(e, KeyEvent)]

    @property
    def marks(self):
        return [e for e in self.stored if isinstance(e, Mark)]


@pytest.fixture
def typist():
    return Typist()


def test_ordinary_typing_is_stored_as_it_comes(typist):
    typist.press(HERE)
    typist.type("ab")
    typist.chord("Control", "s")
    assert typist.keys == [
        *[("down", "a"), ("up", "a"), ("down", "b"), ("up", "b")],
        *[("down", "Control"), ("down", "s"), ("up", "s"), ("up", "Control")],
    ]
    times = [event.time_ms for event in typist.stored]
    assert times == sorted(times)


def test_checkpoint_marks_the_pointer_and_hides_its_keys(typist):
    typist.press(HERE)
    typist.pointer("move", THERE)
    typist.chord("Control", "F9")
    assert typist.keys == []
    assert [(mark.kind, mark.at) for mark in typist.marks] == [("checkpoint", THERE)]


def test_checkpoint_before_the_pointer_was_seen(typist):
    typist.chord("Control", "F9")
    assert typist.marks[0].at is None


@pytest.mark.parametrize("order", [("F9", "Control"), ("Control", "F9")])
def test_the_keys_of_a_hot_key_may_be_released_in_any_order(typist, order):
    typist.down("Control")
    typist.down("F9")
    for key in order:
        typist.up(key)
    typist.type("a")
    assert typist.keys == [("down", "a"), ("up", "a")]


def test_a_pointer_that_trembles_does_not_break_the_chord(typist):
    typist.pointer("move", HERE)
    typist.down("Control")
    typist.pointer("move", THERE)
    typist.down("F9")
    assert len(typist.marks) == 1
    assert typist.keys == []


def test_another_modifier_is_another_chord(typist):
    typist.chord("Shift", "Control", "F9")
    typist.chord("F9")
    assert typist.marks == []
    assert len(typist.keys) == 8


def test_a_modifier_that_was_used_before_the_hot_key_is_stored_whole(typist):
    typist.down("Control")
    typist.down("c")
    typist.up("c")
    typist.down("F9")
    typist.up("F9")
    typist.up("Control")
    assert typist.keys == [("down", "Control"), ("down", "c"), ("up", "c"), ("up", "Control")]
    assert len(typist.marks) == 1


def test_a_modifier_alone_and_with_the_mouse_is_stored(typist):
    typist.chord("Alt")
    typist.down("Control")
    typist.press(HERE)
    typist.up("Control")
    kinds = [getattr(event, "key", "pointer") for event in typist.stored]
    assert kinds == ["Alt", "Alt", "Control", "pointer", "pointer", "Control"]


def test_a_modifier_held_at_the_end_is_stored(typist):
    typist.down("Shift")
    assert typist.keys == []
    typist.finish()
    assert typist.keys == [("down", "Shift")]


@pytest.mark.parametrize("key", ["F9", "F10"])
def test_a_hot_key_that_is_held_and_repeats_acts_once(typist, key):
    typist.down("Control")
    typist.down(key)
    for _ in range(5):  # as X does it: up and down with one time stamp
        typist.up(key, after=30.0)
        typist.down(key, after=0.0)
    for _ in range(5):  # as others do it: down again and again
        typist.down(key, after=30.0)
    typist.up(key)
    typist.up("Control")
    assert len(typist.marks) == 1
    assert typist.keys == []


def secret_typed(typist, text="hunter2"):
    typist.chord("Control", "F10")
    typist.type(text)
    typist.chord("Shift", "H")
    typist.chord("Enter")
    typist.chord("Control", "F10")


def test_nothing_of_a_secret_is_stored(typist):
    typist.press(HERE)
    secret_typed(typist)
    typist.type("z")
    assert typist.keys == [("down", "z"), ("up", "z")]
    assert [(mark.kind, mark.at, mark.name) for mark in typist.marks] == [
        ("secret_begin", HERE, "SECRET_1"),
        ("secret_end", None, "SECRET_1"),
    ]
    assert "hunter" not in repr(typist.stored)


def test_secrets_are_named_in_order():
    typist = Typist("SHOP_PASSWORD", "PIN")
    for _ in range(3):
        secret_typed(typist)
    assert [mark.name for mark in typist.marks[::2]] == ["SHOP_PASSWORD", "PIN", "SECRET_3"]


def test_a_field_reached_by_key_has_no_place(typist):
    typist.press(HERE)
    typist.chord("Tab")
    secret_typed(typist)
    assert typist.marks[0].at is None


def test_taps_and_wheel_during_a_secret_are_stored(typist):
    typist.chord("Control", "F10")
    typist.press(THERE)
    typist.take(WheelEvent(typist.now + 1, HERE, 0, 1))
    typist.take(ScreenChanged(typist.now + 2, SCREEN))
    assert len(typist.stored) == 5


def test_keys_that_cross_the_border_of_a_secret(typist):
    typist.down("n", "n")
    typist.chord("Control", "F10")
    typist.up("n")  # pressed before: no secret, and must not stay down
    typist.down("x", "x")
    typist.chord("Control", "F10")
    typist.up("x")  # pressed within: hidden
    assert typist.keys == [("down", "n"), ("up", "n")]


def test_a_modifier_held_across_the_end_of_a_secret(typist):
    typist.chord("Control", "F10")
    typist.down("Shift")
    typist.down("H")
    typist.up("H")
    typist.up("Shift")
    typist.chord("Control", "F10")
    typist.chord("Control", "s")
    assert [key for _, key in typist.keys] == ["Control", "s", "s", "Control"]


def test_a_secret_that_never_ended_is_ended_and_named(typist):
    typist.chord("Control", "F10")
    typist.type("hunter2")
    assert typist.filter.secret == "SECRET_1"  # noqa: S105
    typist.finish()
    assert [mark.kind for mark in typist.marks] == ["secret_begin", "secret_end"]
    assert typist.keys == []


def test_a_checkpoint_within_a_secret(typist):
    typist.press(HERE)
    typist.chord("Control", "F10")
    typist.chord("Control", "F9")
    typist.chord("Control", "F10")
    assert [mark.kind for mark in typist.marks] == ["secret_begin", "checkpoint", "secret_end"]
    assert typist.keys == []


def test_other_hot_keys_can_be_chosen():
    assert HotKey.parse("Alt+Shift+x") == HotKey(frozenset({"Alt", "Shift"}), "x")
    assert str(HotKey.parse("Shift+Alt+x")) == "Alt+Shift+x"


@pytest.mark.parametrize("text", ["", "Control", "Control+", "Ctrl+F9", "a+b"])
def test_what_is_no_hot_key(text):
    with pytest.raises(VistestError, match="not a hot key"):
        HotKey.parse(text)
