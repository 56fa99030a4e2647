"""What must be known of a sample before it is loaded: its volume, its sides to be padded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Samples in some order.

    Attributes:
        volumes: float64 (n,), what samples are sorted by; any unit.
        sides: float64 (n, d): height and width of a picture, length of a sequence. A local batch
            is padded to the largest of each side.
    """

    volumes: NDArray[np.float64]
    sides: NDArray[np.float64]

    @classmethod
    def of(cls, volumes: ArrayLike, sides: ArrayLike | None = None) -> Self:
        """Of any array or list; without `sides` the volume is a length to be padded.

        Raises:
            ValueError: the volumes are not a list of finite numbers >= 0, or `sides` is of another
                number of samples.
        """
        volume = np.asarray(volumes, np.float64)
        if volume.ndim != 1 or not np.isfinite(volume).all() or (volume < 0).any():
            raise ValueError("volumes must be a list of finite numbers, none below 0")
        side = volume[:, None] if sides is None else np.asarray(sides, np.float64)
        if side.ndim != 2 or len(side) != len(volume):
            raise ValueError("sides must have one row for each volume")
        return cls(volume, side)

    def __len__(self) -> int:
        return len(self.volumes)

    def take(self, index: NDArray[Any]) -> Samples:
        """Those of `index`, in its order."""
        return Samples(self.volumes[index], self.sides[index])


def pixels(sizes: ArrayLike) -> Samples:
    """Pictures of `sizes` (n, 2), height and width: the volume is the number of pixels."""
    sides = np.asarray(sizes, np.float64).reshape(-1, 2)
    return Samples.of(sides.prod(1), sides)


def pixels_and_objects(sizes: ArrayLike, objects: ArrayLike, each: float = 2000.0) -> Samples:
    """Pictures of `sizes` with `objects` (n,) in them, each of them like `each` pixels."""
    sides = np.asarray(sizes, np.float64).reshape(-1, 2)
    return Samples.of(sides.prod(1) + each * np.asarray(objects, np.float64), sides)
