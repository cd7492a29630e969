"""Every trap of YAML ends in one clear message with its place."""

import math
import os

import pytest

from simulator.scenario import ScenarioError, load
from simulator.scenario.reading import MOST_BYTES, scalar

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)

TRAPS = {
    "a name that stands twice": ("run: {years: 5}\nrun: {years: 6}", "3:1: run: run stands twice; first in line 2"),
    "a tab": ("run:\n\tyears: 5", "3:1: a tab; indent with spaces"),
    "a tag": ("run: !!python/object:os.system {}", "2:6: run: the tag tag:yaml.org,2002:python/object:os.system; tags"),
    "a custom tag": ("run: !mine {years: 5}", "2:6: run: the tag !mine; tags are not used here"),
    "a second document": ("run: {years: 5}\n---\nrun: {years: 6}", "3:1: a second document (---) begins; one document"),
    "an alias bomb": (BOMB, "too many values, aliases counted; at most 20000"),
    "an alias of itself": ("run: &a [*a]", "2:10: run.0: no finished anchor &a above"),
    "an alias of nothing": ("run: *a", "2:6: run: no finished anchor &a above"),
    "a list as a name": ("? [a]\n: 1", "2:3: a name must be one word, not a list or mapping"),
    "an open bracket": ("run: {years: 5", "a bracket is not closed, or a comma is missing"),
    "an open quotation mark": ('title: "x', "a quotation mark is not closed"),
    "a colon too many": ("title: a: b", "2:9: a colon where none may stand; check the indentation"),
    "a crooked line": ("run:\n    years: 5\n  seed: 1", "this line is not indented like its neighbours"),
    "an escape beyond Unicode": ('title: "\\UFFFFFFFF"', "this is not valid YAML"),
    "an escaped surrogate": ('title: "\\ud800"', "2:8: title: the text holds a control character"),
    "an escaped NUL": ('title: "\\0"', "2:8: title: the text holds a control character"),
    "a control character": ("title: \x07", "2:8: the control character U+0007; printable characters"),
    "a merge of no mapping": ("run:\n  <<: 5", "3:3: run: << needs a mapping"),
    "an endless name": ("x" * 300 + ": 1", "2:1: the name is too long; at most 200 letters"),
    "deep nesting": ("title: " + "[" * 5000, "nested too deep; 40 levels"),
    "deep indentation": ("\n".join(" " * n + "a:" for n in range(200)), "nested too deep; 40 levels"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_that_yaml_traps_are_named_with_their_place(trap, write, told):
    text, expected = TRAPS[trap]
    assert any(expected in line for line in told(write(text)))


FILES = {
    "empty": (b"", "mine.yaml:1:1: the file is empty"),
    "only a comment": (b"# nothing\n", "mine.yaml:1:1: the file is empty"),
    "binary": (b"\x89PNG\x00\x01\x02\xff", "the file is binary; plain text in UTF-8"),
    "NUL in text": (b"format: 1\x00", "the file is binary"),
    "UTF-16": ("format: 1".encode("utf-16"), "the file is saved as UTF-16; plain text in UTF-8"),
    "Latin-1": ("format: 1\ntitle: Gävle".encode("latin-1"), "mine.yaml:2:9: a byte that is not UTF-8"),
    "two megabytes": (b"# " + b"x" * (2 * MOST_BYTES), "the file is too large; at most 1 MB"),
    "a list": (b"- 1\n- 2\n", "mine.yaml:1:1: the file is not a list of names with values"),
    "a word": (b"hello", "the file is not a list of names with values"),
    "no format": (b"run: {years: 5}", "format: the format is missing; write format: 1"),
    "another format": (b"format: 2\nrun: {years: 5}", "mine.yaml:1:9: format: this program does not know that format"),
    "format as text": (b"format: 'x'", "this program does not know that format; write format: 1"),
    "format as truth": (b"format: true", "this program does not know that format; write format: 1"),
}


@pytest.mark.parametrize("kind", FILES)
def test_that_files_which_are_no_scenarios_are_refused(kind, write, told):
    content, expected = FILES[kind]
    (line,) = told(write(content))
    assert expected in line


def test_that_a_byte_order_mark_is_no_problem(write):
    assert load(write(b"\xef\xbb\xbfformat: 1\nrun: {years: 5}\n")).run.years == 5


def test_that_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path, told):
    assert told(str(tmp_path / "basline.yaml")) == ["basline.yaml: no such file; did you mean baseline?"]
    assert told("x.yaml")[0].startswith("x.yaml: no such file; one of anchor-closure, ")
    assert told("basline") == ["basline: no such file; did you mean baseline?"]
    assert told(str(tmp_path)) == [f"{tmp_path}: this is a folder; a scenario file"]
    assert told(os.devnull) == [f"{os.devnull}: this is not an ordinary file"]
    assert "no such file" in told("x" * 5000)[0]
    assert told("a\0b") == ["a?b: not a file name"]


def test_that_an_unreadable_file_is_said_to_be_so(write, told, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    path = write("run: {years: 5}")
    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert told(path) == ["mine.yaml: cannot be read (no permission here)"]


@pytest.mark.timeout(60)
def test_that_a_hostile_file_is_refused_in_reasonable_time(write):
    for text in ("x: " + "[" * 900_000, BOMB, "a: {" * 200_000, "\n".join(f"k{n}: {n}" for n in range(60_000))):
        with pytest.raises(ScenarioError):
            load(write(text))


WORDS = {
    "NO": "NO", "yes": "yes", "on": "on", "y": "y", "12:30": "12:30", "1e6": 1e6, "010": 10, "0o10": 8, "0x1F": 31,
    "~": None, "null": None, "": None, ".5": 0.5, "-1.": -1.0, "+.inf": math.inf, "2026-01-01": "2026-01-01",
    "1_000": "1_000", "0b1": "0b1", "1e400": math.inf, "True": True, "tRUE": "tRUE", "2026Q1": "2026Q1", "=": "=",
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_that_plain_words_mean_what_yaml_1_2_says(word):
    value = scalar(word)
    assert (value, type(value)) == (WORDS[word], type(WORDS[word]))


def test_that_merge_keys_and_anchors_work(write):
    text = """\
interventions:
  north: &base {kind: robot_lift, capacity: 3, target: {counties: [dalarna]}}
  south:
    <<: *base
    capacity: 4
"""
    north, south = load(write(text)).measures
    assert (north.settings["capacity"], south.settings["capacity"]) == (3, 4)
    assert north.target == south.target


def test_that_faults_of_text_shape_and_rules_are_told_together_in_the_order_of_the_text(write, told):
    text = """\
title: !a x
run: !b {yeers: 5}
run: {years: -1}
? {c: 1}
: 2
budget: {per_year: *none, total: -1}
targets: {emploiment: {at_least: 5}}
interventions:
  robots: {kind: robot_lift, end: 2029Q4, start: 2030Q1, end: x, target: {counties: [dalarn, "\\0"], rural: 5}}
variants: {fast: {run.years: 5, run.years: 6, run.seed: -1}}
---
second: true
"""
    assert [line.split(": ")[0] + ": " + line.split(": ")[1] for line in told(write(text))] == [
        "mine.yaml:2:8: title",
        "mine.yaml:3:6: run",
        "mine.yaml:3:10: run.yeers",
        "mine.yaml:4:1: run",
        "mine.yaml:5:3: a name must be one word, not a list or mapping",
        "mine.yaml:7:20: budget.per_year",
        "mine.yaml:7:34: budget.total",
        "mine.yaml:8:11: targets.emploiment",
        "mine.yaml:10:35: interventions.robots.end",
        "mine.yaml:10:58: interventions.robots.end",
        "mine.yaml:10:94: interventions.robots.target.counties.1",
        "mine.yaml:10:108: interventions.robots.target.rural",
        "mine.yaml:11:33: variants.fast.run.years",
        "mine.yaml:11:57: run.seed",
        "mine.yaml:12:1: a second document (---) begins; one document per file",
    ]


SPOILED = {
    "a kind": ("interventions: {robots: {kind: !a robot_lift, capacity: 3, target: {rural: 5}}}\n"
               "uncertainty: {interventions.robots.capacity: {uniform: [1, 2]}}", "interventions.robots.kind"),
    "a title": ('title: "\\0"', "title"),
    "a format": ("{format: !a 1}", "format"),
    "a base": ("extends: *none\ninterventions: {robots: {capacity: 3}}", "extends"),
    "all variants": ("variants: *none", "variants"),
    "a variant": ("variants: {a: *none}", "variants.a"),
    "a value of a variant": ('variants: {a: {run.years: "\\0"}}', "variants.a.run.years"),
    "a section": ("run: *none\nvariants: {a: {run.years: 5}}", "run"),
    "a path": ("drivers: {carbon_price: *none}\nvariants: {a: {drivers.carbon_price.2030: 5}}\n"
               "uncertainty: {drivers.carbon_price.2030: {uniform: [5, 6]}}", "drivers.carbon_price"),
    "a merge": ("interventions: {robots: {<<: *none, capacity: 3}}", "interventions.robots.<<"),
    "a merge of no mapping": ("interventions: {robots: {<<: [5], capacity: 3}}", "interventions.robots"),
    "a region": ("region: {name: !a undervisning}\n"
                 "interventions: {robots: {kind: robot_lift, target: {counties: [x]}}}", "region.name"),
}  # fmt: skip


@pytest.mark.parametrize("spoiled", SPOILED)
def test_that_what_cannot_be_read_is_told_once_and_has_no_consequences(spoiled, write, told):
    text, path = SPOILED[spoiled]
    (line,) = told(write(text.encode() if text.startswith("{") else text))
    assert f": {path}: " in line
