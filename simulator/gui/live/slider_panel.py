"""The sliders that are pinned, and the search that pins more."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.live.handles import Handle, Setting, handles, search, usual_keys
from simulator.gui.live.slider_row import SliderRow
from simulator.quantity import Text
from simulator.scenario import Scenario

_HEADING = Text("Sliders", "Reglage")
_SEARCH = Text("Add a slider: type words", "Lägg till reglage: skriv ord")
_SEARCH_HELP = Text(
    "Words of a name in either language, such as carbon price, or of a measure",
    "Ord ur ett namn på något av språken, som koldioxidpris, eller ur en insats",
)
_USUAL = Text("The &usual sliders", "De &vanliga reglagen")
_NOTHING = Text("Nothing has these words", "Inget har de orden")


class SliderPanel(QWidget):
    """Sliders over a scenario's numbers. Which ones are pinned is asked of `keys`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: dict[str, Handle] = {}
        self._scenario: Scenario | None = None
        self._chosen: list[str] | None = None
        self.rows: dict[str, SliderRow] = {}
        self._found: dict[str, str] = {}
        self.search, self.usual, self._heading = QLineEdit(), QPushButton(), QLabel()
        self._matches = QStringListModel(self)
        self._lay_out()
        self._set_up_search()
        desk.document.checked.connect(self.refresh)
        desk.language.follow(self, self._retranslate)
        self.refresh()

    def _lay_out(self) -> None:
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self.search)
        layout.addWidget(area, 1)
        layout.addWidget(self.usual)
        self.setMinimumWidth(270)

    def _set_up_search(self) -> None:
        completer = QCompleter(self._matches, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        self.search.setCompleter(completer)
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._look_up)
        self.search.returnPressed.connect(self._take_first)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.usual.clicked.connect(self._choose_usual)

    # -- which sliders -------------------------------------------------------------------------------------------
    @property
    def keys(self) -> list[str]:
        """Sliders that are pinned, in their order."""
        if self._scenario is None:
            return []
        return self._chosen if self._chosen is not None else usual_keys(self._scenario, self._known)

    def pin(self, key: str) -> None:
        """Add a slider as the first one."""
        self._chosen = [key, *(one for one in self.keys if one != key)]
        self._rebuild()

    def unpin(self, key: str) -> None:
        """Remove a slider."""
        self._chosen = [one for one in self.keys if one != key]
        self._rebuild()

    def _choose_usual(self) -> None:
        self._chosen = None
        self._rebuild()

    # -- following the document ----------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what the document says now."""
        scenario = self._desk.document.last_scenario
        if scenario is None:
            return
        if scenario is not self._scenario:
            self._scenario, self._known = scenario, handles(scenario)
        wanted = [key for key in self.keys if key in self._known]
        if wanted != list(self.rows):
            self._rebuild()
        for row in self.rows.values():
            row.show_value(row.handle.read(self._desk.live.value))

    def _rebuild(self) -> None:
        wanted = [key for key in self.keys if key in self._known]
        for key in [key for key in self.rows if key not in wanted]:
            row = self.rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for key in wanted:
            if key not in self.rows:
                self.rows[key] = self._row(self._known[key])
        self.rows = {key: self.rows[key] for key in wanted}
        for place, row in enumerate(self.rows.values()):
            if self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)

    def _row(self, handle: Handle) -> SliderRow:
        row = SliderRow(self._desk, handle, handle.read(self._desk.live.value))
        row.moved.connect(self._moved)
        row.released.connect(self._desk.live.settle)
        row.let_go.connect(self.unpin)
        return row

    def _moved(self, key: str, value: Setting) -> None:
        live = self._desk.live
        live.move(self.rows[key].handle.moves(value, live.value))

    # -- search --------------------------------------------------------------------------------------------------
    def _look_up(self, words: str) -> None:
        found = search(words, self._known) if words.strip() else []
        names = [self._name(handle) for handle in found]
        twice = Counter(names)
        self._found = {
            f"{name} ({handle.key})" if twice[name] > 1 else name: handle.key
            for name, handle in zip(names, found, strict=True)
        }
        self._matches.setStringList(list(self._found) or [self._desk.language.said(_NOTHING)])

    def _name(self, handle: Handle) -> str:
        said = self._desk.language.said
        return f"{said(handle.text)} – {said(handle.where)}"

    def _take_first(self) -> None:
        if self._found:
            self._take(next(iter(self._found)))

    def _take(self, name: str) -> None:
        key = self._found.get(name)
        if key is not None:
            self.pin(key)
            self.search.clear()
            self._found = {}

    def _retranslate(self) -> None:
        said = self._desk.language.said
        self._heading.setText(f"<b>{said(_HEADING)}</b>")
        self.search.setPlaceholderText(said(_SEARCH))
        self.search.setToolTip(said(_SEARCH_HELP))
        self.search.setAccessibleName(said(_SEARCH))
        self.search.setAccessibleDescription(said(_SEARCH_HELP))
        self.usual.setText(said(_USUAL))
