"""What a scenario says about the run itself: time, luck, size, region, repetition, record, targets, uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from simulator.quantity import Text, number
from simulator.scenario.moments import quarter_index

MOST_SEED = 4_294_967_295
POPULATIONS: Mapping[str, Text] = MappingProxyType(
    {
        "projected": Text("ageing, migration and education go on", "åldrande, flyttning och utbildning fortgår"),
        "constant": Text("the population of the start stays", "befolkningen vid start består"),
    }
)
SAMPLERS: Mapping[str, Text] = MappingProxyType(
    {
        "sobol": Text("scrambled Sobol sequence", "blandad Sobolföljd"),
        "latin_hypercube": Text("Latin hypercube", "latinsk hyperkub"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """When, how long, with which luck and at which size."""

    start_text: str = "2026Q1"
    years: float = number(
        15, "yr", (0.25, 100), "Length of the run", "Körningens längd", basis="judgement", uncertain=(5, 20),
        help_en="Whole quarters: 0.25, 0.5 and so on.", help_sv="Hela kvartal: 0,25, 0,5 och så vidare.",
    )  # fmt: skip
    seed: int = number(
        1, "1", (0, MOST_SEED), "Luck of the run", "Körningens slump", whole=True,
        basis="judgement", uncertain=(0, 100),
        help_en="The same seed gives the same numbers.", help_sv="Samma frö ger samma siffror.",
    )  # fmt: skip
    scale: float = number(
        1, "1", (0.01, 1000), "Size of the region", "Regionens storlek", basis="judgement", uncertain=(0.1, 1),
        help_en="Multiplies firms, people, anchor employers, capacities and budgets.",
        help_sv="Multiplicerar företag, människor, stora arbetsgivare, kapaciteter och budgetar.",
    )  # fmt: skip

    @property
    def first(self) -> int:
        """Index of the first quarter, counted since year 0."""
        index = quarter_index(self.start_text)
        assert index is not None
        return index

    @property
    def start(self) -> float:
        """Start as a decimal year."""
        return self.first / 4

    @property
    def quarters(self) -> int:
        """Number of quarters."""
        return round(4 * self.years)


@dataclass(frozen=True, kw_only=True)
class RegionChoice:
    """Which region, and the luck with which its first population is drawn."""

    name: str = "norra-mellansverige"
    seed: int = number(
        1, "1", (0, MOST_SEED), "Luck of the first population", "Startbefolkningens slump", whole=True,
        basis="judgement", uncertain=(0, 100),
        help_en="Draws firms, networks and people of the start.",
        help_sv="Drar startlägets företag, nätverk och människor.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """How a batch repeats the scenario."""

    replications: int = number(
        30, "count", (1, 100_000), "Repetitions with other luck", "Upprepningar med annan slump", whole=True,
        basis="judgement", uncertain=(8, 100),
    )  # fmt: skip
    samples: int = number(
        256, "count", (1, 1_000_000), "Draws of the uncertain values", "Dragningar av de osäkra värdena", whole=True,
        basis="judgement", uncertain=(64, 1024),
    )  # fmt: skip
    sampler: str = "sobol"


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a run writes down beside the totals."""

    by: tuple[str, ...] = ("county", "size_class")
    firms: bool = False
    events: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureBudget:
    """What one intervention may cost at most; without a word, as much as its capacity takes."""

    per_year: float | None = number(
        20, "MSEK/yr", (0, 1e6), "Most per year", "Högst per år", basis="judgement", spread=(0.5, 1.5)
    )
    total: float | None = number(
        100, "MSEK", (0, 1e7), "Most in all", "Högst totalt", basis="judgement", spread=(0.5, 1.5)
    )


@dataclass(frozen=True, slots=True)
class Goal:
    """A level that an indicator should reach; `by` counts quarters from the first of the run
    and may lie outside it, where nothing is judged.
    """

    indicator: str
    at_least: float | None
    at_most: float | None
    by: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """What is uncertain about one value.

    uniform     (low, high)
    triangular  (low, most likely, high)
    normal      (mean, standard deviation), cut at what is allowed
    lognormal   (median, standard deviation of the logarithm), cut at what is allowed
    choice      any values, equally likely
    """

    shape: str
    values: tuple[Any, ...]
