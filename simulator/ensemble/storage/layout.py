"""What the axes of a batch are: quarters, years, measures and cells, for all its cases together.

Cases may differ in length, start, region and measures; the axes then hold what any of them has, and a run is NaN where
its case has nothing.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simulator.agents.firms import CLASS_TEXTS
from simulator.ensemble.workers.work import kept_cells
from simulator.indicators import INDICATORS
from simulator.indicators.grid import Cell, Geography, cell_key, firm_grid, labour_grid, public_grid, regional_grid
from simulator.indicators.results import quarter_labels, quarter_number
from simulator.quantity import Text
from simulator.region.facts import load_region
from simulator.region.reporting import reporting_geography
from simulator.region.schemas import COMPETENCE_CODES

if TYPE_CHECKING:
    from simulator.ensemble.plan import Case, Plan
    from simulator.scenario import Scenario

PACKAGE = "package"
"""What is spent on all measures together, beside what each spends."""
_SHAPING = ("run.start", "run.years", "region.name")


@dataclass(frozen=True, slots=True)
class Shape:
    """Axes of one case, or of all: labels of quarters, first quarters of the years, measures, cells by family."""

    quarters: tuple[str, ...]
    years: tuple[str, ...]
    measures: tuple[str, ...]
    cells: Mapping[str, tuple[Cell, ...]]


class Layout:
    """Axes of a plan, and those of each of its cases."""

    def __init__(self, plan: Plan) -> None:
        self._where: dict[str, Geography] = {}
        families = dict.fromkeys(INDICATORS[name].family for name in plan.keep.indicators)
        known: dict[str, Shape] = {}
        shapes = []
        for place, case in enumerate(plan.cases):
            key = json.dumps([case.scenario, _shaping(plan.scenarios[case.scenario], case)])
            if key not in known:
                known[key] = self._shape(plan.scenario(place), plan.keep.by, families)
            shapes.append(known[key])
        self.shapes = tuple(shapes)
        self.whole = _union(list(known.values()))

    @cached_property
    def labels(self) -> Mapping[Cell, Text]:
        """Words for each cell."""
        found: dict[Cell, Text] = {}
        for cell in {cell: None for cells in self.whole.cells.values() for cell in cells}:
            texts = (where.label(cell) for where in self._where.values() if _has(where, cell))
            found[cell] = next(texts, Text(cell_key(cell), cell_key(cell)))
        return found

    def _shape(self, scenario: Scenario, by: tuple[str, ...], families: Iterable[str]) -> Shape:
        region = load_region(scenario.region.name)
        where = reporting_geography(region, COMPETENCE_CODES, CLASS_TEXTS)
        self._where.setdefault(scenario.region_digest, where)
        breakdown = by or scenario.record.by
        grids = {
            "firms": firm_grid(where, breakdown).grid,
            "labour": labour_grid(where, breakdown),
            "public": public_grid(where),
            "regional": regional_grid(),
        }
        quarters = quarter_labels(scenario.run.start_text, scenario.run.quarters + 1)
        return Shape(
            quarters,
            quarters[1::4],
            (*(measure.name for measure in scenario.measures), PACKAGE),
            {family: kept_cells(grids[family].cells, by) for family in families},
        )


def _shaping(base: Scenario, case: Case) -> Mapping[str, object]:
    """The values of a case that may change its axes: time, region, measures that the scenario does not have."""
    named = {measure.name for measure in base.measures}
    return {
        path: value
        for path, value in case.overrides.items()
        if path in _SHAPING or "." not in path or _changes_measures(path, named)
    }


def _changes_measures(path: str, named: Container[str]) -> bool:
    section, _, rest = path.partition(".")
    return section == "interventions" and ("." not in rest or rest.split(".")[0] not in named)


def _union(shapes: list[Shape]) -> Shape:
    quarters = [quarter_number(label) for shape in shapes for label in shape.quarters]
    first, last = min(quarters), max(quarters)
    start = f"{(first + 1) // 4}Q{(first + 1) % 4 + 1}"
    measures = dict.fromkeys(name for shape in shapes for name in shape.measures if name != PACKAGE)
    families = dict.fromkeys(family for shape in shapes for family in shape.cells)
    return Shape(
        quarter_labels(start, last - first + 1),
        tuple(sorted({year for shape in shapes for year in shape.years}, key=quarter_number)),
        (*measures, PACKAGE),
        {family: tuple(dict.fromkeys(cell for shape in shapes for cell in shape.cells[family])) for family in families},
    )


def _has(where: Geography, cell: Cell) -> bool:
    places = {"county": where.counties, "municipality": where.municipalities, "zone": where.zones}
    return all(key in places.get(dimension, (key,)) for dimension, key in cell)
