"""The device's own logs of a run, kept beside its results."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.devices.base import SystemWatch

if TYPE_CHECKING:
    from vistest.devices.base import Device
    from vistest.results import ResultWriter
    from vistest.results.model import Artifact


def begin_logs(device: Device) -> None:
    """From now on, as far as the device can."""
    if isinstance(device, SystemWatch):
        with contextlib.suppress(DeviceError):  # the run itself will say that it is gone
            device.begin_logs()


def keep_logs(device: Device, writer: ResultWriter) -> tuple[tuple[Artifact, ...], str]:
    """What was kept, and what went wrong according to it; nothing of a device that is gone."""
    if not isinstance(device, SystemWatch):
        return (), ""
    try:
        logs = device.collect_logs()
    except DeviceError:
        return (), ""
    artifacts = tuple(writer.text("log", log.text, f"logs/{log.name}.txt") for log in logs)
    return artifacts, "; ".join(log.trouble for log in logs if log.trouble)
