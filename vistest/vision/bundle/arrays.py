"""The numbers of a bundle: arrays one after another, named from the manifest by where they lie."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from vistest.vision.bundle.fields import bundle_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.bundle.fields import Fields

ArrayType = Literal["int8", "uint8", "uint16", "int32", "float32"]

ALIGNMENT = 64  # a cache line, and the widest register
LARGEST_BYTES = 256 << 20
_LARGEST_ITEM = 4
# Little-endian, whatever machine reads or writes.
_TYPES: dict[ArrayType, np.dtype[Any]] = {
    "int8": np.dtype("i1"),
    "uint8": np.dtype("u1"),
    "uint16": np.dtype("<u2"),
    "int32": np.dtype("<i4"),
    "float32": np.dtype("<f4"),
}


class ArrayWriter:
    """Collects arrays and says where they lie."""

    def __init__(self) -> None:
        self._content = bytearray()

    @property
    def content(self) -> bytes:
        return bytes(self._content)

    def add(self, array: NDArray[Any]) -> dict[str, Any]:
        """Append `array`; returns what the manifest says of it."""
        name = array.dtype.name
        if name not in _TYPES:
            raise ValueError(f"a bundle holds no arrays of {name}")
        self._content.extend(bytes(-len(self._content) % ALIGNMENT))
        place = {"type": name, "shape": list(array.shape), "offset": len(self._content)}
        self._content.extend(np.ascontiguousarray(array, _TYPES[name]).tobytes())
        return place


class ArrayReader:
    """Hands out the arrays in `content`, which stay views of it.

    It also counts what the arrays come to when they are unfolded, so that a small file cannot ask
    for all memory.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._unfolded = 0

    def get(self, place: Fields, expected: tuple[ArrayType, ...]) -> NDArray[Any]:
        """The array at `place`, of one of the `expected` types.

        Raises:
            FormatError: there is none.
        """
        kind = _TYPES[place.word("type", expected)]
        shape = place.integers("shape", 0, LARGEST_BYTES, 4)
        offset = place.integer("offset", 0, LARGEST_BYTES)
        count = math.prod(shape)  # Python numbers do not overflow
        if offset % ALIGNMENT or offset + count * kind.itemsize > len(self._content):
            raise place.error("the array does not lie within the file")
        found = np.frombuffer(self._content, kind, count, offset).reshape(shape)
        return found.astype(kind.newbyteorder("="), copy=False)

    def claim(self, size: int, where: str) -> None:
        """Count `size` weights that are to be unfolded.

        Raises:
            FormatError: all of them together are too large.
        """
        self._unfolded += _LARGEST_ITEM * size
        if self._unfolded > LARGEST_BYTES:
            raise bundle_error(where, "the weights are larger than 256 MiB")
