from dataclasses import replace

import numpy as np
import pytest
from labour_world import RURAL, STILL, ZONES, world

from simulator.agents.people import EMPLOYED, LATE, SEARCHING, People
from simulator.agents.switches import Switches
from simulator.economy.labour_market import release, take_from_pool
from simulator.economy.labour_rules import LabourMarket, later_retirement
from simulator.economy.labour_start import Pool, initial_vacancies


def test_that_a_region_of_frozen_demand_stands_still_for_sixty_quarters():
    place = world(replace(STILL, rural_appeal=0.0))
    cells, wages = place.people.cells.copy(), place.state.wages.copy()
    start = place.quarter().vacancies
    for _ in range(59):
        flows = place.quarter()
    assert flows.vacancies.sum(axis=0) == pytest.approx(start.sum(axis=0), rel=1e-3)
    assert flows.vacancies == pytest.approx(start, rel=1e-2)
    assert place.state.wages == pytest.approx(wages, rel=1e-3)
    by_status = (0, 1, 2, 3, 4)
    assert place.people.cells.sum(axis=by_status) == pytest.approx(cells.sum(axis=by_status), rel=5e-4)


def test_that_people_are_conserved_and_the_employed_are_the_staff_every_quarter():
    place = world(LabourMarket())
    draw = np.random.default_rng(1)
    for _ in range(20):
        before = place.people.total()
        place.desired = place.desired * draw.uniform(0.7, 1.3, place.firms.size).astype(np.float32)
        place.quarter()
        assert place.people.total() == pytest.approx(before, rel=1e-9)
        assert place.people.employed() == pytest.approx(place.staff_by_zone(), rel=1e-6)
        assert place.people.cells.min() >= 0
        commuters = place.state.commuters.sum(axis=2).T
        assert commuters == pytest.approx(place.people.employed(), rel=1e-6)


def test_that_hires_of_firms_and_anchors_equal_matches():
    place = world(LabourMarket())
    staff = place.staff_by_zone()
    flows = place.quarter()
    gone = flows.quits + flows.retirements + flows.poached + flows.layoffs
    assert (place.staff_by_zone() - staff + gone).sum() == pytest.approx(flows.matches.sum(), rel=1e-5)
    assert (flows.matches < flows.vacancies).all()


def test_that_retirement_takes_people_out_unless_the_population_is_constant():
    place = world()
    place.constant = False
    before = place.people.total()
    flows = place.quarter()
    assert place.people.total() == pytest.approx(before - flows.retirements.sum(), rel=1e-9)


def test_that_without_a_labour_pool_nobody_is_hired_and_nobody_is_negative():
    place = world(LabourMarket(searching_at_work=0.0))
    place.people.cells[..., SEARCHING] = 0
    place.people.cells[..., EMPLOYED + 2] = 0
    place.state.finding_hazard[:] = 0
    flows = place.quarter()
    assert (flows.matches == 0).all()
    assert place.people.cells.min() >= 0
    assert (place.firms.staff >= 0).all()


def test_that_an_empty_region_survives():
    place = world()
    place.people = People(np.zeros_like(place.people.cells), {})
    place.firms.staff = 0
    place.anchors.staff = 0
    flows = place.quarter()
    assert flows.matches.sum() == 0
    assert np.isfinite(place.state.wages).all()


def test_that_growing_demand_raises_wages_and_vacancies():
    calm, busy = world(), world()
    busy.desired = busy.desired * np.float32(1.2)
    for _ in range(8):
        calm_flows, busy_flows = calm.quarter(), busy.quarter()
    assert busy_flows.vacancies.sum() > calm_flows.vacancies.sum()
    assert busy.state.wages.mean() > calm.state.wages.mean()
    assert busy.people.cells[..., SEARCHING].sum() < calm.people.cells[..., SEARCHING].sum()


def test_that_rural_employers_fill_fewer_vacancies():
    place = world()
    staff = place.firms.staff.copy()
    place.desired = staff * np.float32(1.3)
    place.quarter()
    town = (place.firms.zone == 0) & ~RURAL[place.firms.municipality]
    country = (place.firms.zone == 0) & RURAL[place.firms.municipality]
    growth = place.firms.staff.sum(axis=0) / staff.sum(axis=0)
    assert growth[country].mean() < growth[town].mean()


def test_that_a_quit_lever_on_some_firms_keeps_their_people_and_the_accounts():
    plain, helped = world(), world()
    factor = np.ones(helped.firms.size, np.float32)
    factor[:100] = 0.5
    helped.levers.values["quit_factor"] = factor
    plain_flows, helped_flows = plain.quarter(), helped.quarter()
    assert helped_flows.quits.sum() < plain_flows.quits.sum()
    assert helped.people.employed() == pytest.approx(helped.staff_by_zone(), rel=1e-6)
    assert helped_flows.layoffs.sum() == pytest.approx(plain_flows.layoffs.sum(), abs=0.01)


def test_that_better_matching_and_longer_commutes_change_what_is_filled():
    plain, matched, commuting = world(), world(), world()
    matched.levers.values["matching_gain"] = 0.3
    commuting.levers.values["commuting_gain"] = 30.0
    flows = [place.quarter() for place in (plain, matched, commuting)]
    assert flows[1].matches.sum() > flows[0].matches.sum()
    assert np.abs(flows[2].searchers - flows[0].searchers).max() > 1


