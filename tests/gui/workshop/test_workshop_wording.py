"""Expectation and result in words; numbers as people write them."""

from __future__ import annotations

import csv
import io
import math

import pytest

from simulator.gui.language import Language
from simulator.gui.live.bands import FEWEST
from simulator.gui.workshop.minutes import minutes
from simulator.gui.workshop.record import Note, Outcome
from simulator.gui.workshop.wording import number_in, verdict
from simulator.indicators import INDICATORS

EMPLOYMENT = INDICATORS["employment"]


@pytest.mark.parametrize(
    ("words", "language", "number"),
    [
        ("120", "sv", 120), ("+120", "en", 120), ("- 3,5", "sv", -3.5), ("−3.5", "sv", -3.5), ("1 200", "sv", 1200),
        ("1\u00a0200", "sv", 1200), ("1,200", "en", 1200), (".5", "en", 0.5),
    ],
)  # fmt: skip
def test_that_numbers_are_read_as_they_are_written_in_each_language(words, language, number):
    assert number_in(words, language) == number


def test_that_a_per_cent_sign_is_read_where_the_unit_is_one_and_refused_where_it_would_mean_another_thing():
    assert number_in("2.5 %", "en", "pp") == 2.5
    assert number_in("2,5%", "sv", "%") == 2.5
    assert math.isnan(number_in("2 %", "sv", "FTE"))


@pytest.mark.parametrize("words", ["", "many", "1,5", "1,2,3", "--3", "+", "1e9", "inf", "nan", "0x10"])
def test_that_what_is_no_number_in_english_is_none(words):
    assert math.isnan(number_in(words, "en"))


def said(code, predicted, *outcome):
    words = verdict(Language(code), EMPLOYMENT, predicted, Outcome("2040Q4", *outcome))
    return words.replace("\u00a0", " ")


def test_that_both_are_said_beside_each_other():
    assert said("en", 120, 60, 74, 88, 12) == (
        "You said +120 FTE; the model says +74.0 FTE, 90 % interval +60.0 to +88.0; "
        "your number lies above the interval."
    )
    assert "ligger inom intervallet" in said("sv", 80, 60, 74, 88, 12)
    assert "below the interval" in said("en", 5, 60, 74, 88, 12)


def test_that_no_detectable_difference_is_said_where_the_interval_holds_zero():
    assert said("en", 120, -3, 1, 5, 12).startswith("You said +120 FTE; the model says no detectable difference (90 %")
    assert "ingen påvisbar skillnad" in said("sv", math.nan, -3, 1, 5, 12)


@pytest.mark.parametrize("runs", range(1, FEWEST))
def test_that_a_few_runs_say_nothing_of_an_expectation(runs):
    few = "You said +5 FTE; the model says +3.0 FTE (too few runs to say)."
    assert said("en", 5, 2, 3, 4, runs) == said("en", 5, -2, 3, 4, runs) == few


def test_that_no_run_yet_says_so():
    assert verdict(Language("sv"), EMPLOYMENT, math.nan, None) == "Körningarna är på väg."


def test_that_the_minutes_hold_every_note_and_no_formula_of_a_spreadsheet():
    notes = [
        Note("=cmd()", "2026-11-22T12:00:00+01:00", "plan", {"gone.key": 1.0}, {"employment": -12.5},
             {"employment": Outcome("2040Q4", 1.5, 2.5, math.nan, 6)}, "first", "abc"),
        Note("two", "2026-11-22T12:01:00+01:00", "plan", {}),
    ]  # fmt: skip
    text = minutes(notes, {}, Language("sv"))
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    head = rows[3]
    first, second = (dict(zip(head, row, strict=True)) for row in rows[4:])
    assert (first["grupp"], first["förslag"], first["förutsägelse"]) == ("'=cmd()", "first", "-12,5")
    assert (first["median"], first["till (95 %)"], first["reglage"]) == ("2,5", "", "gone.key: 1")
    assert second["grupp"] == "two"
