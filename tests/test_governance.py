"""Coordination: reach against actors drawn one by one, and nothing to coordinate with one actor."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from simulator.governance import (
    COMPONENTS,
    Governance,
    GovernanceTargets,
    administration_share,
    application_hours,
    approach,
    contact_score,
    coordinate,
    coordination_cost,
    overall,
    repeat_weight,
    unique_reach,
)

P = Governance()


@pytest.mark.parametrize("kappa", [0.0, 0.35, 1.0])
@pytest.mark.parametrize("actors", [1, 3, 8])
def test_that_reach_agrees_with_actors_drawn_one_by_one(kappa, actors):
    """Coordinated actors split the firms between them, uncoordinated ones draw blindly (T6)."""
    generator = np.random.default_rng(5)
    firms, rho = 200_000, 0.08
    blind = (generator.random((actors, firms)) < rho).any(0)
    place = generator.random(firms)
    split = place < min(1.0, actors * rho)
    together = generator.random(firms) < kappa
    reach, duplicates = unique_reach(kappa, np.full(actors, rho))
    assert abs(np.where(together, split, blind).mean() - reach) < 1e-2
    assert duplicates == pytest.approx(actors * rho - reach)


@pytest.mark.parametrize(("actors", "apart", "joint"), [(3, 0.221, 0.240), (6, 0.394, 0.480), (10, 0.566, 0.800)])
def test_that_reach_has_the_values_of_the_model_text(actors, apart, joint):
    reaches = np.full(actors, 0.08)
    assert unique_reach(0, reaches)[0] == pytest.approx(apart, abs=5e-4)
    assert unique_reach(1, reaches)[0] == pytest.approx(joint, abs=5e-4)


def test_that_one_actor_has_nothing_to_coordinate():
    """T15: reach and administration do not depend on kappa when J = 1."""
    alone = np.array([0.08])
    assert unique_reach(0, alone) == pytest.approx(unique_reach(1, alone))
    assert administration_share(0, 1, P) == administration_share(1, 1, P)
    still = replace(P, actors=1, precision=(0.5, 0, 0.9), referral=(0.2, 0), hours=(40, 0), repeats=0)
    low, high = (coordinate((kappa,) * 4, 0, True, still) for kappa in (0.0, 1.0))
    for name in ("reach", "precision", "referral", "hours", "administration"):
        assert getattr(low, name) == pytest.approx(getattr(high, name))


def test_that_components_close_an_eighth_of_their_gap():
    value = 0.35
    for _ in range(8):
        value = approach(value, 1.0, P.pace)
    assert value == pytest.approx(1 - 0.65 * (7 / 8) ** 8)


def test_that_overall_coordination_lies_between_its_components():
    for components in itertools.product((0.0, 0.5, 1.0), repeat=4):
        assert min(components) - 1e-12 <= overall(components, P.weights) <= max(components) + 1e-12


def test_that_more_coordination_reaches_more_and_asks_for_less():
    steps = [coordinate((kappa,) * 4, 0, True, P) for kappa in np.linspace(0, 1, 11)]
    for one, more in itertools.pairwise(steps):
        assert more.reach > one.reach
        assert more.precision > one.precision
        assert more.referral > one.referral
        assert more.hours < one.hours
        assert more.administration < one.administration
        assert more.cost > one.cost


def test_that_the_given_numbers_come_out():
    now = coordinate((0.35,) * 4, 0, True, P)
    assert now.kappa == pytest.approx(0.35)
    assert now.hours == pytest.approx(53)
    assert now.administration == pytest.approx(0.12 + 0.1 * 0.65 * 7 / 8)
    assert coordination_cost(1.0, P) == pytest.approx(9.0)
    assert application_hours(1.0, P) == pytest.approx(40)


def test_that_the_switch_puts_every_channel_at_its_best():
    off = coordinate((0.1,) * 4, 0, False, P)
    assert (off.precision, off.referral, off.hours, off.cross_county) == pytest.approx((0.75, 0.8, 40, 1.0))
    assert off.administration == pytest.approx(0.12)
    assert off.spread_evenly
    assert off.kappa == pytest.approx(0.1)


def test_that_uncoordinated_actors_return_to_the_same_firms():
    before = np.array([0, 1, 3], np.float32)
    np.testing.assert_allclose(repeat_weight(0, before, P), [1, 2, 4])
    np.testing.assert_allclose(repeat_weight(1, before, P), [1, 1, 1])
    assert contact_score(np.float32([1]), np.float32([0]), 0.4) == pytest.approx(0.4)


def test_that_targets_are_named_as_the_components():
    assert len(GovernanceTargets().values()) == len(COMPONENTS)
    assert GovernanceTargets(mapping=0.7).values()[0] == 0.7
