"""Tab goes as the eye does: parts that are made late, such as sliders and charts, would come last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QStackedWidget, QTabWidget, QWidget


def follow_eye(root: QWidget) -> None:
    """Have Tab go through a widget in the order in which its parts are laid out."""
    for one, next_one in pairwise(in_layout_order(root)):
        QWidget.setTabOrder(one, next_one)


def in_layout_order(root: QWidget) -> list[QWidget]:
    """What Tab can reach within a widget, as laid out."""
    reached = bool(root.focusPolicy() & Qt.FocusPolicy.TabFocus) and root.focusProxy() is None
    found = [root] if reached else []
    for part in _parts(root):
        found += in_layout_order(part)
    return found


def _parts(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QTabWidget):
        yield widget.tabBar()
    if isinstance(widget, QTabWidget | QSplitter | QStackedWidget):
        yield from (part for place in range(widget.count()) if (part := widget.widget(place)) is not None)
    elif isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            yield inside
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (part := item.widget()) is not None:
            yield part
        elif (within := item.layout()) is not None:
            yield from _laid_out(within)
