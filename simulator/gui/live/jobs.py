"""What the window and its workers say to each other."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.gui.live.bands import RunSeries, Values
from simulator.quantity import Text
from simulator.scenario import Scenario

POLICY_SECTIONS = ("interventions", "governance", "budget")
"""What the scenario's own baseline leaves out, so that runs of it serve every policy."""
_UNMOVED = (*POLICY_SECTIONS, "targets", "uncertainty", "ensemble", "record", "title", "question", "look_at")
Overrides = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Job:
    """One run.

    number     of the job      request  number of what was asked
    arm        POLICY or BASELINE
    policy     the scenario, `packed`
    baseline   the scenario to compare with, `packed`; None: the scenario's own, without measures
    key        what the run depends on, as far as the window knows
    by         dimensions beside those that are always there
    shown      indicators that are sent while the run goes on, none for none
    """

    number: int
    request: int
    arm: str
    seed: int
    policy: bytes
    baseline: bytes | None
    key: str
    by: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirmsJob(Job):
    """One run of which all firms are wanted, quarter by quarter."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Leave the job."""

    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker is warm."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The job's scenario is sound: fingerprints of the policy's scenario and of what its own baseline rests on."""

    number: int
    digest: str
    surroundings: str


@dataclass(frozen=True, slots=True)
class Alive:
    """The job goes on."""

    number: int


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of a run, in one array: that travels between processes much faster than many.

    families  of each indicator     cells  of each family
    values    (entries, the cells of each indicator after each other)
    outlay    as in `RunSeries`; None while the run goes on
    """

    number: int
    families: Mapping[str, str]
    cells: Mapping[str, tuple[str, ...]]
    values: NDArray[np.float32]
    entries: int
    outlay: Values | None
    measures: tuple[str, ...]

    def run(self) -> RunSeries:
        """The numbers by indicator."""
        cells = {name: self.cells[family] for name, family in self.families.items()}
        ends = np.cumsum([len(one) for one in cells.values()])
        parts = np.split(self.values, ends[:-1], axis=1)
        values = dict(zip(cells, parts, strict=True))
        return RunSeries(cells, values, self.entries, self.outlay is not None, self.outlay, self.measures)


@dataclass(frozen=True, slots=True)
class Left:
    """The job has been cancelled."""

    number: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The job cannot be done; `text` says why."""

    number: int
    text: Text


def packed(scenario: Scenario, overrides: Overrides) -> bytes:
    """A scenario on its way to a worker, which puts it together with values by dotted path: that takes time."""
    return pickle.dumps((scenario.name, scenario.variant, scenario.source, dict(overrides)))


def surroundings(scenario: Scenario) -> str:
    """Fingerprint of all that a scenario's own baseline depends on."""
    meaning = {name: value for name, value in scenario.resolved.items() if name not in _UNMOVED}
    meaning["region"] = {**meaning["region"], "name": scenario.region_digest}
    text = json.dumps(meaning, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def touches_surroundings(path: str) -> bool:
    """Whether a value at a dotted path bears on the baseline, too."""
    return path.partition(".")[0] not in POLICY_SECTIONS
