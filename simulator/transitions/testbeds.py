"""Visits to universities, institutes and testbeds: who seeks one, where, and who gets a place (Model text 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows, rows_where
from simulator.agents.firms import Firms
from simulator.agents.world import World
from simulator.quantity import number
from simulator.region.facts import Region
from simulator.region.gravity import inverse_shares

NOWHERE = -1
Series = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Visiting:
    """How often firms seek a visit, how far they go, and what it gives."""

    visit_rate: float = number(
        0.4,
        "1/yr",
        (0, 20),
        "Visits sought by a firm that considers or runs a step",
        "Besök som söks av ett företag som överväger eller tar ett steg",
        basis="judgement",
        uncertain=(0.1, 1.0),
    )
    visit_quarters: float = number(
        4,
        "q",
        (1, 24),
        "Quarters in which a visit helps",
        "Kvartal som ett besök hjälper",
        basis="judgement",
        uncertain=(2, 8),
        whole=True,
    )
    visit_success: float = number(
        0.08,
        "1",
        (0, 0.5),
        "Success probability of a project started during a visit, added",
        "Tillskott till framgångschansen för ett projekt som startas under ett besök",
        basis="judgement",
        uncertain=(0.0, 0.12),
    )
    decay_minutes: float = number(
        40.0,
        "minutes",
        (1, 500),
        "Travel time over which visits thin out",
        "Restid över vilken besök glesnar",
        basis="judgement",
        spread=(0.5, 2.0),
        help_en="Decides which place a firm seeks out, not whether it seeks one.",
        help_sv="Avgör vilken plats ett företag söker sig till, inte om det söker.",
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Places to visit, one per hub: municipality, county, slots per quarter (hubs,), fields (hubs, industries)."""

    municipality: Rows
    county: Rows
    slots: Floats
    fields: Flags


@dataclass(frozen=True, slots=True)
class Roads:
    """Where firms of a municipality and industry seek a visit, and who may: with crossing 0 in the own county only.

    flat   (municipalities x industries x 2 x hubs,)  distribution function of each cell, plus the cell's number
    open   (municipalities x industries x 2,)         whether any hub is for the cell
    """

    flat: Series
    open: Flags
    industries: int
    hubs: int

    def choose(self, municipality: Rows, industry: Rows, crossing: Flags, draw: Floats) -> Rows:
        """Hub of each firm, NOWHERE where none is for it; (firms,) each, draw uniform."""
        cell = (municipality.astype(np.intp) * self.industries + industry) * 2 + crossing
        hub = np.searchsorted(self.flat, cell + draw.astype(np.float64), side="right") - cell * self.hubs
        return np.where(self.open[cell], hub, NOWHERE)


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits that began this quarter: rows of firms, and the hub of each; hubs of measures come after the region's."""

    rows: Rows
    hub: Rows
    sought: int


def visit_gain(firms: Firms, rows: Rows, p: Visiting) -> Floats:
    """Success probability that a testbed visit adds to a digital or green project started now; (rows,).

    Source: Model text 4.3; judgement.
    """
    gain: Floats = np.float32(p.visit_success) * (firms.testbed_quarters.take(rows) > 0)
    return gain


def roads_to(places: Places, region: Region, decay: float) -> Roads:
    """Chances to seek each hub: P(hub) ~ slots exp(-minutes / decay) for hubs of the firm's industry.

    decay  minutes.  Source: Model text 4.3; judgement.
    """
    near = np.exp(-region.minutes[:, places.municipality].astype(np.float64) / decay) * places.slots
    reach = np.stack((region.county[:, None] == places.county, np.ones_like(near, bool)), axis=1)
    weights = near[:, None, None, :] * places.fields.T[None, :, None, :] * reach[:, None]
    weights = weights.reshape(-1, len(places.slots))
    return Roads(inverse_shares(weights), weights.any(axis=1), places.fields.shape[1], len(places.slots))


@lru_cache(maxsize=4)
def _known(region: Region, decay: float) -> tuple[Places, Roads]:
    """The region's own hubs at scale 1 and the roads to them, worked out once."""
    hubs = region.hubs
    places = Places(hubs.municipality, hubs.county, hubs.slots, hubs.fields)
    return places, roads_to(places, region, decay)


