"""The kernel as a plain Python loop over slotted objects: the yardstick for the Mesa version."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from benchmarks import kernel_numbers as k
from benchmarks.kernel_firm import LISTS, PLAIN, WORKING, FirmRules
from benchmarks.kernel_region import RegionRules


class Firm(FirmRules):
    __slots__ = (*PLAIN, *LISTS, *WORKING)


class Kernel(RegionRules):
    """One run over objects: `Kernel(population, seed).run(quarters)` gives one row of indicators per quarter."""

    def __init__(self, population: k.Population, seed: int) -> None:
        self.random = random.Random(seed)
        self.set_up(population)
        self.firms = [Firm() for _ in population["z"]]
        self.fill_firms(population, self.firms)

    def each(self, rule: Callable[[Firm], None]) -> None:
        for firm in self.firms:
            rule(firm)

    def step(self) -> None:
        self.reset_counts()
        self.each(Firm.finish_project)
        self.each(Firm.set_productivity)
        self.average_industries()
        self.each(Firm.observe_peers)
        self.each(Firm.become_aware)
        self.each(Firm.decide_digital)
        self.each(Firm.decide_export)
        self.each(Firm.weigh_demand)
        self.share_demand()
        self.each(Firm.plan_labour)
        self.match_markets()
        self.each(Firm.hire_first)
        self.spread_rest()
        self.each(Firm.hire)
        self.each(Firm.keep_accounts)
        self.each(Firm.innovate)
        self.each(Firm.leave_or_stay)
        self.replace_closed()

    def measure(self) -> tuple[float, ...]:
        firms = self.firms
        return (
            sum(firm.size for firm in firms), sum(firm.exporter for firm in firms),
            sum(firm.level >= 1 for firm in firms), sum(firm.level >= 2 for firm in firms),
            sum(firm.level >= 3 for firm in firms), self.sales, self.exports, self.unemployed, self.filled,
            self.started, self.succeeded, self.closed,
        )  # fmt: skip

    def run(self, quarters: int) -> np.ndarray:
        rows = []
        for _ in range(quarters):
            self.step()
            rows.append(self.measure())
        return np.array(rows, float)
