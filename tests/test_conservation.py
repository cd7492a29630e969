"""People, staff, money and demand are conserved in every quarter of every scenario (T8, T9); the checks can fail."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, all_kinds, build, columns_by_slot, switched_off, watch

from simulator.delivery.ledger import SPENT, LedgerError
from simulator.observation import ConservationError
from simulator.quarter import Run
from simulator.scenario.files import shipped_names

YEARS = {"run.years": 5}
CLOSING = {
    "mill": {"municipality": "vagsmala", "quarter": "2027Q2"},
    "half": {"anchor": "Fiktiva Stålverket", "quarter": "2028Q1", "share": 0.5},
}
WORLDS = {
    **{name: (name, TEACHING) for name in shipped_names() if name != "anchor-closure"},
    "anchor-closure": ("anchor-closure", {"run.years": 4}),  # names a municipality of the whole region
    "fragmented": ("coordinated", {**TEACHING, "governance.mapping": 0.35, "budget.per_year": 3}),
    "all kinds": ("baseline", {**TEACHING, **all_kinds()}),
    "all kinds, little money": ("baseline", {**TEACHING, **all_kinds(), "budget.per_year": 4}),
    "whole region": ("coordinated", {"run.years": 3}),
    "closing": ("coordinated", {**TEACHING, "closures": CLOSING}),
    "extended": ("baseline", {**TEACHING, **all_kinds(), "switches.rewiring": True, "switches.market_choice": True}),
    "shrinking": ("baseline", {**TEACHING, "drivers.home_demand_growth": -5, "drivers.world_demand_growth": -5}),
    "booming": ("baseline", {**TEACHING, "drivers.home_demand_growth": 5, "drivers.world_demand_growth": 5}),
}
worlds = pytest.mark.parametrize(("scenario", "overrides"), WORLDS.values(), ids=WORLDS)


def model_of(scenario: str, overrides: dict[str, object]):
    return build(scenario, **{**YEARS, **overrides})


@worlds
def test_that_people_are_conserved(scenario, overrides):
    model = model_of(scenario, overrides)
    people, constant = model.world.people, model.settings.population == "constant"
    for _ in range(model.settings.run.quarters):
        before = people.total()
        model.step()
        flows, labour = model._run.notes.people, model._run.notes.labour
        retired = 0.0 if constant else labour.retirements.sum()
        assert people.total() == pytest.approx(before + flows.entered - flows.left - retired, rel=1e-6)
        assert people.cells.min() >= 0
        assert all(queue.min() >= 0 for queue in people.queues.values())


@worlds
def test_that_the_employed_are_the_staff_of_firms_and_anchors(scenario, overrides):
    model = model_of(scenario, overrides)
    for _ in range(model.settings.run.quarters):
        model.step()
        world = model.world
        staff = np.zeros_like(world.people.employed())
        for side in (world.firms, world.anchors):
            np.add.at(staff, side.zone.astype(int), side.staff.T.astype(float))
        np.testing.assert_allclose(world.people.employed(), staff, rtol=1e-4, atol=1e-3)
        np.testing.assert_allclose(world.firms.staff.sum(0), world.firms.employment, rtol=1e-4, atol=1e-3)
        assert world.firms.staff.min() >= 0
        flows = model._run.notes.labour
        assert (flows.matches <= flows.vacancies * (1 + 1e-12)).all()
        assert (flows.matches <= flows.searchers * (1 + 1e-12)).all()


@worlds
def test_that_demand_adds_up_to_the_market(monkeypatch, scenario, overrides):
    seen = []

    def note(run: Run) -> None:
        firms, markets, p = run.world.firms, run.markets, run.rules.groups.demand
        count = len(markets.home_start)
        lift = markets.lift_of(firms.slot)  # what measures add is demand beside the market
        sold = np.bincount(firms.industry, firms.demand_home.astype(float) / lift, count)
        weight = firms.sales.astype(float)
        total = np.bincount(firms.industry, weight, count)
        mean = np.bincount(firms.industry, weight * firms.log_productivity, count) / np.where(total > 0, total, 1)
        rivals = run.drivers.rivals_catch_up / 100 * run.now.years
        market = (
            markets.home_start * run.now.home_demand * np.exp(p.armington * (mean - markets.strength_start - rivals))
        )
        alive = total > 0
        np.testing.assert_allclose(sold[alive], market[alive], rtol=1e-5)
        anchors = run.world.anchors
        served = np.unique(run.world.chain.anchor)
        np.testing.assert_allclose(
            firms.demand_chain.sum(dtype=float), anchors.orders[served].sum(dtype=float), rtol=1e-5
        )
        weights = np.bincount(run.world.chain.anchor, run.world.chain.weight, anchors.size)
        np.testing.assert_allclose(weights[served], 1, rtol=1e-5)
        seen.append(run.world.quarter)

    watch(monkeypatch, "meet_demand", note)
    model = model_of(scenario, overrides)
    model.run()
    assert len(seen) == model.settings.run.quarters


@worlds
def test_that_cash_and_debt_change_by_what_flows(monkeypatch, scenario, overrides):
    """From the quarter's own figures: what was sold, paid, borrowed, repaid and taken out, firm by firm."""
    before: dict[str, np.ndarray] = {}
    checked = []

    def remember(run: Run) -> None:
        firms = run.world.firms
        before.update(cash=firms.cash.astype(float), debt=firms.debt.astype(float))
        before["guaranteed"] = np.float64(run.delivery.guaranteed(firms.slot))

    def projects(run: Run) -> None:
        firms, notes = run.world.firms, run.notes
        cost = np.zeros(firms.size)
        for started in notes.started.values():
            np.add.at(cost, started.rows, started.cost.astype(float))
        np.add.at(cost, notes.export.rows, notes.export.cost.astype(float))
        own = (before["cash"] - firms.cash) - (before["debt"] - firms.debt)
        aid = cost - own
        ledger = run.delivery.ledger.columns["paid"].sum()
        assert aid.sum() == pytest.approx(ledger - before.get("paid", 0.0), abs=1 + 1e-6 * cost.sum())
        assert aid.min() >= -1e-3 * max(1.0, cost.max())
        before["paid"] = ledger
        remember(run)

    def books(run: Run) -> None:
        firms, p, done = run.world.firms, run.rules.groups.finance, run.notes.books
        value_added = done.sales.astype(float) - inputs(run)
        ebitda = value_added - firms.labour_cost - run.notes.research.cost
        rate = real_rate(run, before["debt"], before["guaranteed"])
        profit = ebitda - p.maintenance * done.sales - rate * before["debt"] / 4
        np.testing.assert_allclose(done.profit, profit, rtol=1e-3, atol=1e-5 * firms.sales.max())
        after_tax = profit - p.tax * np.maximum(profit, 0)
        change = (firms.cash - before["cash"]) - (firms.debt - before["debt"])
        scale = np.maximum(np.abs(before["cash"]) + before["debt"] + firms.sales, 1)
        assert (np.abs(change - (after_tax - done.payout)) / scale).max() < 1e-4
        assert done.payout.min() >= 0
        assert (firms.cash[done.payout > 0] >= -1e-2).all()
        assert firms.debt.min() >= 0
        np.testing.assert_array_less(firms.sales, (demand_met(run) + 1e-2) * (1 + 1e-5))
        checked.append(run.world.quarter)

    for block, note in (("become_aware", remember), ("decide", projects), ("settle", books)):
        watch(monkeypatch, block, note)
    model = model_of(scenario, overrides)
    model.run()
    assert len(checked) == model.settings.run.quarters


