"""What a finished batch shows at first sight: paired differences of the main indicators, and whether runs suffice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from simulator.analysis.contrast import contrasts
from simulator.cli.batch_work import called
from simulator.cli.contrast_table import CONDITIONAL, lines, shown_of
from simulator.cli.effect_report import shown_places, span
from simulator.ensemble.results.result import Result
from simulator.ensemble.statistics import Values
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.wording import aligned, unit_symbol, written

FEW = 4
"""Cases that are shown one by one; of more the spread is shown."""
_SPREAD = (0.05, 0.5, 0.95)
_MANY = (
    Text("indicator", "indikator"), Text("unit", "enhet"), Text("median", "median"),
    Text("90 % of the cases", "90 % av fallen"),
)  # fmt: skip


def report(folder: Path, language: str) -> Iterator[str]:
    """Lines about a batch: differences in the last year where cases have baselines, else levels."""
    result = Result.load(folder)
    compared = [case.name for case in result.compared if case.against is not None]
    names = shown_of(result.indicators)
    yield ""
    if not compared:
        chosen = [case.name for case in result.compared if case.policy]
        yield Text("Levels in the last year", "Nivåer under sista året").said(language)
        yield from spread(result, chosen, names, language)
    elif len(compared) > FEW:
        yield Text(
            f"Differences from the baseline in the last year, on equal luck; means of {len(compared)} cases",
            f"Skillnader mot baslinjen under sista året, med samma slump; medelvärden av {len(compared)} fall",
        ).said(language)
        yield from spread(result.minus(), compared, names, language)
    else:
        for found in contrasts(result):
            yield from lines(found, names, language)
    yield CONDITIONAL.said(language)
    yield Text(f"Results: {folder}", f"Resultat: {folder}").said(language)
    export, compare = called("export", folder), called("compare", folder)
    yield Text(f"Go on: {export}, or {compare}", f"Gå vidare: {export}, eller {compare}").said(language)


def spread(result: Result, cases: list[str], names: list[str], language: str) -> Iterator[str]:
    """The spread of the cases' means."""
    places = [result.case_place(case) for case in cases]
    rows = [tuple(text.said(language) for text in _MANY)]
    for name in names:
        means = np.array([_mean(values) for values in result.last_year(name)[places]])
        known = means[~np.isnan(means)]
        low, middle, high = np.quantile(known, _SPREAD) if len(known) else (np.nan,) * 3
        shown = shown_places(float(middle), INDICATORS[name].decimals)
        rows.append(
            (
                f"  {result.label(name).said(language)}", unit_symbol(result.unit(name), language),
                written(float(middle), shown, language, sign=result.difference),
                span(float(low), float(high), shown, language, sign=result.difference),
            )
        )  # fmt: skip
    yield from aligned(rows, left=(0, 1))


def _mean(values: Values) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
