"""The list of what a scenario assumes otherwise than another."""

from __future__ import annotations

from simulator.scenario import load
from simulator.scenario.differences import MISSING, differences

TEXT = """\
format: 1
extends: baseline.yaml
title: {en: A, sv: A}
run: {years: 5}
drivers: {carbon_price: {2026: 78, 2030: 99}}
interventions:
  robots: {kind: robot_lift, capacity: 12, ramp: 0}
"""


def found(text, tmp_path):
    scenario = load(tmp_path / "a.yaml", text=text)
    return {".".join(each.path): each for each in differences(scenario, load("baseline"))}


def test_that_the_baseline_differs_from_itself_in_nothing(tmp_path):
    assert found("format: 1\nextends: baseline.yaml\n", tmp_path) == {}


def test_that_written_values_stand_against_the_baseline_and_the_kind(tmp_path):
    listed = found(TEXT, tmp_path)
    assert list(listed) == [
        "run.years", "drivers.carbon_price", "interventions.robots.kind", "interventions.robots.capacity"
    ]  # fmt: skip
    years, price, kind, capacity = listed.values()
    assert (years.here, years.there, years.usual) == (5, 15, False)
    assert (years.place.line, years.quantity.unit) == (4, "yr")
    assert (price.here, price.place.line) == ({"2026Q1": 78, "2030Q1": 99}, 5)
    assert kind.there is MISSING
    assert (capacity.here, capacity.usual) == (12, True)
    assert capacity.there == capacity.quantity.default


def test_that_removed_and_added_mappings_are_listed(tmp_path):
    listed = found("format: 1\nextends: baseline.yaml\ntargets: {employment: {at_least: 5}}\n", tmp_path)
    assert list(listed) == ["targets.employment"]
    assert listed["targets.employment"].there is MISSING
