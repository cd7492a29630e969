"""Named luck: common random numbers by construction (Model text 7.2).

A value depends on (seed, name of the use, quarter, slot) only: it is computed from these four, there is no generator
that moves. What policy does to one firm can therefore never change the luck of another, a prevented exit shifts
nobody's draws, and only the firms that need luck pay for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Floats, Rows, Whole

_STEP = np.array(0x9E3779B97F4A7C15, np.uint64)
_FIRST, _SECOND = np.array(0xBF58476D1CE4E5B9, np.uint64), np.array(0x94D049BB133111EB, np.uint64)
_THIRTY, _TWENTY_SEVEN, _FORTY = (np.array(bits, np.uint64) for bits in (30, 27, 40))
_SINGLE = np.array(2.0**-24, np.float32)
"""Arrays without dimensions: NumPy would make them anew of scalars in every operation."""


Places = NDArray[np.uint64]


def places(slots: Whole | Rows) -> Places:
    """Places of slots in every stream."""
    counters = slots.astype(np.uint64)
    counters *= _STEP
    return counters


def drawn(counters: Places) -> Floats:
    """Uniform single-precision numbers in [0, 1) from counters, by the SplitMix64 finaliser; spoils its argument.

    The finaliser's last step changes none of the 24 bits that are kept, so it is left out.
    """
    x = counters
    x ^= x >> _THIRTY
    x *= _FIRST
    x ^= x >> _TWENTY_SEVEN
    x *= _SECOND
    x >>= _FORTY
    single = x.astype(np.uint32).astype(np.float32)
    single *= _SINGLE
    return single


class Luck:
    """Uniform draws by named use; a use in a quarter is a SplitMix64 stream, and a slot its place in the stream."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def _origin(self, name: str, quarter: int) -> bytes:
        return hashlib.blake2b(f"{self.seed}|{quarter}|{name}".encode(), digest_size=8).digest()

    def of(self, name: str, quarter: int, slots: Whole | Rows) -> Floats:
        """Draws of the firms in `slots` for the use `name` in `quarter`, uniform in [0, 1); shape of `slots`."""
        counters = places(slots)
        counters += np.frombuffer(self._origin(name, quarter), "<u8")
        return drawn(counters)

    def starts(self, names: Sequence[str], quarter: int) -> Places:
        """Where the streams of several uses begin: a start plus a slot's place, given to `drawn`, is one draw."""
        return np.frombuffer(b"".join([self._origin(name, quarter) for name in names]), "<u8")

    def several(self, names: Sequence[str], quarter: int, slots: Whole | Rows) -> Floats:
        """Draws of the same firms for several uses; (uses, slots)."""
        return drawn(places(slots) + self.starts(names, quarter)[:, None])

    def one_of(self, names: Sequence[str], which: Rows, quarter: int, slots: Whole | Rows) -> Floats:
        """Draw of each firm for the one of several uses that `which` names by place; shape of `slots`."""
        counters = places(slots)
        counters += self.starts(names, quarter).take(which)
        return drawn(counters)

    def uniforms(self, name: str, quarter: int, count: int, first: int = 0) -> Floats:
        """Draws of `count` slots from `first` on; shape (count,)."""
        return self.of(name, quarter, np.arange(first, first + count))

    def table(self, name: str, quarter: int, lines: int, count: int, first: int = 0) -> Floats:
        """Several draws for each of `count` slots from `first` on, a use per line; shape (lines, count)."""
        return np.stack([self.uniforms(f"{name}.{line}", quarter, count, first) for line in range(lines)])


def luck_digest() -> str:
    """Fingerprint of draws of a fixed use: results with different digests are not paired."""
    return hashlib.blake2b(Luck(0).uniforms("digest", 3, 64).tobytes(), digest_size=8).hexdigest()
