"""Pilots that are scaled up, and money that moves to what works."""

from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.learning import reallocated, scaled_quality
from simulator.delivery.parameters import DeliverySettings
from simulator.governance import GovernanceTargets
from simulator.interventions.declaration import Form
from simulator.interventions.target import Target

SHARED = GovernanceTargets(shared_data=1.0)
amounts = st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 10)), min_size=1, max_size=8)


def one(house, kind, name="mine", start=0, end=19, **more):
    return kind.measure(name=name, start=start, end=end, **more)


def pilot(house, name="digital_uptake", **numbers):
    return house.stub(Form.AWARD, name=name, domains=("digital",), capacity=8, success_gain=0.1, **numbers)


def scaling(house, **more):
    plain = {"capacity": 1, "fixed_cost": 1, "pilot_scaling": 0.5, "lag": 6}
    return house.stub(Form.SYSTEM, name="map_coordinate", **plain | more)


def offered(programme, quarters: int) -> list[list[float]]:
    """What each measure offered in each quarter."""
    found = []
    for _ in range(quarters):
        before = programme.column("offered").sum(axis=(1, 2))
        programme.step()
        programme.delivery.balance()
        found.append((programme.column("offered").sum(axis=(1, 2)) - before)[:-1].tolist())
    return found


def test_that_a_monitored_pilot_grows_each_year_from_its_seventh_quarter(house):
    measures = [one(house, pilot(house), name="a"), one(house, scaling(house), name="b")]
    mine = [each[0] for each in offered(house.Programme(measures, targets=SHARED), 16)]
    assert mine == pytest.approx([8] * 6 + [12] * 4 + [18] * 4 + [27] * 2)


def test_that_a_pilot_is_scaled_no_oftener_than_asked(house):
    measures = [one(house, pilot(house), name="a"), one(house, scaling(house, scalings=1), name="b")]
    mine = [each[0] for each in offered(house.Programme(measures, targets=SHARED), 16)]
    assert mine == pytest.approx([8] * 6 + [12] * 10)


def test_that_nobody_scales_what_nobody_monitors(house):
    measures = [one(house, pilot(house), name="a"), one(house, scaling(house), name="b")]
    mine = [each[0] for each in offered(house.Programme(measures), 12)]
    assert mine == pytest.approx([8] * 12)


def test_that_what_scaling_adds_works_less_well(house):
    assert scaled_quality(1.0, 0.15) == 1
    assert scaled_quality(2.0, 0.15) == pytest.approx(0.925)
    numbers = {"lag": 1, "duration": 1, "awareness": 0.5}
    measures = [one(house, pilot(house, **numbers), name="a"), one(house, scaling(house), name="b")]
    programme = house.Programme(measures, targets=SHARED)
    gains, told = [], []
    for _ in range(9):
        levers = programme.step()
        gains.append(np.max(levers.firm("success_gain", "digital")))
        told.append(np.max(levers.firm("awareness", "digital")))
    assert gains[1:7] == pytest.approx([0.1] * 6)
    assert gains[7:] == pytest.approx([0.095] * 2)
    assert told[5:7] == pytest.approx([0.5, 0.475])


def test_that_only_pilots_of_its_priorities_or_names_are_scaled(house):
    other = pilot(house, name="robot_lift", priority=3)
    pair = [one(house, pilot(house), name="a"), one(house, other, name="c")]
    by_priority = [*pair, one(house, scaling(house, pilots=(3,)), name="z")]
    assert offered(house.Programme(by_priority, targets=SHARED), 7)[6] == pytest.approx([8, 0, 12])
    named = [*pair, one(house, scaling(house), name="z", target=Target(measures=("a",)))]
    assert offered(house.Programme(named, targets=SHARED), 7)[6] == pytest.approx([12, 0, 8])


def test_that_the_best_pilots_are_those_with_most_awards_per_krona(house):
    dear, cheap = pilot(house, unit_cost=90), pilot(house, name="robot_lift", unit_cost=30)
    middle = pilot(house, name="export_start", unit_cost=60)
    for order in ([0, 1, 2], [2, 0, 1]):
        kinds = [dear, cheap, middle]
        measures = [one(house, kinds[i], name="abc"[i]) for i in order]
        programme = house.Programme([*measures, one(house, scaling(house, best=2), name="z")], targets=SHARED)
        after = dict(zip(programme.delivery.ledger.names, offered(programme, 11)[10], strict=True))
        assert after["a"] == pytest.approx(8)
        assert after["b"] == after["c"] == pytest.approx(18)


