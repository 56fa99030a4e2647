"""From a URI to a device. A backend is imported only when a URI names it."""

from __future__ import annotations

import importlib
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.core.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.devices.base import Device

_BACKENDS = {
    "adb": "vistest.devices.android.device:connect",
    "x11": "vistest.devices.x11.device:connect",
}
_EXAMPLES = {"adb": "adb:SERIAL", "x11": "x11::0"}
_PLUG_INS = "vistest.devices"


def connect(uri: str) -> Device:
    """Connect to the device that `uri` names, such as `x11::91`.

    The scheme names a backend of this package, or one that an installed package offers as an
    entry point of the group `vistest.devices` (a function from the URI to a device).

    Raises:
        DeviceError: the URI names no backend, or the device cannot be reached.
    """
    scheme, colon, _ = uri.partition(":")
    if not colon or scheme not in known_schemes():
        raise DeviceError(f"'{printable(uri)}' does not name a device.", hint=_known_hint())
    return _backend(scheme)(uri)


def known_schemes() -> tuple[str, ...]:
    """The schemes that `connect` understands here."""
    return tuple(sorted({*_BACKENDS, *(plug_in.name for plug_in in _plug_ins())}))


def _plug_ins() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=_PLUG_INS))


def _backend(scheme: str) -> Callable[[str], Device]:
    if scheme in _BACKENDS:
        module, _, function = _BACKENDS[scheme].partition(":")
        return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]
    chosen = next(plug_in for plug_in in _plug_ins() if plug_in.name == scheme)
    return chosen.load()  # type: ignore[no-any-return]


def _known_hint() -> str:
    forms = [_EXAMPLES.get(scheme, f"{scheme}:...") for scheme in known_schemes()]
    return f"name it as one of: {', '.join(forms)}; 'vistest devices' lists what is here."
