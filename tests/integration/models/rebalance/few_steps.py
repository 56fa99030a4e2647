"""Some steps of the detector's training on views of mixed sizes, in double precision.

torchrun --nproc-per-node N few_steps.py STORE OUT.pt: losses, weights, and how many views rank 0
had in each step. In single precision rounding would hide what is to be seen: flat screens make
many cells equally good, and rounding chooses among them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from models.detector.network import NetworkConfig
from models.sparsify.lesson import Lesson
from models.train.config import TrainConfig
from models.train.feed import open_feed
from models.train.loop import Session, let_learn, take_step
from models.train.state import new_run
from models.train.store import open_store
from models.train.team import joined, rank

CONFIG = TrainConfig(
    images=32,
    batch=8,
    screen_scale=0.25,
    warmup_steps=1,
    network=NetworkConfig((8, 8, 16, 16, 16), (1, 1, 1, 1), 16),
)


def main(screens: str, out: str) -> None:
    torch.set_num_threads(1)
    session = Session(Path(out).parent, workers=0)
    with joined("cpu"):
        state = new_run(CONFIG)
        state.network.double(), state.average.double()
        let_learn(state.network, CONFIG.frozen)
        lesson = Lesson(state, None)
        feed = open_feed(state, open_store(Path(screens)), session)
        losses, views = [], []
        for batch in feed:
            losses.append(take_step(state, batch, session, feed, lesson).total.item())
            views.append(len(batch.pixels))
        if rank() == 0:
            weights = state.network.state_dict()
            torch.save({"losses": losses, "views": views, "weights": weights}, out)


main(sys.argv[1], sys.argv[2])
