"""`screencap` and `screenrecord`."""

from __future__ import annotations

import asyncio
import fractions
import threading
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.programs import Call
    from tests.phone.device.screen import Screen
    from tests.phone.device.state import PhoneState

_USUAL_LIMIT_S = 180.0
_FPS = 60.0
_LOOK_S = 0.1


class Pictures:
    """The programs that take pictures of one phone."""

    def __init__(self, state: PhoneState, screen: Screen, files: PhoneFiles) -> None:
        self._state, self._screen, self._files = state, screen, files

    async def screencap(self, call: Call) -> int:
        """`screencap [-p] [FILE]`: a PNG picture, or raw pixels with a header of four numbers."""
        if self._state.faults.screencap_fails:
            return await call.complain("Capturing failed.\n")
        names = [word for word in call.arguments if not word.startswith("-")]
        if "-p" in call.arguments or (names and names[0].endswith(".png")):
            data = await self._screen.png()
        else:
            data = await self._raw()
        if not names:
            await call.write(data)
            return 0
        path = self._files.find(names[0])
        if path is None or not path.parent.is_dir():
            return await call.complain(
                f"Error opening file: {names[0]} (No such file or directory)\n"
            )
        path.write_bytes(data)
        return 0

    async def _raw(self) -> bytes:
        """Width, height, format 1 (RGBA_8888), colour space 1 (sRGB), then the pixels."""
        frame = await self._screen.grab()
        pixels = frame.pixels[:, :, [2, 1, 0, 3]].copy()
        pixels[:, :, 3] = 255
        header = [frame.size.width, frame.size.height, 1, 1]
        return b"".join(number.to_bytes(4, "little") for number in header) + pixels.tobytes()

    async def screenrecord(self, call: Call) -> int:
        """`screenrecord --output-format=h264 [--time-limit S] [--bit-rate N] [--size WxH] -`."""
        options = _options(call.arguments)
        if options.get("--output-format") != "h264" or call.arguments[-1] != "-":
            return await call.complain("This phone only streams: --output-format=h264 -\n", 2)
        limit_s = float(options.get("--time-limit", _USUAL_LIMIT_S))
        dies_s = self._state.faults.screenrecord_dies_after_s
        encoder = _Encoder(self._screen, options, min(limit_s, dies_s or limit_s))
        parts: asyncio.Queue[bytes | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def put(part: bytes | None) -> None:
            loop.call_soon_threadsafe(parts.put_nowait, part)

        thread = threading.Thread(target=encoder.run, args=(put,), daemon=True)
        thread.start()
        try:
            while (part := await parts.get()) is not None:
                await call.write(part)
        finally:
            encoder.stop.set()
        return 0


class _Encoder:
    """A frame whenever the screen changes, as the real encoder gets them; on a thread."""

    def __init__(self, screen: Screen, options: dict[str, str], limit_s: float) -> None:
        self._screen, self._options, self._limit_s = screen, options, limit_s
        self.stop = threading.Event()

    def run(self, put: Callable[[bytes | None], None]) -> None:
        try:
            self._encode(put)
        except DeviceError:
            pass  # the screen was closed before its recording
        finally:
            put(None)

    def _encode(self, put: Callable[[bytes | None], None]) -> None:
        import av

        video = self._screen.video(_FPS)
        context = None
        start_ms = None
        try:
            while not self.stop.is_set():
                frame = video.next_frame(_LOOK_S)
                if start_ms is None and frame is not None:
                    start_ms = frame.time_ms
                if start_ms is not None and _now_ms() - start_ms > self._limit_s * 1e3:
                    break
                if frame is None:
                    continue
                picture = av.VideoFrame.from_ndarray(frame.pixels, "bgra")
                if context is None:
                    context = self._open(picture.width, picture.height)
                picture.pts = round(frame.time_ms - start_ms)
                picture.time_base = fractions.Fraction(1, 1000)
                put(b"".join(bytes(packet) for packet in context.encode(picture)))
            if context is not None:
                put(b"".join(bytes(packet) for packet in context.encode(None)))
        finally:
            video.close()

    def _open(self, width: int, height: int):
        import av

        if "--size" in self._options:
            width, height = map(int, self._options["--size"].split("x"))
        context = av.CodecContext.create("libx264", "w")
        context.width, context.height = width // 2 * 2, height // 2 * 2
        context.pix_fmt = "yuv420p"
        context.time_base = fractions.Fraction(1, 1000)
        context.options = {
            "preset": "ultrafast", "tune": "zerolatency", "crf": "20",
            "x264-params": "repeat-headers=1",
        }  # fmt: skip
        return context


def _now_ms() -> float:
    from vistest.core.clock import MonotonicClock

    return MonotonicClock().now_ms()


def _options(words: list[str]) -> dict[str, str]:
    """`--name=value` and `--name value`."""
    options = {}
    for index, word in enumerate(words):
        name, equal, value = word.partition("=")
        if word.startswith("--"):
            following = words[index + 1] if index + 1 < len(words) else ""
            options[name] = value if equal else following
    return options
