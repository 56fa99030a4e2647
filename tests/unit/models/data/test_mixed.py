from __future__ import annotations

import random
from collections import Counter

from models.data.looks import KIT_MODES
from models.data.pages.mixed import mixed_page
from models.data.web.screens import VIEWS, looks


def test_pages_are_the_same_for_a_seed_and_differ_between_seeds() -> None:
    assert mixed_page(random.Random(1)) == mixed_page(random.Random(1))
    assert mixed_page(random.Random(1)) != mixed_page(random.Random(2))


def test_all_kinds_of_widgets_occur() -> None:
    kinds = Counter(w.kind for n in range(60) for w in mixed_page(random.Random(n)).widgets())
    assert len(kinds) == 19
    assert min(kinds.values()) >= 5


def test_some_controls_are_disabled_and_at_most_one_field_has_the_focus() -> None:
    disabled, focused = Counter(), Counter()
    for n in range(80):
        widgets = list(mixed_page(random.Random(n)).widgets())
        disabled.update(w.kind for w in widgets if w.state.get("disabled"))
        focused[sum(bool(w.state.get("focused")) for w in widgets)] += 1
    assert {"button", "checkbox", "radios", "slider", "dropdown", "field"} <= set(disabled)
    assert set(focused) == {0, 1}


def test_views_of_a_page_need_one_load_only() -> None:
    sizes = set()
    kits = set()
    for n in range(80):
        views = looks(random.Random(n))
        assert len(views) == VIEWS
        assert len({view.loads_as for view in views}) == 1
        assert all(320 <= view.width <= 1920 and 1 <= view.density <= 3 for view in views)
        sizes |= {(view.width, view.height) for view in views}
        kits.add(views[0].kit)
    assert kits == set(KIT_MODES)
    assert len(sizes) > 100
