"""The rules of Puzzle Bay: state and what each action does to it. Knows nothing of pixels."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace

LEVELS = (
    "Lagoon", "Cavern", "Harbour", "Meadow", "Volcano", "Glacier", "Orchard", "Desert",
    "Canyon", "Lighthouse", "Windmill", "Observatory", "Monastery", "Quarry",
)  # fmt: skip
PIECES = ("star", "circle", "triangle", "diamond")
COLOURS = ("coral", "teal", "amber")


@dataclass(frozen=True)
class State:
    screen: str = "menu"
    level: str = LEVELS[0]
    placed: tuple[str, ...] = ()
    misses: int = 0
    bonus: int = 0
    polished: bool = False
    volume: int = 30
    sound: bool = True
    colour: str = COLOURS[0]
    player: str = ""
    typing: bool = False
    scrolled: int = 0


@dataclass
class Game:
    state: State = field(default_factory=State)

    def tap(self, name: str | None) -> None:
        kind, _, value = (name or "").partition(":")
        self._change(typing=name == "player")
        match kind:
            case "play":
                self._open_board(self.state.level)
            case "levels" | "settings":
                self._change(screen=kind, scrolled=0)
            case "back" | "menu":
                self._change(screen="menu")
            case "level":
                self._open_board(value)
            case "sound":
                self._change(sound=not self.state.sound)
            case "colour":
                self._change(colour=value)
            case "reset":
                self._change(placed=(), misses=0)

    def double_tap(self, name: str | None) -> None:
        if name == "prize":
            self._change(bonus=self.state.bonus + 1)

    def long_press(self, name: str | None) -> None:
        if name == "gem":
            self._change(polished=True)

    def drop(self, name: str | None, onto: str | None) -> None:
        piece = (name or "").removeprefix("piece:")
        if piece not in PIECES or piece in self.state.placed:
            return
        if onto != f"slot:{piece}":
            self._change(misses=self.state.misses + 1)
            return
        self._change(placed=(*self.state.placed, piece))
        if len(self.state.placed) == len(PIECES):
            self._change(screen="won", bonus=0, polished=False)

    def set_volume(self, percent: float) -> None:
        self._change(volume=round(min(max(percent, 0), 100)))

    def scroll(self, rows: int, visible: int) -> None:
        if self.state.screen == "levels":
            last = max(0, len(LEVELS) - visible)
            self._change(scrolled=min(max(self.state.scrolled + rows, 0), last))

    def type(self, text: str) -> None:
        if self.state.typing:
            self._change(player=self.state.player + text)

    def key(self, name: str) -> None:
        if name == "BackSpace" and self.state.typing:
            self._change(player=self.state.player[:-1])
        elif name == "Return":
            self._change(typing=False)
        elif name == "Escape":
            self._change(screen="menu")

    def as_dict(self) -> dict[str, object]:
        return asdict(self.state)

    def _open_board(self, level: str) -> None:
        self._change(screen="board", level=level, placed=(), misses=0)

    def _change(self, **facts: object) -> None:
        self.state = replace(self.state, **facts)
