"""A picture of a bundle: per layer, the multiplications that are needed and those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from vistest.core.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.vision.bundle.summary import LayerSummary

_ROW = 18
_NAMES = 330
_BARS = 420
_NOTES = 210
_LONGEST_NAME = 52


def layer_plot(title: str, rows: Sequence[LayerSummary]) -> str:
    """An SVG document: a bar per layer, dark for what is multiplied, light for what is left out."""
    largest = max((row.macs for row in rows), default=1) or 1
    height = _ROW * (len(rows) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_NAMES + _BARS + _NOTES}" '
        f'height="{height}" font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="8" y="{_ROW}" font-size="14">{_text(title)}</text>',
        f'<text x="{_NAMES}" y="{2 * _ROW - 4}">multiplications: dark kept, light left out</text>',
    ]
    for number, row in enumerate(rows):
        parts += _row(row, (number + 2) * _ROW + 4, largest)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(row: LayerSummary, top: int, largest: int) -> list[str]:
    baseline = top + _ROW - 6
    whole, kept = (_BARS * n / largest for n in (row.macs, row.kept_macs))
    note = f"{row.pattern.block} {row.pattern.sparsity:.0%} {row.stored_bytes / 1024:.1f} KiB"
    return [
        f'<text x="{_NAMES - 8}" y="{baseline}" text-anchor="end">'
        f"{_text(row.name[-_LONGEST_NAME:])}</text>",
        f'<rect x="{_NAMES}" y="{top}" width="{whole:.1f}" height="{_ROW - 4}" fill="#cfd8dc"/>',
        f'<rect x="{_NAMES}" y="{top}" width="{kept:.1f}" height="{_ROW - 4}" fill="#1565c0"/>',
        f'<text x="{_NAMES + whole + 6:.1f}" y="{baseline}">{_text(note)}</text>',
    ]


def _text(text: str) -> str:
    return escape(printable(text, 200))
