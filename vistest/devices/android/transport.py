"""What the ways to a phone have in common: byte streams to services of its ADB daemon."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Protocol

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER_LIMIT_S = 5.0

_clock = MonotonicClock()


class Stream(Protocol):
    """Bytes to and from one service. Reading and writing may be on two threads."""

    def read(self, timeout_s: float) -> bytes:
        """What has come, at least one byte; empty when the service has ended.

        Raises:
            TimeoutError: nothing came in time.
            DeviceLost: the phone went away.
        """
        ...

    def write(self, data: bytes) -> None:
        """Send all of `data`.

        Raises:
            DeviceLost: the phone went away, does not take it, or the service has ended.
        """
        ...

    def close(self) -> None:
        """End the service; wakes a reader; safe to call twice and from any thread."""
        ...


class Transport(Protocol):
    """A way to one phone. Streams may be opened and used on any thread."""

    @property
    def alive(self) -> bool:
        """Whether it is worth trying to open a stream."""
        ...

    def open(self, service: str, timeout_s: float = ANSWER_LIMIT_S) -> Stream:
        """A stream to `service`, such as `exec:screencap -p`.

        Raises:
            DeviceError: the phone refuses it.
            DeviceLost: the phone went away.
        """
        ...

    def close(self) -> None:
        """Close all streams and let go of the phone; safe to call twice."""
        ...


def read_all(stream: Stream, timeout_s: float) -> bytes:
    """Everything until the service ends.

    Raises:
        DeviceLost: it did not end in time, or the phone went away.
    """
    deadline = Deadline.after(timeout_s, _clock)
    parts: list[bytes] = []
    with contextlib.closing(stream):
        try:
            while part := stream.read(deadline.remaining_s):
                parts.append(part)
        except TimeoutError as error:
            raise overdue(timeout_s) from error
    return b"".join(parts)


def read_exactly(stream: Stream, count: int, timeout_s: float, rest: bytearray) -> bytes:
    """`count` bytes; `rest` holds what was read too much before, and after.

    Raises:
        DeviceLost: they did not come in time, or the service ended.
    """
    deadline = Deadline.after(timeout_s, _clock)
    while len(rest) < count:
        try:
            part = stream.read(deadline.remaining_s)
        except TimeoutError as error:
            raise overdue(timeout_s) from error
        if not part:
            raise DeviceLost("The phone ended a transfer before it was complete.")
        rest += part
    found = bytes(rest[:count])
    del rest[:count]
    return found


def overdue(timeout_s: float) -> DeviceLost:
    """The error of a phone that does not answer."""
    return DeviceLost(
        f"The phone did not answer within {timeout_s:g} s.",
        hint="check the cable or the network, and that the phone is awake.",
    )


@contextlib.contextmanager
def refused_as(error: DeviceError) -> Iterator[None]:
    """Raise `error` instead of a refusal; a loss stays a loss."""
    try:
        yield
    except DeviceLost:
        raise
    except DeviceError as cause:
        raise error from cause