def test_that_a_cut_coupling_fills_every_vacancy_and_leaves_people_and_wages_alone():
    place = world(LabourMarket())
    place.switches = Switches(labour_coupling=False)
    cells = place.people.cells.copy()
    flows = place.quarter()
    assert flows.matches == pytest.approx(flows.vacancies)
    assert (place.people.cells == cells).all()
    assert (place.state.wages == 1).all()
    granted = np.ones((5, 2), np.float32)
    zone = np.array([0, 1])
    assert take_from_pool(place.people, place.state, granted, zone, place.parameters, place.switches) is granted
    release(place.people, place.state, granted, zone, place.switches)
    assert (place.people.cells == cells).all()


def test_that_row_order_does_not_matter():
    place, shuffled = world(LabourMarket()), world(LabourMarket())
    order = np.random.default_rng(3).permutation(place.firms.size)
    shuffled.firms.reorder(order)
    shuffled.desired = shuffled.desired[:, order]
    for _ in range(5):
        first, second = place.quarter(), shuffled.quarter()
    assert second.matches == pytest.approx(first.matches, rel=1e-5)
    assert shuffled.state.wages == pytest.approx(place.state.wages, rel=1e-6)


def test_that_staff_of_closed_firms_look_for_work():
    place = world()
    before = place.people.cells.copy()
    rows = np.arange(7)
    staff = place.firms.staff[:, rows].copy()
    freed = release(place.people, place.state, staff, place.firms.zone[rows], place.switches)
    place.firms.drop(rows)
    assert freed.sum() == pytest.approx(staff.sum(), rel=1e-6)
    assert place.people.total() == pytest.approx(before.sum())
    assert place.people.employed() == pytest.approx(place.staff_by_zone(), rel=1e-6)
    assert place.people.cells[..., SEARCHING].sum() - before[..., SEARCHING].sum() == pytest.approx(freed.sum())


def test_that_new_firms_take_at_most_half_of_the_searchers():
    place = world()
    searching = place.people.cells[..., SEARCHING].sum(axis=(2, 3, 4))
    wanted = np.zeros((5, 3), np.float32)
    wanted[0] = (1e6, 2.0, 1e6)
    granted = take_from_pool(place.people, place.state, wanted, np.array([0, 1, 0]), place.parameters, place.switches)
    assert granted[0, 0] + granted[0, 2] == pytest.approx(searching[0, 0] / 2, rel=1e-5)
    assert granted[0, 1] == 2
    left = place.people.cells[..., SEARCHING].sum(axis=(2, 3, 4))
    assert left[0, 0] == pytest.approx(searching[0, 0] / 2, rel=1e-5)
    assert place.people.cells.min() >= 0


def test_that_the_start_matches_what_losses_need():
    place = world(LabourMarket())
    employed = place.people.employed()
    searching = place.people.cells[..., SEARCHING].sum(axis=(2, 3, 4))
    assert searching == pytest.approx(Pool().searching * employed)
    assert place.people.cells[..., EMPLOYED + 2].sum(axis=(2, 3, 4)) == pytest.approx(employed)
    assert place.people.cells[:, :, LATE, :, :, EMPLOYED].sum() / employed.sum() == pytest.approx(0.25)
    hired = ((place.state.weights @ _finding(place)) * searching).sum()
    losses = 0.09 * 0.025 + 0.33 * (0.025 + 0.012) + 0.25 * (0.012 + 0.021) + place.parameters.job_loss_start
    assert hired == pytest.approx(losses * employed.sum(), rel=1e-9)
    assert 0.7 < np.average(place.state.fill, weights=employed) < 0.9
    rate = initial_vacancies(place.firms.staff, place.firms.zone, place.state, place.people, place.parameters)
    assert 0.04 < rate.sum() / place.firms.staff.sum() < 0.06


def _finding(place):
    employed = place.people.employed()
    searching = place.people.cells[..., SEARCHING].sum(axis=(2, 3, 4))
    searchers = place.state.weights.T @ (searching + place.parameters.searching_at_work * employed)
    return place.state.tightness_start * place.state.fill * searchers / searchers


def test_that_an_isolated_zone_fills_about_four_of_five_vacancies_at_the_start():
    place = world(LabourMarket(), minutes=np.full((ZONES, ZONES), 1e4) * (1 - np.eye(ZONES)))
    vacancies = place.state.tightness_start.T @ np.ones(ZONES) / ZONES
    assert vacancies.shape == (5,)
    offered = place.state.tightness_start * (0.1 * place.people.employed())
    assert (place.state.fill * offered).sum() / offered.sum() == pytest.approx(0.81, abs=0.02)


def test_that_people_who_work_longer_retire_more_slowly():
    assert later_retirement(0.021, 0.05, 0) == pytest.approx(0.021)
    assert later_retirement(0.021, 0.05, 10) == pytest.approx(1 / (1 / 0.021 + 2))
    assert later_retirement(0.0, 0.05, 10) == 0


def test_that_a_pool_without_searchers_is_refused_at_the_start():
    with pytest.raises(ValueError, match="searching"):
        world(replace(STILL, searching_at_work=0.0), Pool(searching=0.01))
