"""Patterns of firms as such: sizes, growth, entry and exit, owners (V1-V6, V23)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import inf

import numpy as np

from simulator.quantity import Grade, Text
from simulator.validation.estimators import demeaned, least_squares, spread_slope, subbotin_exponent, tail_exponent
from simulator.validation.panel import Array, Evidence
from simulator.validation.pattern import FIRST, LAST, WINDOW, Part, Pattern, Use

LEAST = 20
"""Size from which the tail and the shape of growth are looked at, FTE."""


def sizes(run: Evidence, quarter: int) -> Array:
    """Employment of all firms and anchor employers that work; FTE."""
    firms = run.firms["employment"][quarter]
    anchors = run.anchors[quarter]
    return np.concatenate([firms[~np.isnan(firms)], anchors[anchors > 0]])


def tail_in_window(run: Evidence) -> float:
    """Rank exponent of employment from 20 on, firms and anchor employers, mean over the window.

    Source: Model text 8.1 V1; axtell2001, gabaix2011.
    """
    run.needs(LAST)
    return float(np.mean([tail_exponent(sizes(run, quarter), LEAST) for quarter in range(FIRST, LAST + 1)]))


def tail_at_end(run: Evidence) -> float:
    """Rank exponent after 15 years. Source: Model text 8.1 V1; axtell2001."""
    run.needs(60)
    return tail_exponent(sizes(run, 60), LEAST)


def share_below(limit: float, run: Evidence) -> float:
    """Share of employers with at least 8 employees that are smaller than `limit`, mean over the window; %.

    Source: Model text 8.1 V2.
    """
    run.needs(LAST)
    found = [sizes(run, quarter) for quarter in range(FIRST, LAST + 1)]
    return float(100 * np.mean([(each[each >= 8] < limit).mean() for each in found]))


def sales_growth(run: Evidence) -> Iterator[tuple[Array, Array]]:
    """Yearly log growth of sales, industry-demeaned, and employment before; both pairs of years in the window.

    Growth from calendar year to calendar year of firms that live through both.
    """
    run.needs(LAST)
    for year in (1, 2):
        before, after = run.yearly("sales", year), run.yearly("sales", year + 1)
        rows = np.flatnonzero((before > 0) & (after > 0))
        size = run.firms["employment"][4 * year, rows]
        growth = demeaned(np.log(after[rows] / before[rows]), run.lasting["industry"][rows])
        yield growth, np.maximum(size, 0.5)


def growth_shape(run: Evidence) -> float:
    """Subbotin exponent of industry-demeaned yearly log growth of sales, firms from 20 employees, two years pooled.

    Source: Model text 8.1 V3; BS.
    """
    return subbotin_exponent(np.concatenate([growth[size >= LEAST] for growth, size in sales_growth(run)]))


def spread_by_size(run: Evidence) -> float:
    """Slope of ln sd of sales growth on ln employment over ten classes of equally many firms.

    Source: Model text 8.1 V4; stanley1996.
    """
    found = list(sales_growth(run))
    return spread_slope(np.concatenate([each[0] for each in found]), np.concatenate([each[1] for each in found]))


def _employment_growth(run: Evidence) -> tuple[Array, Array, Array, Array]:
    """Yearly log growth of employment of survivors, employment before, industry and year; the window's years pooled."""
    run.needs(LAST)
    growth, size, industry, year = [], [], [], []
    for quarter in range(FIRST, LAST, 4):
        before, after = run.firms["employment"][quarter], run.firms["employment"][quarter + 4]
        rows = np.flatnonzero((before > 0) & (after > 0))
        growth.append(np.log(after[rows] / before[rows]))
        size.append(before[rows])
        industry.append(run.lasting["industry"][rows])
        year.append(np.full(len(rows), quarter))
    return np.concatenate(growth), np.concatenate(size), np.concatenate(industry), np.concatenate(year)


def gibrat_slope(run: Evidence) -> float:
    """Slope of yearly employment growth on ln employment, firms from 20 employees, dummies for industry and year.

    Source: Model text 8.1 V5; evans1987.
    """
    growth, size, *groups = _employment_growth(run)
    large = size >= LEAST
    return float(least_squares(growth[large], [np.log(size[large])], [each[large] for each in groups])[0])


def small_firm_lead(run: Evidence) -> float:
    """Yearly growth of surviving firms below 20 employees less that of the others, industry and year held; log.

    Source: Model text 8.1 V5; evans1987.
    """
    growth, size, *groups = _employment_growth(run)
    return float(least_squares(growth, [size < LEAST], groups)[0])


