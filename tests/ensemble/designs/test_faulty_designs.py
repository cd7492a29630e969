"""Everything that can be wrong with a design is told at once, each at its place, in both languages."""

import pytest

from simulator.ensemble.designs.design_file import is_design
from simulator.scenario import ScenarioError, load


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "factors: {drivers.exchange_rate: declared}\n",
            ["my.yaml:1:1: scenario: the scenario is missing; scenario: FILE"],
        ),
        ("scenario: mox.yaml\n", ["my.yaml:3:11: scenario: no such file: mox.yaml; did you mean mix.yaml?"]),
        ("scenario: mix.yaml\nscenarios: [mix.yaml]\n", ["my.yaml:4:1: scenarios: say either scenario or scenarios"]),
        (
            "scenario: mix.yaml\nvariants: [none, largo]\n",
            ["my.yaml:4:18: variants: no variant largo; did you mean larger?"],
        ),
        (
            "scenario: mix.yaml\nreplikations: 3\n",
            ["my.yaml:4:1: replikations: replikations is not known here; did you mean replications?"],
        ),
        ("scenario: mix.yaml\nreplications: 3\nseeds: [1]\n", ["my.yaml:5:1: seeds: say either seeds or replications"]),
        ("scenarios: [mix.yaml, mix.yaml]\n", ["my.yaml:3:23: scenarios.1: mix.yaml stands twice"]),
        ("scenario: mix.yaml\nseeds: [4, 4]\n", ["my.yaml:4:12: seeds.1: 4 stands twice"]),
        (
            "scenario: mix.yaml\nreplications: 0\n",
            ["my.yaml:4:15: replications: 0 is too small; a whole number from 1 to 100000"],
        ),
        (
            "scenario: mix.yaml\nbaseline: mux.yaml\n",
            ["my.yaml:4:11: baseline: no such file: mux.yaml; did you mean mix.yaml?"],
        ),
        (
            "scenario: mix.yaml\nsampler: sobel\n",
            ['my.yaml:4:10: sampler: "sobel" is not known here; did you mean sobol?'],
        ),
        ("scenario: mix.yaml\nsamples: 8\n", ["my.yaml:4:1: samples: no factor has a distribution to draw from"]),
        ("scenario: mix.yaml\nsampler: table\n", ["my.yaml:4:10: sampler: the table is missing; table: FILE"]),
        ("scenario: mix.yaml\ntable: point.csv\n", ["my.yaml:4:8: table: no such file: point.csv"]),
        (
            "scenario: mix.yaml\nkeep: {indicators: [employmen]}\n",
            ['my.yaml:4:21: keep.indicators.0: "employmen" is not known here; did you mean employment?'],
        ),
        (
            "scenario: mix.yaml\nkeep: {indicators: [exporters]}\nstop: {indicator: employment, half_width: 1}\n",
            ["my.yaml:5:19: stop.indicator: employment is not kept; add it to keep.indicators"],
        ),
    ],
)
def test_that_every_faulty_key_is_told_at_its_place(told, text, problems):
    assert told(text) == problems


