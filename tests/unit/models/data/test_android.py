from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from models.data.pages.android import KINDS, android_page
from models.data.web.screens import VIEWS, android_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.data.pages.android.model import Screen


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_of_screen_comes_back_from_its_seed(
    kind: Callable[[random.Random], Screen],
) -> None:
    screens = [kind(random.Random(seed)) for seed in range(12)]
    assert screens == [kind(random.Random(seed)) for seed in range(12)]
    assert len({repr(screen) for screen in screens}) == 12
    assert {screen.name for screen in screens} == {screens[0].name}


def test_no_widget_has_an_empty_text() -> None:
    """The renderer would look for it in vain."""
    for seed in range(300):
        for widget in android_page(random.Random(seed)).widgets():
            assert all(widget.texts.values()), widget


def test_every_kind_of_screen_overlay_and_bar_occurs() -> None:
    screens = [android_page(random.Random(seed)) for seed in range(900)]
    assert len({screen.name for screen in screens}) == len(KINDS)
    overlays = Counter(screen.overlay.kind for screen in screens if screen.overlay)
    assert set(overlays) == {"dialog", "sheet", "menu", "drawer", "snackbar"}
    assert {screen.bar for screen in screens} == {"toolbar", "large", "photo", "none"}


def test_screens_are_mostly_those_of_telephones_and_need_one_load() -> None:
    narrow = 0
    for seed in range(80):
        _, views = android_plan(random.Random(seed))
        assert len(views) == VIEWS
        assert len({view.loads_as for view in views}) == 1
        assert {view.kit for view in views} == {"android"}
        assert all(320 <= view.width <= 1280 and 1 <= view.density <= 3.5 for view in views)
        narrow += sum(view.width <= 480 for view in views)
    assert narrow > 0.65 * 80 * VIEWS
