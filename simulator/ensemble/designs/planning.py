"""The plan of a plain scenario: it and its own baseline, repeated with other luck, over what it says is uncertain."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.ensemble.designs.assembling import Baseline, Point, assembled
from simulator.ensemble.designs.case_check import case_problems
from simulator.ensemble.designs.design_shape import DesignNumbers
from simulator.ensemble.designs.drawing import Sampling, drawn
from simulator.ensemble.designs.factors import Varied, quantity_at
from simulator.ensemble.plan import Keep, Plan, Stop
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.scenario import Scenario
from simulator.scenario.problems import Problem, ScenarioError
from simulator.scenario.settings import MOST_SEED
from simulator.scenario.tree import place_of

EVERYTHING = tuple(INDICATORS)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asks for beside the file; None leaves it to the file.

    replications  seeds per case    samples  drawn points    seed  first of the seeds
    """

    replications: int | None = None
    samples: int | None = None
    seed: int | None = None


AS_WRITTEN = Wishes()


def plan_of(
    scenario: Scenario,
    wishes: Wishes = AS_WRITTEN,
    *,
    baseline: Baseline = "own",
    keep: Keep | None = None,
    stop: Stop | None = None,
) -> Plan:
    """Return the plan of a scenario by its sections `uncertainty` and `ensemble`.

    baseline  what it is compared with: itself without policy, another scenario, or nothing
    keep      by default everything, split as `record` says where nothing is drawn

    Raises ScenarioError with the drawn values that do not go together.
    """
    factors = [
        Varied(
            path, (), place_of(scenario.source, ("uncertainty", path), key=True), quantity_at(path, [scenario]), spread
        )
        for path, spread in sorted(scenario.uncertainty.items())
    ]
    points = drawn(factors, sampling_of(scenario, wishes)) if factors else [Point()]
    scenarios, cases = assembled([scenario], points, baseline=baseline)
    places = {each.path: each.place for each in factors}
    around = place_of(scenario.source, ("uncertainty",))
    if problems := case_problems(scenarios, cases, lambda _, path: places.get(path, around)):
        raise ScenarioError(problems)
    return Plan(
        name=scenario.name,
        title=scenario.title,
        scenarios=scenarios,
        factors=tuple(each.factor() for each in factors),
        cases=cases,
        seeds=seeds_of(scenario, wishes),
        keep=keep or Keep(EVERYTHING, () if factors else scenario.record.by),
        stop=stop,
    )


def sampling_of(scenario: Scenario, wishes: Wishes) -> Sampling:
    """Return how the values of a scenario's `uncertainty` are drawn."""
    samples = scenario.ensemble.samples if wishes.samples is None else wishes.samples
    return Sampling(scenario.ensemble.sampler, samples, DesignNumbers.seed)


def seeds_of(scenario: Scenario, wishes: Wishes, replications: int | None = None) -> tuple[int, ...]:
    """Seeds of an ensemble: the scenario's own and those after it; `replications` is what a design says."""
    first = scenario.run.seed if wishes.seed is None else wishes.seed
    count = next(
        each for each in (wishes.replications, replications, scenario.ensemble.replications) if each is not None
    )
    if first + count - 1 > MOST_SEED:
        last = Text(f"the last seed would be {first + count - 1}", f"det sista fröet skulle bli {first + count - 1}")
        allowed = Text(f"at most {MOST_SEED}", f"högst {MOST_SEED}")
        raise ScenarioError([Problem(place_of(scenario.source, ("run", "seed")), "run.seed", last, allowed)])
    return tuple(range(first, first + count))
