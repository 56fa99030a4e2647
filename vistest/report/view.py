"""What the page shows, made of results. All text in it is safe to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.text import printable
from vistest.report.pictures import Picture, PictureBook, Video, link, video

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.core.scene import Candidate, Match
    from vistest.results.model import Artifact, Attempt, RunResult, StepResult

SHOWN_CANDIDATES = 5
FLAGS = {
    "coordinates_used": ("coordinates used", "the place of the recording was used, not vision"),
    "scrolled_to_target": ("scrolled", "the object was off the screen and found by scrolling"),
    "tap_retried": ("tapped twice", "the first tap changed nothing"),
    "nothing_changed": ("nothing changed", "the screen stayed the same after it"),
    "healed": ("healed", "the object was found by other evidence than the script asks for"),
}
"""What people read for a flag, and its explanation."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of evidence: `share` is its length from -1 to 1 against the largest shown."""

    kind: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A row of the table of candidates; the box is `left, top, width, height` in pixels."""

    rank: int
    name: str
    text: str
    score: float
    bars: tuple[Bar, ...]
    box: tuple[float, float, float, float]
    chosen: bool


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try at locating and acting."""

    number: int
    outcome: str
    confidence: str
    reason: str
    effect: str
    elapsed: str
    candidates: tuple[CandidateView, ...]
    hidden: int
    waited: tuple[tuple[str, str], ...]

    @property
    def signed(self) -> bool:
        """Whether some evidence speaks against a candidate, so that bars go both ways."""
        return any(bar.share < 0 for one in self.candidates for bar in one.bars)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a run."""

    anchor: str
    number: int
    title: str
    status: str
    reason: str
    flags: tuple[tuple[str, str], ...]
    elapsed: str
    own: str
    started_s: float
    source: str
    line: int
    before: Picture | None
    after: Picture | None
    target: Picture | None
    close_up: Picture | None
    lost: tuple[str, ...]
    point: tuple[float, float] | None
    logs: tuple[tuple[str, str], ...]
    attempts: tuple[AttemptView, ...]

    @property
    def remarkable(self) -> bool:
        return self.status != "passed" or bool(self.flags)

    @property
    def marked(self) -> tuple[CandidateView, ...]:
        """Candidates to draw on the picture: the ones that the last answer weighed."""
        weighed = [attempt.candidates for attempt in self.attempts if attempt.candidates]
        return weighed[-1][:3] if weighed else ()

    @property
    def chosen(self) -> CandidateView | None:
        """The candidate that was acted upon or accepted."""
        return next((one for one in self.marked if one.chosen), None)

    @property
    def last(self) -> AttemptView | None:
        return self.attempts[-1] if self.attempts else None


@dataclass(frozen=True, slots=True)
class RunView:
    """A run, for the page's summary and its section."""

    anchor: str
    script: str
    script_path: str
    device: str
    platform: str
    size: str
    screen: str
    started_at: str
    status: str
    reason: str
    elapsed: str
    own_per_step: str
    passed: int
    versions: tuple[tuple[str, str], ...]
    steps: tuple[StepView, ...]
    video: Video | None
    logs: tuple[tuple[str, str], ...]

    @property
    def flags(self) -> tuple[tuple[str, int], ...]:
        """Each flag of its steps and how often."""
        names = [name for step in self.steps for name, _ in step.flags]
        return tuple((name, names.count(name)) for name in dict.fromkeys(names))


def run_view(run: RunResult, folder: Path, number: int, page: Path) -> RunView:
    """`run`, whose files lie in `folder`, as run `number` of a page that will lie at `page`."""
    book = PictureBook(folder)
    anchor = f"run{number}"
    acted = [step for step in run.steps if step.status != "skipped"]
    own_ms = sum(step.own_ms for step in acted) / len(acted) if acted else None
    films = [video(folder, item.path, page) for item in run.artifacts if item.kind == "video"]
    return RunView(
        anchor=anchor,
        script=printable(run.script),
        script_path=printable(run.script_path),
        device=printable(run.device),
        platform=printable(run.platform),
        size=str(run.screen.size),
        screen=f"{run.screen.size} at density {run.screen.density:g}",
        started_at=printable(run.started_at).replace("T", " ").replace("+00:00", " UTC"),
        status=run.status,
        reason=printable(run.reason, 1000),
        elapsed=duration(run.elapsed_ms),
        own_per_step="none" if own_ms is None else duration(own_ms),
        passed=sum(step.status == "passed" for step in run.steps),
        versions=tuple((printable(name), printable(value)) for name, value in run.versions),
        steps=tuple(_step_view(step, book, anchor, folder, page) for step in run.steps),
        video=next((film for film in films if film is not None), None),
        logs=_logs(run.artifacts, folder, page),
    )


