"""The scenario in work. Its text is the truth; everything in the window reads it and changes it through one door."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from simulator.gui.language import Language
from simulator.gui.saving import SaveError, read_text, write_text
from simulator.gui.work_thread import WorkThread
from simulator.quantity import Text
from simulator.scenario import Problem, Scenario, ScenarioError, load
from simulator.scenario.problems import Place

UNTITLED = "scenario.yaml"
START = "format: 1\nextends: baseline.yaml\n"
MOST_STEPS = 500
_TAKEN = Text("reading the file anew", "ny läsning av filen")


@dataclass(frozen=True)
class Check:
    """What a text means that lies at a place: a scenario, or what is wrong with it."""

    text: str
    place: Path
    scenario: Scenario | None
    problems: tuple[Problem, ...]


def checked(text: str, place: Path) -> Check:
    """Read a text as the scenario that would lie at `place`."""
    try:
        scenario = load(place, text=text)
        return Check(text, place, scenario, tuple(scenario.warnings))
    except ScenarioError as error:
        return Check(text, place, None, tuple(sorted(error.problems)))


class _Change(QUndoCommand):
    """One change of the text. Texts before and after are kept whole: neighbours share them."""

    def __init__(self, document: Document, new: str, what: Text, merge: str) -> None:
        super().__init__()
        self.what = what
        self._document, self._merge = document, merge
        self._old, self._new = document.text, new

    def redo(self) -> None:
        self._document._show(self._new)

    def undo(self) -> None:
        self._document._show(self._old)

    def id(self) -> int:
        return 1 if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 (Qt's name)
        if not isinstance(other, _Change) or other._merge != self._merge:
            return False
        self._new = other._new
        self.setObsolete(self._new == self._old)
        return True


class Document(QObject):
    """A scenario's text with its file, its history and what it means.

    started  another scenario is in work
    changed  the text is another       checked  it has been read anew: see `check`
    moved    its file, name or whether it is saved has changed

    on_disk  what its file held when it was last read or written; None without a file
    """

    started = Signal()
    changed = Signal()
    checked = Signal()
    moved = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.text = START
        self.path: Path | None = None
        self.on_disk: str | None = None
        self.name = UNTITLED
        self.history = QUndoStack(self)
        self.history.setUndoLimit(MOST_STEPS)
        self.history.cleanChanged.connect(self._clean_changed)
        self.check = Check("", Path(), None, ())
        self.last_scenario: Scenario | None = None
        self._bom = self._closed = False
        self._reading = WorkThread(self)
        self._reading.done.connect(self._take)
        self._recheck()

    # -- files ---------------------------------------------------------------------------------------------------
    @property
    def place(self) -> Path:
        """Where the text lies, or would lie."""
        return self.path if self.path is not None else Path.cwd() / self.name

    def holds(self, place: Place) -> bool:
        """Whether a place lies in the text itself, not in a file that it extends."""
        return place.line > 0 and place.file == os.fspath(self.place)

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return not self.history.isClean()

    def start(
        self, text: str, name: str = UNTITLED, path: Path | None = None, saved: bool = True, on_disk: str | None = None
    ) -> None:
        """Begin with a text; `saved`: there is nothing to save; `on_disk`: what the file was seen to hold."""
        self.on_disk = on_disk if path is not None else None
        self._bom = text.startswith("\ufeff")
        self.text, self.name, self.path = text.removeprefix("\ufeff"), name if path is None else path.name, path
        self.last_scenario = None
        self.history.clear()
        if not saved:
            self.history.resetClean()
        self.started.emit()
        self.changed.emit()
        self.moved.emit()
        self._recheck()

    def start_anew(self) -> None:
        """Begin with a scenario that is the baseline."""
        self.start(START)

    def open(self, path: Path) -> None:
        """Begin with a file; SaveError when it cannot be read as text."""
        text = read_text(path)
        self.start(text, path=path, on_disk=text)

    def save(self, path: Path | None = None) -> None:
        """Write the text to its file, or another; SaveError, and nothing has happened to any file."""
        target = path or self.path
        if target is None:
            raise SaveError(Text("choose a file first", "välj en fil först"))
        write_text(target, self.content)
        self.on_disk = self.content
        moved = target != self.path
        self.path, self.name = target, target.name
        self.history.setClean()
        self.moved.emit()
        if moved:
            self._recheck()

    def take(self, text: str) -> None:
        """Make what the file now holds the text: a step that can be undone, after which there is nothing to save."""
        self._bom, self.on_disk = text.startswith("\ufeff"), text
        self.rewrite(text.removeprefix("\ufeff"), _TAKEN)
        self.history.setClean()
        self.moved.emit()

    def unsave(self) -> None:
        """From now on there is something to save, whatever is undone: the file is gone or another."""
        self.history.resetClean()
        self.moved.emit()

    @property
    def content(self) -> str:
        """What would be written to the file."""
        return ("\ufeff" if self._bom else "") + self.text

    def _clean_changed(self, _: bool) -> None:
        self.moved.emit()

    # -- changes -------------------------------------------------------------------------------------------------
    def rewrite(self, text: str, what: Text, merge: str = "") -> None:
        """Make `text` the text, as one step that can be undone; steps in a row with the same `merge` become one."""
        if text != self.text:
            self.history.push(_Change(self, text, what, merge))

    @property
    def last_step(self) -> Text | None:
        """What undo takes back."""
        return self._step(self.history.index() - 1)

    @property
    def next_step(self) -> Text | None:
        """What redo does again."""
        return self._step(self.history.index())

    def _step(self, at: int) -> Text | None:
        step = self.history.command(at) if 0 <= at < self.history.count() else None
        return step.what if isinstance(step, _Change) else None

    def _show(self, text: str) -> None:
        self.text = text
        self.changed.emit()
        self._recheck()

    # -- meaning -------------------------------------------------------------------------------------------------
    @property
    def reading(self) -> bool:
        """Whether the text is still to be read: `check` is about another one."""
        return not self._is_about_this(self.check)

    @property
    def scenario(self) -> Scenario | None:
        """What the text means now; None while it is being read, or where it has faults."""
        return None if self.reading else self.check.scenario

    def settle(self) -> Check:
        """Wait until the text has been read."""
        if self.reading:
            self._take(checked(self.text, self.place))
        return self.check

    def _is_about_this(self, check: Check) -> bool:
        return (check.text, check.place) == (self.text, self.place)

    def _recheck(self) -> None:
        self._reading.ask(partial(checked, self.text, self.place))

    def _take(self, found: Check) -> None:
        if not self._is_about_this(found):
            return
        self.check = found
        self.last_scenario = found.scenario or self.last_scenario
        self.checked.emit()

    def close(self) -> None:
        """Wait for what is at work in the background; a second time nothing happens."""
        if not self._closed:
            self._closed = True
            self.history.blockSignals(True)  # it tells of its own end, too
            self.history.clear()  # else Python may destroy a step before the history that destroys it again
        self._reading.close_down()
