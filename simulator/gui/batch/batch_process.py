"""The window's end of a batch worker: questions that wait for their turn, and its process, replaced when it is lost."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Qt, Signal

from simulator.ensemble.execution.interruption import Wish
from simulator.gui.batch.batch_worker import serve
from simulator.gui.batch.messages import Begun, Expected, Question, Ran, Stop
from simulator.gui.piped_process import PipedProcess
from simulator.quantity import Text
from simulator.refusals import reason

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

    def __init__(self, parent: QObject | None = None, again: bool = False) -> None:
        super().__init__(parent)
        self._again = again
        self._tried: Question | None = None
        self._process: PipedProcess | None = None
        self._at_work: Question | None = None
        self._waiting: deque[Question] = deque()
        self._closed = False

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
                self._process = self._started()
            except OSError as failure:
                why = reason(failure)
                self.lost.emit(question, Text(_NO_PROCESS.en.format(why.en), _NO_PROCESS.sv.format(why.sv)))
                return
        self._at_work = question
        self._process.send(question)

    def _started(self) -> PipedProcess:
        process = PipedProcess(serve, GOODBYE, parents=True)
        process.answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        process.lost.connect(self._lose, Qt.ConnectionType.QueuedConnection)
        return process

    def _lose(self, process: PipedProcess) -> None:
        """Ask again what it was at, once where that is wanted, or say that it is lost."""
        if self._closed or process is not self._process:
            return
        question = self._at_work
        process.dismiss()
        self._process, self._at_work = None, None
        if question is not None and self._again and question is not self._tried:
            self._tried = question
            self._waiting.appendleft(question)
        elif question is not None:
            self.lost.emit(question, _LOST)
        self._send_next()

    def _take(self, process: PipedProcess, answer: object) -> None:
        if self._closed or process is not self._process:
            return
        question = self._at_work
        if question is None or isinstance(answer, Begun | Ran | Expected):
            self.answered.emit(question, answer)
            return
        self._at_work = None
        self.answered.emit(question, answer)
        self._send_next()
