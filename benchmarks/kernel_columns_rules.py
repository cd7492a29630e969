"""The kernel's rules as functions of columns: `f` holds the firms (one row each), `m` what is common to all.

The rules are in kernel.md, in the order of the functions below.  A decision is evaluated only on the
rows it concerns; arrays are changed in place where a profile asked for it.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from benchmarks import kernel_numbers as k

Array = np.ndarray

CELLS = k.CLASSES * k.ZONES
SMALL = 1e-9
TINY = np.float32(2**-24)
NEED, NEW_SHARES, SHOCKS = k.industry_tables()["need"], k.industry_tables()["shares"], k.shock_table()
GAIN, STEP_GAIN, SHIFT, SHIFT_TECHNICIAN, INNOVATORS, IMITATORS, COST_FIXED, COST_SIZE, LIFE, INTENSITY = (
    np.array(numbers, np.float32)
    for numbers in (
        k.GAIN, k.STEP_GAIN, k.SHIFT, k.SHIFT_TECHNICIAN, k.INNOVATORS, k.IMITATORS, k.COST_FIXED, k.COST_SIZE,
        k.LIFE, k.INTENSITY,
    )
)  # fmt: skip
CLASS_GAP = np.array(k.CLASS_GAP, np.float32)
LEVEL_FLAGS = np.array([(True,) * level + (False,) * (4 - level) for level in range(4)])
DURATION = np.array(k.DURATION, np.int8)
ELASTICITY, PAY = np.array(k.MATCHING)[:, None], np.array(k.RELATIVE_PAY)[:, None]
ENTRANT_LEVELS = np.array((0.1, 0.8, 0.98), np.float32)
COUNTERS = ("level", "aware", "project", "cooling", "exporter", "stage", "insolvent")
EMPTY_AT_START = ("export", "debt", "age", "export_age", "intensity")


def chance(hazard: Array) -> Array:
    """Probability that an event with this yearly hazard happens within a quarter."""
    return -np.expm1(-k.DT * hazard)


def where(flags: Array, amount: float) -> Array:
    """The amount where the flag is set, in float32 (a Python float times a flag would be float64)."""
    return flags * np.float32(amount)


def by_industry(f: SimpleNamespace, weights: Array) -> Array:
    return np.bincount(f.industry, weights, k.INDUSTRIES)


def of_industry(f: SimpleNamespace, cells: Array) -> Array:
    """What holds in each firm's industry; "clip" only spares the check of codes that are always valid."""
    return np.take(cells.astype(np.float32), f.industry, mode="clip")


def industry_mean(f: SimpleNamespace, column: Array) -> Array:
    """Mean weighted by employment."""
    return by_industry(f, f.size * column) / np.maximum(by_industry(f, f.size), SMALL)


def by_market(f: SimpleNamespace, staff: Array) -> Array:
    """Sum over firms per class and zone; firms stand in the order of zones and are replaced in place."""
    total = np.zeros((k.CLASSES, k.ZONES))
    total[:, f.inhabited] = np.add.reduceat(staff, f.first, axis=1, dtype=float)
    return total


def of_market(f: SimpleNamespace, cells: Array) -> Array:
    """What holds in each firm's zone, per class."""
    return np.repeat(cells.astype(np.float32), f.in_zone, axis=1)


def move(shares: Array, rows: Array, amount: Array, source: int, target: int) -> None:
    left = shares[source][rows]
    moved = np.minimum(amount, left - k.SHARE_FLOOR)
    shares[source][rows] = left - moved
    shares[target][rows] += moved


def finish_projects(f: SimpleNamespace, m: SimpleNamespace, luck: Array) -> None:
    technical = f.staff[k.TECHNICIAN] + f.staff[k.ENGINEER]
    target = 0.55 + 0.3 * np.minimum(1, technical / (f.size * f.need)) + 0.15 * f.management
    f.effect += 0.1 * (target - f.effect)
    f.cooling -= f.cooling > 0
    last = f.project == 1
    f.project -= f.project > 0
    rows = np.flatnonzero(last)
    fill = m.fill[k.TECHNICIAN].astype(np.float32)[f.zone[rows]]
    odds = 0.62 + 0.25 * (f.absorptive[rows] - 0.3) + 0.15 * (fill - 0.9)
    good = luck[rows] < np.clip(odds, 0.2, 0.95)
    f.aware[rows] = False
    f.cooling[rows[~good]] = k.COOLING
    risen = rows[good]
    step = f.level[risen]
    technicians = SHIFT_TECHNICIAN[step]
    move(f.shares, risen, technicians, k.OPERATOR, k.TECHNICIAN)
    move(f.shares, risen, SHIFT[step] - technicians, k.OPERATOR, k.ENGINEER)
    f.level[risen] = step + 1
    f.flags[risen, step] = True
    f.effect[risen] = 0.5
    f.gain[risen] = GAIN[step + 1]
    f.need[risen] = NEED[f.industry[risen], step + 1]
    m.succeeded = risen.size


