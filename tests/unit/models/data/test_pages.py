from __future__ import annotations

import random

import pytest

from models.data.pages import widgets as w
from models.data.pages.apps import APPS
from models.data.pages.model import Page
from models.data.pages.phrases import LANGUAGES, phrases, translate

SEEDS = range(6)


def pages() -> list[Page]:
    return [page for app in APPS for seed in SEEDS for page in app(random.Random(seed))]


def test_every_phrase_exists_in_every_language() -> None:
    for row in phrases().values():
        assert all(row[language].strip() for language in LANGUAGES)


def test_phrases_joined_by_a_dot_are_translated_one_by_one() -> None:
    assert translate("Total · €5", "de") == "Gesamt · €5"
    assert translate("Ana Ruiz", "ru") == "Ana Ruiz"


def test_the_same_seed_gives_the_same_application() -> None:
    for app in APPS:
        assert app(random.Random(3)) == app(random.Random(3))


def test_every_application_has_another_page_to_look_for_what_is_not_there() -> None:
    for app in APPS:
        names = [page.name for page in app(random.Random(1))]
        assert len(set(names)) == len(names) >= 2


def test_reordering_keeps_the_widgets() -> None:
    moved = 0
    for page in pages():
        other = page.reordered(random.Random(5))
        assert sorted(widget.id for widget in page.widgets()) == sorted(
            widget.id for widget in other.widgets()
        )
        moved += [widget.id for widget in page.widgets()] != [
            widget.id for widget in other.widgets()
        ]
    assert moved > 0.8 * len(pages())


def test_two_widgets_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="names two widgets 'a'"):
        Page(
            "app", "page", w.heading("title", "x"),
            (w.form("f", w.text("a", "x"), w.text("a", "y")),),
        )  # fmt: skip


def test_no_widget_shows_one_text_twice() -> None:
    """The renderer tells the texts of a widget apart by their words (tables mark each cell)."""
    for page in pages():
        for language in LANGUAGES:
            for widget in page.widgets():
                words = [translate(text, language) for text in widget.texts.values()]
                assert widget.kind == "table" or len(set(words)) == len(words), widget
