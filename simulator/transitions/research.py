"""R&D of firms: who performs it, how much, and what grants and reliefs add (Model text 4.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small, rows_where, single
from simulator.agents.firms import SIZE_LIMITS, Anchors
from simulator.agents.world import World
from simulator.quantity import number, vector
from simulator.region.facts import Region

TASTE = "research.taste"
"""Lasting trait: a firm performs R&D while this stays below its chance."""
BUDGET_QUARTERS = 4
"""Firms decide on R&D once a year, each in its own quarter."""
KSEK = 1000.0


@dataclass(frozen=True, kw_only=True)
class Research:
    """Who performs R&D, how much of it, and how firms answer to support."""

    participation: tuple[float, ...] = vector(
        (-3.2, 0.8, 1.0),
        ("constant", "log_employment", "capacity"),
        "log",
        ((-10, 10), (-3, 3), (0, 5)),
        "R&D participation, logit",
        "FoU-deltagande, logit",
        basis="judgement",
        spread=(0.8, 1.2),
    )
    inertia: float = number(
        0.2,
        "log",
        (0, 3),
        "Persistence of R&D, logit",
        "FoU-verksamhetens varaktighet, logit",
        basis="judgement",
        uncertain=(0.0, 0.6),
        help_en="A firm gives R&D up only when it has fallen this far below where it would start.",
        help_sv="Ett företag slutar med FoU först när det fallit så här långt under nivån där det skulle börja.",
    )
    start_knowledge: float = number(
        20.0,
        "kSEK/FTE",
        (0, 1000),
        "Knowledge per worker at which participation of the start is judged",
        "Kunskap per anställd vid vilken startlägets deltagande bedöms",
        basis="judgement",
        uncertain=(5, 60),
        help_en="Between firms without and with R&D: what a firm does depends on what it did.",
        help_sv="Mellan företag utan och med FoU: vad ett företag gör beror på vad det gjorde.",
    )
    intensity: tuple[float, ...] = vector(
        (0.02, 0.8),
        ("median", "sd"),
        "1",
        ((0.0001, 0.2), (0, 2)),
        "R&D per krona of sales before scaling, lognormal",
        "FoU per omsatt krona före skalning, lognormal",
        basis="judgement",
        spread=(0.7, 1.3),
        help_en="Scaled by county so that small firms make their share of business R&D.",
        help_sv="Skalas per län så att de små företagen står för sin andel av näringslivets FoU.",
    )
    intensity_limit: float = number(
        0.2,
        "1",
        (0.01, 1),
        "Highest R&D per krona of sales",
        "Högsta FoU per omsatt krona",
        basis="judgement",
        uncertain=(0.15, 0.4),
    )
    sme_share: float = number(
        0.20,
        "1",
        (0, 1),
        "Small and medium-sized firms' share of business R&D",
        "Små och medelstora företags andel av näringslivets FoU",
        basis="judgement",
        uncertain=(0.15, 0.25),
        help_en="At the start, in each county; anchor employers make the rest.",
        help_sv="Vid start, i varje län; storföretagen står för resten.",
    )
    grant_response: tuple[float, ...] = vector(
        (1.15, 1.0, 0.6),
        ("small", "medium", "large"),
        "1",
        (0, 2),
        "R&D per krona of grant",
        "FoU per bidragskrona",
        basis="derived:DP,TACR",
        spread=(0.6, 1.4),
        help_en="0: the grant replaces the firm's own money; 1: it adds to it. For 2-9, 10-49 and 50-249 employees.",
        help_sv="0: bidraget ersätter egna pengar; 1: det läggs till. För 2-9, 10-49 och 50-249 anställda.",
    )
    cost_elasticity: float = number(
        1.0,
        "1",
        (0, 5),
        "Answer of R&D to its cost",
        "FoU:s svar på kostnaden",
        basis="derived:DEIN",
        uncertain=(0.3, 2.6),
    )


@dataclass(frozen=True, slots=True)
class ResearchFlows:
    """Money behind a quarter's R&D; kSEK/q. What is spent stands in the firms' column.

    grant     (firms,) or 0  grants in force
    relief    (firms,) or 0  public part of the cost, by relief
    cost      (firms,)       what firms pay beyond the R&D that their costs have held since they entered
    """

    grant: Floats | float
    relief: Floats | float
    cost: Floats


def participation(log_size: Floats, capacity: Floats, performs: Flags | bool, p: Research) -> Floats:
    """Chance to perform R&D: sigma(-3.2 + 0.8 ln n + 1.0 ac + 0.2 [performs already]); (rows,).

    Source: Model text 4.3; judgement (persistence).
    """
    constant, slope, weight = single(p.participation)
    score: Floats = constant + slope * log_size
    score += weight * capacity
    score += np.float32(p.inertia) * np.asarray(performs)
    chance: Floats = 1 / (1 + np.exp(-score))
    return chance


def intensity_scale(raw: Floats, sales: Floats, county: Small, target: Floats, limit: float) -> Floats:
    """Factor on R&D per krona of sales with which each county's R&D is its target; (counties,).

    sum over the county's firms of min(scale raw, limit) sales = target; 1 in a county without R&D

    raw     (rows,)      1       before scaling, 0 without R&D
    sales   (rows,)      kSEK/q
    target  (counties,)  kSEK/q

    Source: Model text 4.3; SCBFOU.
    """
    scale = np.ones(len(target))
    for _ in range(30):
        total = np.bincount(county, np.minimum(scale[county] * raw, limit) * sales, len(target))
        scale *= np.divide(target, total, out=np.ones(len(target)), where=total > 0)
    return np.minimum(scale, 1e6).astype(np.float32)


def sme_research(region: Region, scale: float, p: Research) -> Floats:
    """R&D of small and medium-sized firms at the start, kSEK/q, (counties,). Source: Model text 4.3; SCBFOU."""
    return region.business_rd.astype(np.float64) * (KSEK / 4 * p.sme_share * scale)


def anchor_research(anchors: Anchors, region: Region, scale: float, wage_index: float, p: Research) -> Floats:
    """R&D of anchor employers, kSEK/q, (anchors,).

    The county's other part of business R&D, divided by value added at the start; it moves with each one's staff and
    with the wage index.  Source: Model text 4.3; SCBFOU.
    """
    worth = anchors.employment_start * region.industries.value_added_per_worker[anchors.industry]
    county = region.county[anchors.municipality]
    whole = np.bincount(county, worth, len(region.county_codes))
    rest = region.business_rd.astype(np.float64) * (KSEK / 4 * (1 - p.sme_share) * scale)
    share = worth * np.divide(rest, whole, out=np.zeros_like(whole), where=whole > 0)[county]
    grown = anchors.employment / np.maximum(anchors.employment_start, np.float32(1e-6))
    spent: Floats = (share * grown * wage_index).astype(np.float32)
    return spent


def answer_to_grant(employment: Floats, grant: Floats, p: Research) -> Floats:
    """R&D that a grant leads to: alpha G; alpha 1.15, 1.0, 0.6 by size. Same unit as the grant, (rows,).

    The firm's own part changes by (alpha - 1) G.  Source: Model text 4.3; DP, TACR.
    """
    first, second = SIZE_LIMITS
    klass = (employment >= np.float32(first)).astype(np.intp) + (employment >= np.float32(second))
    added: Floats = single(p.grant_response)[klass] * grant
    return added


def budget_due(world: World) -> Rows:
    """Rows of the firms that make their yearly budget this quarter, a quarter of all."""
    return rows_where((world.firms.slot + world.quarter) % BUDGET_QUARTERS == 0)


def decide_research(world: World, due: Rows, p: Research) -> None:
    """Let the firms whose budget is due start or stop R&D; those that research has founded live of it and go on."""
    firms = world.firms
    before = firms.rd_performer.take(due)
    size = np.log(np.maximum(firms.employment.take(due), np.float32(0.5)))
    chance = participation(size, firms.absorptive_capacity.take(due), before, p)
    performs = world.traits.of(TASTE, 0, firms.slot.take(due)) < chance
    if len(world.spin_offs):
        performs |= np.isin(firms.slot.take(due), world.spin_offs)
    firms.rd_performer[due] = performs
    world.note("started_rd", due[performs & ~before])


def plan_research(world: World, p: Research) -> ResearchFlows:
    """Spend on R&D this quarter: own plans on last quarter's sales, and what grants and reliefs add.

    The R&D of a firm's first quarter is held in its costs ever after, as staff and services that it pays anyway; what
    it does more or less than that, it pays or saves.  Source: Model text 4.3.
    """
    firms, levers = world.firms, world.levers
    own = firms.rd_intensity * firms.sales
    spending = own * firms.rd_performer
    cost = np.zeros(firms.size, np.float32)
    changed = rows_where(firms.rd_performer != firms.rd_in_costs)
    cost[changed] = np.where(firms.rd_performer[changed], own[changed], -own[changed])
    cut, grant = levers.firm("research_cost_relief"), levers.firm("research_grant")
    relief: Floats | float = 0.0
    if not isinstance(cut, float) or cut:
        more = spending * (1 + np.float32(cut) * np.float32(p.cost_elasticity))
        relief = np.float32(cut) * more
        cost += more - relief - spending
        spending = more
    if not isinstance(grant, float) or grant:
        grant = np.broadcast_to(np.float32(0.25) * np.float32(grant), (firms.size,))
        added = answer_to_grant(firms.employment, grant, p)
        cost += added - grant
        spending = spending + added
    firms.rd_spending = spending
    return ResearchFlows(grant, relief, cost)


def grants_in_force(flows: ResearchFlows) -> tuple[Rows, Floats]:
    """Rows with an R&D grant this quarter, and kSEK each: what delivery has to pay."""
    if isinstance(flows.grant, float):
        return np.empty(0, np.intp), np.empty(0, np.float32)
    rows = rows_where(flows.grant > 0)
    return rows, flows.grant[rows]


def reliefs_in_force(flows: ResearchFlows) -> tuple[Rows, Floats]:
    """Rows with cheaper R&D this quarter, and kSEK each: what the state forgoes."""
    if isinstance(flows.relief, float):
        return np.empty(0, np.intp), np.empty(0, np.float32)
    rows = rows_where(flows.relief > 0)
    return rows, flows.relief[rows]
