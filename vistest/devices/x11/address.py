"""The form of an X11 URI: `x11::91`, `x11:HOST:91`, `x11::91?density=2&touch=SOCKET`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from vistest.core.errors import DeviceError
from vistest.core.text import printable

_FORM = re.compile(r"x11:(?P<host>[A-Za-z0-9._-]*):(?P<number>\d+)(\.\d+)?(\?(?P<options>.*))?")
_OPTIONS = {"density", "touch"}


@dataclass(frozen=True, slots=True)
class X11Address:
    """Where a display is.

    Attributes:
        uri: As it was given.
        host: Empty for this machine.
        number: Of the display.
        density: Device pixels per dp, if the user knows better than the server.
        touch: The socket of a touch screen that takes injected fingers (see `inputtest`).
    """

    uri: str
    host: str
    number: int
    density: float | None = None
    touch: str = ""

    @property
    def display(self) -> str:
        """The name that X clients know it by."""
        return f"{self.host}:{self.number}"


def parse_address(uri: str) -> X11Address:
    """Read an X11 URI.

    Raises:
        DeviceError: it is not one.
    """
    form = _FORM.fullmatch(uri)
    if form is None:
        raise _malformed(uri, "name the display as in x11::91 or x11:HOST:91.")
    options = dict(parse_qsl(form["options"] or "", keep_blank_values=True))
    if unknown := sorted(options.keys() - _OPTIONS):
        raise _malformed(uri, f"'{printable(unknown[0])}' is not an option; known: density, touch.")
    density = _density(uri, options["density"]) if "density" in options else None
    return X11Address(uri, form["host"], int(form["number"]), density, options.get("touch", ""))


def _density(uri: str, value: str) -> float:
    try:
        density = float(value)
    except ValueError:
        density = 0.0
    if not 0.1 <= density <= 20:
        raise _malformed(uri, "density is a number from 0.1 to 20, such as x11::91?density=2.")
    return density


def _malformed(uri: str, hint: str) -> DeviceError:
    return DeviceError(f"'{printable(uri)}' does not name an X11 screen.", hint=hint)
