"""What share of a run each block of the quarter takes: at the baseline, and with every measure at work."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from statistics import median
from typing import Any
from unittest.mock import patch

from simulator import quarter
from simulator.interventions.catalogue import KINDS
from simulator.model import TransitionModel
from simulator.observation import Observer

SCENARIO = "baseline"
LARGEST = 25.0


def every_measure(years: int) -> dict[str, object]:
    """Overrides that run every kind of measure at its defaults through all of the run."""
    end = f"{2025 + years}Q4"
    return {"interventions": {name: {"kind": name, "start": "2026Q1", "end": end} for name in sorted(KINDS)}}


def cases(years: int) -> dict[str, dict[str, object]]:
    """What is timed: overrides by name."""
    return {"baseline": {"run.years": years}, "all measures": {"run.years": years, **every_measure(years)}}


def blocks() -> list[str]:
    """Names of the blocks in the order in which a quarter runs them, read off the model's own step."""
    return [name for name in TransitionModel.step.__code__.co_names if hasattr(quarter, name)]


def seconds_by_block(overrides: dict[str, object], seed: int) -> dict[str, float]:
    """Seconds of one run in each block, in measuring, and in the rest of the step."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            result = work(*given, **named)
            spent[name] += time.perf_counter() - started
            return result

        return call

    names = blocks()
    model = TransitionModel(SCENARIO, rng=seed, **overrides)
    replaced = {name: timed(name, getattr(quarter, name)) for name in names}
    started = time.perf_counter()
    with patch.multiple(quarter, **replaced), patch.object(Observer, "observe", timed("observe", Observer.observe)):
        model.run()
    whole = time.perf_counter() - started
    known = {name: spent[name] for name in (*names, "observe")}
    return {**known, "rest": whole - sum(known.values())}


def table(years: int, repeats: int) -> str:
    """Markdown table of shares in percent, medians over runs of both cases in turn."""
    runs: dict[str, list[dict[str, float]]] = defaultdict(list)
    for overrides in cases(years).values():
        seconds_by_block(overrides, 0)  # what is kept between runs is there for all that count
    for seed in range(1, repeats + 1):
        for case, overrides in cases(years).items():
            runs[case].append(seconds_by_block(overrides, seed))
    middle = {case: {name: median(run[name] for run in many) for name in many[0]} for case, many in runs.items()}
    meaning = {name: (getattr(quarter, name).__doc__ or "").splitlines()[0].rstrip(".") for name in blocks()}
    meaning |= {"observe": "Indicators of the quarter", "rest": "Mesa's own step and data collector"}
    lines = ["| block | what it does | " + " | ".join(middle) + " |", "|---|---|" + "---|" * len(middle)]
    for name, words in meaning.items():
        shares = [100 * spent[name] / sum(spent.values()) for spent in middle.values()]
        cells = [f"**{share:.0f} %**" if share > LARGEST else f"{share:.0f} %" for share in shares]
        lines.append(f"| `{name}` | {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
