"""Made-up screens of the kinds that Android applications have, for the detector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages.android import cards, forms, lists, media, places

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen

KINDS = (
    lists.settings, lists.settings, lists.contacts, lists.chats, lists.mails, lists.files,
    lists.plain_list, lists.conversation, media.player, media.songs, media.gallery,
    media.carousels, media.film, media.launcher, media.dashboard, cards.feed, cards.cards,
    cards.goods, cards.product, cards.basket, cards.article, cards.profile, forms.login,
    forms.onboarding, forms.form, forms.sliders, forms.calculator, forms.dialer, forms.month,
    forms.empty, places.street_map,
)  # fmt: skip


def android_page(rng: random.Random) -> Screen:
    """A screen of a random kind."""
    return rng.choice(KINDS)(rng)
