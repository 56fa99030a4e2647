"""A small network with everything that channels can go through."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.detector.blocks import ConvBlock, CrossStage, PyramidPool


class SmallNetwork(torch.nn.Module):
    """Two levels, joined; widths that are no multiples of a block."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvBlock(3, 10, 3, 2)
        self.stage = CrossStage(10, 20, 2)
        self.down = ConvBlock(20, 24, 3, 2)
        self.pool = PyramidPool(24)
        self.up = torch.nn.Upsample(scale_factor=2.0, mode="nearest")
        self.merge = CrossStage(44, 20, 1, shortcut=False)
        self.out = torch.nn.Conv2d(20, 5, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        fine = self.stage(self.stem(x))
        coarse = self.pool(self.down(fine))
        return self.out(self.merge(torch.cat([self.up(coarse), fine], 1)))


def settled(network: torch.nn.Module) -> torch.nn.Module:
    """With statistics of normalisation that differ from channel to channel."""
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            for tensor in (module.weight, module.running_var):
                tensor.data.uniform_(0.5, 2)
            for tensor in (module.bias, module.running_mean):
                tensor.data.normal_(0, 0.3)
    return network.eval()


@pytest.fixture
def network() -> torch.nn.Module:
    torch.manual_seed(3)
    torch.set_num_threads(1)
    return settled(SmallNetwork())
