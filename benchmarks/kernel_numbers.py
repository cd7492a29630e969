"""The numbers of the benchmark's kernel and its first population, shared by all four versions.

Every name in capitals also becomes a constant of the C version (see `c_header`), so that no number
is written twice.  The rules are in kernel.md.  Money in kSEK, time in quarters, ages in years.
"""

from __future__ import annotations

import math
import sys

import numpy as np

Population = dict[str, np.ndarray]

DT = 0.25
CLASSES = 5
OPERATOR, TECHNICIAN, ENGINEER, GREEN, TRADE = range(CLASSES)
INDUSTRIES = 12
ZONES = 16
PEERS = 10

VALUE_ADDED = (780.0, 950.0, 1000.0, 800.0, 1100.0, 700.0, 950.0, 1000.0, 850.0, 650.0, 900.0, 750.0)
VALUE_SHARE = (0.40, 0.36, 0.25, 0.27, 0.28, 0.27, 0.36, 0.38, 0.28, 0.38, 0.58, 0.50)
EXPORT_OFFSET = (0.0,) * 10 + (-0.9, -1.6)
BASE_SHARE = (
    0.66, 0.17, 0.09, 0.03, 0.05,
    0.50, 0.20, 0.20, 0.03, 0.07,
    0.68, 0.17, 0.09, 0.03, 0.03,
    0.72, 0.13, 0.06, 0.03, 0.06,
    0.66, 0.19, 0.09, 0.03, 0.03,
    0.74, 0.11, 0.06, 0.03, 0.06,
    0.62, 0.17, 0.12, 0.04, 0.05,
    0.42, 0.20, 0.27, 0.03, 0.08,
    0.62, 0.18, 0.14, 0.02, 0.04,
    0.70, 0.13, 0.08, 0.03, 0.06,
    0.05, 0.25, 0.55, 0.06, 0.09,
    0.60, 0.24, 0.08, 0.03, 0.05,
)  # fmt: skip

ENERGY_USE = (45.0, 20.0, 180.0, 90.0, 180.0, 60.0, 130.0, 12.0, 25.0, 30.0, 4.0, 12.0)
CARBON_USE = (4.0, 1.5, 50.0, 4.0, 20.0, 8.0, 30.0, 0.8, 1.5, 3.0, 0.4, 3.0)

GROWTH = 0.013 / 4
BLOCKED_LOSS = 0.15
PROJECT_LOSS = 0.01
NORMAL_GAP = 0.02
CLASS_GAP = (0.013, 0.022, 0.024, 0.026, 0.022)
EXPORT_GAIN = 0.04
LEARNING_QUARTERS = 12
MEMORY = 0.988
SHOCK = 0.033
INNOVATION_GAIN = 0.006
INNOVATION_RATE = 0.25
DEPRECIATION = 0.0375
RESEARCH_KEPT = 0.6
INFLOW = 0.19
NEW_KNOWLEDGE = 5.0
FULL_KNOWLEDGE = 60.0
NEWSHARE_KEPT = 0.93
NEWSHARE_GAIN = 0.05

GAIN = (0.0, 0.03, 0.11, 0.17)
STEP_GAIN = (0.03, 0.08, 0.06)
SHIFT = (0.0, 0.04, 0.05)
SHIFT_TECHNICIAN = (0.0, 0.03, 0.02)
SHIFT_TOTAL = (0.0, 0.0, 0.04, 0.09)
SHARE_FLOOR = 0.002
INNOVATORS = (0.04, 0.016, 0.008)
IMITATORS = (0.35, 0.35, 0.30)
AWARENESS_CEILING = 1.000001 - math.exp(-DT * 0.39)  # no chance of awareness is higher: INNOVATORS + IMITATORS
COST_FIXED = (60.0, 300.0, 900.0)
COST_SIZE = (35.0, 250.0, 320.0)
LIFE = (6.0, 10.0, 8.0)
DURATION = (2, 4, 6)
DISCOUNT_LOG = 0.0953101798
LOG_HURDLE = 0.5538851132
TASTE = 0.45
REVIEW = 0.3934693403
POSTPONE = 0.5
NEED = 0.9
COOLING = 8

ENTRY_BASE = -4.6
EXIT_BASE = -1.3
SUNK_COST = 300.0
RETURN_SHARE = 0.4
RETURN_QUARTERS = 4
NEVER = 99
INTENSITY = (0.0, 0.12, 0.30, 0.50)
STAGE_RATE = 0.12
STAGE_QUARTERS = 6
TRADE_SHARE = 0.05
EXPORT_SPEED = 0.10

DEMAND_SLOPE = 2.0
DEMAND_LEVEL = 0.003
DEMAND_NEW = 0.02
DEMAND_SPREAD = 0.15
DEMAND_SIZE = -0.15
REVERSION = 0.006
YOUNG_GROWTH = 0.015
YOUNG_QUARTERS = 20
REFERENCE_SPEED = 0.15
ARMINGTON = 1.0
TABLE = 4096

