"""Raw events -> interactions: pure, without a picture of the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.codegen.interactions import Checkpoint, Dropped, Interaction, Reading, SecretInput
from vistest.codegen.keys import KeyReader
from vistest.codegen.merging import merge
from vistest.codegen.options import GestureOptions
from vistest.codegen.strokes import StrokeReader
from vistest.codegen.touches import interpret
from vistest.core.events import KeyEvent, Mark, PointerEvent, Scroll, WheelEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vistest.codegen.interactions import Recorded


def read_gestures(events: Iterable[Recorded], options: GestureOptions | None = None) -> Reading:
    """What the user did. Every event ends in an interaction or in `Reading.dropped`.

    Args:
        events: Events and marks in the order in which they happened.
        options: Where one gesture ends and another begins.
    """
    options = options or GestureOptions()
    reader = _Reader()
    for index, event in enumerate(events):
        reader.feed(index, event)
    interactions, dropped = reader.finish(options)
    merged, cancelled = merge(interactions, options)
    everything = sorted((*dropped, *cancelled), key=lambda item: item.time_ms)
    return Reading(tuple(merged), tuple(everything))


class _Reader:
    """Hands each event to the reader of its kind."""

    def __init__(self) -> None:
        self._strokes = StrokeReader()
        self._keys = KeyReader()
        self._others: list[Interaction] = []
        self._dropped: list[Dropped] = []
        self._secret: Interaction | None = None
        self._field_pressed = False
        self._last_ms = 0.0

    def feed(self, index: int, event: Recorded) -> None:
        self._last_ms = event.time_ms
        match event:
            case PointerEvent():
                if event.action == "down":
                    self._keys.pointer_used()
                    self._press_in_secret(event.time_ms)
                self._strokes.feed(index, event)
            case WheelEvent():
                self._keys.pointer_used()
                self._turn(index, event)
            case KeyEvent():
                if self._secret is not None and event.action == "down":
                    self._hide(self._secret, index, event)
                else:
                    self._keys.feed(index, event)
            case Mark():
                self._mark(index, event)
            case _:
                self._drop(index, event.time_ms, "the screen changed", harmless=True)

    def finish(self, options: GestureOptions) -> tuple[list[Interaction], list[Dropped]]:
        """In order of their beginning."""
        self._end_secret(None, self._last_ms)
        self._strokes.finish()
        self._keys.finish()
        touches, unknown = interpret(self._strokes.strokes, options)
        interactions = [*touches, *self._keys.interactions, *self._others]
        interactions.sort(key=lambda item: (item.time_ms, item.sources[-1]))
        dropped = [*self._dropped, *self._strokes.dropped, *self._keys.dropped, *unknown]
        return interactions, dropped

    def _turn(self, index: int, event: WheelEvent) -> None:
        if event.dx or event.dy:
            self._add(index, event.time_ms, Scroll(event.at, event.dx, event.dy))
        else:
            self._drop(index, event.time_ms, "the wheel turned by nothing", harmless=True)

    def _mark(self, index: int, mark: Mark) -> None:
        if mark.kind == "checkpoint" and mark.at is not None:
            self._add(index, mark.time_ms, Checkpoint(mark.at))
        elif mark.kind == "checkpoint":
            self._drop(index, mark.time_ms, "a check-point without a place", harmless=False)
        elif mark.kind == "secret_begin":
            self._end_secret(None, mark.time_ms)
            time = mark.time_ms
            self._secret = Interaction(SecretInput(mark.name), time, time, time, (index,))
            self._field_pressed = mark.at is not None
        elif self._secret is not None:
            self._end_secret(index, mark.time_ms)
        else:
            self._drop(index, mark.time_ms, "a secret ended that never began", harmless=False)

    def _hide(self, secret: Interaction, index: int, event: KeyEvent) -> None:
        """A key of the secret: it is typed when the first of them was pressed."""
        start = event.time_ms if len(secret.sources) == 1 else secret.time_ms
        self._secret = replace(secret, time_ms=start, sources=(*secret.sources, index))
        self._field_pressed = True

    def _press_in_secret(self, time_ms: float) -> None:
        """Without a field pressed before, the first press chooses it; the keys come after it."""
        if self._secret is not None:
            remark = "the pointer was used while a secret was typed: check their order"
            start = self._secret.time_ms if self._field_pressed else time_ms
            self._secret = replace(self._secret, time_ms=start, remark=remark)
            self._field_pressed = True

    def _end_secret(self, index: int | None, time_ms: float) -> None:
        if self._secret is None:
            return
        sources = self._secret.sources if index is None else (*self._secret.sources, index)
        remark = self._secret.remark or ("its end was not marked" if index is None else "")
        end = max(time_ms, self._secret.time_ms)
        secret = replace(self._secret, end_ms=end, last_ms=end, sources=sources, remark=remark)
        self._others.append(secret)
        self._secret = None

    def _add(self, index: int, time_ms: float, act: Scroll | Checkpoint) -> None:
        self._others.append(Interaction(act, time_ms, time_ms, time_ms, (index,)))

    def _drop(self, index: int, time_ms: float, reason: str, *, harmless: bool) -> None:
        self._dropped.append(Dropped(time_ms, (index,), reason, harmless))
