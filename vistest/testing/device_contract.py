"""The tests that every backend must pass. Subclass `DeviceContract` and provide its fixtures.

Only this module of `vistest.testing` needs pytest. A backend's test brings a `Stage`: a device
with an application on it that writes down all that it receives.
"""

# ruff: noqa: S101 - it is a test suite

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost, InjectionError
from vistest.core.events import (
    Hover,
    KeyEvent,
    KeyPress,
    LongPress,
    Pinch,
    PointerEvent,
    Scroll,
    Swipe,
    Tap,
    TextInput,
    Waypoint,
    WheelEvent,
)
from vistest.core.geometry import Point, Position, Rect, Screen, Size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vistest.core.events import InputEvent, RawEvent
    from vistest.core.frame import Frame
    from vistest.devices.base import Device, InputSource, VideoSource

TEXT = "Größe 12 (ñ) Привет Ω 你好 かな"
PROMPTLY_S = 6.0
# A busy machine may delay one attempt; a device that is late every time is not accurate.
_ATTEMPTS = 8
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that the application on the screen received.

    Attributes:
        kind: `press`, `release`, `move`, `wheel`, `key` (went down) or `text` (all that is in
            the text field now).
        time_ms: Device clock; meaningless for `text`.
        x: Pixels of the screen.
        y: Pixels of the screen.
        value: Button (1 left, 2 middle, 3 right), vertical notches, name of the key, or text.
    """

    kind: str
    time_ms: float = 0.0
    x: float = 0.0
    y: float = 0.0
    value: str | int = 0


class Stage(Protocol):
    """A device with an application that has a field and a text field."""

    @property
    def device(self) -> Device: ...

    @property
    def field(self) -> Position:
        """A place that takes presses, wheel and keys, with 80 free pixels on each side.

        Each press changes how it looks.
        """
        ...

    @property
    def text_field(self) -> Position: ...

    def received(self) -> Sequence[Received]:
        """All that the application received so far."""
        ...

    def user_performs(self, event: InputEvent) -> None:
        """Let the device's user do something, so that `Device.open_input` can see it."""
        ...

    def user_clicks(self, count: int) -> None:
        """Let the user click the field as fast as possible."""
        ...

    def lose(self) -> None:
        """Take the device away."""
        ...


