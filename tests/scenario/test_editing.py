"""Editing a scenario's text: one value changes, all else stays as it was written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.editing import EditError, duplicated, renamed, with_value, without
from simulator.scenario.files import SHIPPED
from simulator.scenario.reading import read_tree
from simulator.scenario.tree import plain

TEXT = """\
# A plan of ours
format: 1   # keep
extends: baseline.yaml

interventions:
  # Robots first
  robots:      # the name is ours
    kind: robot_lift
    capacity: 12    # per quarter
    target: {counties: [dalarna], rural: true}  # where
    budget:
      per_year: 12  # MSEK

  advice:
    kind: 'digital_checks'
    # what follows is empty
    settings:
drivers:
  carbon_price: {2026: 78, 2030: 130}
governance:
budget: {}   # none yet
"""


def said(text: str) -> Any:
    tree = read_tree(text, "t").tree
    return {} if tree is None else plain(tree)


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that only one of the texts has."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_that_a_value_is_replaced_and_nothing_else():
    after = with_value(TEXT, ["interventions", "robots", "capacity"], 20)
    assert changed_lines(TEXT, after) == (["    capacity: 12    # per quarter"], ["    capacity: 20    # per quarter"])


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (["interventions", "robots", "target", "rural"], False,
         "    target: {counties: [dalarna], rural: false}  # where"),
        (["interventions", "robots", "target", "employees"], [10, 49],
         "    target: {counties: [dalarna], rural: true, employees: [10, 49]}  # where"),
        (["interventions", "robots", "budget", "total"], 48, "      total: 48"),
        (["interventions", "robots", "ramp"], 4, "    ramp: 4"),
        (["interventions", "advice", "kind"], "robot_lift", "    kind: robot_lift"),
        (["drivers", "carbon_price", "2035Q1"], 200, "  carbon_price: {2026: 78, 2030: 130, 2035Q1: 200}"),
        (["governance", "mapping"], 0.7, "  mapping: 0.7"),
        (["budget", "per_year"], 60, "budget: {per_year: 60}   # none yet"),
        (["run", "years"], 15, "  years: 15"),
        (["interventions", "advice", "settings"], "x: y", '    settings: "x: y"'),
    ],
)  # fmt: skip
def test_that_values_are_added_where_a_person_would_write_them(path, value, line):
    after = with_value(TEXT, path, value)
    assert line in after.splitlines()
    here = said(after)
    for name in path:
        here = here[name]
    assert here == value
    gone, _ = changed_lines(TEXT, after)
    assert len(gone) <= 1


def test_that_a_mapping_is_changed_entry_by_entry():
    after = with_value(TEXT, ["interventions", "robots"], {**said(TEXT)["interventions"]["robots"], "capacity": 30})
    assert changed_lines(TEXT, after)[1] == ["    capacity: 30    # per quarter"]
    assert "# the name is ours" in after


def test_that_a_measure_is_removed_with_its_lines_only():
    after = without(TEXT, ["interventions", "robots"])
    assert list(said(after)["interventions"]) == ["advice"]
    assert "# Robots first" in after
    assert changed_lines(TEXT, after)[1] == []


def test_that_the_last_entry_leaves_an_empty_mapping():
    once = without(without(TEXT, ["interventions", "robots"]), ["interventions", "advice"])
    assert said(once)["interventions"] == {}
    assert said(with_value(once, ["interventions", "new", "kind"], "robot_lift"))["interventions"] == {
        "new": {"kind": "robot_lift"}
    }


def test_that_a_copy_has_the_comments_of_its_original():
    after = duplicated(TEXT, ["interventions", "robots"], "robots-2")
    assert list(said(after)["interventions"]) == ["robots", "robots-2", "advice"]
    assert after.count("# per quarter") == 2
    assert changed_lines(TEXT, after)[0] == []


def test_that_a_new_name_changes_its_word_only():
    after = renamed(TEXT, ["interventions", "advice"], "råd")
    assert changed_lines(TEXT, after) == (["  advice:"], ["  råd:"])
    assert list(said(after)["interventions"]) == ["robots", "råd"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: renamed(TEXT, ["interventions", "advice"], "robots"),
        lambda: duplicated(TEXT, ["interventions", "advice"], "robots"),
        lambda: without(TEXT, ["interventions", "none"]),
        lambda: with_value(TEXT, ["format", "x"], 1),
        lambda: with_value("a: [1", ["b"], 1),
        lambda: with_value("{", ["b"], 1),
        lambda: without("{", ["b"]),
        lambda: with_value("- 1\n", ["b"], 1),
    ],
)
def test_that_what_cannot_be_done_is_refused_in_both_languages(change):
    with pytest.raises(EditError) as refused:
        change()
    assert refused.value.text().en != refused.value.text().sv


def test_that_an_alias_is_written_out_before_it_is_changed():
    text = "a: &x {n: 1}\nb: *x\n"
    assert with_value(text, ["b", "n"], 2) == "a: &x {n: 1}\nb: {n: 2}\n"


@pytest.mark.parametrize("text", ["", "# nothing yet", "# nothing\n\n", "---\n", "a:\r\n  b: 1\r\n"])
def test_that_even_an_odd_text_takes_a_value(text):
    after = with_value(text, ["run", "years"], 3)
    assert said(after)["run"] == {"years": 3}
    assert after.startswith(text.rstrip())


def test_that_line_ends_of_the_file_are_kept():
    after = with_value("a:\r\n  b: 1\r\n", ["a", "c"], 2)
    assert after == "a:\r\n  b: 1\r\n  c: 2\r\n"


def test_that_a_long_text_in_folded_style_is_replaced_whole():
    text = "title: >\n  one\n  two\n\n# comment\nrun: {years: 2}\n"
    assert with_value(text, ["title"], "short") == "title: short\n\n# comment\nrun: {years: 2}\n"


SCENARIOS = [SHIPPED / f"{name}.yaml" for name in ("anchor-closure", "coordinated", "future-fast-green")]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_that_every_value_of_a_shipped_scenario_can_be_edited_and_restored(path):
    text = path.read_text(encoding="utf-8")

    def paths(value: Any, at: tuple[str, ...] = ()):
        if isinstance(value, dict) and value:
            for name, part in value.items():
                yield from paths(part, (*at, name))
        else:
            yield at, value

    for steps, value in paths(said(text)):
        there = with_value(text, steps, "elsewhere")
        assert said(with_value(there, steps, value)) == said(text)
        assert said(without(text, steps)) != said(text)
        assert len(changed_lines(text, there)[1]) <= 1


NAMES = st.sampled_from(["a", "b", "2026", "c d", "å", "x.y"])
LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["x", "NO", "1e6", "a: b", "", "å ä"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)
STEPS = st.lists(NAMES, min_size=1, max_size=3)


@given(st.lists(st.tuples(STEPS, VALUES), min_size=1, max_size=6), st.sampled_from([TEXT, "", "# c\n", "a: {b: 1}\n"]))
def test_that_any_edits_read_back_as_what_was_wanted(edits, text):
    comments = [line for line in text.splitlines() if line.startswith("#")]
    for steps, value in edits:
        try:
            text = with_value(text, steps, value)
        except EditError:
            continue
        here = said(text)
        for name in steps:
            here = here[name]
        assert here == value
    assert [line for line in text.splitlines() if line in comments] == comments
