"""The report as one HTML file that asks for nothing else."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from vistest.report.view import run_view
from vistest.results import load_results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import jinja2
    import markupsafe

    from vistest.report.view import RunView


def write_html(folders: Sequence[Path], path: Path) -> None:
    """Write the report of the runs in `folders` (one, or a matrix of devices) to `path`.

    Raises:
        FormatError: a folder holds no results, or damaged ones.
    """
    runs = [
        run_view(load_results(folder), folder, number, path)
        for number, folder in enumerate(folders, 1)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(runs), encoding="utf-8")


def render(runs: Sequence[RunView]) -> str:
    """The page."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vistest.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = _source(environment, "page.css")
    script = _source(environment, "page.js")
    return environment.get_template("page.html.j2").render(
        runs=runs,
        style=style,
        script=script,
        policy=_policy(style, script),
        worst=worst([run.status for run in runs]),
    )


def worst(statuses: Sequence[str]) -> str:
    """The status that a set of runs has as a whole."""
    order = ("error", "failed", "skipped", "passed")
    return next((status for status in order if status in statuses), "passed")


def _source(environment: jinja2.Environment, name: str) -> markupsafe.Markup:
    """A file of the package as it is: its only author is this project."""
    import markupsafe

    loader = environment.loader
    if loader is None:
        raise ValueError("the environment has no loader")
    text, _, _ = loader.get_source(environment, name)
    return markupsafe.Markup(text)  # noqa: S704


def _policy(style: str, script: str) -> str:
    """Nothing from outside, and no style or script but the page's own two."""
    return (
        "default-src 'none'; img-src data:; media-src data:; "
        f"style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
