"""Sales, cost, profit, cash and credit of firms (Model text 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Number, Whole, single
from simulator.quantity import number, vector
from simulator.region.schemas import COMPETENCE_CODES

YEAR = np.float32(4)


@dataclass(frozen=True, kw_only=True)
class Finance:
    """Parameters of cost, profit and credit."""

    wage_bill: float = number(
        570.0,
        "kSEK/FTE/yr",
        (100, 5000),
        "Labour cost per worker and year",
        "Arbetskraftskostnad per anställd och år",
        basis="judgement",
        uncertain=(500, 640),
        help_en="Scaled per industry to its labour share of value added.",
        help_sv="Skalas per bransch till dess löneandel av förädlingsvärdet.",
    )
    relative_wage: tuple[float, ...] = vector(
        (0.88, 1.03, 1.34, 1.24, 1.29),
        COMPETENCE_CODES,
        "1",
        (0.1, 5),
        "Wage of a class, relative to the mean",
        "Klassens lön i förhållande till medel",
        basis="judgement",
        spread=(0.9, 1.1),
    )
    rent_sharing: float = number(
        0.6,
        "1",
        (0, 1),
        "Share of relative productivity passed on to wages",
        "Andel av relativ produktivitet i lön",
        basis="judgement",
        uncertain=(0.4, 0.8),
    )
    service_share: float = number(
        0.32,
        "1",
        (0, 1),
        "Bought services, energy and carbon in costs other than value added",
        "Köpta tjänster, energi och koldioxid i kostnader utöver förädlingsvärde",
        basis="judgement",
        uncertain=(0.28, 0.36),
    )
    maintenance: float = number(
        0.06,
        "1",
        (0, 0.5),
        "Maintenance investment, share of sales",
        "Underhållsinvestering, andel av omsättning",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    maintenance_debt: float = number(
        0.25,
        "1",
        (0, 1),
        "Maintenance paid by new debt",
        "Underhåll som lånas",
        basis="judgement",
        uncertain=(0.1, 0.4),
    )
    tax: float = number(
        0.206, "1", (0, 1), "Corporate tax", "Bolagsskatt", basis="memory:sfs1999_1229", uncertain=(0.2, 0.22)
    )
    repayment: float = number(
        0.05, "1/q", (0, 1), "Repayment of debt", "Amortering", basis="judgement", uncertain=(0.03, 0.08)
    )
    payout: float = number(
        0.5, "1", (0, 1), "Payout of profit", "Utdelning av vinst", basis="judgement", uncertain=(0.3, 0.7)
    )
    cash_ceiling: float = number(
        0.10,
        "1",
        (0, 2),
        "Cash kept, at most, share of yearly sales",
        "Kassa som mest, andel av årsomsättning",
        basis="judgement",
        uncertain=(0.06, 0.2),
    )
    cash_reserve: float = number(
        0.02,
        "1",
        (0, 1),
        "Cash never spent on projects, share of yearly sales",
        "Kassa som aldrig går till projekt, andel av årsomsättning",
        basis="judgement",
        uncertain=(0.0, 0.05),
    )
    cash_start: tuple[float, ...] = vector(
        (0.085, 0.8),
        ("median", "sd"),
        "1",
        ((0.001, 3), (0, 3)),
        "Cash at the start, share of yearly sales, lognormal",
        "Kassa vid start, andel av årsomsättning, lognormal",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    debt_start: float = number(
        0.6,
        "1",
        (0, 1),
        "Debt at the start, at most, share of the limit",
        "Skuld vid start, som mest, andel av taket",
        basis="judgement",
        uncertain=(0.4, 0.8),
    )
    earnings_multiple: float = number(
        1.5,
        "1",
        (0, 10),
        "Credit per yearly EBITDA",
        "Kredit per EBITDA-krona",
        basis="judgement",
        uncertain=(1.0, 2.5),
    )
    collateral: float = number(
        0.3, "1", (0, 1), "Collateral weight", "Säkerheternas vikt", basis="judgement", uncertain=(0.2, 0.4)
    )
    assets: float = number(
        0.3,
        "1",
        (0, 2),
        "Machines and stock, share of yearly sales",
        "Maskiner och lager, andel av årsomsättning",
        basis="judgement",
        uncertain=(0.2, 0.5),
    )
    spread: tuple[float, ...] = vector(
        (0.015, 0.03, 0.003),
        ("base", "small", "rural"),
        "1/yr",
        (0, 0.2),
        "Interest above the real rate",
        "Ränta utöver realräntan",
        basis="judgement",
        spread=(0.6, 1.5),
    )
    entrant_margin: float = number(
        0.15,
        "1",
        (0, 1),
        "EBITDA margin credited to a new firm",
        "EBITDA-marginal som ett nytt företag antas ha",
        basis="judgement",
        uncertain=(0.1, 0.2),
    )


@dataclass(frozen=True, slots=True)
class Accounts:
    """A quarter's books of every firm; all (rows,), kSEK/q."""

    sales: Floats
    value_added: Floats
    ebitda: Floats
    profit: Floats
    cash: Floats
    debt: Floats
    payout: Floats
    short_of_cash: Flags


