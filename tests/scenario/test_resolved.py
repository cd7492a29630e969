"""The resolved scenario: complete, with origins, and a digest of its meaning."""

import dataclasses
import pickle
import re

import pytest
import yaml

from simulator.economy.drivers import Trajectory
from simulator.quantity import declared
from simulator.scenario import load, revised
from simulator.scenario.files import read_inherited, shipped_names
from simulator.scenario.vocabulary import VOCABULARY

MIX = """\
title: {en: Mix, sv: Blandning}
run: {years: 10, seed: 7}
drivers: {carbon_price: {2026: 78, 2035Q3: 200}}
interventions:
  robots:
    kind: robot_lift
    start: 2027Q1
    capacity: {dalarna: 3, Värmland: 2}
    target: {counties: [Gävleborg, "20"], municipalities: [mora], digital_level: null}
    budget: {total: 20}
    stream: one
  skills: {kind: training_at_work}
targets: {employment: {at_least: 50000}}
uncertainty: {drivers.carbon_price.2035Q3: {uniform: [110, 250]}, switches.diffusion: {choice: [true, false]}}
variants: {long: {run.years: 20}}
"""


def test_that_what_was_written_becomes_what_the_model_reads(write):
    scenario = load(write(MIX))
    assert scenario.run.start == 2026.0
    assert (scenario.run.quarters, scenario.run.start_text) == (40, "2026Q1")
    assert scenario.drivers.carbon_price == Trajectory((2026.0, 2035.5), (78.0, 200.0))
    robots, skills = scenario.measures
    assert (robots.start, robots.end, skills.start, skills.end) == (4, 39, 0, 39)
    assert robots.settings["capacity"] == {"20": 3, "17": 2}
    assert robots.settings["contacts"]["20"] == 15
    assert (robots.target.counties, robots.target.digital_level) == (("21", "20"), None)
    assert robots.target.employees == robots.kind.target.employees
    assert (robots.budget_total, robots.budget_per_year, robots.stream) == (20, None, "one")
    assert scenario.targets[0].by == 39
    assert scenario.uncertainty["switches.diffusion"].values == (True, False)
    assert scenario.title == ("Mix", "Blandning")


@pytest.mark.parametrize("name", ["mix", *shipped_names()])
@pytest.mark.parametrize("origins", [False, True])
def test_that_the_resolved_scenario_loads_back_to_the_same_digest(name, origins, write):
    scenario = load(write(MIX) if name == "mix" else name)
    again = load(write(scenario.to_yaml(origins).removeprefix("format: 1\n"), "again.yaml") if not origins else
                 write(scenario.to_yaml(origins).encode(), "again.yaml"))  # fmt: skip
    assert again.digest == scenario.digest
    assert again.to_yaml() == scenario.to_yaml()


def test_that_the_resolved_scenario_is_plain_yaml_for_others_too(write):
    assert yaml.safe_load(load(write(MIX)).to_yaml())["interventions"]["robots"]["end"] == "2035Q4"


def test_that_every_default_is_filled_in(write):
    resolved = load(write("")).resolved
    for name, group in VOCABULARY.groups.items():
        assert set(resolved["parameters"][name]) == set(declared(group))
    for name in ("drivers", "switches", "governance"):
        assert set(declared(VOCABULARY.sections[name])) <= set(resolved[name])


def test_that_defaults_are_those_of_the_declarations(write):
    scenario = load(write(""))
    assert scenario.parameters == {name: group() for name, group in VOCABULARY.groups.items()}
    assert (scenario.switches, scenario.budget) == (VOCABULARY.sections["switches"](), VOCABULARY.sections["budget"]())
    assert scenario.drivers == VOCABULARY.sections["drivers"]()


SAME = {
    "comments": MIX + "# the end\n",
    "order": "\n".join(sorted(MIX.replace("\n  ", "\0 ").splitlines(), reverse=True)).replace("\0 ", "\n  ") + "\n",
    "titles": MIX.replace("Blandning", "Något annat"),
    "a default written out": MIX + "population: projected\nswitches: {diffusion: true}\n",
    "another way to write a number": MIX.replace("years: 10", "years: 1e1").replace("dalarna: 3", "dalarna: 3.0"),
    "another way to write a place": MIX.replace("Värmland", "varmland").replace("Gävleborg", "gavleborg"),
    "another way to write a year": MIX.replace("2026: 78", "2026Q1: 78"),
    "variants that are not chosen": MIX.replace("run.years: 20", "run.years: 21"),
    "a window written out": MIX.replace("training_at_work", "training_at_work, start: 2026Q1, end: 2035Q4"),
}


