"""The window's end of a process of its own: its pipes, and a thread that listens."""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Thread

from PySide6.QtCore import QObject, Signal

from simulator.ensemble.workers.child_process import no_interrupts, share_cores

Serve = Callable[[Connection, Connection], None]


class PipedProcess(QObject):
    """A process that starts at once and reads messages until its pipe is closed; OSError where none can be started.

    `answered` (with itself and the answer) and `lost` (with itself, once) are emitted in a thread of its own: connect
    them queued.
    """

    answered = Signal(object, object)
    lost = Signal(object)

    def __init__(self, serve: Serve, patience: float, parents: bool = False) -> None:
        """Start it.

        serve     what it does with its two pipes: what it is asked, and what it says
        patience  seconds that it has to end by itself when it is dismissed
        parents   whether it starts processes itself, which a daemon may not
        """
        super().__init__()
        share_cores()
        context = multiprocessing.get_context("spawn")
        inbox, self._to = context.Pipe(duplex=False)
        self._from, outbox = context.Pipe(duplex=False)
        self._patience = patience
        self._process: SpawnProcess = context.Process(target=serve, args=(inbox, outbox), daemon=not parents)
        with no_interrupts():
            self._process.start()
        atexit.register(self._process.kill)  # before Python waits for it
        inbox.close()
        outbox.close()
        self._listener = Thread(target=_listen, args=(self._from, self), daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process.pid is not None
        return self._process.pid

    def send(self, message: object) -> None:
        """Say something to it."""
        try:
            self._to.send(message)
        except OSError:  # it has died; the listener says so
            return

    def hang_up(self) -> None:
        """Let it end: it has nobody to listen to any more."""
        self.blockSignals(True)
        self._to.close()

    def dismiss(self, at_once: bool = False) -> None:
        """End it, and wait until that has happened; no signal comes from it any more."""
        self.hang_up()
        if at_once:
            self._process.kill()
        self._process.join(self._patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        atexit.unregister(self._process.kill)
        self._listener.join()
        self._from.close()
        self._process.close()
        self.deleteLater()


def _listen(inbox: Connection, process: PipedProcess) -> None:
    while True:
        try:
            answer = inbox.recv()
        except (EOFError, OSError):
            process.lost.emit(process)
            return
        process.answered.emit(process, answer)
