"""The phones that a running adb server knows."""

from __future__ import annotations

from dataclasses import dataclass

from vistest.core.errors import DeviceError
from vistest.devices.android.server import list_phones

_STATES = {
    "unauthorized": "unlock it and confirm 'Allow USB debugging'",
    "offline": "it does not answer; plug it in again",
    "no permissions": "this user may not use the USB device; see Android's udev rules",
}


@dataclass(frozen=True, slots=True)
class FoundPhone:
    """A phone in the server's list.

    Attributes:
        uri: For `connect`.
        name: Its model, if it says.
        problem: Why it cannot be used; empty if it can.
    """

    uri: str
    name: str
    problem: str = ""


def known_phones() -> list[FoundPhone]:
    """All phones of the server; none if no server runs, for looking starts nothing."""
    try:
        phones = list_phones()
    except DeviceError:
        return []
    return [
        FoundPhone(
            f"adb:{phone.serial}",
            phone.model,
            "" if phone.state == "device" else _STATES.get(phone.state, phone.state),
        )
        for phone in phones
    ]
