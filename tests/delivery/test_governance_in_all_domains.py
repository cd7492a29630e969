"""Coordination reaches every domain: who is contacted, who is referred, what it asks of firms (Model text 4.8)."""

import numpy as np
import pytest

from simulator.agents.firms import Firms
from simulator.agents.switches import Switches
from simulator.delivery.funnel import lack, need, rank_shares, size_position
from simulator.governance import Governance
from simulator.interventions.declaration import Form

DOMAINS = ("digital", "green", "circular", "export", "training", "succession", "research")


def one(house, kind, name="mine", start=0, end=19, **more):
    return kind.measure(name=name, start=start, end=end, **more)


def mixed_firms(house, count: int = 4000) -> Firms:
    firms = house.make_firms(count)
    generator = np.random.default_rng(11)
    firms.green_level = generator.integers(0, 4, count)
    firms.circular_level = generator.integers(0, 3, count)
    firms.succession = generator.integers(0, 3, count)
    firms.rd_performer = generator.random(count) < 0.3
    return firms


def needs_of(firms, domain: str) -> np.ndarray:
    """How much each firm needs a domain."""
    return need(lack(firms, domain), rank_shares(size_position(firms.employment), firms.industry)[0])


@pytest.mark.parametrize("domain", DOMAINS)
def test_that_precise_targeting_contacts_those_in_need_in_every_domain(house, domain):
    kind = house.stub(Form.AWARD, domains=(domain,), capacity=50, contacts=300)

    def need_of_contacted(precision: float) -> float:
        governance = Governance(precision=(precision, 0, 1), repeats=0)
        programme = house.Programme([one(house, kind)], firms=mixed_firms(house), governance=governance)
        programme.step()
        offer = programme.delivery.offers[0]
        needs = needs_of(programme.firms, domain)
        return float(np.mean(needs[offer.contacted]) - np.mean(needs[offer.rows]))

    assert need_of_contacted(1.0) > 0.03
    assert need_of_contacted(1.0) > need_of_contacted(0.0)


@pytest.mark.parametrize("domain", DOMAINS)
def test_that_every_domain_can_be_where_a_firm_is_referred_to(house, domain):
    other = "digital" if domain != "digital" else "export"
    kinds = [house.stub(Form.AWARD, domains=(other,), capacity=30, contacts=400),
             house.stub(Form.AWARD, name="robot_lift", domains=(domain,), capacity=30, contacts=1)]  # fmt: skip
    measures = [one(house, kind, name=kind.name) for kind in kinds]
    governance = Governance(referral=(1.0, 0.0))
    programme = house.Programme(measures, firms=mixed_firms(house), governance=governance)
    programme.step()
    first, second = programme.delivery.offers
    assert len(second.applied)
    fits = second.applied[np.isin(second.applied, first.rows)]
    assert (needs_of(programme.firms, domain)[fits] >= needs_of(programme.firms, other)[fits]).all()


def test_that_a_measure_of_two_domains_fits_by_the_larger_need(house):
    kinds = [
        house.stub(Form.AWARD, domains=("digital",), capacity=30, contacts=400),
        house.stub(Form.AWARD, name="robot_lift", domains=("export", "green"), capacity=30, contacts=1),
    ]
    firms = mixed_firms(house)
    firms.export_stage[:], firms.digital_level[:], firms.green_level[:] = 3, 2, 0
    measures = [one(house, kind, name=kind.name) for kind in kinds]
    programme = house.Programme(measures, firms=firms, governance=Governance(referral=(1.0, 0.0)))
    programme.step()
    first, second = programme.delivery.offers
    assert len(first.referred) > 0.9 * len(first.contacted)
    assert len(second.applied)


def test_that_one_actor_makes_coordination_irrelevant_with_all_measures(house):
    """T15: with one actor and the other channels off, the funnel is the same at any coordination."""
    kinds = [
        house.stub(Form.AWARD, domains=("green", "digital"), subsidy_share=0.4, subsidy_cap=80, contacts=300),
        house.stub(Form.AWARD, name="robot_lift", domains=("research",), research_grant=100, contacts=200),
    ]
    found = []
    for level in (0.0, 1.0):
        still = Governance(start=(level,) * 3 + (0.35,), actors=1, precision=(0.5, 0, 0.9), referral=(0.3, 0),
                           hours=(40, 0), repeats=0, coordination_cost=(0, 0), pace=0)  # fmt: skip
        measures = [one(house, kind, name=kind.name) for kind in kinds]
        programme = house.Programme(measures, firms=mixed_firms(house), governance=still).run(5, project_share=0.2)
        found.append({name: column.copy() for name, column in programme.delivery.ledger.columns.items()})
    for name, column in found[0].items():
        np.testing.assert_allclose(column, found[1][name], err_msg=name)


def test_that_without_governance_all_domains_are_contacted_evenly(house):
    kind = house.stub(Form.AWARD, domains=("circular",), capacity=50, contacts=400)
    programme = house.Programme([one(house, kind)], firms=mixed_firms(house), switches=Switches(governance=False)).run(
        3
    )
    assert programme.total("contacted") == pytest.approx(1200, rel=0.1)
