"""The training loop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from models.data.rebalance.gradient import for_mean_of_ranks, sum_over_ranks
from models.detector.loss import Loss, LossSums, Truth
from models.sparsify.lesson import Lesson
from models.sparsify.masks import sparsity_of
from models.train.feed import open_feed
from models.train.schedule import Cooldown, cooldown_for, planned_cooldown, rate_factor
from models.train.state import Point, RunState, follow, save_run
from models.train.team import Agreed, by_leader, rank
from vistest.core.clock import MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.detector.network import Network
    from models.train.batches import Batch
    from models.train.feed import Feed
    from models.train.store import Store
    from vistest.core.clock import Clock

_POINT_STEPS = 50
_LARGEST_GRADIENT = 10.0


@dataclass(frozen=True, slots=True)
class Session:
    """How one session of a run is done; nothing in it changes what the run learns but its end.

    Attributes:
        folder: For checkpoints.
        seconds: Time limit; the learning rate falls to zero just before it. None for no limit.
        checkpoint_s: Time between two checkpoints.
        workers: Processes that make views.
        precision: Number type of the forward pass: `bf16` pays on a CPU with AVX512-BF16 or AMX
            and on a GPU, and is several times slower than `fp32` elsewhere.
        device: As PyTorch names it.
        stopped: Asked after each step; the session ends, with a checkpoint, when it is true.
        teacher: A trained network for the distillation that the configuration asks for.
    """

    folder: Path
    seconds: float | None = None
    checkpoint_s: float = 240.0
    workers: int = 1
    precision: str = "fp32"
    device: str = "cpu"
    stopped: Callable[[], bool] = lambda: False
    teacher: Network | None = None


def train(
    state: RunState,
    store: Store,
    session: Session,
    validate: Callable[[RunState], float | None],
    report: Callable[[RunState], None],
    clock: Clock | None = None,
) -> None:
    """Train until the images of the configuration are done or the time is up.

    Where torchrun started several processes, all call it, and the first one writes, validates and
    reports.

    Args:
        state: Changed in place.
        store: Training screens.
        session: Limits and machine.
        validate: Gives mAP@.5 of the averaged weights on unseen layouts; None if there are none.
        report: Called after each new point of the curves.
        clock: Measures the time limit.

    Raises:
        VistestError: another process of the run was lost; what was learned is in `last.pt`.
    """
    for network in (state.network, state.average):
        network.to(memory_format=torch.channels_last)
    agreed = Agreed(clock or MonotonicClock(), session.stopped, session.device)
    watch = _Watch(agreed, session)
    means = _Means()
    lesson = Lesson(state, session.teacher)
    before = state.seconds
    let_learn(state.network, state.config.frozen)
    feed = open_feed(state, store, session)
    with feed.saved_when_lost(session.folder / "last.pt"):
        for batch in feed:
            agreed.agree()
            _plan_cooldown(state, session, watch)
            means.add(take_step(state, batch, session, feed, lesson))
            state.seconds = before + watch.elapsed_s()
            if state.step % _POINT_STEPS == 0:
                state.curve.append(means.point(state, _rate(state)))
                if _due(state):
                    state.curve[-1].map50 = by_leader(lambda: validate(state), session.device)
                if rank() == 0:
                    report(state)
            if watch.checkpoint_due():
                _save(state, session, "last.pt")
            if watch.time_is_up() or agreed.stopped():
                break
    if watch.time_is_up() and state.cooldown is not None:
        state.cooldown = replace(state.cooldown, steps=state.step - state.cooldown.first)
    _save(state, session, "last.pt")


def _save(state: RunState, session: Session, name: str) -> None:
    if rank() == 0:
        save_run(state, session.folder / name)


def take_step(state: RunState, batch: Batch, session: Session, feed: Feed, lesson: Lesson) -> Loss:
    """Forward, backward, update, average; gives the loss of the whole batch."""
    config = state.config
    for group in state.optimizer.param_groups:
        group["lr"] = _rate(state)
    number = next(state.network.parameters()).dtype
    pixels = batch.pixels.to(session.device).permute(0, 3, 1, 2).to(number).div_(255)
    kind = torch.device(session.device).type
    with torch.autocast(kind, torch.bfloat16, enabled=session.precision == "bf16"):
        outputs = feed.network(pixels)
    sums = feed.loss_sums(outputs, [_moved(truth, session.device) for truth in batch.truths])
    of_all = LossSums(*sum_over_ranks(sums.stacked()))
    state.optimizer.zero_grad()
    loss = sums.over(of_all.count).total + lesson.extra_loss(pixels, outputs)
    for_mean_of_ranks(loss).backward()
    lesson.before_update()
    torch.nn.utils.clip_grad_norm_(state.network.parameters(), _LARGEST_GRADIENT)
    state.optimizer.step()
    follow(state.average, state.network, config.average, state.step)
    state.step += 1
    lesson.after_update()
    return of_all.over(of_all.count)


def let_learn(network: Network, frozen: int) -> None:
    """All of the network but its first stages."""
    network.train()
    for stage in (network.backbone.stem, *network.backbone.stages)[:frozen]:
        stage.eval().requires_grad_(requires_grad=False)


def _moved(truth: Truth, device: str) -> Truth:
    return Truth(
        truth.boxes.to(device),
        truth.classes.to(device),
        truth.clickable.to(device),
        truth.ignored.to(device),
    )


def _rate(state: RunState) -> float:
    config = state.config
    cooldown = state.cooldown or planned_cooldown(config)
    return config.learning_rate * rate_factor(state.step, config.warmup_steps, cooldown)


def _plan_cooldown(state: RunState, session: Session, watch: _Watch) -> None:
    """Begin the fall in time for the session's end, and keep it in step with the clock.

    What is there before the fall is kept: a longer run goes on best from it.
    """
    if session.seconds is None or state.step % 10 or watch.steps < 10:
        watch.steps += 1
        return
    watch.steps += 1
    step_s = watch.elapsed_s() / watch.steps
    left_s = session.seconds - watch.elapsed_s()
    if state.cooldown is not None:
        steps = state.step - state.cooldown.first + max(1, int(left_s / step_s))
        state.cooldown = replace(state.cooldown, steps=steps)
        return
    state.cooldown = cooldown_for(state.config, state.step, state.seconds, step_s, left_s)
    if isinstance(state.cooldown, Cooldown):
        _save(replace(state, cooldown=None), session, "before-cooldown.pt")


def _due(state: RunState) -> bool:
    """Whether this point of the curves is one to validate at."""
    every = state.config.validate_images // state.config.batch
    return every > 0 and state.step // every > (state.step - _POINT_STEPS) // every


class _Watch:
    """The time of one session."""

    def __init__(self, clock: Clock, session: Session) -> None:
        self._clock = clock
        self._session = session
        self._start = clock.now_ms()
        self._saved = self._start
        self.steps = 0

    def elapsed_s(self) -> float:
        return (self._clock.now_ms() - self._start) / 1000

    def checkpoint_due(self) -> bool:
        now = self._clock.now_ms()
        if now - self._saved < self._session.checkpoint_s * 1000:
            return False
        self._saved = now
        return True

    def time_is_up(self) -> bool:
        return self._session.seconds is not None and self.elapsed_s() >= self._session.seconds


class _Means:
    """Means of the loss since the last point."""

    def __init__(self) -> None:
        self._sums = [0.0, 0.0, 0.0]
        self._count = 0

    def add(self, loss: Loss) -> None:
        for index, part in enumerate((loss.scores, loss.boxes, loss.clickable)):
            self._sums[index] += float(part.detach())
        self._count += 1

    def point(self, state: RunState, rate: float) -> Point:
        scores, boxes, clickable = (total / max(1, self._count) for total in self._sums)
        self._sums, self._count = [0.0, 0.0, 0.0], 0
        images = state.step * state.config.batch
        point = Point(images, state.seconds, scores, boxes, clickable, rate)
        point.sparsity = sparsity_of(state.masks)
        return point
