"""What the next step of each transition costs, brings and needs (Model text 4.4b, 4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, single
from simulator.agents.exposure import Exposure, StartExposure
from simulator.agents.firms import ENGINEERS, GREEN, TECHNICIANS
from simulator.agents.world import World, lever_of
from simulator.economy.demography import Demography
from simulator.economy.drivers import Quarter
from simulator.economy.finance import Finance
from simulator.transitions import circular, digitalisation, green
from simulator.transitions.circular import Circular
from simulator.transitions.competence import Training, level_shift
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.green import Green
from simulator.transitions.requirements import Announced
from simulator.transitions.testbeds import Visiting


class Rules(Protocol):
    """The parameter groups that decisions read."""

    @property
    def digital(self) -> Digitalisation:
        """Of the digital transition."""

    @property
    def green(self) -> Green:
        """Of the green transition."""

    @property
    def circular(self) -> Circular:
        """Of the circular transition."""

    @property
    def testbeds(self) -> Visiting:
        """Of visits to testbeds."""

    @property
    def finance(self) -> Finance:
        """Of cash and credit."""

    @property
    def demography(self) -> Demography:
        """Of owners."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What firms meet when they decide.

    now         drivers of the quarter
    skill_need  (4 levels, industries)  1  technical staff share that a digital level needs
    collateral  1 or (rows,)   1     weight of collateral at the bank
    gain        1 or (rows,)   1     what measures add to any weight of collateral
    seen        what can be seen of others
    linked      (rows,) or None      firms with a symbiosis link
    offers      by transition: subsidy share, and cap in kSEK, of the awards in force
    awaited     by transition: firms that wait for an announced measure, (rows,)
    announced   by transition: suppliers that know of a requirement ahead
    """

    now: Quarter
    skill_need: Floats
    collateral: Floats | float
    gain: Floats | float
    seen: Exposure | StartExposure
    linked: Flags | None = None
    offers: Mapping[str, tuple[Floats | float, Floats | float]] = field(default_factory=dict)
    awaited: Mapping[str, Flags | None] = field(default_factory=dict)
    announced: Mapping[str, Announced] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of some firms in one transition; all (rows,) unless said otherwise.

    cost, gain   kSEK before subsidy, and kSEK/yr that the firm expects of it
    ease         1  factor on the chance to accept
    duration     (steps,)  q
    """

    cost: Floats
    gain: Floats
    duration: Floats
    ease: Floats | float = 1.0


@dataclass(frozen=True, slots=True)
class Need:
    """What firms need for the step; all (rows,).

    lack         1  share of staff missing; sought: the classes wanted in its place and their parts
    barred       what no hiring mends: the firm cannot take the step yet
    collateral   1  weight of collateral
    """

    lack: Floats
    sought: tuple[tuple[int, float], ...]
    collateral: Floats | float
    barred: Flags | None = None


def technical_share(staff: Floats) -> Floats:
    """Technicians and engineers in staff; staff (5, rows), returns (rows,). Source: Model text 4.4b."""
    everybody = staff.sum(0)
    share: Floats = staff[TECHNICIANS] + staff[ENGINEERS]
    share /= np.maximum(everybody, np.float32(0.1), out=everybody)
    return share


def skill_need(composition: Floats, training: Training, p: Digitalisation) -> Floats:
    """Technical staff share that a level needs: 0.9 (base + cumulative shift); (4 levels, industries).

    composition  (industries, 5)  base composition of staff, of which technicians and engineers count

    Source: Model text 4.4b.
    """
    technical = [TECHNICIANS, ENGINEERS]
    shift = single(level_shift(training)[:, technical].sum(1))
    need: Floats = np.float32(p.skill_need) * (single(composition[:, technical].sum(1)) + shift[:, None])
    return need


