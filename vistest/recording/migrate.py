"""Older recordings are lifted version by version, in memory; the files stay as they are.

A step takes the documents of its version and returns those of the next. Version 1 is the first,
so there is no step yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.recording.manifest import VERSION

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


Step = Callable[[Documents], Documents]
STEPS: Mapping[int, Step] = {}


def check_version(manifest: Document, where: str, newest: int = VERSION) -> int:
    """The version of a recording.

    Raises:
        FormatError: there is no version number.
        UnsupportedVersion: it is newer than `newest`.
    """
    version = manifest.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise FormatError(f"{where} has no valid version number", hint="record again")
    if version > newest:
        raise UnsupportedVersion(
            f"{where} is a recording of format version {version}, newer than {newest}",
            hint="please update vistest",
        )
    return version


def migrate(
    documents: Documents,
    version: int,
    steps: Mapping[int, Step] = STEPS,
    newest: int = VERSION,
) -> Documents:
    """`documents` of `version` as those of the `newest` version."""
    for number in range(version, newest):
        documents = steps[number](documents)
    return documents
