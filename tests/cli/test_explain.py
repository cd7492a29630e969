"""The verb explain: every declared name, both languages, suggestions."""

import re

import pytest

from simulator.agents.firms import Anchors, Firms
from simulator.cli import main
from simulator.cli.glossary import SECTIONS, entries, found
from simulator.indicators import INDICATORS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.lever_table import LEVERS
from simulator.quantity import UNITS
from simulator.references import references
from simulator.scenario.vocabulary import VOCABULARY


def said(capsys, *words: str) -> tuple[int, str, str]:
    code = main(["explain", *words])
    return (code, *capsys.readouterr())


def test_that_everything_declared_is_found_under_its_name():
    names = [*VOCABULARY.paths(), *INDICATORS, *KINDS, *LEVERS, *UNITS, *references()]
    names += [f"firms.{name}" for name in Firms.columns] + [f"anchors.{name}" for name in Anchors.columns]
    assert [name for name in names if not found(name)] == []


def test_that_every_entry_speaks_both_languages():
    for entry in entries():
        for text in (entry.title, entry.help, *(part for fact in entry.facts for part in fact)):
            assert text.en, entry.name
            assert text.sv, entry.name
    assert {entry.section for entry in entries()} == set(SECTIONS)


def test_that_every_source_key_is_in_the_reference_list():
    keys = {key for entry in entries() if entry.section != "places" for key in entry.sources}
    assert sorted(keys - set(references())) == []


def test_that_every_reference_has_title_author_and_year():
    for key, entry in references().items():
        assert entry.get("title"), key
        assert entry.get("author"), key
        assert re.fullmatch(r"\d{4}", entry.get("year", "")), key


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("taste_scale", ["parameters.digital.taste_scale", "default", "expert judgement", "uncertainty"]),
        ("drivers.carbon_price", ["EUR/t", "VEYT: Veyt (2023)", "path"]),
        ("advanced_digital", ["I1.3", "%", "robots"]),
        ("robot_lift", ["N3", "subsidy_share", "ROB: Automation Region (2022)"]),
        (
            "testbed_links",
            [
                "EU 50 %, state 10 %, region 40 %",
                "MSEK a year",
                "testbed_users: up",
                "CPB140: CPB Neth",
                "first digital or green step: yes",
            ],
        ),
        (
            "green_building",
            ["a service", "Industries: wood, metal_goods, chemicals_minerals", "value_added: nothing known"],
        ),
        ("subsidy_share", ["Levers", "combined by", "moved by", "robot_lift"]),
        ("falun", ["Dalarna", "inhabitants"]),
        ("Gävleborg", ["County in North-Middle Sweden"]),
        ("kSEK", ["thousand SEK"]),
        ("peer_effects", ["switches.peer_effects", "yes"]),
        ("interventions.my_robots.subsidy_share", ["moved by"]),
        ("drivers.carbon_price.2035", ["EUR/t"]),
        ("firms.cash", ["Cash", "kSEK"]),
    ],
)
def test_that_an_entry_says_what_a_reader_needs(capsys, name, words):
    code, out, _ = said(capsys, name, "--lang", "en")
    assert code == 0
    for word in words:
        assert word in out


def test_that_swedish_is_swedish(capsys):
    _, out, _ = said(capsys, "taste_scale", "--lang", "sv")
    for words in ("0,45", "standard", "tillåtet", "expertbedömning"):
        assert words in out
    assert "default" not in out


@pytest.mark.parametrize(
    ("language", "words"), [("en", "did you mean: drivers.carbon_price"), ("sv", "menade du: drivers.carbon_price")]
)
def test_that_a_near_miss_is_suggested_with_exit_code_1(capsys, language, words):
    code, out, err = said(capsys, "carbon_prise", "--lang", language)
    assert code == 1
    assert not out
    assert words in err


def test_that_nonsense_points_to_the_list(capsys):
    code, _, err = said(capsys, "qqqqqqqq", "--lang", "en")
    assert code == 1
    assert "lists all" in err


def test_that_without_a_name_all_are_listed_by_topic(capsys):
    code, out, _ = said(capsys, "--lang", "sv")
    assert code == 0
    for heading in SECTIONS.values():
        assert heading.sv in out
    for entry in entries():
        assert f"  {entry.name}" in out
