"""H.264 as `screenrecord` streams it (ITU-T H.264, annex B): pictures and when they came.

Nothing in such a stream says when a picture was shown, nor that a picture is complete: a parser
knows that only when the next one begins. A phone sends a picture when its screen changes and then
nothing for as long as it is still; so after a short silence the next picture is announced to the
parser by an access unit delimiter, and the one that is waiting comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
from av.codec.context import CodecContext, Flags
from av.error import FFmpegError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame

Picture = tuple["VideoFrame", float]
"""A decoded picture, and the time that belongs to it."""

_DELIMITER = b"\x00\x00\x00\x01\x09\xf0"


class H264Decoder:
    """Decodes one stream. Damaged parts are left out. Used from one thread."""

    def __init__(self) -> None:
        codec: VideoCodecContext = CodecContext.create("h264", "r")
        codec.flags |= Flags.low_delay
        codec.thread_count = 1  # more threads hold pictures back
        self._codec = codec
        self._came_ms = 0.0
        self._waiting = False

    @property
    def waiting(self) -> bool:
        """Whether a picture may be complete that did not come out yet."""
        return self._waiting

    def feed(self, data: bytes, time_ms: float) -> list[Picture]:
        """The pictures that are complete now that `data` came at `time_ms`.

        A picture that was begun before is complete with what came before.
        """
        packets = self._parse(data)
        times = [self._came_ms if self._waiting else time_ms, *[time_ms] * len(packets)]
        self._came_ms, self._waiting = time_ms, True
        return self._decode(packets, times)

    def flush(self) -> list[Picture]:
        """The picture that is waiting: nothing more came for it."""
        self._waiting = False
        return self._decode(self._parse(_DELIMITER), [self._came_ms] * 2)

    def decode(self, packet: bytes, time_ms: float) -> list[Picture]:
        """The picture of a packet that is known to be whole."""
        return self._decode([av.Packet(packet)], [time_ms])

    def _parse(self, data: bytes) -> list[Packet[Any]]:
        try:
            return self._codec.parse(data)
        except FFmpegError:
            return []

    def _decode(self, packets: Sequence[Packet[Any]], times: Sequence[float]) -> list[Picture]:
        pictures: list[Picture] = []
        for packet, time_ms in zip(packets, times, strict=False):
            try:
                frames = self._codec.decode(packet)
            except FFmpegError:
                continue
            pictures += [(frame, time_ms) for frame in frames]
        return pictures
