"""One quarter's meeting of measures and firms: contact, referral, application, rationing, award (Model text 3.0).

Every step treats all measures alike and draws from each measure's own streams, so their order changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole, place_of
from simulator.agents.firms import Firms
from simulator.agents.luck import Luck, Places
from simulator.delivery.budget import in_proportion, whole_slots
from simulator.delivery.funnel import (
    admitted,
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
from simulator.delivery.parameters import DeliverySettings
from simulator.delivery.running import Running
from simulator.economy.drivers import Series
from simulator.governance import Coordination, Governance, contact_score, repeat_weight
from simulator.interventions.target import Target

_TIE = np.float32(1e-6)


@dataclass(frozen=True, slots=True)
class Quarter:
    """What everybody in the funnel needs to know about this quarter.

    county  (firms,)  of each row;  everybody  (counties,)  firms;  places  (firms,)  in the streams of luck
    """

    number: int
    firms: Firms
    row_of: Whole
    luck: Luck
    slots: int
    counties: int
    county: Rows
    everybody: Series
    places: Places
    _admitted: dict[Target, Flags] = field(default_factory=dict)

    def admitted(self, running: Running) -> Flags:
        """Firms that the target of a measure admits, looked up once for all measures with the same; (firms,)."""
        target = running.measure.target
        if target not in self._admitted:
            self._admitted[target] = admitted(self.firms, target, running.places, running.branches)
        return self._admitted[target]

    def draw(self, key: str, use: str, rows: Rows) -> Floats:
        """Luck of `rows` for one use of one measure."""
        if not len(rows):
            return np.empty(0, np.float32)
        return self.luck.at(f"policy.{key}.{use}", self.number, self.places.take(rows))

    def by_county(self, rows: Rows, weights: Series | None = None) -> Series:
        """Sums per county, (counties,) float64."""
        return np.bincount(self.county.take(rows), weights, self.counties).astype(np.float64)


@dataclass(slots=True)
class Offer:
    """A measure that meets firms this quarter, after the budget's factors; money in kSEK.

    rows       (n,)  eligible firms; eligible (counties,) how many
    capacity   (counties,)  units to hand out; contacts (counties,)
    units      (n,)  what one award takes of the capacity
    unit_cost  of a unit with what goes with it; aid_cost of what of it the aid rule counts
    subsidised share of awards that get a subsidy of `subsidy` and a grant for R&D of `grant`
    limit      what its own budget leaves for contacts and awards
    carried    part of its cost that the package's budget carries
    quality    strength of the effect of its awards
    in_need    (firms,)  how much each firm needs it, 0-1; shared by all measures of a domain
    """

    key: str
    domains: tuple[str, ...]
    selection: str
    rows: Rows
    eligible: Series
    capacity: Series
    contacts: Series
    units: Series
    unit_cost: float
    aid_cost: float
    contact_cost: float
    subsidy: float
    subsidised: float
    grant: float
    relief: float
    limit: float
    carried: float
    quality: float
    contacted: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    referred: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    applied: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    awarded: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    reserved: Series = field(default_factory=lambda: np.empty(0))
    granted: Series = field(default_factory=lambda: np.empty(0))
    taken: Series = field(default_factory=lambda: np.empty(0))
    in_need: Floats = field(default_factory=lambda: np.empty(0, np.float32))

    @property
    def needs(self) -> Floats:
        """How much each eligible firm needs it, 0-1; (n,)."""
        return self.in_need.take(self.rows)

    @property
    def domain(self) -> str:
        """The domain in which need is judged."""
        return self.domains[0]

    def costs(self) -> Series:
        """What each award takes from the budgets, kSEK; (awarded,)."""
        return self.unit_cost * self.taken + self.reserved + self.granted

    def aid(self) -> Series:
        """What each award counts by the aid rule, kSEK; (awarded,)."""
        return self.aid_cost * self.taken + self.reserved + self.granted

    def places(self, rows: Rows) -> Rows:
        """Where `rows`, all eligible, stand among the eligible."""
        return np.searchsorted(self.rows, rows)


@dataclass(slots=True)
class Standing:
    """What is known of each firm before contact; (firms,) each.

    weights  by domain: who is worth contacting, times the pull of earlier support
    """

    eased: Floats
    needs: dict[str, Floats]
    weights: dict[str, Floats]

    def score(self, rows: Rows | slice, domain: str, precision: float) -> Floats:
        """Who is worth contacting."""
        return contact_score(self.needs[domain][rows], self.eased[rows], precision)


def standing(firms: Firms, domains: Iterable[str], judged: Iterable[str], way: Coordination, p: Governance) -> Standing:
    """Rank all firms once a quarter: needs in `domains`, weights in those that are `judged`."""
    gain, size = rank_shares(size_position(firms.employment), firms.industry)
    eased = ease(size, rank_share(firms.absorptive_capacity), firms.awards > 0)
    known = Standing(eased, {domain: need(lack(firms, domain), gain) for domain in domains}, {})
    pull = repeat_weight(way.repeats_at, firms.awards.astype(np.float32), p)
    everybody = slice(None)
    known.weights = {domain: known.score(everybody, domain, way.precision) * pull for domain in judged}
    return known


def meet(
    offers: Sequence[Offer], now: Quarter, way: Coordination, purse: float, aid_left: Series,
    settings: DeliverySettings, governance: Governance,
) -> None:  # fmt: skip
    """Fill in contacts, applications and awards of all offers.

    purse     kSEK that the package leaves for contacts and awards
    aid_left  (firms,)  kSEK of aid that each firm may still receive
    """
    if not offers:
        return
    domains = sorted({domain for offer in offers for domain in offer.domains})
    known = standing(now.firms, domains, sorted({offer.domain for offer in offers}), way, governance)
    for offer in offers:
        offer.in_need = known.needs[offer.domain]
        _contact(offer, now, way, known)
    purse -= _pay_contacts(offers, now, purse)
    candidates = _refer(offers, now, way, known)
    for offer, rows in zip(offers, candidates, strict=True):
        chance = application_probability(
            known.needs[offer.domain].take(rows), now.firms, rows, way.hours, offer.relief, settings
        )
        offer.applied = rows[now.draw(offer.key, "apply", rows) < chance]
        _grant(offer, now, way, known)
    _fit_limits(offers, now, purse, aid_left)


def _contact(offer: Offer, now: Quarter, way: Coordination, known: Standing) -> None:
    county, weight = now.county.take(offer.rows), known.weights[offer.domain].take(offer.rows)
    chance = contact_probability(offer.contacts, offer.eligible, county, weight, way.reach, way.spread_evenly)
    offer.contacted = offer.rows[now.draw(offer.key, "contact", offer.rows) < chance]


def _pay_contacts(offers: Sequence[Offer], now: Quarter, purse: float) -> float:
    """Drop contacts that no budget pays, and return what the others cost, kSEK."""
    costs = [np.full(len(offer.contacted), offer.contact_cost) for offer in offers]
    kept = _affordable(offers, [offer.contacted for offer in offers], costs, "contact_paid", now, purse)
    for offer, mask in zip(offers, kept, strict=True):
        offer.contacted = offer.contacted[mask]
        offer.limit -= len(offer.contacted) * offer.contact_cost
    return math.fsum(len(offer.contacted) * offer.contact_cost * offer.carried for offer in offers)


def _affordable(
    offers: Sequence[Offer], rows: Sequence[Rows], costs: Sequence[Series], use: str, now: Quarter, purse: float
) -> list[Flags]:
    """Who can be paid, first from each measure's own budget, then from the common purse, by lot; a mask per measure."""
    kept = [
        np.ones(len(cost), bool)
        if cost.sum() <= offer.limit
        else ration(now.draw(offer.key, use, some), cost, np.zeros(len(cost), int), np.array([max(0.0, offer.limit)]))
        for offer, some, cost in zip(offers, rows, costs, strict=True)
    ]
    borne = [index for index, offer in enumerate(offers) if offer.carried > 0]
    cost = np.concatenate([np.empty(0), *(costs[index][kept[index]] * offers[index].carried for index in borne)])
    if cost.sum() <= purse:
        return kept
    luck = np.concatenate([now.draw(offers[index].key, use, rows[index][kept[index]]) for index in borne])
    paid = ration(luck, cost, np.zeros(len(cost), int), np.array([max(0.0, purse)]))
    for index, part in zip(borne, np.split(paid, np.cumsum([kept[i].sum() for i in borne])[:-1]), strict=True):
        kept[index][kept[index]] = part
    return kept


