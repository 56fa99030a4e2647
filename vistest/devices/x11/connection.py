"""One connection to an X server that cannot hang, and whose errors are ours.

python-xlib waits for replies without a limit and, once a server is gone, fails in many ways
(its own errors, `OSError`, `TypeError` from queues it has set to None). `Connection.guarded`
turns all of them into `DeviceLost`, and closes a connection that gets no answer in time.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import select
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from vistest.core.errors import DeviceError, DeviceLost

try:
    from Xlib import error as xerror
    from Xlib.display import Display
    from Xlib.ext import damage, ge
    from Xlib.protocol import event
except ImportError as error:
    raise DeviceError(
        "X11 screens need the package python-xlib, which is not installed.",
        hint="pip install 'vistest[x11]'",
    ) from error

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

ANSWER_LIMIT_S = 5.0
# Little-endian, protocol 11.0, no authorisation: enough for a server to answer.
_SETUP = b"l\0\x0b\0\0\0\0\0\0\0\0\0"


class Connection:
    """A connection to one display, used from one thread and closed from any.

    Attributes:
        name: Of the display, as in `:91`.
        display: python-xlib's display; use it inside `guarded` only.
    """

    def __init__(self, name: str, limit_s: float = ANSWER_LIMIT_S) -> None:
        self.name = name
        self.display: Any = _open_in_time(name, limit_s)
        self.display.set_error_handler(_log_error)
        self._socket: socket.socket = self.display.display.socket
        self._limit_s = limit_s
        self._answer_due: float | None = None
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._end_when_overdue, daemon=True)
        self._watch.start()

    @contextlib.contextmanager
    def guarded(self, *, limited: bool = True, extra_s: float = 0.0) -> Iterator[Any]:
        """Talk to the server.

        Args:
            limited: Whether the server must answer in time.
            extra_s: Added to the usual limit.

        Raises:
            DeviceLost: the server is gone or does not answer.
        """
        if self._closed.is_set():
            raise DeviceLost(f"The connection to display {self.name} is closed.")
        self._answer_due = time.monotonic() + self._limit_s + extra_s if limited else None
        try:
            yield self.display
        except (xerror.ConnectionClosedError, OSError) as error:
            raise self._lost() from error
        except (AttributeError, TypeError, ValueError) as error:
            if self.display.display.socket_error is None:
                raise
            raise self._lost() from error
        finally:
            self._answer_due = None

    def wait_readable(self, timeout_s: float) -> bool:
        """Whether the server sent something within `timeout_s`.

        Raises:
            DeviceLost: the server is gone.
        """
        with self.guarded(limited=False) as display:
            ready, _, _ = select.select([display.fileno()], [], [], max(0.0, timeout_s))
        return bool(ready)

    def close(self) -> None:
        """Let go of the server; safe to call twice, and when the server is gone."""
        if self._closed.is_set():
            return
        self._closed.set()
        with contextlib.suppress(Exception):  # it may fail in any way when the server is gone
            self.display.close()
        self._socket.close()
        if self._watch is not threading.current_thread():
            self._watch.join()

    def interrupt(self) -> None:
        """Wake a thread that waits for this connection; it gets `DeviceLost`."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _end_when_overdue(self) -> None:
        while not self._closed.wait(min(0.5, self._limit_s / 2)):
            due = self._answer_due
            if due is not None and time.monotonic() > due:
                logger.warning("display %s did not answer in %g s", self.name, self._limit_s)
                self.interrupt()

    def _lost(self) -> DeviceLost:
        return DeviceLost(
            f"The display {self.name} went away.", hint="check that its X server still runs."
        )


def _open_in_time(name: str, limit_s: float) -> Any:  # noqa: ANN401 - python-xlib has no types
    """Open a display in a thread that is left behind if the server never answers."""
    answer: queue.Queue[Any] = queue.Queue()
    late = threading.Event()
    threading.Thread(target=_open, args=(name, limit_s, answer, late), daemon=True).start()
    try:
        outcome = answer.get(timeout=limit_s)
    except queue.Empty:
        late.set()
        outcome = TimeoutError(f"no answer in {limit_s:g} s")
    if isinstance(outcome, Exception):
        raise DeviceError(
            f"There is no X display {name} to connect to: {outcome}.",
            hint="'vistest devices' lists the displays of this machine; a display of another "
            "user needs its XAUTHORITY.",
        ) from outcome
    return outcome


def _open(name: str, limit_s: float, answer: queue.Queue[Any], late: threading.Event) -> None:
    try:
        _knock(name, limit_s / 2)
        display = Display(name)
        _give_own_tables(display)
    except Exception as error:  # noqa: BLE001 - handed to the thread that waits
        answer.put(error)
    else:
        answer.put(display)
        if late.is_set():
            display.close()


def _knock(name: str, limit_s: float) -> None:
    """Raise `OSError` if no server answers, be it with a refusal.

    python-xlib would wait without a limit for one that hangs, and leave its sockets open.
    """
    with contextlib.closing(_dial(name, limit_s)) as probe:
        probe.settimeout(limit_s)
        probe.sendall(_SETUP)
        if not probe.recv(1):
            raise ConnectionResetError("it hangs up")


def _dial(name: str, limit_s: float) -> socket.socket:
    host, _, number = name.partition(":")
    if host:
        return socket.create_connection((host, 6000 + int(number)), timeout=limit_s)
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers put it
    for address in (path, f"\0{path}"):
        probe = socket.socket(socket.AF_UNIX)
        if probe.connect_ex(address) == 0:
            return probe
        probe.close()
    raise ConnectionRefusedError("nobody listens there")


def _give_own_tables(display: Any) -> None:  # noqa: ANN401
    """Ask this server for its numbers: python-xlib keeps those of the last display for all."""
    facts = {name: display.query_extension(name) for name in display.extensions}
    inner = display.display
    inner.extension_major_opcodes = {name: fact.major_opcode for name, fact in facts.items()}
    inner.error_classes = dict(xerror.xerror_class)
    inner.event_classes = {**event.event_class, ge.GenericEventCode: ge.GenericEvent}
    if damage.extname in facts:
        code = facts[damage.extname].first_event + damage.DamageNotifyCode
        inner.event_classes[code] = damage.DamageNotify


def _log_error(error: Exception, request: object) -> None:
    """Instead of python-xlib's handler, which prints to standard error."""
    logger.debug("the X server reports %s for %s", error, request)
