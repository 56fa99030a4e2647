"""How a network is made sparse while it is trained."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from models.sparsify.schedule import Schedule, ramp_of
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.patterns import make_pattern

Budget = Literal["layer", "global", "cost"]
EXEMPT = ("backbone.stem", "head.scores", "head.boxes")


@dataclass(frozen=True, slots=True)
class SparsityConfig:
    """Pruning by blocks. Times are counted in views, from the beginning of the run.

    Attributes:
        target: Share of the blocks that are zero in the end; 0 for a dense network.
        instruction_set: Hardware that the blocks are for.
        lanes: Lanes of a block by operator (`conv1x1`, `conv3x3`); what is not named fills the
            register.
        schedule: How sparsity rises during the ramp.
        first: Views before sparsity begins. The group lasso works already.
        ramp: Views during which a cubic or linear schedule rises; then the masks stay.
        every: Views between two choices of masks.
        budget: `layer` prunes each layer alike; `global` ranks the blocks of all layers by their
            strength within their layer; `cost` does so by strength per multiplication.
        least_density: No layer keeps a smaller share of its blocks.
        densities: Share of blocks kept by layers whose name begins so, whatever the budget says.
        exempt: Layers whose name begins so stay dense.
        lasso: Strength of the group lasso, until the end of the ramp: in each step every block
            loses so many times the learning rate of its norm.
        regrow: Share of the kept blocks that are exchanged for stronger ones at each choice after
            the ramp; it falls to zero until `regrow_until`.
        regrow_until: Views after which the masks are locked for good.
        permute: Whether channels are reordered before the ramp, so that blocks gather what is weak.
    """

    target: float = 0.0
    instruction_set: str = "avx512vnni"
    lanes: dict[str, int] = field(default_factory=dict)
    schedule: Schedule = "cubic"
    first: int = 0
    ramp: int = 8_000
    every: int = 400
    budget: Budget = "layer"
    least_density: float = 0.05
    densities: dict[str, float] = field(default_factory=dict)
    exempt: tuple[str, ...] = EXEMPT
    lasso: float = 0.0
    regrow: float = 0.0
    regrow_until: int = 0
    permute: bool = True

    def __post_init__(self) -> None:
        if not (isinstance(self.lanes, dict) and isinstance(self.densities, dict)):
            raise TypeError("lanes and densities are tables")
        shares = (self.target, self.least_density, self.regrow, *self.densities.values())
        if not all(0 <= share <= 1 for share in shares) or self.target == 1:
            raise ValueError("target, least_density, regrow and densities are shares of 0 to 1")
        if min(self.first, self.ramp, self.regrow_until, self.lasso) < 0 or self.every < 1:
            raise ValueError("times and lasso must not be negative")
        if self.schedule not in get_args(Schedule) or self.budget not in get_args(Budget):
            raise ValueError(
                f"schedule is one of {', '.join(get_args(Schedule))}, "
                f"budget one of {', '.join(get_args(Budget))}"
            )
        self._check_lanes()

    @property
    def start(self) -> int:
        """Views after which sparsity begins."""
        return ramp_of(self.schedule, self.first, self.ramp)[0]

    @property
    def end(self) -> int:
        """Views after which it has reached its target."""
        return ramp_of(self.schedule, self.first, self.ramp)[1]

    def _check_lanes(self) -> None:
        target = instruction_set(self.instruction_set)
        for lanes in self.lanes.values():
            make_pattern("convolution", target, "int8", self.target, lanes)


@dataclass(frozen=True, slots=True)
class DistillationConfig:
    """Learning from a trained network beside the labels.

    Attributes:
        weight: Of the distance to the teacher in the loss; 0 for none.
    """

    weight: float = 0.0

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError("the weight of distillation must not be negative")
