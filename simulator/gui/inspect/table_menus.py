"""What can be done with the table: other columns, a file, the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from simulator.gui.charts.export_menu import FOLDER
from simulator.gui.desk import Desk
from simulator.gui.file_dialogs import CSV, ask_save
from simulator.gui.inspect.columns import USUAL, FirmColumn
from simulator.quantity import Text

_COLUMNS = Text("Colu&mns", "Kolu&mner")
_EXPORT = Text("E&xport", "E&xportera")
_FILE, _COPY = Text("Table, &CSV…", "Tabell, &CSV…"), Text("Copy &table", "Kopiera &tabell")
_USUAL = Text("The &usual ones", "De &vanliga")
_CHOSEN = "firm columns"


class ColumnMenu(QPushButton):
    """Which columns the table shows.

    changed  others
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._all: tuple[FirmColumn, ...] = ()
        kept = desk.preferences.text(_CHOSEN)
        self._names = set(kept.split(",")) if kept else set(USUAL)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        desk.language.words(self, self.setText, _COLUMNS)

    def offer(self, columns: Sequence[FirmColumn]) -> None:
        """Offer these columns."""
        self._all = tuple(columns)
        self._menu.clear()
        usual = self._menu.addAction(self._desk.language.said(_USUAL))
        usual.triggered.connect(lambda: self._choose(set(USUAL)))
        self._menu.addSeparator()
        for column in self._all:
            action = QAction(self._desk.language.said(column.text).replace("&", "&&"), self._menu)
            action.setToolTip(column.about(self._desk.language))
            action.setCheckable(True)
            action.setChecked(column.name in self._names)
            action.toggled.connect(lambda on, name=column.name: self.show_column(name, on))
            self._menu.addAction(action)

    @property
    def chosen(self) -> tuple[FirmColumn, ...]:
        """The columns that are shown: those chosen, or the usual ones where none of them is known any more."""
        found = tuple(column for column in self._all if column.name in self._names)
        return found or tuple(column for column in self._all if column.name in USUAL)

    def show_column(self, name: str, on: bool) -> None:
        """Show a column, or hide it."""
        self._choose(self._names | {name} if on else self._names - {name})

    def _choose(self, names: set[str]) -> None:
        if names == self._names:
            return
        self._names = names
        self._desk.preferences.keep(_CHOSEN, ",".join(sorted(names)))
        for action, column in zip(self._menu.actions()[2:], self._all, strict=True):
            action.setChecked(column.name in names)
        self.changed.emit()


class TableExport(QPushButton):
    """Asks where the table goes.

    wanted  write to this Path, or to the clipboard: None
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, name: Callable[[], str]) -> None:
        super().__init__()
        self._desk, self._name = desk, name
        menu = QMenu(self)
        for text, act in ((_FILE, self.ask), (_COPY, lambda: self.wanted.emit(None))):
            action = QAction(self)
            desk.language.words(action, action.setText, text)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        self.setMenu(menu)
        desk.language.words(self, self.setText, _EXPORT)

    def ask(self) -> None:
        """Ask for a file."""
        folder = Path(self._desk.preferences.text(FOLDER) or Path.cwd())
        path = ask_save(self._desk, self, _FILE, folder / self._name(), CSV, "csv")
        if path is not None:
            self._desk.preferences.keep(FOLDER, str(path.parent))
            self.wanted.emit(path)
