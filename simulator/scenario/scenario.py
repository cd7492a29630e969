"""A scenario with every number resolved: what a model runs on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from simulator.agents.switches import Switches
from simulator.delivery.parameters import Budget
from simulator.economy.closures import Closure
from simulator.economy.drivers import Drivers
from simulator.governance import GovernanceTargets
from simulator.interventions.declaration import Measure
from simulator.quantity import Text
from simulator.region.facts import Region
from simulator.scenario.cautions import cautions
from simulator.scenario.origins import origins
from simulator.scenario.problems import Place, Problem
from simulator.scenario.settings import Distribution, Ensemble, Goal, Record, RegionChoice, Run
from simulator.scenario.tree import Branch
from simulator.scenario.writing import yaml_text

WORDS = ("title", "question", "look_at")


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One scenario, one of its variants chosen or none.

    name        file or shipped name it was loaded by; variant the chosen one
    region_name what the region calls itself; `region.name` may be a folder
    closures    of anchor employers
    targets     levels that indicators should reach
    uncertainty distribution by dotted path
    resolved    the same as a mapping in the form of a scenario file, every default filled in
    facts       the region's
    source      what was written, `extends`, variant and settings joined
    """

    name: str
    variant: str | None
    title: Text | None
    question: Text | None
    look_at: Text | None
    run: Run
    region: RegionChoice
    region_name: str
    region_digest: str
    population: str
    drivers: Drivers
    switches: Switches
    governance: GovernanceTargets
    budget: Budget
    parameters: Mapping[str, Any]
    measures: tuple[Measure, ...]
    closures: tuple[Closure, ...]
    targets: tuple[Goal, ...]
    uncertainty: Mapping[str, Distribution]
    ensemble: Ensemble
    record: Record
    resolved: Mapping[str, Any]
    source: Branch
    facts: Region = field(repr=False, compare=False)

    @property
    def digest(self) -> str:
        """Fingerprint of all that bears on results: the resolved values and the region's data.

        Titles, comments, the order of names, whether a default was written out and where a region's folder lies do not
        change it.
        """
        meaning = {name: value for name, value in self.resolved.items() if name not in WORDS}
        meaning["region"] = {**meaning["region"], "name": self.region_name}
        text = json.dumps({"scenario": meaning, "region": self.region_digest}, sort_keys=True, ensure_ascii=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that do not keep the scenario from running."""
        return tuple(cautions(self, self.facts))

    @cached_property
    def origins(self) -> Mapping[str, Place]:
        """Place of each value of `resolved` by dotted path; what is missing is a default."""
        return dict(origins(self.source, self.resolved))

    def to_yaml(self, origins: bool = False) -> str:
        """Write the resolved scenario, which loads back to this digest; with `origins`, where each value comes from."""
        return yaml_text(self.resolved, self.origins if origins else None)
