"""The list of the scenario's measures: choose, switch on and off, copy, rename, remove."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.measures.marks import square
from simulator.gui.measures.mix import Mix, Status
from simulator.interventions.declaration import Measure
from simulator.quantity import Text
from simulator.scenario.moments import quarter_text

ROLE = Qt.ItemDataRole.UserRole
NONE = Text(
    "No measures yet: the scenario is the baseline. Take the first one from the catalogue.",
    "Inga insatser ännu: scenariot är basfallet. Hämta den första ur katalogen.",
)
OFF = Text("off", "av")


class MeasureList(QWidget):
    """Measures with a box each for on and off; `catalogue_wanted` and `name_wanted` ask the page for these."""

    catalogue_wanted = Signal()
    name_wanted = Signal()

    def __init__(self, desk: Desk, mix: Mix) -> None:
        super().__init__()
        self.desk, self.mix = desk, mix
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.language.words(
            self.list, self.list.setAccessibleName, Text("Measures of the scenario", "Scenariots insatser")
        )
        self.none = QLabel()
        self.none.setWordWrap(True)
        desk.language.words(self.none, self.none.setText, NONE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 4)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        buttons = QGridLayout()
        layout.addLayout(buttons)
        self.add = self._button(Text("A&dd…", "&Ny…"), "Ins", self.catalogue_wanted.emit)
        self.copy = self._button(Text("D&uplicate", "&Duplicera"), "Ctrl+D", lambda: mix.duplicate(mix.chosen))
        self.rename = self._button(Text("Re&name", "&Byt namn"), "F2", self.name_wanted.emit)
        self.remove = self._button(Text("&Remove", "&Ta bort"), "Del", lambda: mix.remove(mix.chosen))
        for at, button in enumerate((self.add, self.copy, self.rename, self.remove)):
            buttons.addWidget(button, at // 2, at % 2)
        self.list.currentItemChanged.connect(lambda item, _: mix.choose(item.data(ROLE)) if item is not None else None)
        self.list.itemChanged.connect(self._switch)
        mix.refreshed.connect(self.refresh)
        mix.refused.connect(self.refresh)
        mix.selected.connect(self._select)
        desk.language.follow(self, self.refresh)
        desk.theme.changed.connect(self.refresh)

    def _button(self, text: Text, key: str, act: Callable[[], object]) -> QPushButton:
        made, action = QPushButton(), QAction(self)
        self.desk.language.words(made, made.setText, text)
        self.desk.language.words(action, action.setText, Text(f"Measures: {text.en}", f"Insatser: {text.sv}"))
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(shown)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: made.isEnabled() and act())
        self.list.addAction(action)
        made.clicked.connect(lambda: act())
        return made

    @property
    def names(self) -> list[str]:
        """The measures in the order shown."""
        return [self.list.item(at).data(ROLE) for at in range(self.list.count())]

    def item(self, name: str) -> QListWidgetItem:
        """The line of a measure."""
        return self.list.item(self.names.index(name))

    def refresh(self) -> None:
        """Show the measures as they are now."""
        measures = self.mix.measures
        self.list.blockSignals(True)
        if self.names != [each.name for each in measures]:
            self.list.clear()
            for measure in measures:
                item = QListWidgetItem()
                item.setData(ROLE, measure.name)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                self.list.addItem(item)
        for at, measure in enumerate(measures):
            self._write(self.list.item(at), measure)
        self.list.blockSignals(False)
        self.none.setVisible(self.mix.scenario is not None and not measures)
        for button in (self.copy, self.rename, self.remove):
            button.setEnabled(bool(measures))
        self._select()

    def _write(self, item: QListWidgetItem, measure: Measure) -> None:
        said, kind, scenario = self.desk.language.said, measure.kind, self.mix.scenario
        assert scenario is not None
        status = self.mix.status(measure.name)
        marks = [*([said(status.value)] if status is not Status.OWN else []), *([] if measure.active else [said(OFF)])]
        first, last = (quarter_text(scenario.run.first + at) for at in (measure.start, measure.end))
        window = first if kind.once else f"{first}–{last}"
        head = f"{measure.name} ({', '.join(marks)})" if marks else measure.name
        item.setText(f"{head}\n{kind.code} · {window}")
        item.setToolTip(said(kind.title))
        item.setIcon(square(self.desk.theme.colours, kind.priority))
        item.setCheckState(Qt.CheckState.Checked if measure.active else Qt.CheckState.Unchecked)
        font = item.font()
        font.setItalic(status is Status.INHERITED)
        item.setFont(font)

    def _select(self) -> None:
        if self.mix.chosen in self.names:
            self.list.blockSignals(True)
            self.list.setCurrentItem(self.item(self.mix.chosen))
            self.list.blockSignals(False)

    def _switch(self, item: QListWidgetItem) -> None:
        name, on = item.data(ROLE), item.checkState() == Qt.CheckState.Checked
        if any(each.name == name and each.active != on for each in self.mix.measures):
            self.mix.switch(name, on)
