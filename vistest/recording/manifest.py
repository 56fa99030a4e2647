"""manifest.json: what was recorded, on which device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.errors import FormatError
from vistest.recording.fields import LATEST_MS
from vistest.recording.migrate import RECORDING

if TYPE_CHECKING:
    from vistest.core.geometry import Screen
    from vistest.recording.fields import Fields
    from vistest.recording.files import Document

FORMAT = "vistest-recording"


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """The device that was recorded, as `vistest.devices.base.DeviceInfo` names things.

    Attributes:
        uri: What the recorder connected to.
        backend: `x11`, `android`, ...
        platform: `linux`, `android`, ...
        name: For people.
        screen: Size and density at the start.
    """

    uri: str
    backend: str
    platform: str
    name: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Manifest:
    """Facts of a recording.

    Attributes:
        device: The device.
        app: Command of the application, words; empty if the recorder did not start one.
        start_ms: Device clock.
        started_at: ISO 8601, UTC, for people.
    """

    device: DeviceFacts
    app: tuple[str, ...]
    start_ms: float
    started_at: str


def encode(manifest: Manifest) -> Document:
    """The JSON object of manifest.json."""
    device = manifest.device
    return {
        "format": FORMAT,
        "version": RECORDING.version,
        "device": {
            "uri": device.uri,
            "backend": device.backend,
            "platform": device.platform,
            "name": device.name,
            "size": [device.screen.size.width, device.screen.size.height],
            "density": device.screen.density,
        },
        "app": list(manifest.app),
        "start_ms": manifest.start_ms,
        "started_at": manifest.started_at,
    }


def check_format(document: Document, where: str) -> None:
    """Raises `FormatError` unless this is the manifest of a recording of some version."""
    if document.get("format") != FORMAT:
        raise FormatError(f"{where} does not belong to a recording", hint="give a folder NAME.vrec")


def decode(fields: Fields) -> Manifest:
    """The manifest of a document of the current version.

    Raises:
        FormatError: a member is missing or absurd.
    """
    device = fields.inner("device")
    uri, backend, platform, name = (
        device.text(member) for member in ("uri", "backend", "platform", "name")
    )
    return Manifest(
        DeviceFacts(uri, backend, platform, name, device.screen()),
        fields.texts("app"),
        fields.number("start_ms", 0, LATEST_MS),
        fields.text("started_at"),
    )
