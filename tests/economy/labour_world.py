"""A small labour market for tests: three zones, a few hundred firms of frozen demand, two anchor employers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulator.agents.columns import Floats
from simulator.agents.firms import Anchors, Firms
from simulator.agents.people import People
from simulator.agents.switches import Switches
from simulator.economy.labour_market import labour_quarter
from simulator.economy.labour_rules import LabourFlows, LabourMarket, LabourState
from simulator.economy.labour_start import Pool, initial_labour, initial_people, initial_shortage
from simulator.economy.matching import sums_by

ZONES = 3
MINUTES = np.array([[15.0, 45.0, 90.0], [45.0, 12.0, 60.0], [90.0, 60.0, 20.0]])
RURAL = np.array([False, True, True, False])
STILL = LabourMarket(job_loss_start=0.0, gap_margin_start=0.0)


@dataclass
class StubLevers:
    values: dict[str, Any] = field(default_factory=dict)

    def firm(self, name: str, domain: str = "") -> Any:
        return self.values.get(name, 1.0 if name == "quit_factor" else 0.0)

    def zone(self, name: str) -> Any:
        return self.values.get(name, 1.0 if name.endswith("_factor") else 0.0)

    def county(self, name: str) -> Any:
        return self.values.get(name, 0.0)


@dataclass
class World:
    firms: Firms
    anchors: Anchors
    people: People
    state: LabourState
    parameters: LabourMarket
    desired: Floats
    desired_anchors: Floats
    levers: StubLevers = field(default_factory=StubLevers)
    switches: Switches = field(default_factory=Switches)
    constant: bool = True

    def quarter(self) -> LabourFlows:
        return labour_quarter(
            self.firms,
            self.anchors,
            self.people,
            self.state,
            desired=self.desired,
            desired_anchors=self.desired_anchors,
            parameters=self.parameters,
            levers=self.levers,
            switches=self.switches,
            constant=self.constant,
            retirement_rate=self.parameters.retirement_rate,
        )

    def staff_by_zone(self) -> Any:
        return sums_by(self.firms.zone.astype(np.intp), self.firms.staff, ZONES) + sums_by(
            self.anchors.zone.astype(np.intp), self.anchors.staff, ZONES
        )


def world(
    parameters: LabourMarket = STILL, pool: Pool | None = None, count: int = 400, minutes: Any = MINUTES
) -> World:
    draw = np.random.default_rng(4)
    firms, anchors = Firms(count), Anchors(2)
    firms.slot = np.arange(count)
    firms.municipality = draw.integers(0, 4, count)
    firms.zone = np.array([0, 0, 1, 2])[firms.municipality]
    firms.rural = RURAL[firms.municipality]
    firms.composition = draw.dirichlet(25 * np.array([0.6, 0.18, 0.12, 0.04, 0.06]), count).T
    firms.staff = firms.composition * draw.pareto(1.1, count).clip(0, 100).astype(np.float32) + 0.2
    firms.employment = firms.staff.sum(axis=0)
    anchors.municipality, anchors.zone = np.array([0, 3]), np.array([0, 2])
    anchors.staff = np.outer([0.6, 0.18, 0.12, 0.04, 0.06], [800.0, 300.0])
    anchors.employment = anchors.staff.sum(axis=0)
    staff = sums_by(firms.zone.astype(np.intp), firms.staff, ZONES) + sums_by(
        anchors.zone.astype(np.intp), anchors.staff, ZONES
    )
    people = initial_people(staff, pool or Pool(), parameters)
    state = initial_labour(people, minutes, RURAL, parameters)
    table = (1 + state.gap.T).astype(np.float32)
    firms.shortage = initial_shortage(firms.staff / firms.employment, firms.zone, state)
    desired, desired_anchors = firms.staff * table[:, firms.zone], anchors.staff * table[:, anchors.zone]
    return World(firms, anchors, people, state, parameters, desired, desired_anchors)
