"""The catalogue: all kinds of measure by priority, found by any word in either language, and one kind in full."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.desk import Desk
from simulator.gui.measures.marks import square
from simulator.gui.measures.mix import Mix
from simulator.gui.measures.wording import found, of_kind
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import PRIORITIES, Kind
from simulator.quantity import Text

_TAKE = Text("Catalogue: add the measure", "Katalog: lägg till insatsen")
SEARCH = Text("Search: title, lever, code …", "Sök: titel, spak, kod …")
NONE = Text(
    "Nothing found. Try another word, in English or Swedish.",
    "Inget hittat. Pröva ett annat ord, på svenska eller engelska.",
)
ROLE = Qt.ItemDataRole.UserRole
ICON, MARGIN = 28, 8


class Wrapping(QStyledItemDelegate):
    """Gives each line of a tree the height that its words need at the tree's width."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """As high as the words when they are wrapped."""
        hint = super().sizeHint(option, index)
        depth = 2 if index.parent().isValid() else 1
        wide = self._tree.viewport().width() - depth * self._tree.indentation() - (ICON if depth == 1 else MARGIN)
        font = index.data(Qt.ItemDataRole.FontRole)
        measure = QFontMetrics(font if isinstance(font, QFont) else self._tree.font())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        box = measure.boundingRect(QRect(0, 0, max(60, wide), 10_000), int(Qt.TextFlag.TextWordWrap), text)
        return QSize(hint.width(), max(measure.height(), box.height()) + 4)


class Wrapped(QTreeWidget):
    """A tree that lays its lines out anew when its width changes."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the lines their heights anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class Catalogue(QWidget):
    """Tree of kinds with a line for searching; `chosen` tells the kind in hand, `wanted` the one to be taken in."""

    chosen = Signal(object)
    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        desk.language.words(self.search, self.search.setPlaceholderText, SEARCH)
        desk.language.words(self.search, self.search.setAccessibleName, Text("Search the catalogue", "Sök i katalogen"))
        self.tree = Wrapped()
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setItemDelegate(Wrapping(self.tree))
        self.tree.setIndentation(10)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.language.words(
            self.tree, self.tree.setAccessibleName, Text("Catalogue of measures", "Katalog över insatser")
        )
        self.none = QLabel()
        self.none.setWordWrap(True)
        desk.language.words(self.none, self.none.setText, NONE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 4)
        for widget in (self.search, self.none, self.tree):
            layout.addWidget(widget)
        self.items: dict[str, QTreeWidgetItem] = {}
        self.groups: dict[int, QTreeWidgetItem] = {}
        self._fill()
        self.search.textChanged.connect(self._filter)
        self.tree.currentItemChanged.connect(lambda *_: self._tell())
        self.tree.itemDoubleClicked.connect(lambda item, _: self._want(item))
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            take = QAction(self.tree)
            desk.language.words(take, take.setText, _TAKE)
            take.setShortcut(QKeySequence(key))
            take.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            take.triggered.connect(lambda: self._want(self.tree.currentItem()))
            self.tree.addAction(take)
        self.search.returnPressed.connect(self.tree.setFocus)
        desk.language.follow(self.tree, self._name)
        desk.theme.follow(self.tree, self._name)
        self._filter("")

    @property
    def kind(self) -> Kind | None:
        """The kind in hand."""
        item = self.tree.currentItem()
        return None if item is None else KINDS.get(item.data(0, ROLE) or "")

    @property
    def shown(self) -> list[str]:
        """Kinds that the search has left."""
        return [name for name, item in self.items.items() if not item.isHidden()]

    def _fill(self) -> None:
        for priority in PRIORITIES:
            group = QTreeWidgetItem(self.tree)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setExpanded(True)
            self.groups[priority] = group
            for kind in KINDS.values():
                if kind.priority == priority:
                    item = QTreeWidgetItem(group)
                    item.setData(0, ROLE, kind.name)
                    self.items[kind.name] = item

    def _name(self) -> None:
        said = self.desk.language.said
        for priority, group in self.groups.items():
            group.setText(0, f"{priority}. {said(PRIORITIES[priority])}")
            group.setIcon(0, square(self.desk.theme.colours, priority))
        for name, item in self.items.items():
            kind = KINDS[name]
            item.setText(0, f"{kind.code} {said(kind.title)}")
            item.setToolTip(0, said(kind.help))

    def _filter(self, asked: str) -> None:
        names = set(found(asked))
        for name, item in self.items.items():
            item.setHidden(name not in names)
        for priority, group in self.groups.items():
            group.setHidden(not any(KINDS[name].priority == priority for name in self.shown))
        self.none.setVisible(not self.shown)
        current = self.tree.currentItem()
        if self.shown and (current is None or current.isHidden()):
            self.tree.setCurrentItem(self.items[self.shown[0]])

    def _tell(self) -> None:
        if self.kind is not None:
            self.chosen.emit(self.kind)

    def _want(self, item: QTreeWidgetItem | None) -> None:
        if self.kind is not None and item is self.tree.currentItem():
            self.wanted.emit(self.kind)


class KindPage(QWidget):
    """One kind of the catalogue in full, with the button that takes it into the scenario; `added` says it did."""

    added = Signal()

    def __init__(self, desk: Desk, mix: Mix) -> None:
        super().__init__()
        self.desk, self.mix = desk, mix
        self.kind: Kind | None = None
        words = desk.language.words
        self.title, self.text, named = QLabel(), QLabel(), QLabel()
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setMaximumWidth(760)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        self.title.setFont(font)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        words(area, area.setAccessibleName, Text("About this kind of measure", "Om denna sorts insats"))
        area.setWidget(self.text)
        words(named, named.setText, Text("Na&me", "Na&mn"))
        self.name = QLineEdit()
        self.name.setMinimumWidth(150)
        self.name.setMaximumWidth(280)
        words(self.name, self.name.setAccessibleName, Text("Name of the new measure", "Den nya insatsens namn"))
        named.setBuddy(self.name)
        self.button = QPushButton()
        words(self.button, self.button.setText, Text("&Add to the scenario", "&Lägg till i scenariot"))
        self.button.clicked.connect(lambda: self.add())
        line = QHBoxLayout()
        for widget, share in ((named, 0), (self.name, 3), (self.button, 0)):
            line.addWidget(widget, share)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addLayout(line)
        layout.addWidget(area, 1)
        desk.language.follow(self, self._write)

    def show_kind(self, kind: Kind) -> None:
        """Show a kind, and propose a name for it."""
        self.kind = kind
        self.name.setText(self.mix.proposed(kind.name.replace("_", "-")))
        self._write()

    def add(self) -> bool:
        """Take it into the scenario under the name that stands there; whether that was possible."""
        if self.kind is None or not self.mix.add(self.kind, self.name.text().strip()):
            return False
        self.added.emit()
        return True

    def _write(self) -> None:
        if self.kind is not None:
            said = self.desk.language.said
            self.title.setText(f"{self.kind.code} {said(self.kind.title)}")
            self.text.setText(said(of_kind(self.kind)))