@given(amounts, st.floats(0, 0.5), st.floats(1, 3))
def test_that_reallocation_keeps_the_sum_and_moves_no_more_than_its_share(pairs, share, most):
    money, merit = (np.array(each, float) for each in zip(*pairs, strict=True))
    after = reallocated(money, merit, share, most * money)
    assert (after <= most * money * (1 + 1e-9) + 1e-9).all()
    assert after.sum() == pytest.approx(money.sum(), rel=1e-9, abs=1e-9)
    assert np.maximum(after - money, 0).sum() <= share * money.sum() * (1 + 1e-9) + 1e-9
    assert (after >= (1 - share) * money - 1e-9).all()


def running(house, share: float, turned: bool = False, limit: float = 2, second=MappingProxyType({}), **first):
    """Two measures of equal size, of which only the first makes firms take steps."""
    helping, idle = pilot(house, unit_cost=50, **first), pilot(house, name="robot_lift", unit_cost=50, **second)
    steer = house.stub(Form.SYSTEM, name="map_coordinate", capacity=1, reallocation=share)
    measures = [one(house, helping, name="a"), one(house, idle, name="b"), one(house, steer, name="z")]
    firms = house.make_firms(3000)
    firms.digital_level[:] = 0
    delivery = DeliverySettings(reallocation_limit=limit)
    programme = house.Programme(measures[::-1] if turned else measures, firms=firms, delivery=delivery)
    offers = []
    for _ in range(14):
        offers += offered(programme, 1)
        for offer in programme.delivery.offers:
            if offer.key.startswith("digital"):
                firms.digital_level[offer.awarded] = np.minimum(3, firms.digital_level[offer.awarded] + 1)
    return programme, np.array(offers), programme.delivery.ledger.names


def test_that_money_moves_to_what_makes_firms_step(house):
    _, offers, names = running(house, 0.2)
    good, poor = offers[:, names.index("a")], offers[:, names.index("b")]
    assert good[:4] == pytest.approx([8] * 4)
    assert good[4:8] == pytest.approx([9.6] * 4)
    assert poor[4:8] == pytest.approx([6.4] * 4)
    np.testing.assert_allclose(good + poor, 16, rtol=5e-3)  # slots are whole, money follows what they cost
    assert good[12] > good[8] > good[4]


def test_that_no_measure_grows_beyond_the_limit_of_its_plan(house):
    _, offers, names = running(house, 0.4, limit=1.25)
    good, poor = offers[:, names.index("a")], offers[:, names.index("b")]
    assert good[4:] == pytest.approx([10] * 10)
    assert poor[4:8] == pytest.approx([6] * 4)


def test_that_what_a_measure_only_planned_to_spend_does_not_move(house):
    programme, offers, names = running(house, 0.2, second={"contacts": 8})
    poor = names.index("b")
    spent = programme.column("unit_cost")[poor, :, 0].sum() / (4 * 8 * 50)
    assert 0 < spent < 0.5
    assert offers[4:8, names.index("a")] == pytest.approx([8 * (1 + 0.2 * spent)] * 4)
    assert offers[4:8, poor] == pytest.approx([6.4] * 4)


def test_that_what_the_state_mostly_pays_neither_gives_nor_takes_in_a_reallocation(house):
    _, offers, names = running(house, 0.2, state_share=1)
    assert (offers[:, names.index("a")] == 8).all()
    assert (offers[:, names.index("b")] == 8).all()


def test_that_a_national_programme_is_scaled_only_when_named(house):
    national = pilot(house, state_share=1)
    for named, expected in ((None, 8), (Target(measures=("a",)), 12)):
        measures = [one(house, national, name="a"), one(house, scaling(house), name="z", target=named)]
        programme = house.Programme(measures, targets=SHARED)
        assert offered(programme, 8)[7][programme.delivery.ledger.names.index("a")] == expected


def test_that_the_order_of_measures_changes_no_reallocation(house):
    straight, turned = running(house, 0.3), running(house, 0.3, turned=True)
    assert straight[2] == turned[2]
    np.testing.assert_array_equal(straight[1], turned[1])


def test_that_without_reallocation_nothing_moves(house):
    _, offers, names = running(house, 0.0)
    np.testing.assert_allclose(offers[:, [names.index("a"), names.index("b")]], 8)
