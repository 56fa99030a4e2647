from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.codegen.gestures import read_gestures
from vistest.codegen.interactions import Checkpoint, Reading, Recorded, SecretInput
from vistest.core.events import (
    KeyEvent,
    KeyPress,
    LongPress,
    Mark,
    Pinch,
    PointerEvent,
    ScreenChanged,
    Scroll,
    Swipe,
    Tap,
    TextInput,
    WheelEvent,
)
from vistest.core.geometry import Point, Position, Screen, Size

SCREEN = Screen(Size(800, 600), 1.0)


def at(x: float, y: float, screen: Screen = SCREEN) -> Position:
    return Position(Point(x, y), screen)


def click(ms: float, x: float, y: float, held_ms: float = 60, **facts) -> list[PointerEvent]:
    return [
        PointerEvent(ms, "down", at(x, y), **facts),
        PointerEvent(ms + held_ms, "up", at(x, y), **facts),
    ]


def stroke(points: list[tuple[float, float, float]], **facts) -> list[PointerEvent]:
    actions = ["down", *["move"] * (len(points) - 2), "up"]
    return [
        PointerEvent(ms, action, at(x, y), **facts)
        for action, (ms, x, y) in zip(actions, points, strict=True)
    ]


def press(ms: float, key: str, text: str = "") -> list[KeyEvent]:
    return [KeyEvent(ms, "down", key, text), KeyEvent(ms + 30, "up", key)]


def typed(ms: float, text: str) -> list[KeyEvent]:
    return [event for i, c in enumerate(text) for event in press(ms + 100 * i, c, c)]


def acts(reading: Reading) -> list[object]:
    return [interaction.act for interaction in reading.interactions]


def test_a_click_is_a_tap_at_its_press_with_device_time() -> None:
    [tap] = read_gestures(click(1000, 10, 20)).interactions
    assert (tap.act, tap.time_ms, tap.end_ms) == (Tap(at(10, 20)), 1000, 1060)


def test_two_quick_clicks_are_a_double_tap_and_two_slow_ones_are_not() -> None:
    assert acts(read_gestures(click(0, 5, 5) + click(300, 6, 5))) == [Tap(at(5, 5), count=2)]
    assert len(acts(read_gestures(click(0, 5, 5) + click(500, 5, 5)))) == 2


def test_quick_clicks_on_neighbours_stay_two() -> None:
    assert len(acts(read_gestures(click(0, 5, 5) + click(150, 40, 5)))) == 2


def test_the_distance_of_a_double_tap_is_in_dp() -> None:
    dense = Screen(Size(2400, 1800), 3.0)
    twice = [
        PointerEvent(ms, action, at(x, 9, dense))
        for x, start in ((9, 0), (21, 200))
        for ms, action in ((start, "down"), (start + 50, "up"))
    ]
    assert acts(read_gestures(twice)) == [Tap(at(9, 9, dense), count=2)]


def test_a_key_between_two_clicks_keeps_them_apart() -> None:
    events = click(0, 5, 5, 20) + press(50, "a", "a") + click(150, 5, 5)
    assert acts(read_gestures(events)) == [Tap(at(5, 5)), TextInput("a"), Tap(at(5, 5))]


def test_holding_is_a_long_press_but_with_the_right_button_a_tap() -> None:
    assert acts(read_gestures(click(0, 5, 5, 700))) == [LongPress(at(5, 5), 700)]
    right = read_gestures(click(0, 5, 5, 700, button="right"))
    assert acts(right) == [Tap(at(5, 5), button="right")]


def test_a_drag_keeps_its_path_and_timing() -> None:
    [drag] = read_gestures(stroke([(100, 0, 0), (150, 30, 0), (400, 60, 5)])).interactions
    assert isinstance(drag.act, Swipe)
    assert [(p.after_ms, p.at.point.x) for p in drag.act.path] == [(0, 0), (50, 30), (300, 60)]
    assert not drag.flick


