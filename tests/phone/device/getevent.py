"""`getevent`, in the formats of Android's toolbox (system/core/toolbox/getevent.c)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.phone.device import panel
from tests.phone.device.keycodes import LINUX_KEYS
from tests.phone.device.panel import BUTTONS, KEYS, MOUSE, PANEL, KernelEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.phone.device.panel import InputDevices
    from tests.phone.device.programs import Call

_NAMES = {BUTTONS: "gpio-keys", PANEL: "sec_touchscreen", KEYS: "bt-keyboard", MOUSE: "usb-mouse"}
_TYPES = {
    panel.EV_SYN: "EV_SYN",
    panel.EV_KEY: "EV_KEY",
    panel.EV_REL: "EV_REL",
    panel.EV_ABS: "EV_ABS",
}
_REL = {panel.REL_WHEEL: "REL_WHEEL"}
_SYN = {panel.SYN_REPORT: "SYN_REPORT", panel.SYN_MT_REPORT: "SYN_MT_REPORT"}
_ABS = {
    panel.SLOT: "ABS_MT_SLOT",
    panel.TOUCH_MAJOR: "ABS_MT_TOUCH_MAJOR",
    panel.POSITION_X: "ABS_MT_POSITION_X",
    panel.POSITION_Y: "ABS_MT_POSITION_Y",
    panel.TRACKING_ID: "ABS_MT_TRACKING_ID",
    panel.PRESSURE: "ABS_MT_PRESSURE",
}
_KEYS = {panel.BTN_TOUCH: "BTN_TOUCH", **{code: name for name, code in LINUX_KEYS.items()}}
_CODES = {panel.EV_SYN: _SYN, panel.EV_KEY: _KEYS, panel.EV_REL: _REL, panel.EV_ABS: _ABS}
_BUTTON_KEYS = ("KEY_VOLUMEDOWN", "KEY_VOLUMEUP", "KEY_POWER", "KEY_BACK", "KEY_HOMEPAGE")
_BUTTON_CODES = [LINUX_KEYS[name] for name in _BUTTON_KEYS]


class GetEvent:
    """The program, for the devices of one phone."""

    def __init__(self, devices: InputDevices) -> None:
        self._devices = devices

    async def run(self, call: Call) -> int:
        """Say what devices there are, or what they report, as long as somebody listens."""
        flags = "".join(word[1:] for word in call.arguments if word.startswith("-"))
        wanted = next((word for word in call.arguments if word.startswith("/dev/")), "")
        if wanted and wanted not in _NAMES:
            return await call.complain(f"could not open {wanted}, No such file or directory\n")
        shown = [wanted] if wanted else [MOUSE, KEYS, PANEL, BUTTONS]
        if "p" in flags:
            for number, device in enumerate(shown, 1):
                await call.say(self._describe(number, device, labels="l" in flags))
            return 0
        if not wanted and "q" not in flags:
            for number, device in enumerate(shown, 1):
                await call.say(_added(number, device))
        await self._report(call, flags, wanted)
        return 0

    async def _report(self, call: Call, flags: str, wanted: str) -> None:
        events: asyncio.Queue[Sequence[KernelEvent]] = asyncio.Queue()
        self._devices.listeners.append(events.put_nowait)
        try:
            while not call.gone.is_set():
                lines = [
                    _line(event, flags, with_device=not wanted)
                    for event in await events.get()
                    if not wanted or event.device == wanted
                ]
                await call.say("".join(lines))
        finally:
            self._devices.listeners.remove(events.put_nowait)

    def _describe(self, number: int, device: str, *, labels: bool) -> str:
        text = _added(number, device) + "  events:\n"
        if device == PANEL:
            text += self._describe_panel(labels=labels)
        elif device == MOUSE:
            text += "    REL (0002): " + ("REL_WHEEL             \n" if labels else "0008 \n")
        else:
            codes = _BUTTON_CODES if device == BUTTONS else sorted(LINUX_KEYS.values())
            text += _key_lines(codes, labels=labels)
        properties = "    INPUT_PROP_DIRECT\n" if device == PANEL else "    <none>\n"
        return text + "  input props:\n" + properties

    def _describe_panel(self, *, labels: bool) -> str:
        setup = self._devices.state.setup
        ranges = [
            (panel.TOUCH_MAJOR, 255),
            (panel.POSITION_X, setup.panel[0]),
            (panel.POSITION_Y, setup.panel[1]),
            (panel.TRACKING_ID, 65535),
        ]
        if setup.protocol == "B":
            ranges = [(panel.SLOT, panel.HIGHEST_SLOT), *ranges, (panel.PRESSURE, 255)]
        text = ""
        if setup.button_touch and setup.protocol == "B":
            text += _key_lines([panel.BTN_TOUCH], labels=labels)
        for index, (code, highest) in enumerate(ranges):
            head = "    ABS (0003):" if index == 0 else "               "
            name = f" {_ABS[code]:<20.20s} " if labels else f" {code:04x} "
            text += f"{head}{name} : value 0, min 0, max {highest}, fuzz 0, flat 0, resolution 0\n"
        return text


def _added(number: int, device: str) -> str:
    return f'add device {number}: {device}\n  name:     "{_NAMES[device]}"\n'


def _key_lines(codes: Sequence[int], *, labels: bool) -> str:
    rows = 4 if labels else 8
    text = "    KEY (0001):"
    for index, code in enumerate(codes):
        if index and index % rows == 0:
            text += "\n               "
        text += f" {_KEYS[code]:<20.20s} " if labels else f" {code:04x} "
    return text + "\n"


def _line(event: KernelEvent, flags: str, *, with_device: bool) -> str:
    text = ""
    if "t" in flags:
        seconds, micros = divmod(round(event.time_s * 1e6), 1_000_000)
        text += f"[{seconds:8d}.{micros:06d}] "
    if with_device:
        text += f"{event.device}: "
    if "l" not in flags:
        return f"{text}{event.type:04x} {event.code:04x} {event.value:08x}\n"
    codes = _CODES[event.type]
    code = codes.get(event.code, f"{event.code:04x}")
    value = f"{event.value:08x}"
    if event.type == panel.EV_KEY:
        value = ("UP", "DOWN", "REPEAT")[event.value]
    return f"{text}{_TYPES[event.type]:<12.12s} {code:<20.20s} {value:<20.20s}\n"
