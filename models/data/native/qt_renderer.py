"""The process that draws pages with Qt 6, without a screen. Started by `models.data.native`.

Boxes come from Qt itself: of an indicator from the style, of a tab from its bar. Text and glyphs
say only where to look (`loose`); their ink is measured on the picture afterwards.
"""

from __future__ import annotations

import json
import random
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from models.data.native.qt_form import Form
from models.data.native.qt_theme import font, palette, style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


def _draw(app: QApplication, job: dict[str, Any]) -> list[dict[str, Any]]:
    look = job["look"]
    rng = random.Random(f"qt {look['hue']} {look['flavour']} {look['icons']}")
    app.setStyle(QStyleFactory.create(rng.choice(["Fusion", "Fusion", "Windows"])))
    app.setPalette(palette(look["hue"], look["dark"]))
    app.setFont(font(rng))
    app.setStyleSheet(style_sheet(rng, look["hue"], look["dark"]))
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if look["rtl"] else Qt.LayoutDirection.LeftToRight
    )
    form = Form(job["page"], look)
    form.root.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    answers = [_view(app, form, view) for view in job["views"]]
    form.root.deleteLater()
    return answers


def _view(app: QApplication, form: Form, view: dict[str, Any]) -> dict[str, Any]:
    form.root.resize(view["width"], view["height"])
    form.root.show()
    app.processEvents()
    bar = form.area.verticalScrollBar()
    bar.setValue(round(view["scroll"] * bar.maximum()))
    app.processEvents()
    density = view["density"]
    size = QSize(round(view["width"] * density), round(view["height"] * density))
    pixmap = QPixmap(size)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(form.root.palette().window().color())
    form.root.render(pixmap, QPoint(0, 0))
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.0)
    if not image.save(view["png"]):
        raise OSError(f"cannot write {view['png']}")
    return {"elements": list(_elements(form)), "behind": []}


def _elements(form: Form) -> Iterator[dict[str, Any]]:
    for label in form.labels:
        seen = _visible(label.widget, label.rect(), form.root)
        whole = label.rect()
        if seen.width() * seen.height() < 0.5 * whole.width() * whole.height() or seen.isEmpty():
            continue
        yield {
            "id": label.id,
            "part": label.part,
            "class": label.cls,
            "text": label.text,
            "clickable": label.clickable,
            "loose": label.loose,
            "box": [
                seen.left(),
                seen.top(),
                seen.left() + seen.width(),
                seen.top() + seen.height(),
            ],
        }


def _visible(widget: QWidget, rect: QRect, root: QWidget) -> QRect:
    """`rect` of `widget` in coordinates of `root`, less what its ancestors clip."""
    seen = QRect(widget.mapTo(root, rect.topLeft()), rect.size())
    above: QWidget | None = widget
    while above is not None:
        seen &= QRect(above.mapTo(root, QPoint(0, 0)), above.size())
        above = above.parentWidget() if above is not root else None
    return seen


def main() -> None:
    """Answers jobs until standard input ends."""
    app = QApplication([])
    for line in sys.stdin:
        job = json.loads(line)
        try:
            answer = {"id": job["id"], "views": _draw(app, job)}
        except Exception as error:  # noqa: BLE001 - the other side must hear of any failure
            answer = {"id": job["id"], "error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