def _refer(offers: Sequence[Offer], now: Quarter, way: Coordination, known: Standing) -> list[Rows]:
    """Who considers which measure: contacted firms, some of them shown to the open measure that fits them best."""
    if len(offers) == 1:
        return [offers[0].contacted]
    told = np.zeros(now.firms.size, bool)
    for offer in offers:
        told[offer.contacted] = True
    rows = np.flatnonzero(told)
    place = place_of(rows, now.firms.size)
    most_of = {
        domains: np.max([known.needs[domain].take(rows) for domain in domains], axis=0)
        for domains in {offer.domains: None for offer in offers}
    }
    needs = np.full((len(offers), len(rows)), -1, np.float32)
    for own, offer in zip(needs, offers, strict=True):
        able = place.take(offer.rows[told.take(offer.rows)])
        own[able] = most_of[offer.domains].take(able)
    best, most = best_fit(needs)
    candidate = np.zeros((len(offers), len(rows)), bool)
    for index, offer in enumerate(offers):
        at = place[offer.contacted]
        shown = now.draw(offer.key, "refer", offer.contacted) < way.referral
        goal = np.where(shown & (needs[index, at] < most[at]), best[at], index)
        candidate[goal, at] = True
        offer.referred = offer.contacted[goal != index]
    return [rows[mask] for mask in candidate]