class DeviceContract:
    """Provide the fixtures `stage` and `other_stage` (on another device).

    Attributes:
        timing_ms: How far the moments of a gesture may be off; a backend whose device starts a
            process for each move may allow more.
    """

    timing_ms = 8.0

    def test_a_picture_has_the_size_and_the_time_of_the_device(self, stage: Stage) -> None:
        before_ms = stage.device.now_ms()
        frame = stage.device.grab()
        assert frame.screen == stage.device.info.screen
        assert before_ms <= frame.time_ms <= stage.device.now_ms()

    def test_a_tap_arrives_where_it_was_aimed(self, stage: Stage) -> None:
        stage.device.sink.perform(Tap(stage.field))
        press, release = self.presses_and_releases(stage, 2)
        assert (press.kind, release.kind) == ("press", "release")
        assert _place(press) == _place(release) == _pixel(stage.field)

    def test_a_double_tap_is_quick_enough(self, stage: Stage) -> None:
        stage.device.sink.perform(Tap(stage.field, count=2))
        events = self.presses_and_releases(stage, 4)
        assert [event.kind for event in events] == ["press", "release"] * 2
        assert events[2].time_ms - events[0].time_ms <= 250

    def test_other_buttons_where_there_is_a_mouse(self, stage: Stage) -> None:
        if not stage.device.capabilities.hover:
            pytest.skip("this device has no mouse")
        stage.device.sink.perform(Tap(stage.field, button="right"))
        assert self.presses_and_releases(stage, 2)[0].value == 3

    def test_a_long_press_lasts(self, stage: Stage) -> None:
        errors = []
        for attempt in range(1, _ATTEMPTS + 1):
            stage.device.sink.perform(LongPress(stage.field, duration_ms=600))
            press, release = self.presses_and_releases(stage, 2 * attempt)[-2:]
            errors.append(abs(release.time_ms - press.time_ms - 600))
            if errors[-1] <= self.timing_ms:
                break
        assert min(errors) <= self.timing_ms

    def test_a_drag_follows_its_path_at_its_pace(self, stage: Stage) -> None:
        path = [(0, 0, 0), (120, 30, 5), (240, 60, -10), (320, 60, -10), (420, 60, 40)]
        start = _pixel(stage.field)
        errors = []
        for attempt in range(1, _ATTEMPTS + 1):
            stage.device.sink.perform(Swipe(tuple(_waypoint(stage, *point) for point in path)))
            press, release = self.presses_and_releases(stage, 2 * attempt)[-2:]
            assert _place(press) == start
            assert _place(release) == (start[0] + 60, start[1] + 40)
            corner = [
                event.time_ms - press.time_ms
                for event in stage.received()
                if _place(event) == (start[0] + 60, start[1] - 10)
                and event.time_ms >= press.time_ms
            ]
            if corner:  # a busy application may get to see only the latest of several moves
                late_ms = release.time_ms - press.time_ms - 420
                errors.append(max(abs(corner[0] - 240), abs(late_ms)))
                if errors[-1] <= self.timing_ms:
                    break
        assert errors, "the path was cut short"
        assert min(errors) <= self.timing_ms

    def test_the_wheel_turns_by_notches(self, stage: Stage) -> None:
        if not stage.device.capabilities.wheel:
            with pytest.raises(InjectionError):
                stage.device.sink.perform(Scroll(stage.field, dy=3))
            return
        stage.device.sink.perform(Scroll(stage.field, dy=3))
        stage.device.sink.perform(Scroll(stage.field, dy=-1))
        turns = self.wait_for(stage, {"wheel"}, 4)
        assert [turn.value for turn in turns] == [1, 1, 1, -1]
        assert _place(turns[0]) == _pixel(stage.field)

    def test_a_chord_is_pressed_in_order(self, stage: Stage) -> None:
        if not stage.device.capabilities.keyboard:
            pytest.skip("this device has no keyboard")
        stage.device.sink.perform(Tap(stage.field))
        stage.device.sink.perform(KeyPress(("Control", "Shift", "s")))
        stage.device.sink.perform(KeyPress(("Escape",)))
        keys = self.wait_for(stage, {"key"}, 4)
        assert [str(key.value).lower() for key in keys] == ["control", "shift", "s", "escape"]

    def test_an_unknown_key_is_refused(self, stage: Stage) -> None:
        with pytest.raises(InjectionError):
            stage.device.sink.perform(KeyPress(("Control", "NoSuchKey")))
        assert not [event for event in stage.received() if event.kind == "key"]

    def test_text_of_any_script_arrives(self, stage: Stage) -> None:
        if not stage.device.capabilities.unicode_text:
            pytest.skip("this device types no text")
        stage.device.sink.perform(Tap(stage.text_field))
        stage.device.sink.perform(TextInput(TEXT + "\n"))
        stage.device.sink.perform(TextInput("second line"))
        wanted = f"{TEXT}\nsecond line"
        _eventually(lambda: self.text(stage) == wanted)
        assert self.text(stage) == wanted

    def test_a_hover_moves_and_does_not_press(self, stage: Stage) -> None:
        if not stage.device.capabilities.hover:
            with pytest.raises(InjectionError):
                stage.device.sink.perform(Hover(stage.field))
            return
        stage.device.sink.perform(Hover(stage.field))
        moves = self.wait_for(stage, {"move"}, 1)
        assert _place(moves[-1]) == _pixel(stage.field)
        stage.device.sink.park_pointer()
        assert not [event for event in stage.received() if event.kind == "press"]

    def test_a_place_off_the_screen_is_refused(self, stage: Stage) -> None:
        screen = stage.device.info.screen
        outside = Position(Point(screen.size.width, 5), screen)
        inside = _waypoint(stage, 0, 0, 0)
        for event in (Tap(outside), Swipe((inside, Waypoint(100, outside)))):
            with pytest.raises(InjectionError):
                stage.device.sink.perform(event)
        assert not [event for event in stage.received() if event.kind == "press"]

    def test_a_place_measured_on_another_screen_is_refused(self, stage: Stage) -> None:
        elsewhere = Position(Point(5, 5), Screen(Size(123, 321)))
        with pytest.raises(InjectionError):
            stage.device.sink.perform(Tap(elsewhere))

    def test_a_pinch_needs_two_fingers(self, stage: Stage) -> None:
        pinch = Pinch(stage.field, start_span=40, end_span=120)
        if stage.device.capabilities.multi_touch:
            stage.device.sink.perform(pinch)
        else:
            with pytest.raises(InjectionError):
                stage.device.sink.perform(pinch)

    def test_video_shows_each_change_once(self, stage: Stage) -> None:
        video = stage.device.open_video()
        first = _first_frame(video)
        while video.next_frame(1.0) is not None:
            pass
        pressed_ms = stage.device.now_ms()
        stage.device.sink.perform(Tap(stage.field))
        changed = video.next_frame(2.0)
        video.close()
        assert changed is not None
        assert changed.time_ms >= pressed_ms
        assert not np.array_equal(changed.pixels, first.pixels)

    def test_the_frame_before_a_press_does_not_show_its_effect(self, stage: Stage) -> None:
        before = stage.device.grab()
        video = stage.device.open_video(max_fps=60)
        frames = [_first_frame(video)]
        stage.device.sink.perform(Tap(stage.field))
        while (frame := video.next_frame(0.5)) is not None:
            frames.append(frame)
        video.close()
        press = self.presses_and_releases(stage, 2)[0]
        shown = [frame for frame in frames if frame.time_ms <= press.time_ms]
        assert np.array_equal(_around(shown[-1], stage.field), _around(before, stage.field))

    def test_the_users_events_are_observed(self, stage: Stage) -> None:
        source = self.open_input(stage)
        stage.user_performs(Tap(stage.field, count=2))
        stage.user_performs(Scroll(stage.field, dy=2))
        stage.user_performs(TextInput("aB1"))
        seen = _observe(source, lambda events: _typed(events) == "aB1")
        source.close()
        assert _typed(seen) == "aB1"
        downs = [e for e in seen if isinstance(e, PointerEvent) and e.action == "down"]
        assert [(e.at, e.button) for e in downs] == [(stage.field, "left")] * 2
        assert sum(e.dy for e in seen if isinstance(e, WheelEvent)) == 2
        times = [event.time_ms for event in seen]
        assert times == sorted(times)

    def test_nothing_of_a_burst_is_lost(self, stage: Stage) -> None:
        source = self.open_input(stage)
        stage.user_clicks(500)
        seen = _observe(source, lambda events: _downs(events) >= 500)
        source.close()
        assert _downs(seen) == 500

    def test_an_unknown_program_is_said_to_be_unknown(self, stage: Stage) -> None:
        with pytest.raises(DeviceError):
            stage.device.launch(["no-such-program-here"])

    def test_closing_twice_does_no_harm(self, stage: Stage) -> None:
        video = stage.device.open_video()
        video.close()
        video.close()
        stage.device.close()
        stage.device.close()

    def test_a_lost_device_says_so_promptly(self, stage: Stage) -> None:
        video, source = stage.device.open_video(), stage.device.open_input()
        video.next_frame(1.0)
        stage.lose()
        calls: list[Callable[[], object]] = [
            stage.device.grab,
            lambda: stage.device.sink.perform(Tap(stage.field)),
            lambda: _until_quiet(lambda: video.next_frame(0.5)),
            lambda: _until_quiet(lambda: source.poll(0.5) or None),
        ]
        for call in calls:
            started = time.monotonic()
            with pytest.raises(DeviceLost):
                call()
            assert time.monotonic() - started < PROMPTLY_S
        video.close()
        source.close()
        stage.device.close()

    def test_two_devices_do_not_mix(self, stage: Stage, other_stage: Stage) -> None:
        stage.device.sink.perform(Tap(stage.field))
        other_stage.device.sink.perform(Tap(other_stage.field, count=2))
        self.presses_and_releases(stage, 2)
        self.presses_and_releases(other_stage, 4)
        assert len([event for event in stage.received() if event.kind == "press"]) == 1

    def presses_and_releases(self, stage: Stage, count: int) -> Sequence[Received]:
        """Exactly `count` of them, in order."""
        return self.wait_for(stage, {"press", "release"}, count)

    def wait_for(self, stage: Stage, kinds: set[str], count: int) -> Sequence[Received]:
        """Exactly `count` events of `kinds`, in order."""

        def events() -> list[Received]:
            return [event for event in stage.received() if event.kind in kinds]

        _eventually(lambda: len(events()) >= count)
        found = events()
        assert len(found) == count, found
        return found

    def text(self, stage: Stage) -> str | int:
        """What is in the text field."""
        texts = [event.value for event in stage.received() if event.kind == "text"]
        return texts[-1] if texts else ""

    def open_input(self, stage: Stage) -> InputSource:
        """Observe, or skip where that is not possible."""
        if not stage.device.capabilities.observe_input:
            pytest.skip("this device cannot observe its user")
        return stage.device.open_input()


