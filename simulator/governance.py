"""Coordination of those who offer support: reach, targeting, referral, burden and what it costs (Model text 4.8)."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np

from simulator.agents.columns import Floats
from simulator.quantity import number, vector

COMPONENTS = ("mapping", "joint_targets", "shared_data", "cross_county")


@dataclass(frozen=True, kw_only=True)
class GovernanceTargets:
    """How far a scenario wants coordination to go; each component closes an eighth of its gap per quarter."""

    mapping: float = number(
        0.35, "1", (0, 1), "Initiatives mapped", "Kartlagda initiativ", basis="judgement", uncertain=(0.1, 0.6)
    )
    joint_targets: float = number(
        0.35, "1", (0, 1), "Joint targets", "Gemensamma mål", basis="judgement", uncertain=(0.1, 0.6)
    )
    shared_data: float = number(
        0.35, "1", (0, 1), "Shared data", "Delade data", basis="judgement", uncertain=(0.1, 0.6)
    )
    cross_county: float = number(
        0.35,
        "1",
        (0, 1),
        "Work across county borders",
        "Arbete över länsgränser",
        basis="judgement",
        uncertain=(0.1, 0.6),
    )

    def values(self) -> tuple[float, ...]:
        """The targets in the order of COMPONENTS."""
        return tuple(getattr(self, f.name) for f in fields(self))


@dataclass(frozen=True, kw_only=True)
class Governance:
    """How coordination acts; overall coordination kappa lies between 0 and 1."""

    start: tuple[float, ...] = vector(
        (0.35, 0.35, 0.35, 0.35), COMPONENTS, "1", (0, 1), "Coordination at the start", "Samordning vid start",
        basis="judgement", uncertain=((0.1,) * 4, (0.6,) * 4),
    )  # fmt: skip
    weights: tuple[float, ...] = vector(
        (0.30, 0.25, 0.25, 0.20), COMPONENTS, "1", (0, 1), "Weights in overall coordination", "Vikter i samordningen",
        basis="judgement", spread=(0.5, 1.5),
    )  # fmt: skip
    pace: float = number(
        0.125, "1/q", (0, 1), "Share of the gap closed per quarter", "Andel av gapet som sluts per kvartal",
        basis="judgement", spread=(0.5, 2),
    )  # fmt: skip
    actors: float = number(
        8, "count", (1, 100), "Actors per county", "Aktörer per län", basis="judgement", uncertain=(3, 12), whole=True
    )
    actor_reach: float = number(
        0.08, "1/yr", (0, 1), "Firms one actor reaches", "Företag som en aktör når", basis="judgement",
        uncertain=(0.04, 0.12),
    )  # fmt: skip
    precision: tuple[float, ...] = vector(
        (0.25, 0.5, 0.9), ("uncoordinated", "gain", "highest"), "1", (0, 1), "Targeting precision", "Träffsäkerhet",
        basis="judgement", spread=(0.5, 1.1),
        help_en="How much need, rather than ease of reach, decides who is contacted.",
        help_sv="Hur mycket behov, snarare än nåbarhet, avgör vem som kontaktas.",
    )  # fmt: skip
    repeats: float = number(
        1.0, "1", (0, 5), "Pull of earlier support, uncoordinated",
        "Försprång för tidigare stödda företag, utan samordning",
        basis="judgement", spread=(0, 1.5),
    )  # fmt: skip
    referral: tuple[float, ...] = vector(
        (0.2, 0.6), ("uncoordinated", "gain"), "1", (0, 1), "Referral to the best fit", "Hänvisning till rätt insats",
        basis="judgement", spread=(0.5, 1.3),
    )  # fmt: skip
    hours: tuple[float, ...] = vector(
        (40.0, 0.5), ("coordinated", "extra"), "h", (0, 500), "Hours per application", "Timmar per ansökan",
        basis="judgement", spread=(0.5, 1.5), help_en="Hours at best, and the extra share without coordination.",
        help_sv="Timmar som minst, och tilläggsandelen utan samordning.",
    )  # fmt: skip
    hour_cost: float = number(
        600, "SEK/h", (0, 5000), "Cost of a working hour", "Kostnad för en arbetstimme", basis="judgement",
        uncertain=(450, 800),
    )  # fmt: skip
    administration: tuple[float, ...] = vector(
        (0.12, 0.10), ("coordinated", "extra"), "1", (0, 0.5), "Administration's share of the budget",
        "Administrationens andel av budgeten", basis="judgement", spread=(0.5, 1.5),
        help_en="Of what is spent and reserved, taken when it is committed: an award whose money comes back unused has "
        "been administered all the same.",
        help_sv="Av det som betalas och reserveras, taget när pengarna binds: även ett beviljande vars pengar kommer "
        "tillbaka oanvända har handlagts.",
    )  # fmt: skip
    coordination_cost: tuple[float, ...] = vector(
        (3.0, 2.0), ("base", "growth"), "MSEK/yr", (0, 100), "Cost of coordination", "Samordningens kostnad",
        basis="judgement", spread=(0.7, 1.5),
        help_en="Base times 1 + growth x kappa squared; only with a package, which national programmes alone are not.",
        help_sv="Bas gånger 1 + tillväxt x kappa i kvadrat; bara när det finns ett paket, vilket enbart nationella "
        "program inte är.",
    )  # fmt: skip


def overall(components: tuple[float, ...], weights: tuple[float, ...]) -> float:
    """Overall coordination kappa = 0.30 m + 0.25 t + 0.25 s + 0.20 v, in [0, 1]. Source: Model text 4.8; SPEC.

    >>> round(overall((0.35, 0.35, 0.35, 0.35), (0.30, 0.25, 0.25, 0.20)), 9)
    0.35
    """
    return min(1.0, math.fsum(weight * part for weight, part in zip(weights, components, strict=True)))


def approach(component: float, target: float, pace: float) -> float:
    """Next quarter's component: x + pace (target - x). Source: Model text 4.8; SPEC."""
    return component + pace * (target - component)