def test_a_small_movement_stays_a_tap_and_a_return_to_the_start_does_not() -> None:
    assert acts(read_gestures(stroke([(0, 10, 10), (20, 14, 13), (60, 15, 10)]))) == [
        Tap(at(10, 10))
    ]
    [there_and_back] = acts(read_gestures(stroke([(0, 10, 10), (50, 90, 10), (90, 10, 10)])))
    assert isinstance(there_and_back, Swipe)


@pytest.mark.parametrize(
    ("points", "flick"),
    [
        ([(0, 400, 500), (60, 400, 400), (120, 400, 300)], True),
        ([(0, 400, 500), (600, 400, 500), (700, 400, 300), (800, 400, 300)], False),
        ([(0, 400, 300), (400, 440, 300), (800, 480, 300)], False),
        ([(0, 400, 300), (50, 480, 300), (100, 480, 380), (150, 400, 380)], False),
    ],
    ids=["fast", "held first", "slow and short", "not straight"],
)
def test_a_finger_swipes_or_drags(points: list[tuple[float, float, float]], flick: bool) -> None:
    [swipe] = read_gestures(stroke(points, kind="touch")).interactions
    assert isinstance(swipe.act, Swipe)
    assert swipe.flick is flick


def test_two_fingers_apart_are_a_pinch() -> None:
    one = stroke([(0, 400, 300), (100, 350, 300), (300, 300, 300)], kind="touch", contact=0)
    two = stroke([(10, 420, 300), (100, 470, 300), (310, 520, 300)], kind="touch", contact=1)
    events = sorted(one + two, key=lambda event: event.time_ms)
    [pinch] = read_gestures(events).interactions
    assert pinch.act == Pinch(at(410, 300), 20, 170, 290)


def test_two_thumbs_that_overlap_tap_twice() -> None:
    one, two = click(0, 100, 500, 90, kind="touch"), click(60, 300, 500, kind="touch", contact=1)
    events = sorted(one + two, key=lambda event: event.time_ms)
    assert acts(read_gestures(events)) == [Tap(at(100, 500)), Tap(at(300, 500))]


def test_two_fingers_that_pan_are_reported() -> None:
    one = stroke([(0, 300, 300), (100, 300, 200), (300, 300, 100)], kind="touch", contact=0)
    two = stroke([(0, 400, 300), (100, 400, 200), (300, 400, 100)], kind="touch", contact=1)
    reading = read_gestures(sorted(one + two, key=lambda event: event.time_ms))
    assert reading.interactions == ()
    [dropped] = reading.dropped
    assert dropped.reason.startswith("2 fingers moved together")
    assert not dropped.harmless


def test_notches_merge_until_a_pause_another_place_or_another_direction() -> None:
    wheel = [WheelEvent(ms, at(x, 50), dy=dy) for ms, x, dy in (
        (0, 50, 1), (300, 50, 1), (600, 52, 2), (2000, 50, 1), (2100, 200, 1), (2200, 200, -1),
    )]  # fmt: skip
    assert acts(read_gestures(wheel)) == [
        Scroll(at(50, 50), dy=4),
        Scroll(at(50, 50), dy=1),
        Scroll(at(200, 50), dy=1),
        Scroll(at(200, 50), dy=-1),
    ]


def test_consecutive_characters_are_one_text_with_capitals() -> None:
    events = [
        KeyEvent(0, "down", "Shift"),
        KeyEvent(50, "down", "H", "H"),
        KeyEvent(90, "up", "H"),
        KeyEvent(100, "up", "Shift"),
        *typed(150, "i ты"),
    ]
    reading = read_gestures(events)
    assert acts(reading) == [TextInput("Hi ты")]
    assert reading.dropped == ()


def test_enter_and_tab_end_the_text() -> None:
    events = typed(0, "ab") + press(300, "Enter", "\r") + typed(400, "c") + press(600, "Tab", "\t")
    assert acts(read_gestures(events)) == [
        TextInput("ab"),
        KeyPress(("Enter",)),
        TextInput("c"),
        KeyPress(("Tab",)),
    ]


