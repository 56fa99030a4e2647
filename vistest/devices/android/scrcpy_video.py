"""The screen as scrcpy's server streams it, each picture with the phone's own time."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError
from vistest.devices.android.h264 import H264Decoder
from vistest.devices.android.scrcpy import PacketHeader, parse_header
from vistest.devices.android.transport import read_exactly

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.devices.android.h264 import Picture
    from vistest.devices.android.scrcpy import ScrcpySession

_HEADER_SIZE = 12
_FOREVER_S = 365 * 24 * 3600.0
_NEAR_MS = 2000.0

_clock = MonotonicClock()


class ScrcpyVideo:
    """A `PictureStream` whose times are the phone's.

    Args:
        session: A running server; closed with this stream.
        phone_ms: The phone's clock now.
    """

    def __init__(self, session: ScrcpySession, phone_ms: Callable[[], float]) -> None:
        self._session = session
        self._stamps = StampReader(phone_ms)
        self._decoder = H264Decoder()
        self._config = b""
        self._packets: queue.SimpleQueue[tuple[PacketHeader, bytes, float] | DeviceError] = (
            queue.SimpleQueue()
        )
        self._pictures: list[Picture] = []
        self._error: DeviceError | None = None
        self._phone_ms = phone_ms
        threading.Thread(target=self._listen, name="phone-video", daemon=True).start()

    def next(self, timeout_s: float) -> Picture | None:
        """See `PictureStream`."""
        deadline = Deadline.after(timeout_s, _clock)
        while not self._pictures:
            if self._error is not None:
                raise self._error
            try:
                item = self._packets.get(timeout=max(deadline.remaining_s, 1e-3))
            except queue.Empty:
                return None
            if isinstance(item, DeviceError):
                self._error = item
            else:
                self._pictures += self._decode(*item)
        return self._pictures.pop(0)

    def close(self) -> None:
        """End the server; safe to call twice."""
        self._session.close()

    def _decode(self, header: PacketHeader, data: bytes, came_ms: float) -> list[Picture]:
        if header.time_us is None:
            self._config = data
            return []
        time_ms = self._stamps.phone_time(header.time_us / 1e3, came_ms)
        packet, self._config = self._config + data, b""
        return self._decoder.decode(packet, time_ms)

    def _listen(self) -> None:
        video, rest = self._session.video, self._session.rest
        try:
            while True:
                header = parse_header(read_exactly(video, _HEADER_SIZE, _FOREVER_S, rest))
                data = read_exactly(video, header.size, _FOREVER_S, rest)
                self._packets.put((header, data, self._phone_ms()))
        except DeviceError as error:
            self._packets.put(error)


class StampReader:
    """Stamps of a stream to the phone's clock.

    They are its CLOCK_MONOTONIC in today's versions; others count from the beginning of the
    stream. Then the quickest picture tells the distance.
    """

    def __init__(self, phone_ms: Callable[[], float]) -> None:
        self._phone_ms = phone_ms
        self._ahead_ms: float | None = None

    def phone_time(self, stamp_ms: float, came_ms: float) -> float:
        """The phone's time of a picture that came when its clock showed `came_ms`."""
        if self._ahead_ms is None:
            self._ahead_ms = 0.0 if abs(came_ms - stamp_ms) <= _NEAR_MS else came_ms - stamp_ms
        elif self._ahead_ms:
            self._ahead_ms = min(self._ahead_ms, came_ms - stamp_ms)
        return stamp_ms + self._ahead_ms
