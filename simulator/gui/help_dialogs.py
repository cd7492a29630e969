"""What the keys do; which versions are at work and under which licences."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, metadata, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QWidget

from simulator import __version__
from simulator.gui.desk import Desk
from simulator.gui.dialogs import Dialog
from simulator.gui.sort_keys import FALLING, RISING
from simulator.quantity import Text

PROGRAM = "transition-simulator"
PACKAGES = (
    "PySide6-Essentials", "shiboken6", "pyqtgraph", "numpy", "scipy", "mesa", "networkx", "pandas", "pydantic", "PyYAML"
)  # fmt: skip
_SHORTCUTS, _ABOUT = Text("Keyboard shortcuts", "Kortkommandon"), Text("About the program", "Om programmet")
_KEY, _DOES = Text("Keys", "Tangenter"), Text("What they do", "Vad de gör")
_PACKAGE, _VERSION, _LICENCE = Text("Package", "Paket"), Text("Version", "Version"), Text("Licence", "Licens")
_NOT_THERE, _UNKNOWN = Text("not installed", "inte installerat"), Text("not stated", "anges inte")
_PURPOSE = Text(
    "A simulator of industrial transition among small and medium-sized manufacturers in North-Middle Sweden. The firms "
    "are synthetic. Results hold under a scenario's assumptions; they are no forecasts.",
    "En simulator av industriell omställning bland små och medelstora tillverkare i Norra Mellansverige. Företagen är "
    "syntetiska. Resultaten gäller under ett scenarios antaganden; de är inga prognoser.",
)
_KEYS_WITHIN: tuple[tuple[str, Text], ...] = (
    ("Tab", Text("Text: write two blanks", "Text: skriv två blanksteg")),
    ("Esc", Text("Text: go on to the list of faults", "Text: gå vidare till listan över fel")),
    ("F5", Text("Batch, results: read the folder again", "Körningsserie, resultat: läs mappen på nytt")),
    ("Return", Text("List of faults: go to the place", "Listan över fel: gå till stället")),
    ("Alt+Up", RISING),
    ("Alt+Down", FALLING),
    ("Left, Right", Text("Chart over time: another quarter", "Diagram över tid: annat kvartal")),
    ("Left, Right", Text("Map, by group: another part", "Karta, efter grupp: en annan del")),
    ("Return", Text("Map, by group: show it over time", "Karta, efter grupp: visa över tid")),
    ("Return", Text("Title of a chart: explain it", "Ett diagrams rubrik: förklara det")),
    ("Return", Text("Table of results: choose the indicator", "Resultattabell: välj indikatorn")),
    ("Left, Right", Text("Firms as points: another firm", "Företag som punkter: annat företag")),
    ("Left, Right", Text("Timeline: move the measure a quarter", "Tidslinje: flytta insatsen ett kvartal")),
    ("Shift+Left, Shift+Right", Text("Timeline: move its end", "Tidslinje: flytta dess slut")),
    ("Alt+Left, Alt+Right", Text("Timeline: move its start", "Tidslinje: flytta dess start")),
)
_IN_SWEDISH = {"Return": "Retur", "Ins": "Insert", "Del": "Delete"}


class Table(QTableWidget):
    """A table to read."""

    def __init__(self, desk: Desk, heads: tuple[Text, ...], rows: Callable[[], Sequence[tuple[str, ...]]]) -> None:
        super().__init__(0, len(heads))
        self._desk, self._heads, self._rows = desk, heads, rows
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        desk.language.follow(self, self._fill)

    def _fill(self) -> None:
        rows = self._rows()
        self.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(cell))
        self.setHorizontalHeaderLabels([self._desk.language.said(head) for head in self._heads])


class ShortcutsDialog(Dialog):
    """All keys of the window and of the pages that are open."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, _SHORTCUTS, parent)
        self.table = Table(desk, (_KEY, _DOES), partial(self._rows, parent))
        desk.language.words(self.table, self.table.setAccessibleName, _SHORTCUTS)
        self.inside.addWidget(self.table)
        self.resize(520, 560)

    def _rows(self, window: QWidget) -> list[tuple[str, ...]]:
        actions = [action for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]
        rows = {(self._key(action.shortcut()), action.text().replace("&", "")) for action in actions}
        rows |= {(self._key(key.key()), key.whatsThis()) for key in window.findChildren(QShortcut)}
        within = {(self._key(QKeySequence(key)), self.desk.language.said(text)) for key, text in _KEYS_WITHIN}
        return sorted([*rows, *within], key=lambda row: row[1].casefold())

    def _key(self, keys: QKeySequence) -> str:
        """Keys by the names they have in the language: Qt leaves some of them in English."""
        said = keys.toString(QKeySequence.SequenceFormat.NativeText)
        if self.desk.language.code == "sv":
            for name, own in _IN_SWEDISH.items():
                said = re.sub(rf"\b{name}\b", own, said)
        return said


class AboutDialog(Dialog):
    """The program, the packages it stands on, their versions and licences."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, _ABOUT, parent)
        name, purpose, machine = QLabel(), QLabel(), QLabel()
        name.setObjectName("title")
        purpose.setWordWrap(True)
        machine.setObjectName("muted")
        desk.language.words(name, name.setText, Text("Industrial transition", "Industriell omställning"))
        desk.language.words(purpose, purpose.setText, _PURPOSE)
        machine.setText(f"{PROGRAM} {__version__} · Python {platform.python_version()} · Qt {qVersion()}")
        self.table = Table(desk, (_PACKAGE, _VERSION, _LICENCE), self._rows)
        desk.language.words(self.table, self.table.setAccessibleName, _LICENCE)
        for widget in (name, purpose, machine, self.table):
            self.inside.addWidget(widget)
        self.resize(640, 520)

    def _rows(self) -> list[tuple[str, ...]]:
        said = self.desk.language.said
        return [
            (package, _version(package) or said(_NOT_THERE), licence(package) or said(_UNKNOWN)) for package in PACKAGES
        ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def licence(package: str) -> str:
    """The licence that a package states, in one line; nothing where it states none."""
    try:
        stated = metadata(package)
    except PackageNotFoundError:
        return ""
    classifiers = stated.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    expression, text = stated.get_all("License-Expression") or [], stated.get_all("License") or []
    lines = [line.strip() for line in (*expression, ", ".join(named), *text) if line.strip()]
    return lines[0].splitlines()[0][:80] if lines else ""
