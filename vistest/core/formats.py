"""Versions of file formats: what may be read, and how an old document becomes a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from vistest.core.errors import FormatError, UnsupportedVersion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Document = TypeVar("Document")


@dataclass(frozen=True, slots=True)
class Format(Generic[Document]):
    """A file format.

    Attributes:
        name: For messages, `script`.
        version: The current version, which is what gets written.
        steps: By version, the function that turns a document of it into the next version's.
    """

    name: str
    version: int
    steps: Mapping[int, Callable[[Document], Document]] = field(default_factory=dict)

    def check(self, version: object, where: str) -> int:
        """`version` as a number that this vistest can read.

        Raises:
            FormatError: it is not a version number.
            UnsupportedVersion: a newer vistest wrote the document.
        """
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise FormatError(
                f"{where} has no version number, so it is no {self.name}",
                hint="the file was damaged or edited by hand; make it anew",
            )
        if version > self.version:
            raise UnsupportedVersion(
                f"{where} is a {self.name} of version {version}; "
                f"this vistest reads up to version {self.version}",
                hint="please update vistest: pip install --upgrade vistest",
            )
        return version

    def upgrade(self, document: Document, version: object, where: str) -> Document:
        """`document`, which says that it has `version`, brought to the current version.

        Raises:
            FormatError: `version` is not a version number.
            UnsupportedVersion: a newer vistest wrote the document.
        """
        for step in range(self.check(version, where), self.version):
            document = self.steps[step](document)
        return document
