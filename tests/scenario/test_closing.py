"""Closures of anchor employers as they are written in a scenario."""

from __future__ import annotations

import pytest

from simulator.region.facts import load_region
from simulator.region.reporting import slug
from simulator.scenario import load
from simulator.scenario.editors import editor_schema

WRONG = {
    "a: {anchor: Ovako Sweeden, quarter: 2028Q1}":
        "closures.a.anchor: no anchor employer Ovako Sweeden in norra-mellansverige; did you mean Ovako Sweden?",
    "a: {municipality: borlangee, quarter: 2028Q1}":
        "borlangee is not in the region norra-mellansverige; did you mean borlange?",
    "a: {municipality: vansbro, quarter: 2028Q1}":
        "closures.a.municipality: no anchor employer in vansbro; one of arvika, avesta",
    "a: {anchor: FM Mattsson, municipality: mora, quarter: 2028Q1}": "say either anchor or municipality",
    "a: {quarter: 2028Q1}": "say either anchor or municipality",
    "a: {anchor: FM Mattsson}": "closures.a: the quarter of the closure is missing; such as quarter: 2030Q1",
    "a: {anchor: FM Mattsson, quarter: 2028}": "closures.a.quarter: not a quarter; write 2028Q1",
    "a: {anchor: FM Mattsson, quarter: 2028Q1, share: 50}": "50 is too large; a number from 0 to 1; 50 % is written",
    "a: {ancor: FM Mattsson, quarter: 2028Q1}": "ancor is not known here; did you mean anchor?",
    "a: {}\nuncertainty: {closures.b.share: {uniform: [0, 1]}}": "no closure b in this scenario",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_that_a_closure_that_cannot_be_is_told_with_its_place(text, write, told):
    lines = told(write(f"closures:\n  {text}\n"))
    assert any(WRONG[text] in line for line in lines), lines
    assert all(line.startswith("mine.yaml:") for line in lines)


def test_that_problems_of_closures_are_told_in_swedish(write, told):
    path = write("closures:\n  a: {anchor: Ovako Sweeden}\n")
    assert told(path, language="sv") == [
        "mine.yaml:3:3: closures.a: kvartalet för nedläggningen saknas; som quarter: 2030Q1",
        "mine.yaml:3:15: closures.a.anchor: inget storföretag Ovako Sweeden i norra-mellansverige; "
        "menade du Ovako Sweden?",
    ]


def test_that_a_closure_names_its_anchor_employer_in_any_spelling():
    region = load_region("norra-mellansverige")
    for written in ("SSAB EMEA (Borlänge)", "ssab emea (borlange)", "SSAB EMEA (BORLÄNGE)"):
        scenario = load("baseline", {"closures": {"mill": {"anchor": written, "quarter": "2030Q2"}}})
        (closure,) = scenario.closures
        assert region.anchors.names[closure.anchor] == "SSAB EMEA (Borlänge)"
        assert (closure.name, closure.quarter, closure.share) == ("mill", 17, 1.0)


def test_that_a_municipality_means_its_largest_anchor_employer():
    region = load_region("norra-mellansverige")
    given = {"municipality": "sandviken", "quarter": "2030Q1", "share": 0.4}
    (closure,) = load("baseline", {"closures": {"town": given}}).closures
    assert region.anchors.names[closure.anchor] == "Alleima / Sandvik Materials Technology"
    assert closure.share == 0.4


def test_that_a_closure_is_overruled_by_its_path_and_by_what_extends(write):
    first = write("closures: {mill: {anchor: Ovako Sweden, quarter: 2030Q1}}\n", "first.yaml")
    second = write("extends: first.yaml\nclosures: {mill: {share: 0.5}, other: {municipality: mora, quarter: 2027Q1}}")
    scenario = load(second, {"closures.mill.quarter": "2031Q1"})
    assert [(each.name, each.quarter, each.share) for each in scenario.closures] == [
        ("mill", 20, 0.5), ("other", 4, 1.0),
    ]  # fmt: skip
    assert load(first).digest != load(first, {"closures.mill.share": 0.9}).digest
    assert load(second, {"closures": None}).closures == load("baseline").closures == ()


def test_that_a_resolved_closure_loads_back(write, tmp_path):
    path = write("closures: {a: {anchor: thermia, quarter: 2029Q3}, b: {municipality: Gävle, quarter: 2028Q1}}\n")
    scenario = load(path)
    again = tmp_path / "again.yaml"
    again.write_text(scenario.to_yaml(origins=True))
    assert load(str(again)).digest == scenario.digest
    assert "anchor: Thermia" in scenario.to_yaml()
    assert "municipality: gavle" in scenario.to_yaml()


def test_that_a_closure_outside_the_run_is_worth_a_warning():
    for quarter in ("2020Q1", "2045Q1"):
        given = {"closures": {"mill": {"anchor": "Thermia", "quarter": quarter}}}
        warnings = load("baseline", given).warnings
        assert any("lies outside the run" in each.said("en") for each in warnings)


def test_that_every_anchor_employer_has_a_name_of_its_own():
    for name in ("norra-mellansverige", "undervisning"):
        names = [slug(each) for each in load_region(name).anchors.names]
        assert len(set(names)) == len(names)


def test_that_editors_know_closures():
    schema = editor_schema()
    entry = schema["$defs"]["closure"]["properties"]
    assert set(entry) == {"anchor", "municipality", "quarter", "share"}
    assert all("/" in each["title"] for each in entry.values())
    assert "closures" in schema["properties"]