def labour_cost(
    staff: Floats, wages: Floats, zone: Whole, relative: Floats, pay: Floats, wage_index: float, p: Finance
) -> Floats:
    """Labour cost, pay_s 570/4 wage index exp(0.6 rel) sum_c w0_c w_zc n_c; kSEK/q, (rows,).

    staff     (5, rows)   FTE
    wages     (zones, 5)  1    wage by zone and class, 1 at the start
    zone      (rows,)          zone of the firm
    relative  (rows,)     log  productivity against the industry
    pay       (rows,)     1    industry factor that sets the labour share at the start

    Source: Model text 4.2.
    """
    price = (wages * p.relative_wage).astype(np.float32).T
    weighted = np.zeros_like(relative)
    place = zone.astype(np.intp)
    for of_zone, people in zip(price, staff, strict=True):
        weighted += of_zone.take(place) * people
    cost = np.float32(p.rent_sharing) * relative
    np.exp(cost, out=cost)
    cost *= pay * np.float32(p.wage_bill / 4 * wage_index)
    cost *= weighted
    return cost


def credit_limit(ebitda_year: Floats, sales_year: Floats, collateral: Floats | float, p: Finance) -> Floats:
    """What banks lend: 1.5 max(EBITDA, 0) + collateral x 0.3 x yearly sales; kSEK, (rows,). Source: Model text 4.2."""
    limit: Floats = np.maximum(ebitda_year, 0)
    limit *= np.float32(p.earnings_multiple)
    limit += np.float32(collateral) * np.float32(p.assets) * sales_year
    return limit


def own_funds(cash: Floats, sales_year: Floats, p: Finance) -> Floats:
    """Cash above the reserve that projects may use; kSEK, (rows,). Source: Model text 4.2 (finance check)."""
    return np.maximum(0, cash - np.float32(p.cash_reserve) * sales_year)


def pay_for_projects(cash: Floats, debt: Floats, cost: Floats, sales_year: Floats, p: Finance) -> tuple[Floats, Floats]:
    """Cash and debt after own project cost: cash above the reserve first, the rest is borrowed; kSEK, (projects,).

    Source: Model text 4.2 (finance check).
    """
    from_cash = np.minimum(cost, own_funds(cash, sales_year, p))
    return cash - from_cash, debt + cost - from_cash


def guaranteed_part(debt: Floats, borrowed: Floats, limit: Floats) -> Floats:
    """Part of new loans that only a guarantee makes possible: what lies beyond the bank's own limit; kSEK, (rows,).

    debt  before the loan;  limit  of credit without the guarantee

    Source: Model text 3.2, 4.2.

    >>> guaranteed_part(np.float32([50]), np.float32([80]), np.float32([100]))
    array([30.], dtype=float32)
    """
    beyond: Floats = debt + borrowed - np.maximum(debt, limit)
    return np.maximum(np.minimum(beyond, borrowed), 0)


