"""Visits to hubs: never over their slots, own field, own county first; added slots take no place from anybody."""

from __future__ import annotations

import numpy as np
import pytest
from test_knowledge import add_lever
from whole_model import TEACHING, build, watch

from simulator.interventions.levers import LeverValues
from simulator.transitions.testbeds import NOWHERE, Places, Visiting, admit, roads_to, visit_gain, visit_testbeds

P = Visiting()


def visits(crossing: float, rate: float = 20.0, slots: dict[str, float] | None = None, seed: int = 1):
    """Visits of a first quarter in which every firm considers a step."""
    run = build(seed=seed)._run
    run.world.firms.aware_digital[:] = True
    run.world.levers = LeverValues(run.world.firms.county, run.world.region.county)
    for name, value in (slots or {}).items():
        add_lever(run, name, value)
    return run.world, visit_testbeds(run.world, 1.0, crossing, Visiting(visit_rate=rate))


@pytest.mark.parametrize("crossing", [0.0, 0.35, 1.0])
def test_that_no_hub_takes_more_visits_than_it_has_slots(crossing):
    world, found = visits(crossing)
    hubs = world.region.hubs
    taken = np.bincount(found.hub, minlength=len(hubs.slots))
    assert (taken == hubs.slots).all()
    assert found.sought > 5 * taken.sum()
    assert len(set(found.rows.tolist())) == len(found.rows)
    assert (world.firms.testbed_quarters[found.rows] == 4).all()
    assert np.count_nonzero(world.firms.testbed_quarters) == len(found.rows)


def test_that_a_visit_is_in_the_firms_field():
    world, found = visits(1.0)
    assert world.region.hubs.fields[found.hub, world.firms.industry[found.rows]].all()


def test_that_without_work_across_borders_firms_stay_in_their_county():
    world, found = visits(0.0)
    assert (world.region.hubs.county[found.hub] == world.firms.county[found.rows]).all()
    world, found = visits(1.0)
    assert (world.region.hubs.county[found.hub] != world.firms.county[found.rows]).mean() > 0.1


def test_that_slots_of_a_measure_serve_only_those_who_found_none():
    _, alone = visits(0.3)
    world, more = visits(0.3, slots={"testbed_slots": 8.0, "bio_testbed_slots": 5.0})
    assert set(alone.rows.tolist()) <= set(more.rows.tolist())
    hubs = len(world.region.hubs.slots)
    added = np.bincount(more.hub[more.hub >= hubs] - hubs, minlength=6)
    assert added.tolist() == [8, 8, 8, 5, 5, 5]
    bio = world.region.industries.bioeconomy[world.firms.industry[more.rows[more.hub >= hubs + 3]]]
    assert bio.all()


def test_that_a_region_at_a_tenth_has_a_tenth_of_the_slots_on_average():
    counts, run = [], build(**TEACHING)._run
    for quarter in range(200):
        run.world.quarter = quarter
        run.world.firms.aware_digital[:] = True
        run.world.firms.testbed_quarters[:] = 0
        counts.append(len(visit_testbeds(run.world, 0.1, 1.0, Visiting(visit_rate=20.0)).rows))
    assert np.mean(counts) == pytest.approx(0.1 * run.world.region.hubs.slots.sum(), rel=0.15)


def test_that_nobody_visits_who_considers_nothing():
    run = build(**TEACHING)._run
    firms = run.world.firms
    for name in ("aware_digital", "aware_green", "aware_circular", "digital_project", "green_project"):
        getattr(firms, name)[:] = 0
    firms.circular_project[:] = 0
    assert not len(visit_testbeds(run.world, 1.0, 1.0, Visiting(visit_rate=20.0)).rows)


def test_that_a_visit_lasts_four_quarters(monkeypatch):
    seen = []
    watch(monkeypatch, "decide", lambda run: seen.append((run.notes.visits.rows.copy(), run.world.firms.slot.copy())))
    model = build(**TEACHING, **{"switches.firm_turnover": False})
    model.step()
    slots = seen[0][1][seen[0][0]]
    for left in (3, 2, 1, 0):
        assert (model.world.firms.testbed_quarters[model.world.row_of[slots]] == left).all()
        model.step()


def test_that_only_visitors_gain_success():
    firms = build(**TEACHING).world.firms
    firms.testbed_quarters[:3] = (4, 1, 0)
    assert visit_gain(firms, np.arange(3), P) == pytest.approx([0.08, 0.08, 0.0])


def test_that_the_nearer_and_larger_hub_is_sought_more_often():
    region = build().region
    here, there = region.names.index("Falun"), region.names.index("Malung-Sälen")
    fields = np.ones((2, len(region.industries.codes)), bool)
    places = Places(np.array([here, there]), region.county[[here, there]], np.array([4.0, 4.0]), fields)
    draws = (np.arange(1000) + 0.5) / 1000
    at, industry = np.full(1000, region.names.index("Borlänge")), np.zeros(1000, int)
    crossing = np.zeros(1000, bool)
    found = roads_to(places, region, 40.0).choose(at, industry, crossing, draws)
    weight = 4 * np.exp(-region.minutes[at[0], [here, there]] / 40.0)
    assert (found == 0).mean() == pytest.approx(weight[0] / weight.sum(), abs=0.002)
    elsewhere = np.full(1000, region.names.index("Karlstad"))
    assert (roads_to(places, region, 40.0).choose(elsewhere, industry, crossing, draws) == NOWHERE).all()


def test_that_places_go_to_the_lowest_ranks():
    hub = np.array([0, 0, 0, 1, NOWHERE, 1])
    rank = np.array([0.9, 0.1, 0.5, 0.7, 0.0, 0.2])
    assert admit(hub, rank, np.array([2, 1])).tolist() == [False, True, True, False, False, True]
    assert not admit(np.empty(0, int), np.empty(0), np.array([2, 1])).any()
