"""The model as a Mesa user meets it: one instance is one run, one step is one quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from simulator import quarter
from simulator.agents.firms import CLASS_TEXTS
from simulator.agents.luck import Luck
from simulator.agents.views import AnchorEmployer, Firm, Views
from simulator.agents.world import EventLog, SupplyChain, World
from simulator.delivery.ledger import Ledger
from simulator.delivery.programme import Delivery
from simulator.economy.drivers import Series, outlook
from simulator.indicators import Recorder, Results
from simulator.interventions.levers import LeverValues
from simulator.observation import Observer
from simulator.population.start import Start, first_population
from simulator.population.traits import Groups, Prices, levels_at
from simulator.quarter import Notes, Rules, Run
from simulator.region.facts import Region, load_region
from simulator.region.reporting import reporting_geography
from simulator.region.schemas import COMPETENCE_CODES
from simulator.scenario import Scenario, load, revised
from simulator.transitions.steps import skill_need

HEADLINES: Mapping[str, Callable[[World], float]] = {
    "employment": lambda world: float(world.firms.staff.sum() + world.anchors.staff.sum()),
    "firms": lambda world: float(world.firms.size),
    "exporters": lambda world: float(np.count_nonzero(world.firms.exporting)),
    "advanced_digital": lambda world: (
        100 * float(np.count_nonzero(world.firms.digital_level >= 2)) / max(world.firms.size, 1)
    ),
    "awards": lambda world: float(world.firms.awards.sum()),
}
"""What Mesa's data collector notes each quarter; all indicators come from `results`."""

KEPT_SCALE = 10.0
"""Up to this scale a first population is kept for the next run; a larger one is used up by its run, to save memory."""


class TransitionModel(mesa.Model):  # type: ignore[misc, unused-ignore]
    """One run of a scenario.

    scenario   path, shipped name, or a loaded Scenario
    rng        luck of this run; None takes run.seed of the scenario
    seed       another name for rng; while it is here, batch runs of Mesa 3.5 leave rng among their parameters alone
    overrides  values by dotted path, as in --set: TransitionModel("baseline", **{"run.years": 2})

    Raises ScenarioError with every problem when the scenario cannot be used.

    >>> model = TransitionModel("scenarios/baseline.yaml", rng=1, **{"run.years": 1, "run.scale": 0.1})
    >>> model.run()
    >>> model.steps, model.running
    (4, False)
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "baseline",
        rng: int | None = None,
        seed: int | None = None,
        **overrides: object,
    ) -> None:
        if rng is not None and seed is not None:
            raise ValueError("give rng or seed, not both")
        if isinstance(scenario, Scenario):
            settings = revised(scenario, overrides) if overrides else scenario
        else:
            settings = load(str(scenario), overrides)
        given = seed if rng is None else rng
        luck = settings.run.seed if given is None else int(given)
        super().__init__(rng=luck)
        self.settings = settings
        self.region = load_region(settings.region.name)
        self._run = _prepare(settings, self.region, luck)
        self.world = self._run.world
        self.firms = Views(self, self.world.firms, Firm, "slot")
        self.anchors = Views(self, self.world.anchors, AnchorEmployer, None)
        self.most_slots = self._run.start.firms.size + settings.run.quarters * self._run.start.most_entrants
        where = reporting_geography(self.region, COMPETENCE_CODES, CLASS_TEXTS)
        recorder = Recorder(where, settings.run.start_text, self.most_slots, settings.record.by)
        self._observer = Observer(self._run, recorder)
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(_headline, read) for name, read in HEADLINES.items()}
        )

    def step(self) -> None:
        """Run one quarter, in the order of Model text 2."""
        run = self._run
        if run.world.quarter >= len(run.outlook):
            raise RuntimeError(f"the run has ended after {len(run.outlook)} quarters; raise run.years to go on")
        # WHAT THE REGION MEETS
        quarter.read_drivers(run)
        quarter.move_people(run)
        quarter.close_anchors(run)
        # WHAT RIPENS AND WHAT FIRMS SEE
        quarter.finish_projects(run)
        quarter.see_others(run)
        # WHAT POLICY DOES
        quarter.offer_measures(run)
        # WHAT FIRMS DECIDE
        quarter.become_aware(run)
        quarter.decide(run)
        # WHAT MARKETS DO
        quarter.meet_demand(run)
        quarter.work(run)
        quarter.settle(run)
        # WHAT CHANGES FIRMS
        quarter.learn(run)
        quarter.turn_over(run)
        quarter.match_residuals(run)
        # WHAT IS MEASURED
        run.world.quarter += 1
        self._observer.observe()
        self.datacollector.collect(self)
        self.running = run.world.quarter < len(run.outlook)

    def run(self) -> None:
        """Run to the end of the scenario."""
        while self.running:
            self.step()

    def results(self, by: Sequence[str] | None = None, wanted: Iterable[str] | None = None) -> Results:
        """Indicators of the quarters that have run, or the `wanted` ones of them.

        by  asks for another breakdown than the scenario's
        """
        return self._observer.recorder.results(by, wanted)

    @property
    def state(self) -> Run:
        """All of the run's state, for those who observe it; nobody outside a block of the quarter writes to it."""
        return self._run

    @property
    def ledger(self) -> Ledger:
        """Every krona of the measures, by measure, county and year."""
        return self._run.delivery.ledger

    @property
    def outlays(self) -> Series:
        """Public money so far, (measures + 1, years), kSEK, by the scenario's measures; last row what they share."""
        return self.ledger.outlays([measure.name for measure in self.settings.measures])

    @property
    def agents(self) -> mesa.agent.AgentSet:
        """Live firms as Mesa agents, made when asked for."""
        return self.firms.agents()


