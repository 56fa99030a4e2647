"""Made-up applications: each builder returns the pages of one application, drawn from a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages.apps.bank import bank
from models.data.pages.apps.calculator import calculator
from models.data.pages.apps.chat import chat
from models.data.pages.apps.clock import clock
from models.data.pages.apps.login import login
from models.data.pages.apps.mail import mail
from models.data.pages.apps.office import office
from models.data.pages.apps.player import player
from models.data.pages.apps.settings import settings
from models.data.pages.apps.shop import shop
from models.data.pages.apps.tasks import tasks

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from models.data.pages.model import Page

APPS: tuple[Callable[[random.Random], list[Page]], ...] = (
    settings,
    shop,
    mail,
    login,
    player,
    calculator,
    office,
    chat,
    clock,
    tasks,
    bank,
)
