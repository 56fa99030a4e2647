"""Size and density of a display."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from Xlib import X, Xatom

from vistest.core.geometry import Screen, Size

if TYPE_CHECKING:
    from vistest.devices.x11.connection import Connection

_REFERENCE_DPI = 96.0
_DPI_RESOURCE = re.compile(r"^Xft\.dpi:\s*([0-9.]+)", re.MULTILINE)


def read_screen(connection: Connection, density: float | None = None) -> Screen:
    """The display's size now, and `density` or what its resources say."""
    return Screen(read_size(connection), density or read_density(connection))


def read_size(connection: Connection) -> Size:
    """The display's size now."""
    with connection.guarded() as display:
        geometry = display.screen().root.get_geometry()
    return Size(geometry.width, geometry.height)


def read_density(connection: Connection) -> float:
    """`Xft.dpi` over 96, which is how desktops tell their applications to scale; 1 if unset."""
    with connection.guarded() as display:
        found = display.screen().root.get_full_property(Xatom.RESOURCE_MANAGER, X.AnyPropertyType)
    text = found.value if found is not None else b""
    return density_of_resources(text.decode("latin-1") if isinstance(text, bytes) else text)


def density_of_resources(resources: str) -> float:
    """The density that a resource database asks for; 1 if it is silent or absurd."""
    dpi = _DPI_RESOURCE.search(resources)
    try:
        density = float(dpi.group(1)) / _REFERENCE_DPI if dpi else 1.0
    except ValueError:
        return 1.0
    return density if 0.1 <= density <= 20 else 1.0
