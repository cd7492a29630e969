"""Totals over runs, prices and synergy on made-up arms with known answers."""

import numpy as np
import pytest

from simulator.analysis.kinds import Verdict, verdict
from simulator.analysis.pairs import Arm, accumulated, discounted, effects
from simulator.analysis.synergy import synergy
from simulator.analysis.worth import (
    DISCOUNT,
    OUTCOMES,
    Basis,
    additional,
    price_of,
    research_additionality,
    return_to_coordination,
)
from simulator.ensemble.statistics import estimate, last_year, window_mean
from simulator.indicators import INDICATORS

RUNS, ENTRIES = 6, 13


def arm(spent: float = 0.0, coordination: float = 0.0, **values: float | np.ndarray) -> Arm:
    """Runs in which every indicator is zero but those named, which have a level per run; spent in kSEK per year."""
    series = np.zeros((RUNS, len(INDICATORS), ENTRIES))
    for name, level in values.items():
        series[:, list(INDICATORS).index(name)] = np.broadcast_to(level, (RUNS,))[:, None]
    outlay = np.zeros((RUNS, 2, 3))
    outlay[:, 0] = spent
    return Arm(series, outlay, np.full(RUNS, coordination))


def test_that_flows_are_summed_once_and_stocks_by_the_year():
    year = np.arange(ENTRIES, dtype=float)[None, :]
    matches, firms, value = (INDICATORS[name] for name in ("filled_vacancies", "exporter_count", "value_added"))
    assert accumulated(matches, year) == pytest.approx([4 + 8 + 12])  # windows of a year, read at year ends
    assert accumulated(firms, year) == pytest.approx([sum(range(1, 13)) / 4])
    assert accumulated(value, year) == pytest.approx([sum(range(1, 13)) / 4])  # annual rate of each quarter
    assert accumulated(matches, np.full((1, ENTRIES), 1.0), rate=1.0) == pytest.approx([2**-0.5 + 2**-1.5 + 2**-2.5])


def test_that_money_is_discounted_at_the_middle_of_its_year():
    assert discounted(np.array([[1.0, 1.0]]), 0.0) == pytest.approx([2])
    assert discounted(np.array([[0.0, 1.0]]), DISCOUNT) == pytest.approx([1.035**-1.5])


def test_that_unknown_quarters_are_left_out_of_means():
    values = np.array([[np.nan, 1.0, 3.0, np.nan], [np.nan] * 4])
    assert last_year(values)[0] == 2
    assert np.isnan(last_year(values)[1])
    assert window_mean(values, 2, 4)[0] == 3


def test_that_a_steady_difference_is_found_exactly_and_the_rest_is_no_difference():
    level = np.arange(6.0)
    found = effects(arm(exporter_count=level + 2), arm(exporter_count=level))
    one = found["exporter_count"]
    assert (one.end.mean, one.end.sd, one.whole.mean, one.level) == (2, 0, 2, 2.5)
    assert one.variance == 0
    assert [name for name, each in found.items() if each.end.detectable] == ["exporter_count"]


def test_that_a_price_is_cost_over_outcome_and_unknown_without_more_of_it():
    noise = np.array([-1, 1, -1, 1, -1, 1.0])
    paid, free = arm(spent=100, exporter_count=15.0), arm(exporter_count=10.0)
    assert price_of(OUTCOMES["exporter"], paid, free).price.value == pytest.approx(300 / 5)
    assert price_of(OUTCOMES["exporter_year"], paid, free).price.value == pytest.approx(300 / 15)
    unsure = price_of(OUTCOMES["exporter"], arm(spent=100, exporter_count=10 + noise), free)
    assert not unsure.price.known
    fewer = price_of(OUTCOMES["exporter"], arm(spent=100, exporter_count=8.0), free)
    assert fewer.additional.detectable
    assert not fewer.price.known


