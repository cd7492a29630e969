"""What was said in a workshop is written down and read again; what is no record is said in words."""

from __future__ import annotations

import json
import math

import pytest

from simulator.gui.workshop.record import Note, Outcome, Preparation, RecordError, WorkshopRecord, read, written


def full():
    note = Note(
        "Falun", "2026-11-22T12:00:00+01:00", "plan", {"budget.per_year": None, "switches.rewiring": True, "x": 2.5},
        {"employment": -12.0}, {"employment": Outcome("2040Q4", math.nan, 3.0, 4.0, 6)}, "Falu förslag", "abc",
    )  # fmt: skip
    preparation = Preparation(
        ["governance"], {"governance": 0.5, "budget.per_year": None}, ["firms"], ["Å", "Ö"], False
    )
    return WorkshopRecord(preparation, [note])


def test_that_a_record_comes_back_as_it_was():
    again = read(written(full()))
    assert again.preparation == full().preparation
    note, was = again.notes[0], full().notes[0]
    assert math.isnan(note.outcomes["employment"].low)
    note.outcomes, was.outcomes = {}, {}
    assert note == was
    assert "NaN" not in written(full())


def test_that_a_fresh_record_is_empty_and_one_with_a_group_is_not():
    assert WorkshopRecord().empty
    assert not WorkshopRecord(Preparation(groups=["one"])).empty


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: "{", "no JSON"),
        (lambda _: "[" * 100_000, "no JSON"),
        (lambda _: "[]", "no group of values"),
        (lambda top: {**top, "format": 2}, "format 2"),
        (lambda top: {**top, "notes": {}}, "no list"),
        (lambda top: {**top, "notes": [7]}, "no group of values"),
        (lambda top: {**top, "preparation": {**top["preparation"], "charts": [1]}}, "no text"),
        (lambda top: {**top, "preparation": {**top["preparation"], "starts": {"a": "b"}}}, "no number"),
        (lambda top: {**top, "notes": [{**top["notes"][0], "predictions": {"firms": math.inf}}]}, "no number"),
    ],
)
def test_that_what_is_no_record_is_said_in_both_languages(change, said):
    changed = change(json.loads(written(full())))
    with pytest.raises(RecordError) as caught:
        read(changed if isinstance(changed, str) else json.dumps(changed))
    assert said in caught.value.text().en
    assert caught.value.text().sv != caught.value.text().en
