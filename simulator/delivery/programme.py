"""The programme side of one run: governance, budget, the funnel, awards and the books (Model text 2, steps 5 and 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole
from simulator.agents.firms import Firms
from simulator.agents.luck import Luck, places
from simulator.agents.switches import Switches
from simulator.delivery.awarding import meet
from simulator.delivery.bookkeeping import Books
from simulator.delivery.budget import KSEK, Factors, budget_factor
from simulator.delivery.funnel import Condition, hold
from simulator.delivery.learning import Learning
from simulator.delivery.lever_setting import put_aimed, put_awards, put_told, put_wide, steer
from simulator.delivery.meeting import Meeting, Offer, open_meeting
from simulator.delivery.pairs import Quarter
from simulator.delivery.parameters import Budget, DeliverySettings
from simulator.delivery.running import Running, prepare, released_in_all
from simulator.delivery.terms import Terms, terms_of
from simulator.economy.drivers import Series
from simulator.governance import COMPONENTS, Governance, GovernanceTargets, approach, coordinate
from simulator.interventions.declaration import Form, Measure
from simulator.interventions.levers import LeverValues
from simulator.interventions.streams import stream_keys
from simulator.region.facts import Region

SHARED_DATA = COMPONENTS.index("shared_data")


@dataclass(slots=True)
class _Plan:
    """A measure's quarter before the package's factor: kSEK, and whether it meets firms.

    carried  part of it that the package's budget carries
    """

    running: Running
    fixed: float
    planned: float
    phi: float
    limit: float
    carried: float
    meets: bool


class Delivery:
    """State of the measures of one run; `quarter` does steps 5 and 6 and returns the lever values in force.

    Measures are worked in the order of their luck's names, so that the order in the scenario changes no bit.
    `meeting` holds the last quarter's contacts and awards.
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
            prepare(measure, index, key, region, scale, self.settings.intensity_limit)
            for index, (key, measure) in enumerate(pair for pair in keyed if not pair[1].idle)
        ]
        counties = len(region.county_codes)
        self._books = Books(self.running, counties, quarters, self.settings)
        self.ledger, self.log = self._books.ledger, self._books.log
        self._learning = Learning(self.running, self.settings)
        self._effects = [
            () if each.form is Form.SYSTEM else each.award_effects(int(longest) + 1, self.settings.remnant)
            for each, longest in zip(self.running, self._books.memory, strict=True)
        ]
        self.meeting: Meeting | None = None
        self._terms: Terms | None = None
        self._kept = np.zeros((len(self.running), counties))
        self.components = self.governance.start
        self._targeting_gain = 0.0
        self.coordination = coordinate(self.components, 0.0, switches.governance, self.governance)
        weight = np.zeros((len(region.zone_names), counties))
        np.add.at(weight, (region.zone, region.county), region.population)
        self._zone_county = weight.argmax(axis=1)
        self._quarter = 0

    def quarter(self, t: int, firms: Firms, slot_rows: Whole, luck: Luck, slots: int, wage_index: float) -> LeverValues:
        """Run governance and all measures for quarter `t`; call it once for each quarter, from 0 on.

        slot_rows  (slots or more,)  row of each slot, -1 without a live firm
        slots      slots that exist this quarter
        """
        counties = len(self._region.county_codes)
        county = firms.county.astype(np.intp)
        everybody = np.bincount(county, minlength=counties).astype(np.float64)
        now = Quarter(t, firms, slot_rows, luck, slots, counties, county, everybody, places(firms.slot))
        self._quarter = t
        levers = LeverValues(firms.county, self._zone_county, self._scale)
        self._books.open_quarter(t, slot_rows)
        self._coordinate(levers)
        self._learn(levers, now)
        self._coordination_cost(now)
        at_work = [running for running in self.running if running.open(t)]
        aid_left = self._books.aid_left(firms, slots) if at_work else np.empty(0)
        self.meeting = self._open_meeting(at_work, now, aid_left)
        plans = self._plans(at_work, now)
        factors, net = self._factors(plans, t)
        purse = net - self._work(plans, factors, now)
        if self.meeting is not None:
            meet(self.meeting, now, self.coordination, purse, aid_left, self.settings, self.governance)
        self._enter_meeting(now, self.governance.hour_cost / KSEK * wage_index)
        self._put_levers(levers, now)
        self._books.levers = levers
        return levers

    def project_started(self, firms: Firms, rows: Rows, domain: str, cost: Floats) -> Floats:
        """Pay the public part of projects that start this quarter, from the reservations of the awards in force.

        rows, cost  (projects,)  each firm at most once; cost in kSEK before subsidy
        domain      digital, green, circular or export
        returns     (projects,)  kSEK paid

        The amount is min(share x cost, cap) of this quarter's lever values. Source: Model text 3.0, 4.4b, 4.5, 4.6.
        """
        return self._books.pay(firms, rows, domain, cost)

    def pay_grants(self, firms: Firms, rows: Rows, wanted: Floats) -> Floats:
        """Pay this quarter's R&D grants from what awards have reserved for them.

        rows, wanted  (n,)  each firm at most once; kSEK, as a rule a quarter of the lever `research_grant`
        returns       (n,)  kSEK paid

        Source: Model text 3.0, 4.3.
        """
        return self._books.pay_grants(firms, rows, wanted)

    def guarantee(self, firms: Firms, rows: Rows, borrowed: Floats) -> None:
        """Book the losses that the state expects on loans which firms could not have taken without a guarantee.

        rows, borrowed  (n,)  each firm at most once; kSEK borrowed for projects beyond the bank's own limit

        Source: Model text 3.2; judgement.
        """
        self._books.guarantee(firms, rows, borrowed)

    def guaranteed(self, slots: Whole) -> Floats | float:
        """What firms owe on guaranteed loans, kSEK, (slots,); 0 where nothing was ever guaranteed."""
        return self._books.guaranteed(slots)

    def repay_guaranteed(self, share: float) -> None:
        """Let firms pay back a share of the guaranteed loans, as of all their debt."""
        self._books.repay(share)

    def forgo_tax(self, firms: Firms, rows: Rows, amounts: Floats) -> None:
        """Book the tax that the state does not take, kSEK: R&D spending times the lever `research_cost_relief`; (n,).

        Source: Model text 3.2, 4.3.
        """
        self._books.book_by_lever("foregone_tax", "research_cost_relief", firms, rows, amounts.astype(np.float64), "")

    def groups(self) -> tuple[Whole, Whole]:
        """Firms that meet in a group this quarter, by slot, each once, and the number of the group; (firms,) each."""
        return self._books.groups()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The last quarter's contacts and awards by measure, for those who look at single measures."""
        return self.meeting.offers() if self.meeting is not None else ()

    def awaiting(self, t: int, firms: Firms, domain: str) -> Flags | None:
        """Firms that a subsidy announced but not yet open is meant for in a domain; None when nothing is announced.

        Source: Model text 4.11 (switch `announcement`); judgement.
        """
        if not self._switches.announcement:
            return None
        coming = [
            running
            for running in self.running
            if "subsidy_share" in running.measure.settings
            and domain in running.measure.kind.domains_of("subsidy_share")
            and t < running.measure.start <= t + self.settings.announced
        ]
        if not coming:
            return None
        known: dict[Condition, Flags] = {}
        masks = [hold(firms, each.conditions, known) for each in coming]
        return np.asarray(np.any(masks, axis=0), bool)

    def released(self, t: int) -> float:
        """Package budget released up to and with quarter `t`, kSEK; infinite without one."""
        return released_in_all(self._budget.per_year, self._budget.total, t, self._scale)

    def balance(self) -> None:
        """Raise LedgerError unless the books balance up to this quarter."""
        self._books.balance(self.released(self._quarter))

    def _coordinate(self, levers: LeverValues) -> None:
        """Move the components of governance; measures act with the work done up to the quarter before."""
        steer(levers, self.running, self.settings.remnant)
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

    def _learn(self, levers: LeverValues, now: Quarter) -> None:
        """Let external co-financers in, pilots grow, and money move to what works."""
        external = levers.region("external_cofinance")
        self.ledger.external = external / (1 + external)
        self._learning.scale_up(now.number, self.components[SHARED_DATA], self.ledger)
        share = levers.region("reallocation")
        self._learning.move_money(now.number, share, now.firms, now.slots, self.log, self.ledger)

    def _coordination_cost(self, now: Quarter) -> None:
        """Charge coordination where there is a package: work that its budget carries, or governance above its start."""
        raised = any(goal > start for goal, start in zip(self._targets.values(), self.governance.start, strict=True))
        if raised or any(running.open(now.number) and running.funding.carried for running in self.running):
            left = max(0.0, self.released(now.number) - self.ledger.carried())
            cost = min(left, self.coordination.cost * KSEK / 4 * self._scale)
            self.ledger.add("coordination", -1, now.number, cost * now.everybody / max(1.0, now.everybody.sum()))

    def _open_meeting(self, at_work: Sequence[Running], now: Quarter, aid_left: Series) -> Meeting | None:
        """Measures at work that meet firms, and whom they may meet, before any budget."""
        measures = tuple(running for running in at_work if running.form is not Form.SYSTEM)
        if not measures:
            return None
        if self._terms is None or self._terms.running != measures:
            self._terms = terms_of(measures, now.counties)
        terms = self._terms
        up = [running.ramp(now.number) * self._learning.size(running) for running in measures]
        carried = [self.ledger.carried_share(running.index) for running in measures]
        return open_meeting(
            terms, now, self.coordination, self._books.bound(terms.index), aid_left, np.array(up),
            self._kept[terms.index], np.array(carried), self._learning.quality[terms.index],
        )  # fmt: skip

    def _plans(self, at_work: Sequence[Running], now: Quarter) -> list[_Plan]:
        """What each measure would spend without the package's limit, shrunk to its own budget."""
        net = 1 - self.coordination.administration
        meeting = iter([] if self.meeting is None else self.meeting.planned().tolist())
        plans = []
        for running in at_work:
            meets = running.form is not Form.SYSTEM
            planned = next(meeting) if meets else running.service_units(running.ramp(now.number))[1]
            limit = (running.released(now.number) - self.ledger.committed(running.index)) * net
            own = budget_factor(limit, running.fixed(), planned)
            carried = self.ledger.carried_share(running.index)
            spent = (running.fixed() * own.fixed, planned * own.phi)
            plans.append(_Plan(running, *spent, own.phi, limit, carried, meets))
        return plans

    def _factors(self, plans: list[_Plan], t: int) -> tuple[Factors, float]:
        """One factor for all measures that the package carries, and the kSEK that it leaves after administration."""
        net = (self.released(t) - self.ledger.carried()) * (1 - self.coordination.administration)
        fixed, planned = (
            math.fsum(getattr(plan, name) * plan.carried for plan in plans) for name in ("fixed", "planned")
        )
        return budget_factor(net, fixed, planned), net

    def _work(self, plans: list[_Plan], factors: Factors, now: Quarter) -> float:
        """Pay fixed costs and services, shrink offers; returns what the package's budget spends, kSEK.

        Work that costs nothing but its fixed cost is as large a part of its plan as that cost.
        """
        sizes = {}
        costs = np.zeros((len(plans), 3))
        parts, limits = [], []
        for line, plan in zip(costs, plans, strict=True):
            shrunk = factors if plan.carried > 0 else Factors(1.0, 1.0)
            phi = plan.phi * (shrunk.phi if plan.planned > 0 else shrunk.fixed)
            fixed = plan.fixed * shrunk.fixed
            cost = units = 0.0
            if plan.meets:
                parts.append(phi)
                limits.append(plan.limit - fixed)
            else:
                size = sizes[plan.running.index] = plan.running.ramp(now.number) * phi
                units, cost = plan.running.service_units(size)
            line[:] = fixed, cost, units
        if self.meeting is not None:
            self.meeting.shrink(np.array(parts), np.array(limits))
        self._books.enter_shared([plan.running for plan in plans], now, self.coordination.overhead, costs)
        for running in self.running:
            if running.form is Form.SYSTEM and (running.index in sizes or len(running.history)):
                running.work(sizes.get(running.index, 0.0), now.everybody)
        return math.fsum((line[0] + line[1]) * plan.carried for line, plan in zip(costs.tolist(), plans, strict=True))

    def _enter_meeting(self, now: Quarter, hour_cost: float) -> None:
        """Book what this quarter's meeting brought; awards that move more than firms note it as work."""
        done: dict[int, tuple[Series, float]] = {}
        meeting = self.meeting
        self._kept[:] = 0
        if meeting is not None:
            self._kept[meeting.terms.index] = meeting.kept
            self._books.enter_meeting(meeting, now, self.coordination, hour_cost)
            units = now.by_cell(meeting.awarded, len(meeting), meeting.taken)
            done = dict(
                zip(meeting.terms.index.tolist(), zip(units, meeting.quality.tolist(), strict=True), strict=True)
            )
        idle = (np.zeros(now.counties), 1.0)
        for running in self.running:
            if running.form is not Form.SYSTEM and running.wide and (running.index in done or len(running.history)):
                units, quality = done.get(running.index, idle)
                running.work_awards(units, now.everybody, quality)

    def _put_levers(self, levers: LeverValues, now: Quarter) -> None:
        """Set what all awards and services do this quarter."""
        for running in self.running:
            put_wide(levers, running, self.settings.remnant)
            put_aimed(levers, running, now, self.settings.remnant)
        if self.meeting is not None:
            put_told(levers, self.meeting, now.firms.size)
            self.meeting.close()
        put_awards(levers, self._effects, self._books)
