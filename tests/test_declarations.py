"""Everything declared: both languages, a known unit, a range that holds the default, a source that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from simulator.agents.firms import CLASS_TEXTS, Anchors, Firms
from simulator.agents.switches import Switches
from simulator.agents.world import EVENTS
from simulator.delivery.ledger import COLUMNS as LEDGER
from simulator.indicators import INDICATORS
from simulator.indicators.catalogue.barriers import WORDS as BARRIERS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import PRIORITIES, SELECTIONS
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.target import TARGET_TEXTS, Target
from simulator.interventions.words import DIRECTION_TEXTS, DOMAIN_TEXTS, FORM_TEXTS
from simulator.quantity import GRADES, UNITS, Grade, Quantity, Text, declared
from simulator.scenario.vocabulary import VOCABULARY

REFERENCES = (Path(__file__).parents[1] / "simulator" / "references" / "references.bib").read_text("utf-8")
KEYS = set(re.findall(r"^@\w+\{([^,\s]+),", REFERENCES, re.MULTILINE))


def everything() -> Iterator[tuple[str, Quantity]]:
    """All declared numbers by path: sections with drivers and switches, parameters, settings of every kind."""
    sections = dict(VOCABULARY.sections) | {f"parameters.{name}": group for name, group in VOCABULARY.groups.items()}
    for path, group in sections.items():
        for name, quantity in declared(group).items():
            yield f"{path}.{name}", quantity
    for kind in KINDS.values():
        for name, quantity in kind.settings.items():
            yield f"interventions.{kind.name}.{name}", quantity


ALL = dict(everything())
quantities = pytest.mark.parametrize("path", ALL)


def parts(value: object) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def assert_bilingual(text: Text) -> None:
    for words in text:
        assert words.strip() == words
        assert words
        assert "  " not in words


@quantities
def test_that_a_number_speaks_both_languages(path):
    assert_bilingual(ALL[path].text)
    assert_bilingual(ALL[path].help)


@quantities
def test_that_a_number_has_a_known_unit_and_a_range_around_its_default(path):
    quantity = ALL[path]
    low, high = quantity.allowed
    assert quantity.unit in UNITS
    assert low < high
    assert all(low <= part <= high for part in parts(quantity.default))
    assert not quantity.whole or all(part == round(part) for part in parts(quantity.default))


@quantities
def test_that_a_number_names_its_sources_or_is_marked_as_judgement(path):
    quantity = ALL[path]
    assert quantity.grade in GRADES
    assert set(quantity.sources) <= KEYS
    if quantity.grade is Grade.JUDGEMENT:
        assert not quantity.sources
        assert quantity.uncertain is not None or quantity.unit == "yes/no"
    else:
        assert quantity.sources


@quantities
def test_that_a_plausible_range_holds_the_default(path):
    quantity = ALL[path]
    if quantity.uncertain is not None:
        low, high = quantity.allowed
        for part, least, most in zip(parts(quantity.default), *map(parts, quantity.uncertain), strict=True):
            assert low <= least <= part <= most <= high


def test_that_every_field_of_every_group_is_declared():
    for name, group in VOCABULARY.groups.items():
        undeclared = {field.name for field in fields(group)} - set(declared(group))
        assert undeclared == set(), name
    assert len(ALL) > 250
    assert set(declared(VOCABULARY.sections["switches"])) == {field.name for field in fields(Switches)}


@pytest.mark.parametrize("population", [Firms, Anchors])
def test_that_every_column_has_unit_range_and_both_languages(population):
    for name, column in population.columns.items():
        assert column.unit in UNITS, name
        assert column.allowed[0] < column.allowed[1], name
        assert_bilingual(column.text)
    texts = [column.text.en for column in population.columns.values()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", LEVERS)
def test_that_a_lever_is_complete(name):
    lever = LEVERS[name]
    assert_bilingual(lever.text)
    assert lever.unit in UNITS
    assert lever.allowed[0] <= lever.neutral <= lever.allowed[1]


@pytest.mark.parametrize("name", INDICATORS)
def test_that_an_indicator_is_complete(name):
    indicator = INDICATORS[name]
    assert_bilingual(indicator.text)
    assert indicator.unit in UNITS
    assert indicator.name == name


@pytest.mark.parametrize("name", KINDS)
def test_that_a_kind_is_complete(name):
    kind = KINDS[name]
    for text in (kind.title, kind.help, kind.evidence):
        assert_bilingual(text)
        assert text.en != text.sv
    assert kind.name == name
    assert kind.priority in PRIORITIES
    assert kind.levers
    assert set(kind.sources) <= KEYS


def test_that_every_other_word_exists_in_both_languages():
    named = (BARRIERS, EVENTS, SELECTIONS, PRIORITIES, TARGET_TEXTS, UNITS, GRADES, FORM_TEXTS, DOMAIN_TEXTS,
             DIRECTION_TEXTS)  # fmt: skip
    tables = (*(words.values() for words in named), CLASS_TEXTS, (entry.text for entry in LEDGER.values()))
    for table in tables:
        for text in table:
            assert_bilingual(text)
    assert set(TARGET_TEXTS) == {field.name for field in fields(Target)}
    assert all(entry.unit in UNITS for entry in LEDGER.values())


def test_that_the_references_are_complete():
    assert len(KEYS) > 40
    assert len(KEYS) == len(re.findall(r"^@\w+\{", REFERENCES, re.MULTILINE))


def test_that_docstrings_name_sources_that_exist():
    """`Source:` lines cite 'Model text', judgement, or keys of the references."""
    unknown = {}
    for path in sorted((Path(__file__).parents[1] / "simulator").rglob("*.py")):
        for line in re.findall(r"Source: (.*)", path.read_text("utf-8")):
            words = re.findall(r"\b(?:[A-Z][A-Z0-9]{1,}[0-9]*|[a-z]+(?:19|20)\d\d)\b", line)
            missing = {word for word in words if not re.fullmatch(r"[NPTVI]\d+|NPV|YAML|SME|FTE", word)} - KEYS
            if missing:
                unknown[path.name] = missing
    assert unknown == {}
