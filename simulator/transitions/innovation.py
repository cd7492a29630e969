"""Absorptive capacity and the productivity shock (Model text 4.2, 4.3). Knowledge per worker stays as drawn for now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats
from simulator.quantity import number, vector


@dataclass(frozen=True, kw_only=True)
class Innovation:
    """How firms learn; what they start with."""

    knowledge_scale: float = number(
        60.0,
        "kSEK/FTE",
        (1, 1000),
        "Knowledge per worker of a firm with R&D",
        "Kunskap per anställd i ett FoU-företag",
        basis="judgement",
        spread=(0.7, 1.4),
        help_en="Scale of knowledge in absorptive capacity, and the start value of firms with R&D.",
        help_sv="Skala för kunskap i absorptionsförmågan och startvärde för företag med FoU.",
    )
    knowledge_without_rd: float = number(
        5.0,
        "kSEK/FTE",
        (0, 100),
        "Knowledge per worker without R&D",
        "Kunskap per anställd utan FoU",
        basis="derived:SPEC",
        uncertain=(2, 10),
    )
    skill_weight: float = number(
        0.6,
        "1",
        (0, 5),
        "Weight of technical staff in absorptive capacity",
        "Teknisk personals vikt i absorptionsförmågan",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    management_weight: float = number(
        0.3,
        "1",
        (0, 5),
        "Weight of management in absorptive capacity",
        "Ledningens vikt i absorptionsförmågan",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    management_start: tuple[float, ...] = vector(
        (0.35, 0.12),
        ("mean", "sd"),
        "1",
        (0, 1),
        "Management capability at the start",
        "Förändringsförmåga vid start",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    rd_participation: tuple[float, ...] = vector(
        (-3.2, 0.8, 0.3),
        ("constant", "log_employment", "start"),
        "log",
        (-10, 10),
        "R&D participation, logit",
        "FoU-deltagande, logit",
        basis="judgement",
        spread=(0.8, 1.2),
    )
    shock_persistence: float = number(
        0.988,
        "1",
        (0.5, 1),
        "Persistence of own productivity",
        "Egen produktivitets varaktighet",
        basis="judgement",
        uncertain=(0.98, 0.995),
        help_en="Per quarter.",
        help_sv="Per kvartal.",
    )
    shock_scale: float = number(
        0.033,
        "log",
        (0, 0.5),
        "Scale of the productivity shock (Laplace)",
        "Produktivitetsstörningens skala (Laplace)",
        basis="judgement",
        uncertain=(0.02, 0.045),
    )
    spread_start: float = number(
        0.30,
        "log",
        (0, 2),
        "Spread of own productivity at the start",
        "Spridning i egen produktivitet vid start",
        basis="derived:SPEC",
        uncertain=(0.2, 0.4),
    )


def absorptive_capacity(knowledge: Floats, skilled_share: Floats, management: Floats, p: Innovation) -> Floats:
    """Ability to recognise and use what others know.

    ac = 1 - exp(-(K/(60 n) + 0.6 h + 0.3 m))

    knowledge      (rows,)  kSEK/FTE  knowledge per worker, K/n
    skilled_share  (rows,)  1         technicians, engineers and green specialists in staff, h
    management     (rows,)  1         capability to manage change, m
    returns        (rows,)  1         between 0 and 1

    Source: Model text 4.3; cohen1990.

    >>> float(absorptive_capacity(np.array([5.0]), np.array([0.3]), np.array([0.35]), Innovation())[0].round(2))
    0.31
    """
    score: Floats = knowledge / p.knowledge_scale
    score += p.skill_weight * skilled_share
    score += p.management_weight * management
    np.negative(score, out=score)
    np.exp(score, out=score)
    return np.subtract(1, score, out=score)


def laplace(u: Floats, scale: float) -> Floats:
    """Laplace deviates from uniforms, by inverse distribution function; shape of u. Source: CONST.

    >>> laplace(np.array([0.5], np.float32), 1.0)
    array([0.], dtype=float32)
    """
    centred = u - np.float32(0.5)
    tail: Floats = 1 - 2 * np.abs(centred)
    np.maximum(tail, np.float32(2.0**-24), out=tail)
    np.log(tail, out=tail)
    tail *= -scale
    return np.copysign(tail, centred, out=tail)


def next_idiosyncratic(own: Floats, u: Floats, p: Innovation) -> Floats:
    """Own log productivity one quarter on: z' = 0.988 z + Laplace(0.033); shapes (rows,). Source: Model text 4.2."""
    shock = laplace(u, p.shock_scale)
    shock += p.shock_persistence * own
    return shock


def performs_rd(employment: Floats, u: Floats, p: Innovation) -> Flags:
    """Whether a firm performs R&D at the start: u < sigma(-3.2 + 0.8 ln n + 0.3); (rows,).

    Source: Model text 1.7 #5.
    """
    constant, slope, start = p.rd_participation
    return u < 1 / (1 + np.exp(-(constant + slope * np.log(employment) + start)))
