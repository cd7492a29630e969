"""A small made-up population and a delivery to meet it."""

import numpy as np
import pytest

from simulator.agents.firms import Firms
from simulator.agents.luck import Luck
from simulator.agents.switches import Switches
from simulator.delivery.parameters import Budget, DeliverySettings
from simulator.delivery.programme import Delivery
from simulator.governance import Governance, GovernanceTargets
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form, Given, Kind, declare
from simulator.interventions.target import EVERYBODY
from simulator.quantity import Text
from simulator.region.facts import load_region

REGION = load_region("undervisning")


def make_firms(count: int = 600, seed: int = 3) -> Firms:
    """Firms of the teaching region with plausible columns."""
    generator = np.random.default_rng(seed)
    firms = Firms(count)
    firms.slot = np.arange(count)
    firms.municipality = generator.integers(0, len(REGION.codes), count)
    firms.county = REGION.county[firms.municipality]
    firms.zone = REGION.zone[firms.municipality]
    firms.industry = generator.integers(0, len(REGION.industries.codes), count)
    firms.rural = REGION.rural[firms.municipality]
    firms.employment = 2 * (1 - generator.random(count) * 0.99) ** -1.0
    firms.digital_level = generator.integers(0, 4, count)
    firms.absorptive_capacity = generator.uniform(0.1, 0.6, count)
    firms.owner_age = generator.uniform(30, 75, count)
    firms.exporting = generator.random(count) < 0.3
    firms.export_stage = firms.exporting * generator.integers(1, 4, count)
    return firms


def measure(kind: str, name: str = "", start: int = 0, end: int = 11, **more):
    return KINDS[kind].measure(name=name or kind, start=start, end=end, **more)


def stub(form: Form, *, name: str = "digital_uptake", priority: int = 1, domains=(), target=EVERYBODY, aimed=False,
         once=False, pilots=(), **numbers) -> Kind:  # fmt: skip
    """A kind that the catalogue lacks, under the name of one that it has, without contact or fixed cost."""
    plain = {"capacity": 10, "fixed_cost": 0, "lag": 0, "duration": 1, "half_life": 0, "eu_share": 0, "state_share": 0}
    firms = {} if form is Form.SYSTEM else {"unit_cost": 10, "contact_cost": 0, "contacts": 2000}
    words = Text("a stub", "en stubbe")
    return declare(
        name=name, code="X", priority=priority, title=words, help=words, evidence=words, form=form, domains=domains,
        settings={key: Given(value) for key, value in (plain | firms | numbers).items()}, target=target, aimed=aimed,
        once=once, pilots=pilots,
    )  # fmt: skip


class Programme:
    """A delivery run quarter by quarter on a population that nothing else changes."""

    def __init__(self, measures, firms=None, seed=1, quarters=20, scale=1.0, switches=None, budget=None, targets=None,
                 **parameters):  # fmt: skip
        self.firms = make_firms() if firms is None else firms
        self.luck = Luck(seed)
        self.delivery = Delivery(
            measures, targets or GovernanceTargets(), budget or Budget(),
            {"governance": Governance(), "delivery": DeliverySettings()} | parameters, REGION, switches or Switches(),
            quarters, scale,
        )  # fmt: skip
        self.t = 0
        self.slots = int(self.firms.slot.max()) + 1

    def row_of(self):
        table = np.full(self.slots, -1, np.int32)
        table[self.firms.slot] = np.arange(self.firms.size)
        return table

    def step(self):
        levers = self.delivery.quarter(self.t, self.firms, self.row_of(), self.luck, self.slots, 1.0)
        self.t += 1
        return levers

    def run(self, quarters: int, project_share: float = 0.0):
        """Step `quarters` times; a share of all firms starts a project each quarter."""
        generator = np.random.default_rng(9)
        for _ in range(quarters):
            self.step()
            order = np.argsort(self.firms.slot)
            rows = order[generator.random(self.firms.size) < project_share]
            if len(rows):
                cost = np.full(len(rows), 200.0, np.float32)
                self.delivery.project_started(self.firms, rows, "digital", cost)
            self.delivery.balance()
        return self

    def column(self, name: str) -> np.ndarray:
        return self.delivery.ledger.columns[name]

    def total(self, name: str) -> float:
        return float(self.column(name).sum())


class House:
    """What a test needs; a class of its own, so that a failure prints its name and not a region."""

    Programme = Programme
    measure = staticmethod(measure)
    stub = staticmethod(stub)
    make_firms = staticmethod(make_firms)
    region = REGION


@pytest.fixture
def house() -> House:
    return House()