def _step_view(
    step: StepResult, book: PictureBook, anchor: str, folder: Path, page: Path
) -> StepView:
    pictures = {item.kind: item.path for item in step.artifacts}
    shown = {
        kind: book.picture(pictures[kind])
        for kind in ("before", "after", "target")
        if kind in pictures
    }
    points = [attempt.point for attempt in step.attempts if attempt.point is not None]
    return StepView(
        anchor=f"{anchor}-step{step.index + 1}",
        number=step.index + 1,
        title=printable(step.title, 300),
        status=step.status,
        reason=printable(step.reason, 1000),
        flags=tuple(FLAGS[flag] for flag in step.flags),
        elapsed=duration(step.elapsed_ms),
        own=duration(step.own_ms),
        started_s=round(step.started_ms / 1000, 2),
        source="\n".join(printable(line, 500) for line in step.source.split("\n")[:40]),
        line=step.line,
        before=shown.get("before"),
        after=shown.get("after"),
        target=shown.get("target"),
        close_up=_close_up(step, book, pictures.get("before")),
        lost=tuple(kind for kind, picture in shown.items() if picture is None),
        point=(points[-1].x, points[-1].y) if points else None,
        logs=_logs(step.artifacts, folder, page),
        attempts=tuple(
            _attempt_view(attempt, number) for number, attempt in enumerate(step.attempts, 1)
        ),
    )


def _close_up(step: StepResult, book: PictureBook, path: str | None) -> Picture | None:
    """The object that was found, near enough to be compared with the recorded one."""
    matches = [attempt.match for attempt in step.attempts if attempt.match is not None]
    if path is None or not matches or matches[-1].outcome != "found":
        return None
    best = matches[-1].best
    return None if best is None else book.close_up(path, best.element.box)


def _attempt_view(attempt: Attempt, number: int) -> AttemptView:
    match = attempt.match
    start_ms = attempt.waited[0].time_ms if attempt.waited else 0.0
    effects = {True: "the screen changed", False: "nothing changed", None: ""}
    return AttemptView(
        number=number,
        outcome=match.outcome if match else "",
        confidence=_percent(match.confidence) if match else "",
        reason=printable(match.reason, 1000) if match else "",
        effect=effects[attempt.changed],
        elapsed=duration(attempt.elapsed_ms),
        candidates=_candidates(match) if match else (),
        hidden=max(0, len(match.candidates) - SHOWN_CANDIDATES) if match else 0,
        waited=tuple(
            (duration(note.time_ms - start_ms), printable(note.text, 500))
            for note in attempt.waited
        ),
    )


def _candidates(match: Match) -> tuple[CandidateView, ...]:
    shown = match.candidates[:SHOWN_CANDIDATES]
    largest = max((abs(part) for one in shown for part in one.evidence.values()), default=0.0)
    return tuple(
        _candidate_view(one, rank, largest or 1.0, chosen=rank == 1 and match.outcome == "found")
        for rank, one in enumerate(shown, 1)
    )


def _candidate_view(
    candidate: Candidate, rank: int, largest: float, *, chosen: bool
) -> CandidateView:
    element = candidate.element
    bars = tuple(
        Bar(printable(kind, 40), f"{part:.2f}", round(part / largest, 4))
        for kind, part in candidate.evidence.items()
    )
    box = element.box
    return CandidateView(
        rank=rank,
        name=element.cls.replace("_", " "),
        text=printable(element.text, 80),
        score=candidate.score,
        bars=bars,
        box=(box.left, box.top, box.width, box.height),
        chosen=chosen,
    )


def _logs(artifacts: tuple[Artifact, ...], folder: Path, page: Path) -> tuple[tuple[str, str], ...]:
    """Name and address of each log, which is linked rather than embedded."""
    paths = [item.path for item in artifacts if item.kind == "log"]
    found = [(path, link(folder, path, page)) for path in paths]
    return tuple((printable(path), address) for path, address in found if address is not None)


def _percent(share: float) -> str:
    """Certainty is never shown where there is none."""
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"


def duration(milliseconds: float) -> str:
    """`340 ms`, `1.2 s`, `2 min 5 s`."""
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"
