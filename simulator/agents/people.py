"""People as cohort cells, not agents: who is employed, searching or elsewhere (Model text 1.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.float64]

EMPLOYED, SEARCHING, ELSEWHERE = range(3)
YOUNG, EARLY, MIDDLE, LATE = range(4)


@dataclass(slots=True)
class People:
    """The industry's labour pool.

    cells   (zones, 5 classes, 4 ages, 2 genders, 2 origins, 3 statuses)  persons; ages 16-24, 25-39, 40-54, 55-68,
            women before men, Sweden-born before foreign-born, employed, searching, elsewhere
    queues  name of the programme -> (quarter of completion modulo length, zones, 5 classes, 4 ages, 2 genders,
            2 origins)  persons in it
    """

    cells: Cells
    queues: dict[str, Cells]

    def total(self) -> float:
        """Everybody in the pool and in education, persons."""
        return float(self.cells.sum() + sum(queue.sum() for queue in self.queues.values()))

    def employed(self) -> Cells:
        """Employed by zone and class, shape (zones, 5)."""
        employed: Cells = self.cells[..., EMPLOYED].sum(axis=(2, 3, 4))
        return employed