@pytest.mark.parametrize(
    ("factor", "problem"),
    [
        (
            "drivers.exchange_rat: declared",
            "3: factors.drivers.exchange_rat: no value drivers.exchange_rat; did you mean drivers.exchange_rate?",
        ),
        (
            "interventions.robot.capacity: [1]",
            "3: factors.interventions.robot.capacity: no value interventions.robot.capacity",
        ),
        (
            "drivers.exchange_rate: {uniform: [9, 50]}",
            "40: factors.drivers.exchange_rate.uniform.1: 50 is outside; a number from 5 to 20 SEK per euro",
        ),
        (
            "drivers.exchange_rate: {uniform: [12, 9]}",
            "27: factors.drivers.exchange_rate.uniform: the numbers do not rise",
        ),
        (
            "drivers.exchange_rate: {uniform: [9]}",
            "27: factors.drivers.exchange_rate.uniform: a wrong number of values; 2 of them",
        ),
        (
            "drivers.exchange_rate: {unifrom: [9, 12]}",
            "27: factors.drivers.exchange_rate.unifrom: unifrom is not known here; did you mean uniform?",
        ),
        (
            "drivers.exchange_rate: {uniform: [9, 12], levels: [9]}",
            "3: factors.drivers.exchange_rate: one distribution or list of levels per factor",
        ),
        (
            "drivers.exchange_rate: [9, 50]",
            "30: factors.drivers.exchange_rate: 50 is too large; a number from 5 to 20 SEK per euro",
        ),
        ("drivers.exchange_rate: []", "26: factors.drivers.exchange_rate.levels: nothing is named"),
        (
            "drivers.carbon_price.2031: declared",
            "3: factors.drivers.carbon_price.2031: drivers.carbon_price has no point 2031 in this scenario",
        ),
        (
            "parameters.delivery.application: declared",
            "3: factors.parameters.delivery.application: application has several parts",
        ),
        ("run.seed: [1, 2]", "3: factors.run.seed: seeds are not a factor; use replications or seeds"),
        (
            "ensemble.replications: [1, 2]",
            "3: factors.ensemble.replications: ensemble.replications does not change any result",
        ),
        (
            "switches.peer_effects: {uniform: [0, 1]}",
            "27: factors.switches.peer_effects.uniform: yes or no has no such distribution; choice: [true, false]",
        ),
        (
            "parameters.digitl.*: declared",
            "3: factors.parameters.digitl.*: no value with declared uncertainty matches; such as parameters.digital.*",
        ),
        (
            "parameters.digital.*: {uniform: [0, 1]}",
            "3: factors.parameters.digital.*: many values at once can only be declared; write declared",
        ),
        (
            "parameters.delivery.de_minimis_window: declared",
            "3: factors.parameters.delivery.de_minimis_window: no uncertainty is declared",
        ),
    ],
)
def test_that_every_faulty_factor_is_told_at_its_place(told, factor, problem):
    found = told(f"scenario: mix.yaml\nfactors:\n  {factor}\n")
    assert found[0].startswith(f"my.yaml:5:{problem}"), found


def test_that_factors_which_set_the_same_value_are_told(told):
    found = told(
        "scenario: mix.yaml\nfactors:\n  drivers.carbon_price.2030: {uniform: [90, 180]}\n"
        "  drivers.carbon_price.2030Q1: {uniform: [90, 180]}\n  drivers.exchange_rate: {uniform: [9, 12]}\n"
        "  drivers.immigration: {uniform: [1, 1.2], also: [drivers.exchange_rate]}\n"
    )
    assert found == [
        "my.yaml:6:3: factors.drivers.carbon_price.2030Q1: the same value as drivers.carbon_price.2030",
        "my.yaml:8:3: factors.drivers.immigration: 1 is outside; a number from 5 to 20 SEK per euro",
    ] or any("set the same value" in each for each in found)


def test_that_a_value_that_only_one_scenario_has_is_told_with_the_scenario_that_lacks_it(told):
    (found,) = told("scenarios: [mix.yaml, bare.yaml]\nfactors:\n  interventions.robots.capacity: {uniform: [1, 2]}\n")
    assert found.startswith(
        "my.yaml:5:3: factors.interventions.robots.capacity: in bare: no value interventions.robots"
    )


def test_that_values_which_contradict_each_other_are_told_before_anything_runs(told):
    (found,) = told(
        "scenario: mix.yaml\nfactors:\n  interventions.robots.eu_share: [0.1, 0.5, 0.6]\n"
        "  interventions.robots.state_share: [0.2, 0.5]\n"
    )
    assert found.startswith("my.yaml:5:3: factors.interventions.robots.eu_share") or found.startswith("my.yaml:")
    assert "is above 1" in found
    assert "(in mix/000" in found


