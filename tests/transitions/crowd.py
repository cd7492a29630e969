"""A crowd of equal firms for limit tests: the real world of a model, every trait that matters made the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.agents.exposure import StartExposure
from simulator.agents.firms import ENGINEERS, OPERATORS, TECHNICIANS
from simulator.agents.luck import Luck
from simulator.agents.switches import Switches
from simulator.agents.world import World
from simulator.economy.drivers import Drivers, Quarter, outlook
from simulator.model import TransitionModel
from simulator.population.traits import Groups
from simulator.transitions.competence import Training
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.gates import TRACKS
from simulator.transitions.steps import Setting, skill_need


def crowd(seed: int = 1, switches: Switches | None = None, scale: float = 1.0) -> tuple[World, Groups]:
    """Firms with 20 employees, cash without end, skilled staff, young owners, at digital level 0, none aware."""
    model = TransitionModel("constant", rng=seed, **{"run.years": 1, "run.scale": scale})
    world, firms = model.world, model.world.firms
    if switches is not None:
        world.switches = switches
    firms.employment = 20
    firms.staff = 0
    firms.staff[OPERATORS] = 10
    firms.staff[TECHNICIANS] = firms.staff[ENGINEERS] = 5
    for track in TRACKS:
        for column in (track.level(firms), track.project(firms), track.pause(firms), track.aware(firms)):
            column[:] = 0
    firms.exporting = False
    firms.export_stage = firms.export_age = 0
    firms.quarters_since_export = 99
    firms.industry = 0
    firms.energy_intensity, firms.carbon_intensity = 45, 4
    firms.absorptive_capacity = 0.4
    firms.owner_age = 45
    firms.succession = 0
    firms.mne_link = firms.cluster_member = False
    firms.new_product_share = 0
    firms.cash = 1e9
    firms.sales_year = 40000
    firms.debt = 0
    return world, agreed(model._run.rules.groups)


def agreed(groups: Groups, scale: float = 0.0) -> Groups:
    """Everybody's own judgement of a step differs by `scale` from what the numbers say."""
    rules = {track.name: replace(getattr(groups, track.name), taste_scale=scale) for track in TRACKS}
    return replace(groups, **rules)


def reseed(world: World, seed: int) -> None:
    world.luck = Luck(seed)
    world.quarter = 0


def setting(
    world: World, share: float | np.ndarray = 0.0, cap: float | np.ndarray = 0.0, name: str = "digital",
    now: Quarter | None = None,
) -> Setting:  # fmt: skip
    """What firms meet, with a subsidy share and cap in kSEK in one transition, one number or one per firm."""
    industries = len(world.region.industries.codes)
    need = skill_need(np.full((industries, 5), 0.15, np.float32), Training(), Digitalisation())
    today = outlook(Drivers(), 2026.0, 1)[0] if now is None else now
    return Setting(today, need, 0.3, 0.0, complete_mixing(world, 0.5), offers={name: (share, cap)})


def with_digital(groups: Groups, **values: object) -> Groups:
    return replace(groups, digital=replace(groups.digital, **values))


def complete_mixing(world: World, aware: float, exporters: float = 0.0) -> StartExposure:
    """Everybody sees the same share of others at the next level, and of exporters."""
    industries = len(world.region.industries.codes)
    levels = {track.name: np.full((track.top, industries), aware, np.float32) for track in TRACKS}
    return StartExposure(world, levels, np.full(industries, exporters, np.float32))
