"""Patterns as declared, how they are judged, and what does not change the judgement."""

from __future__ import annotations

import csv
import io
import pickle
import re
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from simulator.quantity import Grade, Text
from simulator.references import references
from simulator.scenario import load, revised
from simulator.validation.arms import ARMS, Reading, tasks_of
from simulator.validation.campaign import Finding, Verdict, _finding, score, validate
from simulator.validation.catalogue import PATTERNS
from simulator.validation.pattern import Part, Pattern, Use
from simulator.validation.table import cells, csv_text, page, summary
from simulator.wording import written

SMALL = {"region.name": "undervisning", "run.years": 5}


def finding(use: Use, values=(1.0, 2.0), low=0.0, high=3.0, code="V1", zero=False, own: Use | None = None) -> Finding:
    part = Part(name="one", text=Text("one", "ett"), unit="1", low=low, high=high, measure=len, zero=zero, use=own)
    words = Text("words", "ord")
    pattern = Pattern(
        code=code, title=words, explanation=words, target=words, window=words, use=use, sources=("SPEC",),
        grade=Grade.MEMORY, parts=(part,),
    )  # fmt: skip
    return Finding(pattern, part, tuple(values), None if values else Text("why", "varför"))


def test_that_every_pattern_of_the_model_text_is_declared_once():
    assert [code for code in PATTERNS if code[0] == "V"] == [f"V{number}" for number in range(1, 29)]
    assert {code for code in PATTERNS if PATTERNS[code].use is Use.CALIBRATION} == {
        "V1", "V6", "V8", "V11", "V14", "V15", "V17", "V18", "V19",
    }  # fmt: skip
    inputs = {code for code in PATTERNS if PATTERNS[code].use is Use.INPUT and code[0] == "V"}
    assert inputs == {"V2", "V10", "V22", "V23", "V26", "V28"}


@pytest.mark.parametrize("code", PATTERNS)
def test_that_a_pattern_names_its_sources_and_runs_and_can_travel(code):
    pattern = PATTERNS[code]
    assert not set(pattern.sources) - set(references())
    assert all(part.arm in ARMS for part in pattern.parts)
    for part in pattern.parts:
        measure = getattr(part.measure, "func", part.measure)
        keys = re.search(r"Source: (?:Model text [\d.]+(?: V\d+)?[^;\n]*; ?)?(.*)", measure.__doc__ or "")
        assert keys is not None, measure
    assert pickle.loads(pickle.dumps(pattern)).code == code


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (finding(Use.CALIBRATION), Verdict.PASS),
        (finding(Use.HELD_OUT, (4.0, 5.0)), Verdict.OUTSIDE),
        (finding(Use.INPUT, (4.0, 5.0)), Verdict.NOT_COUNTED),
        (finding(Use.CALIBRATION, ()), Verdict.UNAVAILABLE),
        (finding(Use.INPUT, ()), Verdict.UNAVAILABLE),
        (finding(Use.HELD_OUT, (-1.0, 1.0), zero=True), Verdict.PASS),
        (finding(Use.HELD_OUT, (1.0, 1.1), zero=True), Verdict.OUTSIDE),
        (finding(Use.HELD_OUT, (0.0, 0.0), zero=True), Verdict.PASS),
    ],
)
def test_that_a_number_is_judged_by_its_mean(given, verdict):
    assert given.verdict is verdict


def test_that_a_pattern_holds_when_all_its_numbers_hold_and_a_missing_one_never_counts_as_held():
    good, bad, missing = finding(Use.CALIBRATION), finding(Use.CALIBRATION, (9.0,)), finding(Use.CALIBRATION, ())
    assert score([good, good], Use.CALIBRATION) == (score([good], Use.CALIBRATION))
    assert score([good, bad], Use.CALIBRATION).passed == 0
    found = score([good, missing], Use.CALIBRATION)
    assert (found.passed, found.available, found.declared) == (0, 0, 1)
    assert score([good, replace(bad, part=replace(bad.part, use=Use.HELD_OUT))], Use.CALIBRATION).passed == 1


