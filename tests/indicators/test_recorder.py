"""Sums of the recorder against plain masks, breakdowns, suppression, and the promise of equal numbers."""

import numpy as np
import pytest

from simulator.agents.firms import Anchors, Firms
from simulator.indicators import INDICATORS, Recorder
from simulator.indicators.catalogue.barriers import WORDS as BARRIERS
from simulator.indicators.declare import SIZES
from simulator.indicators.grid import DIMENSIONS, cell_key
from simulator.indicators.observe import AMOUNTS, EXTRAS, MEMORIES, OF_ANCHORS, SHARED, SPREADS, STATES
from simulator.indicators.recorder import size_class
from simulator.interventions.target import BARRIERS as TARGET_BARRIERS
from tests.indicators.sample import anchors, firms, flows, geography, recorded
from tests.indicators.sample import people as sample_people


def test_that_columns_named_by_observations_exist_on_firms():
    known = set(Firms.columns) | set(EXTRAS) | set(MEMORIES) | set(SHARED)
    for observed in (*STATES.values(), *AMOUNTS, *SPREADS):
        assert set(observed.columns) <= known | set(OF_ANCHORS.values()), observed
    assert {name for columns, _ in SHARED.values() for name in columns} <= set(Firms.columns)
    assert {"slot", "municipality", "industry", "employment"} <= set(Firms.columns)
    assert {"municipality", "industry", "employment"} <= set(Anchors.columns)


def test_that_indicators_and_targets_name_the_same_barriers():
    assert tuple(BARRIERS) == TARGET_BARRIERS


def test_that_barrier_shares_sum_to_all_firms():
    results = recorded().recorder.results()
    for state in ("barrier", "green_barrier", "circular_barrier", "export_barrier"):
        assert sum(results.value(f"{state}_{key}", "2026Q2") for key in BARRIERS) == pytest.approx(100)


def test_that_shares_equal_plain_masks_in_every_cell():
    run = recorded()
    results = run.recorder.results(by=("county", "municipality", "size_class", "industry"))
    firms, sizes = run.firms, size_class(run.firms.employment)
    for cell in results["advanced_digital"].cells:
        inside = np.ones(firms.size, bool)
        for dimension, key in cell:
            code = {
                "county": lambda k: firms.county == results.where.counties.index(k),
                "municipality": lambda k: firms.municipality == results.where.municipalities.index(k),
                "rural": lambda k: firms.rural == (k == "rural"),
                "size_class": lambda k: sizes == SIZES.index(k),
                "industry": lambda k: firms.industry == results.where.industries.index(k),
            }[dimension](key)
            inside &= code
        local = "municipality" in dict(cell)
        value = results.value("advanced_digital", results.quarters[-1], **dict(cell))
        if not inside.sum() or (local and inside.sum() < 5):
            assert np.isnan(value), cell
        else:
            assert value == pytest.approx(100 * (firms.digital_level[inside] >= 2).mean()), cell


def test_that_the_population_of_ten_and_more_leaves_the_small_ones_out():
    run = recorded()
    results = run.recorder.results()
    large = run.firms.employment >= 10
    assert results.value("advanced_digital_10plus", results.quarters[-1]) == pytest.approx(
        100 * (run.firms.digital_level[large] >= 2).mean()
    )
    assert np.isnan(results.value("advanced_digital_10plus", results.quarters[-1], size_class="2-9"))
    assert not np.isnan(results.value("advanced_digital", results.quarters[-1], size_class="2-9"))


def test_that_employment_counts_anchors_as_the_class_above_250():
    run = recorded()
    results, last = run.recorder.results(), "2027Q2"
    own, large = run.firms.employment.sum(dtype=float), run.anchors.employment.sum(dtype=float)
    assert results.value("employment", last) == pytest.approx(own + large)
    assert results.value("employment", last, size_class="250+") == pytest.approx(large)
    assert results.value("employment_smes", last) == pytest.approx(own)
    assert np.isnan(results.value("basic_digital", last, size_class="250+"))


def test_that_flows_sum_four_quarters_and_are_unknown_before():
    run = recorded()
    values = run.recorder.results()["exits"].of()
    counts = [
        sum(len(rows) for entry, name, rows, _ in run.happened if name == "closed_competition" and entry == t)
        for t in range(7)
    ]
    assert np.isnan(values[:4]).all()
    assert values[4:].tolist() == [sum(counts[t - 3 : t + 1]) for t in range(4, 7)]


def test_that_support_is_summed_by_weight_and_its_gini_lies_between_even_and_one():
    run = recorded()
    results = run.recorder.results()
    paid = sum(weight.sum(dtype=float) for entry, name, _, weight in run.happened if name == "supported" and entry >= 3)
    assert results.value("support_per_firm", "2027Q2") == pytest.approx(paid / run.firms.size)
    assert 0 < results.value("support_gini", "2027Q2") < 1


def test_that_a_firm_contacted_twice_in_a_year_is_reached_once():
    run = recorded(quarters=5)
    contacted = {row for entry, name, rows, _ in run.happened if name == "contacted" and entry >= 2 for row in rows}
    ever = {row for _, name, rows, _ in run.happened if name == "contacted" for row in rows}
    results = run.recorder.results()
    assert results.value("reach", "2027Q1") == pytest.approx(100 * len(contacted) / run.firms.size)
    assert results.value("ever_contacted", "2027Q1") == pytest.approx(100 * len(ever) / run.firms.size)