def test_a_held_key_repeats_its_character() -> None:
    downs = [KeyEvent(ms, "down", "a", "a") for ms in (0, 500, 530, 560)]
    assert acts(read_gestures([*downs, KeyEvent(580, "up", "a")])) == [TextInput("aaaa")]


def test_backspace_corrects_this_text_only() -> None:
    corrected = typed(0, "teh") + press(400, "Backspace", "\b") + press(500, "Backspace")
    assert acts(read_gestures(corrected + typed(600, "he"))) == [TextInput("the")]
    older = typed(0, "a") + press(200, "Backspace") + press(300, "Backspace")
    reading = read_gestures(older)
    assert acts(reading) == [KeyPress(("Backspace",))]
    assert [dropped.reason for dropped in reading.dropped] == ["text that was deleted at once"]


def test_chords_name_their_modifiers_in_order() -> None:
    events = [
        KeyEvent(0, "down", "Control"),
        KeyEvent(10, "down", "Shift"),
        KeyEvent(50, "down", "S", "S"),
        KeyEvent(90, "up", "S"),
        KeyEvent(95, "up", "Shift"),
        KeyEvent(100, "down", "v", "\x16"),
        KeyEvent(120, "up", "v"),
        KeyEvent(130, "up", "Control"),
        *press(200, "ArrowLeft"),
    ]
    assert acts(read_gestures(events)) == [
        KeyPress(("Control", "Shift", "s")),
        KeyPress(("Control", "v")),
        KeyPress(("ArrowLeft",)),
    ]


def test_a_modifier_alone_is_nothing_and_with_the_pointer_it_is_reported() -> None:
    alone = read_gestures(press(0, "Meta"))
    assert alone.interactions == ()
    assert all(dropped.harmless for dropped in alone.dropped)
    held = [KeyEvent(0, "down", "Control"), *click(50, 5, 5), KeyEvent(150, "up", "Control")]
    reading = read_gestures(held)
    assert acts(reading) == [Tap(at(5, 5))]
    assert [d.reason for d in reading.dropped if not d.harmless] == [
        "Control was held while the pointer was used; a script cannot say that"
    ]


def test_a_dead_key_is_reported() -> None:
    reading = read_gestures(press(0, "Dead"))
    assert [d.reason for d in reading.dropped if not d.harmless] == [
        "the key 'Dead' types nothing by itself"
    ]


def test_a_check_point_becomes_one_and_a_secret_keeps_only_its_name() -> None:
    events: list[Recorded] = [
        Mark(0, "checkpoint", at(7, 8)),
        KeyEvent(90, "down", "Tab"),
        Mark(100, "secret_begin", name="SHOP_PASSWORD"),
        KeyEvent(110, "up", "Tab"),
        Mark(500, "secret_end"),
        *typed(600, "x"),
    ]
    reading = read_gestures(events)
    assert acts(reading) == [
        Checkpoint(at(7, 8)),
        KeyPress(("Tab",)),
        SecretInput("SHOP_PASSWORD"),
        TextInput("x"),
    ]
    assert reading.dropped == ()


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (None, [Tap(at(50, 50)), SecretInput("PIN"), Tap(at(9, 9))]),
        (at(50, 20), [SecretInput("PIN"), Tap(at(50, 50)), Tap(at(9, 9))]),
    ],
    ids=["the first press chooses the field", "the field was pressed before"],
)
def test_a_press_while_a_secret_is_typed(field: Position | None, expected: list[object]) -> None:
    events: list[Recorded] = [
        Mark(100, "secret_begin", field, name="PIN"),
        *click(200, 50, 50, 0),
        *click(700, 9, 9),
        Mark(900, "secret_end"),
    ]
    reading = read_gestures(events)
    assert acts(reading) == expected
    assert [bool(item.remark) for item in reading.interactions] == [
        isinstance(act, SecretInput) for act in expected
    ]


