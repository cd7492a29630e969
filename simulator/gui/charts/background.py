"""Something worked out away from the window's own thread; only the newest request is answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class _Job(QRunnable):
    def __init__(self, number: int, work: Callable[[], object], tell: Callable[[int, object], None]) -> None:
        super().__init__()
        self._number, self._work, self._tell = number, work, tell

    def run(self) -> None:
        self._tell(self._number, self._work())


class Background(QObject):
    """One worker thread.

    done  the newest request's result
    """

    done = Signal(object)
    _told = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._number = 0
        self._told.connect(self._take)

    def ask(self, work: Callable[[], object]) -> None:
        """Work something out; what waits is given up."""
        self._number += 1
        self._pool.clear()
        self._pool.start(_Job(self._number, work, self._told.emit))

    def _take(self, number: int, found: object) -> None:
        if number == self._number:
            self.done.emit(found)

    def close_down(self) -> None:
        """Wait for what is at work; nothing more is told."""
        self._number += 1
        self._pool.clear()
        self._pool.waitForDone()
