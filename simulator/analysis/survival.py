"""When a target is reached, and how many runs have not reached it yet (Model text 5, I7.7)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.ensemble.statistics import Values

LASTING = 4
"""Quarters in a row for which a target must hold to count as reached."""


def first_lasting(holds: Any, lasting: int = LASTING) -> int | None:
    """First entry from which a condition holds for `lasting` entries in a row.

    >>> first_lasting([True, False, True, True, True], 3), first_lasting([True, True], 3)
    (2, None)

    Source: Model text 5 (I7.7).
    """
    run = 0
    for place, true in enumerate(holds):
        run = run + 1 if true else 0
        if run == lasting:
            return place - lasting + 1
    return None


@dataclass(frozen=True, slots=True)
class Survival:
    """Share of runs still without the event after each time at which it befell some; (times,) each."""

    times: Values
    waiting: Values

    def at(self, time: float) -> float:
        """Share still waiting after `time`."""
        passed = np.searchsorted(self.times, time, side="right")
        return float(self.waiting[passed - 1]) if passed else 1.0

    @property
    def median(self) -> float:
        """First time by which at least half have had the event; NaN if fewer ever had."""
        reached = np.flatnonzero(self.waiting <= 0.5)
        return float(self.times[reached[0]]) if len(reached) else math.nan


def kaplan_meier(times: Any, happened: Any) -> Survival:
    """Kaplan-Meier estimate: S(t) = product over t_i <= t of (1 - d_i / n_i).

    d_i have the event at t_i, n_i were still under observation just before. A run that ends without the event counts
    until its end.

    times     (runs,)  of the event, or of the end of observation
    happened  (runs,)  whether it was the event

    Source: Model text 5 (I7.7); CONST.
    """
    end, event = np.asarray(times, np.float64), np.asarray(happened, bool)
    moments = np.unique(end[event])
    at_risk = (end[None, :] >= moments[:, None]).sum(axis=1)
    events = ((end[None, :] == moments[:, None]) & event).sum(axis=1)
    return Survival(moments, np.cumprod(1 - events / at_risk) if len(moments) else np.empty(0))
