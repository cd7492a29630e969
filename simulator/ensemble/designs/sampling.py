"""Points in the unit cube: one coordinate per factor, the same for the same seed on any machine.

Coordinates are dealt by the sorted paths of the factors, and each factor has luck of its own: the order in which a
design names its factors changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
MORRIS_LEVELS = 4
"""Steps of the grid of a Morris design."""


def luck_of(seed: int, name: str) -> np.random.Generator:
    """Return the generator of one use of a design's seed."""
    digest = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=16).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def latin_hypercube(paths: Sequence[str], count: int, seed: int) -> Points:
    """Return (count, paths) points of which every factor has one in each of `count` equal strata.

    The points of a factor depend on its path, the seed and the count only. Source: mckay1979
    """
    points = np.empty((count, len(paths)))
    for place, path in enumerate(paths):
        luck = luck_of(seed, path)
        points[:, place] = (luck.permutation(count) + luck.random(count)) / count
    return np.minimum(points, np.nextafter(1, 0))


def sobol(paths: Sequence[str], count: int, seed: int) -> Points:
    """Return the first (count, paths) points of a scrambled Sobol sequence; more points begin with the same ones.

    Balanced where the count is a power of 2. Source: sobol1967, scrambled after matousek1998
    """
    from scipy.stats.qmc import Sobol

    order = np.argsort(np.array(paths, dtype=object), kind="stable")
    # powers of two only: drawing another number makes SciPy warn, and the user has been told already
    drawn = Sobol(len(paths), scramble=True, seed=luck_of(seed, "sobol")).random_base2(max(0, (count - 1).bit_length()))
    points = np.empty((count, len(paths)))
    points[:, order] = drawn[:count]
    return points


def morris(paths: Sequence[str], trajectories: int, seed: int) -> Points:
    """Return (trajectories * (paths + 1), paths) points: along a trajectory each factor moves once, alone.

    Each starts on a grid of `MORRIS_LEVELS` steps and moves by half of them, up or down. Source: morris1991
    """
    number = len(paths)
    order = np.argsort(np.array(paths, dtype=object), kind="stable")
    luck = luck_of(seed, "morris")
    half = MORRIS_LEVELS // 2
    found = []
    for _ in range(trajectories):
        low = luck.integers(0, half, number)
        upward = luck.integers(0, 2, number).astype(bool)
        moved = np.zeros(number, bool)
        for place in (None, *luck.permutation(number)):
            if place is not None:
                moved[place] = True
            found.append(low + half * (moved == upward))
    points = np.empty((len(found), number))
    points[:, order] = np.array(found) / (MORRIS_LEVELS - 1)
    return points


SAMPLED = {"sobol": sobol, "latin_hypercube": latin_hypercube, "morris": morris}
