"""A pattern of reality: what is compared with what, how strictly, in which runs, on whose word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from simulator.quantity import UNITS, Grade, Text
from simulator.validation.panel import Evidence

Measure = Callable[[Evidence], float]


@dataclass(frozen=True, slots=True)
class Pool:
    """A ratio of sums that is pooled over seeds, since one seed alone may have little to divide by.

    sums   what to add up over seeds, of one run;  ratio  the number, of the sums; NaN where it cannot be had
    """

    sums: Callable[[Evidence], tuple[float, ...]]
    ratio: Callable[[Sequence[float]], float]


class Use(StrEnum):
    """What a pattern is for."""

    INPUT = "I"
    CALIBRATION = "C"
    HELD_OUT = "H"


USES = {
    Use.INPUT: Text("input check, not counted", "kontroll av indata, räknas inte"),
    Use.CALIBRATION: Text("used for calibration", "använt för kalibrering"),
    Use.HELD_OUT: Text("held out: nothing was fitted to it", "undanhållet: inget har anpassats till det"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One number of a pattern.

    text       what is measured;  low, high  tolerance, infinite where one side is free
    scale      distance that counts as one standard deviation in calibration
    arm        the runs it is read from; key of `simulator.validation.arms.ARMS`
    use        replaces the mark of the pattern for this number
    zero       judged by whether the 95 % interval of the mean over seeds holds 0, instead of by a tolerance
    pool       judged by the ratio of sums over all seeds, instead of by the mean of `measure` over seeds
    bound      whether the number is one of a fit that ends at a bound of its search
    """

    name: str
    text: Text
    unit: str
    low: float
    high: float
    measure: Measure
    scale: float = 1.0
    decimals: int = 2
    arm: str = "baseline"
    use: Use | None = None
    zero: bool = False
    pool: Pool | None = None
    bound: Callable[[Evidence], bool] | None = None

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"part '{self.name}': unit '{self.unit}' is not in UNITS")
        if self.zero:
            return
        if not self.low < self.high or not (isfinite(self.low) or isfinite(self.high)):
            raise ValueError(f"part '{self.name}': tolerance {self.low} to {self.high}")

    def holds(self, value: float) -> bool:
        """Whether a value lies within the tolerance."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One pattern of Model text 8.1.

    title, explanation  what it is, and how it is measured
    target              what the data or the literature say, in words
    window              which quarters are looked at
    sources             keys of simulator/references/references.bib;  grade  how well the target is founded
    """

    code: str
    title: Text
    explanation: Text
    target: Text
    window: Text
    use: Use
    sources: tuple[str, ...]
    grade: Grade
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        for text in (self.title, self.explanation, self.target, self.window):
            if not text.en or not text.sv:
                raise ValueError(f"pattern {self.code}: both languages are needed")
        if not self.sources or not self.parts:
            raise ValueError(f"pattern {self.code}: a source and a part are needed")
        if len({part.name for part in self.parts}) < len(self.parts):
            raise ValueError(f"pattern {self.code}: two parts of one name")

    def use_of(self, part: Part) -> Use:
        """The mark of one of the pattern's numbers."""
        return part.use or self.use


WINDOW = Text("quarters 4-16", "kvartal 4-16")
WHOLE = Text("whole run", "hela körningen")
FIRST, LAST = 4, 16
