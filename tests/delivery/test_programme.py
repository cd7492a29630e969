"""Measures meeting firms over quarters: nothing from nothing, order, limits, timing, fading, services."""

import itertools

import numpy as np
import pytest

from simulator.agents.luck import Luck
from simulator.agents.switches import Switches
from simulator.delivery.budget import KSEK
from simulator.delivery.parameters import Budget
from simulator.governance import Governance, GovernanceTargets
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.target import Target

SMALL = {"digital_uptake": 12, "digital_lift": 6, "robot_lift": 4, "training_at_work": 20, "ownership_succession": 8,
         "export_start": 6}  # fmt: skip


def capacity(kind: str) -> dict:
    return {"settings": {"capacity": SMALL[kind]}} if kind in SMALL else {}


def everything(house, **more):
    return [house.measure(kind, **capacity(kind), **more) for kind in KINDS]


def fingerprint(programme) -> bytes:
    columns = b"".join(column.tobytes() for column in programme.delivery.ledger.columns.values())
    order = np.argsort(programme.firms.slot)
    return columns + programme.firms.awards[order].tobytes() + programme.firms.kinds_received[order].tobytes()


def test_that_no_measures_cost_nothing_and_move_nothing(house):
    programme = house.Programme([]).run(6)
    assert programme.delivery.ledger.committed() == 0
    levers = programme.step()
    assert all(levers.firm(name, domain) == lever.neutral for name, lever in LEVERS.items() for domain in lever.domains)


@pytest.mark.parametrize("kind", KINDS)
def test_that_capacity_zero_is_the_baseline(house, kind):
    """T4, cost included."""
    idle = house.measure(kind, settings={"capacity": 0})
    programme = house.Programme([idle], budget=Budget(per_year=20)).run(8)
    assert programme.delivery.ledger.committed() == 0
    assert programme.firms.awards.sum() == 0
    levers = programme.step()
    assert all(levers.county(name) == levers.region(name) == lever.neutral for name, lever in LEVERS.items())
    alone = house.Programme([]).run(8)
    assert programme.delivery.components == alone.delivery.components


@pytest.mark.parametrize("budget", [Budget(), Budget(per_year=12)])
def test_that_the_order_of_measures_changes_no_bit(house, budget):
    seen = set()
    measures = everything(house)
    turned = [measures[turn:] + measures[:turn] for turn in range(0, len(measures), 3)]
    for order in (*turned, measures[::-1]):
        programme = house.Programme(order, budget=budget).run(7, project_share=0.3)
        levers = programme.step()
        gains = levers.firm("quit_factor")
        seen.add(fingerprint(programme) + np.asarray(gains, np.float32).tobytes())
    assert len(seen) == 1


def test_that_the_order_of_rows_changes_no_award(house):
    straight = house.Programme(everything(house)).run(6, project_share=0.2)
    shuffled = house.make_firms()
    shuffled.reorder(np.random.default_rng(2).permutation(shuffled.size))
    mixed = house.Programme(everything(house), firms=shuffled).run(6, project_share=0.2)
    order = np.argsort(mixed.firms.slot)
    np.testing.assert_array_equal(mixed.firms.awards[order], straight.firms.awards)
    assert mixed.delivery.ledger.committed() == pytest.approx(straight.delivery.ledger.committed(), rel=1e-6)


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.form is not Form.SYSTEM])
def test_that_nothing_happens_outside_window_or_target(house, kind):
    target = Target(counties=("S",), employees=(3, 20), rural=None)
    programme = house.Programme([house.measure(kind, start=3, end=6, target=target)])
    for t in range(12):
        before = programme.firms.awards.copy()
        programme.step()
        awarded = np.flatnonzero(programme.firms.awards > before)
        assert not len(awarded) or 3 <= t <= 6
        assert (programme.firms.county[awarded] == 1).all()
        assert ((programme.firms.employment[awarded] >= 3) & (programme.firms.employment[awarded] < 21)).all()
    assert programme.firms.awards.sum() > 0
    assert programme.column("contacted")[:, 0].sum() == 0


