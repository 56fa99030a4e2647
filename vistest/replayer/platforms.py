"""The same intention in the keys of another platform. Pure.

A phone goes back with a key of its own, a browser on a desk with Alt and the left arrow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.script.model import KeyStep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.script.model import Action

_PHONES = frozenset(("android",))
_FROM_PHONES: Mapping[tuple[str, ...], tuple[str, ...]] = {("GoBack",): ("Alt", "ArrowLeft")}
_TO_PHONES = {there: here for here, there in _FROM_PHONES.items()} | {
    ("BrowserBack",): ("GoBack",),
}


def adapted(action: Action, platform: str) -> Action:
    """`action` with the keys that mean the same on `platform`."""
    if not isinstance(action, KeyStep):
        return action
    words = _TO_PHONES if platform in _PHONES else _FROM_PHONES
    return replace(action, keys=words.get(action.keys, action.keys))