def test_that_idle_firms_are_unknown_before_five_years():
    run = recorded(quarters=22, count=2000)
    values = run.recorder.results()["idle_firms"].of()
    assert np.isnan(values[:20]).all()
    assert (values[20:] > 0).all()


def test_that_aggregating_each_quarter_gives_the_same_bits_as_after_the_run():
    kept = recorded(keep=True).recorder.results()
    at_once = recorded(keep=False).recorder.results()
    assert kept.digest() == at_once.digest()


def test_that_a_large_run_refuses_a_late_breakdown_loudly():
    run = recorded(keep=False)
    with pytest.raises(ValueError, match="name the breakdown"):
        run.recorder.results(by=("industry",))


def test_that_a_coarser_breakdown_needs_no_snapshots_and_changes_no_number():
    run = recorded(keep=False)
    full, region = run.recorder.results(), run.recorder.results(())
    for name, series in region.series.items():
        assert len(series.cells) <= len(full[name].cells)
        for place, cell in enumerate(series.cells):
            np.testing.assert_array_equal(series.values[:, place], full[name].of(**dict(cell)))


def test_that_row_order_does_not_change_results():
    where = geography()
    found = []
    for shuffled in (False, True):
        population, rng = firms(400), np.random.default_rng(5)
        people = sample_people(where)
        recorder = Recorder(where, "2026Q1", slots=400)
        recorder.record(population, anchors(), people)
        extras = flows(rng, population, where)
        order = np.random.default_rng(3).permutation(400) if shuffled else np.arange(400)
        population.reorder(order)
        extras["extras"] = {
            name: values[order] if name in EXTRAS else values for name, values in extras["extras"].items()
        }
        recorder.event("closed_competition", population, np.flatnonzero(population.slot % 7 == 0))
        recorder.event("contacted", population, np.flatnonzero(population.slot % 5 == 0))
        recorder.record(population, anchors(), people, **extras)
        found.append(recorder.results())
    assert found[0].differences(found[1]) == []
    assert found[0].value("ever_contacted", "2026Q1") == pytest.approx(20)


def test_that_small_municipalities_are_withheld_and_counted():
    run = recorded(count=120)
    results = run.recorder.results(by=("municipality",))
    counts = np.bincount(run.firms.municipality, minlength=41)
    assert (counts < 5).any()
    for index, count in enumerate(counts):
        value = results.value("basic_digital", "2026Q1", municipality=f"m{index}")
        assert np.isnan(value) == (count < 5)
    assert results.withheld > 0


def test_that_a_forgotten_flow_is_named():
    run = recorded()
    with pytest.raises(ValueError, match=r"value_added.*matches.*outlay"):
        run.recorder.record(run.firms, run.anchors, run.people)


def test_that_unknown_names_are_refused():
    run = recorded()
    with pytest.raises(ValueError, match="moon"):
        run.recorder.event("moon", run.firms, np.array([1]))
    with pytest.raises(ValueError, match="moon"):
        recorded(by=("moon",))


def test_that_every_indicator_has_a_series_with_at_least_one_known_value():
    run = recorded(quarters=45)
    results = run.recorder.results()
    assert list(results.series) == list(INDICATORS)
    for name, series in results.series.items():
        if name not in ("export_survival",):  # what the made-up run has no events for
            assert not np.isnan(series.of()).all(), name
        assert series.values.shape == (46, len(series.cells))


def test_that_every_cell_has_words_in_both_languages():
    run = recorded()
    results = run.recorder.results(by=tuple(DIMENSIONS))
    for series in results.series.values():
        for cell in series.cells:
            label = results.where.label(cell)
            assert label.en
            assert label.sv
            assert cell_key(cell)


def test_that_zone_and_class_cells_sum_to_the_region():
    run = recorded()
    results = run.recorder.results(by=("zone", "class"))
    employed = run.people[..., 0]
    share = results.value("women_share", "2026Q1", **{"class": "engineers"})
    assert share == pytest.approx(100 * employed[:, 2, :, 0].sum() / employed[:, 2].sum())
    region = results.value("youth_migration", "2027Q2")
    parts = [results.value("youth_migration", "2027Q2", zone=zone) for zone in run.where.zones]
    assert region == pytest.approx(sum(parts))


def test_that_an_unknown_cell_is_named():
    run = recorded()
    with pytest.raises(KeyError, match="municipality=m1"):
        run.recorder.results()["basic_digital"].of(municipality="m1")


def test_that_awards_of_one_quarter_count_one_after_the_other():
    """A firm is supported again from its third award on, be they of one quarter or of several."""
    rows, weight = np.array([4, 7, 4, 4, 7, 4]), np.ones(6, np.float32)
    found = []
    for lots in ([slice(0, 6)], [slice(0, 2), slice(2, 3), slice(3, 5), slice(5, 6)]):
        recorder, noted = Recorder(geography(), "2026Q1", slots=40), []
        recorder.record(firms(40), anchors(), sample_people(geography()))
        plain = recorder.event

        def event(name, *given, plain=plain, noted=noted):
            noted += given[1].tolist() if name == "supported_again" else []
            plain(name, *given)

        recorder.event = event
        for lot in lots:
            recorder.event("supported", firms(40), rows[lot], weight[lot])
        found.append(noted)
    assert found == [[4, 4], [4, 4]]