def test_that_research_of_one_krona_per_public_krona_is_neutral():
    found = research_additionality(arm(business_rd=7.0), arm(business_rd=5.0), np.full(RUNS, 6000.0))
    assert found.value == pytest.approx(1)  # 2 MSEK a year over three years for 6 MSEK


def test_that_coordination_returns_value_added_per_krona_against_the_least_coordinated():
    arms = {0.5: arm(coordination=400, value_added=102.0), 0.0: arm(coordination=100, value_added=100.0)}
    found = return_to_coordination(arms)
    assert list(found) == [0.5]
    assert found[0.5].value == pytest.approx(6000 / 300)


def test_that_additive_packages_have_no_synergy_and_each_loses_what_it_brings():
    level, luck = np.arange(6.0), np.random.default_rng(1).normal(0, 1, 6)
    base = arm(exporter_count=level)
    one, two = arm(exporter_count=level + 2 + luck), arm(exporter_count=level + 3)
    both = arm(exporter_count=level + 5 + luck)
    found = synergy("exporter_count", Basis.END, both, base, {"a": one, "b": two}, {"a": two, "b": one})
    assert found.synergy.mean == pytest.approx(0)
    assert not found.synergy.detectable or abs(found.synergy.mean) < 1e-9
    assert found.share_of["a"].mean == pytest.approx(found.parts["a"].mean)
    assert found.share_of["b"].mean == pytest.approx(3)


def test_that_measures_that_reach_the_same_firms_have_negative_synergy():
    base, same = arm(), arm(exporter_count=2.0)
    found = synergy("exporter_count", Basis.END, same, base, {"a": same, "b": same}, {"a": same, "b": same})
    assert found.synergy.mean == -2
    assert found.share_of["a"].mean == 0


@pytest.mark.parametrize("one", ["digital_firm", "exporter", "green_firm", "job"])
def test_that_what_is_priced_at_the_end_is_priced_by_the_year_too(one):
    assert (OUTCOMES[one].basis, OUTCOMES[f"{one}_year"].basis) == (Basis.END, Basis.RUN)
    assert OUTCOMES[one].indicator == OUTCOMES[f"{one}_year"].indicator
    assert "year" in OUTCOMES[f"{one}_year"].unit.en
    assert "år" in OUTCOMES[f"{one}_year"].unit.sv


def test_that_less_emission_counts_as_tonnes_avoided():
    if "emissions" not in INDICATORS:
        pytest.skip("the indicator of emissions comes with the green transition")
    found = price_of(OUTCOMES["tonne"], arm(spent=100, emissions=9.0), arm(emissions=10.0))
    assert found.additional.mean > 0


def test_that_differences_in_the_last_year_and_over_the_run_are_those_of_pairs():
    ours, theirs = arm(exporter_count=4.0), arm(exporter_count=3.0)
    assert additional("exporter_count", Basis.END, ours, theirs).tolist() == [1.0] * RUNS
    assert additional("exporter_count", Basis.RUN, ours, theirs).tolist() == [3.0] * RUNS


@pytest.mark.parametrize(
    ("values", "expected", "word"),
    [
        ([1, 2, 3], 1, Verdict.EXPECTED), ([1, 2, 3], -1, Verdict.OPPOSITE), ([-3, 0, 3], 1, Verdict.NONE),
        ([1e-4, 2e-4, 3e-4], 1, Verdict.NEGLIGIBLE), ([1, 2, 3], 0, Verdict.SILENT_UP),
        ([-1, -2, -3], 0, Verdict.SILENT_DOWN),
    ],
)  # fmt: skip
def test_that_a_verdict_compares_the_effect_with_the_evidence(values, expected, word):
    assert verdict(estimate(values), expected, level=50) is word


def test_that_a_sure_effect_may_be_negligible():
    level = np.arange(6.0) + 1000
    found = effects(arm(exporter_count=level + 0.01), arm(exporter_count=level))["exporter_count"]
    assert found.detectable
    assert found.negligible
    assert not effects(arm(exporter_count=level + 1), arm(exporter_count=level))["exporter_count"].negligible
