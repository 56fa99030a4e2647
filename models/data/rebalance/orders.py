"""How the samples of a global batch are sorted before they are assigned.

An order takes the volumes (n,) and gives the positions (n,) in sorted order. Equal volumes stay in
the order in which they were drawn: every worker sorts alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Order(Protocol):
    """Sorts; called on every rank, which must all get the same answer."""

    def __call__(self, volumes: NDArray[np.float64], /) -> NDArray[np.int64]:
        """The positions (n,) of `volumes` in sorted order."""
        ...


def ascending(volumes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Smallest first."""
    return np.argsort(volumes, kind="stable")


def descending(volumes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Largest first."""
    return np.argsort(-volumes, kind="stable")


def as_drawn(volumes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Unsorted."""
    return np.arange(len(volumes))
