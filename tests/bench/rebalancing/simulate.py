"""Every way to split, on the sizes of the detector's screens: what a step would cost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from models.data.rebalance import (
    DISTRIBUTED_SAMPLER,
    GREEDY,
    LENGTH_BUCKETS,
    PADDED,
    SUM,
    ZIGZAG,
    LinearCost,
    Rebalance,
    Refined,
    Samples,
    ascending,
    pixels,
    refined,
    totals_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.bench.figures import Bench

WORKERS = (2, 4, 8, 16, 32, 64, 128, 256)
LOCAL = (2, 4, 8, 16, 32)
COSTS = {"sum": SUM, "padded": PADDED}
ZIGZAG_REFINED = Rebalance(ascending, Refined(SUM))


def ways(cost: LinearCost) -> dict[str, Rebalance]:
    """By the names of the figures."""
    return {
        "distributed_sampler": DISTRIBUTED_SAMPLER,
        "bucketing": LENGTH_BUCKETS,
        "greedy": GREEDY,
        "zigzag": ZIGZAG,
        "refined": ZIGZAG_REFINED if cost is SUM else refined(cost),
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """One global batch.

    Attributes:
        imbalance: Largest by mean local cost.
        waste: Share of the padded pixels that is padding.
        step: Largest local cost, by that of a perfect split without padding.
    """

    imbalance: float
    waste: float
    step: float


def outcome(way: Rebalance, samples: Samples, workers: int, cost: LinearCost) -> Outcome:
    """What `way` makes of a global batch."""
    ranks = np.empty(len(samples), np.int64)
    for rank, part in enumerate(way.split(samples, workers)):
        ranks[part] = rank
    totals = totals_of(samples, ranks, workers)
    costs = cost(totals)
    return Outcome(
        float(costs.max() / costs.mean()),
        float(1 - totals.volume.sum() / totals.padded.sum()),
        float(costs.max() * workers / samples.volumes.sum()),
    )


def pool_bucketing(
    sizes: NDArray[np.int64],
    workers: int,
    local: int,
    cost: LinearCost,
    random: np.random.Generator,
) -> list[Outcome]:
    """Bucketing that may choose the global batch: parts of like samples, dealt at random."""
    steps = 50
    drawn = sizes[random.integers(len(sizes), size=steps * workers * local)]
    batches = drawn[np.argsort(drawn.prod(1), kind="stable")].reshape(-1, local, 2)
    dealt = batches[random.permutation(len(batches))].reshape(steps, workers * local, 2)
    contiguous = DISTRIBUTED_SAMPLER
    return [outcome(contiguous, pixels(batch), workers, cost) for batch in dealt]


def simulate(bench: Bench, sizes: NDArray[np.int64], *, quick: bool) -> None:
    """A case for each way, number of workers and local batch; figures for 8 x 8."""
    for (name, cost), workers, local in product(COSTS.items(), WORKERS, LOCAL):
        headline = workers == local == 8
        repeats = (20 if quick else 200) if headline else (1 if quick else 10)
        if workers * local > 2048:
            repeats = min(repeats, 2)
        random = np.random.default_rng([workers, local])
        batches = [
            pixels(sizes[random.integers(len(sizes), size=workers * local)]) for _ in range(repeats)
        ]
        found = {
            way: [outcome(rebalance, batch, workers, cost) for batch in batches]
            for way, rebalance in ways(cost).items()
        }
        found["pool_bucketing"] = pool_bucketing(sizes, workers, local, cost, random)
        for way, outcomes in found.items():
            bench.cases.append(_case(name, workers, local, way, outcomes))
            if headline:
                _figures(bench, name, way, outcomes)


def _case(cost: str, workers: int, local: int, way: str, outcomes: list[Outcome]) -> dict[str, Any]:
    return {
        "kind": "simulated",
        "cost": cost,
        "workers": workers,
        "local_batch": local,
        "way": way,
        "imbalance": float(np.mean([one.imbalance for one in outcomes])),
        "padding_waste": float(np.mean([one.waste for one in outcomes])),
        "idle_share": float(np.mean([1 - 1 / one.imbalance for one in outcomes])),
        "step_by_perfect": float(np.mean([one.step for one in outcomes])),
        "batches": len(outcomes),
    }


def _figures(bench: Bench, cost: str, way: str, outcomes: list[Outcome]) -> None:
    which = "" if cost == "sum" else "padded_"
    bench.samples(f"imbalance_{which}{way}_8x8", [one.imbalance for one in outcomes], "ratio")
    if cost == "padded":
        bench.samples(f"padding_waste_{way}_8x8", [one.waste for one in outcomes], "share")
        bench.samples(f"padded_step_{way}_8x8", [one.step for one in outcomes], "ratio")


def time_assigning(bench: Bench, sizes: NDArray[np.int64], *, quick: bool) -> None:
    """How long it takes to split global batches of 32 samples a worker."""
    random = np.random.default_rng(0)
    timed = {"zigzag": ZIGZAG, "refined": ZIGZAG_REFINED, "refined_padded": refined(PADDED)}
    for power in range(8, 16 if quick else 18):
        samples = pixels(sizes[random.integers(len(sizes), size=2**power)])
        for name, way in timed.items():
            if name == "refined_padded" and power > 13:
                continue
            repeats = 3 if quick or name == "refined_padded" else 15
            taken = [_milliseconds(way, samples) for _ in range(repeats)]
            case = {"kind": "assigning", "way": name, "samples": 2**power}
            bench.cases.append({**case, "ms": float(np.median(taken))})
            if power == 13:
                bench.samples(f"assign_8192_{name}_ms", taken, "ms")


def _milliseconds(way: Rebalance, samples: Samples) -> float:
    start = perf_counter()
    way.split(samples, len(samples) // 32)
    return (perf_counter() - start) * 1e3
