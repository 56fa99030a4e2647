"""What happened in a replay. `replayer/RESULTS.md` specifies the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from vistest.core.errors import WaitNote
    from vistest.core.geometry import Point, Screen
    from vistest.core.scene import Match

Status = Literal["passed", "failed", "error", "skipped"]
ArtifactKind = Literal["before", "after", "target", "video", "log"]
Flag = Literal["coordinates_used", "scrolled_to_target", "tap_retried", "nothing_changed", "healed"]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that belongs to a result; `path` is relative to the results' folder."""

    kind: ArtifactKind
    path: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at locating and acting.

    Attributes:
        match: What was seen; None for steps without a target.
        point: Where the interaction went; None if nothing was done.
        changed: Whether the screen changed after it; None if nobody looked.
        waited: What was seen while waiting.
        elapsed_ms: How long it took.
    """

    match: Match | None = None
    point: Point | None = None
    changed: bool | None = None
    waited: tuple[WaitNote, ...] = ()
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one step.

    Attributes:
        index: From 0.
        line: Line in the script file.
        source: The step as it stands in the script file.
        title: The step for a person, `tap button "Save"`. Contains recorded text: untrusted.
        status: `failed` is the application's (or the script's) doing, `error` the device's.
        reason: One sentence when it did not pass.
        attempts: In order.
        flags: What the reader must know although it passed.
        artifacts: Pictures and logs.
        started_ms: Since the start of the run.
        elapsed_ms: All of the step.
        own_ms: Of that, what was neither the application's nor the recorded user's time:
            looking, deciding, injecting.
    """

    index: int
    line: int
    title: str
    status: Status
    reason: str = ""
    attempts: tuple[Attempt, ...] = ()
    flags: tuple[Flag, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    started_ms: float = 0.0
    elapsed_ms: float = 0.0
    own_ms: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of one script on one device.

    Attributes:
        script: Name of the script.
        device: Its URI.
        platform: Its platform.
        screen: Its screen.
        started_at: ISO 8601, UTC.
        status: The worst of the steps; `error` if the run itself broke.
        reason: One sentence when it did not pass.
        steps: In order; fewer than the script's if the run ended early.
        artifacts: Of the whole run.
        elapsed_ms: All of the run.
        versions: Of vistest and the engines that took part.
        script_path: Where the script was read from; empty if it came from no file.
    """

    script: str
    device: str
    platform: str
    screen: Screen
    started_at: str
    status: Status
    reason: str = ""
    steps: tuple[StepResult, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    elapsed_ms: float = 0.0
    versions: tuple[tuple[str, str], ...] = ()
    script_path: str = ""
