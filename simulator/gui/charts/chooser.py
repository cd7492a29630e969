"""Choose an indicator: by topic, or by searching in either language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QToolButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from simulator.gui.charts.result_table import holds
from simulator.gui.charts.words import title_of
from simulator.gui.desk import Desk
from simulator.indicators import INDICATORS
from simulator.indicators.declare import TOPICS
from simulator.quantity import Text

_SEARCH = Text("Search indicators…", "Sök indikatorer…")
_CHOOSE = Text("Indicator", "Indikator")
_NAME = Qt.ItemDataRole.UserRole
_SIZE = (460, 420)
_STEPS = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class IndicatorChooser(QToolButton):
    """A button with the chosen indicator that opens a list with a search field.

    chosen  the user has chosen an indicator: its name
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, indicator: str) -> None:
        super().__init__()
        self._desk, self.indicator = desk, indicator
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setArrowType(Qt.ArrowType.DownArrow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(190)
        self.popup = QFrame(self, Qt.WindowType.Popup)
        self.popup.setFrameShape(QFrame.Shape.StyledPanel)
        self.popup.resize(*_SIZE)
        self.search, self.tree = QLineEdit(), QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.search.setClearButtonEnabled(True)
        column = QVBoxLayout(self.popup)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.search)
        column.addWidget(self.tree)
        self._items = self._fill()
        self.search.textChanged.connect(self._seek)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self._take_current)
        self.tree.itemClicked.connect(self._take)
        self.tree.itemActivated.connect(self._take)
        self.clicked.connect(self.open)
        desk.language.follow(self, self._retranslate)

    def _fill(self) -> dict[str, QTreeWidgetItem]:
        items = {}
        for topic in TOPICS:
            head = QTreeWidgetItem(self.tree, [""])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setData(0, _NAME, topic)
            for one in INDICATORS.values():
                if one.topic == topic:
                    items[one.name] = item = QTreeWidgetItem(head, [""])
                    item.setData(0, _NAME, one.name)
            head.setExpanded(True)
        return items

    def choose(self, indicator: str) -> None:
        """Show an indicator as chosen; nothing is told."""
        self.indicator = indicator
        self._name()

    def open(self) -> None:
        """Show the list below the button, ready for typing."""
        self.popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self.search.clear()
        self.tree.setCurrentItem(self._items[self.indicator])
        self.tree.scrollToItem(self._items[self.indicator])
        self.popup.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Arrows in the search field walk through the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.search
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        step = _STEPS.get(event.key()) if pressed and isinstance(event, QKeyEvent) else None
        if step is not None:
            self._walk(step)
            return True
        return super().eventFilter(watched, event)

    def _seen(self) -> list[QTreeWidgetItem]:
        return [item for item in self._items.values() if not item.isHidden()]

    def _walk(self, by: int) -> None:
        seen, here = self._seen(), self.tree.currentItem()
        if seen:
            at = seen.index(here) + by if here in seen else 0
            self.tree.setCurrentItem(seen[max(0, min(at, len(seen) - 1))])

    def _seek(self, words: str) -> None:
        sought = words.casefold().split()
        for name, item in self._items.items():
            item.setHidden(not holds(INDICATORS[name], sought))
        for place in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(place)
            assert head is not None
            head.setHidden(all(item.isHidden() for item in self._items.values() if item.parent() is head))
        seen = self._seen()
        if seen and self.tree.currentItem() not in seen:
            self.tree.setCurrentItem(seen[0])

    def _take_current(self) -> None:
        item = self.tree.currentItem()
        if item is not None and not item.isHidden():
            self._take(item)

    def _take(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        name = item.data(0, _NAME)
        if name in INDICATORS:
            self.popup.hide()
            self.choose(name)
            self.chosen.emit(name)

    def _name(self) -> None:
        one, said = INDICATORS[self.indicator], self._desk.language.said
        self.setText(said(title_of(one)))
        self.setToolTip(f"{said(TOPICS[one.topic])}: {said(one.help)}")
        self.setAccessibleName(f"{said(_CHOOSE)}: {said(one.text)}")

    def _retranslate(self) -> None:
        said = self._desk.language.said
        for name, item in self._items.items():
            item.setText(0, said(INDICATORS[name].text))
            item.setToolTip(0, said(INDICATORS[name].help))
        for place in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(place)
            assert head is not None
            head.setText(0, said(TOPICS[head.data(0, _NAME)]))
        self.search.setPlaceholderText(said(_SEARCH))
        self.search.setAccessibleName(said(_SEARCH))
        self.tree.setAccessibleName(said(_CHOOSE))
        self._name()