@pytest.mark.parametrize("tolerance", [(1.0, 1.0), (2.0, 1.0), (-inf, inf)])
def test_that_a_tolerance_must_be_one(tolerance):
    with pytest.raises(ValueError, match="tolerance"):
        finding(Use.INPUT, low=tolerance[0], high=tolerance[1])


def test_that_the_number_of_processes_changes_nothing():
    scenario = revised(load("baseline"), SMALL)
    alone, together = (validate(scenario, (1, 2), jobs, ["V6", "V8", "V17"]) for jobs in (1, 2))
    assert csv_text(alone) == csv_text(together)
    assert all(each.values for each in alone)
    assert len(set(alone[0].values)) == 2


def test_that_a_run_that_is_too_short_gives_no_verdict():
    found = validate(revised(load("baseline"), {**SMALL, "run.years": 1}), (1,), 1, ["V1", "V17"])
    assert {each.verdict for each in found} == {Verdict.UNAVAILABLE}
    assert all("quarters" in each.reason.en and "kvartal" in each.reason.sv for each in found)


def test_that_a_measure_that_does_not_exist_is_said_to_be_missing(monkeypatch):
    from simulator.validation import arms

    monkeypatch.setattr(arms, "VOCABULARY", replace(arms.VOCABULARY, kinds={}))
    wanted = [("V21", part) for part in PATTERNS["V21"].parts]
    tasks, missing = tasks_of(load("baseline"), wanted, (1,))
    assert tasks == []
    assert set(missing) == {("V21", "link"), ("V21", "sales")}


def test_that_the_shock_is_paired_and_leaves_the_scenario_otherwise():
    runs = ARMS["shock"].prepare(load("baseline"))
    assert runs.without is not None
    fall = runs.scenario.drivers.world_demand_deviation.at(np.array([2026.0, 2028.25, 2029.5, 2031.5]))
    assert fall.tolist() == [0, -15, -15, 0]
    assert revised(runs.scenario, {"drivers.world_demand_deviation": 0}).digest == runs.without.digest


def test_that_a_package_of_its_own_is_paired_with_itself_without_measures():
    own = load("coordinated", {"run.years": 1})
    runs = ARMS["weak"].prepare(own)
    assert runs.without is not None
    assert [measure.idle for measure in runs.without.measures] == [True] * len(own.measures)
    assert not any(measure.idle for measure in runs.scenario.measures)


def test_that_one_seed_cannot_show_that_policy_fails():
    found = validate(revised(load("coordinated"), {**SMALL, "run.years": 1, "interventions": {}}), (1,), 1, ["L1"])
    assert {each.verdict for each in found} == {Verdict.UNAVAILABLE}
    assert score(found, Use.HELD_OUT).declared == 0


def test_that_a_number_that_some_seeds_lack_says_how_many():
    part = PATTERNS["V27"].parts[0]
    why = Text("no grant", "inget bidrag")
    readings = [Reading("baseline", seed, {("V27", part.name): value}) for seed, value in ((1, 0.5), (2, why))]
    found = _finding(PATTERNS["V27"], part, readings, {})
    assert found.values == ()
    assert found.reason == Text("no grant, 1 of 2 seeds", "inget bidrag, 1 av 2 frön")


def test_that_a_ratio_is_pooled_over_seeds_and_a_seed_without_it_adds_its_sums_only():
    (part,) = (part for part in PATTERNS["V20"].parts if part.name == "ratio")
    key = ("V20", part.name)
    readings = [
        Reading("research", 1, {key: 1.0}, {key: (100.0, 100.0)}),
        Reading("research", 2, {key: 0.5}, {key: (450.0, 900.0)}),
        Reading("research", 3, {key: Text("no grant was paid", "inget bidrag betalades")}, {key: (0.0, 0.0)}),
    ]
    found = _finding(PATTERNS["V20"], part, readings, {})
    assert found.mean == pytest.approx(0.55)
    assert found.values == (1.0, 0.5)
    assert found.verdict is Verdict.OUTSIDE