def inputs(run: Run) -> np.ndarray:
    """Energy, carbon, material, services and customers' requirements, kSEK, from Model text 4.2 and 4.5."""
    firms, now, table = run.world.firms, run.now, run.world.region.industries
    sales = firms.sales.astype(float)
    twin = 0.02 * (firms.digital_level >= 2) * (firms.green_level >= 1)
    saved = np.array([0, 0.06, 0.18, 0.28])[firms.green_level] + twin
    energy = now.electricity_price * firms.energy_intensity * sales / 1e3 * (1 - saved)
    saved = np.array([0, 0.05, 0.40, 0.85])[firms.green_level]
    carbon = now.carbon_cost * firms.carbon_intensity * sales / 1e6 * (1 - saved)
    saved = np.array([0, 0.04, 0.08])[firms.circular_level]
    material = now.material_price * table.material_intensity[firms.industry] * sales * (1 - saved)
    asked = now.calendar >= run.drivers.first_requirement and run.world.switches.supply_chain
    chain = sales * firms.demand_chain / np.maximum(demand_met(run), 1e-6)
    compliance = 0.003 * chain * np.where(firms.digital_level >= 2, 0.5, 1) * asked
    return energy + carbon + material + compliance + run.start.services[firms.industry] * sales


def real_rate(run: Run, debt: np.ndarray, guaranteed: np.ndarray) -> np.ndarray:
    """Interest on the debt of a quarter: measures lower the margin on what is guaranteed."""
    firms, p = run.world.firms, run.rules.groups.finance
    base, small, rural = p.spread
    spread = base + small * (firms.employment < 10) + rural * firms.rural
    backed = guaranteed / np.maximum(debt, 1e-6)
    return run.now.interest_rate + spread * (1 - backed * (1 - run.world.levers.firm("spread_factor")))


