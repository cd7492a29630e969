"""Every award still in force, fading, or counted by the aid rule: one row each (Model text 3.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows, Small, Whole
from simulator.economy.drivers import Series

NO_GROUP = -1


class AwardLog:
    """Awards in order of quarter.

    slot      (awards,)  firm
    measure   (awards,)  index of the measure
    quarter   (awards,)  of the award
    county    (awards,)  of the firm
    group     (awards,)  those awarded together, NO_GROUP for none
    subsidy   (awards,)  kSEK  reserved for a project and not yet paid
    grant     (awards,)  kSEK  reserved for R&D and not yet paid
    external  (awards,)  share of what is reserved that external co-financers pay
    aid       (awards,)  kSEK  counted by the aid rule: unit cost and what was reserved
    quality   (awards,)  strength of the effect: less than 1 where a pilot has been scaled up
    """

    def __init__(self) -> None:
        self.slot: Whole = np.empty(0, np.int32)
        self.measure: Whole = np.empty(0, np.int32)
        self.quarter: Whole = np.empty(0, np.int32)
        self.county: Small = np.empty(0, np.int8)
        self.group: Whole = np.empty(0, np.int32)
        self.subsidy: Series = np.empty(0)
        self.grant: Series = np.empty(0)
        self.external: Series = np.empty(0)
        self.aid: Series = np.empty(0)
        self.quality: Floats = np.empty(0, np.float32)

    def __len__(self) -> int:
        return len(self.slot)

    def add(self, awards: Mapping[str, NDArray[Any]]) -> None:
        """Append awards, all columns of them."""
        for name in vars(self):
            setattr(self, name, np.concatenate((getattr(self, name), awards[name])))

    def keep(self, kept: Flags) -> None:
        """Forget the other awards."""
        if kept.all():
            return
        for name in vars(self):
            setattr(self, name, getattr(self, name)[kept])

    def aid_of(self, slots: Whole, since: int, total: int) -> Series:
        """Aid given to the firms in `slots` from quarter `since` on, kSEK; (slots,)."""
        recent = self.quarter >= since
        given = np.bincount(self.slot[recent], weights=self.aid[recent], minlength=total)
        return given[slots].astype(np.float64)

    def pay(self, awards: Rows, project: Rows, wanted: Floats | Series) -> Series:
        """Pay projects from the reservations behind them, each award in proportion to what it has left.

        awards   (n,)         rows of the log that may pay
        project  (n,)         which project each would pay for
        wanted   (projects,)  kSEK

        Returns what each award paid, (n,) kSEK; never more than it had.
        """
        paid = _shared(self.subsidy[awards], self.subsidy[awards], project, wanted)
        self.subsidy[awards] -= paid
        return paid

    def pay_grants(self, awards: Rows, firm: Rows, wanted: Series, rate: Series) -> Series:
        """Pay R&D grants, each award in proportion to its own `rate` (n,) and at most what it has left; as `pay`."""
        paid = _shared(self.grant[awards], rate, firm, wanted)
        self.grant[awards] -= paid
        return paid


def _shared(left: Series, weight: Series, goal: Rows, wanted: Floats | Series) -> Series:
    """What each of several purses pays for its goal: in proportion to its weight, at most what is left; (n,)."""
    behind = np.bincount(goal, weights=weight, minlength=len(wanted))
    share = np.divide(wanted, behind, out=np.zeros(len(wanted)), where=behind > 0)
    paid: Series = np.minimum(left, weight * share[goal])
    return paid


def newest(rows: Rows | Whole, size: int) -> Flags:
    """Whether each entry of a log ordered by quarter is the last one of its row; `size` rows exist."""
    order = np.arange(len(rows))
    last = np.empty(size, np.intp)
    last[rows] = order
    return np.asarray(last[rows] == order, bool)