@pytest.mark.parametrize("change", SAME)
def test_that_equal_meaning_has_an_equal_digest(change, write):
    assert load(write(SAME[change], "other.yaml")).digest == load(write(MIX)).digest


OTHER = {
    "run.seed": 8, "region.seed": 2, "switches.diffusion": False, "drivers.carbon_price.2026": 79,
    "interventions.robots.capacity": 5, "parameters.digital.taste_scale": 0.5, "governance.mapping": 0.5,
    "population": "constant", "targets.employment.at_least": 50001, "record.firms": True, "region.name": "undervisning",
    "uncertainty.drivers.carbon_price.2035Q3": {"uniform": [110, 251]}, "budget.per_year": 60,
}  # fmt: skip


@pytest.mark.parametrize("path", OTHER)
def test_that_another_meaning_has_another_digest(path, write):
    text = MIX
    if path == "region.name":
        text = text[: text.index("interventions")]
    assert load(write(text), {path: OTHER[path]}).digest != load(write(text)).digest


def test_that_each_value_knows_where_it_comes_from(write):
    write("run: {scale: 0.5}", "base.yaml")
    path = write(
        "extends: base.yaml\nrun: {years: 5}\ndrivers: {carbon_price: {2030: 90}}\nvariants: {v: {run.seed: 9}}"
    )
    scenario = load(path, {"region.seed": 4}, "v")
    folder = path.removesuffix("mine.yaml")
    assert {name: place.said().removeprefix(folder) for name, place in scenario.origins.items()} == {
        "drivers.carbon_price.2030Q1": "mine.yaml:4:32",
        "region.seed": "--set region.seed=4",
        "run.scale": "base.yaml:2:14",
        "run.seed": "mine.yaml:5:26",
        "run.years": "mine.yaml:3:14",
    }
    text = scenario.to_yaml(origins=True)
    assert f"# {path}:5:26 (v)\n" in text
    assert "# --set region.seed=4\n" in text
    assert re.search(r"start: \S+ +# default\n", text)


def test_that_a_scenario_cannot_be_changed(write):
    scenario = load(write(MIX))
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.population = "constant"


def test_that_a_scenario_travels_to_another_process(write):
    scenario = load(write(MIX), {"run.seed": 11}, "long")
    again = pickle.loads(pickle.dumps(scenario))
    assert (again.digest, again.variant, again.to_yaml(True)) == (scenario.digest, "long", scenario.to_yaml(True))


def test_that_null_lifts_a_restriction_of_the_kind_wherever_it_is_said(write):
    assert load(write(MIX)).measures[0].kind.target.employees is not None
    for overrides in ({}, {"interventions.robots.target.employees": [5, 9]}):
        scenario = revised(load(write(MIX), overrides), {"interventions.robots.target.employees": None})
        assert scenario.measures[0].target.employees is None
        assert load(write(scenario.to_yaml().encode(), "again.yaml")).measures[0].target.employees is None


def test_that_a_measure_switched_off_keeps_its_numbers_and_can_be_switched_on_again(write):
    text = "interventions: {robots: {kind: robot_lift, capacity: 7, active: false}}\n"
    off = load(write(text))
    assert off.measures[0].idle
    assert off.measures[0].settings["capacity"] == 7
    assert off.resolved["interventions"]["robots"]["active"] is False
    write(text, "off.yaml")
    on = load(write("extends: off.yaml\ninterventions: {robots: {active: true}}\n", "on.yaml"))
    assert not on.measures[0].idle
    assert "active" not in on.resolved["interventions"]["robots"]
    assert on.digest == load(write(text.replace(", active: false", ""), "plain.yaml")).digest != off.digest


def test_that_what_a_text_extends_is_read_without_the_text(write):
    write("interventions: {robots: {kind: robot_lift}}\n", "low.yaml")
    text = "format: 1\nextends: low.yaml\ninterventions: {robots: null, more: {kind: robot_lift}}\n"
    inherited = read_inherited(write(text.removeprefix("format: 1\n")), text)
    assert list(inherited.branch("interventions").entries) == ["robots"]
