"""The programme side of one run: governance, budget, the funnel, awards and the books (Model text 2, steps 5 and 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole
from simulator.agents.firms import Firms
from simulator.agents.luck import Luck
from simulator.agents.switches import Switches
from simulator.delivery.award_log import AwardLog, newest
from simulator.delivery.budget import KSEK, NO_LIMIT, Factors, budget_factor
from simulator.delivery.funnel import admitted
from simulator.delivery.ledger import Ledger
from simulator.delivery.meeting import Offer, Quarter, meet, spread
from simulator.delivery.parameters import Budget, DeliverySettings
from simulator.delivery.running import FROM_RESERVATION, Running, prepare, released_in_all
from simulator.economy.drivers import Series
from simulator.governance import COMPONENTS, Governance, GovernanceTargets, approach, coordinate
from simulator.interventions.declaration import Form, Measure, stream_keys
from simulator.interventions.lever_table import LEVERS, TRANSITIONS, Level
from simulator.interventions.levers import LeverValues, subsidy
from simulator.region.facts import Region


@dataclass(slots=True)
class _Plan:
    """A measure's quarter before the package's factor: kSEK, and the offer of a measure that meets firms."""

    running: Running
    fixed: float
    planned: float
    phi: float
    limit: float
    offer: Offer | None


class Delivery:
    """State of the measures of one run; `quarter` does steps 5 and 6 and returns the lever values in force.

    Measures are worked in the order of their luck's names, so that the order in the scenario changes no bit.
    `offers` holds the last quarter's contacts and awards, for event logs.
    """

    def __init__(
        self,
        measures: Sequence[Measure],
        targets: GovernanceTargets,
        budget: Budget,
        parameters: Mapping[str, Any],
        region: Region,
        switches: Switches,
        quarters: int,
        scale: float,
    ) -> None:
        self.governance: Governance = parameters["governance"]
        self.settings: DeliverySettings = parameters["delivery"]
        self._targets, self._budget, self._region = targets, budget, region
        self._switches, self._scale = switches, scale
        keyed = sorted(zip(stream_keys(measures), measures, strict=True), key=lambda pair: pair[0])
        self.running = [
            prepare(measure, index, key, region, scale)
            for index, (key, measure) in enumerate(pair for pair in keyed if not pair[1].idle)
        ]
        counties = len(region.county_codes)
        self.ledger = Ledger(tuple(running.measure.name for running in self.running), counties, quarters)
        self.log = AwardLog()
        self._lag = np.array([each.lag for each in self.running])
        self._support = np.array([each.support for each in self.running])
        self._domains = {
            domain: np.array([domain in each.measure.kind.domains for each in self.running])
            for domain in (*TRANSITIONS, "export")
        }
        window, remnant = int(self.settings.de_minimis_window), self.settings.remnant
        self._memory = np.array([max(window, each.memory(remnant)) for each in self.running])
        self._meeting = [each for each in self.running if each.form is not Form.SYSTEM]
        self._effects = [
            each.award_effects(int(longest) + 1, remnant)
            for each, longest in zip(self.running, self._memory, strict=True)
        ]
        self.offers: tuple[Offer, ...] = ()
        self.components = self.governance.start
        self._targeting_gain = 0.0
        self.coordination = coordinate(self.components, 0.0, switches.governance, self.governance)
        self._levers = LeverValues(np.empty(0, np.int8), np.empty(0, np.int8))
        weight = np.zeros((len(region.zone_names), counties))
        np.add.at(weight, (region.zone, region.county), region.population)
        self._zone_county = weight.argmax(axis=1)
        self._quarter, self._row_of = 0, np.empty(0, np.int32)

    def quarter(self, t: int, firms: Firms, slot_rows: Whole, luck: Luck, slots: int, wage_index: float) -> LeverValues:
        """Run governance and all measures for quarter `t`; call it once for each quarter, from 0 on.

        slot_rows  (slots or more,)  row of each slot, -1 without a live firm
        slots      slots that exist this quarter
        """
        counties = len(self._region.county_codes)
        county = firms.county.astype(np.intp)
        everybody = np.bincount(county, minlength=counties).astype(np.float64)
        now = Quarter(t, firms, slot_rows, luck, slots, counties, county, everybody)
        self._quarter, self._row_of = t, slot_rows
        self._return_unused(t)
        levers = LeverValues(firms.county, self._zone_county)
        self._coordinate(levers)
        self._coordination_cost(now)
        at_work = [running for running in self.running if running.open(t)]
        aid_left = self._aid_left(now) if at_work else np.empty(0)
        plans = [self._plan(running, now, aid_left) for running in at_work]
        factors, net = self._factors(plans, t)
        purse = net - self._work(plans, factors, now)
        self.offers = tuple(plan.offer for plan in plans if plan.offer is not None)
        meet(self.offers, now, self.coordination, purse, aid_left, self.settings, self.governance)
        for plan in plans:
            if plan.offer is not None:
                self._book_offer(plan.running, plan.offer, now, wage_index)
        self._put_levers(levers, now)
        self._levers = levers
        return levers

    def project_started(self, firms: Firms, rows: Rows, domain: str, cost: Floats) -> Floats:
        """Pay the public part of projects that start this quarter, from the reservations of the awards in force.

        rows, cost  (projects,)  each firm at most once; cost in kSEK before subsidy
        returns     (projects,)  kSEK paid

        The amount is min(share x cost, cap) of this quarter's lever values. Source: Model text 3.0, 4.4b, 4.6.
        """
        share = self._levers.firm("export_cost_subsidy") if domain == "export" else self._levers.firm(
            "subsidy_share", domain
        )  # fmt: skip
        cap = self._levers.firm("subsidy_cap", domain)
        if not len(rows) or isinstance(share, float) or isinstance(cap, float):
            return np.zeros(len(rows), np.float32)
        amount = subsidy(share[rows], cap[rows], cost)
        project_of = np.full(firms.size, -1)
        project_of[rows] = np.arange(len(rows))
        awards = np.flatnonzero((self.log.subsidy > 0) & self._in_support(domain))
        row = self._row_of[self.log.slot[awards]]
        project = np.where(row >= 0, project_of[row], -1)
        awards, project = awards[project >= 0], project[project >= 0]
        paid = self.log.pay(awards, project, amount.astype(np.float64))
        given = np.bincount(project, weights=paid, minlength=len(rows))
        own = (cost - given)[project] * paid / np.maximum(given[project], 1e-12)
        self._book_awards("paid", awards, paid)
        self._book_awards("private_cost", awards, np.maximum(own, 0))
        return given.astype(np.float32)

    def awaiting(self, t: int, firms: Firms, domain: str) -> Flags | None:
        """Firms that a subsidy in `domain`, announced but not yet open, is meant for; None when nothing is announced.

        Source: Model text 4.11 (switch `announcement`); judgement.
        """
        if not self._switches.announcement:
            return None
        coming = [
            running
            for running in self.running
            if "subsidy_share" in running.measure.settings
            and domain in running.measure.kind.domains
            and t < running.measure.start <= t + self.settings.announced
        ]
        if not coming:
            return None
        masks = [admitted(firms, each.measure.target, each.places, each.branches) for each in coming]
        return np.asarray(np.any(masks, axis=0), bool)

    def released(self, t: int) -> float:
        """Package budget released up to and with quarter `t`, kSEK; infinite without one."""
        return released_in_all(self._budget.per_year, self._budget.total, t, self._scale)

    def balance(self) -> None:
        """Raise LedgerError unless the books balance up to this quarter."""
        held = np.zeros((len(self.running), len(self._region.county_codes)))
        np.add.at(held, (self.log.measure, self.log.county), self.log.subsidy)
        own = tuple(running.released(self._quarter) for running in self.running)
        self.ledger.balance(held, self.released(self._quarter), own)

    def _coordinate(self, levers: LeverValues) -> None:
        """Move the components of governance; services act with the work done up to the quarter before."""
        for running in self.running:
            if running.form is Form.SYSTEM and running.steers():
                intensity = running.intensity(self.settings.remnant, pending=True)
                for name in running.levers:
                    if LEVERS[name].level is Level.REGION:
                        values = running.service_values(name, intensity)
                        levers.add_region(running.key, name, float(np.max(values)))
        goals = [
            min(1.0, target + levers.region(name))
            for name, target in zip(COMPONENTS, self._targets.values(), strict=True)
        ]
        before = self.components
        self.components = tuple(
            approach(part, goal, self.governance.pace) for part, goal in zip(self.components, goals, strict=True)
        )
        gain = levers.region("targeting_gain")
        if self.components != before or gain != self._targeting_gain:
            self._targeting_gain = gain
            self.coordination = coordinate(self.components, gain, self._switches.governance, self.governance)

    def _coordination_cost(self, now: Quarter) -> None:
        """Charge coordination where there is a package: a measure at work or governance above its start."""
        raised = any(goal > start for goal, start in zip(self._targets.values(), self.governance.start, strict=True))
        if raised or any(running.open(now.number) for running in self.running):
            left = max(0.0, self.released(now.number) - self.ledger.committed())
            cost = min(left, self.coordination.cost * KSEK / 4 * self._scale)
            self.ledger.add("coordination", -1, now.number, cost * now.everybody / max(1.0, now.everybody.sum()))

    def _plan(self, running: Running, now: Quarter, aid_left: Series) -> _Plan:
        """What a measure would spend without the package's limit, shrunk to its own budget."""
        net = 1 - self.coordination.administration
        limit = (running.released(now.number) - self.ledger.committed(running.index)) * net
        offer = None if running.form is Form.SYSTEM else self._offer(running, now, aid_left)
        if offer is None:
            planned = running.service_units(running.ramp(now.number))[1]
        else:
            unit = offer.unit_cost + offer.subsidised * offer.subsidy
            planned = float(offer.capacity.sum() * unit + offer.contacts.sum() * offer.contact_cost)
        own = budget_factor(limit, running.fixed(), planned)
        return _Plan(running, running.fixed() * own.fixed, planned * own.phi, own.phi, limit, offer)

    def _offer(self, running: Running, now: Quarter, aid_left: Series) -> Offer:
        """A measure's eligible firms, capacity and contacts this quarter, before any budget."""
        firms, number = now.firms, running.number
        rows = np.flatnonzero(admitted(firms, running.measure.target, running.places, running.branches))
        rows = rows[~self.log.bound(firms.slot[rows], running.index, now.number, running.support, now.slots)]
        each, part = running.subsidy()
        trainees = number("training_slots") * max(1.0, number("duration"))
        units = (firms.employment[rows] * trainees).astype(np.float64) if running.form is Form.TRAINEE else None
        cost = number("unit_cost") * (1.0 if units is None else units)
        allowed = aid_left[rows] >= cost + each
        rows = rows[allowed]
        units = np.ones(len(rows)) if units is None else units[allowed]
        up = running.ramp(now.number)
        eligible = now.by_county(rows)
        reached = eligible * (1 if self.coordination.spread_evenly else self.coordination.reach / 4)
        return Offer(
            key=running.key, domain=running.domain, selection=running.measure.selection, rows=rows,
            eligible=eligible, capacity=up * spread(running.capacity, eligible),
            contacts=np.minimum(up * spread(running.contacts, eligible), reached),
            units=units, unit_cost=number("unit_cost"), contact_cost=number("contact_cost"), subsidy=each,
            subsidised=part, relief=number("rural_burden_relief"), limit=NO_LIMIT,
        )  # fmt: skip

    def _factors(self, plans: list[_Plan], t: int) -> tuple[Factors, float]:
        """One factor for all measures, and the kSEK that it leaves after administration."""
        net = (self.released(t) - self.ledger.committed()) * (1 - self.coordination.administration)
        fixed, planned = (math.fsum(getattr(plan, name) for plan in plans) for name in ("fixed", "planned"))
        return budget_factor(net, fixed, planned), net

    def _work(self, plans: list[_Plan], factors: Factors, now: Quarter) -> float:
        """Pay fixed costs and services, shrink offers; returns what is spent, kSEK."""
        everybody = now.everybody
        sizes = {}
        spent = []
        for plan in plans:
            running, phi = plan.running, plan.phi * factors.phi
            fixed = plan.fixed * factors.fixed
            cost = units = 0.0
            if plan.offer is None:
                sizes[running.index] = running.ramp(now.number) * phi
                units, cost = running.service_units(sizes[running.index])
            else:
                plan.offer.capacity = plan.offer.capacity * phi
                plan.offer.contacts = plan.offer.contacts * phi
                plan.offer.limit = plan.limit - fixed
            self._book_shared(running, now, fixed, cost, units)
            spent.append(fixed + cost)
        for running in self.running:
            if running.form is Form.SYSTEM and (running.index in sizes or len(running.history)):
                running.work(sizes.get(running.index, 0.0), everybody, self.settings.intensity_limit)
        return math.fsum(spent)

    def _book_offer(self, running: Running, offer: Offer, now: Quarter, wage_index: float) -> None:
        """Enter a quarter's meeting in the books, the award log and the firms' columns."""
        firms, rows = now.firms, offer.awarded
        counties = firms.county[rows]
        cost = offer.unit_cost * offer.taken
        contacted, referred, applied = (
            now.by_county(some) for some in (offer.contacted, offer.referred, offer.applied)
        )
        awarded = np.bincount(counties, minlength=now.counties)
        taken = np.bincount(counties, offer.taken, now.counties)
        reserved = np.bincount(counties, offer.reserved, now.counties)
        contacts, units = contacted * offer.contact_cost, taken * offer.unit_cost
        hours = self.coordination.hours * self.governance.hour_cost / KSEK * wage_index
        self.ledger.enter(
            ("offered", "eligible", "contacted", "referred", "applied", "awarded", "units", "application_cost",
             "contact_cost", "unit_cost", "reserved", "administration"), running.index, now.number,
            np.array((offer.capacity, offer.eligible, contacted, referred, applied, awarded, taken, applied * hours,
                      contacts, units, reserved, (contacts + units + reserved) * self.coordination.overhead)),
        )  # fmt: skip
        self.log.add(now.number, running.index, firms.slot[rows], counties, offer.reserved, cost + offer.reserved)
        firms.awards[rows] += firms.awards[rows] < 120
        firms.kinds_received[rows] |= running.bit

    def _book_shared(self, running: Running, now: Quarter, fixed: float, cost: float, units: float) -> None:
        """Book fixed cost and what a service costs and gives over its counties, by their firms."""
        firms = now.everybody * running.counties
        whole = firms.sum()
        if whole > 0 and (fixed > 0 or cost > 0 or units > 0):
            totals = np.array((fixed, cost, units, (fixed + cost) * self.coordination.overhead))
            columns = ("fixed_cost", "unit_cost", "units", "administration")
            self.ledger.enter(columns, running.index, now.number, totals[:, None] * (firms / whole))

    def _book_awards(self, column: str, awards: Rows, amounts: Series) -> None:
        if not len(awards):
            return
        counties = len(self._region.county_codes)
        place = self.log.measure[awards] * np.intp(counties) + self.log.county[awards]
        table: Series = np.bincount(place, amounts, len(self.running) * counties).astype(np.float64)
        self.ledger.enter_all(column, self._quarter, table.reshape(-1, counties))

    def _return_unused(self, t: int) -> None:
        """Return what awards past their support still hold, and forget those without effect on anything."""
        if not len(self.log):
            return
        age = t - self.log.quarter
        over = np.flatnonzero((age >= self._support[self.log.measure]) & (self.log.subsidy > 0))
        self._book_awards("returned", over, self.log.subsidy[over])
        self.log.subsidy[over] = 0
        self.log.keep(age < self._memory[self.log.measure])

    def _in_support(self, domain: str) -> Flags:
        """Awards of the log whose support is in force in a domain."""
        age, measure = self._quarter - self.log.quarter, self.log.measure
        inside = (age >= self._lag[measure]) & (age < self._support[measure])
        return np.asarray(inside & self._domains[domain][measure], bool)

    def _aid_left(self, now: Quarter) -> Series:
        """Aid that each firm may still receive, kSEK; (firms,)."""
        since = now.number - int(self.settings.de_minimis_window) + 1
        return self.settings.de_minimis - self.log.aid_of(now.firms.slot, since, now.slots)

    def _put_levers(self, levers: LeverValues, now: Quarter) -> None:
        """Set what all awards and services do this quarter."""
        offers = {offer.key: offer for offer in self.offers}
        for running in self.running:
            if running.form is Form.SYSTEM:
                self._put_service(levers, running)
            elif running.key in offers:
                self._put_told(levers, running, offers[running.key], now.firms.size)
        if len(self.log):
            row = now.row_of[self.log.slot]
            age = now.number - self.log.quarter - self._lag[self.log.measure]
            at_work = (row >= 0) & (age >= 0)
            for running in self._meeting:
                self._put_awards(levers, running, row, age, at_work, now.firms.size)

    def _put_service(self, levers: LeverValues, running: Running) -> None:
        """What a service does in each county."""
        if not len(running.history):
            return
        intensity = running.intensity(self.settings.remnant)
        for name in running.levers:
            if LEVERS[name].level is not Level.REGION:
                values = running.service_values(name, intensity).astype(np.float32)
                if (values != LEVERS[name].neutral).any():
                    levers.add_county(running.key, name, values)

    def _put_told(self, levers: LeverValues, running: Running, offer: Offer, size: int) -> None:
        """Awareness that contacts and awards of this quarter bring."""
        won = np.zeros(size, bool)
        won[offer.awarded] = True
        told = {"awareness": offer.awarded, "contact_awareness": offer.contacted[~won[offer.contacted]]}
        for name, rows in told.items():
            if name in running.measure.settings:
                for domain in running.measure.kind.domains:
                    chance = np.full(len(rows), running.number(name), np.float32)
                    levers.add_firms(running.key, name, domain, rows, chance)

    def _put_awards(
        self, levers: LeverValues, running: Running, row: Whole, age: Whole, at_work: Flags, size: int
    ) -> None:
        """What a measure's awards do: the newest one in force counts for each firm.

        row, age, at_work  (awards,)  row of the firm, quarters since the lag, and whether both exist
        """
        awards = np.flatnonzero((self.log.measure == running.index) & at_work)
        if not len(awards):
            return
        awards = awards[newest(row[awards], size)]
        rows, ages = row[awards], age[awards]
        chosen: dict[int, Rows] = {}
        for lever, domains, values, moved in self._effects[running.index]:
            if lever in FROM_RESERVATION:
                held = self.log.subsidy[awards].astype(np.float32)
                now = held if lever == "subsidy_cap" else values[ages] * (held > 0)
                which = np.flatnonzero(now != np.float32(LEVERS[lever].neutral))
                now = now[which]
            else:
                if id(moved) not in chosen:
                    chosen[id(moved)] = np.flatnonzero(moved[ages])
                which = chosen[id(moved)]
                now = values[ages[which]]
            for domain in domains:
                levers.add_firms(running.key, lever, domain, rows[which], now)
