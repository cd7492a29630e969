"""What those who run a package learn from it: pilots that grow, money that moves to what works (Model text 4.8)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulator.agents.columns import Flags, Small, Whole
from simulator.agents.firms import Firms
from simulator.delivery.award_log import AwardLog
from simulator.delivery.ledger import Ledger
from simulator.delivery.parameters import DeliverySettings
from simulator.delivery.running import OF_PILOTS, Running
from simulator.economy.drivers import Series
from simulator.interventions.declaration import Form
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.levers import clipped, combine

STEPS = ("digital", "green", "circular", "export", "succession", "research")
"""Domains in which a firm's step can be seen, and so be counted per krona."""
MOVABLE = {"contact_cost": 1.0, "unit_cost": 1.0, "reserved": 1.0, "returned": -1.0}
"""Money that follows a measure's capacity."""
YEAR = 4
_LEAST = 1e-9


def step_level(firms: Firms, domain: str) -> Small:
    """How far each firm has come in a domain, (firms,)."""
    levels = {
        "digital": firms.digital_level,
        "green": firms.green_level,
        "circular": firms.circular_level,
        "export": firms.export_stage,
        "succession": firms.succession,
        "research": firms.rd_performer,
    }
    return levels[domain].astype(np.int8)


def scaled_quality(factor: float, loss: float) -> float:
    """Average strength of a pilot's awards at `factor` of its first size: (1 + (1-loss)(factor-1))/factor.

    The part added by scaling up works `loss` less well. Source: Model text 4.8; judgement.

    >>> scaled_quality(2.0, 0.5)
    0.75
    """
    return (1 + (1 - loss) * (factor - 1)) / factor if factor > 1 else 1.0


def reallocated(money: Series, merit: Series, share: float, most: Series) -> Series:
    """Money of each measure after a `share` of all of it went to measures in proportion to merit times money.

    money' = (1-share) money + taken,  taken ~ merit money and at most what `most` leaves room for; what one cannot take
    goes to the others with merit, and what none can stays with those that gave it. The sum stays.

    money  (measures,) kSEK;  merit (measures,) at least 0, if all of it is 0 nothing moves
    most   (measures,) kSEK that each may have, at least its money

    Source: Model text 3.0b, 4.8; judgement.

    >>> reallocated(np.array([60.0, 40.0]), np.array([0.0, 2.0]), 0.2, np.array([99.0, 99.0]))
    array([48., 52.])
    >>> reallocated(np.array([60.0, 40.0]), np.array([0.0, 2.0]), 0.2, np.array([99.0, 45.0]))
    array([55., 45.])
    """
    pull = money * merit
    best = np.max(pull, initial=0.0)
    if best <= 0:
        return money
    pull = np.where(pull > _LEAST * best, pull / best, 0)
    able = np.flatnonzero(pull)
    after, pot = (1 - share) * money, share * math.fsum(money)
    room = most - after
    order = able[np.argsort(room[able] / pull[able])]
    behind = np.cumsum(pull[order][::-1])[::-1]
    for measure, weight in zip(order, behind, strict=True):
        taken = min(room[measure], pot * pull[measure] / weight)
        after[measure] += taken
        pot -= taken
    givers = np.where(pull > 0, 0, money)
    return after + max(0.0, pot) * givers / max(math.fsum(givers), _LEAST)


