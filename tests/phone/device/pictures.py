"""`screencap` and `screenrecord`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.phone.device.encoder import Encoder, VideoOptions

if TYPE_CHECKING:
    from tests.phone.device.encoder import Packet
    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.programs import Call
    from tests.phone.device.screen import Screen
    from tests.phone.device.state import PhoneState

_USUAL_LIMIT_S = 180.0


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
        size = tuple(map(int, options["--size"].split("x"))) if "--size" in options else None
        video = VideoOptions(size=size, limit_s=limit_s if dies_s is None else dies_s)
        encoder = Encoder(self._screen, video)
        packets: asyncio.Queue[Packet | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        encoder.start(lambda packet: loop.call_soon_threadsafe(packets.put_nowait, packet))
        try:
            while (packet := await packets.get()) is not None:
                await call.write(packet.data)
        finally:
            encoder.stop.set()
        return 0


def _options(words: list[str]) -> dict[str, str]:
    """`--name=value` and `--name value`."""
    options = {}
    for index, word in enumerate(words):
        name, equal, value = word.partition("=")
        if word.startswith("--"):
            following = words[index + 1] if index + 1 < len(words) else ""
            options[name] = value if equal else following
    return options
