"""What a plan holds, how it is stored, and which cases are compared with which."""

import json
from dataclasses import replace

import numpy as np
import pytest

from simulator.ensemble.designs.assembling import Point, assembled, without_policy
from simulator.ensemble.designs.planning import Wishes, plan_of
from simulator.ensemble.plan import Keep, Plan, PlanError, Stop
from simulator.scenario import Scenario, load, revised

SHORT = {"run.years": 0.5, "region.name": "undervisning"}


@pytest.fixture(scope="module")
def strategy() -> Scenario:
    return load("strategy", SHORT)


def stored(plan: Plan) -> Plan:
    return Plan.from_json(json.loads(json.dumps(plan.to_json())))


def test_that_a_plain_scenario_is_planned_with_its_own_baseline_on_equal_seeds(strategy):
    plan = plan_of(strategy, Wishes(3))
    assert [(case.name, case.against) for case in plan.cases] == [("strategy", 1), ("strategy/baseline", None)]
    assert plan.seeds == (1, 2, 3)
    assert len(plan) == 6
    assert plan.scenario(0).digest == strategy.digest
    assert not plan.scenario(1).measures


def test_that_a_scenario_without_policy_is_its_own_baseline():
    plan = plan_of(load("baseline", SHORT), Wishes(2))
    assert [(case.name, case.against) for case in plan.cases] == [("baseline", None)]


def test_that_a_baseline_gives_the_numbers_of_the_scenario_whose_measures_have_no_capacity(strategy):
    from simulator.model import TransitionModel

    idle = revised(strategy, {f"interventions.{one.name}.capacity": 0 for one in strategy.measures})
    usual = revised(idle, dict.fromkeys(("governance",)))
    bare = revised(strategy, without_policy(strategy))
    digests = []
    for scenario in (usual, bare):
        model = TransitionModel(scenario, rng=1)
        while model.running:
            model.step()
        digests.append(model.results().digest())
    assert digests[0] == digests[1]


def test_that_a_stored_plan_comes_back_whole_with_equal_scenarios(strategy):
    points = [Point(f"{n}", {"drivers.exchange_rate": rate}) for n, rate in enumerate(np.linspace(9, 12, 4).tolist())]
    scenarios, cases = assembled([strategy, load("baseline", SHORT)], points, (1, 2))
    plan = replace(
        plan_of(strategy), scenarios=scenarios, cases=cases, stop=Stop("co2", 0.5, 4), keep=Keep(("co2",), ("county",))
    )
    back = stored(plan)
    assert back.digest == plan.digest
    assert back.cases == plan.cases
    assert back.chunks == plan.chunks
    assert [back.scenario(n).digest for n in range(len(cases))] == [plan.scenario(n).digest for n in range(len(cases))]


def test_that_a_default_which_depends_on_a_replaced_value_follows_it_in_a_stored_plan():
    robots = load("strategy", {**SHORT, "interventions.digital-uptake.end": None})
    _, cases = assembled([robots], [Point("long", {"run.years": 3.0})], baseline="none")
    back = stored(replace(plan_of(robots, baseline="none"), cases=cases))
    assert next(one for one in back.scenario(0).measures if one.name == "digital-uptake").end == 11


def changed(plan: Plan, *steps: str | int, to: object) -> object:
    whole = json.loads(json.dumps(plan.to_json()))
    part = whole
    for step in steps[:-1]:
        part = part[step]
    part[steps[-1]] = to
    return whole


@pytest.mark.parametrize(
    ("steps", "to", "said"),
    [
        (("seeds",), [1, 2], "has been changed"),
        (("cases", 0, "overrides"), {"run.years": 1}, "has been changed"),
        (("scenarios", 0, "written", "run", "years"), 1, "no longer the scenario"),
        (("scenarios", 0, "written", "run", "years"), "many", "no longer the scenario"),
        (("scenarios", 0, "written"), 3, "not a stored plan"),
        (("cases",), None, "not a stored plan"),
        (("stop",), {"of": 1}, "not a stored plan"),
    ],
)
def test_that_a_tampered_plan_is_refused(strategy, steps, to, said):
    with pytest.raises(PlanError, match=said):
        Plan.from_json(changed(plan_of(strategy, Wishes(3)), *steps, to=to))


@pytest.mark.parametrize("other", [None, [], {}, "plan", {"format": 1}, {"format": 2}])
def test_that_something_else_is_not_taken_for_a_plan(other):
    with pytest.raises(PlanError):
        Plan.from_json(other)


def test_that_cases_which_differ_in_policy_only_share_one_baseline(strategy):
    path = "interventions.digital-uptake.subsidy_share"
    points = [Point(f"{share}", {path: share}) for share in (0.3, 0.4, 0.5)]
    _, cases = assembled([strategy, load("strategy-fragmented", SHORT)], points)
    assert [case.against for case in cases] == [6] * 6 + [None]


def test_that_every_distinct_surrounding_has_one_baseline(strategy):
    points = [Point("a", {"drivers.exchange_rate": 10.0}), Point("b", {"drivers.exchange_rate": 12.0})]
    _, cases = assembled([strategy], points, (1, 2))
    assert [case.against for case in cases] == [4, 5, 6, 7] + [None] * 4
    assert cases[0].name == "strategy/region-1/a"
    assert cases[4].name == "strategy/region-1/a/baseline"
    assert cases[4].overrides["drivers.exchange_rate"] == cases[0].overrides["drivers.exchange_rate"]
    assert len({case.name for case in cases}) == 8


def test_that_a_case_that_equals_the_baseline_of_another_serves_as_it(strategy):
    _, cases = assembled([strategy, load("baseline", SHORT)])
    assert [(case.name, case.against) for case in cases] == [("strategy", 1), ("baseline", None)]


def test_that_a_scenario_may_be_the_baseline_of_others(strategy):
    scenarios, cases = assembled([strategy], baseline=load("coordinated", SHORT))
    assert [(case.name, case.against) for case in cases] == [("strategy", 1), ("coordinated", None)]
    assert len(scenarios) == 2


def test_that_nothing_is_compared_where_no_baseline_is_wanted(strategy):
    _, cases = assembled([strategy], baseline="none")
    assert [case.against for case in cases] == [None]