def productivity(f: SimpleNamespace, m: SimpleNamespace) -> None:
    learning = f.intensity * where(f.export_age >= k.LEARNING_QUARTERS, k.EXPORT_GAIN)
    unusual = np.maximum(0, f.short - np.einsum("c,cf->f", CLASS_GAP, f.shares))
    loss = k.BLOCKED_LOSS * unusual + where(f.project > 0, k.PROJECT_LOSS)
    f.log_output = f.base + f.z + f.effect * f.gain + learning - loss
    f.output = np.exp(f.log_output + np.float32(k.GROWTH * m.quarter))
    f.log_size = np.log(f.size)
    m.mean = industry_mean(f, f.log_output)
    f.relative = f.log_output - of_industry(f, m.mean)


def observe_peers(f: SimpleNamespace) -> Array:
    """Numbers of peers at level >= 1, >= 2, = 3 and exporting: four bytes added up as one number."""
    counts = np.add.reduce(np.take(f.flags.view(np.uint32).ravel(), f.peers, mode="clip"), axis=0, dtype=np.uint32)
    return counts.view(np.uint8).reshape(-1, 4)


def become_aware(f: SimpleNamespace, seen: Array, luck: Array) -> None:
    rows = np.flatnonzero((luck < k.AWARENESS_CEILING) & ~f.aware & (f.level < 3))
    level = f.level[rows]
    hazard = INNOVATORS[level] + IMITATORS[level] * (seen[rows, level] / np.float32(k.PEERS))
    f.aware[rows] = luck[rows] < chance(hazard)


def decide_digital(f: SimpleNamespace, m: SimpleNamespace, review: Array, owner: Array, postpone: Array) -> None:
    idle = f.aware & (f.project == 0) & (f.cooling == 0) & (f.level < 3)
    rows = np.flatnonzero(idle & (review < k.REVIEW))
    level, size, age = f.level[rows], f.size[rows], f.owner_age[rows]
    cost = (COST_FIXED[level] + COST_SIZE[level] * np.exp(0.8 * f.log_size[rows])) * m.trend
    horizon = np.minimum(LIFE[level], np.where(age >= 60, np.maximum(2, 72 - age), 99))
    annuity = (1 - np.exp(-k.DISCOUNT_LOG * horizon)) / 0.10
    effect = 0.5 + 0.4 * f.absorptive[rows]
    value = STEP_GAIN[level] * effect * f.value_added[rows] * size * m.trend * annuity / cost
    willing = np.log(value) + f.taste[level, rows] >= k.LOG_HURDLE
    willing &= (age < 60) | (owner[rows] < 1 / (1 + np.exp((age - 66) / 2.5)))
    own = np.maximum(0, f.cash[rows] - k.CASH_FLOOR * f.sales4[rows])
    willing &= cost <= own + headroom(f, rows)
    rows, level, cost, own = rows[willing], level[willing], cost[willing], own[willing]

    need = NEED[f.industry[rows], level + 1]
    gap = need - (f.staff[k.TECHNICIAN][rows] + f.staff[k.ENGINEER][rows]) / f.size[rows]
    short = gap > 0
    unskilled, gap = rows[short], gap[short]
    move(f.shares, unskilled, 0.7 * gap, k.OPERATOR, k.TECHNICIAN)
    move(f.shares, unskilled, 0.3 * gap, k.OPERATOR, k.ENGINEER)
    go = ~(short & (postpone[rows] < k.POSTPONE))
    rows, level, cost, own = rows[go], level[go], cost[go], own[go]
    f.project[rows] = DURATION[level]
    paid = np.minimum(own, cost)
    f.cash[rows] -= paid
    f.debt[rows] += cost - paid
    m.started = rows.size


def headroom(f: SimpleNamespace, rows: Array | slice) -> Array:
    limit = k.CREDIT_EARNINGS * np.maximum(f.earnings4[rows], 0) + k.CREDIT_SALES * f.sales4[rows]
    return np.maximum(0, limit - f.debt[rows])


