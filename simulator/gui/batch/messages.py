"""What the window and its batch workers say to each other: questions, and their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.ensemble.designs.planning import AS_WRITTEN, Wishes
from simulator.ensemble.execution.interruption import Wish
from simulator.ensemble.execution.progress import Progress
from simulator.ensemble.statistics import Estimate
from simulator.gui.live.bands import Bands, RunSeries, Values
from simulator.quantity import Text
from simulator.scenario import Problem, Scenario

Interval = Estimate


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be run.

    name  file, or where the text would lie     text  the scenario in work as it is now; None: what the file says
    by    breakdown of a scenario's results; None: as it says
    """

    name: str
    text: str | None = None
    wishes: Wishes = AS_WRITTEN
    by: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What would be run, and what it would take; `folder` None: propose one in `home`."""

    source: Source
    home: Path
    folder: Path | None
    jobs: int


@dataclass(frozen=True, slots=True)
class Begin:
    """Run it into a folder."""

    source: Source
    folder: Path
    jobs: int


@dataclass(frozen=True, slots=True)
class GoOn:
    """Do what is missing in a folder; with `again` what has failed instead."""

    folder: Path
    jobs: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Finish the runs in work, or drop them."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Look:
    """How a folder stands."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Read:
    """Numbers of some cases; `whole`: of the region for all indicators, too, and money.

    known  cases whose scenarios need not be sent: to unpack one takes time
    """

    folder: Path
    cases: tuple[str, ...]
    indicator: str
    whole: bool
    known: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Weigh:
    """What each case does to an indicator in the last year."""

    folder: Path
    indicator: str


@dataclass(frozen=True, slots=True)
class Write:
    """Export a folder as CSV, levels or differences from the baseline."""

    folder: Path
    file: Path
    differences: bool
    decimal_comma: bool


Question = Ask | Begin | GoOn | Look | Read | Weigh | Write


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be run.

    lines         in words         warnings  what is worth a thought
    replications  seeds of a case  samples   draws, None where nothing is drawn
    design        whether it is one
    folder        where results would go; `done` runs are there already
    """

    lines: tuple[Text, ...]
    warnings: tuple[Problem, ...]
    runs: int
    replications: int
    samples: int | None
    design: bool
    by: tuple[str, ...]
    folder: Path
    done: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What it would take; `possible`: the disk has room."""

    question: Ask
    text: Text
    possible: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """Runs are about to begin in a folder."""

    folder: Path
    title: Text


@dataclass(frozen=True, slots=True)
class Ran:
    """How far they are."""

    now: Progress


@dataclass(frozen=True, slots=True)
class Ended:
    """They are over: all done, or broken off; `stopped`: the plan's rule has found them to suffice."""

    now: Progress | None
    complete: bool
    stopped: bool
    broken_off: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done; problems of a scenario or design have their places."""

    text: Text
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A run without numbers."""

    number: int
    case: str
    seed: int
    attempts: int
    kind: Text
    error: str
    traceback: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a folder stands.

    batch     whether it is one; else a single run
    name      scenario or design that was run
    damage    what is wrong with some of it, None: nothing
    blocked   why no runs can be done here, None: they can
    drawable  why its numbers cannot be drawn, None: they can
    cases     names, those that are compared first; by name the one it is compared with, None where nothing is
    scenario  that of the first case
    """

    folder: Path
    batch: bool
    title: Text
    name: str
    runs: int
    done: int
    failed: tuple[FailedRun, ...]
    failures: int
    at_work: bool
    settled: bool
    digest: str
    seconds: float
    damage: Text | None = None
    blocked: Text | None = None
    drawable: Text | None = None
    cases: Mapping[str, str | None] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    seeds: int = 0
    warnings: tuple[Text, ...] = ()

    @property
    def missing(self) -> int:
        """Runs that have not been tried."""
        return self.runs - self.done - self.failures


class Columns(Mapping[str, NDArray[np.float32]]):
    """Values of a run by indicator, cut out of one array when they are asked for; (entries, cells) each."""

    def __init__(self, spans: Mapping[str, slice], values: NDArray[np.float32]) -> None:
        self._spans, self._values = spans, values

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        part: NDArray[np.float32] = self._values[:, self._spans[name]]
        return part

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


@dataclass(frozen=True, slots=True)
class Arm:
    """Runs of one case: values (runs, entries, columns), money (runs, measures, years) in kSEK where it is kept."""

    seeds: tuple[int, ...]
    values: NDArray[np.float32]
    outlay: Values | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of one case and of what it is compared with, in few arrays: these travel fast between processes.

    cells     of each indicator, whose columns follow each other in this order
    wanted    runs that were planned         measures  whose money is in `outlay`
    scenario  of the case, None where it is known    digest  of the whole folder
    """

    case: str
    quarters: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    arms: Mapping[str, Arm]
    wanted: int
    measures: tuple[str, ...]
    scenario: Scenario | None
    digest: str

    def bands(self) -> Bands:
        """The same as charts take it."""
        ends = np.cumsum([0, *(len(one) for one in self.cells.values())]).tolist()
        spans = {name: slice(ends[at], ends[at + 1]) for at, name in enumerate(self.cells)}
        made = Bands(self.quarters, self.wanted)
        for name, arm in self.arms.items():
            for at, seed in enumerate(arm.seeds):
                outlay = None if arm.outlay is None else arm.outlay[at]
                values = Columns(spans, arm.values[at])
                made.put(name, seed, RunSeries(self.cells, values, len(self.quarters), True, outlay, self.measures))
        return made


@dataclass(frozen=True, slots=True)
class Readings:
    """Numbers of cases; `drawn` seeds of `seeds`: charts of very many would be slow."""

    numbers: tuple[Numbers, ...]
    drawn: int
    seeds: int


@dataclass(frozen=True, slots=True)
class Weight:
    """A case: values that differ, runs, what it does in the last year (a level, where nothing is compared)."""

    case: str
    values: tuple[object, ...]
    done: int
    failed: int
    found: Interval


@dataclass(frozen=True, slots=True)
class Weights:
    """All cases; `paths` are those of the values that differ, each with its words."""

    indicator: str
    difference: bool
    paths: tuple[tuple[str, Text], ...]
    cases: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """It has been exported."""

    file: Path


Answer = Planned | Expected | Begun | Ran | Ended | Refused | Standing | Readings | Weights | Written
