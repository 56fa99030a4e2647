"""A music player: what plays, the library, sliders of sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import PEOPLE, SONGS, bar, make_page, slug, some, time_of_day

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def player(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("library", "Library", "music"),
        ("search", "Search", "search"),
        ("playlists", "Playlists", "list"),
    )
    songs = some(rng, SONGS, 4, 6)
    now = [
        w.form("now/cover", w.image("now/picture", rng.randrange(999), 1.0)),
        w.form(
            "now/facts",
            w.heading("now/song", songs[0]),
            w.text("now/artist", rng.choice(PEOPLE)),
            w.slider("now/position", time_of_day(rng), rng.randint(5, 95)),
            fixed=True,
        ),
        w.line(
            "now/keys",
            *(
                w.icon_button(f"now/{i}", i)
                for i in ("shuffle", "previous", "pause", "next", "repeat")
            ),
        ),
        w.line(
            "now/more",
            w.button("now/lyrics", "Lyrics", "text", "secondary"),
            w.button("now/share", "Share", "share", "plain"),
        ),
    ]
    rows = [
        w.row(
            f"library/{slug(s)}",
            s,
            rng.choice(PEOPLE),
            "",
            w.icon_button(f"library/{slug(s)}/more", "more"),
            picture=rng.randrange(999),
        )
        for s in songs
    ]
    library = [
        w.form(
            "library/kinds",
            w.tabs("library/kind", ["Songs", "Albums", "Artists"], rng.randrange(3)),
        ),
        w.listed("library/rows", *rows),
    ]
    sound = [
        w.form(
            "sound/bands",
            *(
                w.slider(f"sound/{slug(t)}", t, rng.randint(5, 95))
                for t in ("Bass", "Treble", "Balance", "Volume")
            ),
        ),
        w.form(
            "sound/flags",
            w.switch("sound/repeat", "Repeat all", rng.random() < 0.5),
            w.button("sound/reset", "Reset", style="outline"),
        ),
    ]
    return [
        make_page("player", "now", "Now playing", now, bar(rng, "heart", "more", back=True)),
        make_page("player", "library", "Library", library, bar(rng, "search", "sort"), nav, 0),
        make_page("player", "sound", "Equaliser", sound, bar(rng, "help", back=True)),
    ]
