"""Every indicator's formula is said in words in both languages."""

from __future__ import annotations

import pytest

from simulator.indicators import INDICATORS
from simulator.indicators.declare import Ratio
from simulator.indicators.sentences import formula_text


@pytest.mark.parametrize("name", INDICATORS)
def test_that_every_formula_is_a_sentence_in_both_languages(name):
    text = formula_text(INDICATORS[name])
    assert text.en.endswith(".")
    assert text.sv.endswith(".")
    assert text.en != text.sv
    assert "None" not in text.en


def test_that_every_last_step_of_a_formula_says_what_it_does():
    for indicator in INDICATORS.values():
        formula = indicator.formula
        assert not isinstance(formula, Ratio) or (formula.then is None) == (formula.after is None)


def test_that_the_sentence_follows_the_declaration():
    assert "over the last 4 quarters" in formula_text(INDICATORS["emissions"]).en
    assert formula_text(INDICATORS["value_added"]).en.startswith("Value added, kSEK, times 4, divided by 1,000")
    assert "at export stage 1, 2 or 3" in formula_text(INDICATORS["exporters"]).en
    assert "saknar kompetens" in formula_text(INDICATORS["barrier_no_skills"]).sv
