"""R&D: who performs it, how much it is, what grants and reliefs add and who pays (Model text 4.3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from whole_model import TEACHING, build, ran, watch

from simulator.interventions.levers import LeverValues
from simulator.transitions.research import (
    Research,
    anchor_research,
    answer_to_grant,
    grants_in_force,
    intensity_scale,
    participation,
    plan_research,
    reliefs_in_force,
)

P = Research()


@pytest.fixture
def run():
    """A run in which nobody moves a lever, at its start."""
    run = build(**TEACHING)._run
    run.world.levers = LeverValues(run.world.firms.county, run.world.region.county)
    return run


def test_that_participation_is_the_formula_and_grows_with_size_and_capacity():
    size = np.log(np.array([4.0, 20.0, 100.0]))
    found = participation(size, np.full(3, 0.4), False, P)
    assert found == pytest.approx(1 / (1 + np.exp(3.2 - 0.8 * size - 0.4)), rel=1e-5)
    assert (np.diff(found) > 0).all()
    assert (participation(size, np.full(3, 0.5), False, P) > found).all()
    assert (participation(size, np.full(3, 0.4), True, P) > found).all()


def test_that_who_performs_with_less_capacity_performs_with_more(run):
    """The taste lasts: raising capacity never makes a firm stop."""
    firms, world = run.world.firms, run.world
    taste = world.traits.of("research.taste", 0, firms.slot)
    size = np.log(firms.employment)
    performers = [taste < participation(size, np.full(firms.size, ac), False, P) for ac in (0.1, 0.4, 0.9)]
    assert not (performers[0] & ~performers[1]).any()
    assert not (performers[1] & ~performers[2]).any()
    assert performers[2].sum() > performers[0].sum() > 0


def test_that_scaled_research_meets_the_target_of_each_county_also_with_a_limit():
    rng = np.random.default_rng(2)
    raw, sales, county = rng.lognormal(-4, 0.8, 500), rng.lognormal(6, 1, 500), rng.integers(0, 3, 500)
    raw[county == 2] = 0
    target = np.array([2000.0, 9000.0, 50.0])
    scale = intensity_scale(raw, sales, county, target, 0.2)
    total = np.bincount(county, np.minimum(scale[county] * raw, 0.2) * sales, 3)
    assert total == pytest.approx([2000, 9000, 0], rel=1e-4)
    assert scale[2] == 1


def test_that_a_grant_adds_its_factor_by_size():
    added = answer_to_grant(np.array([4.0, 20.0, 100.0]), np.full(3, 100.0), P)
    assert added == pytest.approx([115, 100, 60])


def test_that_a_grant_raises_research_by_alpha_times_itself_and_the_firm_pays_the_rest(run):
    world = run.world
    before, spent = plan_research(world, P), world.firms.rd_spending.copy()
    rows = np.arange(0, world.firms.size, 3)
    world.levers.add_firms("test", "research_grant", "", rows, np.full(len(rows), 400, np.float32))
    after = plan_research(world, P)
    more = answer_to_grant(world.firms.employment[rows], np.full(len(rows), 100.0), P)
    np.testing.assert_allclose(world.firms.rd_spending[rows] - spent[rows], more, rtol=1e-2)
    np.testing.assert_allclose(after.cost[rows] - before.cost[rows], more - 100, rtol=1e-4, atol=1e-2)
    others = np.setdiff1d(np.arange(world.firms.size), rows)
    assert np.array_equal(world.firms.rd_spending[others], spent[others])
    paid_rows, paid = grants_in_force(after)
    assert np.array_equal(paid_rows, rows)
    assert paid == pytest.approx(100)
    assert not len(grants_in_force(before)[0])


@pytest.mark.parametrize("elasticity", [0.0, 1.0, 2.6])
def test_that_a_relief_raises_research_by_its_elasticity_and_the_state_pays_its_share(run, elasticity):
    rules, world = replace(P, cost_elasticity=elasticity), run.world
    plan_research(world, rules)
    before = world.firms.rd_spending.copy()
    world.levers.add_region("test", "research_cost_relief", 0.1)
    after = plan_research(world, rules)
    spent = world.firms.rd_spending
    np.testing.assert_allclose(spent, before * (1 + 0.1 * elasticity), rtol=1e-5)
    rows, forgone = reliefs_in_force(after)
    np.testing.assert_allclose(forgone, 0.1 * spent[rows], rtol=1e-5)
    covered = spent - after.cost - before
    np.testing.assert_allclose(covered[rows], forgone, rtol=1e-2, atol=1e-2)


def test_that_research_of_the_start_costs_nothing_more_and_a_change_is_paid_or_saved(run):
    world, firms = run.world, run.world.firms
    assert not plan_research(world, P).cost.any()
    own = firms.rd_intensity * firms.sales
    starter, stopper = np.flatnonzero(~firms.rd_performer)[0], np.flatnonzero(firms.rd_performer)[0]
    firms.rd_performer[starter], firms.rd_performer[stopper] = True, False
    cost = plan_research(world, P).cost
    assert cost[starter] == own[starter] > 0
    assert cost[stopper] == -own[stopper] < 0
    assert np.count_nonzero(cost) == 2


def test_that_what_research_costs_is_missing_from_profit(monkeypatch):
    """Profit falls by the full cost, value added and wages do not."""
    books = []

    def charge(run):
        books.append(run.notes.books)

    models = []
    for cost in (0.0, 25.0):
        with monkeypatch.context() as patch:
            watch(patch, "decide", lambda run, cost=cost: run.notes.research.cost.__iadd__(np.float32(cost)))
            watch(patch, "settle", charge)
            model = build(**TEACHING)
            model.step()
            models.append(model)
    np.testing.assert_allclose(books[0].profit - books[1].profit, 25, rtol=1e-2, atol=0.3)
    assert np.array_equal(books[0].value_added, books[1].value_added)


def test_that_anchors_make_the_rest_of_each_countys_research(run):
    world, region = run.world, run.world.region
    spent = anchor_research(world.anchors, region, 1.0, 1.0, P)
    by_county = np.bincount(region.county[world.anchors.municipality], spent, len(region.county_codes))
    assert by_county == pytest.approx(0.8 * region.business_rd * 1000 / 4, rel=1e-5)
    world.anchors.employment[0] *= 0.5
    assert anchor_research(world.anchors, region, 1.0, 1.0, P)[0] == pytest.approx(0.5 * spent[0])


def test_that_firms_seldom_start_and_stop_research():
    """Of those who stop, few start again within three years: the decision does not flicker."""
    model = ran("constant", **{"run.years": 6, "record.events": True})
    starts: dict[int, int] = {}
    for _, event, slots, _ in model.world.events.entries:
        if event == "started_rd":
            for slot in slots.tolist():
                starts[slot] = starts.get(slot, 0) + 1
    again = np.array(list(starts.values()))
    assert len(again) > 80
    assert (again > 1).mean() < 0.05
    assert len(again) / model.world.firms.size < 0.25
