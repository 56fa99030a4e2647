"""Fingers and the clipboard through the control stream of scrcpy's server."""

from __future__ import annotations

import itertools
import struct
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.errors import InjectionError
from vistest.devices.android.scrcpy import ScrcpySession

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vistest.core.clock import Clock
    from vistest.core.geometry import Size
    from vistest.devices.android.fingers import FingerAction, FingerMoment
    from vistest.devices.android.link import Link
    from vistest.devices.android.scrcpy import ServerJar
    from vistest.devices.android.transport import Stream

_INJECT_TOUCH, _SET_CLIPBOARD = 2, 9
# type, action, pointer, x, y, width, height, pressure, action button, buttons
_TOUCH = struct.Struct(">BBQiiHHHII")
# type, sequence, paste, length
_CLIPBOARD = struct.Struct(">BQ?I")
_ACTIONS: dict[FingerAction, int] = {"down": 0, "up": 1, "move": 2}  # android.view.MotionEvent
_FULL_PRESSURE = 0xFFFF
_LONGEST_TEXT = 1 << 18
_PASTE_S = 0.3
_FEWEST_FPS = 1.0
"""The video that nobody reads; its stream is what shows that the server runs."""


def touch_message(moment: FingerMoment, size: Size) -> bytes:
    """A finger at a pixel of a screen of `size`."""
    pressure = 0 if moment.action == "up" else _FULL_PRESSURE
    action = _ACTIONS[moment.action]
    place = (moment.x, moment.y, size.width, size.height)
    return _TOUCH.pack(_INJECT_TOUCH, action, moment.finger, *place, pressure, 0, 0)


def clipboard_message(text: str, sequence: int) -> bytes:
    """Put `text` into the clipboard and paste it into the field with the focus."""
    data = text.encode()
    return _CLIPBOARD.pack(_SET_CLIPBOARD, sequence, True, len(data)) + data


class ScrcpyControl:
    """Moves fingers (a `FingerPlayer`) and pastes text (a `Clipboard`).

    Args:
        stream: The control stream.
        size: Tells the size of the screen now.
        clock: The host's.
    """

    most_fingers = 10

    def __init__(
        self, stream: Stream, size: Callable[[], Size], clock: Clock | None = None
    ) -> None:
        self._stream = stream
        self._size = size
        self._clock = clock or MonotonicClock()
        self._sequences = itertools.count(1)

    def play(self, moments: Sequence[FingerMoment]) -> None:
        """See `FingerPlayer`."""
        start_ms = self._clock.now_ms()
        size = self._size()
        for moment in moments:
            self._clock.pause((start_ms + moment.at_ms - self._clock.now_ms()) / 1e3)
            self._stream.write(touch_message(moment, size))

    def paste(self, text: str) -> None:
        """See `Clipboard`.

        Raises:
            InjectionError: the text is longer than the server takes.
        """
        message = clipboard_message(text, next(self._sequences))
        if len(message) > _LONGEST_TEXT:
            raise InjectionError("That text is too long for the phone's clipboard.")
        self._stream.write(message)
        self._clock.pause(_PASTE_S)


class LazyScrcpy:
    """The control of a server that is started when it is needed for the first time.

    Args:
        link: To the phone.
        jar: The server.
        size: Tells the size of the screen now.
    """

    most_fingers = 10

    def __init__(self, link: Link, jar: ServerJar, size: Callable[[], Size]) -> None:
        self._link = link
        self._jar = jar
        self._size = size
        self._session: ScrcpySession | None = None
        self._control: ScrcpyControl | None = None

    def play(self, moments: Sequence[FingerMoment]) -> None:
        """See `FingerPlayer`."""
        self._started().play(moments)

    def paste(self, text: str) -> None:
        """See `Clipboard`."""
        self._started().paste(text)

    def close(self) -> None:
        """End the server; safe to call twice."""
        if self._session is not None:
            self._session.close()

    def _started(self) -> ScrcpyControl:
        if self._control is None:
            self._session = ScrcpySession(self._link, self._jar, _FEWEST_FPS)
            self._control = ScrcpyControl(self._session.control, self._size)
        return self._control
