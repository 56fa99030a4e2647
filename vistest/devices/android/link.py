"""The connection to one phone, which comes back when that was asked for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.transport import ANSWER_LIMIT_S, read_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.clock import Clock
    from vistest.devices.android.address import AndroidAddress
    from vistest.devices.android.transport import Stream, Transport

_TRY_AGAIN_S = 0.3


class Link:
    """Opens streams to a phone; used from any thread.

    Args:
        connect: Makes a new transport.
        reconnect_s: For how long a lost phone is looked for again; 0 gives up at once.
        clock: The host's.
    """

    def __init__(
        self, connect: Callable[[], Transport], reconnect_s: float, clock: Clock | None = None
    ) -> None:
        self._connect = connect
        self._reconnect_s = reconnect_s
        self._clock = clock or MonotonicClock()
        self._guard = threading.Lock()
        self._closed = False
        self._given_up: DeviceLost | None = None
        self._transport = connect()

    @property
    def comes_back(self) -> bool:
        """Whether it is worth to ask again after a loss."""
        return self._reconnect_s > 0 and not self._closed and self._given_up is None

    def open(self, service: str, timeout_s: float = ANSWER_LIMIT_S) -> Stream:
        """A stream to `service`; a lost phone is waited for, if that was asked for.

        Raises:
            DeviceError: the phone refuses the service.
            DeviceLost: it is gone, and did not come back in time.
        """
        transport = self._transport
        try:
            return transport.open(service, timeout_s)
        except DeviceLost as lost:
            if not self.comes_back:
                raise
            return self._again(transport, lost).open(service, timeout_s)

    def output(self, command: str, timeout_s: float = ANSWER_LIMIT_S) -> bytes:
        """All that `command` writes, in a process of its own."""
        return read_all(self.open(f"exec:{command}", timeout_s), timeout_s)

    def close(self) -> None:
        """Let go of the phone; safe to call twice."""
        self._closed = True
        self._transport.close()

    def _again(self, lost_transport: Transport, lost: DeviceLost) -> Transport:
        """Another transport in place of `lost_transport`; one thread looks for all."""
        with self._guard:
            if self._transport is not lost_transport:
                return self._transport
            if self._given_up is not None:
                raise self._given_up
            lost_transport.close()
            deadline = Deadline.after(self._reconnect_s, self._clock)
            while not self._closed:
                try:
                    self._transport = self._connect()
                except DeviceError as error:
                    if deadline.passed:
                        self._given_up = lost
                        raise lost from error
                    deadline.pause(_TRY_AGAIN_S)
                else:
                    return self._transport
            raise lost


def open_link(address: AndroidAddress) -> Link:
    """Connect to the phone of `address`.

    Raises:
        DeviceError: it cannot be reached, or does not trust us.
    """
    if address.serial:
        from vistest.devices.android.server import ServerTransport

        return Link(lambda: ServerTransport(address.serial), address.reconnect_s)

    from vistest.devices.android.direct import DirectTransport
    from vistest.devices.android.keyfile import load_signer

    signer = load_signer()
    return Link(lambda: DirectTransport(address.host, address.port, signer), address.reconnect_s)
