"""A shop: cards of goods, a product, the cart, the checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import GOODS, LONG, bar, make_page, money, slug, some

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def shop(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("home", "Home", "home"),
        ("favourites", "Favourites", "heart"),
        ("cart", "Cart", "cart"),
        ("profile", "Profile", "person"),
    )
    goods = some(rng, GOODS, 4, 8)
    items = [
        w.card(
            f"browse/{slug(g)}",
            g,
            money(rng),
            w.button(f"browse/{slug(g)}/add", "Add to cart", rng.choice(["cart", ""])),
            picture=rng.randrange(999),
        )
        for g in goods
    ]
    browse = [
        w.form("browse/find", w.field("browse/search", "", "", "Search", icon="search")),
        w.line("browse/kinds", w.chips("browse/kind", ["All", "New", "Sale"], rng.randrange(3))),
        w.cards("browse/goods", *items),
    ]
    product = [
        w.form("product/picture", w.image("product/image", rng.randrange(999), 1.4)),
        w.form(
            "product/facts",
            w.heading("product/name", goods[0]),
            w.text("product/price", money(rng)),
            w.text("product/words", LONG[0]),
        ),
        w.form(
            "product/choice",
            w.dropdown("product/size", "Size", rng.choice("SML")),
            w.radios("product/colour", "Colour", ["High", "Medium", "Low"], rng.randrange(3)),
            w.checkbox("product/gift", "Gift wrap", rng.random() < 0.5),
        ),
        w.line(
            "product/actions",
            w.button("product/add", "Add to cart", "cart"),
            w.button("product/buy", "Buy now", style="outline"),
        ),
    ]
    lines = [
        w.row(
            f"cart/{slug(g)}",
            g,
            money(rng),
            "",
            w.icon_button(f"cart/{slug(g)}/remove", "trash"),
            picture=rng.randrange(999),
        )
        for g in goods[:4]
    ]
    cart = [
        w.listed("cart/lines", *lines, title="Orders"),
        w.form("cart/code", w.field("cart/discount", "Discount code", "", "ABC-123")),
        w.form(
            "cart/end",
            w.text("cart/total", f"Total · {money(rng)}"),
            w.button("cart/checkout", "Checkout", "card"),
        ),
    ]
    ways = ["Credit card", "Bank transfer", "Cash on delivery"]
    checkout = [
        w.form(
            "pay/address",
            w.field("pay/street", "Street", "Mill Lane 12"),
            w.field("pay/city", "City", "", "Oslo"),
            w.field("pay/code", "Postcode", "10115"),
            title="Delivery",
        ),
        w.form("pay/ways", w.radios("pay/way", "Price", ways, rng.randrange(3))),
        w.form(
            "pay/end",
            w.checkbox("pay/terms", "I accept the terms", rng.random() < 0.5),
            w.button("pay/order", "Place order"),
            w.button("pay/cancel", "Cancel", style="plain"),
        ),
    ]
    icons = ("search", "filter", "bell")
    return [
        make_page("shop", "browse", "Home", browse, bar(rng, *icons), nav, 0),
        make_page("shop", "product", "Description", product, bar(rng, "share", "heart", back=True)),
        make_page("shop", "cart", "Cart", cart, bar(rng, "edit"), nav, 2),
        make_page("shop", "pay", "Checkout", checkout, bar(rng, "help", back=True)),
    ]
