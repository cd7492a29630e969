"""Stalls of the event loop, and whose they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

BEAT = 5
"""Milliseconds between beats."""
_PIECE = 2000


class Beat(NamedTuple):
    """What lies between two beats, in milliseconds.

    act      what happened then              gap  wall-clock time, less the beat itself
    work     processor time of the window's own thread, which other programs do not lengthen
    threads  processor time of its other threads, for which its own may have had to wait
    """

    act: str
    gap: float
    work: float
    threads: float


class Heart(QObject):
    """Beats in the event loop.

    yardstick  processor time of the same small piece of work at the beginning of each act: others on the machine
               lengthen that, too, by what they take of its caches and of its cores' other halves
    """

    def __init__(self) -> None:
        super().__init__()
        self.beats: list[Beat] = []
        self.act = ""
        self.yardstick: list[float] = []
        self._last = (0.0, 0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = _clocks()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def begin(self, act: str) -> None:
        """From the next beat on, this happens."""
        rest(0.02)
        self.yardstick.append(_yardstick())
        self.act = act

    def of(self, act: str) -> list[Beat]:
        return [beat for beat in self.beats if beat.act == act]

    @property
    def acts(self) -> list[str]:
        return list(dict.fromkeys(beat.act for beat in self.beats))

    def _beat(self) -> None:
        now = _clocks()
        gap, work, all_threads = (1000 * (after - before) for after, before in zip(now, self._last, strict=True))
        self.beats.append(Beat(self.act, max(0.0, gap - BEAT), work, max(0.0, all_threads - work)))
        self._last = now


def _yardstick() -> float:
    began = time.thread_time()
    sorted({str(number): [number] for number in range(_PIECE)})
    return 1000 * (time.thread_time() - began)


def _clocks() -> tuple[float, float, float]:
    return time.perf_counter(), time.thread_time(), time.process_time()


def wait(until: Callable[[], bool], seconds: float) -> bool:
    """Let the window live until something holds; whether it came to hold."""
    loop, end = QEventLoop(), time.perf_counter() + seconds
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() or time.perf_counter() > end else None)
    timer.start(1)
    if not until():
        loop.exec()
    return until()


def rest(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
