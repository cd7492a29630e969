"""The green transition: its own parameters and equations (Model text 4.5); the gates are shared with other ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from simulator.agents.columns import Floats, Number, Small, single
from simulator.quantity import number, vector
from simulator.transitions.choice import Adoption

STEPS = ("1", "2", "3")
DIGITAL_ENOUGH = 2
"""Digital level from which measuring and steering help to save energy and to answer customers."""


@dataclass(frozen=True, kw_only=True)
class Green(Adoption):
    """Parameters of the green transition; vectors run over the steps to level 1, 2 and 3."""

    innovation: tuple[float, ...] = vector(
        (0.04, 0.008, 0.004),
        STEPS,
        "1/yr",
        (0, 1),
        "Awareness by itself (Bass p)",
        "Uppmärksamhet av sig själv (Bass p)",
        basis="judgement",
        uncertain=((0.02, 0.002, 0.001), (0.06, 0.02, 0.01)),
    )
    imitation: tuple[float, ...] = vector(
        (0.25, 0.25, 0.20),
        STEPS,
        "1/yr",
        (0, 3),
        "Awareness through others (Bass q)",
        "Uppmärksamhet via andra (Bass q)",
        basis="judgement",
        uncertain=((0.15, 0.15, 0.1), (0.45, 0.45, 0.4)),
    )
    lifetime: tuple[float, ...] = vector(
        (5.0, 12.0, 15.0),
        STEPS,
        "yr",
        (1, 40),
        "Lifetime of the saving",
        "Besparingens livslängd",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    volatility: tuple[float, ...] = vector(
        (0.424, 0.25, 0.25),
        STEPS,
        "1",
        (0, 1),
        "Volatility of the saving",
        "Besparingens osäkerhet",
        basis="judgement",
        uncertain=((0.3, 0.15, 0.15), (0.5, 0.35, 0.35)),
        help_en="0.424 asks for 2.5 times the cost, as a demand for payback within three years does; 0.25 for 1.74.",
        help_sv="0,424 kräver 2,5 gånger kostnaden, som ett krav på återbetalning inom tre år gör; 0,25 kräver 1,74.",
    )
    duration: tuple[float, ...] = vector(
        (2.0, 4.0, 6.0),
        STEPS,
        "q",
        (1, 20),
        "Project duration",
        "Projektets längd",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    energy_saving: tuple[float, ...] = vector(
        (0.06, 0.12, 0.10),
        STEPS,
        "1",
        (0, 0.3),
        "Energy saved by a step, share of use at level 0",
        "Energi som ett steg sparar, andel av användningen på nivå 0",
        basis="derived:SEAP",
        spread=(0.5, 1.5),
        help_en="6 % is what the Swedish energy audit programme saved; the later steps are judgement.",
        help_sv="6 % är vad energikartläggningsprogrammet sparade; de senare stegen är en bedömning.",
    )
    carbon_saving: tuple[float, ...] = vector(
        (0.05, 0.35, 0.45),
        STEPS,
        "1",
        ((0, 0.1), (0, 0.4), (0, 0.5)),
        "Emissions avoided by a step, share of those at level 0",
        "Utsläpp som ett steg undviker, andel av dem på nivå 0",
        basis="judgement",
        spread=(0.5, 1.1),
    )
    size_cost: tuple[float, ...] = vector(
        (25.0, 250.0, 600.0),
        STEPS,
        "kSEK",
        (0, 1e5),
        "Project cost at one employee",
        "Projektkostnad vid en anställd",
        basis="judgement",
        spread=(0.7, 1.5),
        help_en="Times employment to the power of the exponent.",
        help_sv="Gånger sysselsatta upphöjt till exponenten.",
    )
    size_exponent: tuple[float, ...] = vector(
        (0.6, 0.8, 0.85),
        STEPS,
        "1",
        (0, 1.5),
        "Size exponent of cost",
        "Kostnadens storleksexponent",
        basis="judgement",
        spread=(0.9, 1.1),
    )
    digital_saving: float = number(
        0.02,
        "1",
        (0, 0.1),
        "Further energy saved with digital level 2",
        "Ytterligare energibesparing med digital nivå 2",
        basis="judgement",
        uncertain=(0, 0.04),
        help_en="Added to the saving of the first green step.",
        help_sv="Läggs till det första gröna stegets besparing.",
    )
    skill_need: tuple[float, ...] = vector(
        (0.0, 0.02, 0.04),
        STEPS,
        "1",
        (0, 0.5),
        "Green specialists needed, share of staff",
        "Behov av gröna specialister, andel av personalen",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    collateral: float = number(
        0.8,
        "1",
        (0, 1),
        "Collateral weight when machines are bought",
        "Säkerheternas vikt vid köp av maskiner",
        basis="judgement",
        uncertain=(0.5, 0.9),
        help_en="At the steps to level 2 and 3, in place of the general weight.",
        help_sv="Vid stegen till nivå 2 och 3, i stället för den allmänna vikten.",
    )


def project_cost(level: Small, employment: Floats, price: float, p: Green) -> Floats:
    """Cost of the step from `level` to the next: c n^e x price index, kSEK; (rows,). Source: Model text 4.5.

    >>> project_cost(np.array([0, 1, 2]), np.float32([20, 20, 20]), 1.0, Green()).round().tolist()
    [151.0, 2746.0, 7656.0]
    """
    cost: Floats = single(p.size_cost).take(level) * employment ** single(p.size_exponent).take(level)
    cost *= np.float32(price)
    return cost


def yearly_saving(
    level: Small, digital_level: Small, sales: Floats, energy: Floats, carbon: Floats, p: Green
) -> Floats:
    """Energy and carbon cost that the step from `level` saves, S = Y4 (energy s^e + carbon s^c); kSEK/yr, (rows,).

    sales           (rows,)  kSEK/yr
    energy, carbon  (rows,)  1        cost per krona of sales at level 0

    Source: Model text 4.5, twin links; SEAP.
    """
    share = single(p.energy_saving).take(level)
    share += np.float32(p.digital_saving) * ((level == 0) & (digital_level >= DIGITAL_ENOUGH))
    saved: Floats = sales * (energy * share + carbon * single(p.carbon_saving).take(level))
    return saved


def energy_left(green_level: Small, digital_level: Small, p: Green) -> Floats:
    """Energy use as a share of that at level 0: 1 - sum s^e - 0.02 [d >= 2][g >= 1]; (rows,). Source: Model text 4.5.

    >>> energy_left(np.array([0, 1, 1, 3]), np.array([3, 0, 2, 0]), Green()).round(2)
    array([1.  , 0.94, 0.92, 0.72], dtype=float32)
    """
    saved = single(tuple(accumulate(p.energy_saving, initial=0.0)))
    helped = saved + np.float32(p.digital_saving) * (saved > 0)
    left: Floats = (1 - np.concatenate((saved, helped))).take(
        green_level + np.int8(4) * (digital_level >= DIGITAL_ENOUGH)
    )
    return left


def carbon_left(green_level: Small, p: Green) -> Floats:
    """Emissions as a share of those at level 0: 1 - sum s^c; (rows,). Source: Model text 4.5."""
    saved = single(tuple(accumulate(p.carbon_saving, initial=0.0)))
    left: Floats = (1 - saved).take(green_level)
    return left


def specialists_missing(level: Small, share: Floats, p: Green) -> Floats:
    """Share of staff that the step from `level` lacks in green specialists; (rows,). Source: Model text 4.5.

    share  (rows,)  1  green specialists in staff
    """
    missing: Floats = np.maximum(0, single(p.skill_need).take(level) - share)
    return missing


def running_time(p: Green, wait: float) -> Floats:
    """Quarters that the projects of each step take; later steps wait for the grid, at least one quarter; (3,).

    wait  q  change of the wait for a grid connection, at most 0.  Source: Model text 3.0b (grid), 4.5.
    """
    time = single(p.duration)
    time[1:] = np.maximum(1, time[1:] + wait)
    return time


def footprint(sales: Floats, intensity: Floats, left: Number) -> Floats:
    """Energy used in MWh/q, or CO2 emitted in t/q: Y/1000 x intensity x (1 - saved); (rows,).

    sales      (rows,)  kSEK/q;  intensity  (rows,)  MWh or tonnes per MSEK of sales at level 0
    left       (rows,)  1        share of the use or emissions at level 0

    Source: Model text 4.5.
    """
    total: Floats = sales * intensity
    total *= left / np.float32(1e3)
    return total