def decide_export(
    f: SimpleNamespace, m: SimpleNamespace, seen: Array, entry: Array, leave: Array, stage: Array
) -> None:
    inside = np.flatnonzero(f.exporter)
    hazard = k.ENTRY_BASE + f.offset + 0.5 * f.log_size + 0.9 * f.relative + 3 * f.newshare
    hazard += seen[:, 3] * np.float32(0.6 / k.PEERS) + where(f.level >= 2, 0.25)
    hazard += where(f.staff[k.TRADE] >= 0.5, 0.4)
    new = np.flatnonzero((entry < chance(np.exp(hazard))) & ~f.exporter)
    price = k.SUNK_COST * m.trend * (1 - where(f.away[new] <= k.RETURN_QUARTERS, 1 - k.RETURN_SHARE))
    able = f.cash[new] >= price
    new, price = new[able], price[able]

    export_age = f.export_age[inside]
    hazard = np.exp(
        k.EXIT_BASE - 0.2 * f.log_size[inside] - 0.55 * f.relative[inside]
    ) * (1 + k.DT * export_age) ** np.float32(-0.35)  # fmt: skip
    stop = leave[inside] < chance(hazard)
    ready = (export_age >= k.STAGE_QUARTERS) & (f.staff[k.TRADE][inside] >= 0.5) & (f.stage[inside] < 3)
    ready &= ~stop & (stage[inside] < chance(k.STAGE_RATE * (1 + f.absorptive[inside])))

    f.export_age += f.exporter
    f.away += f.away < k.NEVER
    risen, out = inside[ready], inside[stop]
    f.stage[risen] += 1
    f.intensity[risen] = INTENSITY[f.stage[risen]]
    f.exporter[out] = f.flags[out, 3] = False
    for column in (f.stage, f.export_age, f.away, f.export, f.intensity):
        column[out] = 0
    move(f.shares, out, np.float32(k.TRADE_SHARE), k.TRADE, k.OPERATOR)
    f.exporter[new] = f.flags[new, 3] = True
    f.stage[new], f.export_age[new], f.intensity[new] = 1, 0, INTENSITY[1]
    f.cash[new] -= price
    move(f.shares, new, np.float32(k.TRADE_SHARE), k.OPERATOR, k.TRADE)


def share_demand(f: SimpleNamespace, m: SimpleNamespace, luck: Array) -> None:
    drift = k.REFERENCE_SPEED * (f.log_output - f.reference)
    f.reference += drift
    spread = k.DEMAND_SPREAD * np.exp(k.DEMAND_SIZE * f.log_size)
    shock = spread * np.take(SHOCKS, (luck * k.TABLE).astype(np.intp), mode="clip")
    growth = k.DEMAND_SLOPE * drift + k.DEMAND_LEVEL * f.relative + k.DEMAND_NEW * f.newshare + shock
    growth += 0.25 * np.log(1 - spread * spread) - k.REVERSION * (f.log_size - 2)
    growth += where(f.age < k.YOUNG_QUARTERS, k.YOUNG_GROWTH)
    weight = f.home * np.exp(growth)
    market = m.home * m.trend * np.exp(k.ARMINGTON * (m.mean - m.mean_start))
    f.home = weight * of_industry(f, market / np.maximum(by_industry(f, weight), SMALL))
    f.export += k.EXPORT_SPEED * (f.intensity / (1 - f.intensity) * f.home - f.export)
    f.export *= np.exp(shock)
    f.demand = f.home + f.export


def match(searchers: Array, vacancies: Array) -> Array:
    """Hires per class and zone: den Haan, Ramey and Watson's function, never above either side."""
    fewer, more = np.minimum(searchers, vacancies), np.maximum(searchers, vacancies)
    return fewer / (1 + (fewer / np.maximum(more, SMALL)) ** ELASTICITY) ** (1 / ELASTICITY)


def ration(f: SimpleNamespace, wanted: Array, appeal: Array, hires: Array, wanted_sum: Array) -> Array:
    """Share hires among firms by appeal, none above what it wants; the last pass fills the room in proportion."""
    pull = appeal * wanted
    pull *= of_market(f, hires / np.maximum(by_market(f, pull), SMALL))
    first = np.minimum(wanted, pull, out=pull)
    placed = by_market(f, first)
    rest = of_market(f, (hires - placed) / np.maximum(wanted_sum - placed, SMALL))
    rest *= wanted - first
    return np.add(first, rest, out=rest)


