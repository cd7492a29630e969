import numpy as np
import pytest

from simulator.economy import finance
from simulator.economy.finance import Finance

P = Finance()
ONE = np.ones(1, np.float32)


def books(sales=1000.0, inputs=600.0, labour=250.0, cash=100.0, debt=200.0, ebitda_year=400.0, sales_year=4000.0):
    values = (np.array([value], np.float32) for value in (sales, inputs, labour, cash, debt, ebitda_year, sales_year))
    return finance.close_books(*values, np.array([0.04], np.float32), 0.0, P)


def test_that_the_books_of_a_quarter_equal_a_hand_calculation():
    """EBITDA 150; upkeep 60; interest 2; tax 20.6 % of 88; loan 15; repayment 10; cash above 10 % is paid out."""
    found, ebitda_year, sales_year = books()
    after_tax = 88 - 0.206 * 88
    before = 100 + after_tax - 10 + 15
    payout = max(0.5 * after_tax, before - 0.1 * 4000)
    assert found.ebitda[0] == pytest.approx(150)
    assert found.profit[0] == pytest.approx(88)
    assert found.cash[0] == pytest.approx(before - payout)
    assert found.debt[0] == pytest.approx(205)
    assert (ebitda_year[0], sales_year[0]) == pytest.approx((450, 4000))
    assert not found.short_of_cash[0]


def test_that_a_loss_is_covered_by_the_bank_until_its_limit_and_then_the_firm_is_short():
    covered, _, _ = books(labour=700, cash=0, debt=0)
    assert covered.cash[0] == pytest.approx(0, abs=1e-3)
    assert covered.debt[0] > 300
    assert not covered.short_of_cash[0]
    broke, _, _ = books(labour=700, cash=0, debt=2000)
    assert broke.cash[0] < 0
    assert broke.short_of_cash[0]


def test_that_guaranteed_loans_fill_no_room_within_the_banks_own_limit():
    values = [np.array([each], np.float32) for each in (1000, 600, 400, 0, 900, 400, 4000)]
    plain, backed = (finance.close_books(*values, np.array([0.04], np.float32), part, P)[0] for part in (0.0, 600.0))
    assert plain.short_of_cash[0]
    assert not backed.short_of_cash[0]
    assert plain.debt[0] == pytest.approx(0.95 * 900)
    assert 0.95 * 900 < backed.debt[0] <= 1.5 * 300 + 0.3 * 0.3 * 4000 + 0.95 * 600


def test_that_payout_never_takes_cash_below_zero():
    rng = np.random.default_rng(1)
    draw = [rng.uniform(low, high, 2000).astype(np.float32) for low, high in
            ((1, 5000), (0, 4000), (0, 3000), (0, 3000), (0, 5000), (-500, 3000), (10, 20000))]  # fmt: skip
    found, _, _ = finance.close_books(*draw, np.full(2000, 0.05, np.float32), 0.0, P)
    assert (found.payout >= 0).all()
    assert (found.cash[found.payout > 0] >= -1e-2).all()


def test_that_a_project_uses_cash_above_the_reserve_and_borrows_the_rest():
    cash, debt = finance.pay_for_projects(100 * ONE, 50 * ONE, 70 * ONE, 3000 * ONE, P)
    assert (cash[0], debt[0]) == pytest.approx((60, 80))


def test_that_wages_of_a_zone_and_class_enter_labour_cost():
    staff = np.array([[2.0], [0], [1.0], [0], [0]], np.float32)
    wages = np.array([[1, 1, 1, 1, 1], [1.1, 1, 2.0, 1, 1]])
    cost = finance.labour_cost(staff, wages, np.array([1]), 0 * ONE, ONE, 1.0, P)
    assert cost[0] == pytest.approx(570 / 4 * (2 * 0.88 * 1.1 + 1.34 * 2.0), rel=1e-5)


def test_that_small_and_rural_firms_pay_more_interest():
    small, rural = np.array([False, True, True]), np.array([False, False, True])
    assert finance.interest_rate(small, rural, 0.02, 1.0, P) == pytest.approx([0.035, 0.065, 0.068])
