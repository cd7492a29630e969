"""The first population: every column of every firm, in the order of Model text 1.7, and what markets were then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.agents.columns import Flags, Floats
from simulator.agents.firms import ENGINEERS, GREEN, NEVER, PEERS, TECHNICIANS, Anchors, Firms
from simulator.agents.luck import Luck
from simulator.agents.networks import LONG_TIES, Networks, draw_peers, draw_suppliers, meeting_places
from simulator.agents.people import People
from simulator.agents.world import SupplyChain
from simulator.economy import demand, demography, finance
from simulator.economy.demand import Markets, Series
from simulator.economy.labour_rules import LabourMarket, LabourState
from simulator.economy.labour_start import Pool, initial_labour, initial_people, initial_shortage, initial_vacancies
from simulator.population.knowledge import (
    ROWS_AT_ONCE,
    add_circular_novelty,
    first_knowledge,
    knowledge_traits,
    scale_research,
)
from simulator.population.nursery import Nursery, Origins
from simulator.population.traits import (
    Groups,
    Prices,
    Uniforms,
    bought_services,
    by_class,
    common_traits,
    level_from,
    normal,
    open_transitions,
    owner_ages,
    pay_factor,
    place_firms,
    size_class,
)
from simulator.region.facts import Region
from simulator.region.gravity import Places
from simulator.region.synthesis import firm_counts, truncated_pareto
from simulator.transitions.competence import Training, desired_shares, initial_trainees
from simulator.transitions.digitalisation import level_gain
from simulator.transitions.gates import TRACKS
from simulator.transitions.innovation import absorptive_capacity
from simulator.transitions.internationalisation import (
    entry_hazard,
    exit_hazard,
    happens,
    learning_gain,
    markets_of,
    reentry,
    sales_grown,
    stage_intensity,
)
from simulator.transitions.learning import knowledge_intensity

SIZES = ((2.0, 10.0), (10.0, 50.0), (50.0, 250.0))
LONGEST_EXPORT = 120


@dataclass(frozen=True, slots=True)
class Start:
    """All that a run starts from; shared between runs and never written to, runs take copies.

    base     (industries,)  log   productivity base a0_s
    pay      (industries,)  1     wage factor pay_s
    services (industries,)  1     bought services per krona of sales
    exporters (industries,)  1   share of exporters at the start
    adopters  by transition, (levels, industries)  1  share of firms at each level or above at the start
    known    (industries,)  kSEK/FTE  mean knowledge per worker of firms at the start
    nursery         new firms by quarter, drawn ahead
    entry           firms/q  exits per quarter at the start, which entry replaces; most_entrants slots per quarter
    """

    firms: Firms
    anchors: Anchors
    chain: SupplyChain
    markets: Markets
    people: People
    labour: LabourState
    base: Floats
    pay: Floats
    services: Floats
    exporters: Floats
    adopters: Mapping[str, Floats]
    known: Floats
    nursery: Nursery
    entry: float
    most_entrants: int


@lru_cache(maxsize=4)
def first_population(
    region: Region, scale: float, seed: int, prices: Prices, p: Groups, networks: Networks, training: Training,
    labour: LabourMarket, pool: Pool,
) -> Start:  # fmt: skip
    """Draw the first population of `region` with luck `seed`; the same arguments give the same object.

    Source: Model text 1.5, 1.7; SPEC.
    """
    luck = Luck(seed)
    firms = _place_and_size(region, scale, luck)
    count = firms.size
    rows = np.arange(count)

    def uniforms(name: str, lines: int = 0) -> Floats:
        return luck.table(name, 0, lines, count) if lines else luck.uniforms(name, 0, count)

    common_traits(firms, rows, uniforms, region, p)
    _first_traits(firms, uniforms, p)
    knowledge_traits(firms, uniforms, luck, p.research.start_knowledge, p)
    anchors = _anchors(region, scale)
    chain, places = _links(firms, region, luck, networks)
    raw_research = first_knowledge(firms, region, scale, p)
    base, relative = _productivity(firms, region, p)
    _export_history(firms, relative, region, luck, training, p)
    add_circular_novelty(firms, p)
    base, relative = _productivity(firms, region, p)
    firms.log_reference = firms.log_productivity
    _staff(firms, region, training, p)
    people, state = _labour(firms, anchors, region, labour, pool)
    markets, orders = _demand(firms, chain, anchors.size, region, state, p)
    anchors.orders_start = anchors.orders = orders
    pay, services = _finance(firms, region, relative, prices, uniforms, p)
    research = scale_research(firms, raw_research, firms.sales, region, scale, p)
    donors, entry = _turnover(firms, relative, p)
    count = len(region.industries.codes)
    equal = np.ones(firms.size, np.float32)

    def mean(fact: Floats | Flags) -> Floats:
        return demand.industry_means(fact, equal, firms.industry, count).astype(np.float32)

    adopters = {
        track.name: np.stack([mean(track.level(firms) > step) for step in range(track.top)]) for track in TRACKS
    }
    known = mean(knowledge_intensity(firms.knowledge, firms.employment))
    most = int(np.ceil(1.5 * entry))
    origins = Origins(donors, places, base, research, most)
    return Start(
        firms, anchors, chain, markets, people, state, base, pay, services, mean(firms.exporting), adopters, known,
        Nursery(region, seed, origins, p, networks, training), entry, most,
    )  # fmt: skip


def _place_and_size(region: Region, scale: float, luck: Luck) -> Firms:
    counts = firm_counts(region, scale)
    municipality, industry, klass = (
        np.repeat(index, counts.ravel()) for index in np.unravel_index(np.arange(counts.size), counts.shape)
    )
    firms = Firms(len(klass), spare=len(klass) // 12)
    rows = np.arange(firms.size)
    firms.slot = rows
    place_firms(firms, rows, municipality, industry, region)
    u = luck.uniforms("init.size", 0, firms.size).astype(np.float64)
    employment = np.empty(firms.size)
    for code, (low, high) in enumerate(SIZES):
        own = klass == code
        employment[own] = truncated_pareto(u[own], low, high, region.constants.pareto_exponent)
    firms.employment = employment
    return firms


def _first_traits(firms: Firms, uniforms: Uniforms, p: Groups) -> None:
    """What the first population draws by rules of its own."""
    klass = size_class(firms.employment)
    firms.age = -p.demography.mean_age * np.log1p(-uniforms("init.age").astype(np.float64))
    firms.idiosyncratic = np.float32(p.innovation.spread_start) * normal(uniforms("init.idiosyncratic"))
    reach = by_class(p.digital.reach_small, p.digital.reach_medium, p.digital.reach_large, klass)
    firms.digital_level = level_from(uniforms("init.digital"), reach)
    mean, sd = p.innovation.management_start
    firms.management = np.clip(mean + sd * normal(uniforms("init.management")), 0, 1)
    firms.owner_age = owner_ages(uniforms("init.owner"), p.demography)
    open_transitions(firms)


def _anchors(region: Region, scale: float) -> Anchors:
    facts = region.anchors
    anchors = Anchors(len(facts.names))
    anchors.municipality = facts.municipality
    anchors.zone = facts.zone
    anchors.industry = facts.industry
    anchors.employment_start = anchors.employment = facts.employees * np.float32(scale)
    anchors.staff = region.industries.composition[facts.industry].T * anchors.employment
    anchors.orders_kept[:] = 1
    anchors.open[:] = 1
    return anchors


def _links(firms: Firms, region: Region, luck: Luck, networks: Networks) -> tuple[SupplyChain, Places]:
    """Draw suppliers of anchor employers and peers of all firms."""
    count = firms.size
    edges = draw_suppliers(
        region, networks, firms.slot, firms.municipality, region.industries.manufacturing[firms.industry],
        firms.employment, luck.uniforms("network.supplier", 0, count), luck.uniforms("network.second", 0, count),
        luck.table("network.anchor", 0, 2, count),
    )  # fmt: skip
    firms.supplier[edges.firm] = True
    firms.mne_link = firms.supplier
    places = meeting_places(region, networks, firms.slot, firms.municipality, firms.industry)
    for first in range(0, count, ROWS_AT_ONCE):
        rows = np.arange(first, min(first + ROWS_AT_ONCE, count))
        firms.peers[:, rows] = draw_peers(
            places, firms.slot, rows, edges.anchor, edges.firm.astype(np.intp),
            luck.table("network.place", 0, PEERS - LONG_TIES, len(rows), first),
            luck.table("network.peer", 0, PEERS, len(rows), first),
        )  # fmt: skip
    return SupplyChain(edges.anchor, edges.firm, np.zeros(len(edges.firm), np.float32)), places


def _productivity(firms: Firms, region: Region, p: Groups) -> tuple[Floats, Floats]:
    """Set log productivity so that the industry's mean capacity is met; returns base a0_s and rel_i.

    a0_s: the employment-weighted mean of A in industry s is A_s. Source: Model text 1.7 #8.
    """
    count = len(region.industries.codes)
    own = demand.log_productivity(
        np.zeros(firms.size, np.float32), firms.idiosyncratic,
        firms.effectiveness * level_gain(firms.digital_level, p.digital),
        learning_gain(firms.export_stage, firms.export_age, p.export), np.zeros(firms.size, np.float32),
        np.zeros(firms.size, bool), firms.green_level >= 2, firms.digital_level >= 2, p.digital.disruption, 0.0,
        p.demand,
    )  # fmt: skip
    mean = demand.industry_means(np.exp(own), firms.employment, firms.industry, count)
    base = (np.log(region.industries.sales_capacity) - np.log(np.where(mean > 0, mean, 1))).astype(np.float32)
    firms.log_productivity = base[firms.industry] + own
    centre = demand.industry_means(firms.log_productivity, firms.employment, firms.industry, count)
    return base, firms.log_productivity - centre.astype(np.float32)[firms.industry]


def _export_history(firms: Firms, relative: Floats, region: Region, luck: Luck, training: Training, p: Groups) -> None:
    """Run export entry, exit and stages for 160 quarters with all else frozen, so that the start is stationary.

    Each firm is reset to non-exporter at its exit hazard, as a new firm would be. Source: Model text 1.7 #9.
    """
    count = firms.size
    log_size = np.log(firms.employment)
    shares = {True: training.international_exporter, False: training.international_other}
    staffed = {state: firms.employment * np.float32(share) >= p.export.staff_needed for state, share in shares.items()}
    nobody = np.zeros(count, np.float32)
    entry = {
        state: entry_hazard(
            log_size, relative, nobody, firms.digital_level >= 2, firms.mne_link, staffed[state],
            firms.new_product_share, region.industries.export_offset[firms.industry], p.export,
        )
        for state in staffed
    }  # fmt: skip
    able = _chance_of_cash(firms, p)
    reset = happens(demography.exit_hazard(firms.employment, firms.age, relative, p.demography))
    exit_now = exit_hazard(log_size, relative, firms.rural, np.zeros(count, np.int32), p.export)
    rise = happens(np.float32(p.export.stage_rate) * (1 + _guess_capacity(firms, region, p) + 0.5 * firms.mne_link))
    peers, known = np.maximum(firms.peers, 0), (firms.peers >= 0)
    degree = np.maximum(known.sum(0), 1).astype(np.float32)
    exporting, age, stage = np.zeros(count, bool), np.zeros(count, np.int32), np.zeros(count, np.int8)
    away = np.full(count, NEVER, np.int32)
    for quarter in range(int(p.export.history)):
        draw = luck.uniforms("init.export", quarter, 4)
        seen = (exporting[peers] & known).sum(0) / degree
        lift = np.exp(np.float32(p.export.entry[3]) * seen.astype(np.float32)) * reentry(away, p.export)
        starts = evenly(~exporting * happens(entry[False] * lift) * able, draw[0])
        decay = (1 + age * np.float32(0.25)) ** np.float32(p.export.exit[3])
        stops, closed = evenly(exporting * happens(exit_now * decay), draw[1]), evenly(reset, draw[2])
        ready = exporting & (stage < 3) & (age >= p.export.stage_wait) & staffed[True]
        rises = evenly(ready * rise, draw[3])
        away = np.where(closed, NEVER, np.where(stops, 0, away + 1))
        exporting = (exporting | starts) & ~(stops | closed)
        age = np.where(exporting, age + 1, 0)
        stage = np.where(exporting, np.maximum(stage + rises, 1), 0).astype(np.int8)
    firms.exporting, firms.export_stage = exporting, stage
    firms.export_markets = markets_of(stage, p.export)
    firms.export_age = np.minimum(age, LONGEST_EXPORT)
    firms.quarters_since_export = np.where(exporting, 0, away)
    firms.export_barrier = np.where(exporting, 8, 1)


def evenly(chance: Floats, draw: float) -> Flags:
    """Events with the given chances whose number is the expected one, up or down to a whole; (rows,).

    Firm i is chosen where the running sum of chances, started at `draw`, passes a whole number: systematic sampling.
    The start of a region then owes less to its luck. Source: CONST.

    >>> int(evenly(np.full(1000, 0.25), 0.5).sum())
    250
    """
    passed = np.floor(np.cumsum(chance, dtype=np.float64) + draw)
    return np.diff(passed, prepend=0.0) > 0


def _chance_of_cash(firms: Firms, p: Groups) -> Floats:
    """Chance that a firm's cash covers the cost of export entry, once cash has settled; (rows,)."""
    median, sd = p.export.settled_cash
    yearly = 4 * np.exp(firms.log_productivity) * firms.employment
    score = np.log(median * yearly / max(p.export.entry_cost, 1e-9)) / max(sd, 1e-9)
    return (1 / (1 + np.exp(-1.702 * score))).astype(np.float32)


