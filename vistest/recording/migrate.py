"""Older recordings are lifted version by version, in memory; the files stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.formats import Format

if TYPE_CHECKING:
    from vistest.recording.files import Document


@dataclass(frozen=True, slots=True)
class Documents:
    """All JSON of a recording, unchecked.

    Attributes:
        manifest: manifest.json.
        events: Lines of events.jsonl.
        frames: Lines of frames.jsonl.
    """

    manifest: Document
    events: list[Document]
    frames: list[Document]


# Version 1 is the first, so there is no step yet.
RECORDING: Format[Documents] = Format("recording", 1, {})
