"""`vistest devices`: what can be connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from vistest.cli.output import console, print_json, show

if TYPE_CHECKING:
    from vistest.devices.android.discover import FoundPhone
    from vistest.devices.x11.discover import FoundDisplay

_OTHERS = {
    "adb": "adb:HOST:PORT is a phone that allows debugging over the network",
    "x11": "x11:HOST:NUMBER is a display of another machine, x11::NUMBER?density=2 says its scale",
    "film": "film:RECORDING plays a recording",
}
WAYLAND = (
    "This is a Wayland session: only X11 windows (through XWayland) can be seen and controlled, "
    "native Wayland windows cannot. Use an X11 session or a private screen."
)


def devices(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the screens that are here, and say what else could be connected."""
    from vistest.devices.android.discover import known_phones
    from vistest.devices.connect import known_schemes
    from vistest.devices.session import wayland_session
    from vistest.devices.x11.discover import local_displays

    found, phones, schemes = local_displays(), known_phones(), known_schemes()
    notes = [_OTHERS.get(scheme, f"{scheme}:...") for scheme in schemes]
    wayland = wayland_session()
    if as_json:
        document = {
            "devices": [*map(_as_json, found), *map(_phone_as_json, phones)],
        }
        print_json({**document, "schemes": list(schemes), "wayland_session": wayland})
        return
    _print_table(found, phones)
    for note in notes:
        console.print(f"also: {show(note)}", soft_wrap=True)
    if wayland:
        console.print(f"[yellow]note:[/] {WAYLAND}", soft_wrap=True)


def _print_table(found: list[FoundDisplay], phones: list[FoundPhone]) -> None:
    if not found:
        console.print("No X display of this machine answers; 'Xvfb :99 &' starts one in memory.")
    if not found and not phones:
        return
    table = Table("device", "size", "density", "note")
    for display in found:
        screen = display.screen
        size, density = (str(screen.size), f"{screen.density:g}") if screen else ("", "")
        table.add_row(display.uri, size, density, show(display.problem))
    for phone in phones:
        table.add_row(show(phone.uri), "", "", show(phone.problem or phone.name))
    console.print(table)


def _phone_as_json(phone: FoundPhone) -> dict[str, Any]:
    """Size and density are not asked for: that would wake the phone up."""
    return {
        "uri": phone.uri,
        "backend": "android",
        "name": phone.name,
        "size": None,
        "density": None,
        "problem": phone.problem or None,
    }


def _as_json(display: FoundDisplay) -> dict[str, Any]:
    screen = display.screen
    return {
        "uri": display.uri,
        "backend": "x11",
        "size": [screen.size.width, screen.size.height] if screen else None,
        "density": screen.density if screen else None,
        "problem": display.problem or None,
    }