def _guess_capacity(firms: Firms, region: Region, p: Groups) -> Floats:
    base = region.industries.composition[firms.industry]
    skilled = base[:, [TECHNICIANS, ENGINEERS, GREEN]].sum(1).astype(np.float32)
    known = knowledge_intensity(firms.knowledge, firms.employment)
    return absorptive_capacity(known, skilled, firms.management, p.innovation)


def _staff(firms: Firms, region: Region, training: Training, p: Groups) -> None:
    shares = desired_shares(firms.composition, firms.digital_level, firms.exporting, training)
    firms.staff = shares * firms.employment
    skilled = shares[[TECHNICIANS, ENGINEERS, GREEN]].sum(0)
    known = knowledge_intensity(firms.knowledge, firms.employment)
    firms.absorptive_capacity = absorptive_capacity(known, skilled, firms.management, p.innovation)
    firms.trainees = initial_trainees(firms.employment, firms.absorptive_capacity, training)


def _labour(
    firms: Firms, anchors: Anchors, region: Region, labour: LabourMarket, pool: Pool
) -> tuple[People, LabourState]:
    """Labour pool, job openings and shortage that go with the staff of the start. Source: Model text 1.7 #12, #13."""
    zones = len(region.zone_names)
    employed = np.zeros((zones, len(firms.staff)))
    for employers in (firms, anchors):
        for place, staff in enumerate(employers.staff):
            employed[:, place] += np.bincount(employers.zone, staff, zones)
    people = initial_people(employed, pool, labour)
    state = initial_labour(people, region.zone_minutes, region.rural, labour)
    firms.shortage = initial_shortage(firms.staff / firms.employment, firms.zone, state)
    firms.vacancies = initial_vacancies(firms.staff, firms.zone, state, people, labour)
    anchors.vacancies = initial_vacancies(anchors.staff, anchors.zone, state, people, labour)
    return people, state


