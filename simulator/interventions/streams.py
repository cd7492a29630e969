"""Whose luck a measure draws."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.interventions.declaration import Measure


def stream_keys(measures: Sequence[Measure]) -> tuple[str, ...]:
    """Name of each measure's luck: its `stream`, else kind and ordinal among the same kind by start, then name.

    Ordinals that a `stream` already claims are left out, so that a renamed measure that keeps its stream changes
    nobody's luck. Source: Model text 7.2; SPEC.
    """
    claimed = [measure.stream for measure in measures if measure.stream is not None]
    if len(set(claimed)) < len(claimed):
        raise ValueError("two measures have the same stream")
    keys = {}
    taken = set(claimed)
    for index in sorted(range(len(measures)), key=lambda i: (measures[i].start, measures[i].name)):
        measure, ordinal = measures[index], 0
        while measure.stream is None and f"{measure.kind.name}.{ordinal}" in taken:
            ordinal += 1
        keys[index] = measure.stream or f"{measure.kind.name}.{ordinal}"
        taken.add(keys[index])
    return tuple(keys[index] for index in range(len(measures)))
