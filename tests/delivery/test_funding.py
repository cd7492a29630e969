"""Who pays: the EU, the state, the region and others, to the krona; grants, guarantees, foregone tax (T9)."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.agents.switches import Switches
from simulator.delivery.budget import KSEK
from simulator.delivery.ledger import FUNDERS, SPENT
from simulator.delivery.parameters import Budget
from simulator.interventions.declaration import Form


def one(house, kind, name="mine", start=0, end=19, **more):
    return kind.measure(name=name, start=start, end=end, **more)


def grants(house, **numbers):
    plain = {"capacity": 10, "research_grant": 300, "duration": 4, "lag": 1}
    return house.stub(Form.AWARD, domains=("research",), **plain | numbers)


def by_measure(programme, names) -> np.ndarray:
    return np.sum([programme.column(name) for name in names], axis=0)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    eu=st.floats(0, 0.6),
    state=st.floats(0, 0.4),
    cofinance=st.floats(0, 2),
    per_year=st.floats(1, 40),
    own=st.one_of(st.none(), st.floats(0, 8)),
    projects=st.floats(0, 1),
)
def test_that_funders_pay_what_is_spent_to_the_krona(house, eu, state, cofinance, per_year, own, projects):
    share = {"eu_share": eu, "state_share": state}
    kinds = [
        house.stub(Form.AWARD, domains=("digital",), subsidy_share=0.5, subsidy_cap=200, duration=3),
        house.stub(Form.SYSTEM, name="robot_lift", capacity=1, fixed_cost=900, external_cofinance=0.5, lag=2,
                   duration=2),
        grants(house, name="export_start"),
    ]  # fmt: skip
    chosen = [share, {**share, "external_cofinance": cofinance}, share]
    measures = [
        one(house, kind, name=kind.name, budget_per_year=own, settings=some)
        for kind, some in zip(kinds, chosen, strict=True)
    ]
    programme = house.Programme(measures, budget=Budget(per_year=per_year))
    for _ in range(12):
        programme.run(1, project_share=projects)
        rows = np.arange(0, 600, 2)
        programme.delivery.pay_grants(programme.firms, rows, np.full(300, 75, np.float32))
    programme.delivery.balance()
    outlay, funded = by_measure(programme, SPENT), by_measure(programme, FUNDERS)
    np.testing.assert_allclose(funded, outlay, rtol=1e-6, atol=1e-6)
    rest = outlay[:-1] - programme.column("external")[:-1]
    np.testing.assert_allclose(programme.column("eu")[:-1], eu * rest, rtol=1e-6, atol=1e-6)
    assert programme.delivery.ledger.carried() <= programme.delivery.released(11) * (1 + 1e-9)


def test_that_external_money_stretches_the_budget_of_the_package(house):
    uptake = house.stub(Form.AWARD, domains=("digital",), capacity=40, unit_cost=200)

    def spent(cofinance: float) -> tuple[float, float, float]:
        call = house.stub(Form.SYSTEM, name="robot_lift", capacity=1, fixed_cost=1, external_cofinance=cofinance)
        measures = [one(house, uptake, name="a"), one(house, call, name="b")]
        programme = house.Programme(measures, budget=Budget(per_year=12)).run(8)
        return (programme.total("awarded"), programme.total("external"), programme.delivery.ledger.carried())

    plain, none, first = spent(0)
    more, external, second = spent(0.5)
    assert none == 0
    assert more > 1.25 * plain
    assert max(first, second) <= 24 * KSEK
    assert external > 0.15 * second


def test_that_external_money_goes_to_the_package_only(house):
    money = {"subsidy_share": 0.5, "subsidy_cap": 100}
    national = house.stub(Form.AWARD, domains=("digital",), capacity=20, unit_cost=200, state_share=1, **money)
    call = house.stub(Form.SYSTEM, name="robot_lift", capacity=1, fixed_cost=400, external_cofinance=1)
    programme = house.Programme([one(house, national, name="state"), one(house, call, name="own")]).run(6, 0.1)
    state, own = programme.column("external")[:2]
    assert state.sum() == 0
    assert programme.column("paid")[0].sum() > 0
    assert own.sum() > 0
    programme.delivery.balance()


def test_that_programmes_of_the_state_alone_need_no_coordination_of_a_package(house):
    kinds = [house.stub(Form.AWARD, domains=("digital",), capacity=5, state_share=share) for share in (1, 0.7)]
    state, own = (house.Programme([one(house, kind)]).run(4) for kind in kinds)
    assert state.total("unit_cost") == own.total("unit_cost") > 0
    assert state.total("coordination") == 0
    assert own.total("coordination") > 0


def test_that_what_the_state_mostly_pays_is_outside_the_budget_but_in_the_books(house):
    national = house.stub(Form.AWARD, domains=("digital",), capacity=20, unit_cost=200, state_share=1)
    regional = house.stub(Form.AWARD, name="robot_lift", domains=("digital",), capacity=5, unit_cost=100)
    measures = [one(house, national, name="state"), one(house, regional, name="own")]
    programme = house.Programme(measures, budget=Budget(per_year=0)).run(6)
    assert programme.column("awarded")[0].sum() > 0
    assert programme.column("awarded")[1].sum() == 0
    assert programme.total("state") == pytest.approx(programme.delivery.ledger.outlay())
    limited = house.Programme([one(house, national, budget_total=1)], budget=Budget(per_year=0)).run(6)
    assert 0 < limited.delivery.ledger.outlay() <= KSEK


def test_that_grants_are_reserved_paid_by_quarter_and_the_rest_returned(house):
    programme = house.Programme([one(house, grants(house), end=0)])
    programme.step()
    rows = np.flatnonzero(programme.firms.awards)
    assert programme.total("reserved") == pytest.approx(300 * len(rows))
    paid = []
    for _ in range(6):
        levers = programme.step()
        rate = levers.firm("research_grant")
        wanted = np.full(len(rows), 75, np.float32)
        wanted[0] = 50
        paid.append(programme.delivery.pay_grants(programme.firms, rows, wanted))
        if isinstance(rate, float):
            assert paid[-1].sum() == 0
        else:
            np.testing.assert_allclose(rate[rows], 300)
        programme.delivery.balance()
    np.testing.assert_allclose(np.sum(paid, axis=0), [200, *[300] * (len(rows) - 1)], rtol=1e-6)
    assert programme.total("returned") == pytest.approx(100)
    assert programme.total("research_grants") == pytest.approx(300 * len(rows) - 100)


def test_that_two_grants_of_a_firm_each_pay_at_their_own_rate(house):
    firms = house.make_firms(400)
    kinds = [
        grants(house, research_grant=100, capacity=400),
        grants(house, name="robot_lift", duration=8, capacity=400),
    ]
    measures = [one(house, kind, name=kind.name, end=0) for kind in kinds]
    programme = house.Programme(measures, firms=firms, switches=Switches(governance=False))
    programme.step()
    rows = np.flatnonzero(firms.awards == 2)
    assert len(rows)
    for quarter in range(9):
        rate = programme.step().firm("research_grant")
        rate = np.zeros(firms.size) if isinstance(rate, float) else rate
        assert rate[rows[0]] == (400 if quarter < 4 else 300 if quarter < 8 else 0)
        programme.delivery.pay_grants(firms, np.arange(400), (rate / 4).astype(np.float32))
        programme.delivery.balance()
    assert programme.total("returned") == pytest.approx(0, abs=1e-6)


def test_that_expected_losses_on_guarantees_are_the_states_and_outside_the_budget(house):
    kind = house.stub(Form.SYSTEM, aimed=True, capacity=1, collateral_gain=0.2, expected_loss=0.04)
    other = house.stub(Form.AWARD, name="robot_lift", domains=("succession",), collateral_gain=0.1, lag=1, duration=8)
    measures = [one(house, kind, name="a"), one(house, other, name="b", end=0)]
    programme = house.Programme(measures, budget=Budget(per_year=9)).run(2)
    helped = np.flatnonzero(programme.firms.awards)[:4]
    plain = np.setdiff1d(np.arange(20), helped)[:4]
    before = programme.delivery.ledger.carried()
    rows = np.concatenate((helped, plain))
    programme.delivery.guarantee(programme.firms, rows, np.full(8, 300, np.float32))
    expected = 0.04 * 300 * (4 + 4 * 0.2 / 0.3)
    assert programme.total("guarantee_loss") <= 0.04 * 300 * 8
    assert programme.total("guarantee_loss") == pytest.approx(expected, rel=1e-5)
    assert programme.column("state")[0].sum() == pytest.approx(expected, rel=1e-5)
    assert programme.delivery.ledger.carried() == before
    programme.delivery.balance()
    programme.delivery.repay_guaranteed(0.25)
    programme.slots += 5  # firms that are new
    programme.step()
    left = programme.delivery.guaranteed(np.arange(programme.slots))
    assert left[programme.firms.slot[rows]] == pytest.approx([225] * 8)
    assert left.sum() == pytest.approx(8 * 225)


def test_that_foregone_tax_is_state_money(house):
    kind = house.stub(Form.SYSTEM, aimed=True, capacity=1, research_cost_relief=0.1, eu_share=0.3)
    programme = house.Programme([one(house, kind)], budget=Budget(per_year=0)).run(1)
    programme.delivery.forgo_tax(programme.firms, np.arange(10), np.full(10, 12.5, np.float32))
    assert programme.total("foregone_tax") == pytest.approx(125)
    assert programme.total("state") == pytest.approx(125)
    assert programme.delivery.ledger.outlay() == pytest.approx(125)
    programme.delivery.balance()
    nobody = house.Programme([])
    nobody.step()
    nobody.delivery.forgo_tax(nobody.firms, np.arange(10), np.full(10, 12.5, np.float32))
    assert nobody.delivery.ledger.outlay() == 0


@pytest.mark.parametrize("domain", ["digital", "green", "circular", "export"])
def test_that_a_subsidy_is_paid_in_its_domain_and_in_no_other(house, domain):
    share = "export_cost_subsidy" if domain == "export" else "subsidy_share"
    kind = house.stub(Form.AWARD, domains=(domain,), subsidy_cap=100, duration=4, lag=1, **{share: 0.5})
    programme = house.Programme([one(house, kind, end=0)])
    programme.step()
    rows = np.flatnonzero(programme.firms.awards)
    programme.step()
    cost = np.full(len(rows), 120, np.float32)
    for other in {"digital", "green", "circular", "export"} - {domain}:
        assert programme.delivery.project_started(programme.firms, rows, other, cost).sum() == 0
    np.testing.assert_allclose(programme.delivery.project_started(programme.firms, rows, domain, cost), 60)
    programme.delivery.balance()


def test_that_one_reservation_serves_two_domains_but_pays_once(house):
    kind = house.stub(Form.AWARD, domains=("digital", "green"), subsidy_share=0.5, subsidy_cap=100, duration=4, lag=1)
    programme = house.Programme([one(house, kind, end=0)])
    programme.step()
    rows = np.flatnonzero(programme.firms.awards)
    programme.step()
    cost = np.full(len(rows), 150, np.float32)
    first = programme.delivery.project_started(programme.firms, rows, "digital", cost)
    second = programme.delivery.project_started(programme.firms, rows, "green", cost)
    np.testing.assert_allclose(first, 75)
    np.testing.assert_allclose(second, 25)
    programme.delivery.balance()
