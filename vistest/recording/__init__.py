"""Format 1, the recording: `recorder/FORMAT.md` specifies the files."""

from __future__ import annotations

from vistest.recording.manifest import DeviceFacts
from vistest.recording.recording import Recording
from vistest.recording.writer import RecordingWriter

__all__ = ["DeviceFacts", "Recording", "RecordingWriter"]
