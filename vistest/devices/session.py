"""The desktop session that this process runs in."""

from __future__ import annotations

import os


def wayland_session() -> bool:
    """Whether it is a Wayland session, which shows X11 clients only the X11 windows."""
    session = os.environ.get("XDG_SESSION_TYPE", "")
    return session == "wayland" or bool(os.environ.get("WAYLAND_DISPLAY"))
