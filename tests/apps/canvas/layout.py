"""Where everything is, in dp, for the size of the window; the answer to "what was hit?" too."""

from __future__ import annotations

from dataclasses import dataclass

from game import COLOURS, LEVELS, PIECES, State

ROW = 46
SLOT_ORDER = ("triangle", "star", "diamond", "circle")


@dataclass(frozen=True)
class Thing:
    """Something drawn; `kind` says how."""

    name: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    label: str = ""
    active: bool = True

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def hit(self, x: float, y: float) -> bool:
        return 0 <= x - self.x < self.width and 0 <= y - self.y < self.height


def things(state: State, width: float, height: float) -> list[Thing]:
    """Everything on the current screen, from back to front."""
    build = {
        "menu": _menu,
        "levels": _levels,
        "board": _board,
        "settings": _settings,
        "won": _won,
    }[state.screen]
    header = [] if state.screen in ("menu", "won") else [Thing("back", "arrow", 12, 10, 44, 44)]
    return [*header, *build(state, width, height)]


def thing_at(items: list[Thing], x: float, y: float) -> Thing | None:
    return next((item for item in reversed(items) if item.active and item.hit(x, y)), None)


def visible_rows(height: float) -> int:
    return int((height - 130) // ROW)


def _menu(state: State, width: float, height: float) -> list[Thing]:
    left = width / 2 - 90
    return [
        Thing("", "title", 0, height * 0.2, width, 50, "Puzzle Bay", active=False),
        Thing("play", "button", left, height * 0.2 + 90, 180, 52, "Play"),
        Thing("levels", "button", left, height * 0.2 + 160, 180, 52, "Choose level"),
        Thing("settings", "gear", width - 60, 10, 44, 44),
    ]


def _levels(state: State, width: float, height: float) -> list[Thing]:
    shown = LEVELS[state.scrolled : state.scrolled + visible_rows(height)]
    rows = [
        Thing(f"level:{name}", "row", 40, 70 + i * ROW, width - 80, ROW - 6, name)
        for i, name in enumerate(shown)
    ]
    return [Thing("", "heading", 70, 10, 300, 44, "Choose level", active=False), *rows]


def _board(state: State, width: float, height: float) -> list[Thing]:
    wide = width > height
    step, size = min(width if not wide else width / 2, 420) / 4, 64
    top = 130 if wide else 110
    piece_x, slot_x = (30, width / 2 + 30) if wide else (30, 30)
    slot_y = top if wide else top + 150
    slots = [
        Thing(f"slot:{n}", "slot", slot_x + i * step, slot_y + 40, size, size, n)
        for i, n in enumerate(SLOT_ORDER)
    ]
    homes = {n: (piece_x + i * step, top + 40.0) for i, n in enumerate(PIECES)}
    homes |= {
        n: (slot.x, slot.y) for n in state.placed for slot in slots if slot.name == f"slot:{n}"
    }
    pieces = [Thing(f"piece:{n}", "piece", *homes[n], size, size, n) for n in PIECES]
    return [
        Thing("", "heading", 70, 10, 300, 44, state.level, active=False),
        Thing("", "caption", piece_x, top, 200, 26, "Pieces", active=False),
        Thing("", "caption", slot_x, slot_y, 200, 26, "Places", active=False),
        Thing("reset", "button", width / 2 - 70, slot_y + 160, 140, 46, "Start over"),
        *slots,
        *pieces,
    ]


def _settings(state: State, width: float, height: float) -> list[Thing]:
    swatches = [
        Thing(f"colour:{n}", "swatch", 150 + i * 64, 218, 44, 44, n) for i, n in enumerate(COLOURS)
    ]
    return [
        Thing("", "heading", 70, 10, 300, 44, "Settings", active=False),
        Thing("", "caption", 40, 88, 100, 26, "Volume", active=False),
        Thing("volume", "slider", 150, 80, min(width - 220, 320), 40),
        Thing("", "caption", 40, 154, 100, 26, "Sound", active=False),
        Thing("sound", "check", 150, 150, 32, 32),
        Thing("", "caption", 40, 228, 100, 26, "Colour", active=False),
        *swatches,
        Thing("", "caption", 40, 302, 100, 26, "Player", active=False),
        Thing("player", "field", 150, 294, min(width - 220, 320), 42),
    ]


def _won(state: State, width: float, height: float) -> list[Thing]:
    middle = width / 2
    caption = f"Bonus {state.bonus}" + (", polished" if state.polished else "")
    return [
        Thing("", "title", 0, 60, width, 50, "Well done!", active=False),
        Thing("prize", "prize", middle - 130, 150, 96, 96),
        Thing("gem", "gem", middle + 34, 150, 96, 96, "polished" if state.polished else ""),
        Thing("", "note", 0, 270, width, 30, caption, active=False),
        Thing("menu", "button", middle - 70, 330, 140, 48, "Menu"),
    ]
