"""What a batch is going to run: cases by seeds, in a fixed order.

A case is a scenario with some values replaced; a run is a case with one luck. Run number n has seed n // cases and case
n % cases: seeds are outermost, so that the first runs are a complete, smaller ensemble.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from simulator.quantity import Text
from simulator.scenario import Scenario, revised


@dataclass(frozen=True, slots=True)
class Factor:
    """A value that differs between cases.

    path  dotted path in the scenario    text, unit  its words    spread  what it is drawn from, as it was written
    """

    path: str
    text: Text
    unit: str
    spread: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One scenario of a plan.

    name       unique and readable: `strategy`, `strategy/robots-only`, `strategy/0012`, `strategy/0012/baseline`
    scenario   place in `Plan.scenarios`
    overrides  values by dotted path over that scenario
    against    place in `Plan.cases` of its baseline; None where nothing is compared
    """

    name: str
    scenario: int
    overrides: Mapping[str, Any]
    against: int | None


@dataclass(frozen=True, slots=True)
class Keep:
    """What is kept of each run.

    indicators  names, in the order of the declarations    by  dimensions of the cells, empty: the region only
    """

    indicators: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Sequential stopping: after each block of seeds, enough when every case's paired difference is known well.

    indicator   whose difference in the last year is judged (a level, where a case has no baseline)
    half_width  of the 90 % interval, in the indicator's unit
    block       seeds at a time
    """

    indicator: str
    half_width: float
    block: int


class Run(NamedTuple):
    """One run of a plan: its number, the place of its case, its seed."""

    number: int
    case: int
    seed: int


@dataclass(frozen=True)
class Plan:
    """Everything that a batch runs, and what it keeps.

    name       file or shipped name of the scenario or design
    scenarios  the scenarios that cases start from
    chunk      runs that are computed and written together; bears on nothing but convenience
    """

    name: str
    title: Text | None
    scenarios: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    cases: tuple[Case, ...]
    seeds: tuple[int, ...]
    keep: Keep
    stop: Stop | None = None
    chunk: int = 8

    def __len__(self) -> int:
        return len(self.cases) * len(self.seeds)

    def run(self, number: int) -> Run:
        """The run with a number."""
        place, case = divmod(number, len(self.cases))
        return Run(number, case, self.seeds[place])

    @property
    def block(self) -> int:
        """Runs of a block, after which the plan may stop; without a rule the whole plan is one."""
        return len(self) if self.stop is None else len(self.cases) * self.stop.block

    @property
    def chunks(self) -> tuple[range, ...]:
        """Numbers of the runs of each chunk; none crosses the end of a block."""
        return tuple(
            range(first, min(first + self.chunk, start + self.block, len(self)))
            for start in range(0, len(self), self.block)
            for first in range(start, min(start + self.block, len(self)), self.chunk)
        )

    def scenario(self, case: int) -> Scenario:
        """The scenario of a case; ScenarioError if its values do not go together."""
        one = self.cases[case]
        base = self.scenarios[one.scenario]
        return revised(base, one.overrides) if one.overrides else base

    def replicated(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each case with the numbers of its runs, in the order of the seeds."""
        for case in range(len(self.cases)):
            yield case, tuple(range(case, len(self), len(self.cases)))

    @cached_property
    def digest(self) -> str:
        """Fingerprint of all that bears on the numbers."""
        meaning = {
            "scenarios": [each.digest for each in self.scenarios],
            "cases": [[one.scenario, dict(one.overrides), one.against] for one in self.cases],
            "seeds": self.seeds,
            "keep": [self.keep.indicators, self.keep.by],
            "stop": None if self.stop is None else [self.stop.indicator, self.stop.half_width, self.stop.block],
        }
        text = json.dumps(meaning, sort_keys=True, ensure_ascii=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
