"""Common random numbers: policy changes only those it reaches, and nothing else moves a draw (T4, T5, T12)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from whole_model import APART, TEACHING, all_kinds, assert_same, build, ran, slots_that_differ, switched_off

from simulator.agents.luck import Luck, drawn, luck_digest, places
from simulator.interventions.catalogue import KINDS
from simulator.model import TransitionModel

YEARS = {"run.years": 6}
ALONE = {**switched_off(*APART), "parameters.testbeds.visit_rate": 0}
"""Firms compete for the slots of testbeds, so they are left out too."""
ISOLATED = {**TEACHING, **YEARS, **ALONE}
FEW = {
    "digital_uptake": {"municipalities": ["Dimsjö"], "employees": [10, 49]},
    "digital_lift": {"municipalities": ["Dimsjö"], "employees": [2, 9]},
    "robot_lift": {"municipalities": ["Dimsjö"]},
    "training_at_work": {"municipalities": ["Dimsjö"]},
    "ownership_succession": {"municipalities": ["Dimsjö"], "owner_age": [57, 85]},
    "export_start": {"municipalities": ["Dimsjö"], "exporting": False},
}


def measure(kind: str, **more: object) -> dict[str, object]:
    return {"interventions": {"m": {"kind": kind, "start": "2026Q2", "end": "2029Q4", **more}}}


def met_by_policy(model: TransitionModel) -> set[int]:
    """Run to the end; slots of all firms that were ever contacted or awarded."""
    met: set[int] = set()
    while model.running:
        known = model.world.firms.slot.copy()  # rows move at the end of a quarter, offers hold rows of its start
        model.step()
        for offer in model._run.delivery.offers:
            for rows in (offer.contacted, offer.awarded, offer.applied):
                met |= set(known[rows].tolist())
    return met


@pytest.mark.parametrize("kind", FEW)
def test_that_a_measure_changes_nothing_in_firms_that_it_does_not_meet(kind):
    policy = build(**ISOLATED, **measure(kind, capacity=6, contacts=40, target=FEW[kind]))
    met = met_by_policy(policy)
    plain = ran(**ISOLATED)
    changed = slots_that_differ(policy.world.firms, plain.world.firms)
    assert 0 < len(met) < 50
    assert changed
    assert changed - met == set()


def test_that_a_measure_in_one_municipality_of_the_whole_region_changes_nobody_else():
    off = {"run.years": 5, **ALONE}
    target = {"municipalities": ["Torsby"], "employees": [2, 9]}
    policy = build(**off, **measure("digital_uptake", capacity=4, contacts=12, target=target))
    met = met_by_policy(policy)
    changed = slots_that_differ(policy.world.firms, ran(**off).world.firms)
    assert 0 < len(met) < 100
    assert changed
    assert changed - met == set()


@pytest.mark.slow
@pytest.mark.parametrize("kind", FEW)
def test_that_fifteen_years_in_one_municipality_change_nobody_else(kind):
    target = {**FEW[kind], "municipalities": ["Torsby"]}
    off = ALONE
    for seed in (1, 2):
        policy = build(seed=seed, **off, **measure(kind, capacity=6, contacts=30, target=target))
        met = met_by_policy(policy)
        plain = ran(seed=seed, **off)
        changed = slots_that_differ(policy.world.firms, plain.world.firms)
        assert (plain.world.firms.slot > plain._run.start.firms.size).sum() > 1000
        assert changed
        assert changed - met == set()


@pytest.mark.parametrize("coupling", ["market_coupling", "peer_effects", "labour_coupling"])
def test_that_the_couplings_are_what_spreads_a_measure(coupling):
    off = {**TEACHING, "run.years": 10, **ALONE, f"switches.{coupling}": True}
    target = {"municipalities": ["Dimsjö"]}
    others = set()
    for seed in (1, 2):  # in a small region a peer's example need not decide anything within ten years
        policy = build(seed=seed, **off, **measure("digital_uptake", capacity=12, contacts=80, target=target))
        met = met_by_policy(policy)
        others |= slots_that_differ(policy.world.firms, ran(seed=seed, **off).world.firms) - met
    assert others


def test_that_no_interventions_and_capacity_zero_are_the_baseline():
    overrides = {**TEACHING, **YEARS}
    plain = ran(**overrides)
    assert_same(plain, ran("baseline", **overrides, interventions={}))
    idle = ran(**overrides, **all_kinds(capacity=0))
    assert_same(plain, idle)
    assert len(idle.settings.measures) == len(KINDS)
    assert idle.ledger.outlay() == 0
    assert all(column.sum() == 0 for column in idle.ledger.columns.values())


def test_that_a_measure_after_the_run_is_the_baseline():
    overrides = {**TEACHING, "run.years": 2}
    assert_same(ran(**overrides), ran(**overrides, **measure("digital_uptake") | {"interventions": {
        "m": {"kind": "digital_uptake", "start": "2028Q1", "end": "2029Q4"}}}))  # fmt: skip


def test_that_the_switch_of_announcements_off_is_no_switch():
    overrides = {**TEACHING, **YEARS, **all_kinds()}
    plain = ran(**overrides)
    assert_same(plain, ran(**overrides, **switched_off("announcement")))


def test_that_announcements_delay_only_when_switched_on():
    late = {"interventions": {"m": {"kind": "digital_uptake", "start": "2028Q1", "end": "2029Q4"}}}
    overrides = {**TEACHING, "run.years": 2, **late}
    plain, waiting = ran(**overrides), ran(**overrides, **{"switches.announcement": True})
    assert slots_that_differ(plain.world.firms, waiting.world.firms)
    assert_same(plain, ran(**TEACHING, **{"run.years": 2}))


@pytest.mark.parametrize("selection", ["score", "lottery", "first_come"])
def test_that_winners_at_capacity_20_win_at_40(selection):
    def first_quarter(capacity: int) -> tuple[set[int], set[int]]:
        model = build(**{"run.years": 1},
                      **measure("digital_uptake", capacity=capacity, contacts=1500, selection=selection))  # fmt: skip
        model.step()
        slots = model.world.firms.slot.copy()
        model.step()
        offer = model._run.delivery.offers[0]
        return set(slots[offer.contacted].tolist()), set(slots[offer.awarded].tolist())

    few_contacts, few = first_quarter(20)
    many_contacts, many = first_quarter(40)
    assert few_contacts == many_contacts
    assert len(few) == 20
    assert len(many) == 40
    assert few < many


def test_that_the_order_of_interventions_in_the_file_changes_no_bit(tmp_path):
    blocks = {
        "a": "  a: {kind: digital_uptake, start: 2026Q2, end: 2028Q4}\n",
        "b": "  b: {kind: training_at_work, start: 2026Q2, end: 2028Q4}\n",
        "c": "  c: {kind: export_start, start: 2026Q3, end: 2028Q4}\n",
        "d": "  d: {kind: vocational_courses, start: 2026Q2, end: 2028Q4}\n",
        "e": "  e: {kind: digital_lift, start: 2026Q2, end: 2028Q4}\n",
    }
    models = []
    for order in ("abcde", "edcba"):
        path = tmp_path / f"{order}.yaml"
        text = "".join(blocks[name] for name in order)
        path.write_text(f"format: 1\nextends: baseline\nbudget: {{per_year: 20}}\ninterventions:\n{text}", "utf-8")
        models.append(ran(str(path), **TEACHING, **{"run.years": 3}))
    assert models[0].ledger.outlay() > 0
    assert_same(*models)


def test_that_renaming_an_intervention_changes_no_bit():
    overrides = {**TEACHING, "run.years": 3}
    spec = {"kind": "digital_uptake", "start": "2026Q2", "end": "2028Q4"}
    other = {"kind": "export_start", "start": "2026Q2", "end": "2028Q4"}
    one = ran(**overrides, interventions={"a": spec, "b": other})
    two = ran(**overrides, interventions={"z-last": spec, "b2": other})
    assert one.ledger.outlay() > 0
    assert_same(one, two)


def test_that_another_seed_is_another_run_and_the_same_seed_the_same():
    overrides = {**TEACHING, "run.years": 2}
    assert_same(ran(seed=3, **overrides), ran(seed=3, **overrides))
    assert ran(seed=3, **overrides).results().digest() != ran(seed=4, **overrides).results().digest()


def test_that_a_longer_run_begins_with_the_shorter_one():
    short, long = ran(**TEACHING, **{"run.years": 2}), build(**TEACHING, **{"run.years": 12})
    for _ in range(8):
        long.step()
    assert slots_that_differ(short.world.firms, long.world.firms) == set()


@pytest.mark.parametrize("overrides", [TEACHING, {}], ids=["teaching", "region"])
def test_that_the_order_of_rows_changes_no_aggregate(overrides):
    plain = ran(**overrides, **YEARS, **all_kinds())
    mixed = build(**overrides, **YEARS, **all_kinds())
    mixed.world.firms.reorder(np.random.default_rng(5).permutation(mixed.world.firms.size))
    mixed.world.locate()
    mixed.run()
    here, there = plain.datacollector.get_model_vars_dataframe(), mixed.datacollector.get_model_vars_dataframe()
    np.testing.assert_allclose(here.to_numpy(float), there.to_numpy(float), rtol=1e-4)
    assert plain.results().differences(mixed.results(), 1e-4) == []


def test_that_two_models_alive_do_not_disturb_each_other():
    policy = {**TEACHING, "run.years": 3, **all_kinds()}
    alone = [ran(**TEACHING, **{"run.years": 3}), ran(seed=2, **policy)]
    together = [build(**TEACHING, **{"run.years": 3}), build(seed=2, **policy)]
    while any(model.running for model in together):
        for model in together:
            if model.running:
                model.step()
    for one, other in zip(alone, together, strict=True):
        assert_same(one, other)


def test_that_luck_depends_on_seed_name_quarter_and_slot_only():
    luck = Luck(7)
    early = luck.uniforms("a", 5, 10).copy()
    luck.uniforms("b", 5, 3)
    luck.uniforms("a", 2, 1000)
    np.testing.assert_array_equal(luck.uniforms("a", 5, 40)[:10], early)
    np.testing.assert_array_equal(Luck(7).of("a", 5, np.array([9, 3])), early[[9, 3]])
    assert (Luck(7).uniforms("b", 5, 10) != early).all()
    assert (Luck(7).uniforms("a", 6, 10) != early).all()
    assert (Luck(8).uniforms("a", 5, 10) != early).all()
    assert luck_digest() == luck_digest()


def test_that_luck_is_even_and_independent():
    """Between neighbouring slots, quarters, uses, seeds and lines of a table: no trend, no bins, no correlation."""
    count = 200_000
    luck = Luck(3)
    base = luck.uniforms("a", 5, count + 1).astype(float)
    assert base.min() >= 0
    assert base.max() < 1
    lines = luck.table("a", 5, 2, count).astype(float)
    others = (base[1:], luck.uniforms("a", 6, count), luck.uniforms("b", 5, count), Luck(4).uniforms("a", 5, count),
              *lines)  # fmt: skip
    for other in others:
        assert abs(np.corrcoef(base[:-1], other)[0, 1]) < 5 / np.sqrt(count)
        bins = np.histogram2d(base[:-1], other, bins=20, range=[[0, 1], [0, 1]])[0]
        assert ((bins - count / 400) ** 2).sum() / (count / 400) < 400 + 5 * np.sqrt(2 * 399)
    over_time = np.array([luck.uniforms("a", quarter, 2000) for quarter in range(100)]).astype(float)
    assert np.abs(over_time.mean(axis=0) - 0.5).max() < 5.5 / np.sqrt(12 * 100)
    assert np.abs(over_time.mean(axis=1) - 0.5).max() < 5 / np.sqrt(12 * 2000)


_SCRIPT = """
from simulator.model import TransitionModel
settings = {"region.name": "undervisning", "run.years": 3}
measures = {name: {"kind": name, "start": "2026Q2", "end": "2028Q4"}
            for name in ("digital_uptake", "training_at_work", "export_start", "vocational_courses")}
