"""A plan stops when every case is known well enough, judged on pairs where there are any."""

import numpy as np
import pytest

from simulator.ensemble.execution.stopping import known_well
from simulator.ensemble.plan import Case
from simulator.ensemble.statistics import estimate

PAIR = (Case("policy", 0, {}, 1), Case("baseline", 0, {}, None))


def levels(noise, luck):
    """Policy 3 above the baseline, with luck that both share and noise of the pair."""
    shared = luck * np.array([-1.0, 1.0, -1.0, 1.0, 0.0])
    own = noise * np.array([1.0, -1.0, -1.0, 1.0, 0.0])
    return np.stack([10 + 3 + shared + own, 10 + shared], axis=1)


def test_that_luck_that_both_share_does_not_count():
    assert known_well(levels(noise=0.0, luck=100.0), PAIR, half_width=0.01)
    assert not known_well(levels(noise=1.0, luck=0.0), PAIR, half_width=0.01)


def test_that_the_limit_is_the_half_width_of_the_interval():
    values = levels(noise=1.0, luck=5.0)
    half = (lambda one: (one.high - one.low) / 2)(estimate(values[:, 0] - values[:, 1]))
    assert known_well(values, PAIR, half * 1.001)
    assert not known_well(values, PAIR, half * 0.999)


def test_that_a_case_without_baseline_counts_with_its_level():
    alone = (Case("one", 0, {}, None),)
    assert not known_well(levels(noise=0.0, luck=100.0)[:, :1], alone, half_width=0.01)
    assert known_well(levels(noise=0.0, luck=0.0)[:, :1], alone, half_width=0.01)


def test_that_every_case_must_be_known():
    three = (Case("one", 0, {}, 2), Case("two", 0, {}, 2), Case("baseline", 0, {}, None))
    sure, unsure = levels(noise=0.0, luck=1.0), levels(noise=1.0, luck=1.0)
    assert not known_well(np.stack([sure[:, 0], unsure[:, 0], sure[:, 1]], axis=1), three, half_width=0.1)
    assert known_well(np.stack([sure[:, 0], sure[:, 0], sure[:, 1]], axis=1), three, half_width=0.1)


@pytest.mark.parametrize("known", [0, 1])
def test_that_one_run_is_never_enough(known):
    values = levels(noise=0.0, luck=0.0)
    values[known:] = np.nan
    assert not known_well(values, PAIR, half_width=1e9)
