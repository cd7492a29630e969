"""Digital diffusion against what can be calculated: Bass, extremes, subsidies, steps (T1, T2, T7, T13, T14, T16)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from crowd import agreed, complete_mixing, crowd, reseed, setting, with_digital

from simulator.agents.firms import RUNNING, UNPROFITABLE
from simulator.agents.luck import Luck
from simulator.agents.switches import Switches
from simulator.model import TransitionModel
from simulator.transitions.adoption import decide_projects
from simulator.transitions.choice import awareness_probability, hurdle, taste, value_per_cost
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.gates import DIGITAL, become_aware, taste_luck

SEEDS = 40
QUARTERS = 60


def bass_map(p: float, q: float, steps: int, dt: float, start: float = 0.0) -> np.ndarray:
    """F' = F + (1 - F)(1 - exp(-dt (p + q F)))."""
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + (1 - path[-1]) * (1 - np.exp(-dt * (p + q * path[-1]))))
    return np.array(path)


def bass_curve(p: float, q: float, steps: int, dt: float) -> np.ndarray:
    decay = np.exp(-(p + q) * dt * np.arange(steps + 1))
    return (1 - decay) / (1 + q / p * decay)


def spread_among(world, rules: Digitalisation, seed: int, start: float = 0.0) -> np.ndarray:
    """Share of the crowd that is aware when everybody sees everybody; through the product's own quarter."""
    firms = world.firms
    reseed(world, seed)
    firms.aware_digital = firms.slot < round(start * firms.size)
    path = [firms.aware_digital.mean()]
    for world.quarter in range(QUARTERS):
        become_aware(world, DIGITAL, complete_mixing(world, path[-1]), 1.0, rules)
        path.append(firms.aware_digital.mean())
    return np.array(path)


def mean_path(p: float, q: float, start: float = 0.0, scale: float = 1.0) -> np.ndarray:
    world, groups = crowd(scale=scale)
    rules = replace(groups.digital, innovation=(p,) * 3, imitation=(q,) * 3)
    return np.mean([spread_among(world, rules, seed, start) for seed in range(SEEDS)], axis=0)


def test_that_full_mixing_gives_bass():
    p, q = 0.03, 0.38
    path = mean_path(p, q)
    assert np.abs(path - bass_map(p, q, QUARTERS, 0.25)).max() <= 0.01
    assert np.abs(path - bass_curve(p, q, QUARTERS, 0.25)).max() <= 0.04
    assert path[-1] > 0.9


def test_that_half_the_step_halves_the_distance_to_bass():
    p, q, firms = 0.03, 0.38, 5000
    gaps = []
    for dt in (0.25, 0.125):
        steps = round(QUARTERS * 0.25 / dt)
        expected, paths = np.zeros(steps + 1), np.zeros((SEEDS, steps + 1))
        for step in range(steps):
            share = expected[step]
            expected[step + 1] = share + (1 - share) * awareness_probability(p, q, share, 1.0, dt)
        for seed in range(SEEDS):
            luck, aware = Luck(seed), np.zeros(firms, bool)
            for step in range(steps):
                aware |= luck.uniforms("aware", step, firms) < awareness_probability(p, q, aware.mean(), 1.0, dt)
                paths[seed, step + 1] = aware.mean()
        np.testing.assert_allclose(expected, bass_map(p, q, steps, dt), rtol=1e-6)
        assert np.abs(paths.mean(axis=0) - expected).max() <= 0.01
        gaps.append(np.abs(expected - bass_curve(p, q, steps, dt)).max())
    assert 0.01 < gaps[0] <= 0.04
    assert gaps[1] == pytest.approx(gaps[0] / 2, rel=0.05)


def test_that_without_imitation_awareness_is_exponential():
    path = mean_path(0.06, 0.0)
    assert np.abs(path - bass_map(0.06, 0.0, QUARTERS, 0.25)).max() <= 0.01
    assert np.abs(path - (1 - np.exp(-0.06 * 0.25 * np.arange(QUARTERS + 1)))).max() <= 0.01


