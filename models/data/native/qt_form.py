"""A logical page as Qt widgets, with a note of where each of its parts is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.data.icons import ICON_SETS, icon_svg
from models.data.native.qt_theme import picture

if TYPE_CHECKING:
    from collections.abc import Callable

ICON_DP = 20


@dataclass(slots=True)
class Label:
    """Where a part of a widget is: `rect` in coordinates of `widget`, asked when it is laid out.

    `loose` says that the part is the ink somewhere in the rect.
    """

    id: str
    part: str
    cls: str
    widget: QWidget
    rect: Callable[[], QRect]
    text: str = ""
    clickable: bool = True
    loose: bool = False


class Form:
    """The widgets of a page: `root` to show, `area` to scroll, `labels` to ask afterwards."""

    def __init__(self, page: dict[str, Any], look: dict[str, Any]) -> None:
        self.labels: list[Label] = []
        self._icons = ICON_SETS[look["icons"] % len(ICON_SETS)]
        self._flavour = look["flavour"]
        self._dark = look["dark"]
        self.root = QWidget()
        column = QVBoxLayout(self.root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(page))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self.area, 1)
        content = QWidget()
        self._sections(page, content)
        self.area.setWidget(content)
        if page["nav"]:
            column.addWidget(self._nav(page))

    # ---- the page ----

    def _bar(self, page: dict[str, Any]) -> QWidget:
        bar = QFrame()
        bar.setObjectName("bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(8, 6, 8, 6)
        if page["leading"]:
            line.addWidget(self._icon_button(page["leading"]))
        line.addWidget(self._heading(page["title"]), 1)
        for w in page["actions"]:
            line.addWidget(self._icon_button(w))
        return bar

    def _sections(self, page: dict[str, Any], content: QWidget) -> None:
        column = QVBoxLayout(content)
        column.setSpacing(10)
        for section in page["sections"]:
            if section["title"]:
                column.addWidget(self._heading(section["title"]))
            column.addWidget(self._section(section))
        column.addStretch(1)

    def _section(self, section: dict[str, Any]) -> QWidget:
        box = QFrame()
        if section["layout"] == "list":
            box.setFrameShape(QFrame.Shape.StyledPanel)
        if section["layout"] in ("grid", "cards"):
            grid = QGridLayout(box)
            columns = section["columns"] or 2
            for n, w in enumerate(section["widgets"]):
                grid.addWidget(self._widget(w), n // columns, n % columns)
            return box
        line = QHBoxLayout(box) if section["layout"] == "line" else QVBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        for w in section["widgets"][: 5 if section["layout"] == "line" else None]:
            line.addWidget(self._widget(w))
        if section["layout"] == "line":
            line.addStretch(1)
        return box

    def _nav(self, page: dict[str, Any]) -> QWidget:
        bar = QFrame()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 0, 0)
        for n, w in enumerate(page["nav"]):
            button = QToolButton()
            button.setText(w["texts"]["text"])
            button.setIcon(self._icon(w["icon"]))
            button.setIconSize(QSize(ICON_DP, ICON_DP))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setCheckable(True)
            button.setChecked(n == page["nav_selected"])
            button.setAutoRaise(True)
            button.setSizePolicy(
                bar.sizePolicy().horizontalPolicy(), button.sizePolicy().verticalPolicy()
            )
            line.addWidget(button, 1)
            self._whole(w, "button", "tab", button)
            half = self._part_of(button, 0.0, 0.55)
            self.labels.append(
                Label(w["id"], "icon", "icon", button, half, clickable=False, loose=True)
            )
            low = self._part_of(button, 0.55, 1.0)
            self._note_text(w, "text", button, low)
        return bar

    @staticmethod
    def _part_of(widget: QWidget, top: float, bottom: float) -> Callable[[], QRect]:
        """A band of a widget, as shares of its height."""

        def rect() -> QRect:
            height = widget.height()
            return QRect(
                3, round(top * height) + 2, widget.width() - 6, round((bottom - top) * height) - 4
            )

        return rect

    # ---- notes ----

    def _whole(self, w: dict[str, Any], part: str, cls: str, widget: QWidget) -> None:
        self.labels.append(Label(w["id"], part, cls, widget, widget.rect))

    def _note_text(
        self, w: dict[str, Any], part: str, widget: QWidget, rect: Callable[[], QRect] | None = None
    ) -> None:
        words = w["texts"].get(part, "")
        if words:
            where = rect or widget.rect
            self.labels.append(
                Label(
                    w["id"], f"text.{part}", "text", widget, where, words, w["kind"] == "link", True
                )
            )

    # ---- icons and words ----

    def _pixmap(self, name: str, size: int) -> QPixmap:
        colour = "#e6e6e6" if self._dark else "#303030"
        pixmap = QPixmap(size * 3, size * 3)
        pixmap.setDevicePixelRatio(3)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        svg = icon_svg(self._icons, name, colour)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRect(0, 0, size, size))
        painter.end()
        return pixmap

    def _icon(self, name: str) -> QIcon:
        return QIcon(self._pixmap(name, ICON_DP))

    def _glyph(self, w: dict[str, Any]) -> QLabel:
        label = QLabel()
        label.setPixmap(self._pixmap(w["icon"], ICON_DP))
        label.setFixedSize(ICON_DP, ICON_DP)
        self.labels.append(Label(w["id"], "icon", "icon", label, label.rect, clickable=False))
        return label

    def _words(self, w: dict[str, Any], part: str, name: str = "") -> QLabel:
        label = QLabel(w["texts"][part])
        label.setObjectName(name)
        label.setWordWrap(True)
        self._note_text(w, part, label)
        return label

    def _captioned(self, w: dict[str, Any], control: QWidget) -> QWidget:
        if "label" not in w["texts"]:
            return control
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._words(w, "label"))
        column.addWidget(control)
        return box

    # ---- widgets ----

    def _widget(self, w: dict[str, Any]) -> QWidget:
        return getattr(self, f"_{w['kind']}")(w)

    def _heading(self, w: dict[str, Any]) -> QWidget:
        return self._words(w, "text", "heading")

    def _link(self, w: dict[str, Any]) -> QWidget:
        return self._words(w, "text", "link")

    def _bubble(self, w: dict[str, Any]) -> QWidget:
        return self._words(w, "text")

    _text = _bubble

    def _button(self, w: dict[str, Any]) -> QWidget:
        button = QPushButton(w["texts"]["text"])
        button.setProperty("primary", w.get("style") in ("primary", "danger"))
        button.setEnabled(not w.get("disabled"))
        self._whole(w, "button", "button", button)
        if w["icon"]:
            button.setIcon(self._icon(w["icon"]))
            button.setIconSize(QSize(18, 18))
        self._button_ink(w, button)
        return button

    def _button_ink(self, w: dict[str, Any], button: QPushButton) -> None:
        def split() -> tuple[QRect, QRect]:
            option = QStyleOptionButton()
            button.initStyleOption(option)
            inner = button.style().subElementRect(
                QStyle.SubElement.SE_PushButtonContents, option, button
            )
            words = button.fontMetrics().horizontalAdvance(button.text())
            icon = 22 if w["icon"] else 0
            left = inner.center().x() - (words + icon) // 2
            shown = QRect(left, inner.top(), words + icon, inner.height())
            glyph, text = QRect(shown), QRect(shown)
            if button.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                glyph.setLeft(shown.right() - icon + 2)
                text.setRight(shown.right() - icon)
            else:
                glyph.setRight(shown.left() + icon - 3)
                text.setLeft(shown.left() + icon)
            return glyph, text

        if w["icon"]:
            self.labels.append(
                Label(
                    w["id"], "icon", "icon", button, lambda: split()[0], clickable=False, loose=True
                )
            )
        self._note_text(w, "text", button, lambda: split()[1].adjusted(-1, 0, 2, 0))

    def _icon_button(self, w: dict[str, Any]) -> QWidget:
        button = QToolButton()
        button.setIcon(self._icon(w["icon"]))
        button.setIconSize(QSize(ICON_DP, ICON_DP))
        button.setAutoRaise(self._flavour % 3 != 0)
        if self._flavour % 3 == 0:
            self._whole(w, "button", "button", button)

        def middle() -> QRect:
            centre = button.rect().center()
            half = ICON_DP // 2
            return QRect(centre - QPoint(half - 1, half - 1), QSize(ICON_DP, ICON_DP))

        self.labels.append(Label(w["id"], "icon", "icon", button, middle))
        return button

    def _field(self, w: dict[str, Any]) -> QWidget:
        edit = QLineEdit(w["texts"].get("value", ""))
        edit.setPlaceholderText(w["texts"].get("placeholder", ""))
        edit.setEnabled(not w.get("disabled"))
        if w.get("password"):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._whole(w, "text_field", "text_field", edit)
        for part in ("value", "placeholder"):
            self._note_text(w, part, edit, lambda: edit.rect().adjusted(4, 3, -4, -3))
        if not w["icon"]:
            return self._captioned(w, edit)
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._glyph(w))
        line.addWidget(edit, 1)
        return self._captioned(w, box)

    def _area(self, w: dict[str, Any]) -> QWidget:
        edit = QPlainTextEdit(w["texts"]["value"])
        edit.setFixedHeight(90)
        self._whole(w, "text_field", "text_field", edit)
        self._note_text(w, "value", edit, lambda: edit.rect().adjusted(4, 4, -4, -4))
        return self._captioned(w, edit)

    def _dropdown(self, w: dict[str, Any]) -> QWidget:
        combo = QComboBox()
        combo.addItem(w["texts"]["value"])
        combo.setEnabled(not w.get("disabled"))
        self._whole(w, "dropdown", "dropdown", combo)

        def inner() -> QRect:
            option = QStyleOptionComboBox()
            combo.initStyleOption(option)
            control = QStyle.ComplexControl.CC_ComboBox
            part = QStyle.SubControl.SC_ComboBoxEditField
            return combo.style().subControlRect(control, option, part, combo).adjusted(1, 2, -1, -2)

        self._note_text(w, "value", combo, inner)
        return self._captioned(w, combo)

    def _tick(
        self, w: dict[str, Any], button: QAbstractButton, cls: str, part: str, words: str
    ) -> QWidget:
        is_check = isinstance(button, QCheckBox)
        elements = QStyle.SubElement
        glyph = elements.SE_CheckBoxIndicator if is_check else elements.SE_RadioButtonIndicator
        text = elements.SE_CheckBoxContents if is_check else elements.SE_RadioButtonContents

        def at(element: QStyle.SubElement) -> QRect:
            option = QStyleOptionButton()
            option.initFrom(button)
            option.text = button.text()
            return button.style().subElementRect(element, option, button)

        button.setEnabled(not w.get("disabled"))
        self.labels.append(Label(w["id"], part, cls, button, lambda: at(glyph)))
        self._note_text(w, words, button, lambda: at(text))
        return button

    def _checkbox(self, w: dict[str, Any]) -> QWidget:
        box = QCheckBox(w["texts"].get("label", ""))
        box.setChecked(bool(w.get("on")))
        return self._tick(w, box, "checkbox", "checkbox", "label")

    # Qt has no switch; its applications use a check box there.
    _switch = _checkbox

    def _radios(self, w: dict[str, Any]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for n in range(w["count"]):
            radio = QRadioButton(w["texts"][f"option{n}"])
            radio.setChecked(n == w["selected"])
            column.addWidget(self._tick(w, radio, "radio", f"radio{n}", f"option{n}"))
        return self._captioned(w, box)

    def _slider(self, w: dict[str, Any]) -> QWidget:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setValue(w["value"])
        slider.setEnabled(not w.get("disabled"))
        self._whole(w, "slider", "slider", slider)
        return self._captioned(w, slider)

    def _row(self, w: dict[str, Any]) -> QWidget:
        box = QFrame()
        line = QHBoxLayout(box)
        line.setContentsMargins(10, 7, 10, 7)
        self._whole(w, "row", "list_item", box)
        if w["icon"]:
            line.addWidget(self._glyph(w))
        elif w.get("picture") is not None:
            line.addWidget(self._picture(w, 40, 40))
        words = QVBoxLayout()
        for part in ("title", "subtitle"):
            if part in w["texts"]:
                words.addWidget(self._words(w, part))
        line.addLayout(words, 1)
        if "trail" in w["texts"]:
            trail = self._words(w, "trail")
            trail.setWordWrap(False)
            line.addWidget(trail)
        for child in w["children"]:
            line.addWidget(self._widget(child))
        return box

    def _card(self, w: dict[str, Any]) -> QWidget:
        box = QFrame()
        box.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(box)
        if w.get("picture") is not None:
            column.addWidget(self._picture(w, 140, 90))
        column.addWidget(self._words(w, "title"))
        column.addWidget(self._words(w, "body"))
        for child in w["children"]:
            column.addWidget(self._widget(child))
        return box

    def _picture(self, w: dict[str, Any], width: int, height: int) -> QWidget:
        label = QLabel()
        label.setPixmap(picture(w["picture"], width, height))
        label.setFixedSize(width, height)
        self.labels.append(Label(w["id"], "image", "image", label, label.rect, clickable=False))
        return label

    def _image(self, w: dict[str, Any]) -> QWidget:
        return self._picture(w, min(300, round(150 * w["ratio"])), 150)

    def _tabs(self, w: dict[str, Any]) -> QWidget:
        bar = QTabBar()
        bar.setExpanding(self._flavour % 2 == 0)
        for n in range(w["count"]):
            bar.addTab(w["texts"][f"tab{n}"])
            self.labels.append(Label(w["id"], f"tab{n}", "tab", bar, lambda n=n: bar.tabRect(n)))
            inner = lambda n=n: bar.tabRect(n).adjusted(5, 4, -5, -5)  # noqa: E731
            self._note_text(w, f"tab{n}", bar, inner)
        bar.setCurrentIndex(w["selected"])
        return bar

    def _chips(self, w: dict[str, Any]) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        for n in range(w["count"]):
            part = f"chip{n}"
            chip = QPushButton(w["texts"][part])
            chip.setCheckable(True)
            chip.setChecked(n == w["selected"])
            line.addWidget(chip)
            self._whole(w, part, "button", chip)
            self._note_text(w, part, chip, lambda chip=chip: chip.rect().adjusted(6, 4, -6, -4))
        return box

    def _table(self, w: dict[str, Any]) -> QWidget:
        box = QFrame()
        box.setFrameShape(QFrame.Shape.StyledPanel)
        grid = QGridLayout(box)
        for c in range(w["columns"]):
            grid.addWidget(self._words(w, f"head{c}"), 0, c)
            for r in range(w["rows"]):
                grid.addWidget(self._words(w, f"r{r}c{c}"), r + 1, c)
        return box
