"""What firms know, research and sell of new products when they enter, such that it stands still (Model text 4.3)."""

from __future__ import annotations

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole
from simulator.agents.firms import ENGINEERS, GREEN, TECHNICIANS, Firms
from simulator.agents.luck import Luck
from simulator.population.traits import Groups, Uniforms, normal
from simulator.region.facts import Region
from simulator.transitions import innovation
from simulator.transitions.circular import new_products_kept
from simulator.transitions.research import TASTE, intensity_scale, participation, sme_research

ROUNDS = 16
"""Rounds in which knowledge and that of peers settle; each shrinks the distance to about a third."""
ROWS_AT_ONCE = 65_536
"""Firms that look at their peers together: for all at once it would take most of a large region's memory."""


def knowledge_traits(firms: Firms, uniforms: Uniforms, traits: Luck, judged_at: float, p: Groups) -> None:
    """Who performs R&D and how much of it, and who has a university link; of all rows, whose other traits are there.

    judged_at  kSEK/FTE  knowledge per worker at which participation is judged

    R&D per krona of sales is what the firm would do if it performed any, not yet scaled to the county.
    Source: Model text 1.7 #5, #11, 4.3.
    """
    known = np.full(firms.size, judged_at, np.float32)
    capacity = innovation.absorptive_capacity(known, _skilled(firms), firms.management, p.innovation)
    chance = participation(np.log(firms.employment), capacity, False, p.research)
    firms.rd_performer = traits.of(TASTE, 0, firms.slot) < chance
    firms.rd_in_costs = firms.rd_performer
    median, sd = p.research.intensity
    firms.rd_intensity = np.float32(median) * np.exp(np.float32(sd) * normal(uniforms("init.rd_intensity")))
    link, extra = p.population.university
    chance = np.float32(link) + np.float32(extra) * firms.rd_performer
    firms.university_link = uniforms("init.university") < chance


def scale_research(firms: Firms, raw: Floats, sales: Floats, region: Region, scale: float, p: Groups) -> Floats:
    """Set R&D so that small firms make their share of each county's; returns the factor by county, (counties,).

    raw  (rows,)  1  before scaling;  sales  (rows,)  kSEK/q.  Source: Model text 4.3; SCBFOU.
    """
    limit = p.research.intensity_limit
    target = sme_research(region, scale, p.research)
    factor = intensity_scale(raw * firms.rd_performer, sales, firms.county, target, limit)
    firms.rd_intensity = scaled_intensity(raw, factor[firms.county], p)
    firms.rd_spending = firms.rd_intensity * sales * firms.rd_performer
    return factor


def scaled_intensity(raw: Floats, factor: Floats, p: Groups) -> Floats:
    """R&D per krona of sales: min(factor x raw, limit); (rows,). Source: Model text 4.3."""
    scaled: Floats = np.minimum(factor * raw, np.float32(p.research.intensity_limit))
    return scaled


def first_knowledge(firms: Firms, region: Region, scale: float, p: Groups) -> Floats:
    """Give the first population knowledge that stands still, and what follows from it; returns unscaled R&D, (rows,).

    K/n = 5 + (K*/n - 5) (1 - (1 - 0.0375)^a),  K* where R&D and inflow make up for ageing

    so that firms stand where new firms get to at their age a, which is at least what growth to their size takes. Sales
    are not known yet: the industry's capacity per worker times own productivity stands in.
    Source: Model text 4.3; judgement (growth).
    """
    raw = firms.rd_intensity.copy()
    capacity = region.industries.sales_capacity.take(firms.industry) * np.exp(firms.idiosyncratic)
    scale_research(firms, raw, capacity * firms.employment, region, scale, p)
    known = _settled(firms, p)
    firms.knowledge = known * firms.employment
    settle_novelty(firms, known, p)
    return raw


