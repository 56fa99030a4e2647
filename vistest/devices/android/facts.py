"""What a phone says about its screen, read from the output of its own commands. Pure."""

from __future__ import annotations

import re

from vistest.core.errors import DeviceError
from vistest.core.geometry import Screen, Size

_DPI_PER_DENSITY = 160.0
_SIZE = re.compile(r"^(Physical|Override) size: (\d+)x(\d+)", re.MULTILINE)
_DENSITY = re.compile(r"^(Physical|Override) density: (\d+)", re.MULTILINE)
# Of `dumpsys input`: InputReader's viewport, and before it the touch device's own line.
_ORIENTATIONS = (
    re.compile(r"SurfaceOrientation:\s*(\d)"),
    re.compile(r"Viewport INTERNAL:.*?orientation=(\d)"),
    re.compile(r"orientation=Rotation(0|90|180|270)"),
)
_QUARTERS = {"0": 0, "1": 1, "2": 2, "3": 3, "90": 1, "180": 2, "270": 3}
_FOCUS = re.compile(r"mCurrentFocus=(?:Window\{\S+ (?:u\d+ )?(?P<name>[^}]*)\}|null)")
_AWAKE = re.compile(r"mWakefulness=(\w+)")
_LOCKED = re.compile(
    r"\b(?:isKeyguardShowing|mShowingLockscreen|mDreamingLockscreen|keyguardShowing"
    r"|mKeyguardShowing|isStatusBarKeyguard)=true"
)


def parse_screen(size: str, density: str) -> Screen:
    """The screen in its natural orientation, from `wm size` and `wm density`.

    An override, which a developer may set, is what applications are drawn for.

    Raises:
        DeviceError: that is not what these commands write.
    """
    sizes = {name: (int(wide), int(high)) for name, wide, high in _SIZE.findall(size)}
    dpis = {name: int(dpi) for name, dpi in _DENSITY.findall(density)}
    extent = sizes.get("Override") or sizes.get("Physical")
    dpi = dpis.get("Override") or dpis.get("Physical")
    if extent is None or dpi is None:
        raise DeviceError(
            "The phone does not say how large its screen is.",
            hint="try 'adb shell wm size' and 'adb shell wm density'; is it fully started?",
        )
    try:
        return Screen(Size(*extent), dpi / _DPI_PER_DENSITY)
    except ValueError as error:
        raise DeviceError(f"The phone's screen cannot be: {error}.") from error


def parse_rotation(dump: str) -> int:
    """Quarter turns from the natural orientation, from `dumpsys input`; 0 if it is silent."""
    for form in _ORIENTATIONS:
        if found := form.search(dump):
            return _QUARTERS.get(found[1], 0)
    return 0


def turned(screen: Screen, quarters: int) -> Screen:
    """`screen` turned by quarter turns."""
    if quarters % 2 == 0:
        return screen
    return Screen(Size(screen.size.height, screen.size.width), screen.density)


def is_awake(dump: str) -> bool:
    """Whether the screen is on, from `dumpsys power`; a silent phone is taken for awake."""
    found = _AWAKE.search(dump)
    return found is None or found[1] == "Awake"


def is_locked(dump: str) -> bool:
    """Whether the lock screen covers everything, from `dumpsys window`."""
    return _LOCKED.search(dump) is not None


def focused_window(dump: str) -> str:
    """The title of the window in front, from `dumpsys window`; empty if there is none."""
    names = [found["name"] or "" for found in _FOCUS.finditer(dump)]
    return next((name for name in reversed(names) if name), "")
