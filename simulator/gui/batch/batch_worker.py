"""A process of the window that plans, runs and reads batches; it knows nothing of Qt.

The window has two: one runs, so that the other can answer meanwhile. The runs themselves are done by processes of the
one that runs. Each process ends with the one that has started it, however that ends.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic

from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution.execute import Ended as Outcome
from simulator.ensemble.execution.execute import Watch, execute
from simulator.ensemble.execution.interruption import Interruption, Wish
from simulator.ensemble.execution.progress import Progress
from simulator.ensemble.storage.disk import cannot_write
from simulator.ensemble.workers.child_process import leave_with_parent
from simulator.gui.batch.folder_reader import FolderReader
from simulator.gui.batch.messages import (
    Answer,
    Ask,
    Begin,
    Begun,
    Ended,
    GoOn,
    Look,
    Question,
    Ran,
    Read,
    Refused,
    Stop,
    Weigh,
    Write,
)
from simulator.gui.batch.planning import COMMAND, draft_of, expected, planned, prepared
from simulator.quantity import SpokenError, Text
from simulator.scenario import ScenarioError

OFTEN = 0.1
"""Seconds between two reports of progress, at least."""
_FAULT = Text("Something went wrong in the program itself: {}", "Något gick fel i själva programmet: {}")


def serve(inbox: Connection, outbox: Connection) -> None:
    """Answer questions, one after the other, until the window is gone."""
    leave_with_parent()
    asked: SimpleQueue[Question | None] = SimpleQueue()
    worker = _BatchWorker(outbox, asked.empty)
    Thread(target=_listen, args=(inbox, asked, worker), daemon=True).start()
    while (question := asked.get()) is not None:
        worker.answer(question)


def _listen(inbox: Connection, asked: SimpleQueue[Question | None], worker: _BatchWorker) -> None:
    """Take questions; what is to stop runs in work cannot wait for its turn."""
    try:
        while True:
            message = inbox.recv()
            if isinstance(message, Stop):
                worker.stop(message.wish)
            else:
                worker.begin_anew(message)
                asked.put(message)
    except (EOFError, OSError):  # the window has closed its end
        worker.stop(Wish.DROP)
        asked.put(None)


class _BatchWorker:
    """Answers questions; `idle()` tells whether nothing else waits."""

    def __init__(self, outbox: Connection, idle: Callable[[], bool]) -> None:
        self._outbox, self._idle = outbox, idle
        self._lock = Lock()
        self._interruption = Interruption()
        self._reader = FolderReader()
        self._told = 0.0

    def begin_anew(self, question: Question) -> None:
        """Forget that earlier runs were stopped."""
        if isinstance(question, Begin | GoOn):
            with self._lock:
                self._interruption = Interruption()

    def stop(self, wish: Wish) -> None:
        """Want the runs in work, or those about to begin, to end."""
        with self._lock:
            self._interruption.ask(wish)

    def answer(self, question: Question) -> None:
        """Do what is asked and say what came of it."""
        try:
            self._do(question)
        except ScenarioError as error:
            self._tell(Refused(error.text(), error.problems))
        except SpokenError as error:
            self._tell(Refused(error.text()))
        except OSError as failure:
            where = question.source.name if isinstance(question, Ask) else question.folder
            self._tell(Refused(cannot_write(Path(where), failure).text()))
        except Exception:  # a fault of the program ends one answer, not the window's work
            traceback.print_exc(file=sys.stderr)
            why = traceback.format_exc().strip().splitlines()[-1]
            self._tell(Refused(Text(*(said.format(why) for said in _FAULT))))

    def _do(self, question: Question) -> None:
        match question:
            case Ask():
                self._plan(question)
            case Begin():
                self._run(prepared(question.source, question.folder), question.jobs, again=False)
            case GoOn():
                self._run(BatchFolder.open(question.folder), question.jobs, question.again)
            case Look():
                self._tell(self._reader.look(question.folder))
            case Read():
                self._tell(self._reader.read(question))
            case Weigh():
                self._tell(self._reader.weigh(question))
            case Write():
                self._tell(self._reader.write(question))

    def _plan(self, question: Ask) -> None:
        draft = draft_of(question.source)
        told = planned(draft, question)
        self._tell(told)
        if self._idle():  # somebody who goes on typing does not wait for it
            self._tell(expected(draft.plan, told, question))

    def _run(self, folder: BatchFolder, jobs: int, again: bool) -> None:
        title = folder.plan.title or Text(folder.plan.name, folder.plan.name)
        self._tell(Begun(folder.path, title))
        with self._lock:
            interruption = self._interruption
        if interruption.wish:
            self._tell(Ended(None, complete=False, stopped=False, broken_off=True))
            return
        watch = Watch(progress=self._progress)
        found = execute(folder, jobs=jobs, again=again, watch=watch, command=COMMAND, interruption=interruption)
        self._tell(_ended(found))

    def _progress(self, now: Progress) -> None:
        if monotonic() - self._told >= OFTEN:
            self._told = monotonic()
            self._tell(Ran(now))

    def _tell(self, answer: Answer) -> None:
        try:
            self._outbox.send(answer)
        except OSError:  # the window is gone; so are we, soon
            self.stop(Wish.DROP)


def _ended(found: Outcome) -> Ended:
    return Ended(found.progress, found.complete, found.stopped, bool(found.code))
