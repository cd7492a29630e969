"""The books of a run's measures: what is reserved, paid, returned and lost, by whom (Model text 3.0, 8.2 T9)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole, place_of, rows_where
from simulator.agents.firms import Firms
from simulator.delivery.award_log import NO_GROUP, AwardLog, newest
from simulator.delivery.ledger import Ledger
from simulator.delivery.meeting import Meeting
from simulator.delivery.pairs import Pairs, Quarter
from simulator.delivery.parameters import DeliverySettings
from simulator.delivery.running import Running
from simulator.economy.drivers import Series
from simulator.governance import Coordination
from simulator.interventions.levers import LeverValues, subsidy

PROJECTS = ("digital", "green", "circular", "export")
"""Domains in which firms start projects that subsidies pay for."""
_MOST_AWARDS = 120


class Books:
    """Ledger and award log of the measures of one run, in the order of their luck's names."""

    def __init__(self, running: Sequence[Running], counties: int, quarters: int, settings: DeliverySettings) -> None:
        names = tuple(each.measure.name for each in running)
        self.running, self._counties = running, counties
        self.ledger = Ledger(names, counties, quarters, tuple(each.funding for each in running))
        self.log = AwardLog()
        self.lag = np.array([each.lag for each in running], int)
        self._bits = np.array([each.bit for each in running], np.uint64)
        self._support = np.array([each.support for each in running], int)
        self._rate = np.array([each.number("research_grant") / 4 for each in running])
        self._domains = {
            domain: np.array([domain in each.measure.kind.domains for each in running], bool) for domain in PROJECTS
        }
        self._window, self._ceiling = int(settings.de_minimis_window), settings.de_minimis
        self.memory = np.array([max(self._window, each.memory(settings.remnant)) for each in running], int)
        self._quarter, self._row_of, self._groups = 0, np.empty(0, np.int32), 0
        self._guaranteed: Floats = np.empty(0, np.float32)
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

    def enter_meeting(self, meeting: Meeting, now: Quarter, way: Coordination, hour: float) -> None:
        """Enter a quarter's meeting in the books, the award log and the firms' columns; `hour` costs kSEK.

        Administration is a share of the budget, so it is charged on what is reserved; what returns keeps it, and is
        administered again when it is awarded again.
        """
        firms, terms, many, pairs = now.firms, meeting.terms, len(meeting), meeting.awarded
        contacted, referred, applied, awarded = (
            now.by_cell(some, many) for some in (meeting.contacted, meeting.referred, meeting.applied, pairs)
        )
        taken = now.by_cell(pairs, many, meeting.taken)
        reserved = now.by_cell(pairs, many, meeting.reserved + meeting.granted)
        contacts, units = contacted * terms.contact_cost[:, None], taken * terms.unit_cost[:, None]
        self.ledger.enter(
            ("offered", "eligible", "contacted", "referred", "applied", "awarded", "units", "application_cost",
             "contact_cost", "unit_cost", "reserved", "administration"), terms.index.tolist(), now.number,
            np.array((meeting.capacity, meeting.eligible, contacted, referred, applied, awarded, taken,
                      applied * way.hours * hour, contacts, units, reserved,
                      (contacts + units + reserved) * way.overhead)),
        )  # fmt: skip
        if not len(pairs.row):
            return
        index = terms.index.take(pairs.measure)
        external = np.array([self.ledger.external_share(measure) for measure in terms.index.tolist()])
        self.log.add({
            "slot": firms.slot[pairs.row], "measure": index.astype(np.int32),
            "quarter": np.full(len(index), now.number, np.int32), "county": firms.county[pairs.row],
            "subsidy": meeting.reserved, "grant": meeting.granted, "aid": meeting.aid(),
            "external": external.take(pairs.measure),
            "quality": meeting.quality.take(pairs.measure).astype(np.float32), "group": self._group(meeting, now),
        })  # fmt: skip
        more = np.bincount(pairs.row, minlength=firms.size)
        firms.awards[:] = np.maximum(firms.awards, np.minimum(firms.awards + more, _MOST_AWARDS))
        np.bitwise_or.at(firms.kinds_received, pairs.row, self._bits.take(index))

    def bound(self, measures: Rows) -> Pairs:
        """Live firms under an award of each of `measures`, which binds as long as its support; perhaps several times.

        measures  rows in the ledger;  returns their places among these, and rows of firms
        """
        log = self.log
        place = place_of(measures, len(self.running))
        binding = self._quarter - log.quarter < self._support.take(log.measure)
        pairs = Pairs(place.take(log.measure[binding]), self._row_of.take(log.slot[binding]))
        return pairs.where((pairs.measure >= 0) & (pairs.row >= 0))

    def in_force(self) -> Iterator[tuple[Running, Rows, Rows, Whole]]:
        """Measures with awards in force: of each firm the newest award, its row, and its age since the lag."""
        log, firms = self.log, len(self._row_of)
        age = self._quarter - self.lag.take(log.measure) - log.quarter
        row = self._row_of.take(log.slot)
        at_work = rows_where((row >= 0) & (age >= 0))
        who = log.measure.take(at_work) * np.intp(firms) + log.slot.take(at_work)
        order = np.sort(who * np.intp(len(log)) + at_work)
        awards = order % max(1, len(log))
        awards = awards[np.diff(order // max(1, len(log)), append=-1) != 0]
        edges = np.searchsorted(log.measure.take(awards), np.arange(len(self.running) + 1)).tolist()
        for running, (start, end) in zip(self.running, itertools.pairwise(edges), strict=True):
            if start < end:
                some = awards[start:end]
                yield running, some, row.take(some), age.take(some)

    def enter_shared(self, measures: Sequence[Running], now: Quarter, overhead: float, costs: Series) -> None:
        """Book fixed cost and what services cost and give over their counties, by their firms.

        costs  (measures, 3)  fixed cost, cost of units, units
        """
        firms = now.everybody * np.array([running.counties for running in measures]).reshape(-1, now.counties)
        whole = firms.sum(axis=1, keepdims=True)
        some = np.flatnonzero((costs > 0).any(axis=1) & (whole[:, 0] > 0))
        if len(some):
            fixed, cost, units = costs[some].T
            totals = np.array((fixed, cost, units, (fixed + cost) * overhead))
            columns = ("fixed_cost", "unit_cost", "units", "administration")
            index = [measures[place].index for place in some.tolist()]
            self.ledger.enter(columns, index, now.number, totals[:, :, None] * (firms[some] / whole[some]))

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

    def _group(self, meeting: Meeting, now: Quarter) -> Whole:
        """Firms awarded together meet in groups of one county, formed by lot; number of each award's group."""
        pairs, size = meeting.awarded, meeting.terms.group_size
        group = np.full(len(pairs.row), NO_GROUP, np.int32)
        some = np.flatnonzero(size.take(pairs.measure) >= 2)
        if not len(some):
            return group
        pairs = Pairs(pairs.measure[some], pairs.row[some])
        _, measure = np.unique(pairs.measure, return_inverse=True)
        cell = measure * now.counties + now.county.take(pairs.row)
        order = np.lexsort((now.draw(meeting.terms.keys, "group", pairs), cell))
        many = np.bincount(cell, minlength=(int(measure.max()) + 1) * now.counties)
        place = np.empty(len(some), np.intp)
        place[order] = np.arange(len(some)) - np.repeat(np.cumsum(many) - many, many)
        wanted = size.take(pairs.measure)
        each = np.ones(len(many), np.intp)
        each[cell] = wanted
        most = np.maximum(many // each, 1)
        group[some] = self._groups + np.minimum(place // wanted, most[cell] - 1) + (np.cumsum(most) - most)[cell]
        self._groups += int(most.sum())
        return group

    def _behind(self, firms: Firms, rows: Rows, able: Flags) -> tuple[Rows, Rows]:
        """Awards in support among those `able` that stand behind `rows`, and which of these each stands behind."""
        age = self._quarter - self.log.quarter
        inside = (age >= self.lag[self.log.measure]) & (age < self._support[self.log.measure])
        awards = np.flatnonzero(able & inside)
        row = self._row_of[self.log.slot[awards]]
        goal = place_of(rows, firms.size)[row]
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
