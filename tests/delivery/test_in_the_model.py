"""Measures in whole runs of the teaching region: nothing from nothing, order, 0 of the others (T4, Model text 7.2)."""

from pathlib import Path

import numpy as np
import pytest
from whole_model import TEACHING, ran, slots_that_differ, watch

from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form
from simulator.interventions.lever_table import LEVERS, Level
from simulator.model import TransitionModel
from simulator.scenario.cautions import planned_cost

HEAD = """format: 1
title: {en: a test, sv: ett test}
run: {start: 2026Q1, years: 2, seed: 4}
region: {name: undervisning, seed: 1}
"""
APART = """switches: {market_coupling: false, labour_coupling: false, peer_effects: false, supply_chain: false}
parameters: {testbeds: {visit_rate: 0}}
"""


def run_of(folder: Path, name: str, interventions: str = "", more: str = "") -> TransitionModel:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD + more + (f"interventions:\n{interventions}" if interventions else ""), encoding="utf-8")
    model = TransitionModel(str(path))
    model.run()
    return model


def state(model: TransitionModel) -> dict[str, np.ndarray]:
    firms = model.world.firms
    order = np.argsort(firms.slot)
    return {name: getattr(firms, name)[..., order].copy() for name in firms.columns}


def entry(kind: str, **settings) -> str:
    body = ", ".join(f"{name}: {value}" for name, value in {"kind": kind, **settings}.items())
    return f"  my_{kind}: {{{body}}}\n"


def test_that_all_measures_at_capacity_zero_are_the_baseline_to_the_bit(tmp_path):
    base = run_of(tmp_path, "plain")
    plain = state(base)
    idle = run_of(tmp_path, "idle", "".join(entry(kind, capacity=0) for kind in KINDS))
    for name, values in state(idle).items():
        np.testing.assert_array_equal(values, plain[name], err_msg=name)
    np.testing.assert_array_equal(idle.world.people.cells, base.world.people.cells)
    assert idle._run.delivery.ledger.committed() == 0


def test_that_the_order_in_the_file_changes_no_bit(tmp_path):
    entries = [entry(kind) for kind in KINDS]
    there = run_of(tmp_path, "there", "".join(entries), "budget: {per_year: 20}\n")
    back = run_of(tmp_path, "back", "".join(entries[::-1]), "budget: {per_year: 20}\n")
    for name, values in state(there).items():
        np.testing.assert_array_equal(values, state(back)[name], err_msg=name)
    assert there._run.delivery.ledger.committed() == back._run.delivery.ledger.committed()


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.form is not Form.SYSTEM])
def test_that_a_measure_changes_nothing_in_firms_that_it_does_not_touch(tmp_path, kind):
    """With the couplings cut, only firms that a measure has contacted or awarded can differ from the baseline.

    What the measure changes around firms, for everybody, is left out.
    """
    around = {name: LEVERS[name].neutral for name in KINDS[kind].levers if LEVERS[name].level is not Level.FIRM}
    plain = run_of(tmp_path, "plain", more=APART)
    helped = run_of(
        tmp_path, "helped", entry(kind, capacity=8, contacts=30, **around), APART + "record: {events: true}\n"
    )
    entries = helped.world.events.entries
    touched = np.unique(
        np.concatenate([slots for _, event, slots, _ in entries if event in ("contacted", "supported")])
    )
    before, after = state(plain), state(helped)
    assert len(touched)
    assert np.isin(before["slot"], after["slot"]).mean() > 0.9
    both = np.intersect1d(before["slot"], after["slot"])
    others = both[~np.isin(both, touched)]
    assert len(others) > 100
    for name in before:
        one = before[name][..., np.searchsorted(before["slot"], others)]
        other = after[name][..., np.searchsorted(after["slot"], others)]
        np.testing.assert_array_equal(one, other, err_msg=name)
    differing = np.setxor1d(before["slot"], after["slot"])
    assert np.isin(differing, touched).all()


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.form is Form.SYSTEM])
def test_that_a_service_costs_what_the_plan_says(house, kind):
    measure = house.measure(kind, end=3)
    programme = house.Programme([measure]).run(4)
    booked = programme.total("fixed_cost") + programme.total("unit_cost")
    assert booked == pytest.approx(1000 * sum(planned_cost(measure, quarter) for quarter in range(measure.end + 1)))


GUARANTEE = {**TEACHING, "run.years": 3, "interventions.mine.kind": "loan_guarantee"}