def test_that_a_fit_that_ends_at_its_bound_says_so():
    (part, *_) = PATTERNS["V7"].parts
    key = ("V7", part.name)
    readings = [
        Reading("baseline", seed, {key: 1e-5}, bound=frozenset({key} if seed < 3 else ())) for seed in (1, 2, 3)
    ]
    found = _finding(PATTERNS["V7"], part, readings, {})
    said = {
        language: cells(found, language, lambda value, decimals: written(value, decimals, "en"))[-1]
        for language in ("en", "sv")
    }
    assert said["en"] == "OUTSIDE; fit at the bound in 2/3 seeds"
    assert said["sv"] == "UTANFÖR; anpassning vid gränsen i 2/3 frön"


def test_that_what_shares_its_target_with_a_calibrated_pattern_is_not_counted_as_held_out():
    held = {code for code, pattern in PATTERNS.items() if pattern.use is Use.HELD_OUT}
    assert {code for code in PATTERNS if code[0] in "BL"} & held == {"B2"}
    assert [part.name for part in PATTERNS["V21"].parts if part.use is Use.INPUT] == ["sales"]
    assert [part.name for part in PATTERNS["V25"].parts if part.use is Use.INPUT] == ["onward"]
    fitted = {part.measure.args for part in PATTERNS["V6"].parts if part.name == "size"}
    again = [part for part in PATTERNS["V5"].parts if getattr(part.measure, "args", None) in fitted]
    assert [part.use for part in again] == [Use.INPUT]


def test_that_an_input_check_outside_its_tolerance_says_so():
    def said(given):
        return cells(given, "en", lambda value, decimals: written(value, decimals, "en"))[-1]

    assert said(finding(Use.INPUT, (4.0, 5.0))) == "not counted (OUTSIDE)"
    assert said(finding(Use.INPUT)) == "not counted (within)"


def test_that_the_table_is_complete_in_every_form():
    findings = [finding(Use.CALIBRATION), finding(Use.HELD_OUT, (9.0,), code="V2"), finding(Use.INPUT, (), code="V3")]
    rows = list(csv.DictReader(io.StringIO(csv_text(findings))))
    assert [row["verdict"] for row in rows] == ["pass", "outside", "not available"]
    assert [row["mean"] for row in rows] == ["1.5", "9.0", ""]
    text = page(findings, [Text("About.", "Om.")], written)
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} == {12}
    for words in ("V2 words", "ord", "OUTSIDE", "not available: why", "1 of 1 patterns hold (100 %)"):
        assert words in text
    said = [line.sv for line in summary(findings)]
    assert any("1 av 1 mönster håller" in line for line in said)


def test_that_every_number_of_a_pattern_the_text_calibrates_is_counted_with_it_but_for_concentration():
    """The model text marks V19 C/H: its level is calibrated, its concentration held out."""
    apart = [(code, part.name) for code, pattern in PATTERNS.items() for part in pattern.parts
             if pattern.use is Use.CALIBRATION and part.use is not None]  # fmt: skip
    assert apart == [("V19", "top")]


@pytest.mark.slow
def test_that_export_lasts_because_of_what_firms_are_and_not_only_of_what_they_did():
    (finding,) = (one for one in validate(load("baseline", {"run.years": 5.25}), range(1, 13), 2, ["V14"])
                  if one.part.name == "state")  # fmt: skip
    assert finding.inside, finding.mean


def test_that_one_seed_has_no_interval():
    one = finding(Use.CALIBRATION, (1.0,))
    assert cells(one, "en", lambda value, decimals: written(value, decimals, "en"))[1:3] == ("1.00", "–")
    (row,) = csv.DictReader(io.StringIO(csv_text([one])))
    assert (row["mean"], row["p5"], row["p95"]) == ("1.0", "", "")