def _grant(offer: Offer, now: Quarter, way: Coordination, known: Standing) -> None:
    """Hand out capacity county by county, then what is left to firms that may cross the border."""
    rows = offer.applied
    luck = now.draw(offer.key, "rank", rows)
    priority = luck
    if offer.selection != "lottery":
        scored = offer.selection == "score"
        priority = known.score(rows, offer.domain, way.precision) if scored else known.eased[rows]
    priority = np.minimum(np.maximum(priority, 0), 1) * (1 - _TIE) + luck * _TIE
    draw = now.luck.single(f"policy.{offer.key}.capacity", now.number)
    slots = whole_slots(offer.capacity, draw)
    units = offer.units[offer.places(rows)]
    won = ration(priority, units, now.county[rows], slots)
    left = (slots - now.by_county(rows[won], units[won])).sum()
    if left > 0 and not won.all():
        again = np.flatnonzero(~won & (now.draw(offer.key, "cross_county", rows) < way.cross_county))
        won[again[ration(priority[again], units[again], np.zeros(len(again), int), np.array([left]))]] = True
    offer.awarded, offer.taken = rows[won], units[won]
    goes_on = np.ones(len(offer.awarded))
    if offer.subsidised < 1:
        goes_on[now.draw(offer.key, "subsidy", offer.awarded) >= offer.subsidised] = 0
    offer.reserved, offer.granted = offer.subsidy * goes_on, offer.grant * goes_on


def _fit_limits(offers: Sequence[Offer], now: Quarter, purse: float, aid_left: Series) -> None:
    """Drop awards beyond the aid rule and the budgets, by lot among all measures."""
    rows = np.concatenate([offer.awarded for offer in offers])
    if np.max(np.bincount(rows), initial=0) > 1:  # one award alone was held against the rule when eligible
        costs = np.concatenate([offer.aid() for offer in offers])
        luck = np.concatenate([now.draw(offer.key, "award_paid", offer.awarded) for offer in offers])
        splits = np.cumsum([len(offer.awarded) for offer in offers])[:-1]
        for offer, mask in zip(offers, np.split(ration(luck, costs, rows, aid_left), splits), strict=True):
            _keep(offer, mask)
    costs_of = [offer.costs() for offer in offers]
    kept = _affordable(offers, [offer.awarded for offer in offers], costs_of, "award_paid", now, purse)
    for offer, mask in zip(offers, kept, strict=True):
        _keep(offer, mask)


def _keep(offer: Offer, mask: Flags) -> None:
    for name in ("awarded", "taken", "reserved", "granted"):
        setattr(offer, name, getattr(offer, name)[mask])


def spread(total: float | Series, eligible: Series) -> Series:
    """Give a region's capacity to counties by their eligible firms; a capacity by county stays; (counties,)."""
    return total if isinstance(total, np.ndarray) else in_proportion(total, eligible)
