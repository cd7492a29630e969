"""Mesa agents as views of rows: made only when somebody looks, never during a run.

Views are not registered with the model: Mesa 3.3 would keep every model that ever registered an agent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from simulator.agents.columns import Population
from simulator.agents.firms import Anchors, Firms

if TYPE_CHECKING:
    import pandas as pd


class RowView(mesa.Agent):  # type: ignore[misc, unused-ignore]
    """One row of a population; columns are attributes, reading and writing go straight to the column."""

    columns: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, views: Views, key: int) -> None:
        # Mesa's own initialiser would register the agent; see the module's text.
        self.__dict__.update(model=views.model, unique_id=key, pos=None, _views=views)

    def __getattr__(self, name: str) -> Any:
        if name not in self.columns:
            raise AttributeError(f"{type(self).__name__} has no column '{name}'")
        value = getattr(self._views.population, name)[..., self._views.row(self.unique_id)]
        return value.item() if value.ndim == 0 else value

    def __setattr__(self, name: str, value: object) -> None:
        if name not in self.columns:
            raise AttributeError(f"{type(self).__name__} has no column '{name}'")
        getattr(self._views.population, name)[..., self._views.row(self.unique_id)] = value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.columns})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"


class Firm(RowView):
    """A small or medium-sized firm; `unique_id` is its slot.

    >>> Firm.columns >= {"digital_level", "exporting", "employment"}
    True
    """

    columns = frozenset(Firms.columns)

    def biography(self) -> list[tuple[int, str, float]]:
        """What happened to this firm, as (quarter, event, value); needs a run that keeps events."""
        events = self.model.world.events
        if events is None:
            raise ValueError("this run keeps no events; set record.events to true")
        return list(events.of(self.unique_id))


class AnchorEmployer(RowView):
    """A large employer; `unique_id` is its row."""

    columns = frozenset(Anchors.columns)


class Views:
    """The live rows of a population as Mesa agents: `model.firms[17]`, `len(model.firms)`, `model.firms.frame()`."""

    def __init__(self, model: Any, population: Population, kind: type[RowView], key: str | None) -> None:
        self.model = model
        self.population = population
        self._kind = kind
        self._key = key
        self._made: dict[int, RowView] = {}

    def keys(self) -> list[int]:
        """Keys of the live rows, in increasing order."""
        if self._key is None:
            return list(range(self.population.size))
        return [int(key) for key in np.sort(getattr(self.population, self._key))]

    def row(self, key: int) -> int:
        """Row of the agent `key`; KeyError when it does not live."""
        if self._key is None:
            rows = np.flatnonzero(np.arange(self.population.size) == key)
        else:
            rows = np.flatnonzero(getattr(self.population, self._key) == key)
        if not len(rows):
            raise KeyError(f"no live {self._kind.__name__} {key}")
        return int(rows[0])

    def __getitem__(self, key: int) -> RowView:
        self.row(key)
        return self._made.setdefault(key, self._kind(self, key))

    def __len__(self) -> int:
        return self.population.size

    def __iter__(self) -> Iterator[RowView]:
        return (self._made.setdefault(key, self._kind(self, key)) for key in self.keys())

    def agents(self) -> mesa.agent.AgentSet:
        """All live rows as a Mesa AgentSet."""
        return mesa.agent.AgentSet(list(self), random=self.model.random)

    def frame(self) -> pd.DataFrame:
        """All live rows as a table, one column each; columns with parts get one column per part."""
        import pandas as pd

        table = {}
        for name, column in self.population.columns.items():
            values = getattr(self.population, name)
            if column.width == 1:
                table[name] = values.copy()
            else:
                table.update({f"{name}_{part}": values[part].copy() for part in range(column.width)})
        return pd.DataFrame(table, index=getattr(self.population, self._key) if self._key else None)