def _demand(
    firms: Firms, chain: SupplyChain, anchors: int, region: Region, state: LabourState, p: Groups
) -> tuple[Markets, Floats]:
    """Demand by channel, order books of anchors, and the markets of the start. Source: Model text 1.7 #14."""
    count = len(region.industries.codes)
    capacity = np.exp(firms.log_productivity) * firms.employment
    total = capacity * (1 + firms.shortage)
    grown = sales_grown(firms.export_age, p.export)
    firms.demand_export = stage_intensity(firms.export_stage, p.export) * grown * total
    rest = total - firms.demand_export
    firms.demand_chain = np.float32(p.demand.chain_share) * rest * firms.supplier
    firms.demand_home = rest - firms.demand_chain
    firms.demand_before = total
    links = np.bincount(chain.slot, minlength=firms.size)
    value = firms.demand_chain[chain.slot] / links[chain.slot]
    orders = np.bincount(chain.anchor, value, anchors)
    chain.weight = demand.normalised(value, chain.anchor, anchors)
    firms.sales = np.minimum(total, capacity)
    strength = demand.industry_means(firms.log_productivity, firms.sales, firms.industry, count)
    centre = demand.industry_means(firms.log_productivity, firms.employment, firms.industry, count)
    overall = float(np.average(firms.log_productivity.astype(np.float64), weights=firms.sales))
    home: Floats = np.bincount(firms.industry, firms.demand_home, count)
    return Markets(home, strength, overall, centre.astype(np.float32)), orders.astype(np.float32)