QUIT = 0.0175
RETIRE = 0.005
ON_THE_JOB = 0.02
MATCHING = (1.6, 1.25, 1.2, 1.15, 1.25)
RELATIVE_PAY = (0.88, 1.03, 1.34, 1.24, 1.29)
RENT = 0.6
DRAW_PAY = 0.3
DRAW_RURAL = -0.2
WAGE_ELASTICITY = 0.1
WAGE_SPEED = 0.15
DISCOURAGED = 0.10
RETURNING = 0.0156
FIRST_FILL = 0.81

ENERGY_PRICE = 0.9 / 1e3
CARBON_PRICE = 78 * 11.0 * 0.3 / 1e6
CARBON_RISE = 0.02
MATERIAL = 0.68
MAINTENANCE = 0.06
RATE = 0.035
RATE_SMALL = 0.03
RATE_RURAL = 0.003
TAX = 0.206
REPAID = 0.05
CREDIT_EARNINGS = 1.5
CREDIT_SALES = 0.09
PAYOUT = 0.5
CASH_CEILING = 0.10
CASH_FLOOR = 0.02

HANDOVER_BASE = -2.8
HANDOVER_SLOPE = 0.12
CLOSING = 0.25
FAILURE = 0.035
SMALLEST = 0.5

INDICATORS = (
    "employment", "exporters", "digital_1", "digital_2", "digital_3", "sales", "exports",
    "unemployed", "filled", "started", "succeeded", "closed",
)  # fmt: skip


