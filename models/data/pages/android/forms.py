"""Screens to enter something: sign in, first steps, forms, keypads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    flat,
    icon,
    image,
    keys,
    part,
    row,
    screen,
    sentence,
    summary,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import LONG, PEOPLE

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Part, Screen
    from models.data.pages.model import Widget

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
    names = [*rng.sample(_FIELDS[2:], rng.randint(0, 2)), "E-mail address", "Password"]
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
    return screen(
        rng,
        "login",
        *([mark] * (rng.random() < 0.8)),
        fields,
        rest,
        *([link] * (rng.random() < 0.6)),
        backdrop=scene,
        bar=rng.choice(("none", "none", "toolbar")),
        nav_chance=0,
        float_chance=0,
    )


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
    made = [
        _field(rng, f"f/{n}", name, captioned)
        for n, name in enumerate(rng.sample(_FIELDS, rng.randint(2, 5)))
    ]
    made += [
        w.dropdown(f"d/{n}", word(rng) if captioned else "", t)
        for n, t in enumerate(words(rng, rng.randint(1, 3)))
    ]
    made += _choices(rng)
    rng.shuffle(made)
    place = rng.choice(("content", "bottom"))
    save = [part("save", "wide", w.button("save/go", "Save"), place=place)] * (rng.random() < 0.7)
    body = part("form", "column", *made)
    return screen(rng, "form", body, *save, float_chance=0.2, nav_chance=0.1)


def _choices(rng: random.Random) -> list[Widget]:
    made = [w.checkbox(f"c/{t}", t, rng.random() < 0.5) for t in words(rng, rng.randint(0, 3))]
    made += [w.switch(f"s/{t}", t, rng.random() < 0.5) for t in words(rng, rng.randint(0, 2))]
    made += [w.slider(f"r/{t}", t, rng.randint(0, 100)) for t in words(rng, rng.randint(0, 2))]
    if rng.random() < 0.4:
        made.append(w.radios("o", word(rng), words(rng, rng.randint(2, 4)), rng.randrange(2)))
    return made


def sliders(rng: random.Random) -> Screen:
    """Icon, slider and value on each line; an equaliser."""
    lines = [
        part(
            f"level{n}",
            "spread",
            w.icon_button(f"level{n}/icon", icon(rng)),
            w.slider(f"level{n}/bar", "", rng.randint(0, 100)),
            w.text(f"level{n}/value", str(rng.randint(0, 100)), "caption"),
        )
        for n in range(rng.randint(3, 7))
    ]
    flags = [
        row(
            f"flag/{n}",
            {"title": t, "subtitle": summary(rng)},
            w.switch(f"flag/{n}/on", "", rng.random() < 0.5),
        )
        for n, t in enumerate(words(rng, 3))
    ]
    return screen(rng, "sliders", *lines, part("flags", "list", *flags))


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
