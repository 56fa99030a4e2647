"""One of two processes that train the detector, the ways to split taking turns.

torchrun --nproc-per-node 2 -m tests.bench.rebalancing.worker STORE CONFIG OUT ROUNDS
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

import torch

from models.data.rebalance import PADDED, Rebalance, pixels
from models.data.rebalance.plans import Plans
from models.data.rebalance.timing import StepTimes
from models.sparsify.lesson import Lesson
from models.train.config import read_config
from models.train.feed import SharedFeed
from models.train.loop import Session, let_learn, take_step
from models.train.shares import Drawn, Draws
from models.train.state import RunState, new_run
from models.train.store import open_store
from models.train.team import joined, rank
from tests.bench.rebalancing.simulate import ways

if TYPE_CHECKING:
    from models.train.config import TrainConfig
    from models.train.store import Store

_WARM_UP = 12  # steps that are not counted; their times tell what a local batch costs


class SameBatches(Draws):
    """The same batch for every way to split, in turn."""

    def __init__(self, store: Store, config: TrainConfig, turns: int) -> None:
        super().__init__(store, config)
        self._turns = turns

    def draw(self, number: int) -> Drawn:
        return super().draw(number // self._turns)


def in_turns(plans: dict[str, Rebalance], steps: int) -> Plans:
    """One step each, again and again."""
    turn = list(plans.values())
    schedule = Plans(turn[0])
    for step in range(steps):
        schedule.change((0, step), turn[step % len(turn)])
    return schedule


def trained(
    state: RunState, store: Store, session: Session, plans: dict[str, Rebalance], rounds: int
) -> list[dict[str, Any]]:
    """Wall and busy seconds of this process in each step."""
    steps = rounds * len(plans)
    schedule = in_turns(plans, state.step + steps)
    draws = SameBatches(store, state.config, len(plans))
    feed = SharedFeed(state, store, session, schedule, draws)
    lesson = Lesson(state, None)
    rows, names = [], list(plans)
    for _, batch in zip(range(steps), feed, strict=False):
        torch.distributed.barrier()
        start, busy = perf_counter(), thread_time()
        take_step(state, batch, session, feed, lesson)
        busy = thread_time() - busy
        torch.distributed.barrier()
        rows.append(
            {
                "way": names[(state.step - 1) % len(names)],
                "round": (state.step - 1) // len(names),
                "wall_s": perf_counter() - start,
                "busy_s": busy,
                "sizes": batch.sizes.tolist(),
            }
        )
    return rows


def main(store_folder: str, config_file: str, out: str, rounds: int) -> None:
    torch.set_num_threads(1)
    store = open_store(Path(store_folder)).part("train")
    config = read_config(Path(config_file))
    session = Session(Path(out), workers=0)
    with joined("cpu"):
        state = new_run(config)
        let_learn(state.network, config.frozen)
        times = StepTimes()
        for row in trained(state, store, session, ways(PADDED), -(-_WARM_UP // len(ways(PADDED)))):
            times.add(pixels(row["sizes"]), row["busy_s"])
        cost, _ = times.fit(("fixed", "per_sample", "padded"))
        rows = trained(new_run(config), store, session, ways(cost), rounds)
        document = {"cost": cost.factors(), "rows": rows}
        Path(out, f"rank-{rank()}.json").write_text(json.dumps(document))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
