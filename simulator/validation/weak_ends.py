"""Policy must be able to fail: a package with all its effects at the weak ends of their ranges (L1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from simulator.interventions.lever_table import LEVERS
from simulator.quantity import Grade, Quantity, Text
from simulator.scenario import Scenario, revised
from simulator.validation.panel import Array, Evidence, NotAvailableError
from simulator.validation.pattern import Part, Pattern, Use

TRANSFER = "transfer"
"""Setting by which effects of foreign evidence are multiplied."""


def at_weak_ends(scenario: Scenario) -> Scenario:
    """The scenario with every lever of every measure at the end of its uncertainty range nearest to no effect."""
    values: dict[str, object] = {}
    for measure in scenario.measures:
        for name, quantity in measure.kind.settings.items():
            if (name in LEVERS or name == TRANSFER) and quantity.uncertain is not None:
                values[f"interventions.{measure.name}.{name}"] = weak_end(name, quantity)
    return revised(scenario, values)


def weak_end(name: str, quantity: Quantity) -> float:
    """End of a setting's range that is nearest to its lever's neutral value, the value without policy."""
    assert quantity.uncertain is not None
    neutral = LEVERS[name].neutral if name in LEVERS else 0.0
    low, high = (end for end in quantity.uncertain if isinstance(end, int | float))
    return float(min((low, high), key=lambda end: (abs(end - neutral), end)))


def _advanced(run: Evidence) -> Array:
    return np.asarray((run.firms["digital_level"] >= 2).sum(axis=1, dtype=np.float64))


def _exporters(run: Evidence) -> Array:
    return np.asarray((run.firms["exporting"] == 1).sum(axis=1, dtype=np.float64))


def _employment(run: Evidence) -> Array:
    return np.asarray(np.nansum(run.firms["employment"], axis=1, dtype=np.float64))


def _effect(read: Callable[[Evidence], Array], run: Evidence) -> float:
    """The last four quarters' mean with the package less that without, same luck. Source: CRN."""
    if run.pair is None:
        raise NotAvailableError(Text("needs the run without measures", "kräver körningen utan insatser"))
    return float(read(run)[-4:].mean() - read(run.pair)[-4:].mean())


_OUTCOMES = (
    (
        "advanced",
        Text("firms at digital level 2 or above", "företag på digital nivå 2 eller högre"),
        "firms",
        _advanced,
    ),
    ("exporters", Text("exporters", "exportörer"), "firms", _exporters),
    ("employment", Text("employment in firms", "sysselsatta i företagen"), "FTE", _employment),
)


def _parts(arm: str) -> tuple[Part, ...]:
    endings = {"weak": Text(", weak ends", ", svag ände"), "package": Text(", as declared", ", som angivet")}[arm]
    return tuple(
        Part(
            name=f"{arm}_{name}", text=Text(text.en + endings.en, text.sv + endings.sv), unit=unit, low=-np.inf,
            high=np.inf, decimals=1, arm=arm, zero=True, measure=partial(_effect, read),
        )
        for name, text, unit, read in _OUTCOMES
    )  # fmt: skip


PATTERNS = (
    Pattern(
        code="L1",
        title=Text("Policy can fail", "Insatser kan misslyckas"),
        explanation=Text(
            "Paired difference to no measures in the last year: every effect of the package at the weak end of its "
            "range, and as declared. Not counted: that no difference is seen does not show that there is none, "
            "and more seeds would see a smaller one.",
            "Parvis skillnad mot inga insatser sista året: varje verkan i paketet i den svaga änden av sitt "
            "osäkerhetsintervall, och som angivet. Räknas inte: att ingen skillnad syns visar inte att ingen finns, "
            "och fler frön hade sett en mindre.",
        ),
        target=Text("at the weak ends 0 lies within the 95 % interval of the mean",
                    "i den svaga änden ligger 0 inom medelvärdets 95-procentsintervall"),
        window=Text("last four quarters", "sista fyra kvartalen"),
        use=Use.INPUT,
        sources=("TA14", "IGL"),
        grade=Grade.SOURCED,
        parts=(*_parts("weak"), *_parts("package")),
    ),
)  # fmt: skip