def admit(hub: Rows, rank: Floats, slots: Rows) -> Flags:
    """Who gets a place: at each hub the lowest ranks, as many as it has slots; (firms,).

    hub  (firms,)  chosen hub or NOWHERE;  rank  (firms,)  luck;  slots  (hubs,)  whole numbers

    Source: Model text 7.4a.
    """
    order = np.lexsort((rank, hub))
    sorted_hub = hub[order]
    place = np.arange(len(hub)) - np.searchsorted(sorted_hub, sorted_hub)
    room = np.append(slots, 0)[sorted_hub]  # NOWHERE is the last one
    admitted = np.zeros(len(hub), bool)
    admitted[order] = place < room
    return admitted


def added_places(region: Region, general: float | Floats, bio: float | Floats) -> Places | None:
    """Slots that measures add, as places in each county's largest municipality; None when there are none.

    general, bio  (counties,)  slots/q  for all industries, and for the bioeconomy only

    Source: Model text 3.0b (T, T_bio), 4.3.
    """
    if isinstance(general, float) and isinstance(bio, float) and not (general or bio):
        return None
    counties = np.arange(len(region.county_codes))
    largest = [int(np.argmax(np.where(region.county == county, region.population, -1))) for county in counties]
    everybody = np.ones(len(region.industries.codes), bool)
    slots = [np.broadcast_to(np.asarray(value, np.float32), counties.shape) for value in (general, bio)]
    return Places(
        np.array(largest * 2), np.tile(counties, 2), np.concatenate(slots),
        np.repeat(np.stack((everybody, region.industries.bioeconomy)), len(counties), axis=0),
    )  # fmt: skip


def seekers(world: World, p: Visiting) -> Rows:
    """Firms that consider or run a digital, green or circular step, are not visiting, and seek a visit now."""
    firms = world.firms
    busy = (firms.digital_project | firms.green_project | firms.circular_project) > 0
    considering = firms.aware_digital | firms.aware_green | firms.aware_circular | busy
    rows = rows_where(considering & (firms.testbed_quarters == 0))
    found: Rows = rows[world.draw("testbed.seek", rows) < -np.expm1(-0.25 * p.visit_rate)]
    return found


def visit_testbeds(world: World, scale: float, cross_county: float, p: Visiting) -> Visits:
    """Let firms visit hubs of their field: by nearness in their own county, beyond it with chance `cross_county`.

    Slots that measures add serve those who found no place, so that nobody loses one by them.

    scale  of the region's slots; those of measures are at scale already.  Source: Model text 4.3, 4.8.
    """
    firms, region = world.firms, world.region
    rows = seekers(world, p)
    places, roads = _known(region, p.decay_minutes)
    hub = _round(world, rows, roads, places.slots * np.float32(scale), cross_county, "testbed")
    extra = added_places(region, world.levers.county("testbed_slots"), world.levers.county("bio_testbed_slots"))
    if extra is not None:
        left = rows_where(hub == NOWHERE)
        more = roads_to(extra, region, p.decay_minutes)
        found = _round(world, rows[left], more, extra.slots, cross_county, "testbed.added")
        hub[left] = np.where(found == NOWHERE, NOWHERE, found + len(places.slots))
    served = rows_where(hub != NOWHERE)
    visitors = rows[served]
    firms.testbed_quarters[visitors] = int(p.visit_quarters)
    world.note("visited_testbed", visitors)
    return Visits(visitors, hub[served], len(rows))


def _round(world: World, rows: Rows, roads: Roads, slots: Floats, cross_county: float, name: str) -> Rows:
    """Hub at which each firm in `rows` gets a place, NOWHERE without one; slots (hubs,) per quarter."""
    if not len(rows) or not len(slots):
        return np.full(len(rows), NOWHERE)
    firms = world.firms
    choice, crossing, rank = world.draws(rows, f"{name}.choice", f"{name}.cross", f"{name}.rank")
    hub = roads.choose(
        firms.municipality.take(rows), firms.industry.take(rows), crossing < np.float32(cross_county), choice
    )
    if not world.switches.market_coupling:  # nobody's place depends on who else seeks one
        return hub
    part = world.luck.uniforms(f"{name}.slots", world.quarter, len(slots))
    whole = np.floor(slots.astype(np.float64) + part).astype(np.intp)
    return np.where(admit(hub, rank, whole), hub, NOWHERE)
