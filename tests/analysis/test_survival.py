"""Kaplan-Meier against a textbook case."""

import numpy as np
import pytest

from simulator.analysis.survival import first_lasting, kaplan_meier


def test_that_the_remission_data_of_freireich_give_the_published_survival():
    # 6-MP arm, weeks to relapse; + marks those still in remission at the end
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = kaplan_meier(weeks, relapse)
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert found.waiting == pytest.approx(np.array(published), abs=1e-4)
    assert found.median == 23
    assert found.at(5) == 1
    assert found.at(12) == pytest.approx(0.7529, abs=1e-4)


def test_that_runs_that_never_reach_a_target_have_no_median():
    found = kaplan_meier([60, 60, 60], [False, False, False])
    assert np.isnan(found.median)
    assert found.at(60) == 1


def test_that_without_censoring_survival_is_the_share_left():
    assert kaplan_meier([4, 8, 8, 12], [True] * 4).waiting.tolist() == [0.75, 0.25, 0.0]


def test_that_a_target_counts_from_the_first_of_four_quarters_in_a_row():
    assert first_lasting([False, True, True, True, False, True, True, True, True]) == 5
    assert first_lasting([True] * 3) is None
