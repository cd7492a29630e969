"""Symbiosis between firms: who fits whom, who agrees, what a link does, and nothing at all when switched off (T18)."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import assert_same, build, ran, switched_off

from simulator.interventions.levers import LeverValues
from simulator.region.geography import great_circle_km
from simulator.transitions import symbiosis
from simulator.transitions.symbiosis import Symbiosis, divisions, fitting, linked, match, stable_pairs

RULES = Symbiosis()


def brokered(matches: float, quarters: int = 4, rules: Symbiosis = RULES):
    """A world in which brokers have been at work for some quarters."""
    model = build("constant", **{"switches.symbiosis": True, "run.years": 1})
    world = model.world
    world.levers = LeverValues(world.firms.county, world.region.county)
    world.levers.add_region("test", "symbiosis_matches", matches)
    for world.quarter in range(quarters):
        match(world, 1.0, 1.0, rules)
    return world


def test_that_residuals_are_known_by_division():
    assert divisions("33, 69-70, 73-75") == {33, 69, 70, 73, 74, 75}
    fits = fitting(("25", "24", "16", "17", "62-63, 71-72"))
    assert fits[0, 1]  # scrap goes to the steel works
    assert fits[2, 3]  # chips go to the pulp mill
    assert not fits[:, 4].any()
    assert not fits[4].any()


def test_that_pairs_agree_only_if_neither_has_a_better_free_one():
    draw = np.random.default_rng(6)
    one, other = draw.integers(0, 40, 300), draw.integers(40, 80, 300)
    weight = draw.random(300)
    kept = stable_pairs(one, other, weight, 80)
    ends = np.concatenate((one[kept], other[kept]))
    assert len(np.unique(ends)) == len(ends)
    best = np.argmax(weight)
    assert best in kept
    third = np.sort(weight[kept])[len(kept) // 3]
    taken = set(ends.tolist())
    for place in np.flatnonzero(weight > third):  # a pair left out has at least one partner bound elsewhere
        assert one[place] in taken or other[place] in taken
    assert len(stable_pairs(one[:0], other[:0], weight[:0], 80)) == 0


def test_that_partners_are_near_fit_and_gain_enough():
    world = brokered(20.0)
    firms, region = world.firms, world.region
    assert world.symbiosis.shape[1] > 40
    one, other = world.row_of[world.symbiosis]
    assert len(np.unique(world.symbiosis)) == world.symbiosis.size
    km = great_circle_km(region.lon.astype(float), region.lat.astype(float))
    assert km[firms.municipality[one], firms.municipality[other]].max() <= RULES.distance
    fits = fitting(region.industries.sni)
    sectors = firms.industry[one], firms.industry[other]
    assert (fits[sectors] | fits[sectors[::-1]]).all()
    material = region.industries.material_intensity[firms.industry] * firms.sales_year
    assert (RULES.residual_share * np.minimum(material[one], material[other])).min() > 2 * RULES.cost
    aware = firms.aware_circular | (firms.circular_level == 2)
    assert aware[one].all()
    assert aware[other].all()


def test_that_no_more_links_arise_than_are_brokered():
    for matches in (0.0, 1.0, 3.0):
        world = brokered(matches, 8)
        assert world.symbiosis.shape[1] <= 8 * (matches + RULES.matches) + 1
    assert brokered(0.0, 8, Symbiosis(matches=0.0)).symbiosis.size == 0
    assert brokered(20.0, 4, Symbiosis(cost=1e6)).symbiosis.size == 0


def test_that_without_diffusion_only_brokered_links_make_aware():
    rules = Symbiosis(matches=5.0)
    for matches, diffusion in ((0.0, False), (3.0, False), (3.0, True)):
        model = build("constant", **{"switches.symbiosis": True, "switches.diffusion": diffusion, "run.years": 1})
        world = model.world
        world.levers = LeverValues(world.firms.county, world.region.county)
        world.levers.add_region("test", "symbiosis_matches", matches)
        world.firms.aware_circular = False
        world.firms.circular_level = world.firms.circular_project = 0
        match(world, 1.0, 1.0, rules)
        links = world.symbiosis.shape[1]
        assert links >= 5 + matches
        assert world.firms.aware_circular.sum() == 2 * (links if diffusion else matches)


def test_that_a_part_of_a_region_finds_a_part_of_its_links():
    plenty = {"run.years": 2, "switches.symbiosis": True, "parameters.symbiosis.matches": 20, "run.scale": 0.1}
    model = ran("constant", **plenty, **{"parameters.symbiosis.cost": 0})
    assert 0 < model.world.symbiosis.shape[1] <= 8 * (0.1 * 20 + 1)


def test_that_a_link_ends_with_either_firm():
    world = brokered(20.0)
    found = linked(world)
    assert found.sum() == world.symbiosis.size
    gone = world.symbiosis[0, :5].copy()
    world.remove(world.row_of[gone])
    assert linked(world).sum() == world.symbiosis.size - 10
    world.levers = LeverValues(world.firms.county, world.region.county)
    match(world, 1.0, 1.0, Symbiosis(matches=0.0))
    assert not np.isin(gone, world.symbiosis).any()


def test_that_symbiosis_is_not_drawn_unless_switched_on(monkeypatch):
    plain = ran("baseline", **{"run.years": 2})
    monkeypatch.setattr(symbiosis, "match", None)
    rules = {"parameters.symbiosis.matches": 9, "parameters.symbiosis.cost": 0}
    assert_same(plain, ran("baseline", **{"run.years": 2}, **rules, **switched_off("symbiosis")))
    with pytest.raises(TypeError):
        ran("baseline", **{"run.years": 1, "switches.symbiosis": True})


def test_that_symbiosis_helps_the_last_circular_step():
    plain, linked_up = (
        ran("baseline", **{"run.years": 8, "switches.symbiosis": on, "parameters.symbiosis.matches": 20})
        for on in (False, True)
    )
    reached = [int((model.world.firms.circular_level == 2).sum()) for model in (plain, linked_up)]
    assert reached[1] > reached[0]
