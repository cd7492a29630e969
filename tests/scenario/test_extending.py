"""Files that build on others: precedence, cycles, and folders that stay closed."""

from pathlib import Path

import pytest

from simulator.scenario import ScenarioError, load
from simulator.scenario.files import SHIPPED, shipped_names


def test_that_the_nearer_word_wins(write):
    write("run: {years: 5, seed: 5, scale: 0.5}\nregion: {seed: 3}", "first.yaml")
    write("extends: first.yaml\nrun: {years: 6, seed: 6}", "second.yaml")
    text = "extends: second.yaml\nrun: {years: 7}\nvariants: {long: {run.years: 8}}"
    scenario = load(write(text))
    assert (scenario.run.years, scenario.run.seed, scenario.run.scale, scenario.region.seed) == (7, 6, 0.5, 3)
    assert load(write(text), variant="long").run.years == 8
    assert load(write(text), {"run.years": 9}, "long").run.years == 9


def test_that_of_several_files_the_later_wins_and_what_they_share_counts_before_both(write):
    write("run: {years: 5, seed: 5}\ndrivers: {tariff_wedge: 1, electricity_price: 0.5}", "shared.yaml")
    write("extends: shared.yaml\nrun: {seed: 6}\ndrivers: {tariff_wedge: 2}", "mix.yaml")
    write("extends: shared.yaml\ndrivers: {tariff_wedge: 3}", "future.yaml")
    scenario = load(write("extends: [mix.yaml, future.yaml]"))
    assert (scenario.run.years, scenario.run.seed) == (5, 6)
    assert (scenario.drivers.tariff_wedge, scenario.drivers.electricity_price) == (3, 0.5)
    assert load(write("extends: [future.yaml, mix.yaml]")).drivers.tariff_wedge == 2
    assert load(write("extends: []\nrun: {years: 4}")).run.years == 4


def test_that_all_problems_of_several_files_are_told(write, told):
    write("run: {yeers: 5}", "one.yaml")
    write("drivers: {tarif_wedge: 5}", "two.yaml")
    lines = told(write("extends: [one.yaml, nowhere.yaml, two.yaml, [a], 3]"))
    assert [line.split(":")[0] for line in lines] == ["mine.yaml"] * 3 + ["one.yaml", "two.yaml"]


def test_that_mappings_merge_and_a_path_or_a_list_is_replaced(write):
    write(
        "drivers: {carbon_price: {2026: 78, 2035: 200}, tariff_wedge: 5}\n"
        "interventions: {robots: {kind: robot_lift, target: {counties: [dalarna, varmland], rural: true}}}",
        "base.yaml",
    )
    scenario = load(
        write(
            "extends: base.yaml\ndrivers: {carbon_price: {2030: 100}}\n"
            "interventions: {robots: {target: {counties: [gavleborg]}}}"
        )
    )
    assert scenario.resolved["drivers"]["carbon_price"] == {"2030Q1": 100}
    assert scenario.drivers.tariff_wedge == 5
    (measure,) = scenario.measures
    assert (measure.target.counties, measure.target.rural) == (("21",), True)


def test_that_null_takes_away_what_was_inherited(write, told):
    write("interventions: {robots: {kind: robot_lift, capacity: 3}}\nrun: {years: 5}", "base.yaml")
    assert load(write("extends: base.yaml\ninterventions: {robots: null}\nrun: {years: ~}")).measures == ()
    assert told(write("run: {years: null}"))[0].startswith("mine.yaml:2:14: run.years: a value is missing")


def test_that_an_empty_section_changes_nothing_and_a_forgotten_value_is_told(write, told):
    write("interventions: {robots: {kind: robot_lift}}", "base.yaml")
    assert len(load(write("extends: base.yaml\ninterventions:\n")).measures) == 1
    assert load(write("interventions:\n")).measures == ()
    assert "run.years: a value is missing" in told(write("run:\n  years:\n"))[0]


def test_that_an_intervention_of_another_kind_replaces_the_old_one(write):
    write("interventions: {help: {kind: robot_lift, subsidised_share: 0.2}}", "base.yaml")
    (measure,) = load(write("extends: base.yaml\ninterventions: {help: {kind: export_start}}")).measures
    assert measure.kind.name == "export_start"


def test_that_a_circle_is_told(write, told):
    write("extends: mine.yaml", "other.yaml")
    assert told(write("extends: other.yaml")) == [
        "other.yaml:2:10: extends: the files extend each other: mine.yaml > other.yaml > mine.yaml"
    ]
    assert "extend each other" in told(write("extends: mine.yaml"))[0]


def test_that_a_long_chain_is_refused(write, told):
    for number in range(15):
        write(f"extends: {number + 1}.yaml", f"{number}.yaml")
    write("run: {years: 5}", "15.yaml")
    assert "too many files extend each other; at most 10" in told(write("extends: 0.yaml"))[0]


