"""Recorded text and OCR text are untrusted; this makes them safe to show to a person."""

from __future__ import annotations

import unicodedata


def printable(text: str, limit: int = 200) -> str:
    """`text` without anything that could steer a terminal, cut to `limit` characters.

    Control, format (bidirectional overrides, zero-width), surrogate and private characters are
    shown as U+FFFD; a newline becomes U+23CE.
    """
    cut = text[: limit - 1] + "…" if len(text) > limit else text
    return "".join(_safe(character) for character in cut)


def _safe(character: str) -> str:
    if character == "\n":
        return "⏎"
    return "\ufffd" if unicodedata.category(character)[0] == "C" else character
