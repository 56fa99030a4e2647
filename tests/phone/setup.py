"""What a phone is like; it travels to the phone's own process as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

PanelProtocol = Literal["A", "B"]
KeyboardLayout = Literal["round", "square"]


@dataclass(frozen=True, slots=True)
class PhoneSetup:
    """A phone as it leaves the shop.

    Attributes:
        size: Pixels, width first, as it is held when it starts.
        density: Pixels per dp.
        dark: Whether system and application are dark.
        serial: What `ro.serialno` says.
        model: What `ro.product.model` says.
        panel: Highest x and y that the touch panel reports; the lowest is 0.
        protocol: Which multi-touch protocol of the kernel the panel speaks.
        button_touch: Whether the panel reports BTN_TOUCH; some do not.
        keyboard: Which soft keyboard is installed; `none` stays away, as with a real keyboard.
        authorize: Whether the owner accepts the key of a computer that asks for the first time.
        secure: Whether adb needs keys at all; an emulator does not.
        shell_v2: Whether the daemon has the shell protocol (Android 7 and later).
        adb_keyboard: Whether the input method ADBKeyBoard is installed, which takes text of any
            script from `am broadcast`.
        pin: Whether a locked phone asks for a number, so that no program can unlock it.
        sendevent: Whether the shell may write to the input devices (not so on most phones).
        scrcpy: Which version of scrcpy's server every file is taken for that is started as such.
        slept_s: How long the phone slept since it was started: what CLOCK_MONOTONIC, which stamps
            input events, lags behind /proc/uptime.
        api_level: `ro.build.version.sdk`.
        page: Which page of the application opens first.
    """

    size: tuple[int, int] = (1080, 2400)
    density: float = 2.625
    dark: bool = False
    serial: str = "VTPHONE0001"
    model: str = "Stand-in"
    panel: tuple[int, int] = (4095, 8191)
    protocol: PanelProtocol = "B"
    button_touch: bool = True
    keyboard: KeyboardLayout | Literal["none"] = "round"
    authorize: bool = True
    secure: bool = True
    shell_v2: bool = True
    adb_keyboard: bool = True
    pin: bool = False
    sendevent: bool = False
    scrcpy: str = "3.3.4"
    slept_s: float = 0.0
    api_level: int = 34
    page: str = "plants"

    def to_json(self) -> str:
        """For `from_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> PhoneSetup:
        """Of what `to_json` gave."""
        facts: dict[str, Any] = json.loads(text)
        lists = {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in {**facts, **lists}.items() if name in known})
