"""Awards that move counties and the region, services aimed at firms, single occasions, groups."""

import numpy as np
import pytest

from simulator.delivery.budget import KSEK
from simulator.delivery.parameters import Budget
from simulator.interventions.declaration import Form
from simulator.interventions.target import Target
from simulator.scenario.cautions import planned_cost


def one(house, kind, name="mine", start=0, end=19, **more):
    return kind.measure(name=name, start=start, end=end, **more)


def test_that_awards_move_counties_as_far_as_they_are_taken_up(house):
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=20, testbed_slots=12, lag=1, half_life=2)
    programme = house.Programme([one(house, kind, end=0)])
    programme.step()
    by_county = programme.column("awarded")[0].sum(axis=1)
    assert 0 < by_county.min() < by_county.sum() <= 20
    slots = [programme.step().county("testbed_slots") for _ in range(3)]
    np.testing.assert_allclose(slots[0], 12 * by_county / 20, rtol=1e-6)
    np.testing.assert_allclose(slots[1], slots[0] * 2**-0.5, rtol=1e-6)


def test_that_links_come_one_by_one_with_awards(house):
    kind = house.stub(
        Form.AWARD, domains=("export",), capacity=5, multinational_links=20, lag=2, duration=8, half_life=9
    )
    programme = house.Programme([one(house, kind, end=3)], scale=2.0, firms=house.make_firms(1200))
    awarded, links = [], []
    for _ in range(10):
        before = programme.total("awarded")
        links.append(programme.step().region("multinational_links"))
        awarded.append(programme.total("awarded") - before)
    assert links[:2] == [0, 0]
    np.testing.assert_allclose(np.array(links[2:]) / 4, awarded[:-2])


def test_that_knowledge_for_all_follows_the_work(house):
    kind = house.stub(Form.AWARD, domains=("research",), capacity=8, public_knowledge=5, lag=1, duration=4, half_life=4)
    programme = house.Programme([one(house, kind, settings={"contacts": 20}, end=7)]).run(3)
    awarded = programme.total("awarded") / 3
    level = programme.step().region("public_knowledge")
    assert 0 < awarded < 8
    assert 0 < level <= 5
    assert level == pytest.approx(5 * awarded / 8, rel=0.5)


def test_that_ups_and_downs_of_awards_do_not_add_up_to_more_than_their_mean(house):
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=4, testbed_slots=12, lag=1, duration=8)
    levels, awarded = [], []
    for seed in range(6):
        measures = [one(house, kind, settings={"contacts": 12})]
        programme = house.Programme(measures, firms=house.make_firms(3000), seed=seed).run(16)
        levels.append(np.sum(programme.step().county("testbed_slots")))
        awarded.append(programme.total("awarded") / 17)
    assert np.mean(levels) == pytest.approx(12 * np.mean(awarded) / 4, rel=0.35)


def test_that_training_places_are_paid_and_opened_with_the_trainees(house):
    numbers = {"training_slots": 0.01, "places_vocational": 60, "unit_cost_vocational": 65, "years_vocational": 1.5}
    kind = house.stub(Form.TRAINEE, domains=("training",), capacity=50, unit_cost=20, **numbers)
    programme = house.Programme([one(house, kind)], budget=Budget(per_year=10)).run(3)
    trainees = programme.total("units")
    assert programme.total("unit_cost") == pytest.approx(trainees * (20 + 60 / 4 * 65 * 1.5 / 50))
    before = programme.total("units")
    places = programme.step().county("places_vocational")
    assert np.sum(places) == pytest.approx(60 * (programme.total("units") - before) / 50)


def test_that_steering_awards_act_with_the_work_of_the_quarter_before(house):
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=10, cross_county=0.4, duration=20)
    programme = house.Programme([one(house, kind)])
    programme.step()
    assert programme.delivery.components[3] == 0.35
    programme.step()
    assert programme.delivery.components[3] > 0.35


