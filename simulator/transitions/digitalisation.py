"""Digitalisation in three gates: awareness, decision, implementation (Model text 4.4). Equations only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from simulator.agents.columns import Floats, Number, Small, single
from simulator.quantity import number, vector

STEPS = ("1", "2", "3")


@dataclass(frozen=True, kw_only=True)
class Digitalisation:
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
        (0.04, 0.016, 0.008),
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
    review_rate: float = number(
        2.0,
        "1/yr",
        (0, 50),
        "How often an aware firm decides",
        "Hur ofta ett uppmärksamt företag prövar",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    taste_scale: float = number(
        0.45,
        "log",
        (0.001, 3),
        "Spread of own judgement",
        "Spridning i egen bedömning",
        basis="judgement",
        uncertain=(0.25, 0.7),
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
    discount_rate: float = number(
        0.10, "1/yr", (0.001, 1), "Discount rate", "Kalkylränta", basis="memory:dixit1994", uncertain=(0.06, 0.15)
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
    postponement: float = number(
        0.5,
        "1",
        (0, 1),
        "Chance that a lack of skills stops a project",
        "Risk att kompetensbrist stoppar ett projekt",
        basis="judgement",
        uncertain=(0.3, 0.8),
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
    renewal: float = number(
        1.25,
        "1",
        (0.5, 3),
        "New owners' zeal, factor on value",
        "Nya ägares förnyelselust, faktor på värdet",
        basis="derived:WSH",
        uncertain=(1.0, 1.5),
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
    success: tuple[float, ...] = vector(
        (0.62, 0.25, 0.15),
        ("base", "capacity", "filling"),
        "1",
        (0, 1),
        "Success chance of a project",
        "Chans att ett projekt lyckas",
        basis="derived:GART,MCK",
        uncertain=((0.45, 0.1, 0.0), (0.75, 0.4, 0.3)),
    )
    pause: float = number(
        8,
        "q",
        (0, 24),
        "Pause after a failure",
        "Paus efter misslyckande",
        basis="judgement",
        uncertain=(4, 12),
        whole=True,
    )
    discouragement: float = number(
        0.95,
        "1",
        (0, 1),
        "Awareness near a failure",
        "Uppmärksamhet nära ett misslyckande",
        basis="judgement",
        uncertain=(0.9, 1.0),
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
    aware_start: float = number(
        0.15, "1", (0, 1), "Aware at the start", "Uppmärksamma vid start", basis="judgement", uncertain=(0.05, 0.3)
    )
    announcement_delay: float = number(
        0.1,
        "1",
        (0, 1),
        "Fall in decisions while a scheme is awaited",
        "Färre beslut medan ett stöd väntas",
        basis="judgement",
        uncertain=(0, 0.2),
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


def awareness_probability(
    innovation: Floats, imitation: Floats, exposure: Number, frontier: float, years: float = 0.25
) -> Floats:
    """Chance that a firm starts to consider its next level within a quarter.

    P = 1 - exp(-dt (p_l tau + q_l E))

    innovation, imitation  (rows,)  1/yr  p and q of the next level
    exposure               (rows,)  1     weighted share of others at that level or above, E
    frontier               1              pull of the technology frontier, tau

    Source: Model text 4.4a; bass1969, VDB.
    """
    chance: Floats = -np.expm1(-years * (innovation * frontier + imitation * exposure))
    return chance


def annuity(rate: float, years: Floats) -> Floats:
    """Present value of 1 a year for `years` years, paid yearly; (rows,). Source: CONST.

    >>> float(annuity(0.10, np.array([10.0]))[0].round(3))
    6.145
    """
    return (1 - (1 + rate) ** -years) / rate


def hurdle(volatility: Number, rate: float) -> Floats:
    """Value per cost above which investing beats waiting.

    theta = B/(B-1),  B = 1/2 + sqrt(1/4 + 2 rho / sig^2);  1 (the NPV rule) without uncertainty

    volatility  (rows,)  1  sig;  rate  1/yr  rho

    Source: Model text 4.4b; dixit1994.

    >>> hurdle(np.array([0.25, 0.15, 0.35]), 0.10).round(2)
    array([1.74, 1.4 , 2.15])
    """
    root = 0.5 + np.sqrt(0.25 + 2 * rate / np.maximum(volatility, 1e-6) ** 2)
    return root / (root - 1)


def project_cost(level: Small, employment: Floats, price: float, p: Digitalisation) -> Floats:
    """Cost of the step from `level` to the next: (cf + cv n^0.8) x price index, kSEK; (rows,).

    Source: Model text 4.4b.
    """
    fixed, variable = single(p.fixed_cost), single(p.size_cost)
    cost: Floats = (fixed[level] + variable[level] * employment**p.size_exponent) * np.float32(price)
    return cost


def value_per_cost(
    level: Small, capacity: Floats, value_added: Floats, horizon: Floats, net_cost: Floats, p: Digitalisation
) -> Floats:
    """Expected gain per own krona, PI = beta E[chi] VA_n ann(rho, L) / net cost; infinite when the cost is nil.

    capacity     (rows,)  1      absorptive capacity
    value_added  (rows,)  kSEK   value added per year
    horizon      (rows,)  yr     lifetime, or the owner's horizon if shorter
    net_cost     (rows,)  kSEK   cost after subsidy

    Source: Model text 4.4b.
    """
    base, slope = p.expected_effect
    gain = single(p.gain)[level] * (base + slope * capacity) * value_added * annuity(p.discount_rate, horizon)
    return np.divide(gain, net_cost, out=np.full_like(gain, np.inf), where=net_cost > 0)


def success_probability(capacity: Floats, filling: Floats, support: Floats, p: Digitalisation) -> Floats:
    """Chance that a completed project works: clip(0.62 + 0.25 (ac - 0.3) + 0.15 (fill - 0.9) + support, 0.2, 0.95).

    capacity  (rows,)  1  absorptive capacity;  filling  (rows,)  1  share of technicians' vacancies filled last quarter
    support   (rows,)  1  success gain of the measures that helped

    Source: Model text 4.4c; GART, MCK.
    """
    base, slope, fill = p.success
    chance: Floats = base + slope * (capacity - 0.3) + fill * (filling - 0.9) + support
    return np.minimum(np.maximum(chance, 0.2), 0.95)


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
