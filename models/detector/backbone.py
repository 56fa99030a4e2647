"""From pixels to features at strides 8, 16 and 32."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn

from models.detector.blocks import ConvBlock, CrossStage, PyramidPool

if TYPE_CHECKING:
    import torch


class Backbone(nn.Module):
    """Stem and four stages, each halving the resolution.

    Args:
        channels: Width at strides 2, 4, 8, 16 and 32.
        depths: Bottlenecks at strides 4, 8, 16 and 32.
    """

    def __init__(self, channels: tuple[int, ...], depths: tuple[int, ...]) -> None:
        super().__init__()
        self.stem = ConvBlock(3, channels[0], 3, 2)
        self.stages = nn.ModuleList(
            nn.Sequential(ConvBlock(before, after, 3, 2), CrossStage(after, after, depth))
            for before, after, depth in zip(channels, channels[1:], depths, strict=False)
        )
        self.pool = PyramidPool(channels[-1])

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        """Features at strides 8, 16, 32 of pixels (N, 3, H, W), BGR in 0 to 1."""
        features = []
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        features[-1] = self.pool(features[-1])
        return features[1:]
