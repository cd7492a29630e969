"""How firms choose to take the next step of a transition: what the digital, green and circular ones have in common.

Parameters and equations of the three gates (awareness, decision, implementation; Model text 4.4, 4.5). Each transition
has its own set of these numbers, the same unless a scenario sets them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Number
from simulator.quantity import number, vector


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """Parameters that every transition has; vectors of a transition run over its steps.

    innovation, imitation  1/yr  awareness by itself and through others
    lifetime               yr    of the gain
    volatility             1     of the gain, which sets the hurdle
    duration               q     of a project
    """

    innovation: tuple[float, ...]
    imitation: tuple[float, ...]
    lifetime: tuple[float, ...]
    volatility: float | tuple[float, ...]
    duration: tuple[float, ...]
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
    discount_rate: float = number(
        0.10, "1/yr", (0.001, 1), "Discount rate", "Kalkylränta", basis="memory:dixit1994", uncertain=(0.06, 0.15)
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
    renewal: float = number(
        1.25,
        "1",
        (0.5, 3),
        "New owners' zeal, factor on value",
        "Nya ägares förnyelselust, faktor på värdet",
        basis="derived:WSH",
        uncertain=(1.0, 1.5),
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


def value_per_cost(gain: Floats, horizon: Floats, net_cost: Floats, rate: float) -> Floats:
    """Value of a step per own krona, PI = gain ann(rho, L) / net cost; infinite when the cost is nil.

    gain      (rows,)  kSEK/yr  expected
    horizon   (rows,)  yr       lifetime, or the owner's horizon if shorter
    net_cost  (rows,)  kSEK     cost after subsidy

    Source: Model text 4.4b, 4.5.
    """
    value = gain * annuity(rate, horizon)
    worth: Floats = np.divide(value, net_cost, out=np.full_like(value, np.inf), where=net_cost > 0)
    return worth


def chance_to_accept(value: Floats, barrier: Floats, scale: float) -> Floats:
    """Share of equal firms whose own judgement lets them take the step: sigma((ln PI - ln theta) / scale); (rows,).

    Source: Model text 4.4b.
    """
    with np.errstate(divide="ignore", over="ignore"):  # without any gain, or at no cost, the answer is 0 or 1
        share: Floats = 1 / (1 + np.exp((barrier - np.log(value)) / np.float32(scale)))
    return share


def taste(u: Floats, scale: float) -> Floats:
    """Lasting own judgement of a firm, logistic with mean 0, by inverse distribution function; log, shape of u.

    Source: Model text 1.2, 4.4b.
    """
    u = np.minimum(np.maximum(u, np.float32(2.0**-24)), np.float32(1 - 2.0**-24))
    own: Floats = np.float32(scale) * np.log(u / (1 - u))
    return own


def success_probability(capacity: Floats, filling: Floats, support: Floats, p: Adoption) -> Floats:
    """Chance that a completed project works: clip(0.62 + 0.25 (ac - 0.3) + 0.15 (fill - 0.9) + support, 0.2, 0.95).

    capacity  (rows,)  1  absorptive capacity;  filling  (rows,)  1  share of technicians' vacancies filled last quarter
    support   (rows,)  1  success gain of the measures that helped

    Source: Model text 4.4c; GART, MCK.
    """
    base, slope, fill = p.success
    chance: Floats = base + slope * (capacity - 0.3) + fill * (filling - 0.9) + support
    return np.minimum(np.maximum(chance, 0.2), 0.95)
