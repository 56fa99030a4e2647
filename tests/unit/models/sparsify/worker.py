"""One of several processes that train one network together: worker.py RANK WORKERS FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from torch import distributed
from torch.nn.parallel import DistributedDataParallel

from models.data.rebalance.gradient import for_mean_of_ranks
from models.detector.network import Network, NetworkConfig
from models.sparsify.config import SparsityConfig
from models.sparsify.distillation import distillation_loss, taught
from models.sparsify.pruner import Pruner
from tests.unit.models.sparsify.conftest import SmallNetwork

VIEWS = 4
STEPS = 20
CONFIG = SparsityConfig(
    target=0.75,
    lanes={"conv1x1": 1, "conv3x3": 4},
    ramp=VIEWS * STEPS // 2,
    every=8,
    exempt=("stem", "out"),
    lasso=1e-3,
    regrow=0.2,
    regrow_until=VIEWS * STEPS,
)


def train(rank: int, workers: int, *, noisy: bool) -> dict[str, dict[str, torch.Tensor]]:
    """Each worker sees its share of the views.

    With `noisy`, the workers' weights differ a little when masks are chosen, as they would where
    sums are rounded differently.
    """
    torch.manual_seed(5)
    torch.set_num_threads(1)
    network = SmallNetwork()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 0.0  # statistics of a worker's own views would differ
            module.eval()
            module.train = lambda mode=True, module=module: module
    together = DistributedDataParallel(network) if workers > 1 else network
    pruner = Pruner(network, CONFIG, {})
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    share = slice(rank * VIEWS // workers, (rank + 1) * VIEWS // workers)
    for step in range(STEPS):
        pixels = torch.rand(VIEWS, 3, 16, 16, generator=torch.Generator().manual_seed(step))
        loss = (together(pixels[share]) - pixels[share].mean()).square().mean()
        optimizer.zero_grad()
        loss.backward()
        views = (step + 1) * VIEWS
        pruner.before_update(views, VIEWS)
        optimizer.step()
        if noisy:
            with torch.no_grad():
                for layer in pruner.layers:
                    layer.weight.mul_(1 + 0.02 * rank * torch.rand_like(layer.weight))
        pruner.after_update(views, VIEWS, 0.05)
    return {"masks": pruner.masks, "weights": network.state_dict()}


def distilled(rank: int, workers: int) -> dict[str, torch.Tensor]:
    """Gradients of the distance to a teacher, in double precision; rank 0 has one view of four."""
    torch.manual_seed(1)
    config = NetworkConfig((8, 8, 16, 16, 16), (1, 1, 1, 1), 16)
    network, teacher = (Network(config).double().eval() for _ in range(2))
    for parameter in teacher.head.parameters():
        parameter.data.add_(0.1 * torch.randn_like(parameter))
    together = DistributedDataParallel(network) if workers > 1 else network
    pixels = torch.rand(4, 3, 64, 64, dtype=torch.double)
    own = pixels if workers == 1 else (pixels[:1], pixels[1:])[rank]
    loss = distillation_loss(together(own), taught(teacher, own))
    for_mean_of_ranks(loss).backward()
    return {name: p.grad for name, p in network.named_parameters() if p.grad is not None}


def main() -> None:
    rank, workers, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    store = distributed.FileStore(str(folder / "store"), workers)
    distributed.init_process_group("gloo", store=store, rank=rank, world_size=workers)
    for name, noisy in (("plain", False), ("noisy", True)):
        torch.save(train(rank, workers, noisy=noisy), folder / f"{name}-{rank}.pt")
    torch.save(distilled(rank, workers), folder / f"distilled-{rank}.pt")
    distributed.destroy_process_group()


if __name__ == "__main__":
    main()
