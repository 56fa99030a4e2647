"""Errors that a caller may want to catch.

VistestError
├── DeviceError
│   ├── DeviceLost          the device went away; nothing recorded is lost
│   ├── CaptureError        no picture of the screen could be taken
│   └── InjectionError      an interaction could not be performed
├── FormatError             a file is not what it should be
│   └── UnsupportedVersion  a file of a newer (or unknown) format version
├── ModelError              a model or an OCR engine cannot be loaded or run
├── LocateError             no element to act upon; carries the evidence
│   ├── ElementNotFound
│   └── AmbiguousElement
└── StepTimeout             a step's deadline passed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.frame import Frame
    from vistest.core.scene import Match


class VistestError(Exception):
    """Base of all; `str()` is one sentence for a person.

    Attributes:
        hint: The next thing to try, one sentence; empty if there is none.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class DeviceError(VistestError):
    """A device did not do what it was asked."""


class DeviceLost(DeviceError):
    """The device went away (display closed, cable pulled, server gone)."""


class CaptureError(DeviceError):
    """No picture of the screen could be taken."""


class InjectionError(DeviceError):
    """An interaction could not be performed."""


class FormatError(VistestError):
    """A file is not what it should be."""


class UnsupportedVersion(FormatError):
    """A file was written by a newer (or unknown) version of its format."""


class ModelError(VistestError):
    """A model or an OCR engine cannot be loaded or run."""


@dataclass(frozen=True, slots=True)
class WaitNote:
    """One line of the log of a wait.

    Attributes:
        time_ms: Device time.
        text: What was seen, for a person.
    """

    time_ms: float
    text: str


class LocateError(VistestError):
    """No element to act upon.

    Attributes:
        frame: The last frame looked at.
        match: The last match, with its candidates and scores.
        waited: What was seen while waiting.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        frame: Frame | None = None,
        match: Match | None = None,
        waited: Sequence[WaitNote] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.frame = frame
        self.match = match
        self.waited = tuple(waited)


class ElementNotFound(LocateError):
    """No element of the screen is the one that was asked for."""


class AmbiguousElement(LocateError):
    """Several elements could be the one that was asked for; none is touched."""


class StepTimeout(VistestError):
    """A step's deadline passed."""
