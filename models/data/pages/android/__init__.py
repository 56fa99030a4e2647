"""Made-up screens of the kinds that Android applications have, for the detector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages.android import (
    cards,
    daily,
    forms,
    keypads,
    launchers,
    lists,
    media,
    places,
    shop,
    tools,
    viewers,
)  # fmt: skip

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from models.data.pages.android.model import Screen

# How often each kind is drawn: lists and forms more than the rest, as in applications.
KINDS: dict[Callable[[random.Random], Screen], int] = {
    lists.settings: 4, lists.contacts: 2, lists.chats: 2, lists.mails: 2, lists.files: 2,
    lists.plain_list: 1, lists.conversation: 1, daily.chores: 2, daily.pick_one: 2,
    daily.alarms: 1, daily.stopwatch: 1, daily.weather: 1, daily.notes: 1, media.player: 2,
    media.songs: 1, media.gallery: 1, media.carousels: 1, media.film: 1, launchers.launcher: 1,
    launchers.dashboard: 1, launchers.switches: 1, cards.feed: 1, cards.cards: 1,
    cards.profile: 1, shop.goods: 1, shop.product: 1, shop.basket: 1, viewers.article: 1,
    viewers.browser: 1, viewers.camera: 1, viewers.film_controls: 1, forms.login: 1,
    forms.onboarding: 1, forms.form: 3, forms.sliders: 1, forms.empty: 1, keypads.calculator: 1,
    keypads.dialer: 1, keypads.month: 1, places.street_map: 1, tools.figures: 1,
    tools.timetable: 1, tools.quiz: 1, tools.two_panes: 1,
}  # fmt: skip


def android_page(rng: random.Random) -> Screen:
    """A screen of a random kind."""
    return rng.choices(tuple(KINDS), tuple(KINDS.values()))[0](rng)
