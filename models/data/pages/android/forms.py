"""Screens to enter something: sign in, first steps, forms, keypads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    flat, icon, image, keys, part, row, screen, sentence, summary, uncaptioned, word, words,
)  # fmt: skip
from models.data.pages.apps.common import LONG, PEOPLE, time_of_day
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Part, Screen

_FIELDS = (
    "E-mail address",
    "Password",
    "First name",
    "Last name",
    "Phone number",
    "Street",
    "City",
    "Postcode",
    "Country",
)


def _field(rng: random.Random, id: str, name: str, captioned: bool) -> Widget:
    secret = name == "Password"
    value = rng.choice(
        ("", "", rng.choice(PEOPLE), "secret12" if secret else str(rng.randint(10, 99999)))
    )
    lead = icon(rng) if rng.random() < 0.3 else ""
    label = name if captioned else ""
    hint = "" if value else word(rng) if captioned else name
    return w.field(id, label, value, hint, icon=lead, password=secret, eye=rng.random() < 0.6)


def login(rng: random.Random) -> Screen:
    """A mark, two or three fields without a caption, a wide key and words to tap."""
    captioned = rng.random() < 0.3
    names = rng.sample(_FIELDS[2:], rng.randint(0, 2)) + ["E-mail address", "Password"]
    mark = part(
        "mark",
        "centre",
        image("mark", rng, rng.choice((1.0, 2.0)), round=rng.random() < 0.4),
        w.text("welcome", word(rng), "title"),
    )
    fields = part(
        "fields",
        "column",
        *(_field(rng, f"in/{n}", name, captioned) for n, name in enumerate(names)),
    )
    remember = [w.checkbox("remember", "Remember me", rng.random() < 0.5)] * (rng.random() < 0.4)
    ways = [
        w.button(f"way/{n}", t, icon(rng), rng.choice(("outline", "secondary")))
        for n, t in enumerate(words(rng, rng.randint(0, 3)))
    ]
    rest = part(
        "go",
        "wide",
        *remember,
        w.button("go/in", "Sign in"),
        *ways,
        *flat(rng, "go/flat", rng.randint(0, 2)),
    )
    link = part("links", "centre", w.link("forgot", "Forgot password?"))
    scene = f"photo:{rng.randrange(9999)}" if rng.random() < 0.35 else ""
    return screen(rng, "login", *([mark] * (rng.random() < 0.8)), fields, rest, *([link] * (rng.random() < 0.6)), backdrop=scene,
                  bar=rng.choice(("none", "none", "toolbar")), nav_chance=0, float_chance=0)  # fmt: skip


def onboarding(rng: random.Random) -> Screen:
    """A large picture, a few words, dots and keys of words."""
    scene = f"photo:{rng.randrange(9999)}" if rng.random() < 0.35 else ""
    art = [image("art", rng, rng.choice((1.0, 1.4)), round=rng.random() < 0.3)] * (not scene)
    middle = part(
        "middle",
        "centre",
        *art,
        w.text("head", word(rng), "title"),
        w.text("body", rng.choice(LONG)),
    )
    ends = part("ends", "spread", *flat(rng, "ends", 2), place="bottom")
    one = part(
        "one",
        "wide",
        w.button("one/go", "Continue"),
        *flat(rng, "one/flat", rng.randint(0, 1)),
        place="bottom",
    )
    dots = part("dots", "dots", columns=rng.randint(3, 5), place="bottom")
    return screen(
        rng,
        "onboarding",
        middle,
        dots,
        rng.choice((ends, one)),
        backdrop=scene,
        bar="none",
        nav_chance=0,
        float_chance=0,
    )


def form(rng: random.Random) -> Screen:
    """Fields, lists to choose from, boxes, switches and sliders."""
    captioned = rng.random() < 0.6
    made: list[Widget] = [
        _field(rng, f"f/{n}", name, captioned)
        for n, name in enumerate(rng.sample(_FIELDS, rng.randint(2, 5)))
    ]
    made += [
        uncaptioned(w.dropdown(f"d/{n}", word(rng) if captioned else "", str(rng.randint(1, 99))))
        for n in range(rng.randint(0, 2))
    ]
    made += [
        w.checkbox(f"c/{n}", t, rng.random() < 0.5)
        for n, t in enumerate(words(rng, rng.randint(0, 3)))
    ]
    made += [
        w.switch(f"s/{n}", t, rng.random() < 0.5)
        for n, t in enumerate(words(rng, rng.randint(0, 2)))
    ]
    made += [
        w.slider(f"r/{n}", t, rng.randint(0, 100))
        for n, t in enumerate(words(rng, rng.randint(0, 2)))
    ]
    made += [w.radios("o", word(rng), words(rng, rng.randint(2, 4)), rng.randrange(2))] * (
        rng.random() < 0.4
    )
    rng.shuffle(made)
    save = part(
        "save", "wide", w.button("save/go", "Save"), place=rng.choice(("content", "bottom"))
    )
    return screen(
        rng,
        "form",
        part("form", "column", *made),
        *([save] * (rng.random() < 0.7)),
        float_chance=0.2,
        nav_chance=0.1,
    )


def sliders(rng: random.Random) -> Screen:
    """Icon, slider and value on each line; an equaliser."""
    lines = [
        part(
            f"level{n}",
            "spread",
            w.icon_button(f"level{n}/icon", icon(rng)),
            uncaptioned(w.slider(f"level{n}/bar", "", rng.randint(0, 100))),
            w.text(f"level{n}/value", str(rng.randint(0, 100)), "caption"),
        )
        for n in range(rng.randint(3, 7))
    ]
    flags = [
        row(
            f"flag/{n}",
            {"title": t, "subtitle": summary(rng)},
            Widget(f"flag/{n}/on", "switch", {}, state={"on": rng.random() < 0.5}),
        )
        for n, t in enumerate(words(rng, 3))
    ]
    return screen(rng, "sliders", *lines, part("flags", "list", *flags))


def calculator(rng: random.Random) -> Screen:
    """A number above a grid of keys."""
    faces = ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "−", ".", "0", "=", "+"]
    extra = rng.choice(([], ["C", "(", ")", "%"], ["sin", "cos", "tan", "π"]))
    made = [
        w.button(
            f"key/{n}", face, style="primary" if face in "÷×−+=" and rng.random() < 0.8 else "key"
        )
        for n, face in enumerate(extra + faces)
    ]
    shown = part(
        "shown",
        "column",
        w.text("shown/sum", f"{rng.randint(1, 99)}×{rng.randint(1, 99)}", "caption"),
        w.text("shown/value", str(rng.randint(1, 99999)), "display"),
        place="top",
    )
    return screen(
        rng,
        "calculator",
        shown,
        part("keys", "keys", *made, columns=4),
        bar=rng.choice(("none", "toolbar")),
        nav_chance=0,
        float_chance=0,
        overlay_chance=0.05,
    )


def dialer(rng: random.Random) -> Screen:
    """Digits with letters below them, and a key to call; a lock screen is the same without letters."""
    lettered = rng.random() < 0.6
    letters = ("", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "+", "")
    made: list[Widget] = []
    for n, digit in enumerate("123456789*0#"):
        small = {"small": letters[n]} if lettered and letters[n] else {}
        made.append(Widget(f"key/{n}", "button", {"text": digit, **small}, state={"style": "key"}))
    if rng.random() < 0.4:
        made[9] = w.icon_button("key/9", rng.choice(("close", "key", "person")))
        made[11] = w.icon_button("key/11", rng.choice(("back", "check", "forward")))
    number = part(
        "number",
        "centre",
        w.text(
            "number/shown",
            rng.choice((time_of_day(rng), str(rng.randint(100, 99999999)))),
            "display",
        ),
        place="top",
    )
    call = part("call", "centre", w.icon_button("call/go", "phone", shell="solid"), place="bottom")
    scene = f"photo:{rng.randrange(9999)}" if rng.random() < 0.25 else ""
    return screen(rng, "dialer", number, part("keys", "keys", *made, columns=3), *([call] * (rng.random() < 0.6)), backdrop=scene,
                  bar=rng.choice(("none", "toolbar")), nav_chance=0.2, float_chance=0, overlay_chance=0.03)  # fmt: skip


def month(rng: random.Random) -> Screen:
    """Days in a grid, and what is to be done on one of them."""
    marked = rng.randint(1, 28)
    days = [
        w.button(f"day/{n}", str(n), style="primary" if n == marked else "key")
        for n in range(1, 32)
    ]
    rows = [
        row(
            f"event/{n}",
            {"title": t, "subtitle": time_of_day(rng)},
            icon=rng.choice(("", icon(rng))),
        )
        for n, t in enumerate(words(rng, rng.randint(1, 4)))
    ]
    head = part(
        "head",
        "spread",
        w.icon_button("head/last", "back"),
        w.text("head/month", f"{word(rng)} {rng.randint(2012, 2030)}"),
        w.icon_button("head/next", "forward"),
    )
    return screen(
        rng,
        "month",
        head,
        part("days", "keys", *days, columns=7),
        part("events", "list", *rows),
        float_chance=0.5,
    )


def empty(rng: random.Random) -> Screen:
    """Nothing there yet: a picture or a large icon, words, a key."""
    art = (
        image("art", rng, 1.0, round=True)
        if rng.random() < 0.5
        else w.icon_button("art", icon(rng), size=rng.choice((56, 72, 96)))
    )
    lines: list[Part] = [
        part(
            "empty",
            "centre",
            art,
            w.text("head", word(rng), "title"),
            w.text("body", sentence(rng), "caption"),
            w.button("go", word(rng), style=rng.choice(("primary", "outline", "plain"))),
        )
    ]
    foot = part("foot", "spread", *keys(rng, "foot", 4), place="bottom")
    return screen(
        rng, "empty", *lines, *([foot] * (rng.random() < 0.3)), nav_chance=0.4, float_chance=0.5
    )