def test_a_secret_without_an_end_is_kept_and_remarked() -> None:
    [secret] = read_gestures([Mark(0, "secret_begin", name="PIN")]).interactions
    assert secret.act == SecretInput("PIN")
    assert secret.remark == "its end was not marked"


def test_a_missing_release_is_remarked_and_a_missing_press_is_dropped() -> None:
    lost = [PointerEvent(0, "down", at(5, 5)), *click(900, 300, 300)]
    reading = read_gestures(lost)
    assert acts(reading) == [Tap(at(5, 5)), Tap(at(300, 300))]
    assert reading.interactions[0].remark == "its release was not recorded"
    orphan = read_gestures([PointerEvent(0, "up", at(5, 5))])
    assert orphan.interactions == ()
    assert [dropped.harmless for dropped in orphan.dropped] == [False]


positions = st.builds(lambda x, y: at(x, y), st.integers(0, 799), st.integers(0, 599))
times = st.floats(0, 5000, allow_nan=False)
keys = st.sampled_from([("a", "a"), ("B", "B"), ("Enter", "\r"), ("Backspace", "\b"), ("Tab", "")])
modifiers = st.sampled_from([("Shift", ""), ("Control", ""), ("AltGraph", ""), ("Dead", "")])
raw_events = st.one_of(
    st.builds(
        PointerEvent,
        times,
        st.sampled_from(["down", "move", "up"]),
        positions,
        st.sampled_from(["mouse", "touch"]),
        st.integers(0, 2),
        st.sampled_from(["left", "right"]),
    ),
    st.builds(WheelEvent, times, positions, st.integers(-2, 2), st.integers(-2, 2)),
    st.builds(
        lambda ms, action, key: KeyEvent(ms, action, *key),
        times,
        st.sampled_from(["down", "up"]),
        keys | modifiers,
    ),
    st.builds(ScreenChanged, times, st.just(SCREEN)),
    st.builds(
        Mark,
        times,
        st.sampled_from(["checkpoint", "secret_begin", "secret_end"]),
        st.none() | positions,
        st.just("NAME"),
    ),
)


@given(st.lists(raw_events, max_size=40), st.booleans())
def test_every_event_is_in_an_interaction_or_dropped(events: list[Recorded], tidy: bool) -> None:
    if tidy:
        events = sorted(events, key=lambda event: event.time_ms)
    reading = read_gestures(events)
    groups = [item.sources for item in (*reading.interactions, *reading.dropped)]
    assert {index for group in groups for index in group} == set(range(len(events)))
    for index, event in enumerate(events):
        # Two buttons of one mouse share its movement; nothing else is ever counted twice.
        if not (isinstance(event, PointerEvent) and event.action == "move"):
            assert sum(index in group for group in groups) == 1


@given(st.lists(raw_events, max_size=40))
def test_interactions_are_in_order_and_end_after_they_began(events: list[Recorded]) -> None:
    reading = read_gestures(sorted(events, key=lambda event: event.time_ms))
    begins = [interaction.time_ms for interaction in reading.interactions]
    assert begins == sorted(begins)
    assert all(item.end_ms >= item.last_ms >= item.time_ms for item in reading.interactions)


@given(
    st.lists(
        st.tuples(st.floats(0, 400), st.floats(0, 799), st.floats(0, 599)), min_size=2, max_size=30
    )
)
def test_the_duration_of_a_movement_survives(points: list[tuple[float, float, float]]) -> None:
    points = sorted(points)
    [interaction] = read_gestures(stroke(points)).interactions
    assert interaction.end_ms - interaction.time_ms == pytest.approx(points[-1][0] - points[0][0])
    if isinstance(interaction.act, Swipe):
        assert len(interaction.act.path) == len(points)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30))
def test_any_text_is_one_interaction(text: str) -> None:
    assert acts(read_gestures(typed(0, text))) == [TextInput(text)]
