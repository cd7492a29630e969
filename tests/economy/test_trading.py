"""What measures make of home demand: gains of some firms, and tenders on merit."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, build, switched_off

from simulator import quarter
from simulator.economy import demand
from simulator.interventions.levers import LeverValues


def before_demand(**overrides):
    """A run that stands before step 9 of its fifth quarter, with no lever moved."""
    model = build(**{**TEACHING, "run.years": 3, **overrides})
    for _ in range(4):
        model.step()
    run = model._run
    for block in ("read_drivers", "move_people", "finish_projects", "see_others", "offer_measures", "become_aware",
                  "decide"):  # fmt: skip
        getattr(quarter, block)(run)
    return run


def sold(run, **levers) -> np.ndarray:
    """Home demand after step 9 with levers: a number for the region, or (rows, value)."""
    world = run.world
    values = LeverValues(world.firms.county, world.region.county)
    for name, value in levers.items():
        if isinstance(value, float):
            values.add_region("m", name, value)
        else:
            values.add_firms("m", name, "", value[0], np.full(len(value[0]), value[1], np.float32))
    world.levers = values
    quarter.meet_demand(run)
    return world.firms.demand_home.astype(float)


ROWS = np.arange(0, 40)


@pytest.mark.parametrize("coupled", [True, False])
def test_that_a_gain_adds_exactly_the_demand_of_the_firms_it_is_for(coupled):
    off = {} if coupled else switched_off("market_coupling")
    plain, helped = sold(before_demand(**off)), sold(before_demand(**off), home_demand_gain=(ROWS, 0.05))
    others = np.setdiff1d(np.arange(len(plain)), ROWS)
    assert helped[ROWS] == pytest.approx(1.05 * plain[ROWS], rel=1e-6)
    assert (helped[others] == plain[others]).all()


def test_that_a_gain_does_not_grow_on_itself_and_goes_with_the_measure():
    plain, helped = before_demand(), before_demand()
    for run in (plain, helped):
        for _ in range(3):  # the same quarter again: only demand moves
            sold(run, **({"home_demand_gain": (ROWS, 0.1)} if run is helped else {}))
    others = np.setdiff1d(np.arange(plain.world.firms.size), ROWS)
    ratio = helped.world.firms.demand_home / plain.world.firms.demand_home
    assert ratio[ROWS] == pytest.approx(1.1, rel=1e-5)
    assert ratio[others] == pytest.approx(1, rel=1e-5)
    assert sold(helped) == pytest.approx(sold(plain), rel=1e-5)
    assert not len(helped.markets.lift)


def test_that_tenders_on_merit_leave_the_market_as_it_is():
    plain, run = sold(before_demand()), before_demand()
    firms = run.world.firms
    firms.new_product_share = np.linspace(0, 0.2, firms.size)
    firms.green_level = (np.arange(firms.size) % 9 == 0) * 2
    again = before_demand()
    again.world.firms.new_product_share = firms.new_product_share
    base = sold(again)  # new products move demand by themselves
    shared = sold(run, tendered_innovation=0.3, tendered_green=0.3, procurement_merit=(ROWS, 1.0))
    count = len(run.markets.home_start)
    assert np.bincount(firms.industry, shared, count) == pytest.approx(
        np.bincount(firms.industry, base, count), rel=1e-6
    )
    assert base.sum() == pytest.approx(plain.sum(), rel=1e-6)
    helped = np.zeros(firms.size, bool)
    helped[ROWS] = True
    ratio = shared / base
    assert ratio[helped].mean() > 1
    assert ratio[(firms.green_level >= 2) & ~helped].mean() > 1 > ratio[(firms.green_level < 2) & ~helped].mean()
    assert ratio.min() >= 1 - 2 * 0.15 * 0.3 - 1e-6


def test_that_tenders_ask_nothing_where_nobody_has_merit():
    plain = sold(before_demand())
    run = before_demand()
    assert not (run.world.firms.green_level >= 2).all()
    run.world.firms.green_level[:] = 0
    assert sold(run, tendered_green=0.3) == pytest.approx(plain, rel=1e-6)


def test_that_more_is_procured_with_more_tenders_and_its_sum_is_the_declared_share():
    few, many = before_demand(), before_demand()
    home = sold(few).sum()
    sold(many, tendered_innovation=0.04)
    p = few.rules.groups.demand
    assert few.notes.procured.sum() == pytest.approx(p.public_share * p.tendered_share * home, rel=1e-5)
    assert many.notes.procured.sum() == pytest.approx(p.public_share * (p.tendered_share + 0.04) * home, rel=1e-5)


def test_that_a_merit_of_nobody_weighs_nothing_and_ratios_average_to_one():
    weight, industry = np.array([1.0, 3.0, 5.0, 2.0], np.float32), np.array([0, 0, 2, 2])
    ratio = demand.merit_ratio(weight, np.array([0.0, 0.0, 1.0, 0.0], np.float32), industry, 3)
    assert ratio[:2] == pytest.approx(1)
    assert (weight * ratio)[2:].sum() == pytest.approx(7)
    assert ratio[3] == 0


def test_that_less_leakage_keeps_orders_in_the_region():
    late = {"drivers.first_requirement": 2020, "drivers.second_requirement": 2021}
    kept = []
    for change in (0.0, -0.1, -0.2):
        run = before_demand(**late)
        sold(run, **({"leakage_change": change} if change else {}))
        kept.append(run.world.anchors.orders_kept.sum(dtype=float))
    assert kept[0] < kept[1] < kept[2]
