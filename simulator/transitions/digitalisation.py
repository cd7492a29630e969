"""Digitalisation: its own parameters and equations (Model text 4.4); the gates are shared with other transitions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from simulator.agents.columns import Floats, Small, single
from simulator.quantity import number, vector
from simulator.transitions.choice import Adoption

STEPS = ("1", "2", "3")


@dataclass(frozen=True, kw_only=True)
class Digitalisation(Adoption):
    """Parameters of the digital transition; vectors run over the steps to level 1, 2 and 3."""

    gain: tuple[float, ...] = vector(
        (0.03, 0.08, 0.06),
        STEPS,
        "log",
        (0, 1),
        "Productivity gain of a level",
        "Produktivitetsvinst av en nivå",
        basis="judgement",
        spread=(0.5, 1.5),
        help_en="Log points at full effectiveness; robot adopters' output rose 20-25 % in four years, mostly by scale.",
        help_sv="Logpunkter vid full verkan; robotanvändares produktion steg 20-25 % på fyra år, mest genom skala.",
    )
    innovation: tuple[float, ...] = vector(
        (0.035, 0.016, 0.008),
        STEPS,
        "1/yr",
        (0, 1),
        "Awareness by itself (Bass p)",
        "Uppmärksamhet av sig själv (Bass p)",
        basis="judgement",
        uncertain=((0.02, 0.004, 0.001), (0.06, 0.03, 0.02)),
    )
    imitation: tuple[float, ...] = vector(
        (0.35, 0.35, 0.30),
        STEPS,
        "1/yr",
        (0, 3),
        "Awareness through others (Bass q)",
        "Uppmärksamhet via andra (Bass q)",
        basis="judgement",
        uncertain=((0.2, 0.2, 0.2), (0.6, 0.6, 0.6)),
    )
    exposure_weights: tuple[float, ...] = vector(
        (0.6, 0.3, 0.1),
        ("peers", "suppliers", "cluster"),
        "1",
        (0, 1),
        "Whom firms look at",
        "Vem företagen ser på",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    fixed_cost: tuple[float, ...] = vector(
        (60.0, 300.0, 900.0),
        STEPS,
        "kSEK",
        (0, 1e5),
        "Project cost, fixed part",
        "Projektkostnad, fast del",
        basis="judgement",
        spread=(0.7, 1.5),
    )
    size_cost: tuple[float, ...] = vector(
        (35.0, 250.0, 320.0),
        STEPS,
        "kSEK",
        (0, 1e5),
        "Project cost, part that grows with size",
        "Projektkostnad, del som växer med storlek",
        basis="judgement",
        spread=(0.7, 1.5),
        help_en="Times employment to the power of the exponent.",
        help_sv="Gånger sysselsatta upphöjt till exponenten.",
    )
    size_exponent: float = number(
        0.8,
        "1",
        (0, 1.5),
        "Size exponent of cost",
        "Kostnadens storleksexponent",
        basis="judgement",
        uncertain=(0.7, 0.9),
    )
    lifetime: tuple[float, ...] = vector(
        (6.0, 10.0, 8.0),
        STEPS,
        "yr",
        (1, 40),
        "Lifetime of the gain",
        "Nyttans livslängd",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    volatility: float = number(
        0.25,
        "1",
        (0, 1),
        "Volatility of the gain",
        "Nyttans osäkerhet",
        basis="memory:dixit1994",
        uncertain=(0.15, 0.35),
        help_en="Uncertainty makes waiting valuable: 0.25 asks for 1.74 times the cost.",
        help_sv="Osäkerhet ger väntan ett värde: 0,25 kräver 1,74 gånger kostnaden.",
    )
    expected_effect: tuple[float, ...] = vector(
        (0.5, 0.4),
        ("base", "capacity"),
        "1",
        (0, 1),
        "Expected effectiveness",
        "Förväntad verkan",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    skill_need: float = number(
        0.9,
        "1",
        (0, 2),
        "Technical staff needed, share of the industry's level",
        "Behov av teknisk personal, andel av branschens nivå",
        basis="judgement",
        uncertain=(0.7, 1.1),
    )
    retraining: tuple[float, ...] = vector(
        (0.7, 0.3),
        ("technicians", "engineers"),
        "1",
        (0, 1),
        "Whom firms seek when skills are missing",
        "Vilka företag söker när kompetens saknas",
        basis="judgement",
        spread=(0.6, 1.4),
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
    effect_start: float = number(
        0.8, "1", (0, 1), "Effectiveness at the start", "Verkan vid start", basis="judgement", uncertain=(0.6, 0.9)
    )
    effect_new: float = number(
        0.5,
        "1",
        (0, 1),
        "Effectiveness of a new level",
        "Verkan av en ny nivå",
        basis="judgement",
        uncertain=(0.3, 0.7),
    )
    effect_speed: float = number(
        0.1, "1/q", (0, 1), "Learning of effectiveness", "Inlärning av verkan", basis="judgement", uncertain=(0.05, 0.2)
    )
    effect_goal: tuple[float, ...] = vector(
        (0.55, 0.3, 0.15),
        ("base", "skills", "management"),
        "1",
        (0, 1),
        "Effectiveness in the long run",
        "Verkan på sikt",
        basis="derived:OECD19",
        spread=(0.8, 1.0),
    )
    disruption: float = number(
        0.01,
        "log",
        (0, 0.5),
        "Productivity lost while a project runs",
        "Produktivitet som går förlorad under projekt",
        basis="memory:brynjolfsson2021",
        uncertain=(0, 0.03),
    )
    reach_small: tuple[float, ...] = vector(
        (0.55, 0.12, 0.01),
        STEPS,
        "1",
        (0, 1),
        "At or above level, 2-9 employees",
        "På eller över nivå, 2-9 anställda",
        basis="derived:DII",
        spread=(0.7, 1.3),
    )
    reach_medium: tuple[float, ...] = vector(
        (0.75, 0.27, 0.04),
        STEPS,
        "1",
        (0, 1),
        "At or above level, 10-49 employees",
        "På eller över nivå, 10-49 anställda",
        basis="derived:DII",
        spread=(0.8, 1.2),
    )
    reach_large: tuple[float, ...] = vector(
        (0.92, 0.55, 0.13),
        STEPS,
        "1",
        (0, 1),
        "At or above level, 50-249 employees",
        "På eller över nivå, 50-249 anställda",
        basis="derived:DII",
        spread=(0.8, 1.05),
    )


def project_cost(level: Small, employment: Floats, price: float, p: Digitalisation) -> Floats:
    """Cost of the step from `level` to the next: (cf + cv n^0.8) x price index, kSEK; (rows,).

    Source: Model text 4.4b.
    """
    fixed, variable = single(p.fixed_cost), single(p.size_cost)
    cost: Floats = (fixed.take(level) + variable.take(level) * employment**p.size_exponent) * np.float32(price)
    return cost


def yearly_gain(level: Small, capacity: Floats, value_added: Floats, p: Digitalisation) -> Floats:
    """Gain that a firm expects of the step from `level`: beta E[chi] VA_n, E[chi] = 0.5 + 0.4 ac; kSEK/yr, (rows,).

    capacity     (rows,)  1      absorptive capacity
    value_added  (rows,)  kSEK   value added per year

    Source: Model text 4.4b.
    """
    base, slope = p.expected_effect
    gain: Floats = single(p.gain).take(level) * (base + slope * capacity) * value_added
    return gain


def next_effectiveness(now: Floats, skill_ratio: Floats, management: Floats, p: Digitalisation) -> Floats:
    """Realised share of the gain a quarter on: chi += 0.1 (chi* - chi), chi* = .55 + .3 min(1, skills/need) + .15 m.

    skill_ratio  (rows,)  1  technicians and engineers over need.  Source: Model text 4.4c; OECD19.
    """
    base, skills, lead = p.effect_goal
    goal: Floats = np.minimum(1, skill_ratio)
    goal *= skills
    goal += base
    goal += lead * management
    goal -= now
    goal *= p.effect_speed
    goal += now
    return goal


def level_gain(level: Small, p: Digitalisation) -> Floats:
    """Cumulative log productivity gain B(d) of digital levels; (rows,). Source: Model text 4.2."""
    return single(tuple(accumulate(p.gain, initial=0.0))).take(level)
