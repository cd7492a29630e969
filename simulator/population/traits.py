"""Who a firm is when it enters: the same rules for the first population and new firms (Model text 1.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from simulator.agents.columns import Floats, Rows, Small, single
from simulator.agents.firms import DONE, SIZE_LIMITS, UNAWARE, UNDECIDED, Firms
from simulator.economy.demand import Demand, industry_means
from simulator.economy.demography import Demography, from_table, normal_quantiles, stationary_owner_ages
from simulator.economy.finance import Finance
from simulator.quantity import number, vector
from simulator.region.facts import Region
from simulator.region.schemas import COMPETENCE_CODES
from simulator.transitions.circular import Circular, material_left
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.gates import TRACKS
from simulator.transitions.green import Green, carbon_left, energy_left
from simulator.transitions.innovation import Innovation
from simulator.transitions.internationalisation import Internationalisation
from simulator.transitions.research import Research
from simulator.transitions.symbiosis import Symbiosis
from simulator.transitions.testbeds import Visiting


class Uniforms(Protocol):
    """Draws of the firms at hand for a named use: (rows,), or (lines, rows) when several are asked for."""

    def __call__(self, name: str, lines: int = 0) -> Floats:
        """Uniform in [0, 1)."""


@dataclass(frozen=True, kw_only=True)
class Population:
    """Parameters of the first population that belong to no submodel."""

    concentration: float = number(
        25.0,
        "1",
        (1, 1000),
        "Likeness of firms in an industry",
        "Företagens likhet inom en bransch",
        basis="judgement",
        uncertain=(15, 40),
        help_en="Concentration of the Dirichlet draw of base composition.",
        help_sv="Koncentration i Dirichletdragningen av grundsammansättning.",
    )
    cluster: float = number(
        0.12, "1", (0, 1), "Cluster members", "Klustermedlemmar", basis="judgement", uncertain=(0.08, 0.18)
    )
    university: tuple[float, ...] = vector(
        (0.03, 0.10),
        ("base", "with_rd"),
        "1",
        (0, 1),
        "Firms with a university link",
        "Företag med högskolelänk",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    green_small: tuple[float, ...] = vector(
        (0.30, 0.05, 0.005),
        ("1", "2", "3"),
        "1",
        (0, 1),
        "At or above green level, 2-9 employees",
        "På eller över grön nivå, 2-9 anställda",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    green_medium: tuple[float, ...] = vector(
        (0.45, 0.12, 0.02),
        ("1", "2", "3"),
        "1",
        (0, 1),
        "At or above green level, 10-49 employees",
        "På eller över grön nivå, 10-49 anställda",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    green_large: tuple[float, ...] = vector(
        (0.65, 0.25, 0.05),
        ("1", "2", "3"),
        "1",
        (0, 1),
        "At or above green level, 50-249 employees",
        "På eller över grön nivå, 50-249 anställda",
        basis="judgement",
        spread=(0.5, 1.3),
    )
    growth_to_size: float = number(
        0.2,
        "1/yr",
        (0.02, 2),
        "Yearly growth by which firms of the start got to their size",
        "Årlig tillväxt som tagit startlägets företag till sin storlek",
        basis="judgement",
        uncertain=(0.1, 0.4),
        help_en="A large firm cannot be new: decides how much knowledge it has built up.",
        help_sv="Ett stort företag kan inte vara nytt: avgör hur mycket kunskap det byggt upp.",
    )
    entrant_order: float = number(
        0.25,
        "1",
        (0, 1),
        "Orders of a new supplier, share of its demand",
        "Ny leverantörs order, andel av dess efterfrågan",
        basis="judgement",
        uncertain=(0.1, 0.4),
    )
    level_shift_per_year: float = number(
        0.012,
        "1/yr",
        (0, 0.1),
        "Digital levels before 2026, share a year",
        "Digitala nivåer före 2026, andel per år",
        basis="derived:SPEC",
        uncertain=(0.006, 0.02),
        help_en="A run that starts before 2026 starts with so much lower shares of firms at or above each digital "
        "level, per year; its firms are otherwise those of 2026.",
        help_sv="En körning som börjar före 2026 startar med så mycket lägre andel företag på eller över varje "
        "digital nivå, per år; företagen är i övrigt 2026 års.",
    )


FIRMS_OF = 2026.0
"""Year whose firms the first population describes."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Parameter groups that the population needs; hashable, so that a first population can be kept."""

    population: Population
    innovation: Innovation
    digital: Digitalisation
    green: Green
    circular: Circular
    symbiosis: Symbiosis
    export: Internationalisation
    demand: Demand
    finance: Finance
    demography: Demography
    research: Research
    testbeds: Visiting


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of the first quarter: electricity SEK/kWh, carbon SEK/t, material index."""

    electricity: float
    carbon: float
    material: float


def levels_at(start: float, p: Groups) -> Groups:
    """Parameters with the digital levels of a start before 2026: shares at or above each level less 1.2 pp a year.

    start  decimal year.  Source: Model text 8.1 V25.
    """
    years = max(FIRMS_OF - start, 0.0)
    if not years:
        return p
    shift = p.population.level_shift_per_year * years
    digital = p.digital
    small, medium, large = (
        tuple(max(share - shift, 0.0) for share in reach)
        for reach in (digital.reach_small, digital.reach_medium, digital.reach_large)
    )
    return replace(p, digital=replace(digital, reach_small=small, reach_medium=medium, reach_large=large))


@lru_cache(maxsize=2)
def _normal_table() -> Floats:
    return normal_quantiles()


@lru_cache(maxsize=4)
def _owner_table(p: Demography) -> Floats:
    return stationary_owner_ages(p)


def normal(u: Floats) -> Floats:
    """Standard normal deviates by inverse distribution function; shape of u. Source: CONST."""
    return from_table(u, _normal_table())


def size_class(employment: Floats) -> Small:
    """Size class of SMEs, 0: 2-9, 1: 10-49, 2: 50 and more; (rows,). Source: Model text 1.1."""
    klass: Small = (employment >= SIZE_LIMITS[0]).astype(np.int8) + (employment >= SIZE_LIMITS[1]).astype(np.int8)
    return klass


def level_from(u: Floats, reach: Floats) -> Small:
    """Level of a firm from the shares at or above each level; u (rows,), reach (3, rows) or (3, 1), returns (rows,)."""
    level: Small = (u < reach).sum(0).astype(np.int8)
    return level


def by_class(small: tuple[float, ...], medium: tuple[float, ...], large: tuple[float, ...], klass: Small) -> Floats:
    """Vectors of the size classes laid out per firm; (components, rows)."""
    return single((small, medium, large))[klass].T


@lru_cache(maxsize=4)
def _gamma_tables(shapes: tuple[float, ...]) -> Floats:
    """Quantiles of Gamma(shape, 1) at 1,025 equal steps, one line per shape."""
    from scipy.special import gammaincinv

    steps = np.clip(np.arange(1025) / 1024, 0.25 / 1024, 1 - 0.25 / 1024)
    quantiles: Floats = gammaincinv(np.array(shapes)[:, None], steps).astype(np.float32)
    return quantiles


def composition(industry: Small, uniforms: Uniforms, base: Floats, concentration: float) -> Floats:
    """Own base composition, Dirichlet(25 base) by normalised gammas; (5, rows).

    base  (industries, 5)  the industry's composition.  Source: Model text 1.7 #6.
    """
    u = uniforms("init.composition", len(COMPETENCE_CODES))
    shapes = np.round(concentration * base.astype(np.float64), 6)
    tables = _gamma_tables(tuple(shapes.ravel().tolist())).reshape(*shapes.shape, -1)
    place = u * np.float32(tables.shape[-1] - 1)
    left = np.minimum(place.astype(np.int32), tables.shape[-1] - 2)
    classes = np.arange(len(COMPETENCE_CODES))[:, None]
    low = tables[industry, classes, left]
    weight = low + (place - left) * (tables[industry, classes, left + 1] - low)
    shares: Floats = weight / weight.sum(0)
    return shares


def place_firms(firms: Firms, rows: Rows, municipality: Rows, industry: Rows, region: Region) -> None:
    """Write place and industry, and all that follows from them by lookup."""
    firms.municipality[rows] = municipality
    firms.industry[rows] = industry
    firms.county[rows] = region.county[municipality]
    firms.zone[rows] = region.zone[municipality]
    firms.rural[rows] = region.rural[municipality]
    firms.energy_intensity[rows] = region.industries.energy_intensity[industry]
    firms.carbon_intensity[rows] = region.industries.carbon_intensity[industry]


def common_traits(firms: Firms, rows: Rows, uniforms: Uniforms, region: Region, p: Groups) -> None:
    """Draw what follows the same rule for first and new firms; employment and industry are already there."""
    industry = firms.industry[rows]
    firms.effectiveness[rows] = p.digital.effect_start
    firms.aware_digital[rows] = uniforms("init.aware") < p.digital.aware_start
    base = region.industries.composition
    firms.composition[:, rows] = composition(industry, uniforms, base, p.population.concentration)
    firms.cluster_member[rows] = uniforms("init.cluster") < p.population.cluster
    klass = size_class(firms.employment[rows])
    green = by_class(p.population.green_small, p.population.green_medium, p.population.green_large, klass)
    firms.green_level[rows] = level_from(uniforms("init.green"), green)
    firms.circular_level[rows] = level_from(uniforms("init.circular"), single(p.circular.reach)[:, None])
    firms.aware_green[rows] = uniforms("init.aware_green") < p.green.aware_start
    firms.aware_circular[rows] = uniforms("init.aware_circular") < p.circular.aware_start


def open_transitions(firms: Firms) -> None:
    """Settle who considers a next step and what holds it back, once all levels are drawn: nothing is above the top."""
    for track in TRACKS:
        above = track.level(firms) == track.top
        track.aware(firms)[above] = False
        track.held(firms)[:] = np.where(above, np.int8(DONE), np.where(track.aware(firms), UNDECIDED, UNAWARE))


def owner_ages(u: Floats, p: Demography) -> Floats:
    """Owners' ages at the start from the stationary profile; years, shape of u. Source: Model text 1.7 #17."""
    return from_table(u, _owner_table(p))


