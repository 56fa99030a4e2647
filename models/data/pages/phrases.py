"""Words of made-up applications in six languages, so that a page exists in several scripts."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "ru", "zh", "ja", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


@cache
def phrases() -> dict[str, dict[str, str]]:
    """English phrase -> language -> phrase."""
    with Path(__file__).with_name("phrases.tsv").open(encoding="utf-8", newline="") as file:
        return {row["en"]: row for row in csv.DictReader(file, delimiter="\t")}


def translate(text: str, language: str) -> str:
    """The phrase in `language`; a text that is no known phrase (a name, a number) stays as it is.

    Phrases joined by " · " are translated one by one.
    """
    known = phrases()
    return " · ".join(
        known[part][language] if part in known else part for part in text.split(" · ")
    )
