"""Results in short, as JSON for other programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vistest.results.model import RunResult


def summary(run: RunResult) -> dict[str, Any]:
    """What became of `run`, and of its steps that did not simply pass."""
    return {
        "script": run.script,
        "device": run.device,
        "platform": run.platform,
        "screen": {
            "width": run.screen.size.width,
            "height": run.screen.size.height,
            "density": run.screen.density,
        },
        "started_at": run.started_at,
        "status": run.status,
        "reason": run.reason,
        "elapsed_ms": round(run.elapsed_ms, 1),
        "steps": dict(Counter(step.status for step in run.steps)),
        "flags": dict(Counter(flag for step in run.steps for flag in step.flags)),
        "remarkable": [
            {
                "index": step.index,
                "line": step.line,
                "title": step.title,
                "status": step.status,
                "reason": step.reason,
                "flags": list(step.flags),
            }
            for step in run.steps
            if step.status in {"failed", "error"} or step.flags
        ],
    }
