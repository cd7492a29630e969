"""Who starts, stops and rises in export this quarter (Model text 2, step 8; 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, rows_where
from simulator.agents.exposure import Exposure, StartExposure
from simulator.agents.firms import DONE, INTERNATIONAL, NO_FINANCE, NO_SKILLS, UNDECIDED
from simulator.agents.world import World, lever_of
from simulator.interventions.levers import subsidy as granted
from simulator.transitions.internationalisation import (
    REENTRY,
    Internationalisation,
    entry_hazard,
    exit_hazard,
    happens,
    markets_of,
    next_markets,
    reentry,
)

_BARRIERS = np.array([NO_FINANCE, NO_FINANCE, NO_SKILLS, UNDECIDED, DONE, DONE, DONE, DONE], np.int8)
"""Barrier by 4 exporting + 2 cash covers entry + 1 international staff."""


@dataclass(frozen=True, slots=True)
class View:
    """What is known of every firm when the quarter's decisions begin; (rows,) each.

    log_size  log  of employment;  relative  log  productivity against the industry
    export_offset  log  the industry's offset in export entry
    """

    log_size: Floats
    relative: Floats
    export_offset: Floats


@dataclass(frozen=True, slots=True)
class ExportFlows:
    """Exporters that started and stopped this quarter, and what entry cost.

    rows, cost, subsidy  (entrants,)  kSEK, cost is the whole sunk cost, subsidy the public part
    """

    rows: Rows
    cost: Floats
    subsidy: Floats
    stopped: int


def change_exporters(
    world: World, view: View, seen: Exposure | StartExposure, market: float, p: Internationalisation
) -> ExportFlows:
    """Draw who starts, stops and rises in export, and what entry costs.

    seen    what firms see of others' export;  market  1  world demand over its trend

    Source: Model text 4.6.
    """
    firms = world.firms
    staffed = firms.staff[INTERNATIONAL] >= np.float32(p.staff_needed)
    entering, cost, subsidy = _entrants(world, view, seen, market, staffed, p)
    leaving = _leavers(world, view, market, p)
    rising = rows_where(firms.exporting & (firms.export_stage < 3) & (firms.export_age >= ceil(p.stage_wait)) & staffed)
    push = 1 + firms.absorptive_capacity.take(rising) + np.float32(0.5) * firms.mne_link.take(rising)
    rising = rising[world.draw("export.stage", rising) < happens(np.float32(p.stage_rate) * push)]
    if world.switches.market_choice:
        rising = rising[(firms.export_stage[rising] < 2) | (firms.export_markets[rising] >= p.global_markets)]
        abroad = rows_where(firms.exporting)
        luck = world.draws(abroad, "export.market_gain", "export.market_loss")
        firms.export_markets[abroad] = next_markets(
            firms.export_markets[abroad], firms.export_stage[abroad], luck[0], luck[1], p
        )
    firms.export_age += firms.exporting
    firms.quarters_since_export += ~firms.exporting
    firms.export_stage[rising] += 1
    if not world.switches.market_choice:
        firms.export_markets[rising] = markets_of(firms.export_stage[rising], p)
    _commit(world, entering, leaving, p)
    world.note("export_rose", rising, firms.export_stage[rising])
    code = firms.exporting.astype(np.int8)
    code += code
    code += firms.cash >= np.float32(p.entry_cost)
    code += code
    code += staffed
    firms.export_barrier = _BARRIERS.take(code)
    return ExportFlows(entering, cost, subsidy, len(leaving))


def _entrants(
    world: World, view: View, seen: Exposure | StartExposure, market: float, staffed: Flags, p: Internationalisation
) -> tuple[Rows, Floats, Floats]:
    """Rows that start to export, their sunk cost and the public part of it, kSEK.

    Luck is compared first with the hazard of a firm that has everything going for it; only the rest is looked into.
    """
    firms = world.firms
    draw = world.draw("export.entry")
    push = np.float32(market) * np.exp(np.float32(world.levers.firm("export_entry_gain")))
    peers, digital, mne, helped = (np.float32(effect > 0) for effect in p.entry[3:7])
    best = entry_hazard(
        view.log_size, view.relative, peers, digital, mne, helped, firms.new_product_share, view.export_offset, p
    )
    best *= push
    best *= reentry(firms.quarters_since_export, p)
    likely = draw < happens(best)
    likely &= ~firms.exporting
    rows = rows_where(likely)
    hazard = (push if push.ndim == 0 else push.take(rows)) * entry_hazard(
        view.log_size.take(rows), view.relative.take(rows), seen.exporters(rows), firms.digital_level.take(rows) >= 2,
        firms.mne_link.take(rows), staffed.take(rows), firms.new_product_share.take(rows),
        view.export_offset.take(rows), p,
    )  # fmt: skip
    hazard *= reentry(firms.quarters_since_export.take(rows), p)
    rows = rows[draw.take(rows) < happens(hazard)]
    recent = firms.quarters_since_export.take(rows) <= REENTRY
    cost = np.float32(p.entry_cost) * np.where(recent, np.float32(p.reentry_cost), np.float32(1))
    share = lever_of(world.levers.firm("export_cost_subsidy"), rows)
    subsidy = granted(np.float32(share), np.float32(lever_of(world.levers.firm("subsidy_cap", "export"), rows)), cost)
    able = (firms.cash[rows] >= cost - subsidy) | (not world.switches.finance_constraint)
    return rows[able], cost[able], subsidy[able]


def _leavers(world: World, view: View, market: float, p: Internationalisation) -> Rows:
    firms = world.firms
    abroad = rows_where(firms.exporting)
    hazard = exit_hazard(
        view.log_size.take(abroad), view.relative.take(abroad), firms.rural.take(abroad), firms.export_age.take(abroad),
        p,
    )  # fmt: skip
    hazard /= np.float32(market)
    return abroad[world.draw("export.exit", abroad) < happens(hazard)]


def _commit(world: World, entering: Rows, leaving: Rows, p: Internationalisation) -> None:
    firms = world.firms
    firms.exporting[entering] = True
    firms.export_age[entering] = 0
    helped = lever_of(world.levers.firm("direct_stage_two"), entering)
    direct = 1 - (1 - np.float32(p.direct_stage_two) * firms.mne_link[entering]) * (1 - np.float32(helped))
    firms.export_stage[entering] = 1 + (world.draw("export.direct", entering) < direct)
    firms.exporting[leaving] = False
    firms.export_age[leaving] = 0
    firms.export_stage[leaving] = 0
    firms.export_markets[entering] = markets_of(firms.export_stage[entering], p)
    firms.export_markets[leaving] = 0
    firms.quarters_since_export[leaving] = 0
    firms.demand_export[leaving] = 0
    world.note("export_started", entering, firms.export_stage[entering])
    world.note("export_stopped", leaving)
