"""The measures that meet firms in one quarter: what they offer, and whom they met (Model text 3.0)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, rows_where
from simulator.agents.firms import Firms
from simulator.delivery.budget import in_proportion
from simulator.delivery.pairs import NOBODY, Pairs, Quarter
from simulator.delivery.terms import Terms
from simulator.economy.drivers import Series
from simulator.governance import Coordination
from simulator.indicators.tally import NEED_BINS, need_table

_BLOCK = 2**14
"""Measures times firms that are looked at together: they fit the processor's cache, or take one measure's memory."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one measure of a meeting did; rows of firms.

    rows      eligible firms
    capacity  (counties,)  units to hand out
    taken, reserved  (awarded,)  units, and kSEK for projects
    """

    key: str
    rows: Rows
    capacity: Series
    contacted: Rows
    referred: Rows
    applied: Rows
    awarded: Rows
    taken: Series
    reserved: Series


def _nothing() -> Series:
    return np.empty(0)


@dataclass(slots=True)
class Meeting:
    """Measures that meet firms this quarter, (measures,) unless said, money in kSEK; a step of the funnel a field.

    free       (measures, firms)  who may apply;  eligible (measures, counties) how many
    capacity   (measures, counties)  units to hand out;  contacts alike
    kept       (measures, counties)  units that nobody took the quarter before, to hand out beside the capacity
    largest    most units that one award takes
    carried    part of its cost that the package's budget carries
    quality    strength of the effect of its awards
    limit      what its own budget leaves for contacts and awards
    needs      (domains, firms)  how much each firm needs each domain, 0-1
    referred   contacted firms that were shown to another measure, at the measure that contacted them
    taken, reserved, granted  (awarded,)  units, and kSEK reserved for projects and for R&D
    by_need    (2, bins)  firms not awarded and awarded, once for each measure they may get;  eligible_firms  as bits
    """

    terms: Terms
    free: Flags
    eligible: Series
    capacity: Series
    contacts: Series
    kept: Series
    largest: Series
    carried: Series
    quality: Series
    limit: Series = field(default_factory=_nothing)
    needs: Floats = field(default_factory=lambda: np.empty((0, 0), np.float32))
    contacted: Pairs = NOBODY
    referred: Pairs = NOBODY
    applied: Pairs = NOBODY
    awarded: Pairs = NOBODY
    taken: Series = field(default_factory=_nothing)
    reserved: Series = field(default_factory=_nothing)
    granted: Series = field(default_factory=_nothing)
    by_need: Series = field(default_factory=lambda: np.zeros((2, NEED_BINS)))
    eligible_firms: tuple[Flags, ...] = ()

    def __len__(self) -> int:
        return len(self.terms)

    def blocks(self) -> Iterator[slice]:
        """Some measures at a time, all of them in turn."""
        return _blocks(self.free)

    def shrink(self, part: Series, limit: Series) -> None:
        """Offer only a `part` (measures,) of units and contacts, within `limit`."""
        self.capacity, self.contacts, self.kept = (
            each * part[:, None] for each in (self.capacity, self.contacts, self.kept)
        )
        self.limit = limit

    def planned(self) -> Series:
        """What each measure would spend on contacts and awards, kSEK; (measures,)."""
        awards = (self.capacity + self.kept).sum(axis=1) * self.terms.per_unit
        planned: Series = awards + self.contacts.sum(axis=1) * self.terms.contact_cost
        return planned

    def costs(self) -> Series:
        """What each award takes from the budgets, kSEK; (awarded,)."""
        return self.terms.unit_cost.take(self.awarded.measure) * self.taken + self.reserved + self.granted

    def aid(self) -> Series:
        """What each award counts by the aid rule, kSEK; (awarded,)."""
        return self.terms.aid_cost.take(self.awarded.measure) * self.taken + self.reserved + self.granted

    def keep(self, kept: Flags) -> None:
        """Drop the other awards."""
        if not kept.all():
            self.awarded, self.taken = self.awarded.where(kept), self.taken[kept]
            self.reserved, self.granted = self.reserved[kept], self.granted[kept]

    def close(self) -> None:
        """Count who was in need of what, and let go of the tables of all firms until the next quarter.

        Firms are counted by need, once for each measure that they may get, by whether they get it.
        """
        for domain in np.unique(self.terms.need_of).tolist():
            mine = self.terms.need_of == domain
            awarded = np.bincount(self.awarded.row[mine.take(self.awarded.measure)], minlength=self.free.shape[1])
            self.by_need += need_table(self.needs[domain], self.free[mine].sum(axis=0) - awarded, awarded)
        self.eligible_firms = tuple(np.packbits(self.free, axis=1))
        self.free, self.needs = self.free[:, :0].copy(), self.needs[:, :0].copy()

    def offers(self) -> tuple[Offer, ...]:
        """The same by measure."""
        steps = [(each, each.parts(len(self))) for each in (self.contacted, self.referred, self.applied, self.awarded)]
        found = []
        for place, key in enumerate(self.terms.keys):
            contacted, referred, applied, awarded = (pairs.row[parts[place]] for pairs, parts in steps)
            mine = steps[-1][1][place]
            found.append(Offer(
                key=key, rows=rows_where(np.unpackbits(self.eligible_firms[place]).view(bool)),
                capacity=self.capacity[place], contacted=contacted, referred=referred, applied=applied,
                awarded=awarded, taken=self.taken[mine], reserved=self.reserved[mine],
            ))  # fmt: skip
        return tuple(found)


def open_meeting(
    terms: Terms, now: Quarter, way: Coordination, bound: Pairs, aid_left: Series, up: Series, kept: Series,
    carried: Series, quality: Series,
) -> Meeting:  # fmt: skip
    """Who is eligible for what, and capacity and contacts before any budget.

    bound     firms under an award of a measure
    aid_left  (firms,)  kSEK that the aid rule leaves to each
    up        (measures,)  part of its size that a measure has
    kept      (measures, counties)  units that nobody took the quarter before
    """
    free = np.array([now.admitted(running) for running in terms.running])
    free[bound.measure, bound.row] = False
    _hold_against_aid(free, terms, now, aid_left)
    eligible = _counted(free, now)
    contacts = up[:, None] * _spread(terms.contacts, eligible)
    reached = eligible * (1 if way.spread_evenly else way.reach / 4)
    return Meeting(
        terms=terms, free=free, eligible=eligible, capacity=up[:, None] * _spread(terms.capacity, eligible),
        contacts=np.minimum(contacts, reached), kept=kept, largest=_largest(free, terms, now.firms), carried=carried,
        quality=quality,
    )  # fmt: skip


def _hold_against_aid(free: Flags, terms: Terms, now: Quarter, aid_left: Series) -> None:
    """Bar firms from measures whose award alone would exceed what the aid rule leaves them."""
    reserved = terms.subsidy + terms.grant
    for place in np.flatnonzero(terms.by_staff).tolist():
        units = (now.firms.employment * terms.trainees[place]).astype(np.float64)
        free[place] &= aid_left >= terms.aid_cost[place] * units + reserved[place]
    aid = np.where(terms.by_staff, 0.0, terms.aid_cost + reserved)
    few = rows_where(aid_left < aid.max())
    if len(few):
        free[:, few] &= aid_left.take(few) >= aid[:, None]


def _largest(free: Flags, terms: Terms, firms: Firms) -> Series:
    """Most units that an award of each measure takes: 1, or those for the staff of the largest firm; (measures,)."""
    largest = np.ones(len(free))
    for place in np.flatnonzero(terms.by_staff).tolist():
        largest[place] = np.max(firms.employment * free[place], initial=0) * terms.trainees[place]
    return largest


def _counted(free: Flags, now: Quarter) -> Series:
    """Eligible firms by measure and county; (measures, counties)."""
    in_county = np.eye(now.counties, dtype=np.float32)[now.county]
    counts = [free[block].astype(np.float32) @ in_county for block in _blocks(free)]
    return np.concatenate(counts).astype(np.float64)


def _blocks(free: Flags) -> Iterator[slice]:
    measures, firms = free.shape
    step = max(1, _BLOCK // max(1, firms))
    return (slice(first, first + step) for first in range(0, measures, step))


def _spread(given: tuple[Series, Series], eligible: Series) -> Series:
    """Give a region's amount to counties by their eligible firms; an amount by county stays; (measures, counties)."""
    whole, by_county = given
    return in_proportion(whole, eligible) + by_county
