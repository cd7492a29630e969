"""The first population and those who follow it (Model text 1.5, 1.7, 4.2)."""

import numpy as np
import pytest

from simulator.model import TransitionModel
from simulator.population.nursery import AHEAD
from simulator.population.start import evenly
from simulator.quarter import inputs_left


@pytest.fixture(scope="module")
def start():
    return TransitionModel("baseline", **{"run.years": 1})._run.start


def test_that_each_industry_has_the_productivity_of_its_table(start):
    firms = start.firms
    region = TransitionModel("baseline", **{"run.years": 1}).region
    level = np.exp(firms.log_productivity.astype(float))
    for code, capacity in enumerate(region.industries.sales_capacity):
        own = firms.industry == code
        assert np.average(level[own], weights=firms.employment[own]) == pytest.approx(capacity, rel=1e-4)


def test_that_staff_adds_up_and_demand_is_what_desired_staff_could_make(start):
    firms = start.firms
    assert firms.staff.sum(0) == pytest.approx(firms.employment, rel=1e-5)
    total = firms.demand_home + firms.demand_chain + firms.demand_export
    capacity = np.exp(firms.log_productivity) * firms.employment
    assert total == pytest.approx(capacity * (1 + firms.shortage), rel=1e-4)
    assert (firms.demand_chain > 0).sum() == firms.supplier.sum()
    assert np.array_equal(firms.demand_export > 0, firms.exporting)


def test_that_labour_has_its_share_of_value_added_in_every_industry(start):
    region = TransitionModel("baseline", **{"run.years": 1}).region
    firms, facts = start.firms, region.industries
    count = len(facts.codes)
    value = np.bincount(firms.industry, facts.value_added_share[firms.industry] * firms.sales, count)
    ebitda = np.bincount(firms.industry, firms.ebitda_year / 4, count)
    assert 1 - ebitda / value == pytest.approx(facts.labour_share, rel=1e-3)


def test_that_value_added_has_its_share_of_sales_in_every_industry():
    """With what first firms save by green and circular levels, before anything has happened."""
    model = TransitionModel("constant")
    run, firms, industries = model._run, model.world.firms, model.region.industries
    left, now = inputs_left(run), run.now
    rate = industries.material_intensity[firms.industry] * left.material + run.start.services[firms.industry]
    rate += now.electricity_price / 1e3 * firms.energy_intensity * left.energy
    rate += now.carbon_cost / 1e6 * firms.carbon_intensity * left.carbon
    spent, sold = (np.bincount(firms.industry, part) for part in (rate * firms.sales, firms.sales))
    assert 0.98 < left.material.mean() < 0.995
    np.testing.assert_allclose(1 - spent / sold, industries.value_added_share, rtol=1e-4)


def test_that_exporters_of_the_start_are_those_of_the_surveys(start):
    """Manufacturing by size: 13, 40 and 75 %, within 7 points (pattern V11, class split by judgement)."""
    firms = start.firms
    maker = firms.industry < 10
    klass = (firms.employment >= 10).astype(int) + (firms.employment >= 50)
    shares = [firms.exporting[maker & (klass == code)].mean() for code in range(3)]
    assert shares == pytest.approx([0.13, 0.40, 0.75], abs=0.07)


def test_that_order_books_hold_the_chain_demand_of_suppliers(start):
    assert start.anchors.orders_start.sum() == pytest.approx(start.firms.demand_chain.sum(), rel=1e-4)
    weight = np.bincount(start.chain.anchor, start.chain.weight, start.anchors.size)
    assert weight[np.unique(start.chain.anchor)] == pytest.approx(1, rel=1e-5)


def test_that_another_region_seed_draws_other_firms_and_the_same_seed_the_same():
    draws = [TransitionModel("baseline", **{"run.years": 1, "region.seed": seed}).world.firms for seed in (1, 1, 2)]
    assert np.array_equal(draws[0].employment, draws[1].employment)
    assert not np.array_equal(draws[0].employment, draws[2].employment)


def test_that_cohorts_do_not_depend_on_when_they_are_asked_for(start):
    late = start.nursery.cohort(2 * AHEAD + 3).firms.employment.copy()
    start.nursery._blocks.clear()
    assert np.array_equal(start.nursery.cohort(2 * AHEAD + 3).firms.employment, late)
    assert not np.array_equal(start.nursery.cohort(0).firms.employment, late)


def test_that_new_firms_are_small_young_home_firms(start):
    firms = start.nursery.cohort(5).firms
    assert ((firms.employment >= 2) & (firms.employment < 5)).all()
    assert not firms.exporting.any()
    assert not firms.age.any()
    assert (firms.digital_level >= 1).mean() == pytest.approx(0.9, abs=0.1)


def test_that_systematic_draws_have_the_expected_number_and_fair_chances():
    chance = np.linspace(0, 0.5, 101)
    draws = np.array([evenly(chance, draw) for draw in np.linspace(0, 0.999, 400)])
    counts = draws.sum(1)
    assert set(counts) <= {int(chance.sum()), int(chance.sum()) + 1}
    assert draws.mean(0) == pytest.approx(chance, abs=0.01)


def test_that_some_firms_of_the_start_gave_up_export_within_the_last_year(start):
    firms = start.firms
    recent = ~firms.exporting & (firms.quarters_since_export <= 4)
    assert 0.02 < recent.sum() / firms.exporting.sum() < 0.15