def shock_table() -> np.ndarray:
    """Quantiles of the quarterly demand shock (difference of two Gamma(1/4) draws) at TABLE midpoints."""
    luck = np.random.Generator(np.random.PCG64(0))
    draws = np.sort(luck.gamma(0.25, size=1 << 20) - luck.gamma(0.25, size=1 << 20))
    quantiles = draws[(np.arange(TABLE) * 2 + 1) * (draws.size // TABLE // 2)]
    return ((quantiles - quantiles[::-1]) / 2).astype(np.float32)


def industry_tables() -> dict[str, np.ndarray]:
    """What follows from the industry table, per industry: productivity, pay per head, needed skill per level."""
    base = np.array(BASE_SHARE).reshape(INDUSTRIES, CLASSES)
    value, share = np.array(VALUE_ADDED), np.array(VALUE_SHARE)
    energy, carbon = np.array(ENERGY_USE), np.array(CARBON_USE)
    labour = np.where(np.arange(INDUSTRIES) < 10, 0.66, 0.74)
    technical = base[:, TECHNICIAN] + base[:, ENGINEER]
    levels = np.empty((INDUSTRIES, 4, CLASSES))
    for level, shift in enumerate(SHIFT_TOTAL):
        moved = np.minimum(shift, base[:, OPERATOR] - SHARE_FLOOR)
        technicians = sum(SHIFT_TECHNICIAN[:level]) / shift if shift else 0.0
        levels[:, level] = base
        levels[:, level, OPERATOR] -= moved
        levels[:, level, TECHNICIAN] += moved * technicians
        levels[:, level, ENGINEER] += moved * (1 - technicians)
    tables = {
        "productivity": np.log(value / share / 4),
        "pay": labour * value / 4 / (base @ np.array(RELATIVE_PAY)),
        "need": NEED * (technical[:, None] + np.array(SHIFT_TOTAL)),
        "shares": levels,
        "services": 1 - MATERIAL * (1 - share) - share - ENERGY_PRICE * energy - CARBON_PRICE * carbon,
    }
    return {name: table.astype(np.float32) for name, table in tables.items()}


def first_population(firms: int, seed: int = 1) -> Population:
    """Draw the initial firms and labour markets: one array per column, classes first where there are any."""
    luck = np.random.Generator(np.random.PCG64(seed))
    tables = industry_tables()
    industry = luck.choice(INDUSTRIES, firms, p=np.r_[np.full(10, 0.031), 0.29, 0.40])
    zone = np.sort(luck.choice(ZONES, firms, p=np.arange(4, 4 + ZONES) / np.arange(4, 4 + ZONES).sum()))
    bounds = np.array([(2, 10), (10, 50), (50, 250)])[luck.choice(3, firms, p=(0.80, 0.17, 0.03))]
    low, high = bounds.T
    size = low * (1 - luck.random(firms) * (1 - (low / high) ** 1.06)) ** (-1 / 1.06)
    reached = np.array([(0.55, 0.12, 0.01), (0.75, 0.27, 0.04), (0.92, 0.55, 0.13)])
    group = np.searchsorted((10, 50), size, side="right")
    level = (luck.random(firms)[:, None] < reached[group]).sum(1)
    exporter = luck.random(firms) < np.array((0.14, 0.41, 0.75))[group] * np.where(industry < 10, 1, 0.35)
    shares = tables["shares"][industry, level].T.copy()
    trade = np.minimum(TRADE_SHARE, shares[OPERATOR] - SHARE_FLOOR) * exporter
    shares[OPERATOR] -= trade
    shares[TRADE] += trade
    researching = luck.random(firms) < 1 / (1 + np.exp(2.9 - 0.8 * np.log(size)))
    knowledge = size * np.where(researching, FULL_KNOWLEDGE, NEW_KNOWLEDGE)
    management = np.clip(0.35 + 0.12 * luck.standard_normal(firms), 0, 1)
    skilled = 1 - shares[OPERATOR] - shares[TRADE]
    absorptive = 1 - np.exp(-(knowledge / (FULL_KNOWLEDGE * size) + 0.6 * skilled + 0.3 * management))
    productivity = tables["productivity"][industry]
    z = 0.30 * luck.standard_normal(firms)
    log_output = productivity + z + 0.8 * np.array(GAIN)[level]
    capacity = np.exp(log_output) * size
    demand = capacity * (1 + NORMAL_GAP)
    intensity = np.where(exporter, INTENSITY[1], 0.0)
    sales4, value_share = 4 * capacity, np.array(VALUE_SHARE)[industry]
    columns = {
        "base": productivity, "z": z, "pay": tables["pay"][industry],
        "energy": np.array(ENERGY_USE)[industry], "carbon": np.array(CARBON_USE)[industry],
        "material": MATERIAL * (1 - value_share), "services": tables["services"][industry],
        "value_added": np.array(VALUE_ADDED)[industry], "offset": np.array(EXPORT_OFFSET)[industry],
        "knowledge": knowledge, "management": management, "absorptive": absorptive,
        "research": researching * 0.02 * np.exp(0.8 * luck.standard_normal(firms)), "newshare": np.full(firms, 0.05),
        "effect": np.full(firms, 0.8), "gain": np.array(GAIN)[level], "need": tables["need"][industry, level],
        "reference": log_output, "home": demand * (1 - intensity), "export": demand * intensity,
        "demand_before": demand, "short": np.full(firms, NORMAL_GAP),
        "cash": sales4 * 0.06 * np.exp(0.8 * luck.standard_normal(firms)),
        "debt": sales4 * CREDIT_SALES * 0.6 * luck.random(firms),
        "earnings4": sales4 * value_share * 0.3, "sales4": sales4,
        "owner_age": np.clip(52.9 + 11 * luck.standard_normal(firms), 22, 85),
        "shares": shares, "staff": shares * size,
        "taste": luck.logistic(0, TASTE, (3, firms)),
    }  # fmt: skip
    flags = {
        "industry": industry, "zone": zone, "rural": zone % 3 == 0, "level": level,
        "aware": luck.random(firms) < 0.15, "project": np.zeros(firms), "cooling": np.zeros(firms),
        "exporter": exporter, "stage": exporter, "export_age": exporter * luck.integers(0, 80, firms),
        "away": np.where(exporter, 0, NEVER), "age": luck.exponential(60, firms), "insolvent": np.zeros(firms),
    }  # fmt: skip
    peers = luck.integers(0, firms, (PEERS, firms))
    employed = np.stack([np.bincount(zone, staff, ZONES) for staff in shares * size])
    markets = {"unemployed": 0.08 * employed, "outside": employed}
    return (
        {name: np.ascontiguousarray(column, np.float32) for name, column in columns.items()}
        | {name: np.ascontiguousarray(column, np.int32) for name, column in flags.items()}
        | {"peers": np.ascontiguousarray(peers, np.int32)}
        | {name: np.ascontiguousarray(cells, np.float64) for name, cells in markets.items()}
    )


def c_header() -> str:
    """Every number above, and the tables that follow from them, as C constants."""
    lines = []
    tables = {name.upper() + "_BY_INDUSTRY": table for name, table in industry_tables().items()}
    for name, value in {**vars(sys.modules[__name__]), **tables, "SHOCKS": shock_table()}.items():
        if not name.isupper() or name == "INDICATORS":
            continue
        if isinstance(value, int):
            lines.append(f"#define {name} {value}")
        elif isinstance(value, float):
            lines.append(f"#define {name} {value!r}f")
        else:
            kind = "int" if isinstance(value[0], int) else "float"
            suffix = "f" if kind == "float" else ""
            numbers = ", ".join(f"{number!r}{suffix}" for number in np.ravel(value).tolist())
            lines.append(f"static const {kind} {name}[] = {{{numbers}}};")
    return "\n".join(lines) + "\n"
