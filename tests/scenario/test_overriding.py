"""Dotted paths: variants and --set."""

import numpy as np
import pytest

from simulator.scenario import ScenarioError, check, load, revised
from simulator.scenario.overrides import read_settings
from simulator.scenario.problems import NOTHING, choices

MIX = """\
drivers: {carbon_price: {2026: 78, 2035: 200}}
interventions: {robots: {kind: robot_lift, capacity: 3}}
variants:
  flat: {drivers.carbon_price.2035Q1: 90, governance.mapping: 0.5}
  nested: {governance: {mapping: 0.6}, interventions: {robots: {capacity: 9}}}
"""


def test_that_variants_change_values_by_path_or_as_mappings(write):
    path = write(MIX)
    flat, nested = load(path, variant="flat"), load(path, variant="nested")
    assert flat.resolved["drivers"]["carbon_price"] == {"2026Q1": 78, "2035Q1": 90}
    assert (flat.governance.mapping, nested.governance.mapping) == (0.5, 0.6)
    assert nested.measures[0].settings["capacity"] == 9


def test_that_an_unknown_variant_is_suggested(write, told):
    assert told(write(MIX), variant="flta") == ["mine.yaml: variants: no variant flta; did you mean flat?"]
    assert told(write(""), variant="x") == ["mine.yaml: variants: no variant x; this scenario has none"]


def test_that_faults_in_any_variant_are_told_at_once(write, told):
    text = """\
uncertainty: {drivers.carbon_price.2035: {uniform: [50, 90]}}
drivers: {carbon_price: {2026: 78, 2035: 200}}
variants:
  one: {governance.maping: 0.5}
  two: 5
  three: {drivers.carbon_price: 80, run.years: [1]}
  four: {governance: {mapping: 0.1}, governance.mapping: 0.2}
  five: {extends: other.yaml, format: 2}
"""
    assert told(write(text)) == [
        "mine.yaml:2:15: uncertainty.drivers.carbon_price.2035 (variant three): "
        "drivers.carbon_price has no point 2035 in this scenario",
        "mine.yaml:5:9: governance.maping: maping is not known here; did you mean mapping?",
        "mine.yaml:6:8: variants.two: not a mapping; dotted paths with values, such as run.years: 10",
        "mine.yaml:7:37: run.years: a list stands here; a number from 0.25 to 100 years",
        "mine.yaml:8:38: variants.four.governance.mapping: set twice in this variant",
        "mine.yaml:9:10: variants.five.extends: a variant cannot change this",
        "mine.yaml:9:31: variants.five.format: a variant cannot change this",
    ]


def test_that_variants_must_be_a_mapping(write, told):
    assert told(write("variants: [a]")) == [
        "mine.yaml:2:11: variants: not a mapping; names with changes, such as fast: {run.years: 5}"
    ]


def test_that_a_setting_is_told_by_its_own_words(write, told):
    assert told(write(MIX), {"run.years": "7", "robots.capacity": 4, "run.years.x": 3}) == [
        "--set robots.capacity=4: robots: robots is not known here; one of title, question, look_at, run, region, "
        "drivers, governance, switches, budget, ensemble, population, parameters and 5 more",
        "--set run.years.x=3: run.years.x: years holds one value",
        '--set run.years="7": run.years: "7" is text; '
        "write it without quotation marks: a number from 0.25 to 100 years",
    ]


def test_that_a_point_is_set_on_a_path_only(write, told):
    path = write(MIX)
    assert load(path, {"drivers.carbon_price.2030": 99}).resolved["drivers"]["carbon_price"]["2030Q1"] == 99
    (line,) = told(path, {"drivers.tariff_wedge.2030": 9})
    assert "tariff_wedge is one number here, not a path; set drivers.tariff_wedge to {2030: value, ...}" in line


def test_that_settings_reach_uncertainty_vectors_and_numpy_values(write):
    scenario = load(
        write(MIX),
        {
            "uncertainty.drivers.carbon_price.2035": {"uniform": [100, 200]},
            "parameters.digital.gain.2": np.float32(0.25),
            "run.seed": np.int64(12),
            "switches.peer_effects": np.bool_(False),
        },
    )
    assert list(scenario.uncertainty) == ["drivers.carbon_price.2035Q1"]
    assert scenario.parameters["digital"].gain[1] == 0.25
    assert (scenario.run.seed, scenario.switches.peer_effects) == (12, False)


def test_that_a_loaded_scenario_can_be_revised(write):
    path = write(MIX)
    scenario = load(path, variant="flat")
    assert revised(scenario, {"run.years": 4}).digest == load(path, {"run.years": 4}, "flat").digest
    with pytest.raises(ScenarioError, match=r"run\.yeers"):
        revised(scenario, {"run.yeers": 4})


def test_that_settings_are_read_as_yaml():
    assert read_settings(["run.years=7", "a.b={2026: 1, 2030: 2}", "c= NO ", "d=null"]) == {
        "run.years": 7, "a.b": {"2026": 1, "2030": 2}, "c": "NO", "d": None,
    }  # fmt: skip


def test_that_all_unreadable_settings_are_told(told):
    with pytest.raises(ScenarioError) as caught:
        read_settings(["years", "a=1", "a=2", "b=[", "c=", "=4", "d=\udcff", "e=\x00"])
    assert [problem.said("sv") for problem in caught.value.problems] == [
        "--set =4: inte en sökväg och ett värde; sökväg=värde",
        "--set a=2: a: angivet två gånger",
        "--set b=[: b: en parentes är inte stängd eller ett komma saknas",
        "--set c=: inte en sökväg och ett värde; sökväg=värde",
        "--set d=\udcff: d: en byte som inte är UTF-8; ren text i UTF-8",
        "--set e=\x00: e: filen är binär; ren text i UTF-8",
        "--set years: inte en sökväg och ett värde; sökväg=värde",
    ]


@pytest.mark.parametrize(
    "setting", [{"a\0b": 1}, {"title": "a\0b"}, {"title": {"en": "\ud800", "sv": "x"}}, {"": 1}, {".": 1}]
)
def test_that_odd_settings_are_refused(setting, write):
    with pytest.raises(ScenarioError):
        load(write(""), setting)


def test_that_warnings_name_the_variant_they_belong_to(write):
    path = write(
        "budget: {per_year: 60}\nvariants: {poor: {budget.per_year: 1, interventions.r: {kind: digital_uptake}}}"
    )
    (warning,) = check(path)
    assert "the plan costs" in warning.message.en
    assert warning.place.variant == "poor"


def test_that_of_too_many_choices_none_is_named():
    assert choices(["a", "b"], 0) == NOTHING
    assert choices(["a", "b", "c"], 1).en == "one of a and 2 more"
