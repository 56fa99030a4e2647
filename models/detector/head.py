"""What each cell says: classes, clickability, and one box per layer.

A label sits in the middle of its button, so both claim the same cell. Each cell therefore has
two boxes, one for the layer of small things and one for the layer of the things that hold them.
"""

from __future__ import annotations

import math

import torch
from torch import nn

from models.detector.blocks import ConvBlock
from vistest.vision.detectors.decoding import CLASS_LAYER, LAYERS

CLASSES = len(CLASS_LAYER)
SCORES = CLASSES + LAYERS  # one clickability per layer
DISTANCES = 4 * LAYERS

_PRIOR = 0.01


class Head(nn.Module):
    """Per level: a 3x3 convolution each for scores and boxes, then 1x1 to the outputs."""

    def __init__(self, channels: tuple[int, ...], width: int) -> None:
        super().__init__()
        self.score_features = nn.ModuleList(ConvBlock(c, width) for c in channels)
        self.box_features = nn.ModuleList(ConvBlock(c, width) for c in channels)
        self.scores = nn.ModuleList(nn.Conv2d(width, SCORES, 1) for _ in channels)
        self.boxes = nn.ModuleList(nn.Conv2d(width, DISTANCES, 1) for _ in channels)
        for scores, boxes in zip(self.scores, self.boxes, strict=True):
            nn.init.normal_(scores.weight, std=0.01)
            nn.init.constant_(scores.bias, math.log(_PRIOR / (1 - _PRIOR)))
            nn.init.normal_(boxes.weight, std=0.01)
            nn.init.constant_(boxes.bias, 1.5)

    def forward(self, features: list[torch.Tensor]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Per level the logits (N, SCORES, h, w) and the distances (N, DISTANCES, h, w).

        A distance is from the cell's centre to a side of the box, in strides: left, top, right,
        bottom of layer 0, then of layer 1.
        """
        return [
            (scores(score_features(x)), boxes(box_features(x)))
            for x, score_features, scores, box_features, boxes in zip(
                features,
                self.score_features,
                self.scores,
                self.box_features,
                self.boxes,
                strict=True,
            )
        ]
