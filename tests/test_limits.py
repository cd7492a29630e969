"""The whole model at its limits: still surroundings, size, displacement, every coupling cut (T13, T17, T19, T20)."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from whole_model import TEACHING, all_kinds, build, columns_by_slot, ran, switched_off, watch

from simulator.agents.firms import NO_ATTENTION, NO_FINANCE, NO_SKILLS, OWNER, UNPROFITABLE
from simulator.agents.switches import Switches

LONG = {"run.years": 5}


# T20


def drift(seeds: range, region_seed: int, years: int = 15) -> dict[str, float]:
    """Largest departure from the start over the run, of means over seeds, as a share of the start."""
    paths = {name: [] for name in ("employment", "firms", "exporters", "wages", "vacancies")}
    for seed in seeds:
        model = build("constant", seed, **{"region.seed": region_seed, "run.years": years})
        values = {name: [] for name in paths}
        while True:
            firms, anchors = model.world.firms, model.world.anchors
            employed = model.world.people.employed()
            values["employment"].append(firms.staff.sum(dtype=float) + anchors.staff.sum(dtype=float))
            values["firms"].append(firms.size)
            values["exporters"].append(firms.exporting.sum())
            values["wages"].append((model._run.labour.wages * employed).sum() / employed.sum())
            posted = model._run.notes.labour  # those of the start stand in the columns
            start = firms.vacancies.sum(dtype=float) + anchors.vacancies.sum(dtype=float)
            values["vacancies"].append(start if posted is None else posted.vacancies.sum())
            if not model.running:
                break
            model.step()
        for name, path in values.items():
            paths[name].append(path)
    means = {name: np.mean(path, axis=0) for name, path in paths.items()}
    return {name: float(np.abs(mean / mean[0] - 1).max()) for name, mean in means.items()}


def assert_flat(found: dict[str, float], limits: dict[str, float]) -> None:
    over = {name: round(found[name], 4) for name, limit in limits.items() if found[name] > limit}
    assert not over, f"{over} beyond {limits}"


FLAT = dict.fromkeys(("employment", "firms", "exporters", "wages"), 0.03) | {"vacancies": 0.05}


@pytest.mark.slow
def test_that_the_region_stands_still_in_constant_surroundings():
    assert_flat(drift(range(1, 21), 1), FLAT)


@pytest.mark.slow
@pytest.mark.parametrize("region_seed", [2, 3, 4])
def test_that_other_first_populations_stand_still_too(region_seed):
    assert_flat(drift(range(1, 21), region_seed), FLAT | {"exporters": 0.05, "vacancies": 0.10})


def test_that_the_region_nearly_stands_still_in_three_runs():
    assert_flat(drift(range(1, 4), 1), {name: 2 * limit for name, limit in FLAT.items()})


def test_that_the_scenario_of_constant_surroundings_moves_no_driver():
    model = build("constant")
    first = model._run.outlook[0]
    for quarter in model._run.outlook:
        for name in ("world_demand", "home_demand", "wage_index", "technology_cost", "technology_frontier",
                     "electricity_price", "carbon_cost", "material_price", "interest_rate"):  # fmt: skip
            assert getattr(quarter, name) == pytest.approx(getattr(first, name), rel=1e-9), name


# T17


@pytest.mark.slow
def test_that_the_size_of_the_region_does_not_change_shares():
    def shares(scale: float) -> tuple[np.ndarray, float]:
        found = []
        for seed in range(1, 9):
            firms = ran(seed=seed, **{"run.scale": scale, "region.seed": seed, "run.years": 8}).world.firms
            large = firms.employment >= 10
            found.append(
                [
                    firms.exporting.mean(),
                    *((firms.digital_level >= level).mean() for level in (1, 2)),
                    (firms.digital_level[large] >= 2).mean(),
                    large.mean(),
                    (firms.debt > 0).mean(),
                    firms.rural.mean(),
                ]
            )
        return np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / np.sqrt(len(found))

    small, small_error = shares(0.6)
    large, large_error = shares(1.2)
    error = np.sqrt(small_error**2 + large_error**2)
    error[-1] = np.sqrt(large[-1] * (1 - large[-1]) * (1 / 2893 + 1 / 5785)) / 2  # places are shared out without luck
    np.testing.assert_array_less(np.abs(small - large), 4 * error + 0.003)


def test_that_firms_people_and_budgets_follow_the_scale():
    half, whole = (build(**{"run.scale": scale, "budget": {"per_year": 10}}) for scale in (0.5, 1.0))
    assert half.world.firms.size == pytest.approx(whole.world.firms.size / 2, rel=0.01)
    assert half.world.people.total() == pytest.approx(whole.world.people.total() / 2, rel=0.03)  # few large firms
    assert half.world.anchors.staff.sum() == pytest.approx(whole.world.anchors.staff.sum() / 2, rel=1e-5)
    assert half._run.delivery.released(3) == pytest.approx(whole._run.delivery.released(3) / 2)


# T19


@pytest.mark.parametrize("scenario", ["baseline", "coordinated"])
def test_that_home_sales_are_the_market_whatever_productivity_does(monkeypatch, scenario):
    gaps = []

    def note(run) -> None:
        sold = np.bincount(run.world.firms.industry, run.world.firms.demand_home.astype(float), len(markets.home_start))
        market = markets.home_start * run.now.home_demand
        gaps.append(np.abs(sold / market - 1).max())

    watch(monkeypatch, "meet_demand", note)
    model = build(scenario, **{"parameters.demand.armington": 0, "run.years": 8})
    markets = model._run.markets
    model.run()
    assert len(gaps) == 32
    assert max(gaps) < 1e-6


# T13 through the whole model


def test_that_free_technology_waits_for_awareness_review_and_owners_only(monkeypatch):
    free = {f"parameters.digital.{cost}.{step}": 0 for cost in ("fixed_cost", "size_cost") for step in (1, 2, 3)}
    model = build(**LONG, **free, **switched_off("skill_constraint", "attention"))
    started = []
    watch(monkeypatch, "decide", lambda run: started.append(run.notes.started))
    while model.running:
        model.step()
        assert not np.isin(model.world.firms.barrier, (UNPROFITABLE, NO_FINANCE, NO_SKILLS, NO_ATTENTION)).any()
    wanted = [int((quarter["digital"].reasons != OWNER).sum()) for quarter in started]
    assert wanted == [len(quarter["digital"].rows) for quarter in started]
    assert sum(wanted) > 1000


def test_that_without_searchers_nobody_is_hired_and_nobody_is_negative():
    model = build(**TEACHING, **LONG, **{"parameters.labour.searching_at_work": 0, "population": "constant"})
    cells = model.world.people.cells
    cells[..., 1] = cells[..., 2] = 0
    model._run.labour.finding_hazard[:] = 0
    model._observer._people = model.world.people.total()
    model.step()
    assert model._run.notes.labour.matches.sum() == pytest.approx(0, abs=1e-9)
    model.run()
    assert model.world.people.cells.min() >= 0
    assert model.world.firms.staff.min() >= 0


# Model text 4.11: what each switch does when off


LATE = {"late": {"kind": "digital_uptake", "start": "2028Q1", "end": "2029Q4"}}
BUSY = {**TEACHING, **LONG, "interventions": {**all_kinds()["interventions"], **LATE}}


@cache
def digest_of_busy_run() -> str:
    return ran(**BUSY).results().digest()


@pytest.mark.parametrize("name", [field.name for field in fields(Switches)])
def test_that_every_switch_can_be_turned_over_and_changes_something(name):
    turned = ran(**BUSY, **{f"switches.{name}": not getattr(Switches(), name)})
    assert turned.results().digest() != digest_of_busy_run()


def test_that_all_couplings_can_be_cut_at_once():
    names = [field.name for field in fields(Switches) if getattr(Switches(), field.name)]
    model = ran(**LONG, **switched_off(*names), **all_kinds())
    firms = model.world.firms
    assert np.isfinite(firms.sales).all()
    assert firms.staff.min() >= 0


def test_that_without_labour_coupling_every_vacancy_is_filled_at_frozen_wages_from_nowhere():
    model = build(**TEACHING, **LONG, **switched_off("labour_coupling"), population="constant")
    people = model.world.people.cells.copy()
    while model.running:
        model.step()
        flows = model._run.notes.labour
        np.testing.assert_allclose(flows.matches, flows.vacancies, rtol=1e-9)
        assert (model._run.labour.wages == 1).all()
    np.testing.assert_array_equal(model.world.people.cells, people)


def test_that_without_the_finance_constraint_nobody_is_stopped_or_goes_broke(monkeypatch):
    broke = []
    watch(monkeypatch, "turn_over", lambda run: broke.append(run.notes.turnover.insolvency))
    scarce = {"parameters.finance.cash_start.median": 0.001}
    for constrained in (True, False):
        broke.clear()
        model = build(**LONG, **scarce, **{"switches.finance_constraint": constrained})
        stopped = 0
        while model.running:
            model.step()
            firms = model.world.firms
            stopped += int((firms.barrier == NO_FINANCE).sum())
        assert (stopped > 0) == constrained
        assert (sum(broke) > 0) == constrained


def test_that_without_the_skill_constraint_no_project_waits_for_skills():
    for constrained in (True, False):
        model = build(**LONG, **{"switches.skill_constraint": constrained})
        start = columns_by_slot(model.world.firms)
        stopped = 0
        while model.running:
            model.step()
            started = model._run.notes.started.values()
            reasons = [model.world.firms.barrier, *(one.reasons for one in started)]
            stopped += sum(int((each == NO_SKILLS).sum()) for each in reasons)
        assert (stopped > 0) == constrained
        end = columns_by_slot(model.world.firms)
        _, then, now = np.intersect1d(start["slot"], end["slot"], return_indices=True)
        moved = (start["composition"][then] != end["composition"][now]).any()
        assert moved == constrained


def test_that_without_turnover_the_same_firms_live_throughout():
    model = build(**LONG, **switched_off("firm_turnover"))
    slots = np.sort(model.world.firms.slot)
    model.run()
    np.testing.assert_array_equal(np.sort(model.world.firms.slot), slots)
    assert model.world.firms.age.min() >= 20
    for name in ("entries", "exits", "succession_closures"):
        assert np.nansum(model.results()[name].of()) == 0


def test_that_without_diffusion_nobody_becomes_aware_but_through_policy():
    model = build(**LONG, **switched_off("diffusion", "firm_turnover"))
    aware = columns_by_slot(model.world.firms)["aware_digital"]
    while model.running:
        model.step()
        now = columns_by_slot(model.world.firms)["aware_digital"]
        assert not (now & ~aware).any()
        aware = now
    told = ran(**LONG, **switched_off("diffusion"), **all_kinds())
    assert told.world.firms.aware_digital.sum() > aware.sum()


def test_that_without_peer_effects_exposure_stays_at_the_start(monkeypatch):
    seen = []

    def note(run) -> None:
        firms = run.world.firms
        rows = np.arange(firms.size)
        share, failed = run.notes.seen.adopters("digital", rows)
        level = np.minimum(firms.digital_level, 2)
        np.testing.assert_array_equal(run.notes.seen.exporters(rows), run.start.exporters[firms.industry])
        np.testing.assert_array_equal(share, run.start.adopters["digital"][level, firms.industry])
        assert not failed.any()
        seen.append(run.world.quarter)

    watch(monkeypatch, "see_others", note)
    ran(**LONG, **switched_off("peer_effects"))
    assert len(seen) == 20


def test_that_without_supply_chains_their_demand_is_home_demand_from_the_start():
    with_chain, without = build(**LONG), build(**LONG, **switched_off("supply_chain"))
    one, other = with_chain.world.firms, without.world.firms
    assert one.demand_chain.sum() > 0
    assert not other.demand_chain.any()
    total = one.demand_home + one.demand_chain + one.demand_export
    np.testing.assert_allclose(other.demand_home + other.demand_export, total, rtol=1e-5)
    home = np.bincount(other.industry, other.demand_home.astype(float), len(without._run.markets.home_start))
    np.testing.assert_allclose(without._run.markets.home_start, home, rtol=1e-5)
    while without.running:
        without.step()
        assert not without.world.firms.demand_chain.any()


def test_that_without_market_coupling_no_firm_feels_another(monkeypatch):
    """Home demand is then the firm's own weight times growth: doubling one firm's productivity moves that firm only."""
    off = switched_off("market_coupling", "labour_coupling", "peer_effects", "supply_chain", "governance")
    plain, changed = build(**TEACHING, **off, **LONG), build(**TEACHING, **off, **LONG)
    changed.world.firms.idiosyncratic[7] += np.float32(0.7)
    for model in (plain, changed):
        model.run()
    here, there = columns_by_slot(plain.world.firms), columns_by_slot(changed.world.firms)
    common, at, to = np.intersect1d(here["slot"], there["slot"], return_indices=True)
    moved = here["demand_home"][at] != there["demand_home"][to]
    assert set(common[moved].tolist()) <= {7}


def test_that_without_governance_every_channel_stands_at_its_best():
    model = ran(**TEACHING, **LONG, **switched_off("governance"), **all_kinds())
    way = model._run.delivery.coordination
    assert way.spread_evenly
    assert way.duplicates == 0
    best = ran(**TEACHING, **LONG, **all_kinds())._run.delivery.coordination
    assert way.administration < best.administration
    assert way.hours < best.hours
    assert way.referral > best.referral
