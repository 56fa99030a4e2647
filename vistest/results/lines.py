"""Result values as JSON and back. `replayer/RESULTS.md` names the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from vistest.core.errors import WaitNote
from vistest.core.geometry import Point, Rect, Screen, Size
from vistest.core.scene import Candidate, ElementClass, Match, Outcome, UiElement
from vistest.results.model import (
    Artifact,
    ArtifactKind,
    Attempt,
    Flag,
    RunResult,
    Status,
    StepResult,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]


def run_to_json(run: RunResult) -> Json:
    """What is known when a run begins; its end and its steps are lines of their own."""
    return {
        "script": run.script,
        "script_path": run.script_path,
        "device": run.device,
        "platform": run.platform,
        "screen": {
            "width": run.screen.size.width,
            "height": run.screen.size.height,
            "density": run.screen.density,
        },
        "started_at": run.started_at,
        "versions": dict(run.versions),
    }


def end_to_json(run: RunResult) -> Json:
    """What is known when a run has ended."""
    return {
        "status": run.status,
        "reason": run.reason,
        "elapsed_ms": _rounded(run.elapsed_ms),
        "artifacts": [_artifact_to_json(item) for item in run.artifacts],
        "versions": dict(run.versions),
    }


def run_from_json(head: Json, steps: Sequence[StepResult], end: Json) -> RunResult:
    """From the first line, the steps, and the last line."""
    screen = head["screen"]
    size = Size(int(screen["width"]), int(screen["height"]))
    versions = {**head["versions"], **end.get("versions", {})}
    return RunResult(
        script=_text(head["script"]),
        device=_text(head["device"]),
        platform=_text(head["platform"]),
        screen=Screen(size, float(screen["density"])),
        started_at=_text(head["started_at"]),
        status=_one_of(end["status"], get_args(Status)),
        reason=_text(end["reason"]),
        steps=tuple(steps),
        artifacts=tuple(_artifact_from_json(item) for item in end.get("artifacts", [])),
        elapsed_ms=float(end["elapsed_ms"]),
        versions=tuple((_text(name), _text(value)) for name, value in versions.items()),
        script_path=_text(head.get("script_path", "")),
    )


def step_to_json(step: StepResult) -> Json:
    """One line of the file."""
    return {
        "index": step.index,
        "line": step.line,
        "source": step.source,
        "title": step.title,
        "status": step.status,
        "reason": step.reason,
        "flags": list(step.flags),
        "started_ms": _rounded(step.started_ms),
        "elapsed_ms": _rounded(step.elapsed_ms),
        "own_ms": _rounded(step.own_ms),
        "artifacts": [_artifact_to_json(item) for item in step.artifacts],
        "attempts": [_attempt_to_json(item) for item in step.attempts],
    }


def step_from_json(fields: Json) -> StepResult:
    """From one line of the file."""
    return StepResult(
        index=int(fields["index"]),
        line=int(fields["line"]),
        title=_text(fields["title"]),
        status=_one_of(fields["status"], get_args(Status)),
        reason=_text(fields["reason"]),
        attempts=tuple(_attempt_from_json(item) for item in fields["attempts"]),
        flags=tuple(_one_of(item, get_args(Flag)) for item in fields["flags"]),
        artifacts=tuple(_artifact_from_json(item) for item in fields["artifacts"]),
        started_ms=float(fields["started_ms"]),
        elapsed_ms=float(fields["elapsed_ms"]),
        own_ms=float(fields["own_ms"]),
        source=_text(fields.get("source", "")),
    )


def _artifact_to_json(artifact: Artifact) -> Json:
    return {"kind": artifact.kind, "path": artifact.path}


def _artifact_from_json(fields: Json) -> Artifact:
    return Artifact(_one_of(fields["kind"], get_args(ArtifactKind)), _text(fields["path"]))


def _attempt_to_json(attempt: Attempt) -> Json:
    return {
        "match": None if attempt.match is None else _match_to_json(attempt.match),
        "point": _point_to_json(attempt.point),
        "changed": attempt.changed,
        "waited": [
            {"time_ms": _rounded(note.time_ms), "text": note.text} for note in attempt.waited
        ],
        "elapsed_ms": _rounded(attempt.elapsed_ms),
    }


def _attempt_from_json(fields: Json) -> Attempt:
    match, changed = fields["match"], fields["changed"]
    return Attempt(
        match=None if match is None else _match_from_json(match),
        point=_point_from_json(fields["point"]),
        changed=None if changed is None else bool(changed),
        waited=tuple(
            WaitNote(float(note["time_ms"]), _text(note["text"])) for note in fields["waited"]
        ),
        elapsed_ms=float(fields["elapsed_ms"]),
    )


def _match_to_json(match: Match) -> Json:
    return {
        "outcome": match.outcome,
        "confidence": round(float(match.confidence), 4),
        "point": _point_to_json(match.point),
        "reason": match.reason,
        "candidates": [_candidate_to_json(item) for item in match.candidates],
    }


def _match_from_json(fields: Json) -> Match:
    return Match(
        outcome=_one_of(fields["outcome"], get_args(Outcome)),
        candidates=tuple(_candidate_from_json(item) for item in fields["candidates"]),
        confidence=float(fields["confidence"]),
        point=_point_from_json(fields["point"]),
        reason=_text(fields["reason"]),
    )


def _candidate_to_json(candidate: Candidate) -> Json:
    element = candidate.element
    return {
        "class": element.cls,
        "box": [_rounded(value) for value in element.box.as_list()],
        "detected": round(float(element.score), 4),
        "text": element.text,
        "clickable": bool(element.clickable),
        "score": round(float(candidate.score), 4),
        "evidence": {kind: round(float(part), 4) for kind, part in candidate.evidence.items()},
    }


def _candidate_from_json(fields: Json) -> Candidate:
    element = UiElement(
        cls=_one_of(fields["class"], get_args(ElementClass)),
        box=Rect.from_list(fields["box"]),
        score=float(fields["detected"]),
        text=_text(fields["text"]),
        clickable=bool(fields["clickable"]),
    )
    evidence = {_text(kind): float(part) for kind, part in fields["evidence"].items()}
    return Candidate(element, float(fields["score"]), evidence)


def _point_to_json(point: Point | None) -> list[float] | None:
    return None if point is None else [_rounded(point.x), _rounded(point.y)]


def _point_from_json(numbers: list[float] | None) -> Point | None:
    return None if numbers is None else Point(float(numbers[0]), float(numbers[1]))


def _rounded(value: float) -> float:
    return round(float(value), 2)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} should be text")
    return value


def _one_of(value: object, choices: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a Literal
    if value not in choices:
        raise ValueError(f"{str(value)[:40]!r} is none of {', '.join(choices)}")
    return value
