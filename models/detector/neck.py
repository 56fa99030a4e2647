"""Carries what the coarse features know down to the fine ones."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from models.detector.blocks import CrossStage


class Neck(nn.Module):
    """Top-down only: a bottom-up pass would cost a fifth more and containers are found without."""

    def __init__(self, channels: tuple[int, ...]) -> None:
        super().__init__()
        self.merges = nn.ModuleList(
            CrossStage(coarse + fine, fine, 1, shortcut=False)
            for fine, coarse in pairwise(channels)
        )
        self.up = nn.Upsample(scale_factor=2.0, mode="nearest")

    def forward(self, features: list[torch.Tensor]) -> list[torch.Tensor]:
        """Features fine to coarse in, the same shapes out."""
        merged = [features[-1]]
        for merge, fine in zip(reversed(self.merges), reversed(features[:-1]), strict=True):
            merged.append(merge(torch.cat([self.up(merged[-1]), fine], 1)))
        return merged[::-1]