def _finance(
    firms: Firms, region: Region, relative: Floats, prices: Prices, uniforms: Uniforms, p: Groups
) -> tuple[Floats, Floats]:
    """Wage factor, bought services, yearly sums, cash and debt. Source: Model text 1.6, 1.7 #15, #16, 4.2."""
    facts = region.industries
    industry, count = firms.industry, len(facts.codes)
    services = bought_services(firms, region, prices, p)
    equal = np.ones(firms.size, np.float32)
    wages = np.ones((len(region.zone_names), len(firms.staff)))
    cost = finance.labour_cost(firms.staff, wages, firms.zone, relative, equal, 1.0, p.finance)
    value_added = facts.value_added_share[industry] * firms.sales
    pay = pay_factor({
        "share": facts.labour_share,
        "value_added": np.bincount(industry, value_added, count),
        "cost": np.bincount(industry, cost, count),
    }).astype(np.float32)  # fmt: skip
    firms.sales_year = 4 * firms.sales
    firms.ebitda_year = 4 * (value_added - pay[industry] * cost)
    median, sd = p.finance.cash_start
    firms.cash = firms.sales_year * np.float32(median) * np.exp(np.float32(sd) * normal(uniforms("init.cash")))
    limit = finance.credit_limit(firms.ebitda_year, firms.sales_year, p.finance.collateral, p.finance)
    firms.debt = np.float32(p.finance.debt_start) * uniforms("init.debt") * limit
    return pay, services


def _turnover(firms: Firms, relative: Floats, p: Groups) -> tuple[Series, float]:
    """Whom new firms resemble and how many there are: the exits of the start. Source: Model text 4.2 (entry)."""
    leave = -np.expm1(
        -0.25 * demography.exit_hazard(firms.employment, firms.age, relative, p.demography).astype(np.float64)
    )
    handover = demography.handover_hazard(firms.owner_age, p.demography).astype(np.float64)
    closing = demography.closure_at_succession(firms.employment.astype(np.float64), 1.0, p.demography)
    exits = leave + 0.25 * handover * closing + p.demography.insolvency_start
    cumulative = np.cumsum(exits)
    return cumulative / cumulative[-1], float(cumulative[-1])
