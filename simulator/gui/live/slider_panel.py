"""The sliders that are pinned, and the search that pins more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.live.handles import Handle, Setting, handles, search, usual_keys
from simulator.gui.live.slider_row import SliderRow
from simulator.gui.tab_order import follow_eye
from simulator.quantity import Text
from simulator.scenario import Scenario

_SEARCH = Text("Add a slider: type words", "Lägg till reglage: skriv ord")
_SEARCH_HELP = Text(
    "Words of a name in either language, such as carbon price, or of a measure",
    "Ord ur ett namn på något av språken, som koldioxidpris, eller ur en insats",
)
_LATER = Text(
    "The text of the scenario has faults; sliders come when they are mended.",
    "Scenariots text har fel; reglagen kommer när de är rättade.",
)
_NOTHING = Text("Nothing has these words", "Inget har de orden")


class SliderPanel(QWidget):
    """Sliders over a scenario's numbers. Which ones are pinned is asked of `keys`."""

    HEADING = Text("Sliders", "Reglage")
    AS_BEFORE = Text("The &usual sliders", "De van&liga reglagen")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.made = False
        self._known: Mapping[str, Handle] = {}
        self._scenario: Scenario | None = None
        self.rows: dict[str, SliderRow] = {}
        self._found: dict[str, str] = {}
        self.search, self.usual, self._heading, self.later = QLineEdit(), QPushButton(), QLabel(), QLabel()
        self._matches = QStringListModel(self)
        self._lay_out()
        self._set_up_search()
        desk.document.checked.connect(self.refresh)
        desk.language.follow(self, self._retranslate)

    def _lay_out(self) -> None:
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts are stops of their own
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self.search)
        self.later.setObjectName("muted")
        self.later.setWordWrap(True)
        self.later.hide()
        layout.addWidget(self.later)
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
        self.usual.clicked.connect(lambda: self.choose(None))

    # -- which sliders -------------------------------------------------------------------------------------------
    @property
    def keys(self) -> list[str]:
        """Sliders that are pinned, in their order."""
        if self._scenario is None:
            return []
        chosen = self.chosen()
        return chosen if chosen is not None else usual_keys(self._scenario, self._known)

    def chosen(self) -> list[str] | None:
        """Keys that the user has chosen; None: the usual ones."""
        return self._desk.live.sliders

    def choose(self, keys: list[str] | None) -> None:
        """Show these sliders, or the usual ones."""
        self._desk.live.sliders = keys
        self.rebuild()

    def pin(self, key: str) -> None:
        """Add a slider as the first one."""
        self.choose([key, *(one for one in self.keys if one != key)])

    def unpin(self, key: str) -> None:
        """Remove a slider; the keyboard goes on to the next one."""
        shown = list(self.rows)
        at = shown.index(key) if key in shown else 0
        self.choose([one for one in self.keys if one != key])
        rest = list(self.rows.values())
        (rest[min(at, len(rest) - 1)].remove if rest else self.search).setFocus()

    # -- following the document ----------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what the document says now, from the first time on that somebody looks."""
        if self.made:
            self.make()

    def make(self) -> None:
        """Make the sliders, or show what the document says now."""
        self.made = True
        scenario = self._desk.document.last_scenario
        self.later.setVisible(scenario is None)
        for part in (self.search, self.usual):
            part.setEnabled(scenario is not None)
        if scenario is None:
            self._scenario, self._known = None, {}
            self.rebuild()
            return
        if scenario is not self._scenario:
            self._scenario, self._known = scenario, handles(scenario)
        wanted = [key for key in self.keys if key in self._known]
        if wanted != list(self.rows):
            self.rebuild()
        for row in self.rows.values():
            row.show_value(self.value_of(row.handle))

    def rebuild(self) -> None:
        """Show the sliders that are pinned now."""
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
        follow_eye(self)

    def _row(self, handle: Handle) -> SliderRow:
        row = SliderRow(self._desk, handle, self.value_of(handle))
        row.moved.connect(self.moved)
        row.released.connect(self.released)
        row.let_go.connect(self.unpin)
        return row

    def value_of(self, handle: Handle) -> Setting:
        """Where a slider stands."""
        return handle.read(self._desk.live.value)

    def moved(self, key: str, value: Setting) -> None:
        """The user has moved a slider."""
        live = self._desk.live
        live.move(self.rows[key].handle.moves(value, live.value))

    def released(self) -> None:
        """The user has let a slider go."""
        self._desk.live.settle()

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
        """Take what was picked from the list, else what is first in it."""
        picked = self.search.text()
        if self._found and picked.strip():
            self._take(picked if picked in self._found else next(iter(self._found)))

    def _take(self, name: str) -> None:
        key = self._found.get(name)
        if key is not None:
            self.pin(key)
            self.search.clear()  # the list writes into it once more when it tells what was picked: twice does no harm

    def _retranslate(self) -> None:
        said = self._desk.language.said
        self._heading.setText(f"<b>{said(self.HEADING)}</b>")
        self.search.setPlaceholderText(said(_SEARCH))
        self.search.setToolTip(said(_SEARCH_HELP))
        self.search.setAccessibleName(said(_SEARCH))
        self.search.setAccessibleDescription(said(_SEARCH_HELP))
        self.usual.setText(said(self.AS_BEFORE))
        self.later.setText(said(_LATER))
