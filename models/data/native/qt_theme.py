"""Palettes, fonts and style sheets for Qt, from a seed."""

from __future__ import annotations

import random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette, QPixmap

_FAMILIES = ("Noto Sans", "DejaVu Sans", "Nimbus Sans", "Noto Sans", "Noto Serif")


def font(rng: random.Random) -> QFont:
    """A typeface of 8 to 13 points."""
    chosen = QFont(rng.choice(_FAMILIES))
    chosen.setPixelSize(rng.choice([12, 13, 13, 14, 15, 17]))
    return chosen


def accent(hue: int, dark: bool) -> QColor:
    """The colour of what is selected, or most important."""
    return QColor.fromHsl(hue, 150, 140 if dark else 105)


def palette(hue: int, dark: bool) -> QPalette:
    """Window, text and accent colours."""
    base = QPalette(QColor(45, 45, 48) if dark else QColor(240, 240, 240))
    role = QPalette.ColorRole
    base.setColor(role.Highlight, accent(hue, dark))
    base.setColor(role.Accent, accent(hue, dark))
    base.setColor(role.Link, accent(hue, dark))
    base.setColor(role.Base, QColor(32, 32, 35) if dark else QColor(255, 255, 255))
    return base


def style_sheet(rng: random.Random, hue: int, dark: bool) -> str:
    """Nothing for the plain style, or colours and round corners."""
    colour = accent(hue, dark).name()
    common = f"QLabel#heading{{font-size:19px;font-weight:600}} QLabel#link{{color:{colour}}}"
    if rng.random() < 0.5:
        return common
    corner = rng.choice([0, 3, 6, 12])
    line = "#555" if dark else "#bbb"
    text = "#eee" if dark else "#222"
    pad = rng.choice([4, 7, 10])
    return common + (
        f"QPushButton{{border:1px solid {line};border-radius:{corner}px;padding:{pad}px 14px;"
        f"background:transparent;color:{text}}}"
        f"QPushButton[primary=true]{{background:{colour};color:white;border:0}}"
        f"QPushButton:disabled{{color:gray}}"
        f"QLineEdit,QPlainTextEdit,QComboBox{{border:1px solid {line};border-radius:{corner}px;"
        f"padding:{pad}px}} QToolBar,QFrame#bar{{background:{colour}}}"
    )


def picture(seed: int, width: int, height: int) -> QPixmap:
    """A made-up picture: a gradient with shapes."""
    rng = random.Random(seed)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsl(rng.randrange(360), rng.randint(40, 220), rng.randint(40, 220)))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    for _ in range(rng.randint(4, 30)):
        painter.setBrush(
            QColor.fromHsl(rng.randrange(360), rng.randint(20, 255), rng.randint(20, 230), 150)
        )
        size = rng.randint(6, max(8, width // 2))
        painter.drawEllipse(QPoint(rng.randrange(width), rng.randrange(height)), size, size // 2)
    painter.end()
    return QPixmap.fromImage(image)