def _settled(firms: Firms, p: Groups) -> Floats:
    """Knowledge per worker of the start; kSEK/FTE, (rows,)."""
    rules = p.innovation
    skilled, one = _skilled(firms), np.ones(firms.size, np.float32)
    research = firms.rd_spending / firms.employment
    new = np.float32(rules.knowledge_without_rd)
    growing = np.log(firms.employment / np.float32(p.demography.entrant_size[0])) * np.float32(
        4 / p.population.growth_to_size
    )
    age = np.maximum(firms.age, growing)
    grown = -np.expm1(np.log1p(np.float32(-rules.depreciation)) * age)
    level = np.where(firms.rd_performer, np.float32(rules.knowledge_scale), new)
    for _ in range(ROUNDS):
        seen = _mean_of_peers(level, firms.peers)
        capacity = innovation.absorptive_capacity(level, skilled, firms.management, rules)
        inflow = innovation.knowledge_inflow(capacity, one, seen, firms.university_link, ~one.astype(bool), 0.0, rules)
        gained = innovation.next_knowledge(0 * level, research, inflow, rules)
        level = new + grown * (gained / np.float32(rules.depreciation) - new)
    return level


def _mean_of_peers(level: Floats, peers: Whole) -> Floats:
    """Mean `level` of each firm's peers, 0 without any; (rows,)."""
    mean = np.empty(peers.shape[1], level.dtype)
    for first in range(0, len(mean), ROWS_AT_ONCE):
        span = slice(first, first + ROWS_AT_ONCE)
        known = peers[:, span] >= 0
        degree = np.maximum(known.sum(0), 1).astype(np.float32)
        mean[span] = (level[np.maximum(peers[:, span], 0)] * known).sum(0) / degree
    return mean


def settle_novelty(firms: Firms, known: Floats, p: Groups) -> None:
    """Sales from new products, and own productivity, that the firm's chance to innovate leads to.

    known  (rows,)  kSEK/FTE  knowledge per worker.  Source: Model text 4.2, 4.3.
    """
    links = (firms.cluster_member, 0.0, firms.university_link, 0.0)
    chance = innovation.innovation_chance(known, links, 1.0, p.innovation)
    firms.new_product_share = innovation.settled_new_products(chance, p.innovation)
    firms.idiosyncratic += innovation.settled_productivity(chance, p.innovation)


def add_circular_novelty(firms: Firms, p: Groups) -> None:
    """What circular business models sell of new products when a firm enters, on top of what innovation leads to.

    At the start it comes after the exporters, whom so small a difference would only draw anew. Source: Model text 4.5.
    """
    kept = new_products_kept(firms.circular_level, p.circular)
    firms.new_product_share = np.minimum(firms.new_product_share + kept, 1)


def new_knowledge(firms: Firms, factor: Floats, p: Groups) -> None:
    """Knowledge of new firms: little of it, whether they perform R&D or not.

    factor  (counties,)  scale of R&D.  Source: Model text 4.2 (entrant).
    """
    firms.rd_intensity = scaled_intensity(firms.rd_intensity, factor[firms.county], p)
    known = np.full(firms.size, p.innovation.knowledge_without_rd, np.float32)
    firms.knowledge = known * firms.employment
    settle_novelty(firms, known, p)


def spin_off(firms: Firms, rows: Rows, p: Groups) -> None:
    """Make new firms in `rows` spin-offs of research: R&D, knowledge at its scale, and a university link.

    Source: Model text 4.2 (entry, spin-offs); judgement.
    """
    firms.rd_performer[rows] = firms.rd_in_costs[rows] = firms.university_link[rows] = True
    firms.knowledge[rows] = np.float32(p.innovation.knowledge_scale) * firms.employment[rows]
    skilled = firms.staff[[TECHNICIANS, ENGINEERS, GREEN]][:, rows].sum(0) / firms.employment[rows]
    known = np.full(len(rows), p.innovation.knowledge_scale, np.float32)
    firms.absorptive_capacity[rows] = innovation.absorptive_capacity(
        known, skilled, firms.management[rows], p.innovation
    )


def _skilled(firms: Firms) -> Floats:
    """Technicians, engineers and green specialists in the firm's own base composition; (rows,)."""
    skilled: Floats = firms.composition[TECHNICIANS] + firms.composition[ENGINEERS]
    skilled += firms.composition[GREEN]
    return skilled
