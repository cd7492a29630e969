"""Patterns of export (V11-V15)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import inf

import numpy as np

from simulator.quantity import Grade, Text
from simulator.validation.estimators import least_squares, state_dependence
from simulator.validation.panel import Array, Evidence, NotAvailableError
from simulator.validation.pattern import FIRST, LAST, WINDOW, Part, Pattern, Use

GLOBAL_SHARE = 0.5
"""Export share of sales of an anchor employer: that of the model's third stage, since anchors record none."""


def exporter_share(least: float, most: float, manufacturing: bool, run: Evidence) -> float:
    """Share of firms of a size that export, mean over the window; %. Source: Model text 8.1 V11; RK."""
    run.needs(LAST)
    size, exporting = (run.firms[name][FIRST : LAST + 1] for name in ("employment", "exporting"))
    with np.errstate(invalid="ignore"):
        chosen = (size >= least) & (size < most) & (run.lasting["manufacturing"] | (not manufacturing))
    return float(100 * np.mean((chosen & (exporting == 1)).sum(axis=1) / chosen.sum(axis=1)))


def _productivity(run: Evidence, year: int) -> Array:
    """Log value added per worker in a year of the run; (slots,), NaN where it is not positive."""
    workers = run.firms["employment"][4 * year + 1 : 4 * year + 5].mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.log(run.yearly("value_added", year) / workers / 4))


def _table(run: Evidence, columns: Sequence[Array], chosen: Array, year: int, size_year: int) -> Array:
    """Rows of `chosen` slots: the columns, ln size at the end of `size_year`, industry, year."""
    at = np.flatnonzero(chosen)
    size = np.log(np.maximum(run.firms["employment"][4 * size_year + 4, at], 0.5))
    return np.column_stack([*(each[at] for each in columns), size, run.lasting["industry"][at], np.full(len(at), year)])


def exporter_premium(run: Evidence) -> float:
    """Exporters' value added per worker against that of other manufacturers; %.

    Years 2-4 pooled; log value added per worker on exporting at the year's end, with log employment and dummies for
    industry and year. Source: Model text 8.1 V12; isgep2008, WAG.
    """
    run.needs(LAST)
    rows = [
        _table(run, [_productivity(run, year), run.firms["exporting"][4 * year + 4]],
               run.alive(4 * year + 4) & run.lasting["manufacturing"], year, year)
        for year in (1, 2, 3)
    ]  # fmt: skip
    table = np.concatenate(rows)
    return float(100 * np.expm1(least_squares(table[:, 0], list(table[:, 1:3].T), list(table[:, 3:].T))[0]))


def entry_premium(run: Evidence) -> float:
    """Value added per worker one year before export starts against firms that never export afterwards; %.

    Manufacturers that export neither at the end of a year nor the year before; starters export at the end of the next.
    Log value added per worker in that year on starting, with log employment, industry, year.
    Source: Model text 8.1 V13; HEL, WAG.
    """
    run.needs(24)
    rows = []
    for year in (1, 2, 3, 4):
        before, now, then = (run.firms["exporting"][4 * year + shift] for shift in (0, 4, 8))
        never = ~(run.firms["exporting"][4 * year :] == 1).any(axis=0)
        chosen = (before == 0) & (now == 0) & ((then == 1) | never & ~np.isnan(then)) & run.lasting["manufacturing"]
        rows.append(_table(run, [_productivity(run, year), then], chosen, year, year))
    table = np.concatenate(rows)
    _enough(table[:, 1])
    return float(100 * np.expm1(least_squares(table[:, 0], list(table[:, 1:3].T), list(table[:, 3:].T))[0]))


def learning(run: Evidence) -> float:
    """Growth of value added per worker in the three years after export starts, starters against firms without; log.

    Manufacturers that do not export at the end of a year; starters export in each of the following four years, the
    others in none. Change of log value added per worker from the first year as exporter to three years later, with its
    level before the start, log employment, industry, year. Source: Model text 8.1 V13; HEL, AL.
    """
    run.needs(36)
    rows = []
    for year in (1, 2, 3, 4):
        states = run.firms["exporting"][4 * year + 4 : 4 * year + 21 : 4]
        starts = (states[0] == 0) & (states[1:] == 1).all(axis=0)
        never = (states == 0).all(axis=0)
        growth = _productivity(run, year + 4) - _productivity(run, year + 1)
        chosen = (starts | never) & run.lasting["manufacturing"]
        rows.append(_table(run, [growth, starts.astype(np.float64), _productivity(run, year)], chosen, year, year))
    table = np.concatenate(rows)
    _enough(table[:, 1])
    return float(least_squares(table[:, 0], list(table[:, 1:4].T), list(table[:, 4:].T))[0])