def unique_reach(kappa: float, reaches: Floats) -> tuple[float, float]:
    """Share of eligible firms that at least one actor reaches in a year, and duplicate contacts per firm.

    R = (1-kappa) R0 + kappa R1,  R0 = 1 - prod(1-rho_j),  R1 = min(1, sum rho_j);  duplicates = sum rho_j - R

    reaches  (actors,)  1/yr  share rho_j that each actor reaches

    Source: Model text 4.8; SPEC.

    >>> round(unique_reach(0.35, np.full(8, 0.08))[0], 2)
    0.54
    """
    total = float(np.sum(reaches, dtype=np.float64))
    apart = 1 - float(np.prod(1 - np.asarray(reaches, np.float64)))
    reach = (1 - kappa) * apart + kappa * min(1.0, total)
    return reach, total - reach


def targeting_precision(kappa: float, gain: float, p: Governance) -> float:
    """Weight of need: tp = 0.25 + 0.5 kappa + gain, at most 0.9. Source: Model text 4.8; SPEC."""
    base, slope, most = p.precision
    return min(most, base + slope * kappa + gain)


def contact_score(need: Floats, ease: Floats, precision: float) -> Floats:
    """Who is worth contacting: tp need + (1-tp) ease; (rows,) each, in [0, 1]. Source: Model text 4.8; SPEC."""
    return precision * need + (1 - precision) * ease


def repeat_weight(kappa: float, awards: Floats, p: Governance) -> Floats:
    """Pull of firms supported before: 1 + 1.0 (1-kappa) awards; (rows,). Source: Model text 4.8; SPEC."""
    return 1 + np.float32(p.repeats * (1 - kappa)) * awards


def referral_probability(kappa: float, p: Governance) -> float:
    """Chance that a contacted firm is shown to its best fit: 0.2 + 0.6 kappa. Source: Model text 4.8; SPEC."""
    return min(1.0, p.referral[0] + p.referral[1] * kappa)


def application_hours(kappa: float, p: Governance) -> float:
    """Hours per application: 40 (1 + 0.5 (1-kappa)). Source: Model text 4.8; SPEC."""
    return p.hours[0] * (1 + p.hours[1] * (1 - kappa))


def administration_share(kappa: float, actors: float, p: Governance) -> float:
    """Administration's share of the budget: 0.12 + 0.10 (1-kappa)(J-1)/J. Source: Model text 4.8; SPEC."""
    return p.administration[0] + p.administration[1] * (1 - kappa) * (actors - 1) / actors


def coordination_cost(kappa: float, p: Governance) -> float:
    """Cost of coordinating a region's package, MSEK per year: 3.0 (1 + 2 kappa^2). Source: Model text 4.8; SPEC."""
    return p.coordination_cost[0] * (1 + p.coordination_cost[1] * kappa**2)


@dataclass(frozen=True, slots=True)
class Coordination:
    """What coordination means this quarter.

    kappa           overall coordination
    reach           share of eligible firms reached per year; duplicates per firm and year
    spread_evenly   contacts ignore need, ease, repeats and reach (switch `governance` off)
    administration  share of the budget;  cost  MSEK per year;  hours  per application
    cross_county    chance that a firm may use what another county leaves
    """

    kappa: float
    reach: float
    duplicates: float
    spread_evenly: bool
    precision: float
    repeats_at: float
    referral: float
    hours: float
    administration: float
    cost: float
    cross_county: float

    @property
    def overhead(self) -> float:
        """Administration per krona of other money."""
        return self.administration / (1 - self.administration)


def coordinate(components: tuple[float, ...], targeting_gain: float, on: bool, p: Governance) -> Coordination:
    """Work out all channels of coordination.

    on  the switch `governance`; off, every channel but the cost stands as if one actor did everything well

    Source: Model text 4.8, 4.11; RIR, SKR, GA20 (direction), judgement (size).
    """
    kappa = overall(components, p.weights)
    channel, actors = (kappa, p.actors) if on else (1.0, 1.0)
    reach, duplicates = unique_reach(channel, np.full(int(actors), p.actor_reach))
    return Coordination(
        kappa=kappa, reach=reach, duplicates=duplicates, spread_evenly=not on,
        precision=targeting_precision(channel, targeting_gain, p), repeats_at=channel,
        referral=referral_probability(channel, p), hours=application_hours(channel, p),
        administration=administration_share(channel, actors, p), cost=coordination_cost(kappa, p),
        cross_county=components[3] if on else 1.0,
    )  # fmt: skip
