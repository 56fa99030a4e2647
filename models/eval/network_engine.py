"""Runs a network that is being trained, the way the shipped detector runs the exported one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from vistest.core.frame import Frame
from vistest.vision.detectors.learned import LearnedOptions, look
from vistest.vision.detectors.runners import planes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.detector.network import Network
    from vistest.vision.detectors.decoding import Boxes


@torch.no_grad()
def find(
    network: Network,
    pixels: NDArray[np.uint8],
    density: float,
    options: LearnedOptions,
    device: str = "cpu",
) -> Boxes:
    """Objects of a screen, uint8 (H, W, 3) BGR; boxes in its pixels."""

    def run(picture: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        tensor = torch.from_numpy(planes(picture)[:, :3]).to(device).float().div_(255)
        outputs = network.eval()(tensor.contiguous(memory_format=torch.channels_last))
        return [values[0].float().cpu().numpy() for level in outputs for values in level]

    return look(Frame.from_bgr(pixels, density=density), run, options)
