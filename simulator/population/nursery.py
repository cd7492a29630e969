"""New firms before they enter: everything that does not depend on the run, drawn ahead and shared between runs.

The slots of a quarter's new firms, their places, traits and possible peers follow from the region's luck alone
(Model text 4.2, entry; 7.2). They are drawn for a few quarters at once: small arrays cost as much as large ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole, single
from simulator.agents.firms import NEVER, PEERS, UNDECIDED, Firms
from simulator.agents.luck import Luck
from simulator.agents.networks import LONG_TIES, Networks, draw_suppliers
from simulator.economy.demand import Series
from simulator.economy.demography import OLDEST, YOUNGEST
from simulator.population.knowledge import add_circular_novelty, knowledge_traits, new_knowledge
from simulator.population.traits import (
    Groups,
    Uniforms,
    common_traits,
    level_from,
    normal,
    open_transitions,
    place_firms,
)
from simulator.region.facts import Region
from simulator.region.gravity import Places, draw_anybody, draw_partners
from simulator.transitions.competence import Training, desired_shares
from simulator.transitions.digitalisation import level_gain
from simulator.transitions.innovation import absorptive_capacity
from simulator.transitions.learning import knowledge_intensity

AHEAD = 8
"""Quarters drawn at once in a small region; a large one gains nothing by drawing more than it needs."""
LARGE = 4096
TRIES = 3
KEPT_QUARTERS = 128
KEPT_MOST = 2048
"""New firms a quarter up to which cohorts are kept for later runs; a larger region is used up by its run."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """The firms that may enter in one quarter, one row per slot; `staff` holds the staff they would like to have.

    tries  (TRIES, PEERS, slots)  slots of first firms, -1 for nobody: the first alive of each three is the peer
    cash   (slots,)  1  cash over yearly sales
    anchor, supplier  (links,)  row of the anchor employer, and place of the firm among the slots; a link comes about
           if the employer is still in operation when the firm enters
    """

    firms: Firms
    tries: Whole
    cash: Floats
    anchor: Whole
    supplier: Rows


@dataclass(frozen=True, slots=True)
class Origins:
    """Where new firms come from.

    donors  (first firms,)  cumulative chance to be copied
    places  where the first firms are, and their industries;  most  slots per quarter
    base    (industries,)  log  productivity base
    research  (counties,)  1  scale of R&D
    """

    donors: Series
    places: Places
    base: Floats
    research: Floats
    most: int


class Nursery:
    """Cohorts of a region by quarter, drawn when first asked for and kept for later runs."""

    def __init__(
        self, region: Region, seed: int, origins: Origins, p: Groups, networks: Networks, training: Training
    ) -> None:
        self._region, self._origins, self._groups = region, origins, p
        self._networks, self._training = networks, training
        self._luck = Luck(seed)
        self._ahead = max(1, min(AHEAD, LARGE // max(origins.most, 1)))
        self._kept = KEPT_QUARTERS // self._ahead if origins.most <= KEPT_MOST else 1
        self._blocks: dict[int, list[Cohort]] = {}

    def cohort(self, quarter: int) -> Cohort:
        """New firms of `quarter`, from 0 on."""
        block, place = divmod(quarter, self._ahead)
        if block not in self._blocks:
            if len(self._blocks) >= self._kept:
                self._blocks.pop(next(iter(self._blocks)))
            self._blocks[block] = self._draw(block * self._ahead)
        return self._blocks[block][place]

    def _draw(self, first: int) -> list[Cohort]:
        most, origins = self._origins.most, self._origins
        quarters = range(first + 1, first + self._ahead + 1)  # quarter 0 of these streams drew the first population

        def uniforms(name: str, lines: int = 0) -> Floats:
            tables = [self._luck.table(name, quarter, max(lines, 1), most) for quarter in quarters]
            drawn = np.concatenate(tables, axis=1)
            return drawn if lines else drawn[0]

        firms = Firms(self._ahead * most)
        rows = np.arange(firms.size)
        donor = np.minimum(
            np.searchsorted(origins.donors, uniforms("init.donor"), side="right"), len(origins.donors) - 1
        )
        place_firms(firms, rows, *divmod(origins.places.cell[donor], origins.places.industries), self._region)
        least, width = self._groups.demography.entrant_size
        firms.employment = np.float32(least) + np.float32(width) * uniforms("init.size")
        firms.slot = origins.places.size + (first * most + rows)
        common_traits(firms, rows, uniforms, self._region, self._groups)
        _entrant_traits(firms, uniforms, self._luck, origins, self._training, self._groups)
        tries = _possible_peers(donor, uniforms, origins.places)
        anchor, supplier = self._links(firms, rows, uniforms)
        median, sd = self._groups.finance.cash_start
        cash = np.float32(median) * np.exp(np.float32(sd) * normal(uniforms("init.cash")))
        return [
            _cohort(firms, tries, cash, anchor, supplier, slice(k * most, (k + 1) * most)) for k in range(self._ahead)
        ]

    def _links(self, firms: Firms, rows: Rows, uniforms: Uniforms) -> tuple[Whole, Rows]:
        manufacturing = self._region.industries.manufacturing[firms.industry]
        edges = draw_suppliers(
            self._region, self._networks, rows, firms.municipality, manufacturing, firms.employment,
            uniforms("network.supplier"), uniforms("network.second"), uniforms("network.anchor", 2),
        )  # fmt: skip
        return edges.anchor, edges.firm


def _cohort(firms: Firms, tries: Whole, cash: Floats, anchor: Whole, supplier: Rows, span: slice) -> Cohort:
    own = Firms(span.stop - span.start)
    own.take(slice(0, own.size), firms, np.arange(span.start, span.stop))
    inside = (supplier >= span.start) & (supplier < span.stop)
    return Cohort(own, tries[..., span].copy(), cash[span], anchor[inside], supplier[inside] - span.start)


def _entrant_traits(
    firms: Firms, uniforms: Uniforms, luck: Luck, origins: Origins, training: Training, p: Groups
) -> None:
    """What new firms draw by rules of their own. Source: Model text 4.2 (entrant)."""
    rules = p.demography
    mean, sd = rules.entrant_idiosyncratic
    firms.idiosyncratic = mean + sd * normal(uniforms("init.idiosyncratic"))
    firms.digital_level = level_from(uniforms("init.digital"), single(rules.entrant_digital)[:, None])
    open_transitions(firms)
    firms.export_barrier[:] = UNDECIDED
    firms.quarters_since_export[:] = NEVER
    firms.management[:] = p.innovation.management_start[0]
    mean, sd = rules.founder
    firms.owner_age = np.clip(mean + sd * normal(uniforms("init.owner")), YOUNGEST, OLDEST)
    knowledge_traits(firms, uniforms, luck, p.innovation.knowledge_without_rd, p)
    new_knowledge(firms, origins.research, p)
    add_circular_novelty(firms, p)
    shares = desired_shares(firms.composition, firms.digital_level, firms.exporting, training)
    firms.staff = shares * firms.employment
    firms.absorptive_capacity = absorptive_capacity(
        knowledge_intensity(firms.knowledge, firms.employment), shares[1:4].sum(0), firms.management, p.innovation
    )
    gain = firms.effectiveness * level_gain(firms.digital_level, p.digital)
    firms.log_productivity = origins.base[firms.industry] + firms.idiosyncratic + gain
    firms.log_reference = firms.log_productivity


def _possible_peers(donor: Rows, uniforms: Uniforms, places: Places) -> Whole:
    """Eight near firms and two anywhere for each new firm, three tries each; (TRIES, PEERS, rows).

    They are sought among the first firms at the place and in the industry that the new firm copies, so that nobody's
    survival but that of the firms drawn bears on who is met.
    """
    near, far = (PEERS - LONG_TIES) * TRIES, LONG_TIES * TRIES
    found = draw_partners(
        places, np.tile(donor, near), uniforms("network.place", near).ravel(), uniforms("network.peer", near).ravel()
    )
    anywhere = draw_anybody(places, np.tile(donor, far), uniforms("network.far", far).ravel())
    tries = (found.reshape(TRIES, -1, len(donor)), anywhere.reshape(TRIES, -1, len(donor)))
    return np.concatenate(tries, axis=1).astype(np.int32)