def digital_step(world: World, rows: Rows, setting: Setting, p: Rules) -> Step:
    """The next digital step. Source: Model text 4.4b."""
    firms, now = world.firms, setting.now
    level, size = firms.digital_level.take(rows), firms.employment.take(rows)
    worker = world.region.industries.value_added_per_worker.take(firms.industry.take(rows))
    cost = digitalisation.project_cost(level, size, now.wage_index * now.technology_cost, p.digital)
    gain = digitalisation.yearly_gain(
        level, firms.absorptive_capacity.take(rows), worker * np.float32(now.wage_index) * size, p.digital
    )
    return Step(cost, gain, single(p.digital.duration))


def digital_need(world: World, rows: Rows, setting: Setting, p: Rules) -> Need:
    """What the next digital step needs: technicians and engineers. Source: Model text 4.4b."""
    firms = world.firms
    need = setting.skill_need[firms.digital_level.take(rows) + 1, firms.industry.take(rows)]
    lack = np.maximum(0, need - technical_share(firms.staff[:, rows]))
    to_technicians, to_engineers = p.digital.retraining
    sought = ((TECHNICIANS, to_technicians), (ENGINEERS, to_engineers))
    return Need(lack, sought, lever_of(setting.collateral, rows))


def green_step(world: World, rows: Rows, setting: Setting, p: Rules) -> Step:
    """The next green step. Source: Model text 4.5."""
    firms, now = world.firms, setting.now
    level = firms.green_level.take(rows)
    cost = green.project_cost(level, firms.employment.take(rows), now.wage_index * now.technology_cost, p.green)
    energy = np.float32(now.electricity_price / 1e3) * firms.energy_intensity.take(rows)
    carbon = np.float32(now.carbon_cost / 1e6) * firms.carbon_intensity.take(rows)
    gain = green.yearly_saving(
        level, firms.digital_level.take(rows), firms.sales_year.take(rows), energy, carbon, p.green
    )
    audit = lever_of(world.levers.firm("audit_factor"), rows)
    ease = np.where(level == 0, audit, np.float32(1)) if isinstance(audit, np.ndarray) else audit
    return Step(cost, gain, green.running_time(p.green, world.levers.region("grid_wait")), ease)


def green_need(world: World, rows: Rows, setting: Setting, p: Rules) -> Need:
    """What the next green step needs: green specialists; machines are collateral. Source: Model text 4.5."""
    firms = world.firms
    level, staff = firms.green_level.take(rows), firms.staff[:, rows]
    share = staff[GREEN] / np.maximum(staff.sum(0), np.float32(0.1))
    machines = np.float32(p.green.collateral) + np.float32(lever_of(setting.gain, rows))
    collateral = np.where(level > 0, machines, np.float32(lever_of(setting.collateral, rows)))
    return Need(green.specialists_missing(level, share, p.green), ((GREEN, 1.0),), collateral)


def circular_step(world: World, rows: Rows, setting: Setting, p: Rules) -> Step:
    """The next circular step. Source: Model text 4.5."""
    firms, now = world.firms, setting.now
    level = firms.circular_level.take(rows)
    cost = circular.project_cost(level, firms.employment.take(rows), now.wage_index, p.circular)
    intensity = world.region.industries.material_intensity.take(firms.industry.take(rows))
    material = np.float32(now.material_price) * intensity * firms.sales_year.take(rows)
    return Step(cost, circular.yearly_saving(level, material, p.circular), single(p.circular.duration))


def circular_need(world: World, rows: Rows, setting: Setting, p: Rules) -> Need:
    """What the next circular step needs: the last one capacity to absorb what partners know. Source: Model text 4.5."""
    firms = world.firms
    barred = firms.absorptive_capacity.take(rows) < np.float32(p.circular.capacity_needed)
    barred &= firms.circular_level.take(rows) > 0
    return Need(np.zeros(len(rows), np.float32), (), lever_of(setting.collateral, rows), barred)


STEPS = {
    "digital": (digital_step, digital_need),
    "green": (green_step, green_need),
    "circular": (circular_step, circular_need),
}
"""By transition: what its next step is worth, and what it needs."""
