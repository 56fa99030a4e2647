"""The three blocks that the network is made of: 3x3 and 1x1 convolutions, ReLU, max-pooling.

No depthwise convolution (sparsity cannot touch it) and no smooth activation (a ReLU output is
unsigned with zero point 0, so int8 padding is free).
"""

from __future__ import annotations

import torch
from torch import nn


class ConvBlock(nn.Sequential):
    """Convolution, batch normalisation, ReLU; the normalisation is folded away at export."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03),
            nn.ReLU(inplace=True),
        )


class Bottleneck(nn.Module):
    """Two 3x3 convolutions, with or without a shortcut."""

    def __init__(self, channels: int, *, shortcut: bool) -> None:
        super().__init__()
        self.first = ConvBlock(channels, channels)
        self.second = ConvBlock(channels, channels)
        self.shortcut = shortcut

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.second(self.first(x))
        return x + y if self.shortcut else y


class CrossStage(nn.Module):
    """Half of the channels go through bottlenecks; all intermediate results are joined.

    Two 1x1 convolutions make the halves, instead of one and a split: the exported graph then
    holds no Split, which costs a copy in most runtimes.
    """

    def __init__(self, inputs: int, outputs: int, depth: int, *, shortcut: bool = True) -> None:
        super().__init__()
        half = outputs // 2
        self.kept = ConvBlock(inputs, half, 1)
        self.worked = ConvBlock(inputs, half, 1)
        self.blocks = nn.ModuleList([Bottleneck(half, shortcut=shortcut) for _ in range(depth)])
        self.join = ConvBlock((2 + depth) * half, outputs, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        parts = [self.kept(x), self.worked(x)]
        for block in self.blocks:
            parts.append(block(parts[-1]))
        return self.join(torch.cat(parts, 1))


class PyramidPool(nn.Module):
    """Three max-poolings in a row see a whole row of a wide screen at almost no cost."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.reduce = ConvBlock(channels, half, 1)
        self.pool = nn.MaxPool2d(5, 1, 2)
        self.join = ConvBlock(4 * half, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first = self.reduce(x)
        second = self.pool(first)
        third = self.pool(second)
        return self.join(torch.cat([first, second, third, self.pool(third)], 1))
