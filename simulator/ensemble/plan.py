"""What a batch is going to run: cases by seeds, in a fixed order.

A case is a scenario with some values replaced; a run is a case with one luck. Run number n has seed n // cases and case
n % cases: seeds are outermost, so that the first runs are a complete, smaller ensemble.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, NamedTuple

from simulator.quantity import SpokenError, Text
from simulator.scenario import Scenario, ScenarioError, revised
from simulator.scenario.loader import restored
from simulator.scenario.problems import Place
from simulator.scenario.tree import Branch, located, plain

FORMAT = 1
CHUNKS = 64
"""Chunks that a short plan has at least, if it has as many runs."""
LARGEST_CHUNK = 16
"""Runs of a chunk, at most: what is lost at worst when a worker dies."""


class PlanError(SpokenError):
    """What is stored of a plan cannot be used."""


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

    def cut(self) -> Plan:
        """The same plan in chunks that fit its length: many enough for many workers, large enough to be few files.

        They depend on nothing but the plan, so that slices of it that are done apart fit together.
        """
        return replace(self, chunk=min(max(self.block // CHUNKS, 1), LARGEST_CHUNK))

    def scenario(self, case: int) -> Scenario:
        """The scenario of a case; ScenarioError if its values do not go together."""
        one = self.cases[case]
        base = self.scenarios[one.scenario]
        return revised(base, one.overrides) if one.overrides else base

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

    def to_json(self) -> dict[str, Any]:
        """Return the whole plan as mappings, lists and values; `from_json` gives it back.

        Scenarios are kept as they were written, since a value that is replaced may bear on what was left to a default.
        """
        return {
            "format": FORMAT,
            "digest": self.digest,
            "name": self.name,
            "title": None if self.title is None else self.title._asdict(),
            "scenarios": [
                {"name": one.name, "variant": one.variant, "digest": one.digest, "written": plain(one.source)}
                for one in self.scenarios
            ],
            "factors": [
                {**_fields(one), "text": one.text._asdict(), "spread": dict(one.spread)} for one in self.factors
            ],
            "cases": [{**_fields(one), "overrides": dict(one.overrides)} for one in self.cases],
            "seeds": list(self.seeds),
            "keep": {"indicators": list(self.keep.indicators), "by": list(self.keep.by)},
            "stop": None if self.stop is None else _fields(self.stop),
            "chunk": self.chunk,
        }

    @classmethod
    def from_json(cls, stored: Any, runnable: bool = True) -> Plan:
        """Return the plan that `to_json` stored; PlanError if it is something else or means something else today.

        runnable  False leaves the scenarios out: enough to read what has been run, whatever has changed since
        """
        try:
            stop, keep, title = stored["stop"], stored["keep"], stored["title"]
            plan = cls(
                name=stored["name"],
                title=None if title is None else Text(**title),
                scenarios=tuple(map(_scenario, stored["scenarios"])) if runnable else (),
                factors=tuple(Factor(**{**one, "text": Text(**one["text"])}) for one in stored["factors"]),
                cases=tuple(Case(**one) for one in stored["cases"]),
                seeds=tuple(stored["seeds"]),
                keep=Keep(tuple(keep["indicators"]), tuple(keep["by"])),
                stop=None if stop is None else Stop(**stop),
                chunk=stored["chunk"],
            )
            whole = not runnable or stored["digest"] == plan.digest
        except (KeyError, TypeError, AttributeError, ValueError):
            raise PlanError(Text("not a stored plan of runs", "ingen sparad plan för körningar")) from None
        if not whole:
            raise PlanError(Text("the stored plan has been changed", "den sparade planen har ändrats"))
        return plan


def _fields(one: Factor | Case | Stop) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _scenario(stored: Mapping[str, Any]) -> Scenario:
    """The scenario that a plan stored; PlanError unless it means today what it meant."""
    name, variant = stored["name"], stored["variant"]
    tree = located(stored["written"], Place(name))
    if not isinstance(tree, Branch):
        raise TypeError(name)
    changed = Text(
        f"{name}: no longer the scenario that was planned; the region's data or the program has changed",
        f"{name}: inte längre det scenario som planerades; regionens data eller programmet har ändrats",
    )
    try:
        scenario = restored(name, variant, tree)
    except ScenarioError as error:
        problems = error.text()
        raise PlanError(Text(f"{changed.en}\n{problems.en}", f"{changed.sv}\n{problems.sv}")) from None
    if scenario.digest != stored["digest"]:
        raise PlanError(changed)
    return scenario
