"""Pictures of several sizes in one tensor, and where in it they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Extent:
    """Where the pictures of the local batch at hand are; shared by all that must know.

    Attributes:
        sizes: int64 (n, 2), height and width of each picture; None if none is padded.
        padded: Height and width that they were padded to.
    """

    sizes: torch.Tensor | None = None
    padded: tuple[int, int] = (0, 0)

    def set(self, sizes: torch.Tensor, padded: tuple[int, int]) -> None:
        """Take over the sizes of a new local batch."""
        same = bool((sizes == torch.tensor(padded)).all())
        self.sizes, self.padded = None if same else sizes, padded

    def mask(self, features: torch.Tensor) -> torch.Tensor | None:
        """(n, 1, h, w) for `features` (n, c, h, w) of any stride: 1 in a picture, 0 in padding."""
        if self.sizes is None:
            return None
        sides = []
        for axis, length in enumerate(features.shape[2:]):
            ends = self.sizes[:, axis].to(features.device) * length
            places = torch.arange(length, device=features.device) * self.padded[axis]
            sides.append(places[None] < ends[:, None])
        mask = sides[0][:, None, :, None] & sides[1][:, None, None, :]
        return mask.to(features.dtype)


def pad_pictures(pictures: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures (h, w, c) in one tensor (n, H, W, c), zero where there is none, and their sizes."""
    sizes = torch.tensor([picture.shape[:2] for picture in pictures])
    height, width = sizes.amax(0).tolist()
    padded = pictures[0].new_zeros((len(pictures), height, width, pictures[0].shape[2]))
    for row, picture in zip(padded, pictures, strict=True):
        row[: picture.shape[0], : picture.shape[1]] = picture
    return padded, sizes