@pytest.mark.parametrize("selection", ["lottery", "score", "first_come"])
@pytest.mark.parametrize("places", [7, {"F": 2, "S": 4.5}])
def test_that_awards_never_exceed_capacity(house, selection, places):
    settings = {"capacity": places, "contacts": 200}
    programme = house.Programme([house.measure("digital_uptake", selection=selection, settings=settings)])
    for quarter in range(8):
        programme.step()
        assert programme.firms.awards.sum() <= 7 * (quarter + 1)


def test_that_capacity_rises_along_the_ramp(house):
    settings = {"capacity": 8, "contacts": 400, "ramp": 4}
    programme = house.Programme([house.measure("digital_uptake", settings=settings)])
    offered = []
    for _ in range(6):
        before = programme.total("offered")
        programme.step()
        offered.append(programme.total("offered") - before)
    assert offered == pytest.approx([2, 4, 6, 8, 8, 8])


def test_that_trainees_are_counted_not_firms(house):
    programme = house.Programme([house.measure("training_at_work", settings={"capacity": 3, "contacts": 2000})])
    for quarter in range(6):
        programme.step()
        assert programme.total("units") <= 3 * (quarter + 1)
    assert programme.total("awarded") > 6
    paid = programme.total("unit_cost")
    assert paid == pytest.approx(25 * programme.total("units"))


def test_that_places_too_few_for_any_firm_are_kept_until_they_suffice(house):
    """Model text 1.4: capacities follow the scale of a run, firms do not."""
    firms = house.make_firms()
    firms.employment[:] = 40
    kind = house.stub(Form.TRAINEE, domains=("training",), capacity=1, training_slots=0.05, duration=2)
    programme = house.Programme([kind.measure(name="mine", start=0, end=19)], firms=firms, quarters=20)
    for quarter in range(20):
        programme.step()
        assert programme.total("units") <= quarter + 1
    assert programme.total("units") >= 16


def test_that_an_award_acts_after_its_lag_for_its_duration_then_fades(house):
    settings = {"capacity": 10, "contacts": 300, "lag": 2, "duration": 3, "half_life": 1}
    programme = house.Programme([house.measure("digital_uptake", end=0, settings=settings)])
    programme.step()
    row = int(np.flatnonzero(programme.firms.awards)[0])
    gains, shares = [0.0], [0.0]
    for _ in range(10):
        levers = programme.step()
        gain, share = levers.firm("success_gain", "digital"), levers.firm("subsidy_share", "digital")
        gains.append(gain if isinstance(gain, float) else float(gain[row]))
        shares.append(share if isinstance(share, float) else float(share[row]))
    assert shares == pytest.approx([0, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0])
    assert gains == pytest.approx([0, 0, 0.08, 0.08, 0.08, 0.04, 0.02, 0.01, 0.005, 0, 0])


def test_that_a_firm_cannot_hold_the_same_award_twice_at_once(house):
    programme = house.Programme([house.measure("digital_uptake", settings={"capacity": 300, "contacts": 2000})])
    programme.step()
    first = programme.firms.awards.copy()
    for _ in range(4):
        programme.step()
    assert (programme.firms.awards <= 1).all()
    programme.step()
    assert (programme.firms.awards[first > 0] == 2).any()


def test_that_a_preparation_is_drawn_once_per_award(house):
    programme = house.Programme([house.measure("ownership_succession", end=0, settings={"capacity": 20})])
    chances = [programme.step().firm("succession_preparation") for _ in range(4)]
    assert [isinstance(chance, float) for chance in chances] == [True, False, True, True]
    assert chances[1].max() == pytest.approx(0.35)


def test_that_foreign_evidence_counts_for_as_much_as_it_transfers(house):
    settings = {"capacity": 20, "transfer": 0.5}
    programme = house.Programme([house.measure("export_start", settings=settings)])
    programme.step()
    levers = programme.step()
    assert levers.firm("export_entry_gain").max() == pytest.approx(0.2)
    assert levers.firm("export_cost_subsidy").max() == pytest.approx(0.6)


