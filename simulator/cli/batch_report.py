"""What a finished batch shows at first sight: paired differences of the main indicators, and whether runs suffice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from simulator.cli.batch_work import called
from simulator.cli.effect_report import NOTHING, WORDS, shown_places, span
from simulator.cli.tables import aligned, unit_symbol, written
from simulator.ensemble.result import Result
from simulator.ensemble.statistics import Estimate, Values, estimate, precision, small
from simulator.indicators import INDICATORS
from simulator.quantity import Text

MAIN = (
    "advanced_digital", "basic_green", "circular_firms", "innovating_firms", "business_rd", "exporters",
    "vacancy_rate", "emissions", "employment_smes", "value_added", "productivity", "public_outlay",
)  # fmt: skip
FEW = 4
"""Cases that are shown one by one; of more the spread is shown."""
ENOUGH_TO_TELL = 8
"""Pairs from which it can be told how many more are needed. Source: judgement."""
_SPREAD = (0.05, 0.5, 0.95)
_ONE = (
    Text("indicator", "indikator"), Text("unit", "enhet"), Text("without", "utan"), Text("difference", "skillnad"),
    Text("90 % interval", "90 % intervall"), Text("", ""),
)  # fmt: skip
_MANY = (
    Text("indicator", "indikator"), Text("unit", "enhet"), Text("median", "median"),
    Text("90 % of the cases", "90 % av fallen"),
)  # fmt: skip
_CONDITIONAL = Text(
    "Synthetic firms; conditional on the scenario's assumptions, not a forecast.",
    "Syntetiska företag; gäller under scenariots antaganden, ingen prognos.",
)


def report(folder: Path, language: str) -> Iterator[str]:
    """Lines about a batch: differences in the last year where cases have baselines, else levels."""
    result = Result.load(folder)
    compared = [case.name for case in result.compared if case.against is not None]
    names = [name for name in MAIN if name in result.indicators] or list(result.indicators[: len(MAIN)])
    yield ""
    if not compared:
        chosen = [case.name for case in result.compared if case.policy]
        yield Text("Levels in the last year", "Nivåer under sista året").said(language)
        yield from _spread(result, chosen, names, language)
    elif len(compared) > FEW:
        yield Text(
            f"Differences from the baseline in the last year, on equal luck; means of {len(compared)} cases",
            f"Skillnader mot baslinjen under sista året, med samma slump; medelvärden av {len(compared)} fall",
        ).said(language)
        yield from _spread(result.minus(), compared, names, language)
    else:
        paired = result.minus()
        for case in compared:
            yield from _case(result, paired, case, names, language)
    yield _CONDITIONAL.said(language)
    yield Text(f"Results: {folder}", f"Resultat: {folder}").said(language)
    export, compare = called("export", folder), called("compare", folder)
    yield Text(f"Go on: {export}, or {compare}", f"Gå vidare: {export}, eller {compare}").said(language)


def _case(result: Result, paired: Result, case: str, names: list[str], language: str) -> Iterator[str]:
    """One case against its baseline."""
    against = result.compared[result.case_place(case)].against
    assert against is not None
    found = {name: estimate(paired.last_year(name, case=case)[0]) for name in names}
    runs = max(one.runs for one in found.values())
    other = result.cases[against]
    yield Text(
        f"{case} against {other}: the last year, {runs} pairs of runs on equal luck",
        f"{case} mot {other}: sista året, {runs} par av körningar med samma slump",
    ).said(language)
    levels = {name: _mean(result.last_year(name)[against]) for name in names}
    rows = [tuple(text.said(language) for text in _ONE)]
    rows += [_row(result, name, levels[name], one, language) for name, one in found.items()]
    yield from aligned(rows, left=(0, 1, 5))
    yield from _precision(result, found, levels, language)
    yield ""


def _row(result: Result, name: str, level: float, one: Estimate, language: str) -> tuple[str, ...]:
    about = INDICATORS[name]
    places = shown_places(one.mean, about.decimals)
    word = WORDS[about.better, 1 if one.mean > 0 else -1] if one.detectable else NOTHING
    if one.runs < 2:
        word = Text("one pair tells no interval", "ett par ger inget intervall")
    return (
        f"  {result.label(name).said(language)}", unit_symbol(result.unit(name), language),
        written(level, about.decimals, language), written(one.mean, places, language, sign=True),
        span(one.low, one.high, places, language), word.said(language),
    )  # fmt: skip


def _precision(result: Result, found: dict[str, Estimate], levels: dict[str, float], language: str) -> Iterator[str]:
    """Whether there are enough pairs, and how many are missing for what is not known well."""
    judged = {name: precision(one, small(levels[name], INDICATORS[name].decimals)) for name, one in found.items()}
    short = {name: one for name, one in judged.items() if not one.enough}
    if not short:
        yield Text("The replications suffice for all of these.", "Upprepningarna räcker för alla dessa.").said(language)
        return
    few = max(one.runs for one in found.values()) < ENOUGH_TO_TELL
    wanted = [one.more for one in short.values() if one.more is not None]
    en, sv = (", ".join(result.label(name).said(said) for name in short) for said in ("en", "sv"))
    if few or not wanted:
        yield Text(
            f"More replications would sharpen, at least {ENOUGH_TO_TELL} in all: {en}",
            f"Fler upprepningar skulle skärpa, minst {ENOUGH_TO_TELL} totalt: {sv}",
        ).said(language)
        return
    more = max(wanted)
    yield Text(
        f"More replications would sharpen (about {more} more for all): {en}",
        f"Fler upprepningar skulle skärpa (omkring {more} till för alla): {sv}",
    ).said(language)


def _spread(result: Result, cases: list[str], names: list[str], language: str) -> Iterator[str]:
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
