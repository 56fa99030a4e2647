"""What one page may look like: toolkit, colours, size, density, order and language."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from models.data.pages.phrases import LANGUAGES, RIGHT_TO_LEFT

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

# Kits that may be trained on. Any other kit is for evaluation: never add one here.
KIT_MODES = {
    "ionic": ("ios", "md"),
    "bootstrap": ("default",),
    "shoelace": ("default",),
    "vuetify": ("default",),
    "element-plus": ("default",),
    "quasar": ("default",),
    "onsen": ("ios", "md"),
    "materialize": ("default",),
    "bulma": ("default",),
    "uikit": ("default",),
    "pico": ("default",),
    "beer": ("default",),
    "fluent": ("default",),
    "webawesome": ("default",),
    "xp": ("default",),
    "seven": ("default",),
    "jquery-ui": ("default",),
}
# Kits that tell how the detector does on what it knows nothing of. Their pictures and figures are
# for the last report only: no choice is made by them.
EVALUATION_KIT_MODES = {
    "framework7": ("ios", "md"),
    "vant": ("default",),
    "98.css": ("default",),
}
# Width and height in dp, density.
PHONES = (
    (320, 568, 2.0), (360, 640, 1.5), (360, 780, 3.0), (390, 844, 2.0), (393, 851, 2.75),
    (412, 915, 2.625), (430, 932, 3.0), (480, 854, 1.0),
)  # fmt: skip
DESKTOPS = (
    (800, 600, 1.0), (1024, 768, 1.0), (1280, 800, 1.0), (1366, 768, 1.0), (1440, 900, 1.25),
    (1280, 720, 2.0), (1920, 1080, 1.0), (820, 1180, 1.5),
)  # fmt: skip
FONTS = (None, None, None, "inter", "roboto", "lato", "open-sans", "noto-serif")
_SPREADS = (0, 2, 24, 40, 64)
_ICON_SETS = 6
_FLAVOURS = 12


@dataclass(frozen=True, slots=True)
class Chrome:
    """Bars of a phone around the application.

    Attributes:
        seed: Of their details.
        status, system, keyboard: Whether they are there.
        wallpaper: Seed of a picture behind the content, or None.
        shapes: The system's keys are a triangle, a circle and a square, not icons.
    """

    seed: int
    status: bool = False
    system: bool = False
    keyboard: bool = False
    wallpaper: int | None = None
    shapes: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """One way to draw a page.

    Attributes:
        kit, mode: Toolkit, and its style if it has several.
        hue: Of the accent colour, in degrees.
        dark: Light on dark.
        width, height: Viewport in dp.
        density: Device pixels per dp.
        language: Of the texts.
        order: Seed of another order of sections and rows; None keeps the order.
        flavour: Number from which a kit chooses among its own variants (filled, round, ...).
        icons: Number from which a kit chooses its icon set.
        wide: What a wide screen does with the content: `full`, `columns` or `centred`.
        side: Navigation at the side on wide screens.
        font: Typeface, or None for the kit's own.
        scroll: How far the content is scrolled, 0 to 1.
        chrome: What the device shows around the application; None for nothing.
        spread: Distance of rows and fields in dp; None for the kit's own.
        flow: `rows` as the kit lays them out, lists as `tiles`, or lines as `columns`.
    """

    kit: str
    mode: str
    hue: int
    dark: bool
    width: int
    height: int
    density: float
    language: str = "en"
    order: int | None = None
    flavour: int = 0
    icons: int = 0
    wide: str = "full"
    side: bool = False
    font: str | None = None
    scroll: float = 0.0
    chrome: Chrome | None = None
    spread: int | None = None
    flow: str = "rows"

    @property
    def loads_as(self) -> Look:
        """The look less what can change without loading the page again."""
        return replace(self, width=0, height=0, density=1.0, scroll=0.0)

    def as_json(self) -> dict[str, Any]:
        """What the renderers read."""
        names = [name for name in type(self).__dataclass_fields__ if name != "font"]
        family = " ".join(word.title() for word in self.font.split("-")) if self.font else ""
        return {name: getattr(self, name) for name in names} | {
            "rtl": self.language in RIGHT_TO_LEFT,
            "chrome": asdict(self.chrome) if self.chrome else None,
            "font": self.font or "",
            "font_family": family,
        }


def random_look(rng: random.Random, kits: Mapping[str, tuple[str, ...]] = KIT_MODES) -> Look:
    """A look in one of `kits`, in English, in the order as written."""
    kit = rng.choice(tuple(kits))
    width, height, density = rng.choice(PHONES if rng.random() < 0.65 else DESKTOPS)
    return Look(
        kit=kit,
        mode=rng.choice(kits[kit]),
        hue=rng.randrange(360),
        dark=rng.random() < 0.3,
        width=width,
        height=height,
        density=density,
        flavour=rng.randrange(_FLAVOURS),
        icons=rng.randrange(_ICON_SETS),
        wide=rng.choice(["full", "columns", "centred"]),
        side=rng.random() < 0.5,
        font=rng.choice(FONTS),
    )


def other_size(look: Look, rng: random.Random) -> Look:
    """The same on a screen of another size and density."""
    sizes = [size for size in PHONES + DESKTOPS if size[:2] != (look.width, look.height)]
    width, height, density = rng.choice(sizes)
    return replace(look, width=width, height=height, density=density)


def turned(look: Look) -> Look:
    """The same on the same screen, portrait instead of landscape or the other way round."""
    return replace(look, width=look.height, height=look.width)


def other_spacing(look: Look, rng: random.Random) -> Look:
    """The same with its rows spread or squeezed."""
    return replace(look, spread=rng.choice(_SPREADS))


def other_flow(look: Look, rng: random.Random) -> Look:
    """The same with lists as tiles or lines as columns, every other time on a turned screen."""
    arranged = replace(look, flow=rng.choice(["tiles", "columns"]))
    return turned(arranged) if rng.random() < 0.5 else arranged


def other_kit(look: Look, rng: random.Random) -> Look:
    """The same colours and size in another kit (or the other mode of the same)."""
    styles = [(kit, mode) for kit, modes in KIT_MODES.items() for mode in modes]
    kit, mode = rng.choice([style for style in styles if style != (look.kit, look.mode)])
    flavour, icons = rng.randrange(_FLAVOURS), rng.randrange(_ICON_SETS)
    return replace(look, kit=kit, mode=mode, flavour=flavour, icons=icons, font=rng.choice(FONTS))


def other_language(look: Look, rng: random.Random) -> Look:
    """The same in another language."""
    return replace(look, language=rng.choice([lang for lang in LANGUAGES if lang != look.language]))
