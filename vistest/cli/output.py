"""How commands talk: tables and sentences for people, JSON with `--json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from vistest.core.text import printable

if TYPE_CHECKING:
    from vistest.core.errors import VistestError

console = Console()
error_console = Console(stderr=True)


def show(text: str, limit: int = 200) -> str:
    """Untrusted `text`, safe to put into a rich table or sentence."""
    return escape(printable(text, limit))


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """One JSON document on standard output, ASCII only so that no terminal is steered by it."""
    print(json.dumps(value, indent=2))


def print_error(error: VistestError) -> None:
    """The error in one sentence, and the next thing to try."""
    error_console.print(f"[bold red]error:[/] {show(str(error), 1000)}", soft_wrap=True)
    if error.hint:
        error_console.print(f"[bold]try:[/] {show(error.hint, 1000)}", soft_wrap=True)
