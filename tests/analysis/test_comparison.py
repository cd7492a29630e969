"""Paired runs of the real model: shared arms, the same numbers with any number of processes, refusals."""

import numpy as np
import pytest

from simulator.analysis import comparison
from simulator.analysis.arms import PairingError, alone, check_pair, run_arms, without, without_policy
from simulator.analysis.comparison import compared, planned
from simulator.analysis.kinds import COMPANY, all_kinds, arm_of, company_of, fingerprint, with_kinds
from simulator.interventions.catalogue import KINDS
from simulator.scenario import Scenario, load

SMALL = {"run.years": 2, "run.scale": 0.1}


def strategy(**more: object) -> Scenario:
    return load("coordinated", {**SMALL, **more})


def test_that_a_scenario_without_its_measures_is_bitwise_the_baseline():
    arms = {"own": without_policy(strategy()), "plain": load("baseline", SMALL)}
    (_, _, own), (_, _, plain) = run_arms(arms, [1], jobs=1)
    np.testing.assert_array_equal(own.series, plain.series)
    assert own.outlay.sum() == plain.outlay.sum() == 0


def test_that_measures_are_switched_off_by_name():
    one = strategy()
    names = {measure.name for measure in one.measures}
    assert {measure.name for measure in alone(one, "robots").measures if not measure.idle} == {"robots"}
    assert {measure.name for measure in without(one, "robots").measures if measure.idle} == {"robots"}
    assert names == {measure.name for measure in alone(one, "robots").measures}


@pytest.mark.parametrize(
    "change", [{"run.start": "2027Q1"}, {"run.years": 3}, {"run.scale": 0.2}, {"region.seed": 2}], ids=str
)
def test_that_scenarios_that_cannot_be_paired_are_refused(change):
    with pytest.raises(PairingError, match="must be the same"):
        check_pair(strategy(), load("baseline", {**SMALL, **change}))


def test_that_results_do_not_depend_on_the_number_of_processes():
    plan = planned(strategy(), None)
    alone_, side_by_side = (compared([plan], [3, 4], jobs=jobs)[0] for jobs in (1, 2))
    assert alone_.effects.keys() == side_by_side.effects.keys()
    for name, one in alone_.effects.items():
        other = side_by_side.effects[name]
        assert repr((one.end, one.whole, one.level)) == repr((other.end, other.whole, other.level))
    assert repr(alone_.losers) == repr(side_by_side.losers)
    assert repr(alone_.anyway) == repr(side_by_side.anyway)


def test_that_arms_that_several_comparisons_need_are_run_once(monkeypatch):
    ran = []

    def counted(arms, seeds, *rest):
        ran.extend(arms)
        return run_arms(arms, seeds, *rest)

    monkeypatch.setattr(comparison, "run_arms", counted)
    quiet = {"interventions": {}, "run.years": 0.5, "run.scale": 0.1}
    one, other = (load(name, quiet) for name in ("baseline", "baseline"))
    found = compared([planned(one, None), planned(other, None)], [1, 2], jobs=1)
    assert len(ran) == 1
    assert not any(effect.end.detectable for effect in found[0].effects.values())
    assert found[0].losers.behind == ()


def test_that_a_measure_without_strength_changes_nothing_and_costs_nothing():
    nothing = {f"interventions.{measure.name}.capacity": 0 for measure in strategy().measures}
    still = {f"governance.{name}": 0.35 for name in ("mapping", "joint_targets", "shared_data", "cross_county")}
    found = compared([planned(strategy(**nothing, **still), None)], [1, 2], jobs=1)[0]
    assert all(effect.end.mean == 0 for effect in found.effects.values())
    assert found.years.sum() == 0
    assert found.anyway == {}


def test_that_a_target_that_always_holds_is_met_from_the_start_and_one_beyond_reach_never():
    goals = {"firms": {"at_least": 1, "by": "2027Q4"}, "advanced_digital": {"at_least": 100, "by": "2027Q4"}}
    found = compared([planned(strategy(targets=goals), None)], [1, 2], jobs=1)[0].targets
    easy, hard = sorted(found, key=lambda target: target.goal.indicator, reverse=True)
    assert easy.met[0][0] == 2
    assert easy.times[0].median == 0
    assert hard.met[0][0] == 0
    assert np.isnan(hard.times[0].median)


def test_that_research_per_krona_is_not_told_against_another_programme_for_research():
    money = {"interventions": {"own": {"kind": "research_programmes", "start": "2026Q1"}}}
    one, other = load("baseline", {**SMALL, **money}), load("baseline", SMALL)
    rival = load("baseline", {**SMALL, **money, "interventions.own.capacity": 2})
    assert compared([planned(one, other)], [1, 2], jobs=1)[0].research is not None
    assert compared([planned(one, rival)], [1, 2], jobs=1)[0].research is None


def test_that_each_measure_alone_and_left_out_is_planned_once():
    plan = planned(strategy(), None, each=True, sweep=True)
    assert set(plan.single) == set(plan.left_out) == {measure.name for measure in strategy().measures}
    assert sorted(plan.sweep) == [0, 0.25, 0.5, 0.75, 1]


def test_that_a_kind_is_judged_on_its_own_indicators():
    kinds = [KINDS[name] for name in ("robot_lift", "map_coordinate", "data_analysis")]
    base = load("baseline", {"run.scale": 0.1})
    found = all_kinds(base, [1, 2], jobs=1, kinds=kinds)
    assert [one.kind for one in found] == kinds
    assert [move.indicator for one in found for move in one.moves] == [name for kind in kinds for name, _ in kind.moves]
    assert found[0].spent.low > 0
    assert fingerprint(base, kinds) == fingerprint(base, kinds[::-1])
    assert fingerprint(base, kinds) != fingerprint(load("baseline", {"run.scale": 0.2}), kinds)
    assert [measure.kind for measure in with_kinds(base, arm_of(kinds[0])).measures] == kinds[:1]
    assert found[1].moves[1].effect.runs == 2  # duplicates are known only because others make contacts


def test_that_coordination_is_judged_in_company_and_everything_else_alone():
    assert company_of(KINDS["map_coordinate"]) == COMPANY
    assert arm_of(KINDS["map_coordinate"]) == (*COMPANY, "map_coordinate")
    assert arm_of(KINDS["digital_uptake"]) == ("digital_uptake",)
