"""What the scenario changes, beside what holds in the baseline."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from simulator.gui.desk import Desk
from simulator.gui.dialogs import complain
from simulator.gui.page import Page
from simulator.gui.shipped import shipped_baseline
from simulator.indicators import INDICATORS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.target import TARGET_TEXTS
from simulator.quantity import Text
from simulator.scenario import Scenario, ScenarioError
from simulator.scenario.differences import MISSING, Difference, differences
from simulator.scenario.editing import EditError, taken_back
from simulator.scenario.problems import Place
from simulator.scenario.reading import read_tree
from simulator.scenario.tree import ends

_HEADS = (
    Text("What", "Vad"), Text("Here", "Här"), Text("Baseline", "Basfall"), Text("Unit", "Enhet"),
    Text("Written in", "Står i"),
)  # fmt: skip
_INTRODUCTION = Text(
    "What this scenario assumes otherwise than the baseline. Measures stand against the usual values of their kind.",
    "Vad scenariot antar annorlunda än basfallet. Insatser ställs mot de vanliga värdena för sin sort.",
)
_SAME = Text("Nothing differs: this is the baseline.", "Inget skiljer: detta är basfallet.")
_FAULTY = Text("The text has faults; this is as it was before them.", "Texten har fel; detta är som det var före dem.")
_BACK = Text("&Remove from the scenario", "&Ta bort ur scenariot")
_BACK_HOW = Text(
    "What is chosen goes from the text; the baseline's value holds again",
    "Det valda tas bort ur texten; basfallets värde gäller igen",
)
_SHOW = Text("&Show in the text", "Visa i te&xten")
_LINE = Text("line {line}", "rad {line}")
_USUAL, _NONE = Text("{value} (usual)", "{value} (vanligt)"), Text("–", "–")
_TAKEN_BACK = Text("return to the baseline", "återgång till basfallet")
_SECTIONS: Mapping[str, Text] = {
    "run": Text("The run", "Körningen"), "region": Text("Region", "Region"), "drivers": Text("Surroundings", "Omvärld"),
    "governance": Text("Coordination", "Samordning"), "switches": Text("Mechanisms", "Mekanismer"),
    "budget": Text("Budget", "Budget"), "ensemble": Text("Repetition", "Upprepning"),
    "population": Text("Population", "Befolkning"), "parameters": Text("Model parameters", "Modellparametrar"),
    "interventions": Text("Measures", "Insatser"), "closures": Text("Closures", "Nedläggningar"),
    "targets": Text("Targets", "Mål"), "uncertainty": Text("Uncertainty", "Osäkerhet"),
    "record": Text("Record", "Registrering"),
}  # fmt: skip
_PARTS: Mapping[str, Text] = {
    "kind": Text("Kind", "Sort"), "start": Text("Start", "Start"), "end": Text("End", "Slut"),
    "selection": Text("Selection", "Urval"), "stream": Text("Stream of luck", "Slumpström"),
    "per_year": Text("Budget per year", "Budget per år"), "total": Text("Budget in all", "Budget totalt"),
    "municipality": Text("Municipality", "Kommun"), "anchor": Text("Anchor employer", "Ankarföretag"),
    "quarter": Text("Quarter", "Kvartal"), "name": Text("Name", "Namn"), "sampler": Text("Sampling", "Dragning"),
    "by": Text("Broken down by", "Uppdelat på"), "firms": Text("Firms", "Företag"),
    "events": Text("Events", "Händelser"),
}  # fmt: skip
_ROLE = Qt.ItemDataRole.UserRole
_MARGIN = 12
"""Pixels beside the words of a cell."""


class _Wrapping(QStyledItemDelegate):
    """Gives a cell the height of its words inside the margins of the style sheet, which Qt forgets."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """As high as the words when they are wrapped at the width of the column."""
        hint = super().sizeHint(option, index)
        text, wide = index.data(Qt.ItemDataRole.DisplayRole), option.rect.width() - 2 * _MARGIN
        if not text or wide <= 0:
            return hint
        words = option.fontMetrics.boundingRect(QRect(0, 0, wide, 10_000), int(Qt.TextFlag.TextWordWrap), text)
        return QSize(hint.width(), max(hint.height(), words.height() + _MARGIN))


class DifferencesPage(Page):
    """The table of differences."""

    TITLE = Text("Assumptions", "Antaganden")
    HELP = Text("What differs from the baseline", "Vad som skiljer från basfallet")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._looked_at = False
        self._removed: dict[tuple[str, ...], Place] = {}
        self._soon = QTimer(self)  # the page is laid out and painted before it is filled
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit = QTimer(self)  # when all columns have their widths
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self.table.resizeRowsToContents)
        head.sectionResized.connect(lambda *_: self._fit.start())
        for column in (2, 3, 4):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (0, 1):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            self.table.setItemDelegateForColumn(column, _Wrapping(self.table))
        self.show_line, self.take_back = QPushButton(), QPushButton()
        words = desk.language.words
        words(self.table, self.table.setAccessibleName, self.HELP)
        words(self.show_line, self.show_line.setText, _SHOW)
        words(self.take_back, self.take_back.setText, _BACK)
        words(self.take_back, self.take_back.setToolTip, _BACK_HOW)
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_line)
        buttons.addWidget(self.take_back)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.table.itemSelectionChanged.connect(self._choose)
        self.table.cellActivated.connect(lambda *_: self._go())
        self.show_line.clicked.connect(self._go)
        self.take_back.clicked.connect(self._take_back)
        desk.document.checked.connect(self._refresh_if_seen)
        desk.language.follow(self, self._retranslate)
        desk.theme.changed.connect(self._refresh_if_seen)

    def shown(self) -> None:
        """Compare from now on."""
        self._looked_at = True
        self._soon.start()

    def hidden(self) -> None:
        """Compare no more."""
        self._looked_at = False
        self._soon.stop()

    @property
    def busy(self) -> bool:
        """Whether the table is about to be filled or laid out."""
        return self._soon.isActive() or self._fit.isActive()

    def close_down(self) -> None:
        """Fill and lay out nothing any more."""
        self._soon.stop()
        self._fit.stop()

    def _refresh_if_seen(self) -> None:
        if self._looked_at:
            self._refresh()

    def _retranslate(self) -> None:
        """Write anew, and nothing as long as nobody looks: all of it is read when somebody does."""
        self.table.setHorizontalHeaderLabels([self.desk.language.said(head) for head in _HEADS])
        self.table.setRowCount(0)
        self.state.setText("")
        self._refresh_if_seen()

    def _refresh(self) -> None:
        said, document = self.desk.language.said, self.desk.document
        scenario = document.scenario or document.last_scenario
        found = [] if scenario is None else differences(scenario, shipped_baseline())
        fresh = document.reading or document.scenario is not None
        self._removed = self._nulls()
        self.state.setText(said((_INTRODUCTION if found else _SAME) if fresh else _FAULTY))
        rows: list[str | Difference] = []
        group = ""
        for each in found:
            name = self._group(each, scenario)
            rows += [name, each] if name != group else [each]
            group = name
        self.table.clearSpans()
        self.table.setRowCount(0)
        self.table.setRowCount(len(rows))
        for row, one in enumerate(rows):
            self._put_group(row, one) if isinstance(one, str) else self._put(row, one)
        self._fit.start()
        self._choose()

    # -- rows ----------------------------------------------------------------------------------------------------
    def _group(self, each: Difference, scenario: Scenario | None) -> str:
        said = self.desk.language.said
        section = _SECTIONS.get(each.path[0])
        words = each.path[0] if section is None else said(section)
        if each.path[0] == "interventions" and scenario is not None:
            title = next((one.kind.title for one in scenario.measures if one.name == each.path[1]), None)
            return f"{words} · {each.path[1]}" + ("" if title is None else f" ({said(title)})")
        return f"{words} · {each.path[1]}" if each.path[0] == "closures" else words

    def _put_group(self, row: int, words: str) -> None:
        item = QTableWidgetItem(words)
        font = QFont(self.font())
        font.setBold(True)
        item.setFont(font)
        item.setForeground(QColor(self.desk.theme.colours.accent))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setItem(row, 0, item)
        self.table.setSpan(row, 0, 1, len(_HEADS))

    def _put(self, row: int, each: Difference) -> None:
        said = self.desk.language.said
        there = self._value(each.there)
        unit = "" if each.quantity is None else self.desk.language.unit(each.quantity.unit)
        place, where = self._place(each), ""
        if place is not None:
            line = said(_LINE).format(line=place.line)
            where = line if self._own(each) else f"{place.file.rpartition('/')[2]}, {line}"
        is_kind = each.path[-1] == "kind" and each.here in KINDS
        here = said(KINDS[str(each.here)].title) if is_kind else self._value(each.here)
        cells = (self._name(each), here, said(_USUAL).format(value=there) if each.usual else there)
        for column, words in enumerate((*cells, unit, where)):
            item = QTableWidgetItem(words)
            item.setToolTip(".".join(each.path))
            item.setData(_ROLE, each)
            self.table.setItem(row, column, item)

    def _name(self, each: Difference) -> str:
        said = self.desk.language.said
        last = each.path[-1]
        if each.quantity is not None:
            return said(each.quantity.text)
        if each.path[0] == "targets" and each.path[1] in INDICATORS:
            return said(INDICATORS[each.path[1]].text)
        text = _PARTS.get(last) or TARGET_TEXTS.get(last)
        return ".".join(each.path[1:]) or self._group(each, None) if text is None else said(text)

    def _value(self, value: object) -> str:
        if value is MISSING or value is None:
            return self.desk.language.said(_NONE)
        if isinstance(value, Mapping):
            return "; ".join(f"{name}: {self._value(part)}" for name, part in value.items())
        if isinstance(value, list | tuple):
            return "; ".join(map(self._value, value))
        return self.desk.language.setting(value)

    # -- what can be done ----------------------------------------------------------------------------------------
    def _nulls(self) -> dict[tuple[str, ...], Place]:
        """Where the text itself says that there is none of what it extends."""
        document = self.desk.document
        try:
            tree = read_tree(document.text, str(document.place)).tree
        except ScenarioError:
            return {}
        found = [] if tree is None else [(steps, leaf) for steps, leaf in ends(tree) if leaf.value is None]
        return {tuple(map(str, steps)): leaf.place for steps, leaf in found}

    def _place(self, each: Difference) -> Place | None:
        """Where it is written, if only that it is none."""
        above = (each.path[:end] for end in range(len(each.path), 0, -1))
        return each.place or next((self._removed[path] for path in above if path in self._removed), None)

    def _own(self, each: Difference) -> bool:
        """Whether it stands in the text itself, not in a file that it extends nor in a variant."""
        place = self._place(each)
        return place is not None and not place.variant and self.desk.document.holds(place)

    def _chosen(self) -> list[Difference]:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        items = [self.table.item(row, 0) for row in rows]
        found = [item.data(_ROLE) for item in items if item is not None]
        return [each for each in found if isinstance(each, Difference)]

    def _choose(self) -> None:
        chosen = self._chosen()
        self.show_line.setEnabled(len(chosen) == 1 and self._own(chosen[0]))
        self.take_back.setEnabled(bool(chosen) and all(map(self._own, chosen)))

    def _go(self) -> None:
        chosen = self._chosen()
        place = self._place(chosen[0]) if chosen and self._own(chosen[0]) else None
        if place is not None:
            self.desk.requests.show_line.emit(place.line, place.column)

    def _written_at(self, each: Difference) -> tuple[str, ...]:
        """What goes from the text where this is taken back."""
        if each.place is None:
            return next(path for path, place in self._removed.items() if place == self._place(each))
        return each.path[:2] if each.path[-1] == "kind" else each.path

    def _take_back(self) -> None:
        """Remove what is chosen, as one step; of a measure that loses its kind, all."""
        paths = {self._written_at(each) for each in self._chosen()}
        text = self.desk.document.text
        try:
            for path in sorted(paths):
                if not any(path[: len(other)] == other != path for other in paths):
                    text = taken_back(text, path)
        except EditError as error:
            complain(self.desk, self, error.text())
        else:
            self.desk.document.rewrite(text, _TAKEN_BACK)
