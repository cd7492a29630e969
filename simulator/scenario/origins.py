"""Where each value of a resolved scenario was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.region.reporting import slug
from simulator.scenario.moments import full_path, quarter_index
from simulator.scenario.problems import Place
from simulator.scenario.tree import Branch, Steps, Tree


def origins(tree: Tree, resolved: Any, steps: Steps = ()) -> Iterator[tuple[str, Place]]:
    """Yield dotted path and place of each resolved value that was written somewhere; the others are defaults.

    tree  what was written, at the same point as `resolved`
    """
    if not isinstance(resolved, Mapping) or not isinstance(tree, Branch):
        values = resolved if isinstance(resolved, Mapping) else {None: resolved}
        yield from ((".".join(map(str, steps if key is None else (*steps, key))), tree.place) for key in values)
        return
    for key, value in resolved.items():
        written = key if key in tree.entries else next((each for each in tree.entries if _same(each, key)), None)
        if written is not None:
            yield from origins(tree.entries[written], value, (*steps, key))


def _same(written: str, resolved: str) -> bool:
    """Tell whether two names mean the same place, point in time or path."""
    when = quarter_index(written)
    return (when is not None and when == quarter_index(resolved)) or resolved in (slug(written), full_path(written))
