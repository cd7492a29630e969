"""The plan of a plain scenario: it and its own baseline, repeated with other luck, over what it says is uncertain."""

from __future__ import annotations

from simulator.ensemble.assembling import Baseline, assembled
from simulator.ensemble.plan import Keep, Plan, Stop
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.scenario import Scenario
from simulator.scenario.problems import Place, Problem, ScenarioError
from simulator.scenario.settings import MOST_SEED

EVERYTHING = tuple(INDICATORS)


def plan_of(
    scenario: Scenario,
    *,
    replications: int | None = None,
    samples: int | None = None,
    seed: int | None = None,
    baseline: Baseline = "own",
    keep: Keep | None = None,
    stop: Stop | None = None,
) -> Plan:
    """Return the plan of a scenario; what is not given is as its section `ensemble` says.

    replications  with other luck    samples  draws of what is uncertain    seed  first of the seeds
    baseline      what it is compared with: itself without policy, another scenario, or nothing
    """
    scenarios, cases = assembled([scenario], baseline=baseline)
    return Plan(
        name=scenario.name,
        title=scenario.title,
        scenarios=scenarios,
        factors=(),
        cases=cases,
        seeds=seeds_from(
            scenario.run.seed if seed is None else seed,
            scenario.ensemble.replications if replications is None else replications,
        ),
        keep=keep or Keep(EVERYTHING, scenario.record.by),
        stop=stop,
    )


def seeds_from(first: int, count: int) -> tuple[int, ...]:
    """Seeds of an ensemble: the first and those after it."""
    if first + count - 1 > MOST_SEED:
        most = Text(f"the last seed would be {first + count - 1}", f"det sista fröet skulle bli {first + count - 1}")
        allowed = Text(f"at most {MOST_SEED}", f"högst {MOST_SEED}")
        raise ScenarioError([Problem(Place("--seed"), "run.seed", most, allowed)])
    return tuple(range(first, first + count))