@pytest.mark.parametrize("transfer", [0.0, 0.5, 1.0])
def test_that_what_firms_hear_of_foreign_evidence_transfers_as_its_other_effects_do(house, transfer):
    kind = house.stub(Form.AWARD, domains=("digital",), awareness=0.6, contact_awareness=0.2, transfer=transfer)
    levers = house.Programme([kind.measure(name="mine", start=0, end=3)]).step()
    assert np.max(levers.firm("awareness", "digital")) == pytest.approx(0.6 * transfer)
    assert np.max(levers.firm("contact_awareness", "digital")) == pytest.approx(0.2 * transfer)


def test_that_contacts_and_awards_tell_firms_of_the_next_step(house):
    programme = house.Programme([house.measure("digital_uptake")])
    levers = programme.step()
    offer = programme.delivery.offers[0]
    rows, chance = levers.told("digital")
    np.testing.assert_array_equal(rows, np.sort(offer.contacted))
    np.testing.assert_allclose(chance[np.isin(rows, offer.awarded)], 0.6, rtol=1e-6)
    np.testing.assert_allclose(chance[~np.isin(rows, offer.awarded)], 0.2, rtol=1e-6)


def test_that_luck_follows_the_stream_not_the_name(house):
    one = house.Programme([house.measure("digital_uptake", name="a")]).run(4)
    other = house.Programme([house.measure("digital_uptake", name="b")]).run(4)
    np.testing.assert_array_equal(one.firms.awards, other.firms.awards)


def test_that_a_measure_leaves_the_contacts_of_another_alone(house):
    """Without referral and shared budget, one measure's awards do not depend on another's presence."""
    governance = Governance(referral=(0.0, 0.0), repeats=0.0, precision=(1.0, 0.0, 1.0))
    alone = house.Programme([house.measure("digital_uptake")], governance=governance)
    both = house.Programme([house.measure("digital_uptake"), house.measure("export_start")], governance=governance)
    alone.step()
    both.step()
    mine = next(offer for offer in both.delivery.offers if offer.key.startswith("digital_uptake"))
    np.testing.assert_array_equal(alone.delivery.offers[0].awarded, mine.awarded)


def test_that_referral_sends_firms_to_their_best_fit(house):
    measures = [house.measure(kind, settings={"capacity": 60}) for kind in ("digital_uptake", "export_start")]
    sure = house.Programme(measures, governance=Governance(referral=(1.0, 0.0))).run(3)
    never = house.Programme(measures, governance=Governance(referral=(0.0, 0.0))).run(3)
    assert never.total("referred") == 0
    assert sure.total("referred") > 0
    for offer in sure.delivery.offers:
        assert np.isin(offer.applied, offer.rows).all()
        assert not np.isin(offer.referred, offer.applied).any()


def test_that_left_capacity_crosses_the_border_only_with_coordination(house):
    settings = {"capacity": {"F": 0, "S": 40}, "contacts": {"F": 300, "S": 5}}

    def awarded(level: float) -> np.ndarray:
        governance = Governance(start=(0.35, 0.35, 0.35, level))
        targets = GovernanceTargets(cross_county=level)
        programme = house.Programme([house.measure("digital_uptake", settings=settings)], governance=governance,
                                    targets=targets).run(4)  # fmt: skip
        return programme.column("awarded")[0].sum(axis=1)

    assert awarded(0.0)[0] == 0
    assert 0 < awarded(0.5)[0] < awarded(1.0)[0]


def test_that_the_same_scale_of_firms_and_capacity_gives_the_same_funnel(house):
    one = house.Programme([house.measure("digital_uptake")], firms=house.make_firms(4000)).run(4)
    ten = house.Programme([house.measure("digital_uptake")], firms=house.make_firms(40000), scale=10.0).run(4)
    for name in ("contacted", "applied", "awarded", "fixed_cost"):
        assert ten.total(name) == pytest.approx(10 * one.total(name), rel=0.15)


