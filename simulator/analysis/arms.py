"""Arms of a comparison, each run on the same seeds, in as many processes as wanted (Model text 7.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np

from simulator.analysis.fates import Fates, Watcher
from simulator.ensemble.results.pairing import SURROUNDINGS, PairingError
from simulator.ensemble.statistics import Values
from simulator.ensemble.workers.pool import run_many
from simulator.governance import GovernanceTargets
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.scenario import Scenario, revised

Progress = Callable[[int, int], None]
Key = TypeVar("Key", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Task:
    """One run: scenario, seed, and whether the fates of its firms are wanted."""

    scenario: Scenario
    seed: int
    fates: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run leaves.

    series        (indicators, entries)  of the whole region, in the order of `INDICATORS`
    outlay        (measures + 1, years)  kSEK of public money, last row what the package shares
    coordination  kSEK over the run
    """

    series: Values
    outlay: Values
    coordination: float
    fates: Fates | None


def run_one(task: Task) -> Outcome:
    """Run a task to its end."""
    from simulator.model import TransitionModel

    model = TransitionModel(task.scenario, rng=task.seed)
    watcher = Watcher(model.most_slots, model.world.firms) if task.fates else None
    while model.running:
        model.step()
        if watcher is not None:
            watcher.note(model.world.firms)
    results = model.results()
    return Outcome(
        np.array([results[name].of() for name in INDICATORS]),
        model.ledger.outlays(),
        float(model.ledger.columns["coordination"].sum()),
        None if watcher is None else watcher.fates,
    )


def run_arms(
    arms: Mapping[Key, Scenario],
    seeds: Sequence[int],
    jobs: int | None = None,
    fates: Sequence[Key] = (),
    progress: Progress | None = None,
) -> Iterator[tuple[Key, int, Outcome]]:
    """Yield arm, place of the seed and outcome, all seeds of an arm after each other; numbers do not depend on `jobs`.

    fates     arms whose firms are followed
    progress  is told how many runs of how many are done
    """
    order = list(product(arms, range(len(seeds))))
    tasks = [Task(arms[name], seeds[place], name in fates) for name, place in order]
    for done, ((name, place), outcome) in enumerate(zip(order, run_many(run_one, tasks, jobs), strict=True), 1):
        if progress is not None:
            progress(done, len(tasks))
        yield name, place, outcome


def seeds_of(scenario: Scenario, count: int) -> list[int]:
    """Seeds of a comparison: that of the scenario and those after it."""
    return [scenario.run.seed + place for place in range(count)]


def without(scenario: Scenario, *names: str) -> Scenario:
    """The scenario with some measures switched off: capacity 0 is bitwise their absence (Model text 3.0)."""
    return revised(scenario, {f"interventions.{name}.capacity": 0 for name in names})


def without_policy(scenario: Scenario) -> Scenario:
    """The scenario's own baseline: the same surroundings without measures, coordination left at its default."""
    usual = GovernanceTargets()
    names = [f"governance.{name}" for name in GovernanceTargets.__dataclass_fields__]
    settings: dict[str, object] = dict(zip(names, usual.values(), strict=True))
    settings |= {f"interventions.{measure.name}.capacity": 0 for measure in scenario.measures}
    return revised(scenario, settings)


def alone(scenario: Scenario, name: str) -> Scenario:
    """The scenario with one of its measures only."""
    return without(scenario, *(measure.name for measure in scenario.measures if measure.name != name))


def coordinated(scenario: Scenario, kappa: float) -> Scenario:
    """The scenario with all four components of coordination aimed at `kappa`. Source: Model text 4.8 (sweep)."""
    names = GovernanceTargets.__dataclass_fields__
    return revised(scenario, {f"governance.{name}": kappa for name in names})


def other_surroundings(one: Scenario, other: Scenario) -> tuple[str, ...]:
    """Sections other than policy in which two scenarios differ: then a difference is not policy's alone."""
    return tuple(name for name in SURROUNDINGS if one.resolved[name] != other.resolved[name])


def check_pair(one: Scenario, other: Scenario) -> None:
    """Raise PairingError unless both scenarios share time, size and first population."""
    same = (
        one.run.start_text == other.run.start_text and one.run.quarters == other.run.quarters
        and one.run.scale == other.run.scale and one.region.seed == other.region.seed
        and one.region_digest == other.region_digest
        and one.resolved["parameters"] == other.resolved["parameters"]
    )  # fmt: skip
    if not same:
        raise PairingError(
            Text(
                f"{one.name} and {other.name}: start, length, scale, region, region.seed and parameters must be the "
                "same to compare run by run",
                f"{one.name} och {other.name}: start, längd, skala, region, region.seed och parametrar måste vara "
                "lika för att jämföra körning för körning",
            )
        )
