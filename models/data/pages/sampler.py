"""One page with every kind of widget, to check a kit with."""

from __future__ import annotations

from models.data.pages import widgets as w
from models.data.pages.model import Page


def sampler() -> Page:
    """Every kind, and every style of button."""
    buttons = ("primary", "secondary", "outline", "plain", "danger", "key")
    words = ("Save", "Edit", "Share", "Cancel", "Delete", "Apply")
    return Page(
        app="sampler",
        name="all",
        title=w.heading("title", "Settings"),
        leading=w.icon_button("bar/menu", "menu"),
        actions=(w.icon_button("bar/search", "search"),),
        nav=w.nav(("home", "Home", "home"), ("cart", "Cart", "cart"), ("more", "More", "menu")),
        floating=w.icon_button("float", "add"),
        sections=(
            w.line(
                "buttons",
                *(
                    w.button(f"b/{style}", text, "check" if style == "primary" else "", style)
                    for style, text in zip(buttons, words, strict=True)
                ),
                w.icon_button("b/icon", "heart"),
            ),
            w.form(
                "fields",
                w.field("f/label", "First name", "Ana Ruiz"),
                w.field("f/hint", "City", "", "Oslo"),
                w.field("f/search", "", "", "Search", icon="search"),
                w.field("f/secret", "Password", "secret", password=True, icon="lock"),
                w.area("f/area", "Message", "We keep your data on this device only."),
                w.dropdown("f/dropdown", "Country", "Norge"),
            ),
            w.form(
                "choices",
                w.checkbox("c/on", "Remember me", True),
                w.checkbox("c/off", "I accept the terms"),
                w.switch("s/on", "Bluetooth", True),
                w.switch("s/off", "Location"),
                w.radios("r", "Size", ["High", "Medium", "Low"], 1),
                w.slider("slider", "Volume", 40),
            ),
            w.listed(
                "rows",
                w.row("row/icon", "Network", "General", "wifi", chevron=True, trail="2"),
                w.row("row/picture", "Olga Smirnova", picture=4),
                w.row("row/switch", "Battery", "", "battery", w.switch("row/switch/on", "", True)),
                title="Advanced",
            ),
            w.form("tabs", w.tabs("tabs/kind", ["Songs", "Albums", "Artists"], 1)),
            w.line("chips", w.chips("chips/kind", ["All", "New", "Sale"], 0)),
            w.cards(
                "cards",
                w.card(
                    "card",
                    "Rain jacket",
                    "$12",
                    w.button("card/add", "Add to cart", "cart"),
                    picture=3,
                ),
            ),
            w.form(
                "rest",
                w.text("text", "This cannot be undone."),
                w.link("link", "Forgot password?"),
                w.image("image", 5),
                w.table("table", ["Name", "Amount"], [["Ana", "12"], ["Ben", "7"]]),
                w.bubble("bubble/a", "See you at eight", True),
                w.bubble("bubble/b", "Sounds good", False),
            ),
        ),
    )