def test_that_a_guarantee_lowers_no_interest_on_loans_that_it_does_not_stand_behind():
    relief = {"interventions.mine.collateral_gain": 0, "interventions.mine.spread_factor": 0.3}
    helped, plain = ran(**GUARANTEE, **relief), ran(**GUARANTEE, **{"interventions.mine.capacity": 0})
    assert slots_that_differ(helped.world.firms, plain.world.firms) == set()


def test_that_a_guarantee_stands_behind_no_loans_for_upkeep_or_to_cover_losses(monkeypatch):
    """New loans of a quarter that is settled stay within the bank's own limit, which guaranteed ones do not fill."""
    before: dict[str, np.ndarray] = {}
    more = []

    def remember(run) -> None:
        firms = run.world.firms
        before.update(
            debt=0.95 * firms.debt.astype(float), backed=0.95 * np.float64(run.delivery.guaranteed(firms.slot))
        )

    def after(run) -> None:
        firms = run.world.firms
        limit = 1.5 * np.maximum(firms.ebitda_year, 0) + 0.3 * 0.3 * firms.sales_year.astype(float) + before["backed"]
        more.append(np.maximum(0, firms.debt - np.maximum(before["debt"], limit)).max())

    watch(monkeypatch, "work", remember)
    watch(monkeypatch, "settle", after)
    model = ran(**GUARANTEE, **{"interventions.mine.collateral_gain": 0.4})
    assert before["backed"].sum() > 0
    assert max(more) < 1
    assert model.ledger.columns["guarantee_loss"].sum() > 0


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.form is Form.TRAINEE])
def test_that_training_fills_most_of_its_places(kind):
    model = ran(**{"run.years": 6, "budget.per_year": 1000, "budget.total": 10000, "interventions.mine.kind": kind})
    filled = model.ledger.columns["units"][0].sum() / 24
    places = KINDS[kind].settings["capacity"].default
    assert 0.7 * places < filled <= places


def test_that_firms_get_the_grants_and_tax_cuts_that_the_books_say(tmp_path):
    path = tmp_path / "research.yaml"
    kinds = ("innovation_voucher", "research_programmes", "industry_challenges", "rd_tax_relief", "loan_guarantee")
    path.write_text(HEAD + "interventions:\n" + "".join(entry(kind) for kind in kinds), encoding="utf-8")
    model = TransitionModel(str(path), **{"run.years": 4})
    paid = forgone = 0.0
    while model.running:
        model.step()
        flows = model._run.notes.research
        paid += float(np.sum(flows.grant, dtype=np.float64))
        forgone += float(np.sum(flows.relief, dtype=np.float64))
    columns = model.ledger.columns
    assert paid > 0
    assert forgone > 0
    assert columns["research_grants"].sum() == pytest.approx(paid, rel=1e-5)
    assert columns["foregone_tax"].sum() == pytest.approx(forgone, rel=1e-5)
    voucher = model.ledger.names.index("my_innovation_voucher")
    unused = columns["reserved"][voucher].sum() / 80 / columns["awarded"][voucher].sum()
    assert 0.7 < unused < 1
    assert (columns["guarantee_loss"] >= 0).all()


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.form is not Form.SYSTEM])
def test_that_the_plan_of_an_award_is_what_delivery_plans(house, kind):
    measure = house.measure(kind)
    running = house.Programme([measure]).delivery.running[0]
    assert running.planned(30) + running.fixed() == pytest.approx(1000 * planned_cost(measure, 30))


def test_that_a_scenario_names_its_pilots_and_is_told_of_unknown_ones(tmp_path):
    path = tmp_path / "pilots.yaml"
    measures = entry("digital_uptake", capacity=10) + entry("robot_lift", capacity=10)
    call = "  call: {kind: regional_call, target: {measures: [my_robot_lift, my_dream]}}\n"
    path.write_text(HEAD + "governance: {shared_data: 1}\ninterventions:\n" + measures + call, encoding="utf-8")
    model = TransitionModel(str(path), **{"run.years": 2})
    said = [str(warning.message.en) for warning in model.settings.warnings]
    assert any("my_dream" in message for message in said)
    assert model.settings.resolved["interventions"]["call"]["target"] == {"measures": ["my_robot_lift", "my_dream"]}
    model.run()
    grown = {each.measure.name: model._run.delivery._learning.scale[each.index] for each in model._run.delivery.running}
    assert grown == pytest.approx({"my_digital_uptake": 1.0, "my_robot_lift": 1.25, "call": 1.0})