def test_that_a_service_acts_in_its_counties_and_fades(house):
    attract = house.measure("attract_keep", end=3, target=Target(counties=("S",)))
    programme = house.Programme([attract])
    factors = []
    for _ in range(40):
        value = programme.step().county("women_choice_factor")
        factors.append(np.full(2, value) if isinstance(value, float) else value)
    factors = np.array(factors)
    assert (factors[:, 0] == 1).all()
    assert (factors[:4, 1] == 1).all()
    share = (programme.firms.county == 1).mean()
    assert factors[4:15, 1] == pytest.approx(1 + 0.25 * min(1.5, 1 / share))
    assert all(one > other for one, other in itertools.pairwise(factors[15:, 1]))
    assert programme.total("unit_cost") == pytest.approx(4 * 15 * 400 / 4)
    assert programme.total("fixed_cost") == pytest.approx(6000)


def test_that_places_are_shared_out_and_paid_by_year(house):
    programme = house.Programme([house.measure("vocational_courses", end=3)])
    for t in range(6):
        places = programme.step().county("places_vocational")
        assert np.sum(places) == pytest.approx(120 if t <= 3 else 0)
    assert programme.total("unit_cost") == pytest.approx(120 * 64.7 * 1.5 + 200 * 20)


def test_that_mapping_raises_coordination(house):
    programme = house.Programme([house.measure("map_coordinate", end=19)])
    levels = [programme.delivery.components[0]]
    for _ in range(20):
        programme.step()
        levels.append(programme.delivery.components[0])
    assert levels[:3] == [0.35, 0.35, 0.35]
    assert levels[3] == pytest.approx(0.35 + 0.4 / 8)
    assert 0.7 < levels[-1] < 0.75
    assert programme.delivery.components[1:] == (0.35, 0.35, 0.35)


def test_that_coordination_is_paid_only_for_a_package(house):
    assert house.Programme([], targets=GovernanceTargets(mapping=0.6)).run(4).total("coordination") > 3 * KSEK
    assert house.Programme([], targets=GovernanceTargets(mapping=0.1)).run(4).total("coordination") == 0


def test_that_without_governance_contacts_are_spread_evenly(house):
    off = Switches(governance=False)
    programme = house.Programme([house.measure("digital_uptake", settings={"capacity": 50})], switches=off,
                                firms=house.make_firms(20000)).run(4)  # fmt: skip
    contacted = programme.total("contacted")
    assert contacted == pytest.approx(4 * 250, rel=0.1)


def test_that_an_announced_subsidy_is_awaited_only_with_the_switch_and_in_its_domain(house):
    later = house.measure("digital_uptake", start=3)
    assert house.Programme([later]).delivery.awaiting(0, house.make_firms(), "digital") is None
    programme = house.Programme([later], switches=Switches(announcement=True))
    firms = programme.firms
    assert programme.delivery.awaiting(0, firms, "green") is None
    np.testing.assert_array_equal(programme.delivery.awaiting(0, firms, "digital"), firms.digital_level <= 2)
    assert programme.delivery.awaiting(0, firms, "green") is None
    assert programme.delivery.awaiting(3, firms, "digital") is None


def test_that_closed_firms_are_passed_over(house):
    programme = house.Programme([house.measure("digital_uptake", settings={"capacity": 30, "contacts": 600})]).run(2)
    programme.firms.drop(np.flatnonzero(programme.firms.awards)[::2])
    levers = programme.step()
    share = levers.firm("subsidy_share", "digital")
    assert share.shape == (programme.firms.size,)
    assert (share[programme.firms.awards == 0] == 0).all()
    programme.run(8)
    assert programme.delivery.ledger.committed() > 0


def test_that_another_seed_is_another_draw(house):
    one, other = (house.Programme([house.measure("digital_uptake")], seed=seed).run(2) for seed in (1, 2))
    assert (one.firms.awards != other.firms.awards).any()
    assert Luck(1).seed == 1
