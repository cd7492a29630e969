"""The labour market: who leaves, who looks, who is hired, what it costs (Model text 4.7).

People are counted where they work while employed and where they live otherwise; `LabourState.commuters` remembers
who lives where, so that leavers return home. In every zone and class the employed equal the staff of firms and
anchor employers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small
from simulator.agents.firms import Anchors, Firms
from simulator.agents.people import ELSEWHERE, EMPLOYED, SEARCHING, Cells, People
from simulator.agents.switches import Switches
from simulator.economy.labour_rules import GROUPS, LabourFlows, LabourMarket, LabourState, Levers, group_rates
from simulator.economy.matching import (
    Real,
    commuting_weights,
    filled_share,
    matches,
    openings,
    sent_home,
    sums_by,
    wage_step,
)


def labour_quarter(
    firms: Firms, anchors: Anchors, people: People, state: LabourState, *, desired: Floats, desired_anchors: Floats,
    parameters: LabourMarket, levers: Levers, switches: Switches, constant: bool, retirement_rate: float,
) -> LabourFlows:  # fmt: skip
    """Leave, advertise, lay off, match, hire: one quarter for firms, anchors and people.

    desired (5, firms), desired_anchors (5, anchors) FTE; constant: who retires stays in the pool;
    retirement_rate 1/q of those aged 55-68. Source: Model text 4.7; SPEC.
    """
    zones = len(people.cells)
    pool = _pool(people, state, parameters, levers, retirement_rate)
    sides = (
        _side(firms, desired, firms.rural, zones, levers.firm("quit_factor")),
        _side(anchors, desired_anchors, state.rural[anchors.municipality], zones, 1.0),
    )
    for side in sides:
        leaving = side.leavers(pool.quits, pool.retirements + state.poached)
        side.vacancies, side.layoffs = openings(
            side.employers.staff, side.desired, leaving, parameters.closing_speed, parameters.layoff_speed
        )
    del leaving  # the largest arrays of the quarter: room for who leaves in the end
    by_firms, by_anchors = (sums_by(side.kind, side.vacancies, 2 * zones) for side in sides)
    offered = (by_firms + by_anchors).reshape(2, zones, 5)
    vacancies = offered[0] + offered[1]
    posts = np.where(vacancies > 0, vacancies, 1.0)
    if switches.labour_coupling:
        found = matches(pool.searchers, vacancies, matching_elasticity(parameters, levers))
        pool.finding = found / np.where(pool.searchers > 0, pool.searchers, 1.0)
        poached = parameters.searching_at_work * (pool.weights @ pool.finding)
    else:
        found, poached = vacancies, state.poached
    filled = filled_share(found, offered, np.exp([0.0, parameters.rural_appeal])).reshape(2 * zones, 5)
    quits = pool.quits * (pool.total + sides[0].quitters_kept(zones))
    for side in sides:
        side.commit(pool.quits, pool.retirements + poached, filled)
    flows = _flows(pool, vacancies, found, poached, quits, sides[0].after + sides[1].after)
    if switches.labour_coupling:
        _move_people(people, state, pool, flows, parameters, constant)
        _move_wages(state, pool, vacancies, parameters)
    state.fill = np.where(vacancies > 0, found / posts, state.fill)
    state.poached, state.unfilled = poached, vacancies - found
    return flows


def _move_wages(state: LabourState, pool: _Pool, vacancies: Real, parameters: LabourMarket) -> None:
    """Wages follow tightness relative to the start; where nobody worked at the start they stay."""
    known = state.tightness_start > 0
    tightness = vacancies / np.where(pool.searchers > 0, pool.searchers, 1e-9)
    ratio = np.where(known, tightness / np.where(known, state.tightness_start, 1.0), 1.0)
    state.wages = wage_step(state.wages, ratio, parameters.wage_elasticity, parameters.wage_speed)


@dataclass(slots=True)
class _Pool:
    """People at the start of the quarter: (zones, 5, groups) persons, or (zones, 5).

    reachable is who looks for work in a zone, wherever they live; quits and retirements are rates; divisor is total,
    1 where it is 0
    """

    employed: Cells
    searching: Cells
    reachable: Cells
    total: Real
    divisor: Real
    searchers: Real
    weights: Real
    quits: Real
    retirements: Real
    group_quits: Real
    group_retirements: Real
    finding: Real


def _pool(
    people: People, state: LabourState, parameters: LabourMarket, levers: Levers, retirement_rate: float
) -> _Pool:
    zones = len(people.cells)
    cells = people.cells.reshape(zones, 5, GROUPS, 3)
    employed, searching = cells[..., EMPLOYED].copy(), cells[..., SEARCHING].copy()
    reach = levers.zone("commuting_gain")
    weights = state.weights
    if isinstance(reach, np.ndarray) or reach:
        weights = commuting_weights(state.minutes, state.jobs, parameters.commuting_decay, parameters.own_zone, reach)
    looking = searching + parameters.searching_at_work * employed
    reachable = (weights.T @ looking.reshape(zones, -1)).reshape(looking.shape)
    total = employed.sum(axis=2)
    quits, retirements = group_rates(parameters, retirement_rate)
    divisor = np.where(total > 0, total, 1.0)
    retention = 1 - parameters.retention_by_training * state.training_share
    return _Pool(
        employed=employed,
        searching=searching,
        reachable=reachable,
        total=total,
        divisor=divisor,
        searchers=reachable.sum(axis=2),
        weights=weights,
        quits=employed @ quits / divisor * retention[:, None],
        retirements=employed @ retirements / divisor,
        group_quits=quits,
        group_retirements=retirements,
        finding=np.zeros_like(total),
    )


@dataclass(slots=True)
class _Side:
    """One side of demand, firms or anchors: arrays (5, rows) FTE, codes (rows,).

    kind = zone, or zones + zone for rural employers; factor on quits
    """

    employers: Firms | Anchors
    desired: Floats
    zone: Rows
    kind: Rows
    factor: float | Floats
    vacancies: Floats = field(init=False)
    layoffs: Floats = field(init=False)
    after: Real = field(init=False)

    def quitters_kept(self, zones: int) -> Real:
        """Staff weighted by how far policy holds quits down, (zones, 5): sum of (Q - 1) n."""
        if isinstance(self.factor, float) and self.factor == 1.0:
            return np.zeros((zones, 5))
        return sums_by(self.zone, self.employers.staff * (self.factor - np.float32(1)), zones)

    def leavers(self, quits: Real, others: Real) -> Floats:
        """Who leaves at these rates (zones, 5)."""
        return leavers(self.employers.staff, self.zone, quits, others, self.factor)

    def commit(self, quits: Real, others: Real, filled: Real) -> None:
        """Write staff, employment and vacancies after leavers at these rates, layoffs and hires."""
        employers = self.employers
        staff = employers.staff
        staff -= self.leavers(quits, others)
        staff -= self.layoffs
        staff += self.vacancies * _at(filled, self.kind)
        employers.vacancies = self.vacancies
        employers.employment = staff.sum(axis=0)
        self.after = sums_by(self.zone, staff, len(quits))
        if isinstance(employers, Firms):
            employers.shortage = shortage(employers.employment, self.desired.sum(axis=0))


def _side(employers: Firms | Anchors, desired: Floats, rural: Flags, zones: int, factor: float | Floats) -> _Side:
    zone = employers.zone.astype(np.intp)
    return _Side(employers, desired, zone, zone + zones * rural, factor)


def _at(table: Real, codes: Rows) -> Floats:
    """Values (codes, 5) at each row, shape (5, rows), single precision."""
    return np.take(table.T.astype(np.float32), codes, axis=1, mode="clip")


def matching_elasticity(parameters: LabourMarket, levers: Levers) -> Real:
    """Elasticity lam_c with what policy adds to each class, (5,) or (zones, 5). Source: Model text 3.1, 4.7; SPEC."""
    base, share = np.array(parameters.matching_elasticity), np.array(parameters.matching_gain_share)
    gain = levers.zone("matching_gain")
    return base + share * (gain[:, None] if isinstance(gain, np.ndarray) else gain)


def leavers(staff: Floats, zone: Rows, quits: Real, others: Real, factor: float | Floats) -> Floats:
    """Those who leave employers: n (quits Q + retirements + poached).

    staff (5, rows) FTE; quits, others (zones, 5) 1/q; factor Q a number or (rows,); returns (5, rows) FTE/q
    Source: Model text 4.7; SPEC.
    """
    if isinstance(factor, np.ndarray):  # rows with factor 1 keep every bit of what they would be without levers
        rate = _at(quits + others, zone)
        rate += _at(quits, zone) * (factor - np.float32(1))
    else:
        rate = _at(quits * float(factor) + others, zone)
    rate *= staff
    return rate


def shortage(employment: Floats, desired: Floats) -> Floats:
    """Unfilled share of desired labour: clip(1 - n/n*, 0, 1); (rows,) FTE each. Source: Model text 1.2; SPEC.

    >>> float(shortage(np.array([6.0], np.float32), np.array([8.0], np.float32))[0])
    0.25
    """
    lacking: Floats = 1 - employment / np.maximum(desired, np.float32(1e-6))
    np.maximum(lacking, 0, out=lacking)
    return np.minimum(lacking, 1, out=lacking)


def _flows(pool: _Pool, vacancies: Real, found: Real, poached: Real, quits: Real, after: Real) -> LabourFlows:
    """Flows by zone and class; layoffs close the account of staff: before - leavers + hires - after."""
    retired, lured = pool.retirements * pool.total, poached * pool.total
    layoffs = pool.total - quits - retired - lured + found - after
    return LabourFlows(
        vacancies=vacancies,
        searchers=pool.searchers,
        matches=found,
        poached=lured,
        layoffs=np.maximum(layoffs, 0.0),
        quits=quits,
        retirements=retired,
        residue=np.minimum(layoffs, 0.0),
        staff=after,
    )


def _move_people(
    people: People, state: LabourState, pool: _Pool, flows: LabourFlows, parameters: LabourMarket, constant: bool
) -> None:
    """Move people between work, search and elsewhere as the flows say.

    Hires come in the mix of those who look for work, leavers in the mix of the employed, with quits and retirement
    by age. What single precision leaves over is booked between work and elsewhere.
    """
    zones = len(pool.total)
    cells = people.cells.reshape(zones, 5, GROUPS, 3)
    divisor = pool.divisor
    quitting = pool.employed * pool.group_quits
    expected = quitting.sum(axis=2)
    quitting *= (flows.quits / np.where(expected > 0, expected, 1.0))[..., None]
    laid_off = pool.employed * (flows.layoffs / divisor)[..., None]
    retiring = pool.employed * pool.group_retirements
    employed = pool.employed * (1 - flows.poached / divisor)[..., None] - quitting - laid_off - retiring
    employed += pool.finding[..., None] * pool.reachable

    found_by_home = pool.weights @ pool.finding
    giving_up = np.minimum(parameters.discouragement, 1 - found_by_home)[..., None] * pool.searching
    starting = state.finding_hazard * cells[..., ELSEWHERE]
    quitters_searching = parameters.quit_to_search * quitting
    leaving = np.concatenate(
        (quitters_searching + laid_off, quitting - quitters_searching + constant * retiring), axis=2
    )
    home = sent_home(state.commuters, leaving)
    cells[..., SEARCHING] = pool.searching * (1 - found_by_home)[..., None] + home[..., :GROUPS] + starting - giving_up
    elsewhere = cells[..., ELSEWHERE] + home[..., GROUPS:] + giving_up - starting

    total = employed.sum(axis=2)
    scale = flows.staff / np.where(total > 0, total, 1.0)
    cells[..., ELSEWHERE] = np.maximum(elsewhere + (1 - scale)[..., None] * employed, 0.0)
    cells[..., EMPLOYED] = employed * scale[..., None]
    _move_commuters(state, pool, flows, parameters)


def _move_commuters(state: LabourState, pool: _Pool, flows: LabourFlows, parameters: LabourMarket) -> None:
    """Keep track of who lives where among the employed of each zone; rows sum to the employed."""
    looking = parameters.searching_at_work * state.commuters
    own = np.einsum("czz->cz", looking)
    own += pool.searching.sum(axis=2).T
    joined = pool.finding.T[..., None] * np.matmul(pool.weights.T, looking)
    left = (flows.quits + flows.retirements + flows.poached + flows.layoffs) / pool.divisor
    commuters = state.commuters * (1 - left).T[..., None] + joined
    total = commuters.sum(axis=2)
    state.commuters = commuters * (flows.staff.T / np.where(total > 0, total, 1.0))[..., None]


def release(people: People, state: LabourState, staff: Floats, zone: Rows | Small, switches: Switches) -> Real:
    """Staff of closed employers, (5, closed) FTE in their zones, go home and look for work; returns (zones, 5)."""
    zones = len(people.cells)
    freed = sums_by(zone.astype(np.intp), staff, zones)
    if not switches.labour_coupling or not len(zone):
        return freed
    cells = people.cells.reshape(zones, 5, GROUPS, 3)
    total = cells[..., EMPLOYED].sum(axis=2)
    share = np.minimum(freed / np.where(total > 0, total, 1.0), 1.0)
    going = cells[..., EMPLOYED] * share[..., None]
    cells[..., EMPLOYED] -= going
    cells[..., SEARCHING] += sent_home(state.commuters, going)
    state.commuters = state.commuters * (1 - share).T[..., None]
    return freed


def take_from_pool(
    people: People, state: LabourState, wanted: Floats, zone: Rows | Small, parameters: LabourMarket, switches: Switches
) -> Floats:
    """Staff of new firms from the searchers of their zone, at most half of a cell.

    wanted (5, new) FTE, zone (new,); returns what is granted, (5, new) FTE. Source: Model text 4.2; SPEC.
    """
    if not switches.labour_coupling or not len(zone):
        return wanted
    zones = len(people.cells)
    codes = zone.astype(np.intp)
    cells = people.cells.reshape(zones, 5, GROUPS, 3)
    searching = cells[..., SEARCHING].sum(axis=2)
    asked = sums_by(codes, wanted, zones)
    share = np.minimum(parameters.entrant_share * searching / np.where(asked > 0, asked, 1.0), 1.0)
    granted = wanted * _at(share, codes)
    taken = sums_by(codes, granted, zones)
    going = cells[..., SEARCHING] * (taken / np.where(searching > 0, searching, 1.0))[..., None]
    cells[..., SEARCHING] -= going
    cells[..., EMPLOYED] += going
    own = np.einsum("czz->cz", state.commuters)
    own += taken.T
    return granted


def change_class(people: People, state: LabourState, moved: Real) -> None:
    """Employed people change class where they work, in the mix of their old class.

    moved (zones, 5 old, 5 new) persons
    """
    cells = people.cells.reshape(len(moved), 5, GROUPS, 3)
    total = cells[..., EMPLOYED].sum(axis=2)
    share = moved / np.where(total > 0, total, 1.0)[..., None]
    share *= np.minimum(1 / np.maximum(share.sum(axis=2), 1e-300), 1.0)[..., None]
    stay = 1 - share.sum(axis=2)
    employed = cells[..., EMPLOYED]
    cells[..., EMPLOYED] = employed * stay[..., None] + np.matmul(share.transpose(0, 2, 1), employed)
    commuters = state.commuters
    state.commuters = commuters * stay.T[..., None] + np.einsum("zon,ozh->nzh", share, commuters)
