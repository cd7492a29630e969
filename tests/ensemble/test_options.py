"""What may be asked of a batch is declared once, and allowed as a scenario allows it."""

from dataclasses import fields

import pytest

from simulator.ensemble.designs.planning import Wishes
from simulator.ensemble.options import MOST_SEED, WISHES, OptionError, part_in
from simulator.scenario import settings


def test_that_every_wish_of_a_plan_is_an_option():
    assert {field.name for field in fields(Wishes)} == set(WISHES)
    assert MOST_SEED == settings.MOST_SEED


@pytest.mark.parametrize("text", ["2", "0/3", "4/3", "a/b", "1/3/5", "-1/2", "1,5/3", "1/99999999"])
def test_that_a_part_that_is_none_is_refused_with_an_example(text):
    with pytest.raises(OptionError, match="second of five"):
        part_in(text)
