"""The gradient of the detector on one batch, by as many processes as torchrun starts.

torchrun --nproc-per-node N batch_gradient.py OUT.pt: in double precision, with local batches that
differ in size, written by rank 0 with the statistics of the normalisations.
"""

from __future__ import annotations

import os
import sys

import numpy as np
import torch
from torch import distributed

from models.data.rebalance import PADDED, pixels, refined
from models.data.rebalance.gradient import for_mean_of_ranks, sum_over_ranks, world_size
from models.data.rebalance.padding import Extent, pad_pictures
from models.detector.loss import LossSums, Truth, padded_loss_sums
from models.detector.network import Network, NetworkConfig
from models.train.team import rank, wrapped

SIZES = [(96, 64), (32, 32), (64, 64), (32, 96), (64, 32), (32, 32), (96, 96)]


def picture_and_truth(place: int) -> tuple[torch.Tensor, Truth]:
    """The same whoever makes it."""
    random = np.random.default_rng(place)
    height, width = SIZES[place]
    corners = random.uniform(0, 1, (4, 2)) * [width - 24, height - 24]
    boxes = np.concatenate([corners, corners + random.uniform(8, 24, (4, 2))], 1)
    truth = Truth(
        torch.from_numpy(boxes),
        torch.from_numpy(random.integers(0, 12, 4)),
        torch.from_numpy(random.integers(0, 2, 4).astype(float)),
        torch.zeros(0, 4),
    )
    return torch.from_numpy(random.uniform(0, 1, (height, width, 3))), truth


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        distributed.init_process_group("gloo")
    plain = Network(NetworkConfig((8, 8, 16, 16, 16), (1, 1, 1, 1), 16)).double()
    extent = Extent()
    network = wrapped(plain, extent)
    places = refined(PADDED).split(pixels(SIZES), world_size())[rank()].tolist()
    pictures, truths = zip(*(picture_and_truth(place) for place in places), strict=True)
    pixels_in, sizes = pad_pictures(pictures)
    extent.set(sizes, (pixels_in.shape[1], pixels_in.shape[2]))
    sums = padded_loss_sums(network.train()(pixels_in.permute(0, 3, 1, 2)), truths, sizes)
    of_all = LossSums(*sum_over_ranks(sums.stacked()))
    for_mean_of_ranks(sums.over(of_all.count).total).backward()
    if rank() == 0:
        result = {f"gradient {name}": p.grad for name, p in plain.named_parameters()}
        result |= {f"buffer {name}": buffer for name, buffer in plain.named_buffers()}
        torch.save(result | {"loss": of_all.over(of_all.count).total, "local": places}, sys.argv[1])
    if distributed.is_initialized():
        distributed.destroy_process_group()


main()
