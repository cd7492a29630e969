"""How far the runs have come, how fast, and how long it will take."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

WINDOW = 64
"""Reports from which the rate is told: long enough to be steady, short enough to follow a machine that slows down."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Runs that are done, failed ones among them, of how many.

    rate          runs per second, NaN before any is done
    seconds_left  NaN while nothing is known
    """

    done: int
    total: int
    failed: int
    rate: float
    seconds_left: float


class Meter:
    """Counts runs and tells their rate, from those of this session only.

    >>> seconds = iter([0.0, 2.0, 4.0])
    >>> meter = Meter(total=10, done=2, failed=0, clock=lambda: next(seconds))
    >>> meter.add(2, 1)
    Progress(done=4, total=10, failed=1, rate=1.0, seconds_left=6.0)
    >>> meter.add(4, 0).seconds_left
    1.3333333333333333
    """

    def __init__(self, total: int, done: int, failed: int, clock: Callable[[], float] = monotonic) -> None:
        self.total, self.done, self.failed = total, done, failed
        self._clock = clock
        self._marks = deque([(clock(), done)], maxlen=WINDOW)

    def add(self, runs: int, failed: int) -> Progress:
        """Count runs that have ended, `failed` of them without numbers."""
        self.done += runs
        self.failed += failed
        self._marks.append((self._clock(), self.done))
        return self.now()

    def now(self) -> Progress:
        """Where the work stands."""
        (first, before), (last, after) = self._marks[0], self._marks[-1]
        rate = (after - before) / (last - first) if last > first and after > before else math.nan
        left = max(0, self.total - self.done)
        return Progress(self.done, self.total, self.failed, rate, left / rate if left else 0.0)
