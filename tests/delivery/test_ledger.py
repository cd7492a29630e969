"""Money: never over budget, every krona accounted for (T9)."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.agents.switches import Switches
from simulator.delivery.award_log import newest
from simulator.delivery.budget import KSEK
from simulator.delivery.ledger import COLUMNS, SPENT, Ledger, LedgerError
from simulator.delivery.parameters import Budget
from simulator.delivery.running import STEERING
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form

AWARDS = ("digital_uptake", "robot_lift", "export_start", "training_at_work", "ownership_succession")


def package(house, **more):
    return [house.measure(kind, **more) for kind in KINDS]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    per_year=st.one_of(st.none(), st.floats(0, 60)),
    total=st.one_of(st.none(), st.floats(0, 60)),
    own=st.one_of(st.none(), st.floats(0, 8)),
    projects=st.floats(0, 1),
    seed=st.integers(0, 99),
)
def test_that_no_budget_is_ever_exceeded_and_the_books_balance(house, per_year, total, own, projects, seed):
    measures = package(house, budget_per_year=own)
    programme = house.Programme(measures, budget=Budget(per_year=per_year, total=total), seed=seed)
    programme.run(10, project_share=projects)  # balances the books every quarter
    ledger = programme.delivery.ledger
    if total is not None:
        assert ledger.carried() <= total * KSEK + 1e-3


def test_that_outlay_is_the_sum_of_its_parts_and_the_rest_is_unspent(house):
    measures = [each for each in package(house) if not each.national and not set(each.kind.levers) & set(STEERING)]
    programme = house.Programme(measures, budget=Budget(per_year=40)).run(12, project_share=0.4)
    ledger = programme.delivery.ledger
    parts = sum(programme.total(name) for name in SPENT)
    assert ledger.outlay() == pytest.approx(parts)
    assert programme.total("paid") > 0
    unspent = programme.delivery.released(11) - ledger.committed()
    assert unspent >= -1e-6
    assert parts + ledger.outstanding() + unspent == pytest.approx(40 * KSEK * 3)
    charged = sum(programme.total(name) for name in ("fixed_cost", "contact_cost", "unit_cost", "reserved"))
    share = programme.total("administration") / (charged + programme.total("administration"))
    assert share == pytest.approx(programme.delivery.coordination.administration)


def test_that_money_that_comes_back_has_been_administered_all_the_same(house):
    money = {"subsidy_share": 0.5, "subsidy_cap": 100}
    kind = house.stub(Form.AWARD, domains=("digital",), capacity=10, **money)
    programme = house.Programme([kind.measure(name="mine", start=0, end=3)]).run(8)
    returned, reserved = programme.total("returned"), programme.total("reserved")
    assert returned == reserved > 0
    handled = reserved + programme.total("unit_cost")
    assert programme.total("administration") == pytest.approx(handled * programme.delivery.coordination.overhead)


def test_that_a_rounded_up_slot_is_not_awarded_without_money(house):
    settings = {"capacity": 3, "contacts": 400, "contact_cost": 0, "unit_cost": 1000, "fixed_cost": 0}
    short = 0
    for seed in range(12):
        measures = [house.measure("digital_uptake", settings=settings)]
        programme = house.Programme(measures, budget=Budget(per_year=11), seed=seed).run(4)
        short += programme.total("awarded") < programme.total("offered")
    assert short


def test_that_a_tight_budget_is_spent_not_hoarded(house):
    measures = [house.measure(kind) for kind in AWARDS]
    programme = house.Programme(measures, budget=Budget(per_year=20), firms=house.make_firms(3000)).run(12)
    ledger = programme.delivery.ledger
    assert ledger.committed() + programme.total("returned") > 0.85 * 60 * KSEK
    assert (programme.column("awarded")[: len(measures)].sum(axis=(1, 2)) > 0).all()


def test_that_small_measures_do_not_starve_under_a_tight_budget(house):
    measures = [house.measure("digital_uptake", settings={"capacity": 100}), house.measure("robot_lift")]
    given = 0
    for seed in range(4):
        firms = house.make_firms(4000)
        programme = house.Programme(measures, budget=Budget(per_year=15), firms=firms, seed=seed).run(12)
        given += programme.column("awarded")[programme.delivery.ledger.names.index("robot_lift")].sum()
    assert given > 0


def test_that_subsidy_is_reserved_at_award_paid_at_the_project_and_returned_after(house):
    programme = house.Programme([house.measure("digital_uptake", end=0, settings={"capacity": 10, "contacts": 300})])
    programme.step()
    awarded = np.flatnonzero(programme.firms.awards)
    assert programme.total("reserved") == pytest.approx(150 * len(awarded))
    early = programme.delivery.project_started(programme.firms, awarded[:1], "digital", np.float32([400]))
    assert early == 0
    programme.step()
    both = programme.delivery.project_started(programme.firms, awarded[:2], "digital", np.float32([100, 4000]))
    np.testing.assert_allclose(both, [50, 150], rtol=1e-6)
    levers = programme.step()
    np.testing.assert_allclose(levers.firm("subsidy_cap", "digital")[awarded[:3]], [100, 0, 150], rtol=1e-6)
    assert levers.firm("subsidy_share", "digital")[awarded[1]] == 0
    for _ in range(4):
        programme.step()
        programme.delivery.balance()
    assert programme.total("returned") == pytest.approx(150 * len(awarded) - 200)
    assert programme.delivery.ledger.outstanding() == pytest.approx(0, abs=1e-6)


def test_that_two_awards_share_a_project(house):
    measures = [
        house.measure("digital_uptake", end=0, settings={"capacity": 500, "contacts": 5000}),
        house.measure("digital_lift", end=0, settings={"capacity": 500, "contacts": 5000}),
    ]
    programme = house.Programme(measures)
    programme.step()
    levers = programme.step()
    share, cap = levers.firm("subsidy_share", "digital"), levers.firm("subsidy_cap", "digital")
    rows = np.flatnonzero(cap == 225)[:5]
    assert len(rows)
    np.testing.assert_allclose(share[rows], 0.75)
    paid = programme.delivery.project_started(programme.firms, rows, "digital", np.full(len(rows), 200, np.float32))
    np.testing.assert_allclose(paid, 150, rtol=1e-6)
    assert programme.column("paid")[:2].sum(axis=(1, 2)) == pytest.approx(len(rows) * np.array([50, 100]), rel=1e-6)
    assert programme.total("private_cost") == pytest.approx(50 * len(rows))
    hours = programme.total("applied") * programme.delivery.coordination.hours
    assert programme.total("application_cost") == pytest.approx(hours * 0.6, rel=1e-3)


def test_that_export_support_is_paid_from_its_reservation(house):
    programme = house.Programme([house.measure("export_start", end=0, settings={"capacity": 20, "contacts": 500})])
    programme.step()
    rows = np.flatnonzero(programme.firms.awards)
    programme.step()
    paid = programme.delivery.project_started(programme.firms, rows, "export", np.full(len(rows), 300, np.float32))
    np.testing.assert_allclose(paid, 180, rtol=1e-6)
    programme.delivery.balance()


def test_that_four_in_ten_robot_pre_studies_lead_to_a_cheque(house):
    firms = house.make_firms(6000)
    firms.digital_level = 1
    programme = house.Programme([house.measure("robot_lift", settings={"capacity": 200})], firms=firms).run(6)
    share = programme.total("reserved") / 150 / programme.total("awarded")
    assert programme.total("awarded") > 200
    assert share == pytest.approx(0.42, abs=0.1)


def test_that_no_firm_gets_more_aid_than_the_rule_allows(house):
    firms = house.make_firms(60)
    measures = [
        house.measure("digital_uptake", name=f"m{i}", end=19, settings={"capacity": 60, "contacts": 600,
                      "unit_cost": 600, "duration": 1, "lag": 0}) for i in range(3)
    ]  # fmt: skip
    programme = house.Programme(measures, firms=firms, switches=Switches(governance=False))
    for _ in range(16):
        programme.step()
        log = programme.delivery.log
        recent = log.quarter > programme.t - 1 - 12
        given = np.bincount(log.slot[recent], weights=log.aid[recent])
        assert given.max(initial=0) <= 3300 + 1e-6
    assert given.max() > 2500


def test_that_the_newest_award_of_a_firm_counts():
    assert newest(np.array([4, 1, 4, 2, 1]), 6).tolist() == [False, False, True, True, True]


def test_that_unbalanced_books_are_refused():
    ledger, none = Ledger(("a",), 2, 4), np.zeros((1, 2))
    ledger.add("reserved", 0, 0, np.array([10.0, 0]))
    with pytest.raises(LedgerError, match="reserved"):
        ledger.balance(none, none, np.inf, (np.inf,))
    held = np.array([[10.0, 0]])
    ledger.balance(held, none, 10.0, (10.0,))
    with pytest.raises(LedgerError, match="committed"):
        ledger.balance(held, none, 9.0, (np.inf,))
    with pytest.raises(LedgerError, match="'a' committed"):
        ledger.balance(held, none, np.inf, (9.0,))
    ledger.columns["eu"][0, 0, 0] += 1
    with pytest.raises(LedgerError, match="funders"):
        ledger.balance(held, none, np.inf, (np.inf,))
    ledger.add("paid", 0, 0, -1)
    with pytest.raises(LedgerError):
        ledger.balance(np.array([[11.0, 1]]), none, np.inf, (np.inf,))


def test_that_every_column_of_the_ledger_speaks_both_languages():
    for entry in COLUMNS.values():
        assert entry.text.en
        assert entry.text.sv
