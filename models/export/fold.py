"""Batch normalisation folded into the convolution before it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval

from models.detector.blocks import ConvBlock

if TYPE_CHECKING:
    from models.detector.network import Network


def folded(network: Network) -> Network:
    """A copy for inference without normalisation, equal in its answers up to rounding."""
    plain = copy.deepcopy(network).eval()
    for block in plain.modules():
        if isinstance(block, ConvBlock):
            block[0] = fuse_conv_bn_eval(block[0], block[1])
            block[1] = nn.Identity()
    return plain


def with_alpha(network: Network) -> Network:
    """A folded copy whose stem takes BGRA; alpha has no weight.

    A screenshot can so be fed as it is, and four channels are one group of the int8 engine.
    """
    plain = folded(network)
    stem = plain.backbone.stem[0]
    wide = nn.Conv2d(4, stem.out_channels, stem.kernel_size, stem.stride, stem.padding)
    with torch.no_grad():
        wide.weight.zero_()
        wide.weight[:, :3] = stem.weight
        wide.bias.copy_(stem.bias)
    plain.backbone.stem[0] = wide.to(stem.weight.device)
    return plain
