"""The kernel as a Mesa user would write it: one Agent per firm, AgentSet.do, DataCollector."""

from __future__ import annotations

import mesa
import numpy as np

from benchmarks import kernel_numbers as k
from benchmarks.kernel_firm import FirmRules
from benchmarks.kernel_region import RegionRules


class Firm(FirmRules, mesa.Agent):
    """One firm; its rules are those of the plain objects."""


class Kernel(RegionRules, mesa.Model):
    """One run over agents: `Kernel(population, seed).run(quarters)` gives one row of indicators per quarter."""

    def __init__(self, population: k.Population, seed: int) -> None:
        super().__init__(rng=seed)
        self.set_up(population)
        self.fill_firms(population, list(Firm.create_agents(self, population["z"].size)))
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "employment": lambda model: model.agents.agg("size", sum),
                "exporters": lambda model: model.agents.agg("exporter", sum),
                "digital_1": lambda model: sum(firm.level >= 1 for firm in model.agents),
                "digital_2": lambda model: sum(firm.level >= 2 for firm in model.agents),
                "digital_3": lambda model: sum(firm.level >= 3 for firm in model.agents),
                **{name: name for name in k.INDICATORS[5:]},
            }
        )

    def step(self) -> None:
        self.reset_counts()
        self.agents.do("finish_project")
        self.agents.do("set_productivity")
        self.average_industries()
        self.agents.do("observe_peers")
        self.agents.do("become_aware")
        self.agents.do("decide_digital")
        self.agents.do("decide_export")
        self.agents.do("weigh_demand")
        self.share_demand()
        self.agents.do("plan_labour")
        self.match_markets()
        self.agents.do("hire_first")
        self.spread_rest()
        self.agents.do("hire")
        self.agents.do("keep_accounts")
        self.agents.do("innovate")
        self.agents.do("leave_or_stay")
        self.replace_closed()
        self.datacollector.collect(self)

    def run(self, quarters: int) -> np.ndarray:
        for _ in range(quarters):
            self.step()
        return self.datacollector.get_model_vars_dataframe()[list(k.INDICATORS)].to_numpy(float)
