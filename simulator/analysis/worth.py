"""What an additional outcome costs the public, and what coordination returns (Model text 5: I3.4, I4.5, I6.6, I7.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from simulator.analysis.pairs import Arm, accumulated, discounted
from simulator.ensemble.statistics import NO_QUOTIENT, Estimate, Quotient, Values, estimate, fieller, last_year
from simulator.indicators import INDICATORS
from simulator.quantity import Text

DISCOUNT = 0.035
"""Yearly rate at which money and tonnes of CO2 are discounted. Source: Model text 5 (I4.5)."""


ASSUMED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "home_demand_gain": (
            "value_added", "employment", "employment_smes", "filled_vacancies",
        ),
        "tendered_innovation": ("procured_innovation",),
        "tendered_green": ("procured_innovation",),
    }
)  # fmt: skip
"""Indicators that a lever moves directly, by as much as is assumed: no effect that was found, and nothing to price."""


def assumed_in(levers: Iterable[str]) -> frozenset[str]:
    """Indicators that any of these levers moves by assumption.

    >>> sorted(assumed_in(["awareness", "tendered_green"]))
    ['procured_innovation']
    """
    return frozenset(name for lever in levers for name in ASSUMED.get(lever, ()))


class Basis(StrEnum):
    """Over what an outcome is counted."""

    END = "end"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that public money should bring about.

    unit    one of it, as in "MSEK per ..."    sign -1 when less of the indicator is wanted
    factor  units per unit of the indicator    rate discount rate of money and outcome
    """

    indicator: str
    basis: Basis
    unit: Text
    sign: int = 1
    factor: float = 1.0
    rate: float = 0.0


OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        "digital_firm": Outcome("advanced_digital_firms", Basis.END, Text(
            "firm at digital level 2 or higher in the last year", "företag på digital nivå 2 eller högre sista året")),
        "digital_firm_year": Outcome("advanced_digital_firms", Basis.RUN, Text(
            "firm-year at digital level 2 or higher", "företagsår på digital nivå 2 eller högre")),
        "exporter": Outcome("exporter_count", Basis.END, Text(
            "exporter in the last year", "exportör sista året")),
        "exporter_year": Outcome("exporter_count", Basis.RUN, Text("exporter-year", "exportörsår")),
        "green_firm": Outcome("advanced_green_firms", Basis.END, Text(
            "firm at green level 2 or higher in the last year", "företag på grön nivå 2 eller högre sista året")),
        "green_firm_year": Outcome("advanced_green_firms", Basis.RUN, Text(
            "firm-year at green level 2 or higher", "företagsår på grön nivå 2 eller högre")),
        "job": Outcome("employment", Basis.END, Text("job in the last year", "jobb sista året")),
        "job_year": Outcome("employment", Basis.RUN, Text("job-year", "jobbår")),
        "filled_vacancy": Outcome("filled_vacancies", Basis.RUN, Text("filled vacancy", "tillsatt plats")),
        "tonne": Outcome("emissions", Basis.RUN, Text(
            "tonne of CO2 avoided (both discounted 3.5 %)", "undvikt ton CO2 (båda diskonterade 3,5 %)"),
            sign=-1, factor=1000, rate=DISCOUNT),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Price:
    """What one additional outcome costs; `price` in kSEK is unknown unless more of it can be detected.

    runs     (runs,) additional outcomes of each run
    assumed  whether a measure brings the outcome about by assumption: then it has no price
    """

    additional: Estimate
    price: Quotient
    runs: Values
    assumed: bool = False


def additional(indicator: str, basis: Basis, policy: Arm, baseline: Arm, rate: float = 0.0) -> Values:
    """Policy minus baseline of one indicator, in the last year or summed over the run; (runs,)."""
    if basis is Basis.END:
        return last_year(policy.of(indicator)) - last_year(baseline.of(indicator))
    declared = INDICATORS[indicator]
    ours, theirs = (accumulated(declared, arm.of(indicator), rate) for arm in (policy, baseline))
    return ours - theirs


def price_of(outcome: Outcome, policy: Arm, baseline: Arm, assumed: bool = False) -> Price:
    """Public kSEK per additional outcome by Fieller's interval of paired means. Source: Model text 5 (I7.5)."""
    spent = discounted(policy.by_year, outcome.rate) - discounted(baseline.by_year, outcome.rate)
    more = additional(outcome.indicator, outcome.basis, policy, baseline, outcome.rate)
    more = more * outcome.sign * outcome.factor
    found = estimate(more)
    none = assumed or (found.detectable and found.mean < 0)
    return Price(found, NO_QUOTIENT if none else fieller(spent * 1000, more), more, assumed)


def prices(policy: Arm, baseline: Arm, assumed: frozenset[str] = frozenset()) -> dict[str, Price]:
    """Cost per additional outcome of every outcome that the model measures; `assumed` indicators have none."""
    return {
        name: price_of(outcome, policy, baseline, outcome.indicator in assumed)
        for name, outcome in OUTCOMES.items()
        if outcome.indicator in INDICATORS
    }


def research_additionality(policy: Arm, baseline: Arm, public: Values) -> Quotient:
    """Additional R&D, private and public, per krona of public R&D outlay; 1 is neutral, 0 full crowding out.

    public  (runs,) kSEK of additional public R&D outlay over the run

    Source: Model text 5 (I3.4).
    """
    more = additional("business_rd", Basis.RUN, policy, baseline) * 1000
    return fieller(more, public)


def return_to_coordination(arms: Mapping[float, Arm]) -> dict[float, Quotient]:
    """Additional value added per additional krona of coordination, against the least coordinated arm; by kappa.

    Source: Model text 5 (I6.6).
    """
    least, *others = sorted(arms)
    return {
        kappa: fieller(
            additional("value_added", Basis.RUN, arms[kappa], arms[least]) * 1000,
            arms[kappa].coordination - arms[least].coordination,
        )
        for kappa in others
    }
