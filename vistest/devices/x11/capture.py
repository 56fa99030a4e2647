"""Pictures of a display: XShm takes them, XDamage says when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import CaptureError, DeviceError, DeviceLost
from vistest.core.frame import Frame
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.screen import read_size

try:
    import mss
except ImportError as error:
    raise DeviceError(
        "X11 screens need the package mss, which is not installed.",
        hint="pip install 'vistest[x11]'",
    ) from error

from Xlib.ext import damage

if TYPE_CHECKING:
    from vistest.core.geometry import Size

_clock = MonotonicClock()


class ScreenGrabber:
    """Takes pictures of one display; used from one thread.

    It keeps a connection of its own through python-xlib, because that one cannot hang: every
    grab starts with a round trip on it.
    """

    def __init__(self, display: str, density: float = 1.0) -> None:
        self.connection = Connection(display)
        self.density = density
        self._size: Size | None = None
        self._source: mss.MSS | None = None

    def grab(self) -> Frame:
        """The display as it is now, stamped when the last pixel had been read.

        So a frame stamped before a press shows nothing that the press caused.

        Raises:
            CaptureError: no picture could be taken.
            DeviceLost: the display went away.
        """
        size = read_size(self.connection)
        try:
            shot = self._source_of(size).grab((0, 0, size.width, size.height))
        except mss.ScreenShotError as error:
            raise self._failed(str(error)) from error
        time_ms = _clock.now_ms()
        pixels = np.frombuffer(shot.raw, np.uint8).reshape(size.height, size.width, 4)
        pixels.flags.writeable = False
        return Frame(pixels, time_ms, self.density)

    def close(self) -> None:
        """Let go of the display; safe to call twice."""
        self._close_source()
        self.connection.close()

    def _source_of(self, size: Size) -> mss.MSS:
        if self._source is None or size != self._size:
            self._close_source()
            self._source = mss.MSS(display=self.connection.name)
            self._size = size
        return self._source

    def _close_source(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def _failed(self, reason: str) -> CaptureError | DeviceLost:
        self._close_source()
        try:
            read_size(self.connection)
        except DeviceLost as lost:
            return lost
        return CaptureError(f"No picture of display {self.connection.name}: {reason}.")


class DamageVideo:
    """A `VideoSource` that takes a picture only when the server reports a change."""

    def __init__(self, display: str, density: float, max_fps: float) -> None:
        self._grabber = ScreenGrabber(display, density)
        self._interval_ms = 1e3 / max_fps
        self._last: Frame | None = None
        self._changed = True
        with self._grabber.connection.guarded() as server:
            server.damage_query_version()
            self._damage = server.screen().root.damage_create(damage.DamageReportNonEmpty)
            server.sync()

    def next_frame(self, timeout_s: float) -> Frame | None:
        """See `VideoSource`."""
        deadline = Deadline.after(timeout_s, _clock)
        while self._wait_for_change(deadline):
            frame = self._grab()
            if self._last is None or _differ(frame, self._last):
                self._last = frame
                return frame
        return None

    def close(self) -> None:
        """See `VideoSource`."""
        self._grabber.close()

    def _wait_for_change(self, deadline: Deadline) -> bool:
        """Whether there is something new to see, and the frame rate allows to look."""
        self._read_events()
        while not self._changed:
            if not self._grabber.connection.wait_readable(deadline.remaining_s):
                return False
            self._read_events()
        if self._last is not None:
            due_ms = self._last.time_ms + self._interval_ms
            if due_ms > deadline.at_ms:
                deadline.pause(deadline.remaining_s)
                return False
            _clock.pause((due_ms - _clock.now_ms()) / 1e3)
        return True

    def _read_events(self) -> None:
        with self._grabber.connection.guarded() as server:
            while server.pending_events():
                self._changed |= isinstance(server.next_event(), damage.DamageNotify)

    def _grab(self) -> Frame:
        """Reset the damage first: what changes while the picture is taken counts as new.

        No event may be dropped after the reset, for the server sends one until the next reset.
        """
        self._changed = False
        with self._grabber.connection.guarded() as server:
            server.damage_subtract(self._damage)
            server.sync()
        return self._grabber.grab()


def _differ(one: Frame, other: Frame) -> bool:
    if one.size != other.size:
        return True
    return not np.array_equal(one.pixels.view(np.uint32), other.pixels.view(np.uint32))
