from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="the network is PyTorch, which CI does not install")

from models.detector.head import DISTANCES, SCORES
from models.detector.network import Network, NetworkConfig, multiplications, parameter_count
from vistest.vision.detectors.decoding import STRIDES

SMALL = NetworkConfig(channels=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1), head_width=16)


def test_every_level_answers_for_its_stride():
    outputs = Network(SMALL).eval()(torch.zeros(2, 3, 64, 96))
    for (scores, boxes), stride in zip(outputs, STRIDES, strict=True):
        assert scores.shape == (2, SCORES, 64 // stride, 96 // stride)
        assert boxes.shape == (2, DISTANCES, 64 // stride, 96 // stride)


def test_nothing_is_seen_before_training():
    outputs = Network(SMALL).eval()(torch.rand(1, 3, 64, 64))
    assert all(scores.sigmoid().max() < 0.05 for scores, _ in outputs)


def test_the_shipped_network_is_of_the_size_that_was_planned():
    assert 1e6 < parameter_count(Network(NetworkConfig())) < 3e6


def test_the_sparse_engine_can_run_every_layer():
    allowed = (torch.nn.Conv2d, torch.nn.BatchNorm2d, torch.nn.ReLU, torch.nn.MaxPool2d)
    for module in Network(NetworkConfig()).modules():
        if not list(module.children()):
            assert isinstance(module, (*allowed, torch.nn.Upsample)), module
        if isinstance(module, torch.nn.Conv2d):
            assert module.groups == 1
            assert module.kernel_size in {(1, 1), (3, 3)}


def test_multiplications_grow_with_the_picture():
    network = Network(SMALL).train()
    assert multiplications(network, 128, 64) == 2 * multiplications(network, 64, 64)
    assert network.training