def demand_met(run: Run) -> np.ndarray:
    firms = run.world.firms
    return firms.demand_home.astype(float) + firms.demand_chain + firms.demand_export


@pytest.mark.parametrize("budget", [None, 0, 4, 60])
def test_that_every_krona_is_accounted_for(budget):
    limited = {} if budget is None else {"budget.per_year": budget}
    model = build(**TEACHING, **YEARS, **all_kinds(), **limited)
    awards = 0
    while model.running:
        model.step()
        ledger, delivery = model.ledger, model._run.delivery
        spent = {name: ledger.columns[name].sum() for name in SPENT}
        held = delivery.log.subsidy.sum() + delivery.log.grant.sum()
        flows = {name: ledger.columns[name].sum() for name in ("reserved", "paid", "research_grants", "returned")}
        assert ledger.outlay() == pytest.approx(sum(spent.values()), rel=1e-9)
        gone = flows["paid"] + flows["research_grants"] + flows["returned"]
        assert flows["reserved"] == pytest.approx(gone + held, rel=1e-9, abs=1e-3)
        if budget is not None:
            released = delivery.released(model.world.quarter - 1)
            assert ledger.carried() <= released + 1e-6 * max(released, 1)
        national = {each.key for each in delivery.running if each.measure.national}
        for offer in delivery.offers:
            assert len(offer.awarded) <= len(offer.applied) <= len(offer.contacted) + len(np.concatenate(
                [other.referred for other in delivery.offers]))  # fmt: skip
            awards += len(offer.awarded) * (offer.key not in national)
    if budget != 4:  # fixed costs of all kinds take all of that
        assert (awards > 0) == (budget != 0)
    assert (ledger.carried() == 0) == (budget == 0)
    assert np.nanmax(model.results()["public_outlay"].of()) > 0


def test_that_firms_of_a_slot_never_come_back():
    model = build(**TEACHING, **{"run.years": 10})
    alive, dead = set(model.world.firms.slot.tolist()), set()
    while model.running:
        model.step()
        now = set(model.world.firms.slot.tolist())
        assert not now & dead
        assert len(now) == model.world.firms.size
        dead |= alive - now
        alive = now
    assert dead


def test_that_columns_stay_inside_what_they_declare():
    model = build(**{**YEARS, **all_kinds()})
    model.run()
    for population in (model.world.firms, model.world.anchors):
        for name, column in population.columns.items():
            values = getattr(population, name)
            low, high = column.allowed
            assert np.isfinite(values.astype(float)).all(), name
            assert values.min() >= low - 1e-3, name
            assert values.max() <= high + 1e-3, name


# The checks of the model itself can fail


def tampered(monkeypatch, block: str, change) -> None:
    watch(monkeypatch, block, change)
    build(**TEACHING, **{"run.years": 1}, **all_kinds()).run()


def test_that_the_observer_notices_people_from_nowhere(monkeypatch):
    def add(run: Run) -> None:
        run.world.people.cells[0, 0, 0, 0, 0, 2] += 10

    with pytest.raises(ConservationError, match="people"):
        tampered(monkeypatch, "learn", add)


def test_that_the_observer_notices_staff_that_nobody_is(monkeypatch):
    def add(run: Run) -> None:
        run.world.firms.staff[0, 0] += 5

    with pytest.raises(ConservationError, match="staff"):
        tampered(monkeypatch, "learn", add)


def test_that_the_observer_notices_a_lost_krona(monkeypatch):
    def lose(run: Run) -> None:
        if len(run.delivery.log):
            run.delivery.log.subsidy[0] += 1

    with pytest.raises(LedgerError):
        tampered(monkeypatch, "settle", lose)


def test_that_people_are_checked_without_the_labour_market_too(monkeypatch):
    def add(run: Run) -> None:
        run.world.people.cells[0, 0, 0, 0, 0, 1] -= 40

    watch(monkeypatch, "learn", add)
    with pytest.raises(ConservationError, match="people"):
        build(**TEACHING, **{"run.years": 1}, **switched_off("labour_coupling")).run()


def test_that_observing_changes_nothing():
    model = build(**TEACHING, **{"run.years": 1})
    model.run()
    before, cells = columns_by_slot(model.world.firms), model.world.people.cells.copy()
    model.results().frame()
    for name, values in columns_by_slot(model.world.firms).items():
        np.testing.assert_array_equal(values, before[name])
    np.testing.assert_array_equal(model.world.people.cells, cells)
