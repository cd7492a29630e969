"""Work that is done away from the window's own thread, one piece after the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class _Job(QRunnable):
    def __init__(self, number: int, work: Callable[[], object], tell: Callable[[int, object], None]) -> None:
        super().__init__()
        self._number, self._work, self._tell = number, work, tell

    def run(self) -> None:
        self._tell(self._number, self._work())


class WorkThread(QObject):
    """One thread. What it is given touches no widget.

    done  what a piece of work has come to, told in the window's own thread; not of work that has been given up
    """

    done = Signal(object)
    _told = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._number = 0
        self._told.connect(self._take)

    def add(self, work: Callable[[], object]) -> None:
        """Do something when all before it is done."""
        self._pool.start(_Job(self._number, work, self._told.emit))

    def ask(self, work: Callable[[], object]) -> None:
        """Do this instead of all before it: that is given up."""
        self._give_up()
        self.add(work)

    def _give_up(self) -> None:
        self._number += 1
        self._pool.clear()

    def _take(self, number: int, found: object) -> None:
        if number == self._number:
            self.done.emit(found)

    def wait(self) -> None:
        """Return when all is done."""
        self._pool.waitForDone()

    def close_down(self) -> None:
        """Wait for what is at work; nothing more is told."""
        self._give_up()
        self.wait()
