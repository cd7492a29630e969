"""What firms know and research when they enter: county totals are met, nothing drifts, new firms know little."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, build, ran, with_lever

from simulator.transitions import innovation
from simulator.transitions.innovation import Innovation
from simulator.transitions.learning import gain_knowledge

P = Innovation()


@pytest.fixture(scope="module")
def start():
    return build()._run.start


@pytest.mark.parametrize("overrides", [{}, {"run.scale": 0.3}, TEACHING, {"region.seed": 3}])
def test_that_small_firms_make_a_fifth_of_each_countys_research(overrides):
    model = build(**overrides)
    firms, region = model.world.firms, model.region
    spent = np.bincount(firms.county, firms.rd_spending, len(region.county_codes)) * 4 / 1000
    target = 0.2 * region.business_rd * overrides.get("run.scale", 1.0)
    assert spent == pytest.approx(target, rel=1e-3)
    assert firms.rd_intensity.max() <= 0.2 + 1e-6


def test_that_research_is_what_intensity_and_sales_make_it(start):
    firms = start.firms
    np.testing.assert_allclose(firms.rd_spending, firms.rd_intensity * firms.sales * firms.rd_performer, rtol=1e-5)
    klass = (firms.employment >= 10).astype(int) + (firms.employment >= 50)
    shares = [firms.rd_performer[klass == code].mean() for code in range(3)]
    assert shares == pytest.approx([0.17, 0.40, 0.70], abs=0.06)


def test_that_knowledge_without_research_starts_about_five_per_worker(start):
    firms = start.firms
    known = firms.knowledge / firms.employment
    assert known[~firms.rd_performer & ~firms.university_link].mean() == pytest.approx(5, abs=1.5)
    assert 40 < known[firms.rd_performer].mean() < 120


def test_that_an_old_population_stands_exactly_still():
    """With every firm long settled a quarter of learning changes nobody's knowledge."""
    model = build(**{"parameters.population.growth_to_size": 0.02, "parameters.demography.entrant_size.least": 0.5,
                     "parameters.demography.mean_age": 200})  # fmt: skip
    world = model.world
    firms = world.firms
    before = firms.knowledge.copy()
    skilled = firms.composition[1:4].sum(0)
    known = before / firms.employment
    firms.absorptive_capacity = innovation.absorptive_capacity(known, skilled, firms.management, P)
    settled = (firms.age > 250) & (firms.employment > 4)
    after = gain_knowledge(world, model._run.start.known, P) * firms.employment
    assert settled.sum() > 500
    change = (after - before)[settled].sum() / before[settled].sum()
    assert abs(change) < 0.005  # sales stand in for capacity, so that single firms differ by a little


def test_that_new_firms_know_little_and_follow_the_same_rules(start):
    cohort = start.nursery.cohort(3).firms
    np.testing.assert_allclose(cohort.knowledge / cohort.employment, P.knowledge_without_rd, rtol=1e-5)
    assert 0.03 < cohort.rd_performer.mean() < 0.3
    assert np.array_equal(cohort.rd_performer, cohort.rd_in_costs)
    assert cohort.slot[0] == start.firms.size + 3 * start.most_entrants
    assert 0 < cohort.new_product_share.mean() < start.firms.new_product_share.mean()
    assert np.median(cohort.rd_intensity) == pytest.approx(np.median(start.firms.rd_intensity), rel=0.5)


def test_that_knowledge_research_and_novelty_hardly_drift():
    firms = {years: ran("constant", **{"run.years": years}).world.firms for years in (0.25, 8)}
    for name in ("absorptive_capacity", "rd_performer", "new_product_share"):
        first, last = (float(getattr(firms[years], name).mean()) for years in (0.25, 8))
        assert last == pytest.approx(first, rel=0.1), name


def test_that_spin_offs_come_on_top_and_leave_the_luck_of_others_alone(monkeypatch):
    apart = {f"switches.{name}": False for name in (
        "market_coupling", "labour_coupling", "peer_effects", "supply_chain", "governance")}  # fmt: skip
    without = ran(**TEACHING, **{"run.years": 2}, **apart)
    model = with_lever(monkeypatch, "spin_offs", 20.0, **{"run.years": 2}, **apart)
    here, there = model.world.firms, without.world.firms
    more = np.setdiff1d(here.slot, there.slot)
    assert len(np.setdiff1d(there.slot, here.slot)) == 0
    assert 2 <= len(more) <= 40
    rows = model.world.row_of[more]
    assert here.university_link[rows].mean() > 0.5  # links end with time
    assert here.rd_performer[rows].all()  # they live of it, whatever others of their size do
    common = np.intersect1d(here.slot, there.slot)
    for name in ("idiosyncratic", "knowledge", "sales", "digital_level"):
        one, other = (getattr(m.world.firms, name)[m.world.row_of[common]] for m in (model, without))
        assert np.array_equal(one, other), name
