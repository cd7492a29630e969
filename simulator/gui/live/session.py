"""What the window is looking at: the document's scenario with the sliders' moves, its runs, and results put aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from simulator.gui.document import Document, checked
from simulator.gui.live.bands import Bands
from simulator.gui.live.runner import LiveRunner
from simulator.gui.work_thread import WorkThread
from simulator.quantity import SpokenError, Text
from simulator.scenario import Scenario, revised
from simulator.scenario.editing import EditError, with_value, without

REPLICATIONS, MOST_REPLICATIONS = 12, 100
MOST_PINNED = 6
REST = 300
"""Milliseconds without a move after which a slider's value is written into the text."""
SLIDER = Text("move a slider", "flytta ett reglage")
_FULL = Text(
    f"At most {MOST_PINNED} results can be kept side by side; let one go first.",
    f"Högst {MOST_PINNED} resultat kan behållas sida vid sida; släpp ett först.",
)
Steps = tuple[str, ...]
_NOTHING = object()
_Outcome = tuple[str, str | SpokenError]


@dataclass(frozen=True)
class Pinned:
    """A result put aside under a name."""

    name: str
    bands: Bands
    scenario: Scenario
    digest: str


@dataclass(frozen=True)
class _Wish:
    """What somebody who looks wants to see."""

    owner: QObject
    shown: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True)
class _Question:
    """What the runner was asked; as it turned out to mean, `moves` are none."""

    digest: str
    moves: tuple[tuple[str, object], ...]
    by: tuple[str, ...]
    replications: int

    def answers(self, other: _Question) -> bool:
        """Whether its answer is that of the other, too: the same, broken down as far or further."""
        return replace(self, by=other.by) == other and set(self.by) >= set(other.by)


def _made(text: str, place: Path, values: Mapping[Steps, object]) -> _Outcome:
    """The text, and the text with the values or why they cannot be set."""
    new = text
    try:
        for path, value in values.items():
            new = _without_value(new, place, path) if value is None else with_value(new, path, value)
    except SpokenError as error:
        return text, error
    return text, new


def _without_value(text: str, place: Path, path: Steps) -> str:
    """The text without a value: it is removed, or, where an extended file has one, said to be none."""
    try:
        removed = without(text, path)
    except EditError:  # it does not stand there
        removed = text
    found = checked(removed, place).scenario
    return removed if found is not None and _at(found.resolved, path) is None else with_value(text, path, None)


def _at(here: object, path: Steps) -> object:
    for name in path:
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


