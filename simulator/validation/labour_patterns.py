"""Patterns of the labour market (V16-V18, V24)."""

from __future__ import annotations

import numpy as np

from simulator.quantity import Grade, Text
from simulator.validation.estimators import least_squares
from simulator.validation.panel import Array, Evidence, NotAvailableError
from simulator.validation.pattern import FIRST, LAST, WINDOW, Part, Pattern, Use


def _unemployment(run: Evidence) -> Array:
    """Log searchers per employed and searching; (quarters + 1,)."""
    searching, employed = (run.labour[name].sum(axis=(1, 2)) for name in ("searching", "employed"))
    return np.asarray(np.log(searching / (searching + employed)))


def _openings(run: Evidence) -> Array:
    """Log open posts per employed; (quarters + 1,), NaN in quarter 0."""
    return np.asarray(np.log(run.labour["vacancy_stock"].sum(axis=(1, 2)) / run.labour["employed"].sum(axis=(1, 2))))


def beveridge_slope(run: Evidence) -> float:
    """Slope of the change in ln v on the change in ln u that a fall in world demand makes, six years from its start.

    Both against the run of equal luck without the fall, so that trends of the region cancel.
    Source: Model text 8.1 V16; PP.
    """
    if run.pair is None:
        raise NotAvailableError(Text("needs a run without the shock", "kräver en körning utan chocken"))
    run.needs(32)
    vacancies, unemployed = (read(run) - read(run.pair) for read in (_openings, _unemployment))
    return float(least_squares(vacancies[9:33], [unemployed[9:33]])[0])


def opening_rate(run: Evidence) -> float:
    """Open posts on an average day per 100 employed, mean over the window. Source: Model text 8.1 V17; SCBV."""
    run.needs(LAST)
    span = slice(FIRST, LAST + 1)
    stock, employed = (run.labour[name][span].sum(axis=(1, 2)) for name in ("vacancy_stock", "employed"))
    return float(100 * (stock / employed).mean())


def failed_recruitment(run: Evidence) -> float:
    """Posts of the window not filled within their quarter; %. Source: Model text 8.1 V18; SN."""
    run.needs(LAST)
    span = slice(FIRST, LAST + 1)
    return float(100 * (1 - run.labour["matches"][span].sum() / run.labour["vacancies"][span].sum()))


def wage_curve(run: Evidence) -> float:
    """Elasticity of a zone's wage to its unemployment, yearly means, with dummies for zone and year.

    Wage: mean over classes, weighted by the zone's employed at the start. Source: Model text 8.1 V24; blanchflower1994.
    """
    run.needs(20)
    employed, searching, wages = (run.labour[name] for name in ("employed", "searching", "wages"))
    weight = employed[0] / np.maximum(employed[0].sum(axis=1, keepdims=True), 1e-9)
    wage = np.log((wages * weight).sum(axis=2))
    rate = np.log(searching.sum(axis=2) / (searching + employed).sum(axis=2))
    years = run.quarters // 4
    yearly = [each[1 : 4 * years + 1].reshape(years, 4, -1).mean(axis=1)[1:] for each in (wage, rate)]
    year, zone = np.indices(yearly[0].shape)
    return float(least_squares(yearly[0].ravel(), [yearly[1].ravel()], [year.ravel(), zone.ravel()])[0])


PATTERNS = (
    Pattern(
        code="V16",
        title=Text("Beveridge curve", "Beveridgekurva"),
        explanation=Text(
            "World demand falls by 15 % for six quarters and recovers over eight; log open posts per employed on log "
            "unemployment, both against the same luck without the fall.",
            "Världsefterfrågan faller 15 % i sex kvartal och återhämtar sig på åtta; log lediga platser per sysselsatt "
            "mot log arbetslöshet, båda mot samma slump utan fallet.",
        ),
        target=Text("slope -0.6 to -1.8", "lutning -0,6 till -1,8"),
        window=Text("quarters 9-32, shock from quarter 9", "kvartal 9-32, chock från kvartal 9"),
        use=Use.HELD_OUT,
        sources=("PP",),
        grade=Grade.MEMORY,
        parts=(
            Part(name="slope", text=Text("slope of ln v on ln u", "lutning av ln v mot ln u"), unit="1", low=-1.8,
                 high=-0.6, measure=beveridge_slope, arm="shock"),
        ),
    ),
    Pattern(
        code="V17",
        title=Text("Job openings", "Lediga jobb"),
        explanation=Text(
            "Open posts on an average day per 100 employed, anchor employers included.",
            "Lediga platser en genomsnittlig dag per 100 sysselsatta, storföretag inräknade.",
        ),
        target=Text("1.0-1.9 per 100 employees in industry", "1,0-1,9 per 100 anställda i industrin"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("SCBV",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="rate", text=Text("open posts per 100", "lediga platser per 100"), unit="%", low=1.0, high=1.9,
                 scale=0.3, measure=opening_rate),
        ),
    ),
    Pattern(
        code="V18",
        title=Text("Failed recruitment", "Misslyckad rekrytering"),
        explanation=Text(
            "Posts not filled within a quarter stand for attempts that failed.",
            "Platser som inte tillsätts inom ett kvartal får stå för misslyckade försök.",
        ),
        target=Text("about one attempt in five (±5 pp)", "omkring ett försök av fem (±5 procentenheter)"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("SN",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="share", text=Text("not filled", "inte tillsatta"), unit="%", low=15, high=25, decimals=1,
                 scale=3, measure=failed_recruitment),
        ),
    ),
    Pattern(
        code="V24",
        title=Text("Wage curve", "Lönekurva"),
        explanation=Text(
            "Elasticity of wages to unemployment across labour-market areas and years, with dummies for both.",
            "Lönernas elasticitet mot arbetslösheten över arbetsmarknadsområden och år, med dummyvariabler för båda.",
        ),
        target=Text("-0.1 (±0.05)", "-0,1 (±0,05)"),
        window=Text("years 2 to the end", "år 2 till slutet"),
        use=Use.HELD_OUT,
        sources=("blanchflower1994",),
        grade=Grade.MEMORY,
        parts=(
            Part(name="elasticity", text=Text("elasticity", "elasticitet"), unit="1", low=-0.15, high=-0.05,
                 decimals=3, measure=wage_curve),
        ),
    ),
)  # fmt: skip
