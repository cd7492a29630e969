"""Sliders are made from declarations: every number, its range, and how it is written."""

from __future__ import annotations

import math

import pytest

from simulator.gui.live.handles import handles, search, usual_keys
from simulator.scenario import load, revised

SHIPPED = ("baseline", "strategy", "digital-push", "future-fragmented-world", "constant")


def reading(scenario):
    def read(path):
        here = scenario.resolved
        for name in path:
            here = here.get(name) if hasattr(here, "get") else None
        return here

    return read


@pytest.mark.parametrize("name", SHIPPED)
def test_that_every_handle_lies_inside_its_own_range(name):
    scenario = load(name)
    read = reading(scenario)
    for key, handle in handles(scenario).items():
        value = handle.read(read)
        low, high, step = handle.span(value)
        assert low < high, key
        assert (high - low) / step <= 251, key
        if value is not None:
            assert low - 1e-9 <= value <= high + 1e-9, key
            least, most = handle.quantity.allowed
            assert least - step < low, key
            assert high < most + step, key
        assert handle.text.en, key
        assert handle.text.sv, key


def test_that_a_useful_set_is_there_at_once():
    scenario = load("digital-push")
    known = handles(scenario)
    keys = usual_keys(scenario, known)
    assert keys[:2] == ["governance", "budget.per_year"]
    assert "interventions.uptake.capacity" in keys
    assert "drivers.carbon_price.2035Q1" in keys
    assert "drivers.urban_pull" in keys
    assert usual_keys(load("baseline"), handles(load("baseline")))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("governance", 0.6), ("budget.per_year", None), ("budget.per_year", 75.5),
        ("drivers.carbon_price.2035Q1", 300), ("drivers.urban_pull", 1.25), ("switches.attention", False),
        ("interventions.uptake.capacity", 30), ("parameters.delivery.application.need", 2),
    ],
)  # fmt: skip
def test_that_what_a_handle_writes_is_what_it_reads(key, value):
    scenario = load("digital-push")
    handle = handles(scenario)[key]
    moves = handle.moves(value, reading(scenario))
    changed = revised(scenario, {".".join(path): number for path, number in moves.items()})
    assert handle.read(reading(changed)) == value
    assert {type(number) for number in moves.values()} <= {int, float, bool, dict, type(None)}
    assert len(moves) == (4 if key == "governance" else 1)


def test_that_a_point_of_a_path_leaves_the_other_points():
    scenario = load("baseline")
    moves = handles(scenario)["drivers.carbon_price.2035Q1"].moves(250.0, reading(scenario))
    assert moves == {("drivers", "carbon_price"): {"2026": 78, "2030": 130, "2035": 250}}


def test_that_search_finds_words_of_both_languages_and_measures():
    known = handles(load("digital-push"))
    assert known["drivers.carbon_price.2035Q1"] in search("koldioxidpris 2035", known)
    assert known["drivers.carbon_price.2035Q1"] in search("CARBON price", known)
    assert any(handle.key.startswith("interventions.robots.") for handle in search("robot lift capacity", known))
    assert search("no such words at all", known) == []


def test_that_what_is_no_number_is_known_not_to_be_one():
    scenario = revised(load("baseline"), {"drivers.urban_pull": {2026: 1, 2030: 1.2}})
    handle = handles(load("baseline"))["drivers.urban_pull"]
    assert math.isnan(handle.read(reading(scenario)))
    known = handles(scenario)
    assert "drivers.urban_pull" not in known
    assert known["drivers.urban_pull.2030Q1"].read(reading(scenario)) == 1.2
    assert "drivers.urban_pull.2035Q1" in usual_keys(scenario, known)


def test_that_a_driver_can_be_given_a_point_in_time():
    scenario = load("baseline")
    read = reading(scenario)
    growth = handles(scenario)["drivers.world_demand_growth.2035Q1"]
    assert growth.read(read) == growth.default == 2
    assert growth.moves(3.5, read) == {("drivers", "world_demand_growth"): {"2026": 2, "2035": 3.5}}
    carbon = handles(revised(scenario, {"drivers.carbon_price": {2026: 80, 2034: 160}}))["drivers.carbon_price.2030Q1"]
    changed = revised(scenario, {"drivers.carbon_price": {2026: 80, 2034: 160}})
    assert carbon.read(reading(changed)) == 120
    assert carbon.default == 130
    assert list(carbon.moves(100, reading(changed))[("drivers", "carbon_price")]) == ["2026", "2030", "2034"]
