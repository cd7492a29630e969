"""Shape of a scenario: strict types, nothing unknown, every message in our own words and both languages."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import core_schema

import simulator
from simulator.economy.closures import Closure
from simulator.quantity import declared
from simulator.scenario import load
from simulator.scenario.messages import EXPLANATIONS, Fault, explained
from simulator.scenario.schema import TAG, shape
from simulator.scenario.validation import path_of
from simulator.scenario.vocabulary import VOCABULARY


def test_that_all_problems_come_at_once_with_their_places(write, told):
    text = """\
run: {years: "15", seeds: 3}
switches:
  peer_effects: NO
interventions:
  robots:
    kind: robot_lift
    start: 2030Q1
    end: 2026Q4
    capacity: -1
    subsidy_share: 50
  unknown: {kind: robot_lft}
drivers: {carbon_price: {2026: 78, 2026Q1: 80}}
"""
    assert told(write(text)) == [
        'mine.yaml:2:14: run.years: "15" is text; write it without quotation marks: a number from 0.25 to 100 years',
        "mine.yaml:2:20: run.seeds: seeds is not known here; did you mean seed?",
        'mine.yaml:4:17: switches.peer_effects: "NO" does not fit; write false',
        "mine.yaml:9:10: interventions.robots.end: ends in 2026Q4, before its start; 2030Q1 or later",
        "mine.yaml:10:15: interventions.robots.capacity: -1 is too small; a number from 0 to 5000 awards per quarter",
        "mine.yaml:11:20: interventions.robots.subsidy_share: 50 is too large; "
        "a number from 0 to 0.75; 50 % is written 0.5",
        "mine.yaml:12:19: interventions.unknown: no kind robot_lft; did you mean robot_lift?",
        "mine.yaml:13:11: drivers.carbon_price: 2026 and 2026Q1 are the same quarter",
    ]


def test_that_the_same_problems_are_told_in_swedish(write, told):
    assert told(write("run: {yeers: 5, seed: 1.5}\nswitches: {diffusion: nej}"), language="sv") == [
        "mine.yaml:2:7: run.yeers: yeers är okänt här; menade du years?",
        "mine.yaml:2:23: run.seed: 1.5 passar inte; ett heltal från 0 till 4294967295",
        'mine.yaml:3:23: switches.diffusion: "nej" passar inte; skriv false',
    ]


WRONG = {
    "run: {seed: true}": "run.seed: true does not fit; a whole number",
    "run: {years: true}": "run.years: true does not fit; a number from 0.25 to 100 years",
    "run: {years: [5]}": "run.years: a list stands here",
    "run: {years: {a: 1}}": "run.years: a mapping stands here",
    "run: {years: .nan}": "run.years: not a finite number",
    "run: {years: .inf}": "run.years: not a finite number",
    "run: {years: 1e999}": "run.years: not a finite number",
    "run: {years: 5 years}": "write the number alone, with a decimal point: a number from 0.25 to 100 years",
    "run: {scale: '0,5'}": "write the number alone, with a decimal point",
    "budget: {per_year: 60 MSEK}": 'budget.per_year: "60 MSEK" is not a number; write the number alone',
    "governance: {mapping: 70%}": "governance.mapping: \"70%\" is not a number; write the number alone",
    "governance: {mapping: 70}": "70 is too large; a number from 0 to 1; 70 % is written 0.7",
    "run: {years: 0.3}": "run.years: 0.3 years are not whole quarters; such as 10, 0.25 or 2.5",
    "run: {start: 2026}": "run.start: not a quarter; write 2026Q1",
    "run: {start: 2026-q3}": "run.start: not a quarter; write 2026Q3",
    "run: {start: 2026-04-01}": "run.start: not a quarter; write 2026Q2",
    "run: {start: spring}": "run.start: not a quarter; a quarter such as 2026Q1",
    "run: 5": "run: 5 does not fit; names with values",
    "run: [5]": "run: a list stands here; names with values",
    "title: 5": "title: 5 does not fit; names with values",
    "title: {en: Mine}": "title.sv: sv is missing",
    "title: {en: '', sv: Min}": "title.en: the text is empty",
    "title: {en: 5, sv: Min}": "title.en: 5 does not fit; text",
    "switches: {peer_effects: 1}": "switches.peer_effects: 1 does not fit; true or false",
    "switches: {peer_effects: 'true'}": 'switches.peer_effects: "true" does not fit; true or false',
    "population: growing": 'population: "growing" is not known here; one of projected, constant',
    "population: projectd": "did you mean projected?",
    "drivers: {carbon_price: {}}": "drivers.carbon_price: nothing is named; at least one, or leave the line out",
    "drivers: {carbon_price: {soon: 5}}": "drivers.carbon_price.soon: not a year or quarter; a year or quarter such as",
    "drivers: {carbon_price: {2030K3: 5}}": "not a year or quarter; write 2030Q3",
    "drivers: {carbon_price: {2030: x}}": 'drivers.carbon_price.2030: "x" does not fit; a number from 0',
    "drivers: {carbon_price: x}": 'drivers.carbon_price: "x" does not fit; a number from 0 to 1000 euro per tonne',
    "drivers: {carbon_price: {2030: 5000}}": "drivers.carbon_price.2030: 5000 is too large; a number from 0 to 1000",
    "drivers: {exchange_rate: {2026: 11}}": "drivers.exchange_rate: a mapping stands here",
    "parameters: {digitl: {}}": "parameters.digitl: digitl is not known here; did you mean digital?",
    "parameters: {digital: {gain: {9: 1}}}": "parameters.digital.gain.9: 9 is not known here; one of 1, 2, 3",
    "parameters: {digital: {gain: 1}}": "parameters.digital.gain: 1 does not fit; names with values",
    "interventions: {a: {}}": "interventions.a: the kind is missing; one of knowledge_platforms, industry_challenges",
    "interventions: {a: {kind: [x]}}": "mine.yaml:2:21: interventions.a: a list stands here; one of",
    "interventions: {a: {kind: 5}}": "mine.yaml:2:27: interventions.a: no kind 5; one of knowledge_platforms",
    "interventions: {a: {kind: robot_lift, capacity: {}}}": "a.capacity: nothing is named; at least one, or leave",
    "interventions: {a: {kind: robot_lift, target: {counties: []}}}": "target.counties: nothing is named; at least one",
    "interventions: {a: {kind: robot_lift, target: {digital_level: [0.5, 1]}}}":
        "target.digital_level.0: 0.5 is not whole; a whole number",
    "interventions: {a: {kind: robot_lift, target: {employees: [10, 49.5]}}}": "49.5 is not whole; a whole number",
    "interventions: {a: 5}": "interventions.a: the kind is missing",
    "interventions: {1a: {kind: robot_lift}}": "interventions.1a: 1a cannot be a name; a letter, then letters",
    "interventions: {a.b: {kind: robot_lift}}": "a.b cannot be a name",
    "interventions: {a: {kind: robot_lift, capcity: 1}}": "capcity is not known here; did you mean capacity?",
    "interventions: {a: {kind: robot_lift, selection: lotery}}": "did you mean lottery?",
    "interventions: {a: {kind: robot_lift, target: {county: x}}}": "did you mean counties?",
    "interventions: {a: {kind: robot_lift, target: {employees: [1]}}}": "a wrong number of values; 2 of them",
    "interventions: {a: {kind: robot_lift, target: {rural: 1}}}": "target.rural: 1 does not fit; true or false",
    "interventions: {a: {kind: robot_lift, target: {counties: dalarna}}}": '"dalarna" does not fit; a list such as',
    "interventions: {a: {kind: robot_lift, target: {green_level: [0, 4]}}}": "green_level.1: 4 is too large; at most 3",
    "interventions: {a: {kind: robot_lift, target: {absorptive_capacity: [0, 30]}}}": "30 is too large; at most 1",
    "interventions: {a: {kind: robot_lift, target: {started: yes}}}": 'started: "yes" does not fit; write true',
    "interventions: {a: {kind: green_building, target: {rurall: true}}}": "did you mean rural?",
    "interventions: {a: {kind: skills_matching, target: {rural: true}}}": "rural is not known here",
    "interventions: {a: {kind: robot_lift, budget: {total: -1}}}": "budget.total: -1 is too small",
    "interventions: {a: {kind: robot_lift, capacity: {dalarna: -1}}}": "capacity.dalarna: -1 is too small",
    "interventions: [a]": "interventions: a list stands here; names with values",
    "record: {by: [couny]}": 'record.by.0: "couny" is not known here; did you mean county?',
    "record: {firms: 1}": "record.firms: 1 does not fit; true or false",
    "ensemble: {sampler: sobel}": "did you mean sobol?",
    "ensemble: {replications: 0}": "ensemble.replications: 0 is too small; a whole number from 1 to 100000",
    "intervetions: {}": "intervetions is not known here; did you mean interventions?",
    "uncertainty: {run.years: {unifrm: [1, 2]}}": "unifrm is not known here; did you mean uniform?",
    "region: {name: 5}": "region.name: 5 does not fit; text",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_that_a_wrong_value_is_answered_with_what_is_allowed(text, write, told):
    lines = told(write(text))
    assert any(WRONG[text] in line for line in lines), lines
    assert all(line.startswith("mine.yaml:2:") for line in lines)
    assert len(lines) == 1


def test_that_discriminator_tags_do_not_reach_the_path(write, told):
    with pytest.raises(ValidationError) as caught:
        shape(VOCABULARY).model_validate(
            {"interventions": {"robot_lift": {"kind": "robot_lift", "capacity": {"a": -1}}}}
        )
    (error,) = caught.value.errors()
    assert error["loc"] == (
        "interventions", "robot_lift", f"{TAG}robot_lift", "capacity", f"{TAG}mapping", "a",
    )  # fmt: skip
    assert path_of(error["loc"]) == ("interventions", "robot_lift", "capacity", "a")


def test_that_a_mark_on_a_key_does_not_reach_the_path():
    assert path_of(("drivers", "carbon_price", f"{TAG}mapping", "soon", "[key]")) == ("drivers", "carbon_price", "soon")


def error_types(schema: object) -> set[str]:
    """Every error type that pydantic may raise for the kinds of schema in use."""
    text = str(schema)
    limits = {"greater_than_equal", "less_than_equal"}
    raised = {
        "bool": {"bool_type"},
        "dict": {"dict_type", "too_short"},
        "int": {"int_type", *limits},
        "float": {"float_type", "finite_number", *limits},
        "list": {"list_type", "too_short", "too_long"},
        "model": {"model_type", "missing", "extra_forbidden"},
        "str": {"string_type", "string_too_short", "string_pattern_mismatch"},
        "literal": {"literal_error"},
        "tagged-union": {"union_tag_invalid", "union_tag_not_found"},
    }
    return {error for kind, errors in raised.items() if f"'type': '{kind}" in text for error in errors}


def test_that_every_error_type_in_use_has_words_of_our_own():
    model: type[BaseModel] = shape(VOCABULARY)
    needed = error_types(TypeAdapter(model).core_schema) | {"said"}
    assert needed - {"said"} <= set(get_args(core_schema.ErrorType))
    assert needed <= set(EXPLANATIONS)


@pytest.mark.parametrize("kind", [*(name for name in EXPLANATIONS if name != "said"), "something_new"])
@pytest.mark.parametrize("given", [None, "x", "50 %", 3.5, True, [1], {"a": 1}, {"kind": "x"}])
def test_that_each_explanation_speaks_two_languages(kind, given):
    fault = Fault(
        name="years",
        given=given,
        context={"ge": 1, "min_length": 2, "expected": "'a' or 'b'"},
        quantity=None,
        known=["year"],
    )
    said = explained(kind, fault)
    assert said.message.en
    assert said.message.sv
    assert said.message.en == str(given) or bool(said.allowed.en) == bool(said.allowed.sv)
    assert not re.search(r"Input should|valid ", said.message.en + said.allowed.en)


def test_that_a_fault_in_one_part_of_an_intervention_does_not_hide_those_of_others(write, told):
    text = "interventions: {a: {kind: robot_lift, capacity: x, start: 2030Q1, end: 2029Q1, target: {counties: [1, x]}}}"
    assert [line.split(": ")[1] for line in told(write(text))] == [
        "interventions.a.capacity", "interventions.a.end", "interventions.a.target.counties.0",
    ]  # fmt: skip


def test_that_every_declared_path_can_be_set_to_its_default():
    defaults = {}
    for path, quantity in VOCABULARY.paths().items():
        name = path.rpartition(".")[2]
        if isinstance(quantity.default, tuple) and name in quantity.labels:
            defaults[path] = quantity.default[quantity.labels.index(name)]
        elif not isinstance(quantity.default, tuple) and not path.startswith("budget."):
            defaults[path] = quantity.default
    assert load("baseline", defaults).resolved["parameters"] == load("baseline").resolved["parameters"]


def groups_of_quantities() -> Iterator[type]:
    """Every dataclass with declared quantities in the packages below the scenario."""
    for found in pkgutil.walk_packages(simulator.__path__, "simulator."):
        if found.name.split(".")[1] in ("cli", "gui", "ensemble", "model", "scenario"):
            continue
        module = importlib.import_module(found.name)
        for each in vars(module).values():
            if (
                isinstance(each, type)
                and dataclasses.is_dataclass(each)
                and each.__module__ == found.name
                and declared(each)
            ):
                yield each


def test_that_every_group_of_declared_quantities_is_in_the_vocabulary():
    known = {*VOCABULARY.groups.values(), *VOCABULARY.sections.values(), Closure}  # each closure has a name of its own
    known |= {base for group in known for base in group.__bases__}
    assert {group.__name__ for group in groups_of_quantities()} <= {group.__name__ for group in known}