def _pixel(at: Position) -> tuple[float, float]:
    return at.point.x, at.point.y


def _place(event: Received) -> tuple[float, float]:
    return event.x, event.y


def _waypoint(stage: Stage, after_ms: float, dx: float, dy: float) -> Waypoint:
    point = Point(stage.field.point.x + dx, stage.field.point.y + dy)
    return Waypoint(after_ms, Position(point, stage.field.screen))


def _around(frame: Frame, at: Position) -> NDArray[np.uint8]:
    return frame.crop(Rect(at.point.x, at.point.y, at.point.x, at.point.y).expanded(20))


def _first_frame(video: VideoSource) -> Frame:
    """The screen as it is; a phone's encoder may be slow to begin."""
    frame = video.next_frame(2 * _PATIENCE_S)
    assert frame is not None
    return frame


def _eventually(condition: Callable[[], bool]) -> None:
    """Return as soon as `condition` holds, or when patience ends."""
    deadline = Deadline.after(_PATIENCE_S, MonotonicClock())
    while not condition() and not deadline.passed:
        deadline.pause(0.02)


def _observe(
    source: InputSource, enough: Callable[[Sequence[RawEvent]], bool]
) -> Sequence[RawEvent]:
    """All events up to a short silence after there are `enough`, or until patience ends."""
    seen: list[RawEvent] = []
    deadline = Deadline.after(_PATIENCE_S, MonotonicClock())
    while not deadline.passed:
        new = source.poll(0.2)
        seen += new
        if not new and enough(seen):
            break
    return seen


def _typed(events: Sequence[RawEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, KeyEvent))


def _downs(events: Sequence[RawEvent]) -> int:
    return sum(isinstance(event, PointerEvent) and event.action == "down" for event in events)


def _until_quiet(call: Callable[[], object]) -> None:
    """Take what was seen before; the last call must raise."""
    deadline = Deadline.after(PROMPTLY_S, MonotonicClock())
    while not deadline.passed:
        call()
