"""A workshop under way: whose turn it is, where the sliders stand, what is covered, what has been said.

Moves are a rehearsal: they run, and stay out of the scenario's text until somebody takes them into it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from simulator.gui.charts.fan import DIFFERENCE, LEVEL
from simulator.gui.desk import Desk
from simulator.gui.live.bands import FEWEST
from simulator.gui.live.handles import Handle, Setting, handles, moves_to, reading, usual_keys
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.workshop.names import free, told_apart
from simulator.gui.workshop.record import FEW_SLIDERS, MOST_CHARTS, MOST_SLIDERS, Curves, Note, Outcome, Preparation
from simulator.gui.workshop.record_file import RecordFile
from simulator.gui.workshop.told import curves_of, outcome_of
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.scenario import Scenario

TAKE = Text("take a proposal of the workshop", "ta in ett förslag från workshopen")
GROUP = Text("Group {}", "Grupp {}")
_WAIT = Text("The runs are on their way: wait a moment.", "Körningarna är på väg: vänta ett ögonblick.")
_COVERED = Text(
    "Note a prediction (F) or show the result without one (S) first.",
    "Skriv först en förutsägelse (F) eller visa resultatet utan (S).",
)
_SEEN = Text(
    "The result of this mix has been seen: move a slider before you predict.",
    "Resultatet av den här mixen har redan visats: flytta ett reglage innan ni förutsäger.",
)
_TAKEN = Text(
    "The mix is now in the scenario; undo in the window takes it back.",
    "Mixen står nu i scenariot; Ångra i fönstret tar tillbaka den.",
)
_NO_STEP = Text("There is no move to take back.", "Det finns ingen flytt att ångra.")
_GONE = Text("The scenario no longer has: {}.", "I scenariot finns inte längre: {}.")
_SAME = Text("The scenario says so already.", "Så står det redan i scenariot.")
_FULL = Text(
    f"Kept: {{}}. The page Results holds {MOST_PINNED} already; the picture (C) shows the latest {MOST_PINNED}.",
    f"Sparat: {{}}. Sidan Resultat har redan {MOST_PINNED}; bilden (C) visar de senaste {MOST_PINNED}.",
)
_KEPT, _ALREADY = (
    Text("Kept: {}", "Sparat: {}"),
    Text("This mix is already kept as {}.", "Den här mixen är redan sparad som {}."),
)
_NAME_TAKEN = Text("There is already a result called {}.", "Det finns redan ett resultat som heter {}.")


def chosen_sliders(preparation: Preparation, desk: Desk, scenario: Scenario, known: Mapping[str, Handle]) -> list[str]:
    """Sliders of a workshop: those prepared, else those of the page Explore, else the usual ones."""
    keys = next((keys for keys in (preparation.sliders, desk.live.sliders) if keys is not None), None)
    wanted = usual_keys(scenario, known)[:FEW_SLIDERS] if keys is None else keys
    return [key for key in wanted if key in known][:MOST_SLIDERS]


def chosen_charts(preparation: Preparation) -> list[str]:
    """Charts of a workshop."""
    return [name for name in preparation.charts if name in INDICATORS][:MOST_CHARTS]


class WorkshopSession(QObject):
    """All that happens on the stage, without its looks. The document must have a scenario.

    changed  anything is otherwise     told  something those present should know (a Text)
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, desk: Desk, record_file: RecordFile, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.record_file, self.live = desk, record_file, desk.live
        scenario = desk.document.last_scenario
        assert scenario is not None
        preparation = record_file.record.preparation
        known = handles(scenario)
        written = reading(scenario)
        wanted = chosen_sliders(preparation, desk, scenario, known)
        self.handles = {key: known[key] for key in wanted if not _unknown(known[key].read(written))}
        self.starts: dict[str, Setting] = {
            key: preparation.starts.get(key, handle.read(written)) for key, handle in self.handles.items()
        }
        self.charts = chosen_charts(preparation)
        self.anew = preparation.anew
        self.mode = preparation.mode
        self._seen: list[dict[str, Setting]] = []
        self._mine: list[Note] = []
        self._before: list[dict[str, Setting]] = []
        self._moving = ""
        self.live.progressed.connect(self._progressed)
        self.live.changed.connect(self._progressed)
        desk.document.checked.connect(self._follow)
        self.live.pause(False)
        self.live.watch(self, self.charts)
        self._place(self.starts)

    @property
    def groups(self) -> list[str]:
        """The names that were prepared, those of one name numbered."""
        return told_apart(self.record_file.record.preparation.groups)

    @property
    def group_name(self) -> str:
        """Whose turn it is."""
        names, turn = self.groups, self.record_file.record.turn
        return names[turn % len(names)] if names else self.desk.language.said(GROUP).format(turn + 1)

    def switch_mode(self) -> None:
        """Show levels instead of differences, or the other way."""
        self.mode = LEVEL if self.mode == DIFFERENCE else DIFFERENCE
        self.changed.emit()

    # -- sliders -------------------------------------------------------------------------------------------------
    @property
    def positions(self) -> dict[str, Setting]:
        """Where the sliders stand."""
        return {key: handle.read(self.live.value) for key, handle in self.handles.items()}

    def move(self, key: str, value: Setting) -> None:
        """Move a slider; further moves of the same one are one step."""
        if value != self.handles[key].read(self.live.value):
            if key != self._moving:
                self._before.append(self.positions)
            self._moving = key
            self.live.move(self.handles[key].moves(value, self.live.value))
            self.changed.emit()

    def reset(self) -> None:
        """Bring the sliders back to where they start."""
        if self.positions != self.starts:
            self._before.append(self.positions)
            self._place(self.starts)

    def undo(self) -> None:
        """Bring the sliders back to where they were before the last step."""
        if self._before:
            self._place(self._before.pop())
        else:
            self.told.emit(_NO_STEP)

    def _place(self, positions: Mapping[str, Setting]) -> None:
        """Put the sliders somewhere; the next move is a step of its own."""
        scenario = self.desk.document.last_scenario
        assert scenario is not None
        there = {key: value for key, value in positions.items() if key in self.handles}
        self._moving = ""
        self.live.rehearse(moves_to(there, self.handles, scenario))
        self.changed.emit()

    def next_group(self) -> None:
        """The next group's turn; after the last prepared one the first again."""
        record = self.record_file.record
        record.turn = (record.turn + 1) % (len(record.preparation.groups) or record.turn + 2)
        self._seen, self._mine, self._before = [], [], []
        self._place(self.starts)
        self.record_file.soon()

    def take(self) -> None:
        """Write the mix into the scenario, as one step that can be undone."""
        told = take_into_scenario(self.desk, self.positions, self.handles)
        self.told.emit(told)

    def _follow(self) -> None:
        """Go on with the sliders that the scenario still has."""
        scenario = self.desk.document.scenario
        if scenario is None:
            return
        known, positions = handles(scenario), self.positions
        gone = [key for key in self.handles if key not in known]
        if gone:
            self.handles = {key: known[key] for key in self.handles if key in known}
            self.starts = {key: self.starts[key] for key in self.handles}
            self._place(positions)
            self.told.emit(_with(_GONE, ", ".join(gone)))
        self.changed.emit()

    # -- what is covered -----------------------------------------------------------------------------------------
    @property
    def covered(self) -> bool:
        """Whether the result of this mix waits for a prediction."""
        return self.positions not in self._seen if self.anew else not self._seen

    @property
    def ready(self) -> bool:
        """Whether enough is known of this mix to say something of it."""
        bands = self.live.bands
        return self.known and 0 < min(FEWEST, bands.wanted) <= bands.pairs

    @property
    def note(self) -> Note | None:
        """What this group has said of this mix."""
        now = self.positions
        return next((note for note in reversed(self._mine) if note.positions == now), None)

    def may_predict(self) -> bool:
        """Whether a prediction would still be one; says so where not."""
        if not self.covered:
            self.told.emit(_SEEN)
        return self.covered

    def predict(self, values: Mapping[str, float]) -> None:
        """Note what the group expects, then show the result."""
        note = self._new_note()
        note.predictions = dict(values)
        self._fill(note)
        self._reveal()
        self.record_file.save()

    def reveal(self) -> None:
        """Show the result without a prediction."""
        if self.covered:
            self._reveal()

    def _reveal(self) -> None:
        self._seen.append(self.positions)
        self._moving = ""
        self._note_seen()
        self.changed.emit()

    def _new_note(self) -> Note:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        note = Note(self.group_name, now, self.live.name, self.positions)
        self._mine.append(note)
        self.record_file.record.notes.append(note)
        return note

    @property
    def known(self) -> bool:
        """Whether there are runs of this mix."""
        return bool(self.live.bands.quarters) and not self.live.behind

    def outcome(self, indicator: str) -> Outcome | None:
        """What the model says of this mix at the end; None while that is not known."""
        return outcome_of(self.live.bands, indicator) if self.known else None

    def curves(self, indicator: str) -> Curves | None:
        """What the model says of this mix over time; None while that is not known."""
        return curves_of(self.live.bands, indicator) if self.known else None

    def _fill(self, note: Note) -> None:
        """Note what the model says now; a scenario that has been edited since says nothing of what was noted before."""
        bands = self.live.bands
        if not self.known or note.digest not in ("", self.live.digest):
            return
        if not note.digest:
            note.late = bool(note.predictions) and self.live.digest in self.record_file.record.seen
        note.digest = self.live.digest
        note.outcomes = {name: outcome_of(bands, name) for name in self.charts}
        if note.name:
            note.curves = {name: curves_of(bands, name) for name in self.charts}

    def _progressed(self) -> None:
        note = self.note
        if note is not None:
            self._fill(note)
            if self.live.bands.enough:
                self.record_file.soon()
        self._note_seen()
        self.changed.emit()

    def _note_seen(self) -> None:
        """Remember that the result of this mix is on the screen: whoever predicts it from now on has seen it."""
        seen, live = self.record_file.record.seen, self.live
        if self.known and not self.covered and live.digest not in seen:
            seen.append(live.digest)
            self.record_file.soon()

    # -- proposals -----------------------------------------------------------------------------------------------
    def may_keep(self) -> bool:
        """Whether this mix can be kept as a proposal now; says why not."""
        note = self.note
        if self.covered:
            self.told.emit(_COVERED)
        elif note is not None and note.name:
            self.told.emit(_with(_ALREADY, note.name))
        elif not self.ready:
            self.told.emit(_WAIT)
        else:
            return True
        return False

    @property
    def free_name(self) -> str:
        """A name for the proposal that nothing has yet."""
        return free(self.group_name, self._taken())

    def _taken(self) -> set[str]:
        return {one.name for one in self.live.pinned} | {note.name for note in self.record_file.record.notes}

    def keep(self, name: str) -> bool:
        """Keep the mix with its result and prediction as a proposal; whether that was possible."""
        if not self.may_keep():
            return False
        if name in self._taken():
            self.told.emit(_with(_NAME_TAKEN, name))
            return False
        note = self.note or self._new_note()
        note.name = name
        self._fill(note)
        self.record_file.save()
        full = len(self.live.pinned) >= MOST_PINNED
        if not full:
            self.live.pin(name)
        self.told.emit(_with(_FULL if full else _KEPT, name))
        self.changed.emit()
        return True

    def draw_or_not(self, note: Note | None) -> None:
        """Take a proposal out of the picture, or into it again."""
        if note is None or not note.name:
            return
        note.drawn = not note.drawn
        if not note.drawn:
            self.live.unpin(note.name)
        self.record_file.soon()
        self.changed.emit()

    def end(self) -> None:
        """The scenario is again what stands in its text."""
        self.desk.document.checked.disconnect(self._follow)
        self.live.progressed.disconnect(self._progressed)
        self.live.changed.disconnect(self._progressed)
        self.live.unwatch(self)
        self.live.end_rehearsal()
        self.record_file.save()


def take_into_scenario(desk: Desk, positions: Mapping[str, Setting], known: Mapping[str, Handle]) -> Text:
    """Write positions of sliders into the scenario as one step that can be undone; says what came of it."""
    scenario = desk.document.settle().scenario
    if scenario is None:
        return Text("The text of the scenario has faults.", "Scenariots text har fel.")
    gone = [key for key in positions if key not in known]
    there = {key: value for key, value in positions.items() if key in known}
    values = moves_to(there, known, scenario)
    refused = desk.live.write(values, TAKE) if values else _SAME
    told = _TAKEN if refused is None else refused
    if gone:
        told = Text(*(f"{one} {lost}" for one, lost in zip(told, _with(_GONE, ", ".join(gone)), strict=True)))
    return told


def _unknown(value: Setting) -> bool:
    """Whether a setting is not one number, so that no slider can stand for it."""
    return value is not None and math.isnan(value)


def _with(text: Text, name: str) -> Text:
    return Text(text.en.format(name), text.sv.format(name))