def test_that_imitation_alone_is_logistic_from_its_seed():
    path = mean_path(0.0, 0.5, start=0.01, scale=5.0)  # fewer than two hundred pioneers leave too much to chance
    assert np.abs(path - bass_map(0.0, 0.5, QUARTERS, 0.25, path[0])).max() <= 0.01
    assert path[0] == pytest.approx(0.01, abs=1e-3)
    assert path[-1] > 0.8


def test_that_nobody_becomes_aware_without_anything_to_see():
    assert mean_path(0.0, 0.5).max() == 0


def test_that_certainty_asks_for_no_more_than_the_net_present_value():
    np.testing.assert_allclose(hurdle(np.array([0.0, 1e-6, 1e-4]), 0.10), 1, atol=1e-3)
    assert (np.diff(hurdle(np.linspace(0, 1, 50), 0.10)) >= 0).all()


def test_that_months_and_quarters_give_the_same_year():
    rules = Digitalisation()
    for p, q in zip(rules.innovation, rules.imitation, strict=True):
        for exposure in (0.0, 0.1, 0.5, 1.0):
            quarterly = 1 - (1 - awareness_probability(p, q, exposure, 1.0, 0.25)) ** 4
            monthly = 1 - (1 - awareness_probability(p, q, exposure, 1.0, 1 / 12)) ** 12
            assert quarterly == pytest.approx(monthly, rel=1e-9)
        for start in (0.1, 0.3, 0.6, 0.8):  # others move on within the year
            year = [bass_map(p, q, steps, 1 / steps, start)[-1] - start for steps in (4, 12)]
            assert year[0] == pytest.approx(year[1], rel=0.05)


def adopters(world, groups, offer) -> set[int]:
    """Slots that start a project this quarter; the firms are left as they were."""
    plain = world.firms
    world.firms = plain.copy()
    started = decide_projects(world, offer, groups)["digital"]
    chosen = set(world.firms.slot[started.rows].tolist())
    world.firms = plain
    return chosen


def test_that_free_technology_is_limited_only_by_awareness_review_and_the_owner():
    world, groups = crowd()
    firms = world.firms
    firms.aware_digital = firms.slot % 2 == 0
    firms.owner_age = np.where(firms.slot % 3 == 0, 70, 45)
    started = adopters(world, groups, setting(world, 1.0, np.inf))
    review = world.draw("digital.review") < -np.expm1(-groups.digital.review_rate / 4)
    psi = np.where(firms.owner_age > 60, 1 / (1 + np.exp(-(66 - firms.owner_age) / 2.5)), 1)
    willing = world.draw("digital.owner") < psi
    assert started == set(firms.slot[firms.aware_digital & review & willing].tolist())
    assert len(started) > 100


def test_that_without_a_hurdle_in_cash_or_skills_every_wish_comes_true():
    world, groups = crowd()
    world.firms.aware_digital = True
    offer = setting(world)
    groups = with_digital(groups, gain=(100.0,) * 3)
    everybody = adopters(world, groups, offer)
    assert len(everybody) == pytest.approx((1 - np.exp(-0.5)) * world.firms.size, rel=0.05)
    world.firms.cash, world.firms.debt, world.firms.ebitda_year = 0, 1e9, 0
    assert adopters(world, groups, offer) == set()
    world.switches = Switches(finance_constraint=False)
    assert adopters(world, groups, offer) == everybody
    world.firms.staff[1:] = 0
    some = adopters(world, groups, offer)
    assert some < everybody
    world.switches = Switches(finance_constraint=False, skill_constraint=False)
    assert adopters(world, groups, offer) == everybody


def test_that_attention_stops_a_small_firm_with_a_green_project_unless_switched_off():
    world, groups = crowd()
    world.firms.aware_digital = True
    world.firms.green_project = 2
    offer = setting(world)
    groups = with_digital(groups, gain=(100.0,) * 3)
    assert adopters(world, groups, offer) == set()
    world.switches = Switches(attention=False)
    assert len(adopters(world, groups, offer)) > 1000