def relieved_margin(factor: Floats, debt: Floats, guaranteed: Floats | float) -> Floats:
    """Factor on the bank's margin on all of a firm's debt: 1 - (1-factor) guaranteed/debt; (rows,).

    factor  on the margin of guaranteed loans;  guaranteed  part of the debt: other loans keep their margin

    Source: Model text 3.2, 4.2.

    >>> relieved_margin(np.float32([0.6]), np.float32([80]), np.float32([20])).round(3)
    array([0.9], dtype=float32)
    """
    return 1 - (1 - factor) * np.minimum(np.float32(guaranteed), debt) / np.maximum(debt, np.float32(1e-6))


def close_books(
    sales: Floats, inputs: Floats, labour: Floats, cash: Floats, debt: Floats, ebitda_year: Floats, sales_year: Floats,
    interest: Floats, guaranteed: Floats | float, p: Finance,
) -> tuple[Accounts, Floats, Floats]:  # fmt: skip
    """Profit, tax, maintenance, repayment, payout and emergency borrowing of a quarter.

    sales        (rows,)  kSEK/q
    inputs       (rows,)  kSEK/q  energy, carbon, material and services
    interest     (rows,)  1/yr    real rate and spread
    guaranteed   kSEK, part of the debt, which fills no room within the bank's own limit
    ebitda_year, sales_year  (rows,)  kSEK  sums of the last four quarters before this one
    returns  the accounts, and both yearly figures moved on by one quarter (three quarters kept, one added)

    Cash never falls below 0 by payout; negative cash is covered by borrowing within headroom, else the firm is
    short of cash. Source: Model text 4.2.
    """
    value_added = sales - inputs
    ebitda = value_added - labour
    ebitda_year = np.float32(0.75) * ebitda_year
    ebitda_year += ebitda
    sales_year = np.float32(0.75) * sales_year
    sales_year += sales
    upkeep = np.float32(p.maintenance) * sales
    profit = ebitda - upkeep
    profit -= interest * debt / YEAR
    after_tax = profit - np.float32(p.tax) * np.maximum(profit, 0)
    limit = credit_limit(ebitda_year, sales_year, p.collateral, p)
    limit += np.float32((1 - p.repayment) * guaranteed)
    upkeep *= np.float32(p.maintenance_debt)
    borrowed = np.minimum(upkeep, np.maximum(0, limit - debt), out=upkeep)
    repaid = np.float32(p.repayment) * debt
    before = cash + after_tax
    before -= repaid
    before += borrowed
    payout = np.maximum(after_tax, 0, out=after_tax)
    payout *= np.float32(p.payout)
    np.maximum(payout, before - np.float32(p.cash_ceiling) * sales_year, out=payout)
    np.minimum(payout, np.maximum(before, 0), out=payout)
    after = before
    after -= payout
    owed = debt - repaid
    owed += borrowed
    limit -= owed
    rescue = np.minimum(np.maximum(-after, 0), np.maximum(0, limit, out=limit), out=limit)
    after += rescue
    owed += rescue
    books = Accounts(sales, value_added, ebitda, profit, after, owed, payout, after < np.float32(-1e-3))
    return books, ebitda_year, sales_year


def interest_rate(small: Flags, rural: Flags, real_rate: float, spread_factor: Number, p: Finance) -> Floats:
    """Yearly interest: real rate + (1.5 pp + 3 pp below 10 employees + 0.3 pp rural) x lever; (rows,).

    Source: Model text 4.2.
    """
    base, extra, rural_extra = single(p.spread)
    rate: Floats = base + extra * small
    rate += rural_extra * rural
    rate *= np.float32(spread_factor)
    rate += np.float32(real_rate)
    return rate