def test_that_an_aimed_service_moves_the_firms_of_its_target_only(house):
    target = Target(employees=(10, 40), counties=("S",))
    kind = house.stub(Form.SYSTEM, aimed=True, target=target, capacity=1, collateral_gain=0.2, spread_factor=0.6)
    programme = house.Programme([one(house, kind)])
    levers, firms = programme.step(), programme.firms
    wanted = (firms.employment >= 10) & (firms.employment < 41) & (firms.county == 1)
    gain, factor = levers.firm("collateral_gain"), levers.firm("spread_factor")
    share = min(1.5, 1 / (firms.county == 1).mean())
    np.testing.assert_allclose(gain, np.where(wanted, 0.2 * share, 0), rtol=1e-5)
    np.testing.assert_allclose(factor, np.where(wanted, 1 - 0.4 * share, 1), rtol=1e-5)
    assert programme.total("contacted") == programme.total("awarded") == 0
    assert firms.awards.sum() == 0


def test_that_an_aimed_service_in_two_domains_moves_both(house):
    kind = house.stub(Form.SYSTEM, aimed=True, domains=("green", "digital"), capacity=1, uncertainty_factor=0.8,
                      awareness=0.1)  # fmt: skip
    programme = house.Programme([one(house, kind, end=0)])
    levers = programme.step()
    for domain in ("green", "digital"):
        np.testing.assert_allclose(levers.firm("uncertainty_factor", domain), 0.8, rtol=1e-6)
        np.testing.assert_allclose(levers.told(domain)[1], 0.1, rtol=1e-6)
    assert levers.firm("uncertainty_factor", "circular") == 1
    assert programme.step().firm("awareness", "green") == 0


def test_that_what_acts_once_acts_once_in_aimed_firms(house):
    kind = house.stub(
        Form.SYSTEM, aimed=True, capacity=1, ramp=4, lag=1, duration=3, half_life=4, new_product_gain=0.02
    )
    programme = house.Programme([one(house, kind)])
    gains = [np.max(programme.step().firm("new_product_gain")) for _ in range(12)]
    assert gains[0] == 0
    np.testing.assert_allclose(gains[1:5], 0.005, rtol=1e-4)
    assert sum(gains) == pytest.approx(0.02, rel=1e-4)


def test_that_an_occasion_happens_once_and_costs_its_sum(house):
    kind = house.stub(
        Form.SYSTEM, once=True, capacity=3, unit_cost=400, fixed_cost=100, mapping=0.3, lag=1, half_life=4
    )
    programme = house.Programme([one(house, kind, start=2)]).run(10)
    assert programme.total("unit_cost") == pytest.approx(1200)
    assert programme.total("fixed_cost") == pytest.approx(100)
    assert len(set(programme.column("units")[0].sum(axis=0).nonzero()[0])) == 1
    assert programme.delivery.components[0] > 0.35


def test_that_half_an_occasion_moves_half(house):
    kind = house.stub(Form.SYSTEM, once=True, capacity=4, unit_cost=100, mapping=0.4, lag=1, duration=2)
    full, half = (
        house.Programme([one(house, kind, settings={"capacity": size})]).run(2).delivery.components[0]
        for size in (4, 2)
    )
    assert half - 0.35 == pytest.approx((full - 0.35) / 2)


def test_that_awards_of_a_round_meet_in_groups_of_their_county(house):
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=40, group_size=5, extra_ties=2, lag=1, duration=2)
    programme = house.Programme([one(house, kind, end=1)])
    programme.step()
    assert len(programme.delivery.groups()[0]) == 0
    first = programme.delivery.offers[0].awarded
    programme.step()
    now = programme.delivery.offers[0].awarded
    slots, group = programme.delivery.groups()
    np.testing.assert_array_equal(np.sort(slots), np.sort(programme.firms.slot[first]))
    programme.step()
    slots, group = programme.delivery.groups()
    assert len(np.unique(slots)) == len(slots) == programme.total("awarded")
    for each in np.unique(group):
        members = programme.firms.county[slots[group == each]]
        assert len(members) < 10
        assert len(set(members)) == 1
        fellows = programme.firms.county[first if np.isin(slots[group == each], first).all() else now]
        assert len(members) >= 5 or len(members) == (fellows == members[0]).sum()
    programme.step()
    programme.step()
    assert len(programme.delivery.groups()[0]) == 0


def test_that_the_order_of_rows_changes_no_group(house):
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=40, group_size=4, extra_ties=2, duration=2)
    found = []
    for order in (np.arange(600), np.random.default_rng(3).permutation(600)):
        firms = house.make_firms()
        firms.reorder(order)
        programme = house.Programme([one(house, kind)], firms=firms)
        programme.step()
        slots, group = programme.delivery.groups()
        found.append(dict(zip(slots.tolist(), group.tolist(), strict=True)))
    assert found[0] == found[1]