def _enough(starts: Array) -> None:
    if np.nansum(starts) < 20:
        raise NotAvailableError(Text("fewer than 20 export starts", "färre än 20 exportstarter"))


def _stays(run: Evidence) -> tuple[Array, Array]:
    """Exporters of the window's years: whether they still export a year on (not if closed), and rural."""
    run.needs(LAST)
    stays, rural = [], []
    for quarter in range(FIRST, LAST, 4):
        rows = np.flatnonzero(run.firms["exporting"][quarter] == 1)
        stays.append(run.firms["exporting"][quarter + 4, rows] == 1)
        rural.append(run.lasting["rural"][rows])
    return np.concatenate(stays), np.concatenate(rural)


def persistence(run: Evidence) -> float:
    """Exporters that still export a year later, closed firms counted as stopped, as in trade statistics; %.

    Source: Model text 8.1 V14; RT, GP.
    """
    return float(100 * _stays(run)[0].mean())


def dependence(run: Evidence) -> float:
    """Effect of exporting last year on exporting now, lasting differences between firms removed; pp.

    Anderson-Hsiao on yearly states of years 1-5, manufacturers. Source: Model text 8.1 V14; RT, anderson1981.
    """
    run.needs(20)
    states = run.firms["exporting"][4:21:4].astype(np.float64)
    return 100 * state_dependence(states[:, run.lasting["manufacturing"]])


def periphery(run: Evidence) -> float:
    """Persistence in municipalities below 20,000 inhabitants less that elsewhere; pp.

    As published figures compare places: without controls for size and industry. Source: Model text 8.1 V14; GP.
    """
    stays, rural = _stays(run)
    return float(100 * (stays[rural == 1].mean() - stays[rural == 0].mean()))


def large_share(run: Evidence) -> float:
    """Anchor employers' share of the region's goods exports in the window; %.

    Small and medium-sized manufacturers: their sales abroad. Anchors: employment x the industry's sales per worker x
    0.5, since the model records no export of theirs. Source: Model text 8.1 V15; RK19.
    """
    run.needs(LAST)
    made = np.flatnonzero(run.lasting["manufacturing"])
    small = float(np.nansum(run.firms["export_sales"][FIRST : LAST + 1][:, made], dtype=np.float64))
    facts = run.anchor_facts
    large = run.anchors[FIRST : LAST + 1] * facts["sales_capacity"] * facts["manufacturing"] * GLOBAL_SHARE
    total = float(large.sum(dtype=np.float64)) + small
    return 100 * (total - small) / total


def _class(name: str, en: str, least: float, most: float, middle: float) -> Part:
    return Part(
        name=name, text=Text(f"manufacturing, {en} employees", f"tillverkning, {en} anställda"), unit="%",
        low=middle - 7, high=middle + 7, decimals=1, scale=3.5, measure=partial(exporter_share, least, most, True),
    )  # fmt: skip


