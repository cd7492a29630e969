"""What became of each firm slot in a run; slots are the same firms in every arm with the same luck (Model text 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.agents.firms import Firms
from simulator.delivery.running import ORDINALS
from simulator.indicators.declare import SIZES
from simulator.indicators.recorder import size_class
from simulator.interventions.catalogue import KINDS
from simulator.quantity import Text

TRANSITIONS = {
    "digital": Text("digital step", "digitalt steg"),
    "green": Text("green step", "grönt steg"),
    "circular": Text("circular step", "cirkulärt steg"),
    "export": Text("export", "export"),
}
"""Transitions whose state shows whether support was needed."""
AT_ONCE = ("export",)
"""Transitions in which an award can act in its own quarter; steps of the others that end then began before it."""
NOT_YET = -1
_Small = NDArray[np.int8]
_Sums = NDArray[np.float32]


@dataclass(slots=True)
class Fates:
    """One entry per slot that ever was; `place`, `industry`, `size` as first seen.

    state      (transitions, slots)  level when last seen; of a closed firm, before it closed
    supported  (transitions, slots)  level when it got its first award there, `NOT_YET` without one
    awarded    (slots,)              whether any measure ever supported it
    jobs       (slots,)              FTE-years        sales (slots,) MSEK, both over the run
    """

    place: _Small
    industry: _Small
    size: _Small
    state: _Small
    supported: _Small
    awarded: NDArray[np.bool_]
    jobs: _Sums
    sales: _Sums


def _states(firms: Firms) -> _Small:
    return np.array([firms.digital_level, firms.green_level, firms.circular_level, firms.exporting], np.int8)


def _bits(domain: str) -> np.uint64:
    return np.uint64(sum(1 << ORDINALS[kind.name] for kind in KINDS.values() if domain in kind.domains))


class Watcher:
    """Follows the slots of one run, from `firms` at the start; call `note` after each quarter."""

    def __init__(self, slots: int, firms: Firms) -> None:
        kinds = len(TRANSITIONS)
        self._bits = [_bits(domain) for domain in TRANSITIONS]
        self.fates = Fates(
            place=np.full(slots, NOT_YET, np.int8),
            industry=np.zeros(slots, np.int8),
            size=np.zeros(slots, np.int8),
            state=np.zeros((kinds, slots), np.int8),
            supported=np.full((kinds, slots), NOT_YET, np.int8),
            awarded=np.zeros(slots, bool),
            jobs=np.zeros(slots, np.float32),
            sales=np.zeros(slots, np.float32),
        )
        self.fates.state[:, firms.slot] = _states(firms)

    def note(self, firms: Firms) -> None:
        """Take the quarter that has just run into account."""
        found, slots = self.fates, firms.slot
        first = np.flatnonzero(found.place[slots] == NOT_YET)
        new = slots[first]
        found.place[new], found.industry[new] = firms.municipality[first], firms.industry[first]
        found.size[new] = size_class(firms.employment[first])
        state, before = _states(firms), found.state[:, slots]
        found.state[:, slots] = state
        found.awarded[slots] = firms.awards > 0
        found.jobs[slots] += firms.employment * np.float32(0.25)
        found.sales[slots] += firms.sales * np.float32(1e-3)
        at_award = [old if name in AT_ONCE else new for name, old, new in zip(TRANSITIONS, before, state, strict=True)]
        for levels, bits, now in zip(found.supported, self._bits, at_award, strict=True):
            begun = np.flatnonzero((firms.kinds_received & bits != 0) & (levels[slots] == NOT_YET))
            levels[slots[begun]] = now[begun]


@dataclass(frozen=True, slots=True)
class Deadweight:
    """Supported firms of one transition in one pair of runs.

    supported  how many; rose how many got further than at the award; anyway how many of those also in the baseline
    """

    supported: int
    rose: int
    anyway: int

    @property
    def share(self) -> float:
        """Share of the steps that would have been taken anyway; NaN without steps."""
        return self.anyway / self.rose if self.rose else float("nan")


def deadweight(policy: Fates, baseline: Fates) -> dict[str, Deadweight]:
    """By transition, supported firms that rose, and those that reach the same state in the paired baseline.

    Deadweight is the share of supported firms that rose which reach at least the same state without support.
    Transitions without supported firms are left out.

    Source: Model text 5 (I7.6).
    """
    found = {}
    for place, name in enumerate(TRANSITIONS):
        before, after, without = policy.supported[place], policy.state[place], baseline.state[place]
        supported = before > NOT_YET
        rose = supported & (after > before)
        counts = (int(np.count_nonzero(mask)) for mask in (supported, rose, rose & (without >= after)))
        if supported.any():
            found[name] = Deadweight(*counts)
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """Policy minus baseline in one pair, over the run.

    awarded, others     sales in MSEK of firms with and without an award
    place, industry, size  FTE-years of firms without award by municipality, industry, size class
    places_all          FTE-years of all firms by municipality
    """

    awarded: float
    others: float
    place: _Sums
    industry: _Sums
    size: _Sums
    places_all: _Sums


def shift(policy: Fates, baseline: Fates, places: int, industries: int) -> Shift:
    """Who gained and who lost; firms are told apart by what the policy arm awarded. Source: Model text 5 (I7.6)."""
    sales, jobs = policy.sales - baseline.sales, policy.jobs - baseline.jobs
    codes = [np.where(policy.place > NOT_YET, one, two) for one, two in _codes(policy, baseline)]
    seen = codes[0] > NOT_YET
    others = seen & ~policy.awarded

    def summed(code: Any, mask: Any, count: int) -> Any:
        return np.bincount(code[mask], jobs[mask], count)

    return Shift(
        float(sales[policy.awarded].sum(dtype=np.float64)),
        float(sales[others].sum(dtype=np.float64)),
        summed(codes[0], others, places),
        summed(codes[1], others, industries),
        summed(codes[2], others, len(SIZES)),
        summed(codes[0], seen, places),
    )


def _codes(policy: Fates, baseline: Fates) -> list[tuple[Any, Any]]:
    return [
        (policy.place, baseline.place), (policy.industry, baseline.industry), (policy.size, baseline.size),
    ]  # fmt: skip
