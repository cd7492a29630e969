"""Requirements of customers that are announced ahead."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, build

from simulator.economy.demand import Demand
from simulator.economy.drivers import Drivers
from simulator.interventions.levers import LeverValues
from simulator.quarter import become_aware
from simulator.transitions import adoption
from simulator.transitions.gates import DIGITAL
from simulator.transitions.requirements import announced, levels_ahead, profit_at_stake, share_lost
from simulator.transitions.steps import Setting

P = Demand()
DRIVERS = Drivers(first_requirement=2028.0, second_requirement=2029.0)


@pytest.fixture
def run():
    model = build(**TEACHING, **{"run.years": 3})
    for _ in range(2):
        model.step()
    run = model._run
    run.world.levers = LeverValues(run.world.firms.county, run.world.region.county)
    return run


def give_lead(world, rows, quarters: float) -> None:
    world.levers.add_firms("m", "requirement_lead", "", rows, np.full(len(rows), quarters, np.float32))


def test_that_the_level_ahead_follows_the_dates():
    assert levels_ahead(DRIVERS, 2027.0) == [0, 0, 0, 0, 1, 1, 1, 1, 2]
    assert levels_ahead(DRIVERS, 2030.0) == [2] * 9


def test_that_without_the_lever_suppliers_learn_of_a_requirement_when_it_is_in_force(run):
    world, firms = run.world, run.world.firms
    assert announced(world, levels_ahead(DRIVERS, 2027.0), P) == {}
    told = announced(world, levels_ahead(DRIVERS, 2028.0), P)
    expected = np.flatnonzero((firms.demand_chain > 0) & (firms.green_level < 1))
    assert told["green"].rows.tolist() == expected.tolist()
    give_lead(world, np.arange(10), 0.4)  # faded away
    assert announced(world, levels_ahead(DRIVERS, 2027.0), P) == {}


def test_that_only_suppliers_below_what_comes_within_their_lead_are_told(run):
    world = run.world
    firms = world.firms
    near, far = np.arange(0, firms.size, 2), np.arange(1, firms.size, 2)
    give_lead(world, near, 4)
    give_lead(world, far, 3)
    told = announced(world, levels_ahead(DRIVERS, 2027.0), P)
    for name, found in told.items():
        expected = near[(firms.demand_chain[near] > 0) & (getattr(firms, f"{name}_level")[near] < 1)]
        assert found.rows.tolist() == expected.tolist()
        assert len(found.rows)
        assert (found.profit > 0).all()
        assert (found.delay == 1).all()
    for switch in ("supply_chain", "market_coupling"):
        world.switches = type(world.switches)(**{switch: False})
        assert announced(world, levels_ahead(DRIVERS, 2027.0), P) == {}


def test_that_what_is_at_stake_is_shared_by_the_transitions_that_lack(run):
    world, firms = run.world, run.world.firms
    give_lead(world, np.arange(firms.size), 8)
    both = announced(world, [1] * 9, P)
    firms.green_level[:] = 1
    alone = announced(world, [1] * 9, P)["digital"]
    twice = np.intersect1d(both["digital"].rows, both["green"].rows)
    rows = np.arange(firms.size)
    years = np.full(firms.size, 6, np.float32)
    shared, whole = (told.stake(rows, firms.size, years) for told in (both["digital"], alone))
    assert len(twice)
    assert shared[twice] == pytest.approx(whole[twice] / 2)
    single = np.setdiff1d(both["digital"].rows, twice)
    assert shared[single] == pytest.approx(whole[single])


def test_that_the_orders_lost_grow_with_time_and_are_those_of_the_rule():
    years = np.array([1e-3, 1.0, 10.0], np.float32)
    lost = share_lost(0.03, years, np.zeros(3, np.float32))
    assert lost[0] == pytest.approx(0, abs=1e-4)
    path = np.exp(-0.12 * np.linspace(0, 10, 100_001))
    assert lost[2] == pytest.approx(1 - path.mean(), abs=1e-5)
    assert (np.diff(lost) > 0).all()
    assert profit_at_stake(np.array([100.0]), 0.4, 0.66)[0] == pytest.approx(0.34 * 0.4 * 400)


def test_that_what_comes_later_than_the_owner_looks_is_nothing_to_lose():
    years, delay = np.array([2.0, 2.0, 2.0, 6.0], np.float32), np.array([0.0, 1.0, 2.0, 2.0], np.float32)
    lost = share_lost(0.03, years, delay)
    assert (np.diff(lost[:3]) < 0).all()
    assert lost[2] == 0
    path = np.exp(-0.12 * np.maximum(np.linspace(0, 6, 60_001) - 2, 0))
    assert lost[3] == pytest.approx(1 - path.mean(), abs=1e-5)


def test_that_a_requirement_weighs_less_the_later_it_is_there_and_the_older_the_owner(run):
    world, firms = run.world, run.world.firms
    firms.digital_level[:] = 0
    give_lead(world, np.arange(firms.size), 8)
    now, later = (announced(world, levels_ahead(DRIVERS, date), P)["digital"] for date in (2028.0, 2026.5))
    assert (now.delay == 0).all()
    assert (later.delay == 1.5).all()
    worth = []
    for told in (now, later):
        firms.aware_digital = True
        setting = Setting(run.now, run.skill_need, 0.3, 0.0, run.notes.seen, announced={"digital": told})
        plain = Setting(run.now, run.skill_need, 0.3, 0.0, run.notes.seen)
        for age in (45, 69):
            firms.owner_age = age
            firms.succession = 1 if age == 45 else 0
            values = []
            for each in (setting, plain):
                proposal = adoption.propose(world, DIGITAL, each, run.rules.groups)
                values.append(dict(zip(proposal.rows.tolist(), proposal.value.tolist(), strict=True)))
            both = [values[0][row] / values[1][row] for row in told.rows.tolist() if row in values[1]]
            worth.append(np.mean(both))
    young, old, young_later, old_later = worth
    assert young > old > old_later > 1
    assert young > young_later > old_later


def test_that_who_is_told_considers_the_step_and_finds_it_worth_more(run):
    world, firms = run.world, run.world.firms
    give_lead(world, np.arange(firms.size), 8)
    told = announced(world, levels_ahead(run.drivers, run.now.calendar), P)
    world.switches = type(world.switches)(diffusion=False)
    plain = firms.aware_digital.copy()
    become_aware(run)
    rows = told["digital"].rows
    assert firms.aware_digital[rows[firms.digital_project[rows] == 0]].all()
    others = np.setdiff1d(np.arange(firms.size), rows)
    assert (firms.aware_digital[others] == plain[others]).all()
    wanted = []
    for known in ({}, told):
        setting = Setting(run.now, run.skill_need, 0.3, 0.0, run.notes.seen, announced=known)
        proposal = adoption.propose(world, DIGITAL, setting, run.rules.groups)
        wanted.append(dict(zip(proposal.rows.tolist(), proposal.value.tolist(), strict=True)))
    assert wanted[0].keys() <= wanted[1].keys()
    assert all(wanted[1][row] >= value for row, value in wanted[0].items())
    assert any(wanted[1][row] > value for row, value in wanted[0].items())


def test_that_a_lead_brings_suppliers_to_the_required_level_earlier():
    reached = []
    for lead in (0.0, 8.0):
        model = build(**{"run.years": 2.5})  # half a year after the date
        delivery = model._run.delivery
        plain = delivery.quarter

        def with_lead(*arguments, plain=plain, lead=lead):
            levers = plain(*arguments)
            levers.add_region("m", "requirement_lead", lead)
            return levers

        delivery.quarter = with_lead
        model.run()
        suppliers = model.world.firms.demand_chain > 0
        reached.append((model.world.firms.digital_level[suppliers] >= 1).mean())
    assert reached[1] > reached[0] + 0.01
