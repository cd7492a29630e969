"""Deadweight and displacement on pairs made by hand."""

import numpy as np
import pytest

from simulator.agents.firms import Firms
from simulator.analysis.fates import NOT_YET, TRANSITIONS, Deadweight, Watcher, deadweight, shift
from simulator.analysis.losers import anyway, by_luck, losers
from simulator.delivery.running import ORDINALS
from simulator.interventions.catalogue import KINDS

DIGITAL = list(TRANSITIONS).index("digital")
ROBOTS = np.uint64(1) << np.uint64(ORDINALS["robot_lift"])
START = np.uint64(1) << np.uint64(ORDINALS["export_start"])


def crowd(slots: list[int], levels: list[int]) -> Firms:
    made = Firms(len(slots))
    made.slot, made.digital_level = slots, levels
    made.municipality = [slot % 3 for slot in slots]
    made.industry = [slot % 2 for slot in slots]
    made.employment = [8.0] * len(slots)
    made.sales = [100.0] * len(slots)
    return made


def supported(firms: Firms, slots: list[int], bit: np.uint64) -> None:
    rows = np.isin(firms.slot, slots)
    firms.awards[rows] += 1
    firms.kinds_received[rows] |= bit


def pair():
    """Slots 0-3 are supported at level 1: 0 and 1 rise, 1 also without support, 2 falls short, 3 closes at once."""
    opening = crowd([0, 1, 2, 3, 4], [0, 0, 0, 0, 0])
    policy, baseline = Watcher(6, opening), Watcher(6, opening)
    first = crowd([0, 1, 2, 3, 4], [1, 1, 1, 1, 1])
    supported(first, [0, 1, 2, 3], ROBOTS)
    policy.note(first)
    later = crowd([0, 1, 2, 4, 5], [2, 2, 1, 2, 0])
    supported(later, [0, 1, 2], ROBOTS)
    policy.note(later)
    baseline.note(crowd([0, 1, 2, 3, 4], [1, 1, 1, 1, 1]))
    without = crowd([0, 1, 2, 3, 4], [1, 2, 1, 1, 2])
    without.sales[:] = 90
    without.employment[without.slot == 4] = 20
    baseline.note(without)
    return policy.fates, baseline.fates


def test_that_deadweight_is_the_share_of_risen_firms_that_rise_anyway():
    assert deadweight(*pair()) == {"digital": Deadweight(supported=4, rose=2, anyway=1)}
    assert deadweight(*pair())["digital"].share == 0.5


def test_that_a_firm_is_judged_in_the_transitions_of_the_measures_it_got():
    firms = crowd([0, 1], [1, 1])
    watcher, plain = Watcher(2, firms), Watcher(2, firms)
    supported(firms, [0], START)
    watcher.note(firms)
    plain.note(crowd([0, 1], [1, 1]))
    firms.exporting[:] = True
    watcher.note(firms)
    assert deadweight(watcher.fates, plain.fates) == {"export": Deadweight(1, 1, 0)}
    assert KINDS["export_start"].domains == ("export",)


def test_that_the_level_at_the_award_is_that_of_its_quarter_and_stays():
    policy, _ = pair()
    assert policy.supported[DIGITAL].tolist() == [1, 1, 1, 1, NOT_YET, NOT_YET]
    assert policy.state[DIGITAL].tolist() == [2, 2, 1, 1, 2, 0]


def test_that_export_that_starts_in_the_quarter_of_the_award_is_a_step_and_export_from_before_is_none():
    firms = crowd([0, 1, 2], [1, 1, 1])
    firms.exporting[firms.slot == 2] = True
    watcher, plain = Watcher(3, firms), Watcher(3, firms)
    plain.note(firms)
    supported(firms, [0, 2], START)
    firms.exporting[firms.slot == 0] = True
    watcher.note(firms)
    assert deadweight(watcher.fates, plain.fates) == {"export": Deadweight(2, 1, 0)}


def test_that_displacement_counts_firms_without_award_and_those_that_only_one_arm_has():
    found = shift(*pair(), places=3, industries=2)
    # supported: 0, 1, 2 sell 10 kSEK more, 3 is gone and sells 90 less; others: 4 sells 10 more, 5 exists only here
    assert found.awarded == pytest.approx((3 * 10 - 90) / 1000)
    assert found.others == pytest.approx((10 + 100) / 1000)
    assert found.places_all.tolist() == pytest.approx([-2, -3, 2])
    assert found.place.tolist() == pytest.approx([0, -3, 2])
    assert found.industry.tolist() == pytest.approx([-3, 2])
    assert found.size.tolist() == pytest.approx([-1, 0, 0, 0])


def test_that_municipalities_that_lose_in_four_of_five_runs_are_behind():
    one = shift(*pair(), places=3, industries=2)
    found = losers([one] * 5)
    assert found.behind == (0, 1)
    assert found.by_luck == pytest.approx(3 * by_luck(5))
    assert not found.displaced.known  # supported firms lost: nothing to share
    assert by_luck(5) == pytest.approx((5 + 1) / 32)


def test_that_runs_without_change_have_no_losers():
    policy, _ = pair()
    found = losers([shift(policy, policy, 3, 2)] * 4)
    assert found.behind == ()
    assert found.by_luck == 0
    assert not found.awarded.detectable


def test_that_deadweight_over_runs_pools_their_steps():
    found = anyway([{"digital": Deadweight(4, 2, 1)}, {"digital": Deadweight(6, 4, 0)}, {}])
    assert found["digital"].share == pytest.approx(1 / 6)
    assert (found["digital"].supported, found["digital"].rose) == (pytest.approx(10 / 3), 2)
    assert found["digital"].low < 1 / 6 < found["digital"].high
