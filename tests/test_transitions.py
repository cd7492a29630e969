"""Green and circular steps in the whole model: money, savings, new firms, biographies, and levers nobody moves."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import APART, all_kinds, assert_same, build, ran, slots_that_differ, switched_off, watch

from simulator import quarter
from simulator.agents.firms import DONE, RUNNING, TOPS
from simulator.interventions.levers import LeverValues
from simulator.transitions.gates import TRACKS

LONG = {"run.years": 5}


def test_that_no_firm_runs_more_projects_than_it_can_attend_to_or_above_the_top(monkeypatch):
    started = dict.fromkeys(TOPS, 0)

    def note(run) -> None:
        firms = run.world.firms
        under_way = sum((track.project(firms) > 0).astype(int) for track in TRACKS)
        new = sum(np.bincount(some.rows, minlength=firms.size) for some in run.notes.started.values())
        assert (under_way[new > 0] <= np.maximum(1, firms.employment[new > 0] // 20)).all()
        for track in TRACKS:
            started[track.name] += len(run.notes.started[track.name].rows)
            level, held = track.level(firms), track.held(firms)
            assert level.max() <= track.top
            assert not (track.project(firms)[level == track.top] > 0).any()
            assert (held[level == track.top] == DONE).all()
            assert (held[track.project(firms) > 0] == RUNNING).all()

    watch(monkeypatch, "decide", note)
    ran(**LONG, **all_kinds())
    assert min(started.values()) > 100


def test_that_own_cost_is_taken_from_cash_above_the_reserve_and_then_borrowed(monkeypatch):
    before = {}

    def remember(run) -> None:
        firms = run.world.firms
        before.update(cash=firms.cash.astype(float), debt=firms.debt.astype(float))

    def check(run) -> None:
        firms, p = run.world.firms, run.rules.groups
        reserve = p.finance.cash_reserve * firms.sales_year.astype(float)
        exporting = np.isin(np.arange(firms.size), run.notes.export.rows)
        spent = before["cash"] - firms.cash
        assert (spent <= np.maximum(0, before["cash"] - reserve) + 0.01 + exporting * 400).all()
        borrowed = firms.debt - before["debt"]
        ebitda = np.maximum(firms.ebitda_year, 0)
        weight = max(p.green.collateral, p.finance.collateral)
        limit = p.finance.earnings_multiple * ebitda + weight * p.finance.assets * firms.sales_year
        assert (borrowed <= np.maximum(0, limit - before["debt"]) * 1.0001 + 0.01).all()
        assert borrowed.max() > 0

    watch(monkeypatch, "become_aware", remember)
    watch(monkeypatch, "decide", check)
    ran(**LONG)


def test_that_saved_energy_emissions_and_material_stay_in_the_firm():
    """Inputs per krona of sales, industry by industry: full at level 0, and less by what the top levels save."""
    rates = []
    for level in (0, 3):
        model = build(**{"run.years": 1})
        firms = model.world.firms
        firms.green_level, firms.circular_level, firms.digital_level = level, min(level, 2), 0
        for block in ("read_drivers", "move_people", "finish_projects"):
            getattr(quarter, block)(model._run)
        for block in ("see_others", "offer_measures", "become_aware"):
            getattr(quarter, block)(model._run)
        firms.aware_digital = firms.aware_green = firms.aware_circular = False
        for block in ("decide", "meet_demand", "work", "settle"):
            getattr(quarter, block)(model._run)
        books = model._run.notes.books
        sums = [np.bincount(firms.industry, part) for part in (books.sales - books.value_added, books.sales)]
        rates.append(sums[0] / sums[1])
    now, table = model._run.now, model.region.industries
    energy = now.electricity_price * table.energy_intensity / 1e3 * 0.28
    carbon = now.carbon_cost * table.carbon_intensity / 1e6 * 0.85
    np.testing.assert_allclose(rates[0] - rates[1], energy + carbon + table.material_intensity * 0.08, rtol=1e-4)


def test_that_new_firms_have_green_and_circular_traits():
    model = ran(**LONG)
    firms, born = model.world.firms, model.world.firms.slot >= model._run.start.firms.size
    assert born.sum() > 300
    small = model._run.rules.groups.population.green_small
    young = born & (firms.age < 4)
    assert (firms.green_level[young] >= 1).mean() == pytest.approx(small[0], abs=0.08)
    assert (firms.circular_level[young] >= 1).mean() == pytest.approx(0.20, abs=0.08)
    for track in TRACKS:
        assert track.aware(firms)[young].mean() == pytest.approx(0.15, abs=0.08)


def test_that_events_of_all_transitions_reach_biographies_and_counts():
    model = ran(**LONG, **{"record.events": True})
    met = {event for _, event, _, _ in model.world.events.entries}
    for track in TRACKS:
        assert {track.reached, track.failed, track.noticed, track.started} <= met


@pytest.mark.parametrize("name", ["green", "circular"])
def test_that_a_measure_for_one_firm_changes_that_firm_only_when_couplings_are_cut(name):
    off = {"run.years": 3, "region.name": "undervisning", **switched_off(*APART)}
    plain, helped = build(**off), build(**off)
    plain_quarter = helped._run.delivery.quarter

    def also(*args):
        levers: LeverValues = plain_quarter(*args)
        row = np.flatnonzero(helped.world.firms.slot == 5)
        levers.add_firms("test", "awareness", name, row, np.float32([1.0]))
        levers.add_firms("test", "success_gain", name, row, np.float32([0.3]))
        return levers

    helped._run.delivery.quarter = also
    plain.run()
    helped.run()
    assert slots_that_differ(plain.world.firms, helped.world.firms) <= {5}


def test_that_levers_at_their_neutral_value_change_no_bit():
    neutral = {"audit_factor": ("", 1.0), "success_gain": ("green", 0.0), "uncertainty_factor": ("circular", 1.0)}
    plain, moved = build(**{"run.years": 2}), build(**{"run.years": 2})
    plain_quarter = moved._run.delivery.quarter

    def also(*args):
        levers = plain_quarter(*args)
        rows = np.arange(moved.world.firms.size)
        for name, (domain, value) in neutral.items():
            levers.add_firms("test", name, domain, rows, np.full(len(rows), value, np.float32))
        return levers

    moved._run.delivery.quarter = also
    plain.run()
    moved.run()
    assert_same(plain, moved)
