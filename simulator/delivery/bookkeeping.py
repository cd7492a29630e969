"""The books of a run's measures: what is reserved, paid, returned and lost, by whom (Model text 3.0, 8.2 T9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows, Whole, place_of
from simulator.agents.firms import Firms
from simulator.delivery.award_log import NO_GROUP, AwardLog, awards_of, newest
from simulator.delivery.ledger import Ledger
from simulator.delivery.meeting import Offer, Quarter
from simulator.delivery.parameters import DeliverySettings
from simulator.delivery.running import Running
from simulator.economy.drivers import Series
from simulator.governance import Coordination
from simulator.interventions.levers import LeverValues, subsidy

PROJECTS = ("digital", "green", "circular", "export")
"""Domains in which firms start projects that subsidies pay for."""


class Books:
    """Ledger and award log of the measures of one run, in the order of their luck's names."""

    def __init__(self, running: Sequence[Running], counties: int, quarters: int, settings: DeliverySettings) -> None:
        names = tuple(each.measure.name for each in running)
        self.running, self._counties = running, counties
        self.ledger = Ledger(names, counties, quarters, tuple(each.funding for each in running))
        self.log = AwardLog()
        self.lag = np.array([each.lag for each in running], int)
        self._support = np.array([each.support for each in running], int)
        self._rate = np.array([each.number("research_grant") / 4 for each in running])
        self._domains = {
            domain: np.array([domain in each.measure.kind.domains for each in running], bool) for domain in PROJECTS
        }
        self._window, self._ceiling = int(settings.de_minimis_window), settings.de_minimis
        self.memory = np.array([max(self._window, each.memory(settings.remnant)) for each in running], int)
        self._quarter, self._row_of, self._groups = 0, np.empty(0, np.int32), 0
        self._guaranteed: Floats = np.empty(0, np.float32)
        self._new: list[Mapping[str, NDArray[Any]]] = []
        self._awards = self.log.by_measure(len(running))
        self.levers = LeverValues(np.empty(0, np.int8), np.empty(0, np.int8))

    def open_quarter(self, t: int, row_of: Whole) -> None:
        """Return what awards past their support still hold, and forget those without effect on anything."""
        self._quarter, self._row_of = t, row_of
        if 0 < len(self._guaranteed) < len(row_of):
            self._guaranteed = np.append(self._guaranteed, np.zeros(len(row_of) - len(self._guaranteed), np.float32))
        log = self.log
        if not len(log):
            return
        age = t - log.quarter
        over = np.flatnonzero((age >= self._support[log.measure]) & ((log.subsidy > 0) | (log.grant > 0)))
        self._book("returned", over, log.subsidy[over] + log.grant[over])
        log.subsidy[over] = 0
        log.grant[over] = 0
        log.keep(age < self.memory[log.measure])
        self._awards = log.by_measure(len(self.running))

    def aid_left(self, firms: Firms, slots: int) -> Series:
        """Aid that each firm may still receive, kSEK; (firms,)."""
        return self._ceiling - self.log.aid_of(firms.slot, self._quarter - self._window + 1, slots)

    def pay(self, firms: Firms, rows: Rows, domain: str, cost: Floats) -> Floats:
        """Pay the public part of projects that start; see `Delivery.project_started`."""
        share = self.levers.firm("export_cost_subsidy") if domain == "export" else self.levers.firm(
            "subsidy_share", domain
        )  # fmt: skip
        cap = self.levers.firm("subsidy_cap", domain)
        if not len(rows) or isinstance(share, float) or isinstance(cap, float):
            return np.zeros(len(rows), np.float32)
        amount = subsidy(share[rows], cap[rows], cost)
        in_domain = self._domains[domain][self.log.measure]
        awards, project = self._behind(firms, rows, (self.log.subsidy > 0) & in_domain)
        paid = self.log.pay(awards, project, amount.astype(np.float64))
        given = np.bincount(project, weights=paid, minlength=len(rows))
        own = (cost - given)[project] * paid / np.maximum(given[project], 1e-12)
        self._book("paid", awards, paid)
        self._book("private_cost", awards, np.maximum(own, 0))
        return given.astype(np.float32)

    def pay_grants(self, firms: Firms, rows: Rows, wanted: Floats) -> Floats:
        """Pay R&D grants of this quarter; see `Delivery.pay_grants`."""
        if not len(rows) or not len(self.log):
            return np.zeros(len(rows), np.float32)
        awards, firm = self._behind(firms, rows, self.log.grant > 0)
        paid = self.log.pay_grants(awards, firm, wanted.astype(np.float64), self._rate[self.log.measure[awards]])
        self._book("research_grants", awards, paid)
        return np.bincount(firm, weights=paid, minlength=len(rows)).astype(np.float32)

    def guarantee(self, firms: Firms, rows: Rows, borrowed: Floats) -> None:
        """Note loans behind which guarantees stand and book the losses expected on them; see `Delivery.guarantee`."""
        if not len(self._guaranteed):
            self._guaranteed = np.zeros(len(self._row_of), np.float32)
        self._guaranteed[firms.slot[rows]] += borrowed
        amounts = borrowed.astype(np.float64)
        self.book_by_lever("guarantee_loss", "collateral_gain", firms, rows, amounts, "expected_loss")

    def guaranteed(self, slots: Whole) -> Floats | float:
        """What is left of guaranteed loans, kSEK, (slots,); 0 where nothing was ever guaranteed."""
        return self._guaranteed.take(slots) if len(self._guaranteed) else 0.0

    def repay(self, share: float) -> None:
        """Let firms pay back a share of the guaranteed loans."""
        self._guaranteed *= np.float32(1 - share)

    def book_by_lever(self, column: str, lever: str, firms: Firms, rows: Rows, amounts: Series, setting: str) -> None:
        """Book what a lever costs in its firms, each measure's part by its own share in the lever's value.

        rows, amounts  (n,)  kSEK;  setting  each measure's own factor, 1 where empty
        """
        parts = {}
        for key, where, values in self.levers.parts(lever):
            value = np.zeros(firms.size)
            value[where] = values
            parts[key] = value[rows]
        if not len(rows) or not parts:
            return
        whole = np.sum([parts[key] for key in sorted(parts)], axis=0)
        county = firms.county[rows].astype(np.intp)
        for running in self.running:
            if running.key in parts:
                share = np.divide(parts[running.key], whole, out=np.zeros(len(rows)), where=whole > 0)
                factor = running.number(setting) if setting else 1.0
                cost = np.bincount(county, amounts * share * factor, self._counties)
                if cost.any():
                    self.ledger.add(column, running.index, self._quarter, cost)

    def enter_offer(self, running: Running, offer: Offer, now: Quarter, way: Coordination, hour: float) -> None:
        """Enter a quarter's meeting in the books, the award log and the firms' columns; `hour` costs kSEK.

        Administration is a share of the budget, so it is charged on what is reserved; what returns keeps it, and is
        administered again when it is awarded again.
        """
        firms, rows = now.firms, offer.awarded
        counties = firms.county[rows]
        contacted, referred, applied = (
            now.by_county(some) for some in (offer.contacted, offer.referred, offer.applied)
        )
        awarded = np.bincount(counties, minlength=now.counties)
        taken = np.bincount(counties, offer.taken, now.counties)
        reserved = np.bincount(counties, offer.reserved + offer.granted, now.counties)
        contacts, units = contacted * offer.contact_cost, taken * offer.unit_cost
        self.ledger.enter(
            ("offered", "eligible", "contacted", "referred", "applied", "awarded", "units", "application_cost",
             "contact_cost", "unit_cost", "reserved", "administration"), running.index, now.number,
            np.array((offer.capacity, offer.eligible, contacted, referred, applied, awarded, taken,
                      applied * way.hours * hour, contacts, units, reserved,
                      (contacts + units + reserved) * way.overhead)),
        )  # fmt: skip
        if not len(rows):
            return
        self._new.append(awards_of(
            now.number, running.index, firms.slot[rows], counties, subsidy=offer.reserved, grant=offer.granted,
            aid=offer.aid(), external=self.ledger.external_share(running.index), quality=offer.quality,
            group=self._group(running, offer, now),
        ))  # fmt: skip
        firms.awards[rows] += firms.awards[rows] < 120
        firms.kinds_received[rows] |= running.bit

    def close_meeting(self) -> None:
        """Enter the quarter's new awards in the log."""
        self.log.add(self._new)
        self._new = []
        self._awards = self.log.by_measure(len(self.running))

    def bound(self, running: Running) -> Rows:
        """Live firms under an award of a measure, which binds as long as its support; rows, perhaps several times."""
        awards = self._awards[running.index]
        if not len(awards):
            return awards
        awards = awards[self._quarter - self.log.quarter.take(awards) < running.support]
        rows = self._row_of.take(self.log.slot.take(awards))
        return rows[rows >= 0]

    def in_force(self) -> Iterator[tuple[Running, Rows, Rows, Whole]]:
        """Measures with awards in force: of each firm the newest award, its row, and its age since the lag."""
        for running in self.running:
            awards = self._awards[running.index]
            if not len(awards):
                continue
            age = self._quarter - running.lag - self.log.quarter.take(awards)
            row = self._row_of.take(self.log.slot.take(awards))
            at_work = np.flatnonzero((row >= 0) & (age >= 0))
            if len(at_work):
                at_work = at_work[newest(row[at_work], int(row.max()) + 1)]
                yield running, awards[at_work], row[at_work], age[at_work]

    def enter_shared(
        self, running: Running, now: Quarter, overhead: float, fixed: float, cost: float, units: float
    ) -> None:
        """Book fixed cost and what a service costs and gives over its counties, by their firms."""
        if not (fixed > 0 or cost > 0 or units > 0):
            return
        firms = now.everybody * running.counties
        whole = firms.sum()
        if whole > 0:
            totals = np.array((fixed, cost, units, (fixed + cost) * overhead))
            columns = ("fixed_cost", "unit_cost", "units", "administration")
            self.ledger.enter(columns, running.index, now.number, totals[:, None] * (firms / whole))

    def groups(self) -> tuple[Whole, Whole]:
        """Firms that meet in a group now, by slot, each once with its latest group; both (firms in groups,)."""
        log = self.log
        if not self._groups or not len(log):
            return np.empty(0, np.int32), np.empty(0, np.int32)
        age = self._quarter - log.quarter
        inside = np.flatnonzero(
            (log.group != NO_GROUP) & (age >= self.lag[log.measure]) & (age < self._support[log.measure])
        )
        slots = log.slot[inside]
        last = newest(slots, int(slots.max(initial=0)) + 1)
        return slots[last], log.group[inside][last]

    def balance(self, released: float) -> None:
        """Raise LedgerError unless the books balance up to this quarter."""
        held = self.log.subsidy + self.log.grant
        reservations, external = self._table(np.arange(len(self.log)), held, held * self.log.external)
        own = tuple(each.released(self._quarter) for each in self.running)
        self.ledger.balance(reservations, external, released, own)

    def _group(self, running: Running, offer: Offer, now: Quarter) -> Whole | None:
        """Groups of an award round: firms of a county, in an order drawn by lot; what is left joins the last group."""
        size = int(running.number("group_size"))
        rows = offer.awarded
        if size < 2 or not len(rows):
            return None
        county = now.county[rows]
        order = np.lexsort((now.draw(offer.key, "group", rows), county))
        many = np.bincount(county, minlength=now.counties)
        place = np.empty(len(rows), np.intp)
        place[order] = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        most = np.maximum(many // size, 1)
        group = np.minimum(place // size, most[county] - 1) + (np.cumsum(most) - most)[county]
        self._groups += int(most.sum())
        numbered: Whole = (group + (self._groups - most.sum())).astype(np.int32)
        return numbered

    def _behind(self, firms: Firms, rows: Rows, able: Flags) -> tuple[Rows, Rows]:
        """Awards in support among those `able` that stand behind `rows`, and which of these each stands behind."""
        age = self._quarter - self.log.quarter
        inside = (age >= self.lag[self.log.measure]) & (age < self._support[self.log.measure])
        awards = np.flatnonzero(able & inside)
        goal = place_of(rows, firms.size)[self._row_of[self.log.slot[awards]]]
        return awards[goal >= 0], goal[goal >= 0]

    def _book(self, column: str, awards: Rows, amounts: Series) -> None:
        if len(awards):
            whole, external = self._table(awards, amounts, amounts * self.log.external[awards])
            self.ledger.enter_held(column, self._quarter, whole, external)

    def _table(self, awards: Rows, *amounts: Series) -> list[Series]:
        """Sums of awards' amounts by measure and county, (measures, counties) each."""
        place = self.log.measure[awards] * np.intp(self._counties) + self.log.county[awards]
        cells = len(self.running) * self._counties
        return [np.bincount(place, each, cells).astype(np.float64).reshape(-1, self._counties) for each in amounts]
