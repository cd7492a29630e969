"""Knowledge, absorptive capacity, innovation and the productivity shock (Model text 4.2, 4.3)."""

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
    depreciation: float = number(
        0.0375,
        "1/q",
        (0.001, 0.5),
        "Knowledge that grows old",
        "Kunskap som föråldras",
        basis="memory:hall2010",
        uncertain=(0.025, 0.06),
        help_en="15 % a year.",
        help_sv="15 % om året.",
    )
    research_yield: float = number(
        0.6,
        "1",
        (0, 1),
        "Part of R&D spending that becomes knowledge",
        "Del av FoU-utgifterna som blir kunskap",
        basis="judgement",
        uncertain=(0.3, 0.9),
    )
    inflow: tuple[float, ...] = vector(
        (0.020, 1.0, 1.5, 0.15),
        ("peers", "university", "testbed", "public"),
        "1",
        ((0, 0.2), (0, 20), (0, 20), (0, 5)),
        "Knowledge from others",
        "Kunskap från andra",
        basis="judgement",
        spread=(0.5, 1.5),
        help_en="Per quarter and worker: share of peers' knowledge per worker, kSEK from a university link, kSEK from "
        "a testbed visit; and the share of public knowledge taken up. All times absorptive capacity.",
        help_sv="Per kvartal och anställd: andel av andras kunskap per anställd, tkr från en högskolelänk, tkr från "
        "ett testbäddsbesök; samt den andel av offentlig kunskap som tas upp. Allt gånger absorptionsförmågan.",
    )
    link_loss: float = number(
        0.3,
        "1/yr",
        (0, 5),
        "University links that end",
        "Högskolelänkar som upphör",
        basis="judgement",
        uncertain=(0.1, 0.7),
        help_en="As many form by themselves as end at the start. Vouchers were found to leave no lasting cooperation.",
        help_sv="Lika många uppstår av sig själva som upphör vid start. Checkar har inte gett bestående samarbeten.",
    )
    innovation_rate: float = number(
        0.25,
        "1/yr",
        (0, 5),
        "Chance to innovate of a firm with knowledge at its scale",
        "Chans till förnyelse för ett företag med kunskap i skalans nivå",
        basis="judgement",
        uncertain=(0.15, 0.4),
        help_en="Grows with the root of knowledge per worker.",
        help_sv="Växer med roten ur kunskap per anställd.",
    )
    innovation_gain: tuple[float, ...] = vector(
        (0.3, 0.4, 0.3, 0.2),
        ("cluster", "testbed", "university", "procurement"),
        "1",
        (0, 5),
        "Higher chance to innovate by links",
        "Högre chans till förnyelse genom länkar",
        basis="judgement",
        spread=(0.0, 1.5),
    )
    novelty: tuple[float, ...] = vector(
        (0.93, 0.05),
        ("persistence", "step"),
        "1",
        ((0, 0.999), (0, 0.5)),
        "Sales from new products: what stays per quarter, what an innovation adds",
        "Omsättning från nya produkter: vad som består per kvartal, vad en förnyelse ger",
        basis="judgement",
        uncertain=((0.9, 0.03), (0.95, 0.08)),
    )
    innovation_productivity: float = number(
        0.006,
        "log",
        (0, 0.2),
        "Own productivity per innovation",
        "Egen produktivitet per förnyelse",
        basis="judgement",
        uncertain=(0.0, 0.012),
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


def knowledge_inflow(
    capacity: Floats, employment: Floats, peers: Floats, university: Flags, testbed: Flags, public: float,
    p: Innovation,
) -> Floats:  # fmt: skip
    """Knowledge from others in a quarter.

    ac (0.020 k_peer mean_NB(K/n) n + 1.0 uni n + 1.5 tb n + 0.15 Kpub)

    peers                (rows,)  kSEK/FTE  mean knowledge per worker of peers, times the lever's factor
    university, testbed  (rows,)            linked; visiting
    public                        kSEK/q    public knowledge per firm
    returns              (rows,)  kSEK/q

    Source: Model text 4.3; judgement.
    """
    share, linked, visiting, open_to_all = (np.float32(part) for part in p.inflow)
    inflow: Floats = share * peers
    inflow += linked * university
    inflow += visiting * testbed
    inflow *= employment
    if public:
        inflow += open_to_all * np.float32(public)
    inflow *= capacity
    return inflow


def next_knowledge(knowledge: Floats, research: Floats, inflow: Floats, p: Innovation) -> Floats:
    """Knowledge one quarter on: K' = (1 - 0.0375) K + 0.6 RD + inflow; kSEK, (rows,) each.

    Source: Model text 4.3; hall2010.

    >>> next_knowledge(np.array([100.0]), np.array([10.0]), np.array([1.0]), Innovation()).round(2)
    array([103.25])
    """
    later: Floats = np.float32(1 - p.depreciation) * knowledge
    later += np.float32(p.research_yield) * research
    later += inflow
    return later


def innovation_chance(
    intensity: Floats, links: tuple[Flags | Floats | float, ...], factor: Floats | float, p: Innovation
) -> Floats:
    """Chance to innovate in a quarter.

    1 - exp(-dt 0.25 sqrt(K/(60 n)) (1 + 0.3 cluster + 0.4 testbed + 0.3 university + 0.2 procurement) factor)

    intensity  (rows,)          kSEK/FTE  knowledge per worker
    links      4 x (rows,) or 1           cluster, testbed, university, merit in procurement
    factor     (rows,) or 1               of measures
    returns    (rows,)

    Source: Model text 4.3; FHK (cluster), judgement.
    """
    lift: Floats = np.ones(len(intensity), np.float32)
    for gain, link in zip(p.innovation_gain, links, strict=True):
        if not isinstance(link, float) or link:
            lift += np.float32(gain) * link
    lift *= np.sqrt(intensity * np.float32(1 / p.knowledge_scale))
    lift *= np.float32(factor)
    lift *= np.float32(-0.25 * p.innovation_rate)
    np.expm1(lift, out=lift)
    return np.negative(lift, out=lift)


def next_new_products(share: Floats, kept: Floats, innovated: Flags, gain: float | Floats, p: Innovation) -> Floats:
    """Sales from new products one quarter on: b + 0.93 (s - b) + 0.05 innovated + gain, at most 1; (rows,).

    kept  (rows,)  1  b, what does not grow old

    Source: Model text 4.3, 4.5.
    """
    stays, step = p.novelty
    later: Floats = np.float32(stays) * (share - kept)
    later += kept
    later += np.float32(step) * innovated
    later += np.float32(gain)
    return np.minimum(later, np.float32(1), out=later)


def settled_new_products(chance: Floats, p: Innovation) -> Floats:
    """Sales from new products that a constant chance to innovate leads to: 0.05 P / (1 - 0.93); (rows,).

    Source: Model text 4.3.
    """
    stays, step = p.novelty
    return np.minimum(np.float32(step / (1 - stays)) * chance, np.float32(1))


def settled_productivity(chance: Floats, p: Innovation) -> Floats:
    """Own log productivity that a constant chance to innovate leads to: 0.006 P / (1 - 0.988); (rows,).

    Source: Model text 4.2, 4.3.
    """
    return np.float32(p.innovation_productivity / max(1 - p.shock_persistence, 1e-3)) * chance