def test_that_a_measure_with_no_capacity_left_moves_nothing_anywhere(house):
    """Zero strength is the baseline, whatever the form."""
    kinds = [
        house.stub(Form.AWARD, domains=("green",), multinational_links=20, testbed_slots=5, subsidy_share=0.5,
                   subsidy_cap=100),
        house.stub(Form.SYSTEM, name="robot_lift", aimed=True, capacity=1, fixed_cost=500, collateral_gain=0.2,
                   shared_data=0.3),
        house.stub(Form.AWARD, name="export_start", domains=("research",), research_grant=200, once=True),
    ]  # fmt: skip
    none = [one(house, kind, name=kind.name, settings={"capacity": 0}) for kind in kinds]
    programme = house.Programme(none, budget=Budget(per_year=10)).run(6)
    assert programme.delivery.ledger.outlay() == 0
    poor = [one(house, kind, name=kind.name, budget_per_year=0) for kind in kinds]
    programme = house.Programme(poor).run(5)
    spent = sum(programme.total(name) for name in ("unit_cost", "reserved", "fixed_cost"))
    assert spent == 0
    assert programme.delivery.components == house.Programme([]).run(5).delivery.components


@pytest.mark.parametrize("part", [0.25, 0.5])
def test_that_a_service_costs_and_does_as_much_as_is_staffed(house, part):
    found = []
    for capacity in (1, part):
        settings = {"capacity": capacity, "lag": 0}
        programme = house.Programme([house.measure("skills_matching", settings=settings)])
        gain = programme.step().county("matching_gain")
        cost = programme.total("fixed_cost")
        assert planned_cost(programme.delivery.running[0].measure, 0) == pytest.approx(cost / KSEK)
        found.append((cost, np.max(gain)))
    assert np.divide(*found[::-1]) == pytest.approx((part, part))


def test_that_the_fixed_cost_of_what_is_counted_one_by_one_is_for_all_of_it(house):
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=10, fixed_cost=1000)
    programme = house.Programme([one(house, kind, settings={"capacity": 4})])
    programme.step()
    assert programme.total("fixed_cost") == pytest.approx(250)


def test_that_a_service_paid_in_full_works_in_full_while_awards_shrink(house):
    service = house.stub(Form.SYSTEM, name="map_coordinate", capacity=1, fixed_cost=1000, mapping=0.4)
    uptake = house.stub(Form.AWARD, domains=("digital",), capacity=100, unit_cost=200)

    def mapped(per_year: float) -> tuple[float, float]:
        measures = [one(house, service, name="z"), one(house, uptake, name="a")]
        programme = house.Programme(measures, budget=Budget(per_year=per_year)).run(4)
        assert programme.total("awarded") < 4 * 50
        return programme.total("fixed_cost"), programme.delivery.components[0]

    alone = house.Programme([one(house, service)]).run(4)
    assert mapped(10) == (alone.total("fixed_cost"), alone.delivery.components[0])
    cost, mapping = mapped(4)
    assert cost < 1000
    assert 0.35 < mapping < alone.delivery.components[0]


def test_that_mixed_forms_stay_within_any_budget(house):
    kinds = [
        house.stub(Form.AWARD, domains=("research",), capacity=20, research_grant=200, duration=8, public_knowledge=4),
        house.stub(Form.AWARD, name="robot_lift", domains=("green", "digital"), capacity=12, subsidy_share=0.4,
                   subsidy_cap=400, duration=6, cross_county=0.2),
        house.stub(Form.SYSTEM, name="export_start", aimed=True, capacity=1, fixed_cost=3000, quit_factor=0.9),
        house.stub(Form.TRAINEE, name="training_at_work", domains=("training",), capacity=60, training_slots=0.01,
                   places_vocational=60, unit_cost_vocational=65, years_vocational=1.5),
    ]  # fmt: skip
    for per_year in (2, 10, 40):
        measures = [one(house, kind, name=kind.name) for kind in kinds]
        programme = house.Programme(measures, budget=Budget(per_year=per_year)).run(10, project_share=0.3)
        assert 0.5 * per_year * KSEK < programme.delivery.ledger.carried() <= per_year * 2.5 * KSEK * (1 + 1e-9)
