"""The words in which indicators are declared: observations, terms, formulas, indicators.

An observation says what is read from one firm, a term sums observations over the firms or people of a cell, a
formula turns terms into a value. Sums come first, ratios last: a county's share is never a mean of shares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.quantity import UNITS, Text

Values = NDArray[np.float64]
Observed = NDArray[Any]


@dataclass(frozen=True, slots=True)
class State:
    """A small whole number per firm, counted: `value(*columns)` lies in 0..levels-1.

    columns  names of firm columns, or of `EXTRAS` when the model works them out at recording
    flow     known only after a first quarter
    """

    name: str
    levels: int
    columns: tuple[str, ...]
    value: Callable[..., Observed]
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number per firm, summed; parts as in `State`."""

    name: str
    columns: tuple[str, ...]
    value: Callable[..., Observed]
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers about all firms together, such as their inequality: `value(*columns)` gives one for each of `names`."""

    names: tuple[str, ...]
    columns: tuple[str, ...]
    value: Callable[..., tuple[float, ...]]
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A sum over a cell.

    source  "state" (firms whose state is one of `levels`), "amount", "event" (how many), "weight" (of events),
            "labour" (zone x class), "public" (county) or "regional" (the whole region)
    flow    belongs to a quarter, not to its end: unknown in the initial state, summed over a window
    """

    source: str
    name: str
    levels: tuple[int, ...] = ()
    flow: bool = False


def counted(state: str, *levels: int, flow: bool = False) -> Term:
    """Firms whose state is one of `levels`."""
    return Term("state", state, levels, flow)


def summed(amount: str, flow: bool = False) -> Term:
    """Sum of an amount over firms."""
    return Term("amount", amount, (), flow)


def happened(event: str) -> Term:
    """Number of firms that an event befell in the quarter."""
    return Term("event", event, (), True)


def weighed(event: str) -> Term:
    """Weight of an event in the quarter: kSEK or jobs."""
    return Term("weight", event, (), True)


def labour(name: str, flow: bool = False) -> Term:
    """Sum over labour cells."""
    return Term("labour", name, (), flow)


def public(name: str) -> Term:
    """Flow of the public account of a county."""
    return Term("public", name, (), True)


def regional(name: str) -> Term:
    """Number about the whole region, one of a `Spread`."""
    return Term("regional", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """scale * sum(top) / sum(under), over the last `window` quarters.

    Flows are summed over the window, stocks averaged; without `under` the value is scale * sum(top).
    lag    quarters by which the window of `under` lies further back
    least  quarters from which on a shorter window is accepted
    since  first entry with a value: what looks back further than the window says so here
    then   last step, applied to the ratio; `after` says what it does
    """

    top: tuple[Term, ...]
    under: tuple[Term, ...] = ()
    scale: float = 1.0
    window: int = 1
    lag: int = 0
    least: int | None = None
    since: int = 0
    then: Callable[[Values], Values] | None = None
    after: Text | None = None

    def terms(self) -> tuple[Term, ...]:
        """All terms the formula reads."""
        return self.top + self.under


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantile:
    """Quantile of a state that codes a number in 0..1 in equal steps, straight lines within a step.

    lowest  first level that counts: 1 when level 0 stands for "does not apply"
    """

    state: str
    share: float
    lowest: int = 0
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Indicator `of` in one group minus (or, relative, in percent of) that in another."""

    of: str
    dimension: str
    high: str
    low: str
    relative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Change of indicator `of` over a year, percent."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inequality:
    """Gini coefficient across municipalities of an event's weight per firm over the last `window` quarters."""

    event: str
    window: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Chance that an awarded firm has more need than an eligible firm without award (area under the ROC curve)."""

    window: int = 4


Formula = Ratio | Quantile | Gap | Growth | Inequality | Separation
POPULATIONS: dict[str, tuple[Text, tuple[int, ...]]] = {
    "smes": (Text("firms with 2-249 employees", "företag med 2-249 anställda"), (0, 1, 2)),
    "ten": (Text("firms with 10-249 employees", "företag med 10-249 anställda"), (1, 2)),
    "all": (Text("firms and anchor employers", "företag och storföretag"), (0, 1, 2, 3)),
}
"""Reporting populations: text, and the size classes in them (index into `SIZES`)."""

SIZES = ("2-9", "10-49", "50-249", "250+")
SIZE_STEPS = (10.0, 50.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One thing that is measured.

    code        as in the model text, "I1.3"
    topic       key of `TOPICS`
    text, help  label and definition
    decimals    shown in tables
    better      +1 more is better, -1 less is better, 0 neither
    """

    name: str
    code: str
    topic: str
    unit: str
    text: Text
    help: Text
    formula: Formula
    population: str = "smes"
    decimals: int = 1
    better: int = 0

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.topic not in TOPICS or self.population not in POPULATIONS:
            raise ValueError(f"indicator '{self.name}': unknown unit, topic or population")

    @property
    def family(self) -> str:
        """Kind of cells: "firms" (place, size, industry), "labour" (zone, class), "public" (county) or "regional"."""
        if isinstance(self.formula, Ratio) and self.formula.top[0].source in ("labour", "public", "regional"):
            return self.formula.top[0].source
        return "firms"

    @property
    def whole(self) -> bool:
        """Whether it is about the region as a whole: of its parts nothing is known."""
        return isinstance(self.formula, Gap | Inequality | Separation) or self.family == "regional"


TOPICS: dict[str, Text] = {
    "innovation": Text("Innovation capacity and adaptability of SMEs", "Innovationskapacitet och omställningsförmåga"),
    "barrier": Text("What holds the digital step back", "Vad som hindrar det digitala steget"),
    "green_barrier": Text("What holds the green step back", "Vad som hindrar det gröna steget"),
    "circular_barrier": Text("What holds the circular step back", "Vad som hindrar det cirkulära steget"),
    "export_barrier": Text("What holds exports back", "Vad som hindrar exporten"),
    "competence": Text("Competence", "Kompetens"),
    "research": Text("Research and innovation", "Forskning och innovation"),
    "green": Text("Low-carbon, circular industry", "Koldioxidsnål och cirkulär industri"),
    "international": Text("Internationalisation", "Internationalisering"),
    "governance": Text("Coordination and governance", "Samordning och styrning"),
    "economy": Text("Economy and firms", "Ekonomi och företag"),
}