def _yearly_exits(run: Evidence) -> tuple[Array, Array, Array]:
    """Whether a firm ends within a year, ln employment and ln(1 + age in years), the window's years pooled."""
    run.needs(LAST)
    ends, size, age = [], [], []
    for quarter in range(FIRST, LAST, 4):
        rows = np.flatnonzero(run.alive(quarter))
        ends.append(~run.alive(quarter + 4)[rows])
        size.append(np.log(np.maximum(run.firms["employment"][quarter, rows], 0.5)))
        age.append(np.log1p(run.firms["age"][quarter, rows] / 4))
    return np.concatenate(ends).astype(np.float64), np.concatenate(size), np.concatenate(age)


def exit_rate(run: Evidence) -> float:
    """Firms that end within a year, share of those that lived at its start; %/yr. Source: Model text 8.1 V6."""
    return float(100 * _yearly_exits(run)[0].mean())


def entry_rate(run: Evidence) -> float:
    """Firms at a year's end that did not live at its start, share of those that did; %/yr.

    Source: Model text 8.1 V6.
    """
    run.needs(LAST)
    rates = [
        (run.alive(quarter + 4) & ~run.alive(quarter)).sum() / run.alive(quarter).sum()
        for quarter in range(FIRST, LAST, 4)
    ]
    return float(100 * np.mean(rates))


def exit_slope(place: int, run: Evidence) -> float:
    """Linear-probability slope of exit on ln employment (0) or ln age (1), each given the other; 1/yr.

    Source: Model text 8.1 V5, V6; evans1987.
    """
    ends, size, age = _yearly_exits(run)
    return float(least_squares(ends, [size, age])[place])


def owners(reading: Callable[[Array], float], run: Evidence) -> float:
    """A statistic of owners' ages, mean over the window. Source: Model text 8.1 V23; FTG."""
    run.needs(LAST)
    ages = run.firms["owner_age"][FIRST : LAST + 1]
    return float(np.mean([reading(row[~np.isnan(row)]) for row in ages]))


def _older_than(limit: float, ages: Array) -> float:
    return float(100 * (ages >= limit).mean())


def _mean(ages: Array) -> float:
    return float(ages.mean())


