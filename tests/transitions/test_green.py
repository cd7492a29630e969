"""Green and circular steps against what can be calculated: savings, limits, subsidies, skills, what is shared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from crowd import agreed, complete_mixing, crowd, setting

from simulator.agents.firms import GREEN, NO_ATTENTION, NO_FINANCE, NO_SKILLS, OPERATORS, RUNNING, UNDECIDED
from simulator.agents.switches import Switches
from simulator.economy.drivers import Drivers, outlook
from simulator.interventions.levers import LeverValues
from simulator.transitions import circular, gates, green
from simulator.transitions.adoption import decide_projects, share_purse
from simulator.transitions.choice import chance_to_accept, hurdle, value_per_cost
from simulator.transitions.circular import Circular
from simulator.transitions.gates import TRACKS, accepted
from simulator.transitions.green import Green

ALL = np.float32(1e6)
TODAY = outlook(Drivers(), 2026.0, 1)[0]
STEPPED = [track for track in TRACKS if track is not gates.DIGITAL]
transitions = pytest.mark.parametrize("track", STEPPED, ids=lambda track: track.name)


def eager(groups, *names: str):
    """Everybody reviews; the transitions named cost next to nothing, the others are never worth it."""
    free = {
        "digital": {"fixed_cost": (0.0,) * 3, "size_cost": (1e-6,) * 3},
        "green": {"size_cost": (1e-6,) * 3},
        "circular": {"size_cost": (1e-6,) * 2},
    }
    dear = {"digital": {"gain": (0.0,) * 3}, "green": {"size_cost": (ALL,) * 3}, "circular": {"size_cost": (ALL,) * 2}}
    rules = {
        name: replace(getattr(groups, name), review_rate=ALL, **(free if name in names else dear)[name])
        for name in free
    }
    return replace(groups, **rules)


def aware_of_all(world) -> None:
    for track in TRACKS:
        track.aware(world.firms)[:] = True


def starters(world, groups, offer, track) -> set[int]:
    """Slots that start a project of the transition; the firms are left as they were."""
    plain = world.firms
    world.firms = plain.copy()
    started = decide_projects(world, offer, groups)[track.name]
    chosen = set(world.firms.slot[started.rows].tolist())
    world.firms = plain
    return chosen


def with_lever(world, name: str, domain: str, value: float, rows: np.ndarray | None = None) -> None:
    firms = world.firms
    rows = np.arange(firms.size) if rows is None else rows
    world.levers = LeverValues(firms.county, world.region.county)
    world.levers.add_firms("test", name, domain, rows, np.full(len(rows), value, np.float32))


def with_region_lever(world, name: str, value: float) -> None:
    world.levers = LeverValues(world.firms.county, world.region.county)
    world.levers.add_region("test", name, value)


# PI and its limits


def test_that_a_green_step_is_worth_what_the_model_text_says():
    """A metal firm with 20 employees: 39 MSEK of sales, 45 MWh and 4 t a MSEK, 0.75 SEK a kWh, 257 SEK a tonne."""
    sales, energy, carbon = np.float32([39000.0]), np.float32([0.75 * 45 / 1e3]), np.float32([257.4 * 4 / 1e6])
    for step, (share, tonnes, cost, years) in enumerate(
        ((0.06, 0.05, 25 * 20**0.6, 5), (0.12, 0.35, 250 * 20**0.8, 12), (0.10, 0.45, 600 * 20**0.85, 15))
    ):
        level = np.array([step])
        gain = green.yearly_saving(level, np.array([0]), sales, energy, carbon, Green())
        assert gain[0] == pytest.approx(39000 * (0.75 * 45 * share / 1e3 + 257.4 * 4 * tonnes / 1e6), rel=1e-5)
        assert green.project_cost(level, np.float32([20]), 1.0, Green())[0] == pytest.approx(cost, rel=1e-5)
        annuity = (1 - 1.1**-years) / 0.1
        value = value_per_cost(gain, np.float32([years]), np.float32([cost]), 0.1)
        assert value[0] == pytest.approx(gain[0] * annuity / cost, rel=1e-5)
    np.testing.assert_allclose(hurdle(np.array(Green().volatility), 0.1), (2.5, 1.74, 1.74), atol=0.01)


def test_that_circular_steps_straddle_their_hurdle():
    """Some industries and sizes gain enough at the first look, others do not, on either side of 1.74."""
    for size, low, high in ((5, 0.9, 1.9), (20, 1.1, 2.2), (100, 1.3, 2.5)):
        values = []
        for worker, share in ((780 / 0.40, 0.40), (750 / 0.50, 0.50), (900 / 0.58, 0.58)):
            material = np.float32([0.68 * (1 - share) * worker * size])
            gain = circular.yearly_saving(np.array([0]), material, Circular())
            cost = circular.project_cost(np.array([0]), np.float32([size]), 1.0, Circular())
            values.append(float(value_per_cost(gain, np.float32([5]), cost, 0.1)[0]))
        assert low < min(values) < 1.74 < max(values) < high


@transitions
def test_that_a_free_step_is_worth_any_hurdle(track):
    world, groups = crowd()
    aware_of_all(world)
    world.firms.employment = 100  # room for all three
    groups = eager(groups)
    offer = setting(world, 1.0, np.inf, track.name)
    assert len(starters(world, groups, offer, track)) == world.firms.size
    assert starters(world, groups, setting(world), track) == set()


def test_that_nothing_green_is_worth_it_when_energy_and_emissions_cost_nothing():
    world, groups = crowd()
    aware_of_all(world)
    groups = agreed(eager(groups, "green"), 0.45)
    priced = setting(world)
    assert len(starters(world, groups, priced, gates.GREEN)) > 1000
    free = setting(world, now=TODAY._replace(electricity_price=0.0, carbon_cost=0.0))
    assert starters(world, groups, free, gates.GREEN) == set()
    no_material = setting(world, now=TODAY._replace(material_price=0.0))
    assert starters(world, eager(groups, "circular"), no_material, gates.CIRCULAR) == set()


@transitions
def test_that_free_technology_is_limited_only_by_awareness_review_and_the_owner(track):
    world, groups = crowd()
    firms = world.firms
    track.aware(firms)[:] = firms.slot % 2 == 0
    firms.owner_age = np.where(firms.slot % 3 == 0, 70, 45)
    started = starters(world, groups, setting(world, 1.0, np.inf, track.name), track)
    review = world.draw(f"{track.name}.review") < -np.expm1(-0.5)
    psi = np.where(firms.owner_age > 60, 1 / (1 + np.exp(-(66 - firms.owner_age) / 2.5)), 1)
    willing = world.draw(f"{track.name}.owner") < psi
    assert started == set(firms.slot[track.aware(firms) & review & willing].tolist())
    assert len(started) > 100


@transitions
def test_that_more_subsidy_never_lowers_a_firms_chance(track):
    world, groups = crowd()
    firms, draw = world.firms, np.random.default_rng(3)
    track.aware(firms)[:] = True
    groups = agreed(groups, 0.45)
    track.level(firms)[:] = draw.integers(0, track.top, firms.size)
    firms.employment = draw.uniform(2, 200, firms.size)
    firms.cash, firms.ebitda_year = draw.uniform(0, 2000, firms.size), 0
    firms.owner_age = draw.uniform(30, 80, firms.size)
    before: set[int] = set()
    sizes = []
    for share in np.linspace(0, 1, 11):
        started = starters(world, groups, setting(world, float(share), np.inf, track.name), track)
        assert before <= started
        before = started
        sizes.append(len(started))
    assert sizes[-1] > 2 * sizes[0]


# skills, partners, machines


def test_that_green_machines_need_specialists_and_those_without_seek_them():
    world, groups = crowd()
    firms = world.firms
    firms.aware_green, firms.green_level = True, 1
    groups = eager(groups, "green")
    firms.staff[GREEN] = 0.6  # of 20.6: enough for level 2, not for level 3
    assert len(starters(world, groups, setting(world), gates.GREEN)) == firms.size
    firms.green_level = 2
    composition = firms.composition.copy()
    started = decide_projects(world, setting(world), groups)["green"]
    postponed = world.draw("green.postpone") < 0.5
    assert set(started.rows.tolist()) == set(np.flatnonzero(~postponed).tolist())
    assert (started.reasons == NO_SKILLS).sum() == postponed.sum()
    np.testing.assert_array_equal(firms.green_barrier, np.where(postponed, NO_SKILLS, RUNNING))
    moved = firms.composition - composition
    possible = composition[OPERATORS] > 0.05
    np.testing.assert_allclose(moved[GREEN, possible], 0.04 - 0.6 / 20.6, atol=1e-4)
    np.testing.assert_allclose(moved.sum(0), 0, atol=1e-6)
    world.switches = Switches(skill_constraint=False)
    firms.green_project = 0
    assert len(starters(world, groups, setting(world), gates.GREEN)) == firms.size


def test_that_the_last_circular_step_needs_capacity_and_a_partner():
    world, groups = crowd()
    firms = world.firms
    firms.aware_circular, firms.circular_level = True, 1
    groups = eager(groups, "circular")
    firms.absorptive_capacity = np.where(firms.slot % 2, 0.36, 0.34)
    able = set(firms.slot[firms.slot % 2 == 1].tolist())
    assert starters(world, groups, setting(world), gates.CIRCULAR) == able
    alone = replace(setting(world), seen=complete_mixing(world, 0.0))
    assert starters(world, groups, alone, gates.CIRCULAR) == set()
    decide_projects(world, alone, groups)
    assert (firms.circular_barrier == UNDECIDED).all()
    linked = firms.slot % 3 == 0
    met = starters(world, groups, replace(alone, linked=linked), gates.CIRCULAR)
    assert met == able & set(firms.slot[linked].tolist())
    firms.circular_level = 0
    assert len(starters(world, groups, alone, gates.CIRCULAR)) == firms.size


def test_that_machines_are_better_collateral_than_other_things():
    world, groups = crowd()
    firms = world.firms
    firms.aware_green, firms.cash, firms.ebitda_year = True, 0, 0
    firms.staff[GREEN] = 5
    groups = eager(groups, "green")
    for level, weight in ((0, 0.3), (1, 0.8), (2, 0.8)):
        firms.green_level = level
        limit = weight * 0.3 * firms.sales_year
        for debt, number in ((0.99 * limit, firms.size), (1.01 * limit, 0)):
            firms.debt = debt
            assert len(starters(world, groups, setting(world), gates.GREEN)) == number


# levers


def test_that_an_audit_multiplies_the_share_that_accepts_the_first_step():
    world, groups = crowd()
    rows = np.arange(world.firms.size)
    p = replace(groups.green, taste_scale=0.45)
    value, sig = np.full(len(rows), 2.0, np.float32), np.full(len(rows), 0.424, np.float32)
    own = chance_to_accept(value, np.log(hurdle(sig, 0.1)), 0.45)[0]
    plain = accepted(world, gates.GREEN, rows, value, sig, 1.0, p)
    assert plain.mean() == pytest.approx(own, abs=0.02)
    before = plain
    for factor in (1.0, 1.5, 2.0, 10.0):
        now = accepted(world, gates.GREEN, rows, value, sig, np.full(len(rows), factor, np.float32), p)
        assert (now | ~before).all()
        assert now.mean() == pytest.approx(min(1, factor * own), abs=0.02)
        before = now
    np.testing.assert_array_equal(accepted(world, gates.GREEN, rows, value, sig, np.ones(len(rows)), p), plain)


def test_that_firms_without_an_audit_decide_as_if_nobody_had_one():
    """To the bit, also where judgement and hurdle are as good as equal."""
    world, groups = crowd()
    rows = np.arange(world.firms.size)
    p = replace(groups.green, taste_scale=0.001)
    sig = np.full(len(rows), 0.424, np.float32)
    luck = world.traits.of("init.green_taste.0", 0, world.firms.slot)
    value = (hurdle(sig, 0.1) * ((1 - luck) / luck) ** 0.001).astype(np.float32)
    plain = accepted(world, gates.GREEN, rows, value, sig, 1.0, p)
    assert 0 < plain.sum() < len(rows)
    np.testing.assert_array_equal(accepted(world, gates.GREEN, rows, value, sig, np.ones(len(rows)), p), plain)


def test_that_audits_act_on_the_first_step_only():
    world, groups = crowd()
    world.firms.aware_green = True
    world.firms.staff[GREEN] = 5
    groups = agreed(groups, 0.45)
    for level in (0, 1, 2):
        world.firms.green_level = level
        world.levers = LeverValues(world.firms.county, world.region.county)
        plain = starters(world, groups, setting(world), gates.GREEN)
        with_lever(world, "audit_factor", "", 2.0)
        helped = starters(world, groups, setting(world), gates.GREEN)
        assert plain < helped if level == 0 else plain == helped


def test_that_calmer_prices_and_less_uncertainty_lower_the_hurdle_of_green_machines():
    world, groups = crowd()
    firms = world.firms
    firms.aware_green, firms.energy_intensity = True, 180
    firms.staff[GREEN] = 5
    groups = agreed(groups, 0.45)
    for level, moves in ((0, False), (1, True), (2, True)):
        firms.green_level = level
        world.levers = LeverValues(firms.county, world.region.county)
        plain = starters(world, groups, setting(world), gates.GREEN)
        with_region_lever(world, "price_volatility_factor", 0.5)
        calm = starters(world, groups, setting(world), gates.GREEN)
        assert plain < calm if moves else plain == calm
        with_lever(world, "uncertainty_factor", "green", 0.5)
        assert plain < starters(world, groups, setting(world), gates.GREEN)


@pytest.mark.parametrize(("wait", "expected"), [(0.0, (2, 4, 6)), (-2.0, (2, 2, 4)), (-8.0, (2, 1, 1))])
def test_that_a_shorter_wait_for_the_grid_shortens_projects_with_machines(wait, expected):
    world, groups = crowd()
    firms = world.firms
    firms.staff[GREEN] = 5
    firms.aware_green = True
    firms.green_level = firms.slot % 3
    with_region_lever(world, "grid_wait", wait)
    decide_projects(world, setting(world), eager(groups, "green"))
    np.testing.assert_array_equal(firms.green_project, np.array(expected)[firms.slot % 3])


# what is left


def test_that_digital_and_green_together_save_more_energy():
    levels, digital = (grid.ravel() for grid in np.meshgrid(np.arange(4), np.arange(4), indexing="ij"))
    left = green.energy_left(levels.astype(np.int8), digital.astype(np.int8), Green()).reshape(4, 4)
    np.testing.assert_allclose(left[:, 0], (1, 0.94, 0.82, 0.72), rtol=1e-6)
    np.testing.assert_allclose(left[:, 2] - left[:, 1], (0, -0.02, -0.02, -0.02), atol=1e-6)
    np.testing.assert_allclose(green.carbon_left(np.arange(4), Green()), (1, 0.95, 0.60, 0.15), atol=1e-6)
    np.testing.assert_allclose(circular.material_left(np.arange(3), Circular()), (1, 0.96, 0.92), atol=1e-6)
    saving = green.yearly_saving(np.array([0, 0]), np.array([1, 2]), np.ones(2), np.ones(2), np.zeros(2), Green())
    np.testing.assert_allclose(saving, (0.06, 0.08), rtol=1e-5)


# one purse, one head


def by_hand(firm, value, own, means, room):
    """The rule as one would explain it, firm by firm."""
    found = np.full(len(firm), RUNNING)
    for each in set(firm.tolist()):
        spent = 0.0
        ranked = sorted(np.flatnonzero(firm == each), key=lambda place: (-value[place], place))
        for rank, place in enumerate(ranked):
            spent += float(own[place])
            if rank >= room[place]:
                found[place] = NO_ATTENTION
            elif rank and spent > means[place]:
                found[place] = NO_FINANCE
    return found


def test_that_projects_share_purse_and_head_as_one_would_do_it_by_hand():
    draw = np.random.default_rng(4)
    firm = draw.integers(0, 150, 400)
    value, own = draw.exponential(2, 400).astype(np.float32), draw.integers(1, 100, 400).astype(np.float32)
    value[draw.random(400) < 0.2] = np.inf
    means = own + draw.integers(0, 120, 400).astype(np.float32)
    room = draw.integers(0, 4, 150).astype(np.float32)[firm]
    found = share_purse(firm, value, own, means, room)
    np.testing.assert_array_equal(found, by_hand(firm, value, own, means, room))
    assert set(found) == {RUNNING, NO_FINANCE, NO_ATTENTION}
    nobody = np.empty(0, np.intp)
    assert len(share_purse(nobody, *np.empty((4, 0), np.float32))) == 0


def test_that_attention_is_shared_by_all_transitions():
    world, groups = crowd()
    firms = world.firms
    aware_of_all(world)
    groups = eager(groups, "digital", "green", "circular")
    for size, room in ((5, 1), (39, 1), (40, 2), (60, 3), (200, 3)):
        firms.employment = size
        for running in range(3):
            firms.digital_project = 2 * (running > 0)
            firms.green_project = 2 * (running > 1)
            plain = firms.copy()
            decide_projects(world, setting(world), groups)
            under_way = sum((track.project(firms) > 0).astype(int) for track in TRACKS)
            assert (under_way == max(room, running)).all()
            world.firms = firms = plain
    firms.employment = 5
    world.switches = Switches(attention=False)
    decide_projects(world, setting(world), groups)
    assert all((track.project(firms) > 0).all() for track in TRACKS)


def test_that_the_project_of_higher_value_goes_first():
    world, groups = crowd()
    firms = world.firms
    aware_of_all(world)
    firms.employment, firms.digital_project = 20, 0
    groups = eager(groups, "green", "circular")
    dear_energy = setting(world, now=TODAY._replace(electricity_price=100.0))
    assert len(starters(world, groups, dear_energy, gates.GREEN)) == firms.size
    dear_material = setting(world, now=TODAY._replace(material_price=100.0))
    assert len(starters(world, groups, dear_material, gates.CIRCULAR)) == firms.size
    decide_projects(world, dear_material, groups)
    assert (firms.green_barrier == NO_ATTENTION).all()


def test_that_projects_together_never_cost_more_than_cash_and_credit():
    world, groups = crowd()
    firms, draw = world.firms, np.random.default_rng(5)
    aware_of_all(world)
    firms.employment = 200
    firms.staff[GREEN] = 5
    firms.cash, firms.ebitda_year = draw.uniform(0, 6e4, firms.size), draw.uniform(0, 1e4, firms.size)
    firms.debt = draw.uniform(0, 3000, firms.size)
    rules = eager(groups, "digital", "green", "circular")
    rules = replace(
        rules, digital=groups.digital, green=replace(rules.green, size_cost=(200.0,) * 3),
        circular=replace(rules.circular, size_cost=(50.0,) * 2),
    )  # fmt: skip
    rules = replace(rules, digital=replace(rules.digital, review_rate=ALL, gain=(10.0,) * 3))
    offer = setting(world, now=TODAY._replace(electricity_price=100.0, material_price=10.0))
    started = decide_projects(world, offer, rules)
    spent = np.zeros(firms.size)
    for some in started.values():
        np.add.at(spent, some.rows, some.cost - some.subsidy)
    own = np.maximum(0, firms.cash - 0.02 * firms.sales_year)
    limit = 1.5 * firms.ebitda_year + 0.3 * 0.3 * firms.sales_year
    assert (spent <= (own + np.maximum(0, limit - firms.debt)) * (1 + 1e-6)).all()
    running = sum((track.project(firms) > 0).astype(int) for track in TRACKS)
    assert set(running) == {0, 1, 2, 3}
    stopped = [(track.held(firms) == NO_FINANCE) & (running > 0) for track in TRACKS]
    assert np.any(stopped)


def test_that_projects_end_in_success_or_failure_in_every_transition():
    world, groups = crowd()
    firms = world.firms
    filling = np.full(len(world.region.zone_names), 0.9, np.float32)
    for track in TRACKS:
        track.project(firms)[:] = 1
        track.support(firms)[:] = 0.1
        ended = gates.complete_projects(world, track, filling, getattr(groups, track.name))
        assert len(ended.winners) / firms.size == pytest.approx(0.62 + 0.25 * 0.1 + 0.1, abs=0.03)
        assert len(ended.winners) + len(ended.failed) == firms.size
        assert (track.level(firms)[ended.winners] == 1).all()
        assert (track.pause(firms)[ended.failed] == 8).all()
        assert not track.support(firms).any()
        busy = gates.reviewing(world, track, None, replace(groups.digital, review_rate=ALL))
        assert len(busy) == 0


def test_that_support_for_one_transition_crowds_out_another_only_where_a_firm_cannot_do_both():
    world, groups = crowd()
    firms = world.firms
    aware_of_all(world)
    groups = agreed(replace(groups, circular=replace(groups.circular, size_cost=(ALL,) * 2)), 0.45)
    firms.employment = np.where(firms.slot % 2, 200, 10)  # the small ones have the head for one project
    plain = starters(world, groups, setting(world), gates.GREEN)
    crowded = starters(world, groups, setting(world, 1.0, np.inf, "digital"), gates.GREEN)
    assert crowded < plain
    assert all(slot % 2 == 0 for slot in plain - crowded)
    world.switches = Switches(attention=False)
    assert starters(world, groups, setting(world, 1.0, np.inf, "digital"), gates.GREEN) == plain