def _headline(read: Callable[[World], float], model: TransitionModel) -> float:
    return read(model.world)


def _prepare(settings: Scenario, region: Region, seed: int) -> Run:
    """Build the state of a run from a scenario."""
    quarters = settings.run.quarters
    future = outlook(settings.drivers, settings.run.start, quarters)
    first = future[0]
    p = settings.parameters
    groups = levels_at(settings.run.start, Groups(**{group.name: p[group.name] for group in fields(Groups)}))
    rules = Rules(groups, p["networks"], p["labour"], p["people"], p["training"])
    kept = settings.run.scale <= KEPT_SCALE
    start = (first_population if kept else first_population.__wrapped__)(
        region, settings.run.scale, settings.region.seed,
        Prices(first.electricity_price, first.carbon_cost, first.material_price), groups, rules.networks,
        rules.training, rules.labour, p["pool"],
    )  # fmt: skip
    world = _world(settings, region, start, seed, kept)
    delivery = Delivery(
        settings.measures, settings.governance, settings.budget, p, region, settings.switches, quarters,
        settings.run.scale,
    )  # fmt: skip
    markets = deepcopy(start.markets)
    if not settings.switches.supply_chain:
        _fold_chain(world, markets)
    need = skill_need(region.industries.composition, rules.training, groups.digital)
    return Run(
        world, start, markets, deepcopy(start.labour), delivery, rules, settings.drivers, future,
        settings.population == "constant", settings.run.scale, need, Notes(first),
        settings.closures,
    )  # fmt: skip


def _world(settings: Scenario, region: Region, start: Start, seed: int, kept: bool) -> World:
    chain = start.chain
    world = World(
        region=region,
        switches=settings.switches,
        luck=Luck(seed),
        traits=Luck(settings.region.seed),
        firms=start.firms.copy() if kept else start.firms,
        anchors=start.anchors.copy(),
        people=deepcopy(start.people),
        chain=SupplyChain(chain.anchor.copy(), chain.slot.copy(), chain.weight.copy()),
        levers=LeverValues(region.county, region.county),
        quarter=0,
        slots=start.firms.size,
        row_of=np.empty(0, np.int32),
        events=EventLog() if settings.record.events else None,
    )
    world.locate()
    return world


def _fold_chain(world: World, markets: Any) -> None:
    """Without supply chains their demand belongs to the home market from the start. Source: Model text 4.11."""
    firms = world.firms
    firms.demand_home += firms.demand_chain
    firms.demand_chain[:] = 0
    markets.home_start = np.bincount(firms.industry, firms.demand_home, len(markets.home_start))
    empty = np.empty(0, np.int32)
    world.chain = SupplyChain(empty, empty, np.empty(0, np.float32))