def pay_factor(labour: Mapping[str, Floats]) -> Floats:
    """Industry factor on wages that gives the labour share of value added at the start; (industries,).

    labour  "share" labour share, "value_added" kSEK/q, "cost" labour cost at factor 1 kSEK/q; (industries,) each

    Source: Model text 4.2 (pay_s).
    """
    cost = labour["cost"]
    factor: Floats = np.divide(labour["share"] * labour["value_added"], cost, out=np.ones_like(cost), where=cost > 0)
    return factor


def bought_services(firms: Firms, region: Region, prices: Prices, p: Groups) -> Floats:
    """Services per krona of sales, so that value added has its share in every industry at the start; (industries,).

    What first firms save of material already counts as services: the industry's figures are those of its firms as
    they are, not at level 0. Source: Model text 1.6, 4.5; SPEC.
    """
    facts, count = region.industries, len(region.industries.codes)
    energy, carbon, material = (
        industry_means(left, firms.sales, firms.industry, count)
        for left in (
            energy_left(firms.green_level, firms.digital_level, p.green),
            carbon_left(firms.green_level, p.green),
            material_left(firms.circular_level, p.circular),
        )
    )
    energy *= prices.electricity * facts.energy_intensity / 1e3
    carbon *= prices.carbon * facts.carbon_intensity / 1e6
    saved = prices.material * facts.material_intensity * (1 - material)
    rest = p.finance.service_share * (1 - facts.value_added_share) - energy - carbon + saved
    return rest.astype(np.float32)
