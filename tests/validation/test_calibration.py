"""Calibration: what is free, what is compared, what is found where the answer is known, what is written."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.quantity import Text
from simulator.scenario import load, revised
from simulator.validation import calibration
from simulator.validation.calibration import (
    FREE,
    MISSING,
    STILL,
    Point,
    calibrate,
    distance,
    fitted_parts,
    fragment,
    free_parameters,
    point_at,
)
from simulator.validation.pattern import Use

QUIET = dict.fromkeys(STILL, 0.0)


def test_that_only_calibration_patterns_are_fitted():
    from simulator.validation.catalogue import PATTERNS

    parts = fitted_parts()
    assert {code for code, _ in parts} == {"V1", "V6", "V8", "V11", "V14", "V15", "V17", "V18", "V19"}
    assert all(PATTERNS[code].use_of(part) is Use.CALIBRATION for code, part in parts)


def test_that_distance_counts_outside_the_narrowed_tolerance_only():
    (part,) = (part for code, part in fitted_parts() if (code, part.name) == ("V17", "rate"))
    assert [distance(part, value) for value in (0.79, 1.5, 2.11)] == pytest.approx([1, 0, 1])
    (part,) = (part for code, part in fitted_parts() if (code, part.name) == ("V6", "age"))
    assert [distance(part, value) for value in (-0.1, -0.0003, 0.0027)] == pytest.approx([0, 0, 1])


def test_that_bounds_hold_the_specified_value_and_places_reach_them():
    for each in free_parameters(load("baseline")):
        assert each.low < each.value < each.high
        assert [each.at(place) for place in (-1, 0, 1)] == pytest.approx([each.low, each.value, each.high])


def middle(value: float = 0.0) -> dict[tuple[str, str], float | Text]:
    """Numbers inside every tolerance, but for the share of exporters."""
    numbers: dict[tuple[str, str], float | Text] = {}
    for code, part in fitted_parts():
        ends = [end for end in (part.low, part.high) if np.isfinite(end)]
        numbers[code, part.name] = float(np.mean(ends)) if len(ends) == 2 else ends[0] - 0.1
    numbers["V11", "all"] = 25.1 + value
    return numbers


def test_that_the_minimum_is_found_where_it_is_known(monkeypatch):
    def made(values, scenario, seeds, jobs=None):
        entry = values["export.entry.constant"] + 4.36  # the lower, the fewer export
        return Point(middle(60 * entry), QUIET)

    monkeypatch.setattr(calibration, "point_at", made)
    found = calibrate(load("baseline"), (1,), (2,), most=30)
    assert found.before.cost() == pytest.approx(1)
    assert found.after.cost() < 0.05
    assert found.values["export.entry.constant"] < -4.38
    others = {path: place for path, place in zip(FREE, found.places, strict=True) if path != "export.entry.constant"}
    assert others == dict.fromkeys(others, 0)


def test_that_a_search_without_gain_keeps_what_is_specified(monkeypatch):
    monkeypatch.setattr(calibration, "point_at", lambda *_: Point(middle(), QUIET))
    found = calibrate(load("baseline"), (1,), (2,), most=5)
    assert found.places == (0.0,) * len(FREE)


def test_that_surroundings_that_do_not_stand_still_cost():
    moved = {**QUIET, "vacancies": 0.10}
    assert Point(middle(-10), QUIET).cost() == 0
    assert Point(middle(-10), moved).cost() == pytest.approx((0.10 / 0.05 - 0.5) ** 2)


def test_that_a_number_that_is_missing_costs_more_than_one_that_is_a_little_outside():
    numbers = middle(-10) | {("V19", "level"): Text("why", "varför")}
    assert Point(numbers, QUIET).cost() == MISSING**2 > 1


def test_that_the_values_written_are_a_scenario(monkeypatch, tmp_path):
    monkeypatch.setattr(calibration, "point_at", lambda *_: Point(middle(), QUIET))
    found = calibrate(load("baseline"), (1,), (2,), most=2)
    file = tmp_path / "found.yaml"
    file.write_text("format: 1\nextends: baseline.yaml\n" + fragment(found), encoding="utf-8")
    (tmp_path / "baseline.yaml").write_text("format: 1\n", encoding="utf-8")
    assert load(str(file)).parameters["export"] == load("baseline").parameters["export"]


def test_that_a_point_does_not_depend_on_processes_and_moves_with_its_values(monkeypatch):
    short = {"region.name": "undervisning", "run.years": 4}
    monkeypatch.setattr(calibration, "load", lambda name: revised(load(name), short))
    scenario = revised(load("baseline"), short)
    one = point_at({"demography.exit_hazard.rate": 0.035}, scenario, (1, 2), 1)
    two = point_at({"demography.exit_hazard.rate": 0.035}, scenario, (1, 2), 2)
    more = point_at({"demography.exit_hazard.rate": 0.045}, scenario, (1, 2), 1)
    assert one == two
    assert more.numbers["V6", "exit"] > one.numbers["V6", "exit"]
