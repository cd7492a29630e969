"""Contrasts as lines of a table: differences with intervals, in words, and whether the runs suffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.analysis.contrast import Contrast, Difference
from simulator.cli.effect_report import NOTHING, WORDS, shown_places, span
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.wording import aligned, unit_symbol, written

MAIN = (
    "advanced_digital", "basic_green", "circular_firms", "innovating_firms", "business_rd", "exporters",
    "vacancy_rate", "emissions", "employment_smes", "value_added", "productivity", "public_outlay",
)  # fmt: skip
ENOUGH_TO_TELL = 8
"""Pairs from which it can be told how many more are needed. Source: judgement."""
_HEADINGS = (
    Text("indicator", "indikator"), Text("unit", "enhet"), Text("without", "utan"), Text("difference", "skillnad"),
    Text("90 % interval", "90 % intervall"), Text("", ""),
)  # fmt: skip
CONDITIONAL = Text(
    "Synthetic firms; conditional on the scenario's assumptions, not a forecast.",
    "Syntetiska företag; gäller under scenariots antaganden, ingen prognos.",
)
ROWS = (
    "case", "against", "indicator", "unit", "pairs", "level_against", "difference", "low_90", "high_90", "detectable",
    "variance_ratio", "more_pairs_needed", "label_en", "label_sv",
)  # fmt: skip


def shown_of(names: Sequence[str]) -> list[str]:
    """Indicators of a result that a first look shows."""
    return [name for name in MAIN if name in names] or list(names[: len(MAIN)])


def lines(found: Contrast, names: Sequence[str], language: str) -> Iterator[str]:
    """One contrast, some of its indicators."""
    yield Text(
        f"{found.case} against {found.against}: the last year, {found.pairs} pairs of runs on equal luck",
        f"{found.case} mot {found.against}: sista året, {found.pairs} par av körningar med samma slump",
    ).said(language)
    chosen = {name: found.differences[name] for name in names if name in found.differences}
    rows = [tuple(text.said(language) for text in _HEADINGS)]
    rows += [_row(found, name, one, language) for name, one in chosen.items()]
    yield from aligned(rows, left=(0, 1, 5))
    if unknown := [name for name in names if name not in chosen]:
        yield Text("Not known here: ", "Inte kända här: ").said(language) + ", ".join(unknown)
    yield from _precision(found, chosen, language)
    yield ""


def _row(found: Contrast, name: str, one: Difference, language: str) -> tuple[str, ...]:
    about, told = INDICATORS[name], one.found
    places = shown_places(told.mean, about.decimals)
    word = WORDS[about.better, 1 if told.mean > 0 else -1] if told.detectable else NOTHING
    if told.runs < 2:
        word = Text("one pair tells no interval", "ett par ger inget intervall")
    level, unit = written(one.level, about.decimals, language), unit_symbol(found.units[name], language)
    if about.unit != found.units[name]:
        level += f" {unit_symbol(about.unit, language)}"
    return (
        f"  {found.labels[name].said(language)}", unit,
        level, written(told.mean, places, language, sign=True),
        span(told.low, told.high, places, language), word.said(language),
    )  # fmt: skip


def _precision(found: Contrast, chosen: dict[str, Difference], language: str) -> Iterator[str]:
    """Whether there are enough pairs, and how many are missing for what is not known well."""
    short = {name: one for name, one in chosen.items() if not one.known.enough}
    if not short:
        yield Text("The replications suffice for all of these.", "Upprepningarna räcker för alla dessa.").said(language)
        return
    wanted = [one.known.more for one in short.values() if one.known.more is not None]
    en, sv = (", ".join(found.labels[name].said(said) for name in short) for said in ("en", "sv"))
    if found.pairs < ENOUGH_TO_TELL or not wanted:
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


def rows(found: Contrast) -> Iterator[Sequence[object]]:
    """Rows of `ROWS`, every indicator."""
    for name, one in found.differences.items():
        told, label = one.found, found.labels[name]
        more = "" if one.known.enough else one.known.more
        yield (
            found.case, found.against, name, found.units[name], told.runs, one.level, told.mean, told.low, told.high,
            "yes" if told.detectable else "no", one.variance, "" if more is None else more, label.en, label.sv,
        )  # fmt: skip
