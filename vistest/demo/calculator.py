"""A calculator on an X11 screen: where its window is, and what it shows by its own account."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline
from vistest.core.errors import DeviceError
from vistest.core.events import KeyPress
from vistest.core.geometry import Rect
from vistest.devices.x11.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from vistest.core.clock import Clock
    from vistest.devices.base import InputSink

_COPY = KeyPress(("Control", "c"))
_NOTHING = "nothing was copied"
_COPY_LIMIT_S = 10.0
_EXTERNAL_LIMIT_S = 5.0


def wait_for_window(display: str, name: str, clock: Clock, limit_s: float = 20.0) -> Rect:
    """The visible window of the application `name`, in pixels of the screen.

    Raises:
        DeviceError: it does not show up in time.
    """
    deadline = Deadline.after(limit_s, clock)
    connection = Connection(display)
    try:
        while not deadline.passed:
            with connection.guarded() as server:
                root = server.screen().root
                for window in _visible(root):
                    if name in (window.get_wm_class() or ()):
                        return _place(window, root)
            deadline.pause(0.05)
    finally:
        connection.close()
    raise DeviceError(
        f"{name} did not show its window", hint="'vistest doctor' says what is missing"
    )


def copied_result(environment: Mapping[str, str], sink: InputSink, clock: Clock) -> str:
    """What the calculator that has the focus copies: its display, without any OCR.

    The clipboard is given another content first, so that an old one is not taken for an answer.

    Raises:
        DeviceError: the calculator does not answer.
    """
    _clipboard(["-i"], environment, text=_NOTHING)
    deadline = Deadline.after(_COPY_LIMIT_S, clock)
    while not deadline.passed:
        sink.perform(_COPY)
        deadline.pause(0.3)
        copied = _clipboard(["-o"], environment)
        if copied != _NOTHING:
            return copied.strip()
    raise DeviceError("the calculator did not copy its result")


def _clipboard(mode: list[str], environment: Mapping[str, str], text: str = "") -> str:
    done = subprocess.run(
        ["xclip", "-selection", "clipboard", *mode],
        input=text if mode == ["-i"] else None,
        # A clipboard owner lives on in the background and would keep a pipe open.
        stdout=subprocess.DEVNULL if mode == ["-i"] else subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        text=True,
        timeout=_EXTERNAL_LIMIT_S,
        check=False,
    )
    return done.stdout or ""


def _visible(window: Any) -> Iterator[Any]:  # noqa: ANN401 - python-xlib has no types
    for child in window.query_tree().children:
        if child.get_attributes().map_state == 2:
            yield child
            yield from _visible(child)


def _place(window: Any, root: Any) -> Rect:  # noqa: ANN401 - python-xlib has no types
    geometry = window.get_geometry()
    corner = window.translate_coords(root, 0, 0)
    left, top = -corner.x, -corner.y
    return Rect(left, top, left + geometry.width, top + geometry.height)
