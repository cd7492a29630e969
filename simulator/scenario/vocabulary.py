"""All names that a scenario may use, collected in one place: sections, groups of parameters, kinds, indicators.

A new group of parameters is one line in `VOCABULARY`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from simulator.agents.networks import Networks
from simulator.agents.switches import Switches
from simulator.delivery.parameters import Budget, DeliverySettings
from simulator.economy.closures import Closure
from simulator.economy.demand import Demand
from simulator.economy.demography import Demography
from simulator.economy.drivers import Drivers
from simulator.economy.finance import Finance
from simulator.economy.labour_rules import LabourMarket
from simulator.economy.labour_start import Pool
from simulator.economy.people_rules import PeopleRules
from simulator.governance import Governance, GovernanceTargets
from simulator.indicators import INDICATORS, Indicator
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Kind
from simulator.population.traits import Population
from simulator.quantity import Quantity, declared
from simulator.scenario.settings import Ensemble, RegionChoice, Run
from simulator.transitions.circular import Circular
from simulator.transitions.competence import Training
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.green import Green
from simulator.transitions.innovation import Innovation
from simulator.transitions.internationalisation import Internationalisation
from simulator.transitions.research import Research
from simulator.transitions.symbiosis import Symbiosis
from simulator.transitions.testbeds import Visiting


@dataclass(frozen=True, eq=False, kw_only=True)
class Vocabulary:
    """The names; `sections` and `groups` are dataclasses of declared quantities.

    sections    run, region, drivers, governance, switches, budget, ensemble
    groups      parameters.<group>
    kinds       interventions by kind
    indicators  what can be measured, and so be a target
    """

    sections: Mapping[str, type]
    groups: Mapping[str, type] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    def paths(self) -> Mapping[str, Quantity]:
        """Return every dotted path with its declaration; interventions have theirs through their kind."""
        return _all_paths(self)

    def quantity(self, path: str, kinds: Mapping[str, str]) -> Quantity | None:
        """Return the declaration at a dotted path, None if it has none; `kinds` names each intervention's kind."""
        section, _, rest = path.partition(".")
        name, _, setting = rest.partition(".")
        if section == "interventions":
            kind = self.kinds.get(kinds.get(name, ""))
            return None if kind is None else kind.settings.get(setting.partition(".")[0])
        if section == "closures":
            return declared(Closure).get(setting)
        parent = path.rpartition(".")[0]
        known = self.paths()
        above = known.get(parent)
        return known.get(path) or (above if above is not None and above.path else None)


@lru_cache(maxsize=8)
def _all_paths(vocabulary: Vocabulary) -> Mapping[str, Quantity]:
    groups = {f"parameters.{name}": group for name, group in vocabulary.groups.items()}
    found = {
        path: quantity
        for prefix, group in {**vocabulary.sections, **groups}.items()
        for path, quantity in _paths(prefix, declared(group))
    }
    return MappingProxyType(found)


def _paths(prefix: str, quantities: Mapping[str, Quantity]) -> Iterator[tuple[str, Quantity]]:
    for name, quantity in quantities.items():
        yield f"{prefix}.{name}", quantity
        for label in quantity.labels:
            yield f"{prefix}.{name}.{label}", quantity.part(label)


VOCABULARY = Vocabulary(
    sections={
        "run": Run,
        "region": RegionChoice,
        "drivers": Drivers,
        "governance": GovernanceTargets,
        "switches": Switches,
        "budget": Budget,
        "ensemble": Ensemble,
    },
    groups={
        "digital": Digitalisation,
        "green": Green,
        "circular": Circular,
        "symbiosis": Symbiosis,
        "innovation": Innovation,
        "research": Research,
        "testbeds": Visiting,
        "export": Internationalisation,
        "demand": Demand,
        "finance": Finance,
        "demography": Demography,
        "labour": LabourMarket,
        "people": PeopleRules,
        "training": Training,
        "networks": Networks,
        "pool": Pool,
        "population": Population,
        "governance": Governance,
        "delivery": DeliverySettings,
    },
    kinds=KINDS,
    indicators=INDICATORS,
)
