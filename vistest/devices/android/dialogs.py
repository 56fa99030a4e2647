"""Dialogs of the Android system, known by the title of the window in front."""

from __future__ import annotations

import re

from vistest.devices.base import SystemDialog

_NOT_RESPONDING = re.compile(r"Application Not Responding: (?P<package>\S+)")
_CRASHED = re.compile(r"Application Error: (?P<package>\S+)")
_PERMISSION = re.compile(r"(?:permissioncontroller|packageinstaller)\S*/\S*GrantPermissions")


def dialog_of(window: str) -> SystemDialog | None:
    """The dialog that the window called `window` is; None if it is an ordinary one."""
    if found := _NOT_RESPONDING.match(window):
        return SystemDialog("not_responding", f"{found['package']} isn't responding")
    if found := _CRASHED.match(window):
        return SystemDialog("crashed", f"{found['package']} keeps stopping")
    if _PERMISSION.search(window):
        return SystemDialog("permission", "an application asks for a permission")
    return None
