"""Every award still in force, fading, or counted by the aid rule: one row each (Model text 3.0)."""

from __future__ import annotations

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small, Whole
from simulator.economy.drivers import Series


class AwardLog:
    """Awards in order of quarter.

    slot      (awards,)  firm
    measure   (awards,)  index of the measure
    quarter   (awards,)  of the award
    county    (awards,)  of the firm
    subsidy   (awards,)  kSEK  reserved and not yet paid
    aid       (awards,)  kSEK  counted by the aid rule: unit cost and reserved subsidy
    """

    def __init__(self) -> None:
        self.slot: Whole = np.empty(0, np.int32)
        self.measure: Whole = np.empty(0, np.int32)
        self.quarter: Whole = np.empty(0, np.int32)
        self.county: Small = np.empty(0, np.int8)
        self.subsidy: Series = np.empty(0)
        self.aid: Series = np.empty(0)

    def __len__(self) -> int:
        return len(self.slot)

    def add(self, quarter: int, measure: int, slot: Whole, county: Small, subsidy: Series, aid: Series) -> None:
        """Append awards of one measure."""
        count = len(slot)
        for name, values in (
            ("slot", slot), ("measure", np.full(count, measure, np.int32)),
            ("quarter", np.full(count, quarter, np.int32)), ("county", county), ("subsidy", subsidy), ("aid", aid),
        ):  # fmt: skip
            setattr(self, name, np.concatenate((getattr(self, name), values)))

    def keep(self, kept: Flags) -> None:
        """Forget the other awards."""
        if kept.all():
            return
        for name in ("slot", "measure", "quarter", "county", "subsidy", "aid"):
            setattr(self, name, getattr(self, name)[kept])

    def aid_of(self, slots: Whole, since: int, total: int) -> Series:
        """Aid given to the firms in `slots` from quarter `since` on, kSEK; (slots,)."""
        recent = self.quarter >= since
        given = np.bincount(self.slot[recent], weights=self.aid[recent], minlength=total)
        return given[slots].astype(np.float64)

    def bound(self, slots: Whole, measure: int, quarter: int, support: int, total: int) -> Flags:
        """Firms in `slots` under an award of `measure`, which binds for `support` quarters; (slots,)."""
        running = (self.measure == measure) & (quarter - self.quarter < support)
        marked = np.zeros(total, bool)
        marked[self.slot[running]] = True
        return marked[slots]

    def pay(self, awards: Rows, project: Rows, wanted: Floats) -> Series:
        """Pay projects from the reservations behind them, each award in proportion to what it has left.

        awards   (n,)         rows of the log that may pay
        project  (n,)         which project each would pay for
        wanted   (projects,)  kSEK

        Returns what each award paid, (n,) kSEK; never more than it had.
        """
        behind = np.bincount(project, weights=self.subsidy[awards], minlength=len(wanted))
        share = np.minimum(np.divide(wanted, behind, out=np.zeros(len(wanted)), where=behind > 0), 1)
        paid: Series = self.subsidy[awards] * share[project]
        self.subsidy[awards] -= paid
        return paid


def newest(rows: Rows | Whole, size: int) -> Flags:
    """Whether each entry of a log ordered by quarter is the last one of its row; `size` rows exist."""
    order = np.arange(len(rows))
    last = np.empty(size, np.intp)
    last[rows] = order
    return np.asarray(last[rows] == order, bool)
