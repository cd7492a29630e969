"""From contact to award: contact, referral, application, rationing (Model text 3.0).

Every step treats all measures as one table and draws from each measure's own streams, so their order changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, place_of, rows_where
from simulator.agents.firms import Firms
from simulator.agents.luck import drawn
from simulator.delivery.budget import whole_slots
from simulator.delivery.funnel import (
    application_probability,
    best_fit,
    contact_probability,
    ease,
    lack,
    need,
    rank_share,
    rank_shares,
    ration,
    size_position,
)
from simulator.delivery.meeting import Meeting
from simulator.delivery.pairs import Pairs, Quarter
from simulator.delivery.parameters import DeliverySettings
from simulator.delivery.terms import Terms
from simulator.economy.drivers import Series
from simulator.governance import Coordination, Governance, contact_score, repeat_weight

_TIE = np.float32(1e-6)


@dataclass(slots=True)
class Standing:
    """What is known of each firm before contact.

    eased    (firms,)
    needs    (domains, firms)
    weights  (judged, firms)  who is worth contacting, times the pull of earlier support
    """

    eased: Floats
    needs: Floats
    weights: Floats


def standing(firms: Firms, terms: Terms, way: Coordination, p: Governance) -> Standing:
    """Rank all firms once a quarter: needs in all domains, weights in those in which need is judged."""
    gain, size = rank_shares(size_position(firms.employment), firms.industry)
    eased = ease(size, rank_share(firms.absorptive_capacity), firms.awards > 0)
    needs = np.array([need(lack(firms, domain), gain) for domain in terms.domains])
    pull = repeat_weight(way.repeats_at, firms.awards.astype(np.float32), p)
    judged = [terms.domains.index(domain) for domain in terms.judged]
    weights = np.array([contact_score(needs[domain], eased, way.precision) * pull for domain in judged])
    return Standing(eased, needs, weights)


def meet(
    meeting: Meeting, now: Quarter, way: Coordination, purse: float, aid_left: Series, settings: DeliverySettings,
    governance: Governance,
) -> None:  # fmt: skip
    """Fill in contacts, applications and awards.

    purse     kSEK that the package leaves for contacts and awards
    aid_left  (firms,)  kSEK of aid that each firm may still receive
    """
    terms = meeting.terms
    known = standing(now.firms, terms, way, governance)
    meeting.needs = known.needs
    meeting.contacted = _contacted(meeting, now, way, known)
    purse -= _pay_contacts(meeting, now, purse)
    able = _refer(meeting, now, way)
    needs = _entries(known.needs, terms.need_of.take(able.measure), able.row)
    relief = terms.relief.take(able.measure)
    chance = application_probability(needs, now.firms, able.row, way.hours, relief, settings)
    meeting.applied = able.where(now.draw(terms.keys, "apply", able) < chance)
    _grant(meeting, now, way, known)
    _fit_limits(meeting, now, purse, aid_left)


def _entries(table: Floats, line: Rows, row: Rows) -> Floats:
    """Entries of a table, (n,)."""
    found: Floats = table.ravel().take(line * np.intp(table.shape[1]) + row)
    return found


def _contacted(meeting: Meeting, now: Quarter, way: Coordination, known: Standing) -> Pairs:
    """Who is contacted; firms that are not eligible weigh nothing, so that no table of the others is needed."""
    size = now.firms.size
    starts = now.starts(meeting.terms.keys, "contact")
    found = []
    for block in meeting.blocks():
        free = meeting.free[block]
        weight = known.weights.take(meeting.terms.judge_of[block], axis=0)
        weight *= free
        cell = np.arange(len(free))[:, None] * now.counties + now.county
        chance = contact_probability(
            meeting.contacts[block].ravel(), meeting.eligible[block].ravel(), cell.ravel(), weight.ravel(), way.reach,
            way.spread_evenly,
        )  # fmt: skip
        told = drawn((starts[block][:, None] + now.places).ravel()) < chance
        told &= free.ravel()
        found.append(rows_where(told) + block.start * size)
    return Pairs(*np.divmod(np.concatenate(found), size))


def _pay_contacts(meeting: Meeting, now: Quarter, purse: float) -> float:
    """Drop contacts that no budget pays, and return what the others cost, kSEK."""
    terms, contacted = meeting.terms, meeting.contacted
    costs = terms.contact_cost.take(contacted.measure)
    meeting.contacted = contacted.where(_affordable(meeting, contacted, costs, "contact_paid", now, purse))
    counts = meeting.contacted.counts(len(meeting))
    meeting.limit = meeting.limit - counts * terms.contact_cost
    return math.fsum((counts * terms.contact_cost * meeting.carried).tolist())


def _affordable(meeting: Meeting, pairs: Pairs, costs: Series, use: str, now: Quarter, purse: float) -> Flags:
    """Who can be paid, first from each measure's own budget, then from the common purse, by lot; (n,)."""
    kept = np.ones(len(costs), bool)
    parts = pairs.parts(len(meeting))
    for place in np.flatnonzero(np.isfinite(meeting.limit)).tolist():
        part, limit = parts[place], meeting.limit[place]
        if costs[part].sum() > limit:
            some = Pairs(pairs.measure[part], pairs.row[part])
            luck = now.draw(meeting.terms.keys, use, some)
            kept[part] = ration(luck, costs[part], np.zeros(len(luck), int), np.array([max(0.0, limit)]))
    carried = meeting.carried.take(pairs.measure)
    borne = np.flatnonzero(kept & (carried > 0))
    cost = costs[borne] * carried[borne]
    if cost.sum() <= purse:
        return kept
    luck = now.draw(meeting.terms.keys, use, pairs.at(borne))
    kept[borne] = ration(luck, cost, np.zeros(len(cost), int), np.array([max(0.0, purse)]))
    return kept


