"""Every kind of measure alone, at default size and in one window: does it move its own indicator, at what cost?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isnan

from simulator.analysis.arms import Progress, run_arms
from simulator.analysis.fates import Fates, deadweight
from simulator.analysis.losers import Anyway, anyway
from simulator.analysis.pairs import Arm, accumulated, gathered, negligible
from simulator.analysis.worth import assumed_in
from simulator.ensemble.statistics import NO_QUOTIENT, Estimate, Quotient, estimate, fieller, window_mean
from simulator.indicators import INDICATORS
from simulator.indicators.results import quarter_number
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form, Kind
from simulator.quantity import Text
from simulator.scenario import Scenario, revised

START, END, YEARS = "2027Q1", "2034Q4", 10
"""Window of the measure and length of the run: five years from the second year on, and one year after."""
LATE = 8
"""Quarters at the end of the window over which effects are averaged."""
COMPANY = ("digital_uptake", "training_at_work", "export_start", "data_analysis")
"""Kinds that run beside a service to the system whose own indicator is about coordination: it acts through others.

The last one brings the monitoring without which no pilot is scaled up.
"""
_STOCKS = ("firms", "FTE", "count")


class Verdict(Enum):
    """What a paired effect says about the direction that the evidence says."""

    EXPECTED = Text("as expected", "som väntat")
    OPPOSITE = Text("opposite to the evidence", "tvärt emot underlaget")
    NONE = Text("no detectable difference", "ingen påvisbar skillnad")
    NEGLIGIBLE = Text("negligible", "försumbar")
    ASSUMED = Text("assumed, not an effect", "antaget, ingen verkan")
    SILENT_UP = Text("up; evidence says nothing", "upp; underlaget säger inget")
    SILENT_DOWN = Text("down; evidence says nothing", "ned; underlaget säger inget")


def verdict(found: Estimate, expected: int, level: float) -> Verdict:
    """Compare an effect with the expected direction (1, -1, or 0 for none) and with the baseline's level.

    >>> verdict(Estimate(2, 1, 1, 3, 8), 1, 9.0).name, verdict(Estimate(2, 1, -1, 5, 8), 1, 9.0).name
    ('EXPECTED', 'NONE')
    """
    if not found.detectable:
        return Verdict.NONE
    if negligible(found, level):
        return Verdict.NEGLIGIBLE
    if not expected:
        return Verdict.SILENT_UP if found.mean > 0 else Verdict.SILENT_DOWN
    return Verdict.EXPECTED if found.mean * expected > 0 else Verdict.OPPOSITE


@dataclass(frozen=True, slots=True)
class Move:
    """A kind's effect on one of its own indicators.

    effect  mean difference over the last two years of the window
    price   kSEK per additional unit: of stocks in those two years, of yearly flows over the run; unknown for shares,
            in the wrong direction, without a detectable difference and where the difference is assumed
    """

    indicator: str
    expected: int
    effect: Estimate
    price: Quotient
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class KindEffect:
    """One kind: its moves, public money over the run in MSEK, deadweight by transition (if it runs alone)."""

    kind: Kind
    moves: tuple[Move, ...]
    spent: Estimate
    anyway: dict[str, Anyway]


def with_kinds(base: Scenario, names: Iterable[str]) -> Scenario:
    """The base scenario with one measure of each of these kinds at default size in the window."""
    return revised(base, {"interventions": {name: {"kind": name, "start": START, "end": END} for name in names}})


def arm_of(kind: Kind) -> tuple[str, ...]:
    """Kinds that run together when this one is judged: itself, and its company if it acts through others."""
    return (*company_of(kind), kind.name)


def company_of(kind: Kind) -> tuple[str, ...]:
    """Kinds that run in the arm against which this one is judged."""
    steers = kind.form is Form.SYSTEM and INDICATORS[kind.moves[0][0]].topic == "governance"
    return tuple(name for name in COMPANY if name != kind.name) if steers else ()


def fingerprint(base: Scenario, kinds: Iterable[Kind] = KINDS.values()) -> str:
    """Fingerprint of what `all_kinds` runs: it changes with any number of the base scenario or of a kind."""
    ground = revised(base, {"run.years": YEARS})
    digests = sorted(f"{with_kinds(ground, arm_of(kind)).digest} {kind.moves}" for kind in kinds)
    return hashlib.blake2b("\n".join(digests).encode(), digest_size=8).hexdigest()


def all_kinds(
    base: Scenario,
    seeds: Sequence[int],
    jobs: int | None = None,
    kinds: Iterable[Kind] = KINDS.values(),
    progress: Progress | None = None,
) -> list[KindEffect]:
    """Effects of each kind against the base scenario without measures, in the order of the kinds.

    base  of any length: it is run for `YEARS`

    Source: Model text 5, 7.2.
    """
    ground = revised(base, {"run.years": YEARS})
    chosen = tuple(kinds)
    companies = sorted({company_of(kind) for kind in chosen}, key=lambda names: (len(names), names))
    arms = {names: with_kinds(ground, names) for names in (*companies, *map(arm_of, chosen))}
    late = quarter_number(END) - quarter_number(ground.run.start_text) + 2
    judged = {arm_of(kind): kind for kind in chosen}
    before: dict[tuple[str, ...], tuple[Arm, list[Fates]]] = {}
    found, outcomes = {}, []
    for names, place, outcome in run_arms(arms, seeds, jobs, tuple(arms), progress):
        outcomes.append(outcome)
        if place + 1 < len(seeds):
            continue
        arm, fates = gathered(outcomes), [one.fates for one in outcomes if one.fates is not None]
        outcomes = []
        if names in companies:
            before[names] = arm, fates
        kind = judged.get(names)
        if kind is not None:
            baseline, others = before[company_of(kind)]
            pairs = [deadweight(*pair) for pair in zip(fates, others, strict=True)]
            taken = assumed_in(kind.settings)
            moves = tuple(_move(*move, arm, baseline, late, move[0] in taken) for move in kind.moves)
            needless = anyway(pairs) if len(names) == 1 else {}
            found[kind.name] = KindEffect(kind, moves, estimate(arm.spent - baseline.spent), needless)
    return [found[kind.name] for kind in chosen]


def _move(indicator: str, expected: int, arm: Arm, baseline: Arm, late: int, assumed: bool) -> Move:
    declared = INDICATORS[indicator]
    ours, theirs = arm.of(indicator), baseline.of(indicator)
    difference = window_mean(ours - theirs, late - LATE, late)
    effect, level = estimate(difference), estimate(window_mean(theirs, late - LATE, late)).mean
    sign = expected or declared.better
    price = NO_QUOTIENT
    if assumed:
        return Move(indicator, expected, effect, price, Verdict.ASSUMED)
    if effect.mean * sign > 0 and not isnan(effect.mean):
        cost = (arm.spent - baseline.spent) * 1000
        if declared.unit in _STOCKS:
            price = fieller(cost, difference * sign)
        elif declared.unit.endswith("/yr") and not declared.unit.startswith(("%", "kSEK")):
            more = accumulated(declared, ours) - accumulated(declared, theirs)
            price = fieller(cost, more * sign) if estimate(more * sign).low > 0 else NO_QUOTIENT
    return Move(indicator, expected, effect, price, verdict(effect, expected, level))
