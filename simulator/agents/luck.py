"""Named streams of luck: common random numbers by construction (Model text 7.2).

A value depends on (seed, name of the use, quarter, slot) only. What policy does to one firm can therefore never
change the luck of another, and a prevented exit shifts nobody's draws.
"""

from __future__ import annotations

import hashlib
import zlib

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole

_STRIDE = 2**32


class Luck:
    """Uniform draws by named use; one PCG64 generator per name, moved to the quarter's own stretch."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._streams: dict[str, tuple[np.random.PCG64, np.random.Generator]] = {}
        self._positions: dict[str, int] = {}

    def uniforms(self, name: str, quarter: int, count: int) -> Floats:
        """Entries 0..count-1 of stream `name` in `quarter`, uniform in [0, 1); shape (count,)."""
        if name not in self._streams:
            bits = np.random.PCG64(np.random.SeedSequence([self.seed, zlib.crc32(name.encode())]))
            self._streams[name] = (bits, np.random.Generator(bits))
            self._positions[name] = 0
        bits, generator = self._streams[name]
        target = quarter * _STRIDE
        bits.advance(target - self._positions[name])
        self._positions[name] = target + (count + 1) // 2  # two single-precision draws per 64-bit step
        return generator.random(count, dtype=np.float32)

    def table(self, name: str, quarter: int, lines: int, count: int) -> Floats:
        """Several draws for each of `count` entries, shape (lines, count)."""
        return self.uniforms(name, quarter, lines * count).reshape(lines, count)

    def of(self, name: str, quarter: int, slots: Whole | Rows, total: int) -> Floats:
        """Draws of the firms in `slots`, out of `total` slots that exist in `quarter`; shape of `slots`."""
        if not len(slots):
            return np.empty(0, np.float32)
        return self.uniforms(name, quarter, total)[slots]


def luck_digest() -> str:
    """Fingerprint of the first draws of a fixed stream.

    NumPy does not promise equal streams across major versions: results with different digests are not paired.
    """
    draws = Luck(0).uniforms("digest", 3, 64)
    return hashlib.blake2b(draws.tobytes(), digest_size=8).hexdigest()
