"""A scenario against its paired baseline: everything that a planner asks about it, from arms run on equal luck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulator.analysis.arms import Outcome, Progress, alone, check_pair, coordinated, run_arms, without, without_policy
from simulator.analysis.fates import Deadweight, Fates, Shift, deadweight, shift
from simulator.analysis.losers import Anyway, Losers, anyway, losers
from simulator.analysis.pairs import Arm, Effect, effects, gathered
from simulator.analysis.survival import Survival, first_lasting, kaplan_meier
from simulator.analysis.synergy import Synergy, synergy
from simulator.analysis.worth import OUTCOMES, Price, assumed_in, prices, research_additionality, return_to_coordination
from simulator.ensemble.statistics import Quotient, Values, wilson
from simulator.indicators import INDICATORS
from simulator.region.facts import load_region
from simulator.scenario import Scenario
from simulator.scenario.settings import Goal

KAPPAS = (0.0, 0.25, 0.5, 0.75, 1.0)
SYNERGIES = ("digital_firm", "exporter", "green_firm", "job", "job_year")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which arms a comparison needs; each a scenario of its own.

    own               whether the baseline is the scenario itself without policy
    none              the scenario with all its measures off and the same coordination: what synergy is counted from
    single, left_out  by the measure's name    sweep by overall coordination
    """

    policy: Scenario
    baseline: Scenario
    own: bool = True
    none: Scenario | None = None
    single: Mapping[str, Scenario] = field(default_factory=dict)
    left_out: Mapping[str, Scenario] = field(default_factory=dict)
    sweep: Mapping[float, Scenario] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare: no measures, and the scenario's own baseline is the scenario itself."""
        return self.policy.digest == self.baseline.digest or (
            self.own and self.policy.governance == self.baseline.governance
            and all(measure.idle for measure in self.policy.measures)
        )  # fmt: skip

    @property
    def assumed(self) -> frozenset[str]:
        """Indicators that a measure moves by assumption and not by an effect that was found."""
        active = (one.settings for one in self.policy.measures if not one.idle)
        return assumed_in(name for settings in active for name, value in settings.items() if value != 0)

    def arms(self) -> Iterator[Scenario]:
        """All arms, the baseline first."""
        yield from (
            self.baseline,
            self.policy,
            *([] if self.none is None else [self.none]),
            *self.single.values(),
            *self.left_out.values(),
            *self.sweep.values(),
        )


def planned(scenario: Scenario, against: Scenario | None, each: bool = False, sweep: bool = False) -> Plan:
    """Plan the arms of a scenario against another or, without one, against itself without policy.

    each   also every measure alone and every measure left out
    sweep  also with coordination from 0 to 1

    Raises PairingError if the two cannot be compared.
    """
    baseline = without_policy(scenario) if against is None else against
    check_pair(scenario, baseline)
    names = [measure.name for measure in scenario.measures if not measure.idle] if each else []
    return Plan(
        scenario,
        baseline,
        against is None,
        without(scenario, *names) if len(names) > 1 else None,
        {name: alone(scenario, name) for name in names},
        {name: without(scenario, name) for name in names} if len(names) > 1 else {},
        {kappa: coordinated(scenario, kappa) for kappa in KAPPAS} if sweep else {},
    )


