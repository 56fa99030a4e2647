"""What the recorded person does in the garden, and how its log proves that it was done again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from vistest.core.clock import Deadline
from vistest.recorder import Recorder, RecorderOptions, create_recording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.phone import Phone
    from vistest.core.clock import Clock
    from vistest.devices.base import Device

NAME = "Sweet pea"
ROW = "#entry-mulched-the-roses-13-september"
ZOOM = 1.8
_BETWEEN_KEYS_S = 0.35
_INTO_WORDS = 60.0
_MOST_FLICKS = 16
_ATTEMPTS = 4
_STILL_S = 0.7
_PATIENCE_S = 4.0
_LOOK_S = 0.8
"""A person looks at what came before doing the next thing."""

_FORGOTTEN = {"shown", "scroll", "drag", "key", "type"}
"""Ways to get to see something differ between screens; what was typed is in what was saved."""

_ZOOM_TOLERANCE = 0.3

Deed = tuple[str, str, str, Any]


class RowMissed(Exception):
    """A flick went past the row: on a busy machine a finger may be much quicker than meant."""


class Person:
    """Uses the garden on a phone, at the pace of a person."""

    def __init__(self, phone: Phone, clock: Clock) -> None:
        self._phone = phone
        self._clock = clock
        self._wide, self._high = phone.setup.size

    def do_all(self) -> None:
        """More than twelve steps: tap, type, swipe, scroll, switch, pinch, long press, back."""
        user = self._phone.user
        self._tap("#add")
        self._tap("#name")
        for character in NAME:
            user.type(character)
            self._clock.pause(_BETWEEN_KEYS_S)
        self._pause()
        user.tap_key("enter")
        self._pause()
        self._flick_to("#save")
        self._tap("#save")
        self._tap("#go-settings")
        self._tap("#frost-warnings .switch")
        self._tap("#go-map")
        user.pinch(self._wide / 2, self._high * 0.45, 300, 300 * ZOOM)
        self._pause()
        self._tap("#go-plants")
        self._tap_words("#plant-apple-tree")
        user.press("KEY_BACK")
        self._pause()
        user.long_press(*self._words("#plant-rosemary"))
        self._pause()
        self._tap("#go-journal")
        self._flick_to(ROW)
        self._tap_words(ROW, "small")

    def _tap(self, selector: str) -> None:
        self._phone.user.tap_on(selector)
        self._pause()

    def _tap_words(self, selector: str, part: str = "b") -> None:
        """On the words of a row, where one looks, rather than on the space beside them."""
        self._phone.user.tap(*self._words(selector, part))
        self._pause()

    def _words(self, selector: str, part: str = "b") -> tuple[float, float]:
        box = self._phone.where(f"{selector} {part}")
        assert box is not None, selector
        return box.left + min(box.width / 2, _INTO_WORDS * self._phone.setup.density), box.center.y

    def _flick_to(self, selector: str) -> None:
        for _ in range(_MOST_FLICKS):
            self._flick(0.62, 0.25)
            if self._phone.where(selector) is not None:
                return
        raise RowMissed(f"{selector} did not come into view")

    def _flick(self, start: float, end: float) -> None:
        x = self._wide / 2
        path = [(0.0, x, self._high * start), (250.0, x, self._high * end)]
        self._phone.user.swipe(path)
        self._pause()

    def _pause(self) -> None:
        """Look until the screen stands still, and a moment longer; a caret may go on blinking."""
        deadline = Deadline.after(_PATIENCE_S, self._clock)
        video = self._phone.watch()
        while not deadline.passed and video.next_frame(_STILL_S) is not None:
            pass
        video.close()
        self._clock.pause(_LOOK_S)


def record(phone: Phone, device: Device, folder: Path, clock: Clock) -> None:
    """Record the person on `phone`, which `device` is connected to; anew if they miss the row."""
    for attempt in range(1, _ATTEMPTS + 1):
        recorder = Recorder(device, create_recording(device, folder), RecorderOptions())
        recorder.start()
        clock.pause(_LOOK_S)
        try:
            Person(phone, clock).do_all()
        except RowMissed:
            recorder.stop()
            if attempt == _ATTEMPTS:
                raise
            shutil.rmtree(folder)
            phone.reset()
        else:
            break
    summary = recorder.stop()
    if summary.error is not None:
        raise summary.error


def deeds(events: Sequence[dict[str, Any]]) -> list[Deed]:
    """What was done to what, from the application's log; all zooming in a row is one deed."""
    found: list[Deed] = []
    for event in events:
        page, name, action = event["page"], event["object"], event["action"]
        if action in _FORGOTTEN or page == "system":
            continue
        deed = (page, name, "zoom" if action in ("pinch", "wheel") else action, event["value"])
        if deed[2] == "zoom" and found and found[-1][2] == "zoom":
            found.pop()
        found.append(deed)
    return found


def same(wanted: Deed, got: Deed) -> bool:
    """Whether both are the same deed; a zoom is as good as the fingers were."""
    if wanted[:3] != got[:3]:
        return False
    if wanted[2] == "zoom":
        return abs(got[3] / wanted[3] - 1) <= _ZOOM_TOLERANCE
    return bool(wanted[3] == got[3])


def wrong(wanted: Sequence[Deed], got: Sequence[Deed]) -> int:
    """How many deeds in `got` are not, in this order, in `wanted`: what was done wrongly."""
    rest = list(wanted)
    count = 0
    for deed in got:
        place = next((index for index, one in enumerate(rest) if same(one, deed)), None)
        if place is None:
            count += 1
        else:
            del rest[: place + 1]
    return count