PATTERNS = (
    Pattern(
        code="V11",
        title=Text("Share of exporters", "Andel exportörer"),
        explanation=Text(
            "Share of firms that export. The published share of small firms counts those without employees too.",
            "Andel företag som exporterar. Den publicerade andelen små företag räknar även dem utan anställda.",
        ),
        target=Text("16 % of small firms (2017); manufacturing 13/40/75 % by size, ±7 pp",
                    "16 % av småföretagen (2017); tillverkning 13/40/75 % efter storlek, ±7 procentenheter"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("RK", "SPEC"),
        grade=Grade.JUDGEMENT,
        parts=(
            Part(name="all", text=Text("all firms", "alla företag"), unit="%", low=9, high=23, decimals=1, scale=3.5,
                 measure=partial(exporter_share, 0.0, inf, False)),
            _class("small", "2-9", 0.0, 10.0, 13),
            _class("medium", "10-49", 10.0, 50.0, 40),
            _class("large", "50-249", 50.0, inf, 75),
        ),
    ),
    Pattern(
        code="V12",
        title=Text("Exporters are more productive", "Exportörer är mer produktiva"),
        explanation=Text(
            "Value added per worker of exporting manufacturers against others of equal size, industry and year.",
            "Förädlingsvärde per anställd hos exporterande tillverkare mot andra av samma storlek, bransch och år.",
        ),
        target=Text("premium 5-20 %", "premie 5-20 %"),
        window=Text("years 2-4", "år 2-4"),
        use=Use.HELD_OUT,
        sources=("isgep2008", "WAG"),
        grade=Grade.MEMORY,
        parts=(
            Part(name="premium", text=Text("premium", "premie"), unit="%", low=5, high=20, decimals=1,
                 measure=exporter_premium),
        ),
    ),
    Pattern(
        code="V13",
        title=Text("The better ones start to export, and do not learn much by it",
                   "De bättre börjar exportera, och lär sig inte mycket på det"),
        explanation=Text(
            "Productivity the year before the start, and its growth in the three years after, starters against "
            "manufacturers that go on without export.",
            "Produktivitet året före start och dess tillväxt de tre åren efter, nya exportörer mot tillverkare som "
            "fortsätter utan export.",
        ),
        target=Text("premium before entry; no growth after it (within 3 %)",
                    "premie före start; ingen tillväxt efter (inom 3 %)"),
        window=Text("starts of years 3-6", "starter år 3-6"),
        use=Use.HELD_OUT,
        sources=("HEL", "AL"),
        grade=Grade.SOURCED,
        parts=(
            Part(name="before", text=Text("premium the year before", "premie året före"), unit="%", low=0.0, high=inf,
                 decimals=1, measure=entry_premium),
            Part(name="after", text=Text("growth after the start", "tillväxt efter starten"), unit="log", low=-0.03,
                 high=0.03, decimals=3, measure=learning),
        ),
    ),
    Pattern(
        code="V14",
        title=Text("Export lasts", "Export består"),
        explanation=Text(
            "Exporters that still export a year later, closed firms counted as stopped; small municipalities against "
            "others. State dependence: the effect of last year's export when lasting differences between firms are "
            "removed (first differences with an instrument). The source gives no tolerance for it: 40-70 is judgement.",
            "Exportörer som ännu exporterar ett år senare, nedlagda räknas som slutade; små kommuner mot andra. "
            "Tillståndsberoende: effekten av förra årets export när bestående skillnader mellan företag tagits bort "
            "(förstadifferenser med instrument). Källan ger ingen tolerans för det: 40-70 är en bedömning.",
        ),
        target=Text("85-93 % a year; state dependence up to 60 pp (40-70 accepted); lower in the periphery",
                    "85-93 % per år; tillståndsberoende upp till 60 procentenheter (40-70 godtas); lägre i periferin"),
        window=Text("quarters 4-16; dependence: years 1-5", "kvartal 4-16; beroende: år 1-5"),
        use=Use.CALIBRATION,
        sources=("RT", "GP"),
        grade=Grade.MEMORY,
        parts=(
            Part(name="stay", text=Text("still export after a year", "exporterar ännu efter ett år"), unit="%",
                 low=85, high=93, decimals=1, scale=2, measure=persistence),
            Part(name="state", text=Text("state dependence", "tillståndsberoende"), unit="pp", low=40, high=70,
                 decimals=0, scale=5, measure=dependence),
            Part(name="rural", text=Text("small municipalities less others", "små kommuner minus andra"), unit="pp",
                 low=-inf, high=0.0, decimals=2, scale=1, measure=periphery),
        ),
    ),
    Pattern(
        code="V15",
        title=Text("Large firms' share of exports", "Storföretagens andel av exporten"),
        explanation=Text(
            "Goods exports of anchor employers over those of all. The model records no export of anchors: half of "
            "their sales is assumed, as for a firm on world markets. The target is national; anchors weigh more here.",
            "Storföretagens varuexport över all varuexport. Modellen för ingen export för storföretag: hälften av "
            "deras försäljning antas, som för ett företag på världsmarknaden. Målet är nationellt; storföretagen väger "
            "tyngre här.",
        ),
        target=Text("about 60 % of goods exports (±10)", "omkring 60 % av varuexporten (±10)"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("RK19",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="share", text=Text("anchor employers", "storföretag"), unit="%", low=50, high=70, decimals=1,
                 scale=5, measure=large_share),
        ),
    ),
)  # fmt: skip