@pytest.mark.parametrize(
    "name", ["../secret.yaml", "../../secret.yaml", "{parent}/secret.yaml", "link.yaml", "sub/../../secret"]
)
def test_that_extends_stays_in_its_folder(name, write, told, tmp_path):
    write("run: {years: 5}", "../secret.yaml")
    Path(tmp_path / "link.yaml").symlink_to(tmp_path.parent / "secret.yaml")
    write("run: {years: 5}", "sub/x.yaml")
    (line,) = told(write(f"extends: {name.format(parent=tmp_path.parent)}"))
    assert "lies elsewhere; a file in the scenario's own folder or a shipped scenario" in line
    assert line.startswith("mine.yaml:2:10: extends: ")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../../../../../etc/passwd", "/dev/zero", "5", "{a: b}", "true"])
def test_that_extends_names_a_scenario_file_and_nothing_else(name, write, told):
    assert told(write(f"extends: {name}"))[0].startswith("mine.yaml:2:10: extends: ")


def test_that_a_misspelt_base_is_suggested(write, told):
    assert told(write("extends: basline.yaml\ninterventions: {robots: {capacity: 3}}")) == [
        "mine.yaml:2:10: extends: no such file: basline.yaml; did you mean baseline.yaml?"
    ]


def test_that_a_shipped_scenario_can_be_extended_from_anywhere(write):
    assert load(write("extends: baseline.yaml\nrun: {years: 3}")).run.years == 3
    assert load(write("extends: baseline")).digest == load("baseline").digest


def test_that_faults_of_an_extended_file_are_told_at_their_own_place(write, told):
    write("run: {yeers: 5}", "base.yaml")
    assert told(write("extends: base.yaml\nrun: {seed: -1}")) == [
        "base.yaml:2:7: run.yeers: yeers is not known here; did you mean years?",
        "mine.yaml:3:13: run.seed: -1 is too small; a whole number from 0 to 4294967295",
    ]


BASELESS = """\
extends: nowhere.yaml
title: {en: Mine}
run: {years: -1, seed: ~}
drivers: {carbon_price: {2026: 78}}
interventions:
  robots: {capacity: 3, end: 2020Q4, target: {counties: [elsewhere], municipalities: null}}
  help: null
  export: {kind: export_start, capasity: 3, employees: null, target: {employees: [9, 5]}}
targets: {employment: {by: 2030Q1}, emploiment: {at_least: 5}}
uncertainty:
  interventions.robots.capacity: {uniform: [1, 2]}
  interventions.export.capacity.dalarna: {uniform: [1, 2]}
  drivers.tariff_wedge.2030: {uniform: [1, 2]}
  drivers.carbon_price.2030: {uniform: [1, 2]}
variants:
  a: {drivers.tariff_wedge.2030: 5, run.scale: null, run.yeers: 4}
"""


def test_that_a_missing_base_hides_no_fault_and_makes_up_none(write, told):
    expected = [
        "mine.yaml:2:10: extends",
        "mine.yaml:4:14: run.years",
        "mine.yaml:9:32: interventions.export.capasity",
        "mine.yaml:9:71: interventions.export.target.employees",
        "mine.yaml:10:37: targets.emploiment",
        "mine.yaml:15:3: uncertainty.drivers.carbon_price.2030",
        "mine.yaml:17:54: run.yeers",
    ]
    for chosen in (None, "a", "of the base"):
        lines = told(write(BASELESS), variant=chosen)
        assert [": ".join(line.removesuffix(" (variant a)").split(": ")[:2]) for line in lines] == expected
    lines = told(write(BASELESS), {"run.sead": 5, "drivers.tariff_wedge.2031": 5})
    assert lines[0].startswith("--set run.sead=5: run.sead: sead is not known here")
    assert len(lines) == len(expected) + 1


@pytest.mark.parametrize(
    "base", ["run: [", "extends: ../x.yaml", "extends: mine.yaml", "run: {yeers: 5}", "run: !a {}"]
)
def test_that_a_faulty_base_hides_no_fault_of_the_file(base, write, told):
    write(base, "base.yaml")
    one, two = told(write("extends: base.yaml\nrun: {seed: -1}"))
    assert one.startswith("base.yaml:2:")
    assert two.startswith("mine.yaml:3:13: run.seed: -1 is too small")


@pytest.mark.parametrize("name", shipped_names())
def test_that_every_shipped_scenario_loads_and_speaks_both_languages(name):
    scenario = load(name)
    assert scenario.title is not None
    assert scenario.title.en != scenario.title.sv
    assert load(str(SHIPPED / f"{name}.yaml")).digest == scenario.digest


def test_that_a_text_loads_as_the_file_it_will_be(tmp_path):
    (tmp_path / "mine.yaml").write_text("format: 1\nextends: baseline\nrun: {years: 3}\n", encoding="utf-8")
    scenario = load(tmp_path / "draft.yaml", text="format: 1\nextends: mine.yaml\nrun: {seed: 5}\n")
    assert (scenario.run.years, scenario.run.seed) == (3, 5)
    with pytest.raises(ScenarioError) as refused:
        load(tmp_path / "draft.yaml", text="format: 1\nrun: {years: -1}\n")
    assert refused.value.problems[0].place.line == 2
