"""The kernel as NumPy columns: one float32 array per state variable, one row per firm.

Random numbers: one PCG64 stream per use, one uniform per firm and quarter, so that a firm's luck does
not depend on what other firms do.  The rules are functions in kernel_columns_rules.py.
"""

from __future__ import annotations

from types import SimpleNamespace
from zlib import crc32

import numpy as np

from benchmarks import kernel_columns_rules as rules
from benchmarks import kernel_numbers as k

Array = np.ndarray

USES = (
    "success", "awareness", "review", "owner", "postpone", "entry", "exit", "stage", "demand",
    "productivity", "innovation", "handover", "closure", "failure",
)  # fmt: skip


class Luck:
    """One stream per named use, and one for the rare events that need several draws for few firms."""

    def __init__(self, seed: int, firms: int) -> None:
        def stream(use: str) -> np.random.Generator:
            return np.random.Generator(np.random.PCG64([seed, crc32(use.encode())]))

        self.streams = {use: stream(use) for use in USES}
        self.events = stream("events")
        self.firms, self.words = firms, (firms + 1) // 2
        self.drawn = {use: np.empty(firms, np.float32) for use in USES}

    def draw(self) -> dict[str, Array]:
        """Draw for all uses: the upper 24 bits of each half of the generator's 64-bit words."""
        for use, stream in self.streams.items():
            halves = stream.bit_generator.random_raw(self.words).view(np.uint32)
            halves >>= 8
            np.multiply(halves[: self.firms], rules.TINY, out=self.drawn[use], dtype=np.float32)
        return self.drawn


class Kernel:
    """One run over columns: `Kernel(population, seed).run(quarters)` gives one row of indicators per quarter."""

    def __init__(self, population: k.Population, seed: int) -> None:
        self.luck = Luck(seed, population["z"].size)
        self.firms = f = SimpleNamespace(**{name: column.copy() for name, column in population.items()})
        f.intensity = rules.INTENSITY[f.stage]
        f.flags = np.column_stack((rules.LEVEL_FLAGS[f.level][:, :3], f.exporter.astype(bool)))
        f.counters = np.stack([getattr(f, name) for name in rules.COUNTERS]).astype(np.int8)
        f.empty = np.stack([getattr(f, name) for name in rules.EMPTY_AT_START]).astype(np.float32)
        for names, block in ((rules.COUNTERS, f.counters), (rules.EMPTY_AT_START, f.empty)):
            vars(f).update(zip(names, block, strict=True))
        f.aware, f.exporter = f.aware.view(bool), f.exporter.view(bool)
        for name in ("industry", "zone", "peers"):
            setattr(f, name, getattr(f, name).astype(np.intp))
        for name in ("away", "rural"):
            setattr(f, name, getattr(f, name).astype(np.float32))
        f.market = f.zone + k.ZONES * np.arange(k.CLASSES)[:, None]
        f.in_zone = np.bincount(f.zone, minlength=k.ZONES)
        f.inhabited = np.flatnonzero(f.in_zone)
        f.first = (np.cumsum(f.in_zone) - f.in_zone)[f.inhabited]
        f.size = f.staff.sum(0)
        f.rate = k.RATE + k.RATE_RURAL * f.rural
        log_output = f.base + f.z + f.effect * f.gain
        self.markets = SimpleNamespace(
            quarter=0, trend=np.float32(1), tightness=None, started=0,
            fill=np.full((k.CLASSES, k.ZONES), k.FIRST_FILL), poached=np.zeros((k.CLASSES, k.ZONES)),
            log_wage=np.zeros((k.CLASSES, k.ZONES)), unemployed=f.unemployed, outside=f.outside,
            home=rules.by_industry(f, f.home), employed=rules.by_market(f, f.staff),
            mean_start=rules.industry_mean(f, log_output),
        )  # fmt: skip

    def step(self) -> None:
        f, m = self.firms, self.markets
        u = self.luck.draw()
        rules.finish_projects(f, m, u["success"])
        rules.productivity(f, m)
        seen = rules.observe_peers(f)
        rules.become_aware(f, seen, u["awareness"])
        rules.decide_digital(f, m, u["review"], u["owner"], u["postpone"])
        rules.decide_export(f, m, seen, u["entry"], u["exit"], u["stage"])
        rules.share_demand(f, m, u["demand"])
        rules.labour(f, m)
        rules.accounts(f, m)
        rules.innovate(f, u["productivity"], u["innovation"])
        closing = rules.owners(f, self.luck.events, u["handover"], u["closure"])
        rules.close_and_replace(f, m, self.luck.events, u["failure"], closing)
        m.quarter += 1
        m.trend = np.float32(np.exp(k.GROWTH * m.quarter))

    def measure(self) -> tuple[float, ...]:
        f, m = self.firms, self.markets
        return (
            f.size.sum(dtype=float), np.count_nonzero(f.exporter), np.count_nonzero(f.level >= 1),
            np.count_nonzero(f.level >= 2), np.count_nonzero(f.level >= 3), m.sales,
            m.exports, m.unemployed.sum(), m.fill.mean(), m.started, m.succeeded, m.closed,
        )  # fmt: skip

    def run(self, quarters: int) -> Array:
        rows = np.empty((quarters, len(k.INDICATORS)))
        for quarter in range(quarters):
            self.step()
            rows[quarter] = self.measure()
        return rows