def labour(f: SimpleNamespace, m: SimpleNamespace) -> None:
    desired = (0.7 * f.demand + 0.3 * f.demand_before) / f.output
    f.demand_before = f.demand
    gap = f.shares * desired
    gap -= f.staff
    lost = of_market(f, k.QUIT + k.RETIRE + m.poached)
    lost *= f.staff
    lost += gap
    gap *= np.float32(0.5)
    wanted = np.maximum(lost - gap, 0, out=gap)
    laid_off = np.minimum(lost, 0, out=lost)
    laid_off *= np.float32(-0.4)
    vacancies, dismissed = by_market(f, wanted), by_market(f, laid_off)
    employed = m.employed
    searchers = m.unemployed + k.ON_THE_JOB * employed
    hires = match(searchers, vacancies)
    tightness = vacancies / np.maximum(searchers, SMALL)
    if m.tightness is None:
        m.tightness = tightness
    m.fill = hires / np.maximum(vacancies, SMALL)
    m.poached = k.ON_THE_JOB * hires / np.maximum(searchers, SMALL)
    appeal = np.exp(k.DRAW_PAY * f.relative + k.DRAW_RURAL * f.rural)
    f.staff *= of_market(f, 1 - k.QUIT - k.RETIRE - m.poached)
    hired = ration(f, wanted, appeal, hires, vacancies)
    f.staff += hired
    f.staff -= laid_off
    f.size = f.staff.sum(0)
    f.short = np.minimum(1, (wanted.sum(0) - hired.sum(0)) / np.maximum(desired, np.float32(0.01)))

    relative = np.log(np.clip(tightness / np.maximum(m.tightness, SMALL), 0.2, 5))
    m.log_wage += k.WAGE_SPEED * (k.WAGE_ELASTICITY * relative - m.log_wage)
    poached = m.poached * employed
    m.employed = employed * (1 - k.QUIT - k.RETIRE) - poached - dismissed + hires
    flow = k.RETURNING * m.outside - k.DISCOURAGED * m.unemployed
    m.outside += (0.5 * k.QUIT + k.RETIRE) * employed - flow
    m.unemployed += 0.5 * k.QUIT * employed + dismissed + flow - (hires - poached)


def accounts(f: SimpleNamespace, m: SimpleNamespace) -> None:
    sales = np.minimum(f.demand, f.output * f.size)
    pay = np.einsum("cf,cf->f", f.staff, of_market(f, np.exp(m.log_wage) * PAY))
    wages = m.trend * f.pay * np.exp(k.RENT * f.relative) * pay
    energy = k.ENERGY_PRICE * f.energy
    carbon = k.CARBON_PRICE * (1 + k.CARBON_RISE * m.quarter) * f.carbon
    earnings = sales * (1 - energy - carbon - f.material - f.services) - wages
    upkeep = k.MAINTENANCE * sales
    room = headroom(f, slice(None))
    profit = earnings - upkeep - k.DT * (f.rate + where(f.size < 10, k.RATE_SMALL)) * f.debt
    borrowed = np.minimum(0.25 * upkeep, room)
    repaid = k.REPAID * f.debt
    f.earnings4 += earnings - k.DT * f.earnings4
    f.sales4 += sales - k.DT * f.sales4
    gain = np.maximum(profit, 0)
    cash = f.cash + profit - k.TAX * gain + borrowed - repaid
    payout = np.minimum(np.maximum(cash, 0), np.maximum(k.PAYOUT * gain, cash - k.CASH_CEILING * f.sales4))
    rescue = np.minimum(np.maximum(-cash, 0), room - borrowed)
    f.cash = cash - np.maximum(payout, 0) + rescue
    f.debt += borrowed - repaid + rescue
    f.insolvent += 1
    f.insolvent *= f.cash < 0
    f.sales = sales
    m.sales, m.exports = sales.sum(dtype=float), f.export.sum(dtype=float)


def laplace(luck: Array) -> Array:
    """Laplace quantiles of scale 1; the least uniform, 0, stands for its neighbour so that all are finite."""
    twice = np.maximum(2 * luck, TINY)
    return np.log(np.minimum(twice, 1)) - np.log(np.minimum(2 - twice, 1))


