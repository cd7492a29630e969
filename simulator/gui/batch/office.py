"""The window's end of a clerk: its process, its pipes, a thread that listens, questions that wait for their turn."""

from __future__ import annotations

import atexit
import multiprocessing
from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from simulator.ensemble.interruption import Wish
from simulator.ensemble.offspring import no_interrupts, share_cores
from simulator.gui.batch.clerk import serve
from simulator.gui.batch.messages import Begun, Expected, Question, Ran, Stop
from simulator.quantity import Text
from simulator.refusals import reason

GOODBYE = 5.0
"""Seconds that a clerk has to end by itself when it is dismissed: runs in work are dropped meanwhile."""
_LOST = Text(
    "The process that worked on this ended unexpectedly; was memory short? What was done is kept.",
    "Processen som arbetade med detta avslutades oväntat; tog minnet slut? Det som är klart finns kvar.",
)

_NO_PROCESS = Text("No process can be started for this: {}", "Ingen process kan startas för detta: {}")


class Office(QObject):
    """A clerk, whose process starts with the first question and again after it has died.

    again  whether a question whose clerk has died is asked once more before it is given up

    answered  a question and an answer to it; `Expected` may follow `Planned`, and tells what it is of
    lost      a question whose clerk has died: what to say
    """

    answered = Signal(object, object)
    lost = Signal(object, object)
    _heard = Signal(object, object)

    def __init__(self, parent: QObject | None = None, again: bool = False) -> None:
        super().__init__(parent)
        self._again = again
        self._tried: Question | None = None
        self._desk: _Desk | None = None
        self._at_work: Question | None = None
        self._waiting: deque[Question] = deque()
        self._closed = False
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def at_work(self) -> Question | None:
        """What the clerk works on."""
        return self._at_work

    @property
    def pid(self) -> int | None:
        """Its process, where it has one."""
        return None if self._desk is None else self._desk.pid

    def ask(self, question: Question) -> None:
        """Ask, in turn; a question of the same kind that waits is given up."""
        if self._closed:
            return
        self._waiting = deque(other for other in self._waiting if type(other) is not type(question))
        self._waiting.append(question)
        self._hand_over()

    def stop(self, wish: Wish) -> None:
        """Want the runs in work to end."""
        if self._desk is not None:
            self._desk.send(Stop(wish))

    def close_down(self) -> None:
        """End the process and wait until it has; nothing is told any more."""
        self._closed = True
        self._waiting.clear()
        if self._desk is not None:
            self._desk.dismiss()
            self._desk = None

    def _hand_over(self) -> None:
        if self._at_work is not None or not self._waiting:
            return
        question = self._waiting.popleft()
        if self._desk is None:
            try:
                self._desk = _Desk(self)
            except OSError as failure:
                why = reason(failure)
                self.lost.emit(question, Text(_NO_PROCESS.en.format(why.en), _NO_PROCESS.sv.format(why.sv)))
                return
        self._at_work = question
        self._desk.send(question)

    def hear(self, desk: _Desk, answer: object) -> None:
        """Take what the thread has heard to the window's own thread."""
        self._heard.emit(desk, answer)

    def _take(self, desk: _Desk, answer: object) -> None:
        if self._closed or desk is not self._desk:
            return
        question = self._at_work
        if answer is None:
            self._desk.dismiss()
            self._desk, self._at_work = None, None
            if question is not None and self._again and question is not self._tried:
                self._tried = question
                self._waiting.appendleft(question)
            elif question is not None:
                self.lost.emit(question, _LOST)
            self._hand_over()
            return
        if question is None or isinstance(answer, Begun | Ran | Expected):
            self.answered.emit(question, answer)
            return
        self._at_work = None
        self.answered.emit(question, answer)
        self._hand_over()


class _Desk:
    """One process with its pipes and thread."""

    def __init__(self, office: Office) -> None:
        share_cores()
        context = multiprocessing.get_context("spawn")
        inbox, self._to = context.Pipe(duplex=False)
        self._from, outbox = context.Pipe(duplex=False)
        # no daemon: those may not have processes of their own
        self._process: SpawnProcess = context.Process(target=serve, args=(inbox, outbox), daemon=False)
        with no_interrupts():
            self._process.start()
        atexit.register(self._process.kill)  # before Python waits for it
        inbox.close()
        outbox.close()
        self._listener = Thread(target=_listen, args=(self._from, office, self), daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def send(self, message: Question | Stop) -> None:
        try:
            self._to.send(message)
        except OSError:  # it has died; the listener says so
            return

    def dismiss(self) -> None:
        """Hang up, upon which it drops what it does and ends; one that does not is ended."""
        self._to.close()
        self._process.join(GOODBYE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        atexit.unregister(self._process.kill)
        self._listener.join()
        self._from.close()
        self._process.close()


def _listen(inbox: Connection, office: Office, desk: _Desk) -> None:
    while True:
        try:
            answer = inbox.recv()
        except (EOFError, OSError):
            office.hear(desk, None)
            return
        office.hear(desk, answer)