PATTERNS = (
    Pattern(
        code="V1",
        title=Text("Size distribution", "Storleksfördelning"),
        explanation=Text(
            "Slope of log rank on log employment from 20 employees on, anchor employers included.",
            "Lutning av log rang mot log sysselsatta från 20 anställda, storföretag inräknade.",
        ),
        target=Text("rank exponent 1.06, stable over 15 years", "rangexponent 1,06, stabil i 15 år"),
        window=Text("quarters 4-16, and quarter 60", "kvartal 4-16, och kvartal 60"),
        use=Use.CALIBRATION,
        sources=("axtell2001",),
        grade=Grade.MEMORY,
        parts=(
            Part(name="window", text=Text("rank exponent", "rangexponent"), unit="1", low=0.9, high=1.2,
                 measure=tail_in_window, scale=0.1),
            Part(name="end", text=Text("rank exponent after 15 years", "rangexponent efter 15 år"), unit="1", low=0.9,
                 high=1.2, measure=tail_at_end, scale=0.1),
        ),
    ),
    Pattern(
        code="V2",
        title=Text("Small and medium-sized among employers", "Små och medelstora bland arbetsgivarna"),
        explanation=Text(
            "Among firms and anchor employers with at least 8 employees.",
            "Bland företag och storföretag med minst 8 anställda.",
        ),
        target=Text("85 % below 50 employees, 95 % up to 250", "85 % under 50 anställda, 95 % upp till 250"),
        window=WINDOW,
        use=Use.INPUT,
        sources=("SEED-1",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="small", text=Text("below 50 employees", "under 50 anställda"), unit="%", low=81, high=89,
                 decimals=1, measure=partial(share_below, 50.0)),
            Part(name="medium", text=Text("up to 250 employees", "upp till 250 anställda"), unit="%", low=92, high=98,
                 decimals=1, measure=partial(share_below, 250.5)),
        ),
    ),
    Pattern(
        code="V3",
        title=Text("Shape of growth rates", "Tillväxttakternas form"),
        explanation=Text(
            "Subbotin exponent of yearly log sales growth, industry means removed, firms from 20 employees; 1 is the "
            "tent of Laplace, 2 the bell.",
            "Subbotinexponent för årlig log försäljningstillväxt, branschmedel borttagna, företag från 20 anställda; "
            "1 är Laplaces tält, 2 normalfördelningen.",
        ),
        target=Text("exponent near 1", "exponent nära 1"),
        window=WINDOW,
        use=Use.HELD_OUT,
        sources=("BS",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="shape", text=Text("Subbotin exponent", "Subbotinexponent"), unit="1", low=0.8, high=1.3,
                 measure=growth_shape),
        ),
    ),
    Pattern(
        code="V4",
        title=Text("Larger firms grow more steadily", "Större företag växer jämnare"),
        explanation=Text(
            "Slope of the log standard deviation of yearly sales growth on log employment.",
            "Lutning av log standardavvikelse i årlig försäljningstillväxt mot log sysselsatta.",
        ),
        target=Text("between -0.25 and -0.10", "mellan -0,25 och -0,10"),
        window=WINDOW,
        use=Use.HELD_OUT,
        sources=("stanley1996",),
        grade=Grade.MEMORY,
        parts=(
            Part(name="slope", text=Text("slope", "lutning"), unit="1", low=-0.25, high=-0.10, decimals=3,
                 measure=spread_by_size),
        ),
    ),
    Pattern(
        code="V5",
        title=Text("Growth hardly depends on size", "Tillväxt beror knappt på storlek"),
        explanation=Text(
            "Yearly employment growth of survivors on log employment from 20 employees on; small firms grow a little "
            "faster and close more often (the same number as in V6, so it is not counted here).",
            "Överlevande företags årliga sysselsättningstillväxt mot log sysselsatta från 20 anställda; små växer "
            "något snabbare och läggs oftare ned (samma tal som i V6, räknas därför inte här).",
        ),
        target=Text("slope within 0.03 of 0; small firms faster, more exits",
                    "lutning inom 0,03 från 0; små snabbare, fler nedläggningar"),
        window=WINDOW,
        use=Use.HELD_OUT,
        sources=("evans1987",),
        grade=Grade.MEMORY,
        parts=(
            Part(name="slope", text=Text("slope from 20 employees", "lutning från 20 anställda"), unit="1", low=-0.03,
                 high=0.03, decimals=3, measure=gibrat_slope),
            Part(name="small", text=Text("lead of small firms", "småföretagens försprång"), unit="log", low=0.0,
                 high=inf, decimals=3, measure=small_firm_lead),
            Part(name="exit", text=Text("exit on log size", "nedläggning mot log storlek"), unit="1/yr", low=-inf,
                 high=0.0, decimals=4, use=Use.INPUT, measure=partial(exit_slope, 0)),
        ),
    ),
    Pattern(
        code="V6",
        title=Text("Entry and exit", "Nystart och nedläggning"),
        explanation=Text(
            "Firms that begin or end within a year; slopes of a linear-probability model of exit on log size and "
            "log age.",
            "Företag som startar eller läggs ned inom ett år; lutningar i en linjär sannolikhetsmodell för "
            "nedläggning mot log storlek och log ålder.",
        ),
        target=Text("4-8 % a year each; hazard falls with age and size",
                    "4-8 % per år vardera; risken faller med ålder och storlek"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("evans1987",),
        grade=Grade.MEMORY,
        parts=(
            Part(name="entry", text=Text("entry", "nystart"), unit="%/yr", low=4, high=8, measure=entry_rate),
            Part(name="exit", text=Text("exit", "nedläggning"), unit="%/yr", low=4, high=8, measure=exit_rate),
            Part(name="size", text=Text("exit on log size", "nedläggning mot log storlek"), unit="1/yr", low=-inf,
                 high=0.0, decimals=4, scale=0.003, measure=partial(exit_slope, 0)),
            Part(name="age", text=Text("exit on log age", "nedläggning mot log ålder"), unit="1/yr", low=-inf,
                 high=0.0, decimals=4, scale=0.003, measure=partial(exit_slope, 1)),
        ),
    ),
    Pattern(
        code="V23",
        title=Text("Ages of owners", "Ägarnas ålder"),
        explanation=Text("Owners of all firms.", "Ägare till alla företag."),
        target=Text("40 % 55 or older, 14 % above 65, mean 51.3", "40 % 55 eller äldre, 14 % över 65, medel 51,3"),
        window=WINDOW,
        use=Use.INPUT,
        sources=("FTG",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="from55", text=Text("55 or older", "55 eller äldre"), unit="%", low=36, high=44, decimals=1,
                 measure=partial(owners, partial(_older_than, 55.0))),
            Part(name="above65", text=Text("above 65", "över 65"), unit="%", low=12, high=16, decimals=1,
                 measure=partial(owners, partial(_older_than, 65.0))),
            Part(name="mean", text=Text("mean", "medel"), unit="yr", low=49.3, high=53.3, decimals=1,
                 measure=partial(owners, _mean)),
        ),
    ),
)  # fmt: skip