def _refer(meeting: Meeting, now: Quarter, way: Coordination) -> Pairs:
    """Who considers which measure: contacted firms, some of them shown to the open measure that fits them best."""
    terms, contacted = meeting.terms, meeting.contacted
    if len(terms) == 1:
        return contacted
    shown = rows_where(now.draw(terms.keys, "refer", contacted) < way.referral)
    measure, row = contacted.measure.take(shown), contacted.row.take(shown)
    told = np.zeros(now.firms.size, bool)
    told[row] = True
    rows = rows_where(told)
    at = place_of(rows, now.firms.size).take(row)
    most_of = np.array([meeting.needs[list(bundle)].take(rows, axis=1).max(axis=0) for bundle in terms.bundles])
    needs = most_of.take(terms.bundle_of, axis=0)
    needs[~meeting.free.take(rows, axis=1)] = -1
    best, most = best_fit(needs)
    better = _entries(most_of, terms.bundle_of.take(measure), at) < most.take(at)
    sent = np.zeros(len(contacted.row), bool)
    sent[shown[better]] = True
    meeting.referred = contacted.where(sent)
    goal = contacted.measure.copy()
    goal[sent] = best.take(at[better])
    able = np.sort(goal * np.intp(now.firms.size) + contacted.row)
    return Pairs(*np.divmod(able[np.diff(able, prepend=-1) > 0], now.firms.size))


def _grant(meeting: Meeting, now: Quarter, way: Coordination, known: Standing) -> None:
    """Hand out capacity county by county, then what is left to firms that may cross the border.

    Up to as many units as one award takes are kept for the next quarter in each county: else whole slots that find
    nobody, or a firm too large for a quarter's places, would cost a small region much of its capacity.
    """
    terms, pairs, count = meeting.terms, meeting.applied, len(meeting)
    priority = _priority(meeting, now, way, known)
    slots = whole_slots(meeting.capacity, now.draw_once(terms.keys, "capacity")) + meeting.kept
    by_staff = terms.by_staff.take(pairs.measure)
    employed = now.firms.employment.take(pairs.row) * terms.trainees.take(pairs.measure)
    units = np.where(by_staff, employed.astype(np.float64), 1.0)
    won = _rationed(terms, pairs, priority, units, now.cells(pairs), slots.ravel())
    left = np.maximum(0, slots - now.by_cell(pairs.where(won), count, units[won]))
    whole = left.sum(axis=1)
    again = rows_where(~won & (whole > 0).take(pairs.measure))
    crossed = np.zeros(count)
    if len(again):
        again = again[now.draw(terms.keys, "cross_county", pairs.at(again)) < way.cross_county]
        some = pairs.at(again)
        moved = _rationed(terms, some, priority[again], units[again], some.measure, whole)
        won[again[moved]] = True
        crossed = now.by_cell(some.where(moved), count, units[again][moved]).sum(axis=1)
    left *= 1 - np.divide(crossed, whole, out=np.zeros(count), where=whole > 0)[:, None]
    meeting.kept = np.minimum(left, meeting.largest[:, None])
    meeting.awarded, meeting.taken = pairs.where(won), units[won]
    goes_on = np.ones(len(meeting.taken))
    share = terms.subsidised.take(meeting.awarded.measure)
    if (share < 1).any():
        goes_on[now.draw(terms.keys, "subsidy", meeting.awarded) >= share] = 0
    meeting.reserved = terms.subsidy.take(meeting.awarded.measure) * goes_on
    meeting.granted = terms.grant.take(meeting.awarded.measure) * goes_on


def _priority(meeting: Meeting, now: Quarter, way: Coordination, known: Standing) -> Floats:
    """Who comes first among those that apply, in [0, 1]; equals by lot; (applied,)."""
    terms, pairs = meeting.terms, meeting.applied
    luck = now.draw(terms.keys, "rank", pairs)
    eased = known.eased.take(pairs.row)
    needs = _entries(known.needs, terms.need_of.take(pairs.measure), pairs.row)
    ranked = np.where(terms.scored.take(pairs.measure), contact_score(needs, eased, way.precision), eased)
    priority = np.where(terms.lottery.take(pairs.measure), luck, ranked)
    first: Floats = np.minimum(np.maximum(priority, 0), 1) * (1 - _TIE) + luck * _TIE
    return first


def _rationed(terms: Terms, pairs: Pairs, priority: Floats, units: Series, group: Rows, limits: Series) -> Flags:
    """`ration` of all measures, of which those that count employees go one by one: their sums are no whole numbers."""
    won = np.zeros(len(units), bool)
    by_staff = terms.by_staff.take(pairs.measure)
    lots = [
        np.flatnonzero(~by_staff),
        *(np.flatnonzero(pairs.measure == place) for place in np.unique(pairs.measure[by_staff])),
    ]
    for lot in lots:
        won[lot] = ration(priority[lot], units[lot], group[lot], limits)
    return won


def _fit_limits(meeting: Meeting, now: Quarter, purse: float, aid_left: Series) -> None:
    """Drop awards beyond the aid rule and the budgets, by lot among all measures."""
    rows = meeting.awarded.row
    if np.max(np.bincount(rows), initial=0) > 1:  # one award alone was held against the rule when eligible
        luck = now.draw(meeting.terms.keys, "award_paid", meeting.awarded)
        meeting.keep(ration(luck, meeting.aid(), rows, aid_left))
    meeting.keep(_affordable(meeting, meeting.awarded, meeting.costs(), "award_paid", now, purse))