def test_that_more_subsidy_never_lowers_a_firms_chance():
    world, groups = crowd()
    firms = world.firms
    draw = np.random.default_rng(3)
    firms.aware_digital = True
    groups = agreed(groups, 0.45)
    firms.digital_level = draw.integers(0, 3, firms.size)
    firms.employment = draw.uniform(2, 200, firms.size)
    firms.cash = draw.uniform(0, 2000, firms.size)
    firms.owner_age = draw.uniform(30, 80, firms.size)
    before: set[int] = set()
    sizes = []
    for share in np.linspace(0, 1, 11):
        started = adopters(world, groups, setting(world, float(share), np.inf))
        assert before <= started
        before = started
        sizes.append(len(started))
    assert sizes[-1] > 2 * sizes[0]
    before = set()
    for cap in (0, 50, 150, 500, 5000):
        started = adopters(world, groups, setting(world, 0.5, float(cap)))
        assert before <= started
        before = started


def test_that_value_per_own_krona_rises_with_the_subsidy_to_infinity():
    cost = np.float32([400.0, 300.0, 100.0, 0.0])
    ones = np.ones(4, np.float32)
    value = value_per_cost(100 * ones, 6 * ones, cost, 0.1)
    assert (np.diff(value) > 0).all()
    assert np.isinf(value[-1])


def test_that_each_reason_to_wait_is_written_down():
    world, groups = crowd()
    firms = world.firms
    firms.aware_digital = True
    rules = with_digital(groups, review_rate=50.0, gain=(0.0,) * 3)
    decide_projects(world, setting(world), rules)
    assert (firms.barrier == UNPROFITABLE).mean() > 0.99
    decide_projects(world, setting(world), with_digital(rules, gain=(100.0,) * 3))
    assert (firms.barrier == RUNNING).mean() > 0.99


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_that_who_becomes_aware_follows_from_hazard_and_luck(weight):
    world, groups = crowd()
    world.firms.digital_level = world.firms.slot % 4
    chance = awareness_probability(
        np.float32((*groups.digital.innovation, 0))[world.firms.digital_level],
        np.float32((*groups.digital.imitation, 0))[world.firms.digital_level], np.float32(weight), 1.3,
    )  # fmt: skip
    expected = (world.draw("digital.awareness") < chance) & (world.firms.digital_level < 3)
    become_aware(world, DIGITAL, complete_mixing(world, weight), 1.3, groups.digital)
    np.testing.assert_array_equal(world.firms.aware_digital, expected)
    assert expected.sum() > 10


def test_that_a_lasting_judgement_is_the_same_in_every_quarter_and_logistic_over_firms():
    world, _ = crowd()
    rows = np.arange(world.firms.size)
    first = taste_luck(world, DIGITAL, rows)
    world.quarter, world.luck = 7, Luck(99)
    np.testing.assert_array_equal(taste_luck(world, DIGITAL, rows), first)
    own = taste(first, 0.45)
    assert own.mean() == pytest.approx(0, abs=0.05)
    assert own.std() == pytest.approx(0.45 * np.pi / np.sqrt(3), rel=0.05)
    world.firms.digital_level = 1
    assert abs(np.corrcoef(taste_luck(world, DIGITAL, rows), first)[0, 1]) < 0.05


def test_that_scenarios_move_the_need_for_skills_with_the_shifts_of_training():
    plain = TransitionModel("constant", rng=1, **{"run.years": 1, "run.scale": 0.1})
    path = "parameters.training.shift_connected.technicians"
    other = TransitionModel("constant", rng=1, **{"run.years": 1, "run.scale": 0.1, path: 0.06})
    share = plain._run.rules.groups.digital.skill_need
    more = other._run.skill_need - plain._run.skill_need
    np.testing.assert_allclose(more[:2], 0, atol=1e-7)
    np.testing.assert_allclose(more[2:], share * (0.06 - 0.03), atol=1e-6)
