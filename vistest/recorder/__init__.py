"""Device to recording."""

from __future__ import annotations

from vistest.recorder.creating import create_recording
from vistest.recorder.options import HotKey, RecorderOptions
from vistest.recorder.recorder import Counts, Recorder, Summary

__all__ = ["Counts", "HotKey", "Recorder", "RecorderOptions", "Summary", "create_recording"]
