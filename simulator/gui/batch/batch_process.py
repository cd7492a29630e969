"""The window's end of a worker: its process, its pipes, a thread that listens, questions that wait for their turn."""

from __future__ import annotations

import atexit
import multiprocessing
from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from simulator.ensemble.child_process import no_interrupts, share_cores
from simulator.ensemble.interruption import Wish
from simulator.gui.batch.batch_worker import serve
from simulator.gui.batch.messages import Begun, Expected, Question, Ran, Stop
from simulator.quantity import Text

GOODBYE = 5.0
"""Seconds that a worker has to end by itself when it is dismissed: runs in work are dropped meanwhile."""
_LOST = Text(
    "The process that worked on this ended unexpectedly; was memory short? What was done is kept.",
    "Processen som arbetade med detta avslutades oväntat; tog minnet slut? Det som är klart finns kvar.",
)

_NO_PROCESS = Text("No process can be started for this: {}", "Ingen process kan startas för detta: {}")


class BatchProcess(QObject):
    """A worker, whose process starts with the first question and again after it has died.

    again  whether a question whose worker has died is asked once more before it is given up

    answered  a question and an answer to it; `Expected` may follow `Planned`, and tells what it is of
    lost      a question whose worker has died: what to say
    """

    answered = Signal(object, object)
    lost = Signal(object, object)
    _heard = Signal(object, object)

    def __init__(self, parent: QObject | None = None, again: bool = False) -> None:
        super().__init__(parent)
        self._again = again
        self._tried: Question | None = None
        self._process: _Process | None = None
        self._at_work: Question | None = None
        self._waiting: deque[Question] = deque()
        self._closed = False
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def at_work(self) -> Question | None:
        """What the worker works on."""
        return self._at_work

    @property
    def pid(self) -> int | None:
        """Its process, where it has one."""
        return None if self._process is None else self._process.pid

    def ask(self, question: Question) -> None:
        """Ask, in turn; a question of the same kind that waits is given up."""
        if self._closed:
            return
        self._waiting = deque(other for other in self._waiting if type(other) is not type(question))
        self._waiting.append(question)
        self._send_next()

    def stop(self, wish: Wish) -> None:
        """Want the runs in work to end."""
        if self._process is not None:
            self._process.send(Stop(wish))

    def close_down(self) -> None:
        """End the process and wait until it has; nothing is told any more."""
        self._closed = True
        self._waiting.clear()
        if self._process is not None:
            self._process.dismiss()
            self._process = None

    def _send_next(self) -> None:
        if self._at_work is not None or not self._waiting:
            return
        question = self._waiting.popleft()
        if self._process is None:
            try:
                self._process = _Process(self)
            except OSError as failure:
                why = failure.strerror or str(failure)
                self.lost.emit(question, Text(*(said.format(why) for said in _NO_PROCESS)))
                return
        self._at_work = question
        self._process.send(question)

    def hear(self, process: _Process, answer: object) -> None:
        """Take what the thread has heard to the window's own thread."""
        self._heard.emit(process, answer)

    def _take(self, process: _Process, answer: object) -> None:
        if self._closed or process is not self._process:
            return
        question = self._at_work
        if answer is None:
            self._process.dismiss()
            self._process, self._at_work = None, None
            if question is not None and self._again and question is not self._tried:
                self._tried = question
                self._waiting.appendleft(question)
            elif question is not None:
                self.lost.emit(question, _LOST)
            self._send_next()
            return
        if question is None or isinstance(answer, Begun | Ran | Expected):
            self.answered.emit(question, answer)
            return
        self._at_work = None
        self.answered.emit(question, answer)
        self._send_next()


class _Process:
    """One process with its pipes and thread."""

    def __init__(self, owner: BatchProcess) -> None:
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
        self._listener = Thread(target=_listen, args=(self._from, owner, self), daemon=True)
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


def _listen(inbox: Connection, owner: BatchProcess, process: _Process) -> None:
    while True:
        try:
            answer = inbox.recv()
        except (EOFError, OSError):
            owner.hear(process, None)
            return
        owner.hear(process, answer)
