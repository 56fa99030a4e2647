"""The whole network and its size."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from models.detector.backbone import Backbone
from models.detector.head import Head
from models.detector.neck import Neck


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Shape of the network.

    Attributes:
        channels: Width at strides 2, 4, 8, 16, 32; multiples of 8, for the sparse blocks.
        depths: Bottlenecks at strides 4, 8, 16, 32.
        head_width: Channels of the head's 3x3 convolutions.
    """

    channels: tuple[int, ...] = (16, 24, 48, 96, 192)
    depths: tuple[int, ...] = (1, 1, 2, 1)
    head_width: int = 48


class Network(nn.Module):
    """Pixels (N, 3, H, W), BGR in 0 to 1, H and W multiples of 32, to the head's outputs."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        levels = config.channels[2:]
        self.backbone = Backbone(config.channels, config.depths)
        self.neck = Neck(levels)
        self.head = Head(levels, config.head_width)

    def forward(self, x: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
        return self.head(self.neck(self.backbone(x)))


def parameter_count(network: nn.Module) -> int:
    """Weights that training changes."""
    return sum(parameter.numel() for parameter in network.parameters())


def multiplications(network: Network, height: int = 640, width: int = 640) -> int:
    """Multiply-adds of all convolutions for one picture."""
    total = 0

    def count(module: nn.Module, _: object, output: torch.Tensor) -> None:
        nonlocal total
        total += module.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [
        module.register_forward_hook(count)
        for module in network.modules()
        if isinstance(module, nn.Conv2d)
    ]
    training = network.training
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, 3, height, width))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return total
