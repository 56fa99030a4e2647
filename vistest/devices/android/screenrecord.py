"""The screen as `screenrecord` streams it; a thread keeps up with the phone."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.h264 import H264Decoder

if TYPE_CHECKING:
    from vistest.devices.android.h264 import Picture
    from vistest.devices.android.link import Link
    from vistest.devices.android.transport import Stream

_BITS_PER_SECOND = 16_000_000
_LONGEST_S = 180
"""`screenrecord` stops then, whatever it is asked for."""

_SERVICE = (
    f"exec:screenrecord --output-format=h264 --bit-rate {_BITS_PER_SECOND} "
    f"--time-limit {_LONGEST_S} -"
)
_SILENCE_S = 0.04
_LISTEN_S = 1.0

_clock = MonotonicClock()


class ScreenRecord:
    """One run of `screenrecord`. `next` is called from one thread.

    Raises:
        DeviceError: the phone refuses it.
        DeviceLost: the phone went away.
    """

    def __init__(self, link: Link) -> None:
        self._stream: Stream = link.open(_SERVICE)
        self._chunks: queue.SimpleQueue[tuple[bytes, float] | DeviceLost] = queue.SimpleQueue()
        self._decoder = H264Decoder()
        self._pictures: list[Picture] = []
        self._end: bytes | DeviceLost | None = None
        threading.Thread(target=self._listen, name="phone-video", daemon=True).start()

    def next(self, timeout_s: float) -> Picture | None:
        """The next picture with the host's time when it came; None if none came in time.

        Raises:
            DeviceError: the stream has ended.
            DeviceLost: the phone went away.
        """
        deadline = Deadline.after(timeout_s, _clock)
        while not self._pictures:
            if self._end is not None:
                raise self._ended()
            self._pictures += self._take(deadline.remaining_s)
            if not self._pictures and deadline.passed and self._chunks.empty():
                return None
        return self._pictures.pop(0)

    def close(self) -> None:
        """End it; safe to call twice."""
        with contextlib.suppress(DeviceLost):
            self._stream.close()

    def _take(self, timeout_s: float) -> list[Picture]:
        wait_s = min(timeout_s, _SILENCE_S) if self._decoder.waiting else timeout_s
        try:
            item = self._chunks.get(timeout=max(wait_s, 1e-3))
        except queue.Empty:
            silent = self._decoder.waiting and wait_s >= _SILENCE_S
            return self._decoder.flush() if silent else []
        if isinstance(item, DeviceLost):
            self._end = item
            return self._decoder.flush()
        data, time_ms = item
        if not data:
            self._end = data
            return self._decoder.flush()
        return self._decoder.feed(data, time_ms)

    def _ended(self) -> DeviceError:
        if isinstance(self._end, DeviceLost):
            return self._end
        return DeviceError("The phone's recording of its screen has ended.")

    def _listen(self) -> None:
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    data = self._stream.read(_LISTEN_S)
                    self._chunks.put((data, _clock.now_ms()))
                    if not data:
                        return
        except DeviceLost as lost:
            self._chunks.put(lost)
