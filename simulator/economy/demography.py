"""Owners' ages, succession, exit and entry of firms (Model text 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from simulator.agents.columns import Floats, Small, Whole, single
from simulator.quantity import number, vector

DT = 0.25
OLDEST, YOUNGEST = 85.0, 22.0


@dataclass(frozen=True, kw_only=True)
class Demography:
    """Parameters of owners, exit and entry."""

    handover: tuple[float, ...] = vector(
        (-2.8, 0.12, 67.0, 2.0),
        ("constant", "slope", "centre", "ceiling"),
        "1/yr",
        ((-10, 0), (0, 0.5), (40, 90), (0.01, 4)),
        "Hazard of handing over, by owner's age",
        "Sannolikhet att lämna över, efter ägarens ålder",
        basis="derived:FTG",
        spread=(0.9, 1.1),
    )
    new_owner: tuple[float, ...] = vector(
        (46.0, 8.0),
        ("mean", "sd"),
        "yr",
        ((25, 70), (0.5, 20)),
        "Age of a new owner",
        "Ny ägares ålder",
        basis="derived:FTG",
        spread=(0.9, 1.1),
    )
    founder: tuple[float, ...] = vector(
        (44.0, 9.0),
        ("mean", "sd"),
        "yr",
        ((25, 70), (0.5, 20)),
        "Age of a founder",
        "Grundares ålder",
        basis="derived:FTG",
        spread=(0.9, 1.1),
    )
    other_exit: float = number(
        0.055,
        "1/yr",
        (0, 1),
        "Exit that the start profile of owners assumes",
        "Nedläggning som ägarnas startprofil antar",
        basis="derived:SPEC",
        uncertain=(0.04, 0.07),
    )
    closure: tuple[float, ...] = vector(
        (0.25, 5.0, -0.35),
        ("chance", "employees", "exponent"),
        "1",
        ((0, 1), (1, 100), (-2, 0)),
        "Closure at succession, falls with size",
        "Nedläggning vid ägarskifte, faller med storlek",
        basis="derived:TA13",
        spread=(0.6, 1.4),
    )
    family_share: float = number(
        0.53,
        "1",
        (0, 1),
        "Successions inside the family",
        "Ägarskiften inom familjen",
        basis="judgement",
        uncertain=(0.4, 0.65),
    )
    family_loss: float = number(
        0.02,
        "log",
        (0, 0.3),
        "Productivity lost after a family succession",
        "Produktivitetstapp efter generationsskifte",
        basis="derived:BEN",
        uncertain=(0, 0.04),
    )
    renewal_time: float = number(
        8,
        "q",
        (0, 40),
        "Quarters of renewal after succession",
        "Kvartal av förnyelse efter ägarskifte",
        basis="judgement",
        uncertain=(4, 12),
        whole=True,
    )
    retirement_doubt: tuple[float, ...] = vector(
        (60.0, 66.0, 2.5, 72.0),
        ("from", "half", "spread", "horizon"),
        "yr",
        ((22, 85), (22, 100), (0.1, 20), (22, 100)),
        "Older owners' reluctance to invest",
        "Äldre ägares tvekan att investera",
        basis="derived:WSH",
        spread=(0.95, 1.05),
    )
    exit_hazard: tuple[float, ...] = vector(
        (0.0325, -0.3, -0.5),
        ("rate", "log_size", "productivity"),
        "1/yr",
        ((0, 0.5), (-2, 0.5), (-3, 1)),
        "Exit for lack of competitiveness",
        "Nedläggning av bristande konkurrenskraft",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    newness: tuple[float, ...] = vector(
        (0.5, 12.0),
        ("lift", "quarters"),
        "1",
        ((0, 5), (1, 200)),
        "Liability of newness: young firms' higher hazard of exit, and how fast it fades",
        "Nya företags högre risk att läggas ned, och hur snabbt den avtar",
        basis="memory:evans1987",
        spread=(0.5, 1.5),
        help_en="The lift of a firm just founded, and the age in quarters at which a third of it is left.",
        help_sv="Påslaget för ett nystartat företag, och den ålder i kvartal då en tredjedel av det återstår.",
    )
    insolvency_start: float = number(
        0.0021,
        "1/q",
        (0, 0.1),
        "Insolvencies at the start",
        "Insolvenser vid start",
        basis="derived:SPEC",
        uncertain=(0.001, 0.003),
        help_en="Part of the exits that entry replaces.",
        help_sv="Del av de nedläggningar som nystarter ersätter.",
    )
    patience: float = number(
        2,
        "q",
        (1, 20),
        "Quarters without liquidity before a firm fails",
        "Kvartal utan likviditet innan konkurs",
        basis="judgement",
        uncertain=(1, 4),
        whole=True,
    )
    smallest: float = number(
        0.5,
        "FTE",
        (0, 5),
        "Smallest viable employment",
        "Minsta livskraftiga sysselsättning",
        basis="judgement",
        uncertain=(0.3, 1.0),
    )
    entrant_size: tuple[float, ...] = vector(
        (2.0, 3.0),
        ("least", "range"),
        "FTE",
        ((0.5, 20), (0, 50)),
        "Employment of a new firm",
        "Nytt företags sysselsättning",
        basis="judgement",
        spread=(0.8, 1.2),
    )
    entrant_idiosyncratic: tuple[float, ...] = vector(
        (-0.1, 0.3),
        ("mean", "sd"),
        "log",
        ((-2, 2), (0, 2)),
        "Own productivity of a new firm",
        "Nytt företags egen produktivitet",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    entrant_digital: tuple[float, ...] = vector(
        (0.9, 0.2, 0.02),
        ("1", "2", "3"),
        "1",
        (0, 1),
        "New firms at or above a digital level",
        "Nya företag på eller över en digital nivå",
        basis="judgement",
        spread=(0.7, 1.1),
    )
    mean_age: float = number(
        60,
        "q",
        (1, 400),
        "Mean age of firms at the start",
        "Företagens medelålder vid start",
        basis="judgement",
        uncertain=(40, 80),
    )


def handover_hazard(age: Floats, p: Demography) -> Floats:
    """Hazard of handing over, min(2, exp(-2.8 + 0.12 (age - 67))); per year, (rows,). Source: Model text 4.2; FTG."""
    constant, slope, centre, ceiling = single(p.handover)
    hazard: Floats = age - centre
    hazard *= slope
    hazard += constant
    np.exp(hazard, out=hazard)
    np.minimum(ceiling, hazard, out=hazard)
    return hazard


def closure_at_succession(employment: Floats, factor: Floats | float, p: Demography) -> Floats:
    """Chance that a succession ends in closure, min(1, 0.25 (n/5)^-0.35) x lever; (rows,).

    Source: Model text 4.2; TA13.
    """
    chance, size, exponent = p.closure
    return np.minimum(1, chance * (np.maximum(employment, 1) / size) ** exponent) * factor


def exit_hazard(employment: Floats, age: Whole, relative: Floats, p: Demography) -> Floats:
    """Hazard of exit, 0.0325 exp(-0.3 ln(n/10) - 0.5 rel) (1 + 0.5 exp(-age/12)); per year, (rows,).

    age  (rows,)  q.  Source: Model text 4.2; evans1987 (young firms).
    """
    rate, size, productivity = single(p.exit_hazard)
    hazard: Floats = np.maximum(employment, np.float32(0.5))
    hazard /= np.float32(10)
    np.log(hazard, out=hazard)
    hazard *= size
    hazard += productivity * relative
    np.exp(hazard, out=hazard)
    hazard *= rate
    lift, quarters = p.newness
    hazard *= 1 + np.float32(lift) * np.exp(age * np.float32(-1 / quarters))
    return hazard


def owner_will(age: Floats, succession: Small, openness: Floats | float, p: Demography) -> tuple[Floats, Floats]:
    """Whether older owners still invest, and how far they look.

    psi = sigma((66 - age)/2.5) + lever, at most 1, and horizon max(2, 72 - age), for owners from 60 who prepare
    nothing; otherwise 1 and no cap

    returns  chance (rows,) and horizon cap in years (rows,)

    Source: Model text 4.2; WSH.
    """
    start, half, spread, horizon = single(p.retirement_doubt)
    free = (age < start) | (succession != 0)
    chance = np.minimum(1, 1 / (1 + np.exp((age - half) / spread)) + np.float32(openness))
    sight = np.maximum(2, horizon - age)
    chance[free], sight[free] = 1, 99
    return chance, sight


def normal_quantiles(points: int = 4097) -> Floats:
    """Standard normal quantiles at equal steps of probability, ends at half a step. Source: CONST."""
    steps = np.clip(np.arange(points) / (points - 1), 0.5 / points, 1 - 0.5 / points)
    return np.array([NormalDist().inv_cdf(step) for step in steps], np.float32)


def from_table(u: Floats, table: Floats) -> Floats:
    """Read a quantile table at uniforms by straight lines; shape of u. Source: CONST.

    >>> from_table(np.array([0.25, 0.5], np.float32), np.array([0.0, 2.0], np.float32))
    array([0.5, 1. ], dtype=float32)
    """
    place = u * np.float32(len(table) - 1)
    left = np.minimum(place.astype(np.int32), len(table) - 2)
    low = table.take(left)
    value: Floats = low + (place - left.astype(np.float32)) * (table.take(left + 1) - low)
    return value


def stationary_owner_ages(p: Demography, years: int = 100, step: float = 0.25) -> Floats:
    """Quantiles of owners' ages (1,001 points) when handover and exit have run for a long time; yr.

    The age density is carried forward quarter by quarter: shift by one step, replace owners who hand over by new
    owners and those of closed firms by founders. Source: Model text 1.7 #17, 4.2; FTG.
    """
    edges = np.arange(YOUNGEST, OLDEST + step, step)
    middle = ((edges[:-1] + edges[1:]) / 2).astype(np.float32)

    def arrivals(mean: float, sd: float) -> Floats:
        below = np.array([NormalDist(mean, sd).cdf(edge) for edge in edges])
        below[0], below[-1] = 0.0, 1.0
        return np.diff(below).astype(np.float64)

    new, founders = arrivals(*p.new_owner), arrivals(*p.founder)
    density = founders.copy()
    hand = -np.expm1(-DT * handover_hazard(middle, p).astype(np.float64))
    leave = -np.expm1(-DT * p.other_exit)
    for _ in range(int(years / DT)):
        density = np.concatenate(([0.0], density[:-2], [density[-2] + density[-1]]))
        handed = density * hand
        density = density - handed + handed.sum() * new
        density = density * (1 - leave) + leave * density.sum() * founders
    cumulative = np.concatenate(([0.0], np.cumsum(density)))
    ages: Floats = np.interp(np.linspace(0, 1, 1001), cumulative / cumulative[-1], edges).astype(np.float32)
    return ages
