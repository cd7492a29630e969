"""A crowd of equal firms for limit tests: the real world of a model, every trait that matters made the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.agents.exposure import StartExposure
from simulator.agents.firms import ENGINEERS, OPERATORS, TECHNICIANS
from simulator.agents.luck import Luck
from simulator.agents.switches import Switches
from simulator.agents.world import World
from simulator.model import TransitionModel
from simulator.population.traits import Groups
from simulator.transitions.adoption import Setting, skill_need
from simulator.transitions.competence import Training
from simulator.transitions.digitalisation import Digitalisation


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
    firms.digital_level = firms.digital_project = firms.digital_pause = 0
    firms.aware_digital = firms.exporting = False
    firms.export_stage = firms.export_age = 0
    firms.quarters_since_export = 99
    firms.digital_taste = 0
    firms.industry = 0
    firms.absorptive_capacity = 0.4
    firms.owner_age = 45
    firms.succession = 0
    firms.mne_link = firms.cluster_member = False
    firms.new_product_share = 0
    firms.cash = 1e9
    firms.sales_year = 4000
    firms.debt = 0
    return world, model._run.rules.groups


def reseed(world: World, seed: int) -> None:
    world.luck = Luck(seed)
    world.quarter = 0


def setting(share: float | np.ndarray, cap: float | np.ndarray, industries: int) -> Setting:
    """What firms meet, with a subsidy share and cap in kSEK, one number or one per firm."""
    need = skill_need(np.full((industries, 5), 0.15, np.float32), Training(), Digitalisation())
    return Setting(1.0, 1.0, need, 0.3, (share, cap), None)


def with_digital(groups: Groups, **values: object) -> Groups:
    return replace(groups, digital=replace(groups.digital, **values))


def complete_mixing(world: World, aware: float, exporters: float = 0.0) -> StartExposure:
    """Everybody sees the same share of others at the next level, and of exporters."""
    industries = len(world.region.industries.codes)
    return StartExposure(world, np.full((3, industries), aware, np.float32), np.full(industries, exporters, np.float32))
