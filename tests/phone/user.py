"""A person who holds the phone: what they do goes through the panel, and `getevent` sees it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.phone.control import PhoneControl

_HOLD_MS = 60.0
_BETWEEN_TAPS_MS = 90.0
_STEP_MS = 8.0
_LOOK_S = 0.05


class User:
    """Fingers and buttons. Places are pixels of the picture as the phone is held."""

    def __init__(self, control: PhoneControl) -> None:
        self._control = control
        self._clock = MonotonicClock()

    def tap(self, x: float, y: float, *, count: int = 1, hold_ms: float = _HOLD_MS) -> None:
        """Tap, `count` times."""
        contacts: list[dict[str, object]] = []
        for index in range(count):
            down_ms = index * (hold_ms + _BETWEEN_TAPS_MS)
            contacts += [_contact(down_ms, "down", x, y), _contact(down_ms + hold_ms, "up", x, y)]
        self._touch(contacts)

    def burst(
        self, x: float, y: float, count: int, *, hold_ms: float = 5, gap_ms: float = 5
    ) -> None:
        """Tap `count` times, faster than a person can."""
        contacts: list[dict[str, object]] = []
        for index in range(count):
            down_ms = index * (hold_ms + gap_ms)
            contacts += [_contact(down_ms, "down", x, y), _contact(down_ms + hold_ms, "up", x, y)]
        self._touch(contacts)

    def long_press(self, x: float, y: float, duration_ms: float = 900.0) -> None:
        """Press and hold."""
        self._touch([_contact(0, "down", x, y), _contact(duration_ms, "up", x, y)])

    def swipe(self, path: Sequence[tuple[float, float, float]]) -> None:
        """Along points (ms after the press, x, y), evenly between them, and release at the last."""
        (_, x, y), *_ = path
        contacts = [_contact(0, "down", x, y)]
        for before, after in pairwise(path):
            contacts += [_contact(ms, "move", x, y) for ms, x, y in _between(before, after)]
        end_ms, x, y = path[-1]
        self._touch([*contacts, _contact(end_ms, "up", x, y)])

    def pinch(
        self, x: float, y: float, start_span: float, end_span: float, duration_ms: float = 500.0
    ) -> None:
        """Two fingers beside each other around a place go from one distance to another."""
        contacts: list[dict[str, object]] = []
        steps = max(1, round(duration_ms / _STEP_MS))
        for step in range(steps + 1):
            half = (start_span + step / steps * (end_span - start_span)) / 2
            action = "move" if step else "down"
            at_ms = step / steps * duration_ms
            contacts += [
                _contact(at_ms, action, x - half, y),
                _contact(at_ms, action, x + half, y, finger=1),
            ]
        half = end_span / 2
        self._touch(
            [
                *contacts,
                _contact(duration_ms, "up", x - half, y),
                _contact(duration_ms, "up", x + half, y, finger=1),
            ]
        )

    def scroll(self, x: float, y: float, notches: int) -> None:
        """The wheel of a mouse that is connected; positive towards the end of the page."""
        self._control.call("wheel", x=x, y=y, notches=notches)

    def press(self, key: str) -> None:
        """A button of the phone, by the kernel's name: KEY_BACK, KEY_POWER, KEY_VOLUMEDOWN."""
        self._control.call("button", key=key)

    def type(self, text: str) -> None:
        """On the soft keyboard, key by key; the field must have the focus already."""
        for character in text:
            self._tap_key(character)

    def type_on_keyboard(self, text: str) -> None:
        """On a real keyboard that is connected to the phone."""
        self._control.call("keyboard", text=text)

    def tap_on(self, selector: str) -> None:
        """Tap on the middle of an element of the pages, see `Phone.where`."""
        self.tap(*_middle(self.find(selector)))

    def tap_key(self, name: str) -> None:
        """One key of the soft keyboard: a character, or `enter`, `erase`, `shift`, `symbols`."""
        self._tap_on_box(self._wait_for_keys()[name])

    def _tap_key(self, character: str) -> None:
        """A letter of the other case is behind shift, everything else on the other plane."""
        for _ in range(3):
            keys = self._wait_for_keys()
            if character in keys:
                break
            self._tap_on_box(keys["shift" if character.swapcase() in keys else "symbols"])
        self._tap_on_box(self._wait_for_keys()[character])

    def _wait_for_keys(self) -> dict[str, list[float]]:
        deadline = Deadline.after(5, self._clock)
        while not (keys := self._control.call("keys")):
            if deadline.passed:
                raise AssertionError("no soft keyboard came up")
            deadline.pause(_LOOK_S)
        return keys

    def find(self, selector: str) -> list[float]:
        """See `Phone.find`."""
        deadline = Deadline.after(5, self._clock)
        while (box := self._control.call("where", selector=selector)) is None:
            if deadline.passed:
                raise AssertionError(f"{selector} is not to be seen")
            deadline.pause(_LOOK_S)
        return box

    def _tap_on_box(self, box: Sequence[float]) -> None:
        self.tap(*_middle(box))

    def _touch(self, contacts: list[dict[str, object]]) -> None:
        self._control.call("touch", contacts=contacts)


def _contact(at_ms: float, action: str, x: float, y: float, finger: int = 0) -> dict[str, object]:
    return {"at_ms": at_ms, "action": action, "finger": finger, "x": x, "y": y}


def _middle(box: Sequence[float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _between(
    before: tuple[float, float, float], after: tuple[float, float, float]
) -> list[tuple[float, float, float]]:
    """Points on the way to `after`, and it."""
    steps = max(1, round((after[0] - before[0]) / _STEP_MS))
    shares = [step / steps for step in range(1, steps + 1)]
    return [
        tuple(a + share * (b - a) for a, b in zip(before, after, strict=True)) for share in shares
    ]