class Learning:
    """Sizes of measures that experience changes, one number each: `scale` of pilots, `share` of the money.

    quality  strength of the effect of awards made now
    """

    def __init__(self, running: Sequence[Running], settings: DeliverySettings) -> None:
        self._running, self._settings = running, settings
        count = len(running)
        self.scale, self.share, self.quality = np.ones(count), np.ones(count), np.ones(count)
        self._scaling = [each for each in running if OF_PILOTS in each.levers]
        self._meeting = [each for each in running if each.form is not Form.SYSTEM]
        self._done = np.zeros((count, count), int)
        self._chosen: dict[int, set[int]] = {}
        self._moves = any("reallocation" in each.levers for each in running)
        self._domains = {
            domain: np.array([domain in each.measure.kind.domains for each in running], bool) for domain in STEPS
        }
        self._before: dict[str, Small] = {}
        self._spent = np.zeros(count)

    def size(self, running: Running) -> float:
        """Capacity and contacts of a measure against what its settings say."""
        return float(self.scale[running.index] * self.share[running.index])

    def scale_up(self, t: int, shared_data: float, ledger: Ledger) -> None:
        """Let monitored pilots grow: at an age of `pilot_age` and every year after, by the scaling in force.

        Source: Model text 3.1, 4.8.
        """
        p = self._settings
        if not self._scaling or shared_data < p.monitored:
            return
        pilots = [each for each in self._meeting if each.open(t) and t - each.measure.start >= p.pilot_age]
        due = [each for each in pilots if (t - each.measure.start - p.pilot_age) % YEAR == 0]
        growth: dict[int, float] = {}
        for scaling in self._scaling:
            value = scaling.region_value(OF_PILOTS, p.remnant, ahead=True)
            if value <= 0:
                continue
            most = int(scaling.number("scalings"))
            chosen = self._choose(scaling, pilots, ledger)
            for pilot in due:
                times = self._done[scaling.index, pilot.index]
                if pilot.index in chosen and (most == 0 or times < most):
                    self._done[scaling.index, pilot.index] += 1
                    before = growth.get(pilot.index, 0.0)
                    growth[pilot.index] = combine(LEVERS[OF_PILOTS].rule, before, value)
        for index, grown in growth.items():
            self.scale[index] *= 1 + float(clipped(LEVERS[OF_PILOTS], grown))
            self.quality[index] = scaled_quality(float(self.scale[index]), p.scaling_loss)

    def _choose(self, scaling: Running, pilots: Sequence[Running], ledger: Ledger) -> set[int]:
        """Pilots that a measure scales: those it names, else of its priorities; of these the best once and for all.

        National programmes grow only when named, since the region does not decide on them.
        """
        named = scaling.measure.target.measures
        wanted = scaling.measure.kind.pilots
        able = [
            each
            for each in pilots
            if (
                each.measure.name in named
                if named
                else each.funding.carried and (not wanted or each.measure.kind.priority in wanted)
            )
        ]
        best = int(scaling.number("best"))
        if best == 0:
            return {each.index for each in able}
        if able and scaling.index not in self._chosen:
            merit = {
                each.index: float(ledger.columns["awarded"][each.index].sum()) / max(1.0, ledger.outlay(each.index))
                for each in able
            }
            ranked = sorted(able, key=lambda each: (-merit[each.index], each.key))
            self._chosen[scaling.index] = {each.index for each in ranked[:best]}
        return self._chosen.get(scaling.index, set())

    def move_money(self, t: int, share: float, firms: Firms, slots: int, log: AwardLog, ledger: Ledger) -> None:
        """Once a year move a share of the capacity's money to measures whose firms took more steps per krona.

        What moves is what the capacities took in the year before, whatever was planned, and no measure grows beyond
        `reallocation_limit` times its plan. Only money of the package's budget moves: nobody in the region decides on
        national programmes.
        A measure's merit: how much more often firms that it alone supported in the last `experience` quarters took a
        step within the year than firms that no measure of its domain supported, times their number, per krona.
        Source: Model text 3.0b, 4.8; judgement (the estimate, as naive as a planner's would be).
        """
        if not self._moves or t % YEAR:
            return
        judged = [each for each in self._meeting if each.domain in STEPS and each.open(t) and each.funding.carried]
        if share > 0 and self._before and judged:
            steps = {domain: self._steps(firms, domain) for domain in dict.fromkeys(each.domain for each in judged)}
            merit = np.array([self._merit(each, t, firms, steps[each.domain], log, ledger) for each in judged])
            index = np.array([each.index for each in judged])
            taken = [sign * ledger.columns[name][index, :, t // YEAR - 1] for name, sign in MOVABLE.items()]
            money = np.maximum(0, np.sum(taken, axis=(0, 2)))
            most = money * np.maximum(1, self._settings.reallocation_limit / self.share[index])
            after = reallocated(money, merit, share, most)
            self.share[index] *= np.divide(after, money, out=np.ones(len(money)), where=money > 0)
        self._before = {domain: _by_slot(step_level(firms, domain), firms, slots) for domain in STEPS}
        self._spent = np.array([ledger.committed(each.index) for each in self._running])

    def _steps(self, firms: Firms, domain: str) -> tuple[Flags, Flags]:
        """Who was there a year ago, and who has taken a step in a domain since; (firms,) each."""
        before = self._before[domain]
        known = firms.slot < len(before)
        then = np.where(known, before.take(firms.slot, mode="clip"), -1)
        return then >= 0, step_level(firms, domain) > then

    def _merit(
        self, running: Running, t: int, firms: Firms, steps: tuple[Flags, Flags], log: AwardLog, ledger: Ledger
    ) -> float:
        there, stepped = steps
        recent = t - log.quarter <= self._settings.experience
        same = self._domains[running.domain].take(log.measure)
        own = log.measure == running.index
        mine, others = (_marked(log.slot[recent & some], firms) for some in (own, same & ~own))
        able = there & running.places.take(firms.municipality) & running.branches.take(firms.industry) & ~others
        supported, rest = able & mine, able & ~mine
        cost = ledger.committed(running.index) - self._spent[running.index]
        if cost <= 0 or not supported.any() or not rest.any():
            return 0.0
        more = float(np.mean(stepped[supported]) - np.mean(stepped[rest]))
        return float(max(0.0, more) * np.count_nonzero(supported) / cost)


def _by_slot(levels: Small, firms: Firms, slots: int) -> Small:
    found = np.full(slots, -1, np.int8)
    found[firms.slot] = levels
    return found


def _marked(slots: Whole, firms: Firms) -> Flags:
    marked = np.zeros(int(max(firms.slot.max(initial=0), slots.max(initial=0))) + 1, bool)
    marked[slots] = True
    return marked.take(firms.slot)
