"""Begins the recording of a device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.recording import DeviceFacts, RecordingWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vistest.devices.base import Device


def create_recording(device: Device, path: Path, app: Sequence[str] = ()) -> RecordingWriter:
    """An empty recording of `device` in the new folder `path`.

    Raises:
        DeviceError: the device's input cannot be observed.
        VistestError: the folder exists or cannot be written.
    """
    info = device.info
    if not device.capabilities.observe_input:
        raise DeviceError(
            f"the input of {info.uri} cannot be observed",
            hint="record on another kind of device; this one can replay",
        )
    facts = DeviceFacts(info.uri, info.backend, info.platform, info.name, info.screen)
    return RecordingWriter(path, facts, device.now_ms(), app)