class LiveSession(QObject):
    """Runs whatever the document means, while somebody looks.

    bands      what the runs have shown so far
    scenario   what they are runs of, sliders' moves aside; before there are runs, what was asked for
    pinned     results put aside, at most `MOST_PINNED`
    sliders    keys of the sliders that the user has chosen; None: the usual ones

    progressed      `bands` has grown, or is another object
    changed         running, paused, stale or the number of replications is another
    pinned_changed  results were put aside or let go
    told            something the user should know (a Text)
    """

    progressed = Signal()
    changed = Signal()
    pinned_changed = Signal()
    told = Signal(object)

    def __init__(self, document: Document, runner: LiveRunner | None = None) -> None:
        super().__init__()
        self._document = document
        self.runner = LiveRunner(self) if runner is None else runner
        self.scenario: Scenario | None = None
        self.pinned: list[Pinned] = []
        self.sliders: list[str] | None = None
        self._rehearsing = False
        self._replications = REPLICATIONS
        self._wishes: list[_Wish] = []
        self._moves: dict[Steps, object] = {}
        self._newest: tuple[Scenario, dict[str, object]] | None = None
        self._shown_moves: dict[str, object] = {}
        self._drag = 0
        self._closed = False
        self._sent: dict[Steps, object] | None = None
        self._in_text: dict[Steps, object] = {}
        self._asked: _Question | None = None
        self._known: _Question | None = None
        self._writing = WorkThread(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.settle)
        self._writing.done.connect(self._take_text)
        document.checked.connect(self._document_checked)
        document.started.connect(self._another_scenario)
        self.runner.progressed.connect(self._progressed)
        self.runner.begun.connect(self._begun)
        self.runner.finished.connect(self.changed)
        self.runner.told.connect(self.told)

    # -- who looks -----------------------------------------------------------------------------------------------
    def watch(self, owner: QObject, shown: Sequence[str] = (), by: Sequence[str] = ()) -> None:
        """Run while `owner` looks; `shown` indicators come while the first runs go on, cells of `by` when complete."""
        self._wishes = [wish for wish in self._wishes if wish.owner is not owner]
        self._wishes.append(_Wish(owner, tuple(shown), tuple(by)))
        self._ask()

    def unwatch(self, owner: QObject) -> None:
        """`owner` looks no more; runs that were asked for go on."""
        self._wishes = [wish for wish in self._wishes if wish.owner is not owner]

    # -- results -------------------------------------------------------------------------------------------------
    @property
    def bands(self) -> Bands:
        """Levels and differences of the runs that are there."""
        return self.runner.bands

    @property
    def name(self) -> str:
        """What the scenario in work is called: its file, without folder and ending."""
        return Path(self._document.name).stem

    @property
    def digest(self) -> str:
        """Fingerprint of the scenario that runs, sliders' moves included."""
        return self.runner.digest

    @property
    def replications(self) -> int:
        """How many are wanted."""
        return self._replications

    def set_replications(self, count: int) -> None:
        """Want another number of replications."""
        self._replications = max(1, min(count, MOST_REPLICATIONS))
        self._ask()

    @property
    def running(self) -> bool:
        """Whether runs are in work or wait."""
        return self.runner.running

    @property
    def paused(self) -> bool:
        """Whether runs wait until the user wants them."""
        return self.runner.paused

    def pause(self, wanted: bool) -> None:
        """Begin no more runs, or go on."""
        self.runner.pause(wanted)
        self.changed.emit()

    @property
    def behind(self) -> bool:
        """Whether results are of how it was before the last change."""
        return self.runner.behind

    @property
    def stale(self) -> bool:
        """Whether the text has faults, so that results are of how it was before."""
        return self._document.check.scenario is None and bool(self._document.check.problems)

    def pin(self, name: str) -> bool:
        """Put the present results aside; False where there is no room (told), nothing to keep, or the name is taken."""
        if len(self.pinned) >= MOST_PINNED:
            self.told.emit(_FULL)
            return False
        if self.scenario is None or not self.bands.quarters or any(one.name == name for one in self.pinned):
            return False
        scenario = revised(self.scenario, self._shown_moves) if self._shown_moves else self.scenario
        self.pinned.append(Pinned(name, self.bands, scenario, self.digest))
        self.pinned_changed.emit()
        return True

    def unpin(self, name: str) -> None:
        """Let a result go."""
        self.pinned = [one for one in self.pinned if one.name != name]
        self.pinned_changed.emit()

    # -- sliders -------------------------------------------------------------------------------------------------
    def value(self, path: Steps) -> object:
        """What a setting is now, a slider's move included; None where there is none, or no limit."""
        if path in self._moves:
            return self._moves[path]
        scenario = self._document.last_scenario
        return None if scenario is None else _at(scenario.resolved, path)

    def move(self, values: Mapping[Steps, object]) -> None:
        """Run with other values at once; they are written into the text when the slider rests, or by `settle`."""
        if not self._moves:
            self._drag += 1
        self._moves.update(values)
        if not self._rehearsing:
            self._rest.start()
        self._ask()

    @property
    def rehearsing(self) -> bool:
        """Whether moves stay out of the text."""
        return self._rehearsing

    def rehearse(self, values: Mapping[Steps, object]) -> None:
        """Run with other values, and no moves beside; from now on they stay out of the text."""
        self.settle_at_once()
        self._forget_moves()
        self._moves.update(values)
        self._rehearsing = True
        self._ask()

    def end_rehearsal(self) -> None:
        """Forget what was moved; run what stands in the text."""
        if self._rehearsing:
            self._rehearsing = False
            self._forget_moves()
            self._ask()

    def write(self, values: Mapping[Steps, object], what: Text) -> Text | None:
        """Write values into the text at once, as one step that can be undone; what is in the way, if anything is."""
        _, new = _made(self._document.text, self._document.place, values)
        if isinstance(new, SpokenError):
            return new.text()
        self._in_text = dict(values)
        self._document.rewrite(new, what)
        self._document.settle()
        return None

    @property
    def unwritten(self) -> bool:
        """Whether something was moved that the text is still to say."""
        return bool(self._moves) and not self._rehearsing

    def settle(self) -> None:
        """Begin to write what was moved into the text, as one step that can be undone."""
        self._rest.stop()
        if self._moves and self._sent is None and not self._rehearsing:
            self._sent = dict(self._moves)
            self._writing.add(partial(_made, self._document.text, self._document.place, self._sent))

    def settle_at_once(self) -> None:
        """Have what was moved in the text when this returns: before it is saved, say."""
        self._rest.stop()
        if self._moves and not self._rehearsing:
            self._sent = dict(self._moves)
            self._take_text(_made(self._document.text, self._document.place, self._sent))
            self._document.settle()

    def _take_text(self, outcome: _Outcome) -> None:
        """Take the text with the moves in it; made from another one than there is now, it is made again."""
        old, new = outcome
        if self._sent is None:
            return
        if isinstance(new, SpokenError):
            self._forget_moves()
            self.told.emit(new.text())
            self._ask()
        elif old != self._document.text:
            self._sent = None
            self.settle()
        else:
            names = "; ".join(sorted(".".join(path) for path in self._sent))
            self._in_text, self._sent = self._sent, None
            self._document.rewrite(new, SLIDER, merge=f"slider {self._drag} {names}")
            if old == new:
                self._document_checked()

    def _forget_moves(self) -> None:
        self._moves.clear()
        self._sent = None
        self._rest.stop()

    def _another_scenario(self) -> None:
        """Let go of the results of the one before; those put aside stay."""
        self._forget_moves()
        self.scenario, self._newest, self._asked, self._known = None, None, None, None
        self.runner.forget()

    # -- asking --------------------------------------------------------------------------------------------------
    def _document_checked(self) -> None:
        written, self._in_text = self._in_text, {}  # newer moves are not in the text yet
        self._moves = {path: value for path, value in self._moves.items() if written.get(path, _NOTHING) != value}
        self._ask()
        self.changed.emit()

    def _begun(self, digest: str) -> None:
        assert self._asked is not None
        self._known = _Question(digest, (), self._asked.by, self._asked.replications)
        self.changed.emit()

    def _ask(self) -> None:
        """Ask for what the document means now, unless that is what runs already."""
        self._wishes = [wish for wish in self._wishes if isValid(wish.owner)]
        scenario = self._document.last_scenario
        if scenario is None or not self._wishes:
            return
        by = tuple(dict.fromkeys(name for wish in self._wishes for name in wish.by))
        shown = tuple(dict.fromkeys(name for wish in self._wishes for name in wish.shown))
        moves = {
            ".".join(path): value
            for path, value in self._moves.items()
            if value is not None or _at(scenario.resolved, path) is not None  # what is not there cannot be taken away
        }
        question = _Question(scenario.digest, tuple(sorted(moves.items())), by, self._replications)
        self._newest = scenario, moves
        if not any(known is not None and known.answers(question) for known in (self._asked, self._known)):
            self._asked, self._known = question, None
            self.runner.ask(scenario, None, self._replications, by, shown, moves)
            self.changed.emit()
        self._note_shown()

    def _note_shown(self) -> None:
        """Remember of what `bands` are: results of before the last change are of the scenario before it."""
        if self._newest is not None and not (self.behind and self.bands.quarters):
            self.scenario, self._shown_moves = self._newest

    def _progressed(self) -> None:
        self._note_shown()
        self.progressed.emit()

    def close_down(self) -> None:
        """End the workers; nothing is asked or told any more."""
        if self._closed:
            return
        self._closed = True
        self.runner.progressed.disconnect(self._progressed)
        self.runner.begun.disconnect(self._begun)
        self.runner.finished.disconnect(self.changed)
        self.runner.told.disconnect(self.told)
        self._wishes.clear()
        self._forget_moves()
        self._writing.close_down()
        self.runner.close_down()
