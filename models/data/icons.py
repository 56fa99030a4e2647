"""Logical icons as SVG text, for toolkits that draw SVG themselves."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_WEB = Path(__file__).parent / "web"
_FOLDERS = {
    "ionicons": "ionicons/dist/svg",
    "bootstrap": "bootstrap-icons/icons",
    "mdi": "@mdi/svg/svg",
    "lucide": "lucide-static/icons",
}
ICON_SETS = tuple(_FOLDERS)


@cache
def _names() -> dict[str, dict[str, str]]:
    with (_WEB / "src" / "icons.tsv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file, delimiter="\t")}


def icon_svg(icon_set: str, name: str, colour: str) -> str:
    """The icon in one colour."""
    path = _WEB / "node_modules" / _FOLDERS[icon_set] / f"{_names()[name][icon_set]}.svg"
    svg = path.read_text(encoding="utf-8").replace("currentColor", colour)
    return svg.replace("<svg", f'<svg fill="{colour}"', 1) if "fill=" not in svg else svg