@dataclass(frozen=True, slots=True)
class Target:
    """How often and how fast a target is reached, with policy and without."""

    goal: Goal
    met: tuple[tuple[int, float, float], ...]
    times: tuple[Survival, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What policy changes; see the parts.

    years     public money by year, MSEK, mean over runs
    research  additional R&D per krona of public R&D outlay; unknown without measures for research
    """

    plan: Plan
    runs: int
    effects: dict[str, Effect]
    prices: dict[str, Price]
    years: Values
    anyway: dict[str, Anyway]
    losers: Losers
    targets: tuple[Target, ...]
    research: Quotient | None
    synergies: dict[str, Synergy]
    coordination: dict[float, Quotient]


class _Gatherer:
    """Takes outcomes as they come; keeps series of all arms and of firms only what pairs need."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self.plans = plans
        self.outcomes: dict[str, list[Outcome]] = {}
        self.deadweights: dict[int, list[dict[str, Deadweight]]] = {place: [] for place in range(len(plans))}
        self.shifts: dict[int, list[Shift]] = {place: [] for place in range(len(plans))}
        self._fates: dict[tuple[str, int], Fates] = {}

    def take(self, digest: str, place: int, outcome: Outcome) -> None:
        fates = outcome.fates
        self.outcomes.setdefault(digest, []).append(Outcome(outcome.series, outcome.outlay, outcome.coordination, None))
        if fates is None:
            return
        self._fates[digest, place] = fates
        for index, plan in enumerate(self.plans):
            before = self._fates.get((plan.baseline.digest, place))
            if plan.policy.digest == digest and before is not None:
                region = load_region(plan.policy.region.name)
                self.deadweights[index].append(deadweight(fates, before))
                self.shifts[index].append(shift(fates, before, len(region.names), len(region.industries.codes)))
        if digest not in {plan.baseline.digest for plan in self.plans}:
            del self._fates[digest, place]


def compared(
    plans: Sequence[Plan], seeds: Sequence[int], jobs: int | None = None, progress: Progress | None = None
) -> list[Comparison]:
    """Run every arm once per seed, shared between plans where it is the same scenario, and evaluate the pairs."""
    arms: dict[str, Scenario] = {plan.baseline.digest: plan.baseline for plan in plans}
    arms |= {arm.digest: arm for plan in plans for arm in plan.arms() if arm.digest not in arms}
    followed = {digest for plan in plans for digest in (plan.baseline.digest, plan.policy.digest)}
    gatherer = _Gatherer(plans)
    for digest, place, outcome in run_arms(arms, seeds, jobs, tuple(followed), progress):
        gatherer.take(digest, place, outcome)
    done = {digest: gathered(outcomes) for digest, outcomes in gatherer.outcomes.items()}
    return [
        _evaluated(plan, done, gatherer.deadweights[place], gatherer.shifts[place]) for place, plan in enumerate(plans)
    ]


def _evaluated(
    plan: Plan, done: Mapping[str, Arm], deadweights: list[dict[str, Deadweight]], shifts: list[Shift]
) -> Comparison:
    policy, baseline = done[plan.policy.digest], done[plan.baseline.digest]
    single = {name: done[arm.digest] for name, arm in plan.single.items()}
    left_out = {name: done[arm.digest] for name, arm in plan.left_out.items()}
    none = baseline if plan.none is None else done[plan.none.digest]
    return Comparison(
        plan,
        len(policy.series),
        effects(policy, baseline),
        prices(policy, baseline, plan.assumed),
        (policy.by_year - baseline.by_year).mean(axis=0),
        anyway(deadweights),
        losers(shifts),
        tuple(reached(goal, policy, baseline) for goal in plan.policy.targets),
        _research(plan, policy, baseline),
        {
            name: synergy(outcome.indicator, outcome.basis, policy, none, single, left_out)
            for name, outcome in OUTCOMES.items()
            if name in SYNERGIES and outcome.indicator in INDICATORS and len(single) > 1
        },
        return_to_coordination({kappa: done[arm.digest] for kappa, arm in plan.sweep.items()}) if plan.sweep else {},
    )


def _research(plan: Plan, policy: Arm, baseline: Arm) -> Quotient | None:
    """R&D per krona of the measures for research; the package's shared costs are not theirs. Source: Model text 5.

    None without such measures, and against another scenario that has some of its own.
    """
    rows = [place for place, one in enumerate(plan.policy.measures) if "research" in one.kind.domains and not one.idle]
    rival = not plan.own and any("research" in one.kind.domains for one in plan.baseline.measures)
    if not rows or rival:
        return None
    return research_additionality(policy, baseline, policy.outlay[:, rows].sum(axis=(1, 2)))


def reached(goal: Goal, *arms: Arm) -> Target:
    """Target by date: whether it holds then, and when it first held for four quarters. Source: Model text 5."""
    met, times = [], []
    for arm in arms:
        values = arm.of(goal.indicator)
        holds = np.ones(values.shape, bool)
        if goal.at_least is not None:
            holds &= values >= goal.at_least
        if goal.at_most is not None:
            holds &= values <= goal.at_most
        inside = 0 <= goal.by + 1 < values.shape[1]
        hits = int(holds[:, goal.by + 1].sum()) if inside else 0
        met.append((hits, *wilson(hits, len(holds) if inside else 0)))
        first = [first_lasting(one) for one in holds]
        ends = [values.shape[1] - 1 if one is None else one for one in first]
        times.append(kaplan_meier(ends, [one is not None for one in first]))
    return Target(goal, tuple(met), tuple(times))
