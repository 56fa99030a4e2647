"""Performs interactions on a phone."""

from __future__ import annotations

import math
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from vistest.core.errors import InjectionError
from vistest.core.events import KeyPress, LongPress, Pinch, Swipe, Tap, TextInput
from vistest.core.geometry import Point, Position
from vistest.core.text import printable
from vistest.devices.android.fingers import drag_moments, pinch_moments
from vistest.devices.android.keycodes import android_code
from vistest.devices.android.path import is_even

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.events import InputEvent
    from vistest.core.geometry import Size
    from vistest.devices.android.fingers import FingerPlayer
    from vistest.devices.android.shell import Shell
    from vistest.devices.android.typist import Typist

_SLOW_S = 10.0
"""`input` starts a Java process on some phones; it may take seconds on a busy one."""

_BETWEEN_TAPS_S = 0.12
_CHORD_NEEDS = "chords need Android 12 ('input keycombination')."


class PhoneSink:
    """An `InputSink` for one phone.

    Args:
        shell: Of the phone.
        size: Tells the size of the screen now.
        typist: Types text.
        one_finger: Moves a finger along a path.
        fingers: Moves several; None where the phone allows no way.
    """

    def __init__(
        self,
        shell: Shell,
        size: Callable[[], Size],
        typist: Typist,
        one_finger: FingerPlayer,
        fingers: FingerPlayer | None,
    ) -> None:
        self._shell = shell
        self._size = size
        self._typist = typist
        self._one_finger = one_finger
        self._fingers = fingers

    @property
    def has_fingers(self) -> bool:
        """Whether there is a way to use several fingers."""
        return self._fingers is not None

    def perform(self, event: InputEvent) -> None:
        """See `InputSink`."""
        self._perform(event)

    def park_pointer(self) -> None:
        """A finger that lifts leaves nothing on the screen."""

    @singledispatchmethod
    def _perform(self, event: object) -> None:
        raise InjectionError(f"A phone cannot perform {type(event).__name__}.")

    @_perform.register
    def _(self, event: Tap) -> None:
        if event.button != "left":
            raise InjectionError(
                f"A finger has no {event.button} button.", hint="use a long press instead."
            )
        x, y = self._pixel(event.at)
        tap = f"input tap {x} {y}"
        # `input` may take longer to start than a double tap may last, so all start at once.
        later = [f"(sleep {index * _BETWEEN_TAPS_S:.2f}; {tap}) &" for index in range(event.count)]
        self._input(" ".join([*later[1:], f"{tap}; wait"]) if event.count > 1 else tap)

    @_perform.register
    def _(self, event: LongPress) -> None:
        x, y = self._pixel(event.at)
        self._input(f"input swipe {x} {y} {x} {y} {round(event.duration_ms)}", event.duration_ms)

    @_perform.register
    def _(self, event: Swipe) -> None:
        if not event.path:
            raise InjectionError("A swipe needs at least one point.")
        pixels = [self._pixel(waypoint.at) for waypoint in event.path]
        lasts_ms = event.path[-1].after_ms - event.path[0].after_ms
        if is_even(event.path):
            (x1, y1), (x2, y2) = pixels[0], pixels[-1]
            self._input(f"input swipe {x1} {y1} {x2} {y2} {max(1, round(lasts_ms))}", lasts_ms)
        else:
            self._one_finger.play(drag_moments(event.path))

    @_perform.register
    def _(self, event: Pinch) -> None:
        reach = max(event.start_span, event.end_span) / 2
        for side in (-reach, reach):
            place = Point(event.at.point.x + side, event.at.point.y)
            self._pixel(Position(place, event.at.screen))
        if self._fingers is None:
            raise InjectionError(
                "This phone lets no program use two fingers.",
                hint="give scrcpy's server: adb:SERIAL?scrcpy=PATH; or use an emulator or a "
                "rooted phone, where sendevent may.",
            )
        self._fingers.play(pinch_moments(event))

    @_perform.register
    def _(self, event: KeyPress) -> None:
        codes = [(_code(key), key) for key in event.keys]
        if not codes:
            raise InjectionError("A chord needs at least one key.")
        if len(codes) == 1:
            self._input(f"input keyevent {codes[0][0]}")
            return
        words = " ".join(str(code) for code, _ in codes)
        self._input(f"input keycombination {words}", hint=_CHORD_NEEDS)

    @_perform.register
    def _(self, event: TextInput) -> None:
        self._typist.type(event.text)

    def _input(self, command: str, lasts_ms: float = 0.0, *, hint: str = "") -> None:
        run_input(self._shell, command, lasts_ms, hint=hint)

    def _pixel(self, at: Position) -> tuple[int, int]:
        """The pixel of `at`.

        Raises:
            InjectionError: it is not on this screen.
        """
        size = self._size()
        if at.screen.size != size:
            raise InjectionError(
                f"The position was measured on a screen of {at.screen.size}, this is {size}.",
                hint="take a new picture and find the object on it.",
            )
        x, y = math.floor(at.point.x), math.floor(at.point.y)
        if not (0 <= x < size.width and 0 <= y < size.height):
            raise InjectionError(f"The point ({x}, {y}) is off the screen, which is {size}.")
        return x, y


def run_input(shell: Shell, command: str, lasts_ms: float = 0.0, *, hint: str = "") -> None:
    """Run `input` on the phone.

    Raises:
        InjectionError: it failed; newer ones say so by their exit code, older ones in words.
    """
    output = shell.run(command, _SLOW_S + lasts_ms / 1e3)
    if output.code or output.text.startswith(("Error", "Usage", "\nException", "Exception")):
        words = [line for line in output.text.splitlines() if line.strip()]
        reason = printable(words[0] if words else f"it ended with {output.code}")
        raise InjectionError(f"The phone did not perform '{_verb(command)}': {reason}", hint=hint)


def _verb(command: str) -> str:
    """The part of a command that holds nothing typed."""
    return " ".join(command.split()[:2])


def _code(key: str) -> int:
    code = android_code(key)
    if code is None:
        raise InjectionError(f"Android has no key '{printable(key)}'.", hint="see SCRIPT.md: key")
    return code
