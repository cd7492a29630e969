"""The runs that patterns are read from: the baseline, a shock, one measure at a time, what has happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from simulator.quantity import Text
from simulator.scenario import Scenario, load, revised
from simulator.scenario.moments import quarter_text
from simulator.scenario.vocabulary import VOCABULARY
from simulator.validation.panel import Evidence, NotAvailableError, observe, paired
from simulator.validation.pattern import Part
from simulator.validation.weak_ends import at_weak_ends

PACKAGE = "coordinated"
SHOCK = -15.0
"""World demand below its trend, %: the scale of 2008-2009 (Model text 4.1)."""


class Runs(NamedTuple):
    """A scenario to run, and the one it is paired with."""

    scenario: Scenario
    without: Scenario | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """Runs made from the baseline; `prepare` raises NotAvailableError when this model cannot make them."""

    text: Text
    prepare: Callable[[Scenario], Runs]


def _baseline(scenario: Scenario) -> Runs:
    return Runs(scenario)


def _shock(scenario: Scenario) -> Runs:
    """World demand falls in the ninth quarter, stays down for six and recovers over eight."""
    first = scenario.run.first
    points = {8: 0.0, 9: SHOCK, 14: SHOCK, 22: 0.0}
    path = {quarter_text(first + quarter): value for quarter, value in points.items()}
    plain = revised(scenario, {"run.years": 9})
    return Runs(revised(plain, {"drivers.world_demand_deviation": path}), plain)


def _measure(kind: str, scenario: Scenario) -> Runs:
    """Eight years with one measure at its defaults in years 2-4, and the same without it."""
    if kind not in VOCABULARY.kinds:
        raise NotAvailableError(Text(f"the measure '{kind}' does not exist yet", f"insatsen '{kind}' finns inte ännu"))
    first = scenario.run.first
    plain = revised(scenario, {"run.years": 8})
    on = {"kind": kind, "start": quarter_text(first + 4), "end": quarter_text(first + 15)}
    return Runs(revised(plain, {"interventions": {"tested": on}}), plain)


def _shipped(name: str, scenario: Scenario) -> Runs:
    """A scenario of its own, whatever the baseline is."""
    return Runs(load(name))


def _package(weak: bool, scenario: Scenario) -> Runs:
    """The measures of the scenario, or of the coordinated strategy, against none; all effects at their weak ends."""
    package = scenario if scenario.measures else load(PACKAGE)
    without = revised(scenario, {f"interventions.{measure.name}.capacity": 0 for measure in scenario.measures})
    return Runs(at_weak_ends(package) if weak else package, without)


ARMS: Mapping[str, Arm] = MappingProxyType(
    {
        "baseline": Arm(Text("the scenario as it is", "scenariot som det är"), _baseline),
        "shock": Arm(Text("fall in world demand, paired", "fall i världsefterfrågan, parvis"), _shock),
        "research": Arm(Text("research programmes, paired", "forskningsprogram, parvis"),
                        partial(_measure, "research_programmes")),
        "voucher": Arm(Text("innovation vouchers, paired", "innovationscheckar, parvis"),
                       partial(_measure, "innovation_voucher")),
        "audit": Arm(Text("energy audits, paired", "energikartläggningar, parvis"),
                     partial(_measure, "low_carbon_production")),
        "package": Arm(Text("coordinated strategy, paired", "samordnad strategi, parvis"), partial(_package, False)),
        "weak": Arm(Text("the same with all effects at their weak ends", "samma med alla verkningar i svag ände"),
                    partial(_package, True)),
        "replay": Arm(Text("the robot lift from 2018", "Robotlyftet från 2018"),
                      partial(_shipped, "robotlyftet-replay")),
        "history": Arm(Text("from 2018 with the drivers as they were", "från 2018 med drivkrafterna som de var"),
                       partial(_shipped, "backcast-2018")),
    }
)  # fmt: skip


class Task(NamedTuple):
    """One seed of one arm, and the numbers to read from it; travels to a process of its own."""

    arm: str
    runs: Runs
    seed: int
    parts: tuple[tuple[str, Part], ...]


class Reading(NamedTuple):
    """What one task found by pattern and part: values, or why there is none; sums to pool; what ended at a bound."""

    arm: str
    seed: int
    values: Mapping[tuple[str, str], float | Text]
    sums: Mapping[tuple[str, str], tuple[float, ...]] = MappingProxyType({})
    bound: frozenset[tuple[str, str]] = frozenset()


def examine(task: Task) -> Reading:
    """Run one seed of an arm and measure."""
    runs = task.runs
    run = observe(runs.scenario, task.seed) if runs.without is None else paired(runs.scenario, runs.without, task.seed)
    values = {(code, part.name): measured(part, run) for code, part in task.parts}
    known = [(code, part) for code, part in task.parts if not isinstance(values[code, part.name], Text)]
    pooled = {(code, part.name): sums for code, part in task.parts if (sums := _sums(part, run)) is not None}
    bound = frozenset((code, part.name) for code, part in known if part.bound is not None and part.bound(run))
    return Reading(task.arm, task.seed, values, pooled, bound)


def _sums(part: Part, run: Evidence) -> tuple[float, ...] | None:
    """What a number adds to its sums over seeds; nothing when it is no ratio of sums or cannot be had."""
    try:
        return None if part.pool is None else part.pool.sums(run)
    except NotAvailableError:
        return None


def measured(part: Part, run: Evidence) -> float | Text:
    """One number of a pattern, or why it cannot be had."""
    try:
        value = float(part.measure(run))
    except NotAvailableError as reason:
        return reason.text()
    if np.isfinite(value):
        return value
    return Text("too few firms to measure", "för få företag för att mäta")


def tasks_of(
    scenario: Scenario, wanted: Sequence[tuple[str, Part]], seeds: Sequence[int]
) -> tuple[list[Task], dict[tuple[str, str], Text]]:
    """Tasks for the wanted numbers, arm by arm and seed by seed, and why numbers of other arms cannot be had."""
    tasks: list[Task] = []
    missing: dict[tuple[str, str], Text] = {}
    for name, arm in ARMS.items():
        parts = tuple((code, part) for code, part in wanted if part.arm == name)
        if not parts:
            continue
        try:
            runs = arm.prepare(scenario)
        except NotAvailableError as reason:
            missing.update({(code, part.name): reason.text() for code, part in parts})
        else:
            tasks += [Task(name, runs, seed, parts) for seed in seeds]
    return tasks, missing