model = TransitionModel("baseline", rng=1, **settings, interventions=measures)
model.run()
print(model.results().digest())
"""


def digest_of_a_process(**environment: str) -> str:
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment}
    done = subprocess.run([sys.executable, "-c", _SCRIPT], env=where, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.slow
def test_that_hash_seed_threads_and_earlier_runs_do_not_matter():
    names = ("digital_uptake", "training_at_work", "export_start", "vocational_courses")
    measures = {name: {"kind": name, "start": "2026Q2", "end": "2028Q4"} for name in names}
    ran(seed=9, **{"run.years": 1})  # another region, luck and set of caches before
    here = ran(**TEACHING, **{"run.years": 3}, interventions=measures).results().digest()
    for hash_seed, threads in (("0", "1"), ("1", "4"), ("4711", "2")):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        assert digest_of_a_process(PYTHONHASHSEED=hash_seed, **dict.fromkeys(names, threads)) == here


def test_that_draws_of_many_uses_at_once_are_those_of_each_alone():
    luck, slots = Luck(5), np.array([3, 900, 17, 3, 12])
    use = np.array([0, 0, 1, 2, 2])
    names = ("one", "two", "three")
    together = drawn(places(slots) + luck.starts(names, 7).take(use))
    alone = [luck.of(names[index], 7, slots[[at]])[0] for at, index in enumerate(use)]
    np.testing.assert_array_equal(together, alone)
    once = drawn(luck.starts(names, 7).copy())
    np.testing.assert_array_equal(once, [luck.uniforms(name, 7, 1)[0] for name in names])


def test_that_a_draw_for_one_of_several_uses_is_the_draw_for_that_use():
    luck, slots, names = Luck(4), np.arange(7, 60), ["first", "second", "third"]
    which = (slots % len(names)).astype(np.int8)
    one = luck.one_of(names, which, 5, slots)
    assert (one == luck.several(names, 5, slots)[which, np.arange(len(slots))]).all()
    assert (one == [luck.of(names[place], 5, slots[at : at + 1])[0] for at, place in enumerate(which)]).all()
