"""Runs a network that is being trained, the way the shipped detector runs the exported one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from vistest.core.frame import Frame
from vistest.vision.detectors.decoding import Boxes, decode, suppress
from vistest.vision.detectors.learned import LearnedOptions, input_factor, network_input

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.detector.network import Network


@torch.no_grad()
def find(
    network: Network,
    pixels: NDArray[np.uint8],
    density: float,
    options: LearnedOptions,
    device: str = "cpu",
) -> Boxes:
    """Objects of a screen, uint8 (H, W, 3) BGR; boxes in its pixels."""
    frame = Frame.from_bgr(pixels, density=density)
    factor = input_factor(frame, options)
    picture = torch.from_numpy(network_input(frame, factor)[:, :3]).to(device).float().div_(255)
    outputs = network.eval()(picture.contiguous(memory_format=torch.channels_last))
    arrays = [(s[0].float().cpu().numpy(), b[0].float().cpu().numpy()) for s, b in outputs]
    boxes = suppress(decode(arrays, options.threshold), options.overlap, options.limit)
    return Boxes(boxes.corners / factor, boxes.scores, boxes.classes, boxes.clickable)