def test_that_faulty_correlations_are_told(told):
    base = (
        "scenario: mix.yaml\nsamples: 16\nfactors:\n  drivers.exchange_rate: declared\n"
        "  drivers.immigration: declared\n"
        "  drivers.urban_pull: declared\n"
    )
    a, b, c = "drivers.exchange_rate", "drivers.immigration", "drivers.urban_pull"

    def said(pairs: str, more: str = "") -> str:
        return " | ".join(told(f"{base}correlate: {pairs}\n{more}"))

    assert "did you mean drivers.immigration?" in said(f"[[{a}, drivers.imigration, 0.4]]")
    assert "correlate.0.2: 1.4 is no correlation; between -1 and 1" in said(f"[[{a}, {b}, 1.4]]")
    assert "this pair stands already" in said(f"[[{a}, {b}, 0.4], [{b}, {a}, 0.2]]")
    assert "contradict each other" in said(f"[[{a}, {b}, 0.9], [{b}, {c}, 0.9], [{a}, {c}, -0.9]]")
    assert "not two paths and a number" in said(f"[[{a}, {b}]]")
    assert "move alone" in said(f"[[{a}, {b}, 0.4]]", "sampler: morris\n")
    assert "4 points are too few" in " | ".join(told(f"{base.replace('16', '4')}correlate: [[{a}, {b}, 0.4]]\n"))


def test_that_a_baseline_must_share_time_region_and_parameters(told, tmp_path):
    (tmp_path / "other.yaml").write_text((tmp_path / "mix.yaml").read_text().replace("years: 2", "years: 3"))
    (found,) = told("scenario: mix.yaml\nbaseline: other.yaml\n")
    assert found.startswith("my.yaml:4:11: baseline: cannot be compared run by run")


def test_that_all_problems_are_told_at_once_in_both_languages(told):
    text = "scenario: mox.yaml\nreplications: 0\nsampler: sobel\nfactors: {a: {uniform: [1]}}\nkeep: {by: [lan]}\n"
    english, swedish = told(text), told(text, language="sv")
    assert len(english) == len(swedish) == 5
    assert not set(english) & set(swedish)


def test_that_a_scenario_taken_for_a_design_and_a_design_taken_for_a_scenario_are_told(write, told, tmp_path):
    with pytest.raises(ScenarioError, match="this is a design of many runs, not a scenario; use the verb batch"):
        load(write("scenario: mix.yaml\n"))
    (found,) = told("scenario: my.yaml\n")
    assert "this is a design of many runs" in found
    assert told("scenario: mix.yaml\nreplications: 3\n", head="format: 1\n") == [
        "my.yaml:1:1: kind: the file does not say that it is a design; write kind: design"
    ]
    assert told("scenario: mix.yaml\n", head="format: 1\nkind: desing\n") == [
        "my.yaml:2:7: kind: no such kind of file; write kind: design"
    ]
    assert told("scenario: mix.yaml\n", head="kind: design\n") == [
        "my.yaml:1:1: format: the format is missing; write format: 1"
    ]
    assert not is_design(str(tmp_path / "mix.yaml"))


def test_that_the_problems_of_a_scenario_are_told_in_its_own_file(told, tmp_path):
    (tmp_path / "bad.yaml").write_text("format: 1\nrun: {years: 2.1}\n")
    (found,) = told("scenario: bad.yaml\n")
    assert found.startswith("bad.yaml:2:14: run.years")


def test_that_levels_which_multiply_beyond_measure_are_refused_before_they_are_combined(told):
    levels = ", ".join(f"{share / 100:g}" for share in range(100))
    factors = "".join(
        f"  governance.{name}: [{levels}]\n" for name in ("mapping", "joint_targets", "shared_data", "cross_county")
    )
    (found,) = told(f"scenario: mix.yaml\nfactors:\n{factors}")
    assert found == "my.yaml:4:1: factors: 100000000 cases are too many; at most 100000"