def innovate(f: SimpleNamespace, shock: Array, luck: Array) -> None:
    f.knowledge *= 1 - k.DEPRECIATION
    f.knowledge += k.RESEARCH_KEPT * f.research * f.sales + k.INFLOW * f.absorptive * f.size
    strength = f.knowledge / (k.FULL_KNOWLEDGE * f.size)
    skilled = 1 - (f.staff[k.OPERATOR] + f.staff[k.TRADE]) / f.size
    f.absorptive = 1 - np.exp(-(strength + 0.6 * skilled + 0.3 * f.management))
    news = luck < chance(k.INNOVATION_RATE * np.sqrt(strength))
    f.z = k.MEMORY * f.z + k.SHOCK * laplace(shock) + where(news, k.INNOVATION_GAIN)
    f.newshare = k.NEWSHARE_KEPT * f.newshare + where(news, k.NEWSHARE_GAIN)


def owners(f: SimpleNamespace, events: np.random.Generator, handover: Array, closure: Array) -> Array:
    """Age and hand over; returns the rows that close because nobody takes over."""
    f.owner_age += k.DT
    f.age += 1
    hazard = np.minimum(2, np.exp(k.HANDOVER_BASE + k.HANDOVER_SLOPE * (f.owner_age - 67)))
    rows = np.flatnonzero(handover < chance(hazard))
    closing = closure[rows] < np.minimum(1, k.CLOSING * (f.size[rows] / 5) ** np.float32(-0.35))
    kept = rows[~closing]
    f.owner_age[kept] = 30 + 16 * events.random((2, kept.size), np.float32).sum(0)
    return rows[closing]


def close_and_replace(
    f: SimpleNamespace, m: SimpleNamespace, events: np.random.Generator, failure: Array, closing: Array
) -> None:
    hazard = k.FAILURE * np.exp(-0.3 * (f.log_size - np.float32(2.302585)) - 0.5 * f.relative)
    dead = (failure < chance(hazard)) | (f.insolvent >= 2) | (f.size < k.SMALLEST)
    dead[closing] = True
    rows = np.flatnonzero(dead)
    m.closed = rows.size
    draw = events.random((9, rows.size), np.float32)
    cells = f.market.take(rows, axis=1)

    def sums(staff: Array) -> Array:
        return np.bincount(cells.ravel(), staff.ravel(), CELLS).reshape(k.CLASSES, k.ZONES)

    left = sums(f.staff.take(rows, axis=1))
    level = np.searchsorted(ENTRANT_LEVELS, draw[3], side="right").astype(np.int8)
    shares = NEW_SHARES[f.industry[rows], level].T
    needed = sums(shares * (2 + 3 * draw[0]))
    m.unemployed += left
    rate = np.minimum(1, 0.5 * m.unemployed / np.maximum(needed, SMALL))
    m.unemployed -= rate * needed
    m.employed += rate * needed - left
    staff = shares * (2 + 3 * draw[0]) * np.take(rate.astype(np.float32), cells)
    size = staff.sum(0)
    z = -0.1 + 0.7348 * (draw[1] + draw[2] - 1)
    gain = GAIN[level]
    log_output = f.base[rows] + z + 0.5 * gain
    sales = np.exp(log_output) * m.trend * size
    demand = sales * (1 + k.NORMAL_GAP)
    odds = np.clip(draw[4:7], TINY, 1 - TINY)
    f.counters[:, rows] = 0
    f.empty[:, rows] = 0
    f.flags[rows] = LEVEL_FLAGS[level]
    new = {
        "staff": staff, "size": size, "shares": shares, "z": z, "level": level, "gain": gain,
        "need": NEED[f.industry[rows], level], "taste": k.TASTE * np.log(odds / (1 - odds)),
        "reference": log_output, "home": demand, "demand_before": demand, "sales4": 4 * sales,
        "earnings4": 0.6 * sales, "cash": 0.24 * sales, "owner_age": 28 + 16 * (draw[7] + draw[8]),
        "knowledge": k.NEW_KNOWLEDGE * size, "research": 0, "management": 0.35, "effect": 0.5, "newshare": 0.05,
        "absorptive": 1 - np.exp(-(5 / 60 + 0.6 * (1 - shares[k.OPERATOR] - shares[k.TRADE]) + 0.105)),
        "short": k.NORMAL_GAP, "away": k.NEVER,
    }  # fmt: skip
    for name, values in new.items():
        column = getattr(f, name)
        if column.ndim == 1:
            column[rows] = values
        else:
            column[:, rows] = values
