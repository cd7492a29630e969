"""Patterns of the digital transition (V7-V10, V26, V27)."""

from __future__ import annotations

from functools import partial
from math import inf

import numpy as np

from simulator.quantity import Grade, Text
from simulator.validation.estimators import Diffusion, fit_bass, least_squares, logistic_fit
from simulator.validation.panel import Array, Evidence, NotAvailableError
from simulator.validation.pattern import FIRST, LAST, WHOLE, WINDOW, Part, Pattern, Use


def adopters(run: Evidence, level: int, least: float, most: float = inf) -> Array:
    """Share of firms of a size (from `least`, below `most` employees) at `level` or above; (quarters + 1,)."""
    size = run.firms["employment"]
    with np.errstate(invalid="ignore"):
        chosen = (size >= least) & (size < most)
        return np.asarray((chosen & (run.firms["digital_level"] >= level)).sum(axis=1) / chosen.sum(axis=1))


def in_window(values: Array, run: Evidence) -> float:
    """Mean over the window."""
    run.needs(LAST)
    return float(values[FIRST : LAST + 1].mean())


def diffusion(run: Evidence) -> Diffusion:
    """Bass curve fitted to the share of firms from 10 employees at level 2 or above, the whole run.

    Source: Model text 8.1 V7; VDB, bass1969.
    """
    run.needs(40)
    return fit_bass(adopters(run, 2, 10.0))


def innovation_coefficient(run: Evidence) -> float:
    """Coefficient p, per year. Source: Model text 8.1 V7; VDB."""
    return diffusion(run).innovation


def imitation_coefficient(run: Evidence) -> float:
    """Coefficient q, per year. Source: Model text 8.1 V7; VDB."""
    return diffusion(run).imitation


def at_bound(run: Evidence) -> bool:
    """Whether the Bass fit ends at a bound of its search."""
    return diffusion(run).bounded


def logistic_share(run: Evidence) -> float:
    """Share of the path's variance that a logistic curve explains. Source: Model text 8.1 V7; rogers2003."""
    run.needs(40)
    return logistic_fit(adopters(run, 2, 10.0))


def share_at(level: int, least: float, most: float, run: Evidence) -> float:
    """Share of firms of a size at `level` or above, mean over the window; %. Source: Model text 8.1 V8, V10."""
    return 100 * in_window(adopters(run, level, least, most), run)


def size_gap(run: Evidence) -> float:
    """Firms of 50-249 employees at level 1 or above less those of 2-9; pp. Source: Model text 8.1 V8; DII."""
    return share_at(1, 50, inf, run) - share_at(1, 0, 10, run)


def robot_ratio(run: Evidence) -> float:
    """Level 2 or above: share among 50-249 employees over that among 10-49. Source: Model text 8.1 V9; ROBEU, INE."""
    return share_at(2, 50, inf, run) / share_at(2, 10, 50, run)


def success_rate(run: Evidence) -> float:
    """Digital projects of the window that reached their level, share of those that ended; %.

    Source: Model text 8.1 V26; GART.
    """
    run.needs(LAST)
    reached, failed = run.projects[FIRST : LAST + 1].sum(axis=0)
    if not reached + failed:
        raise NotAvailableError(Text("no project ended", "inget projekt avslutades"))
    return float(100 * reached / (reached + failed))


def adoption_effect(run: Evidence) -> float:
    """Output of manufacturers that reach level 2 against those that stay below, four years later; %.

    Event study with controls: for each quarter of years 2-5, firms that go from level 1 to 2 then, and firms at level
    0 or 1 throughout. Log sales of the four quarters that end four years after, less those of the year before the
    event, regressed on adoption, with log employment, log sales per employee, growth of sales in the year before,
    export and industry before the event, and the event's quarter as controls. Survivors only, as in the source.

    Source: Model text 8.1 V27; KMS.
    """
    run.needs(36)
    level, sales, size = (run.firms[name] for name in ("digital_level", "sales", "employment"))
    rows: list[Array] = []
    for event in range(9, 21):
        before, older = sales[event - 4 : event].sum(axis=0), sales[event - 8 : event - 4].sum(axis=0)
        after = sales[event + 13 : event + 17].sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            outcome = np.log(after / before)
            pre_growth = np.log(before / older)
            per_head = np.log(before / size[event - 1])
        adopts = (level[event - 1] == 1) & (level[event] == 2)
        stays = (level[event - 1] <= 1) & (level[event : event + 17].max(axis=0) <= 1)
        chosen = (adopts | stays) & run.lasting["manufacturing"] & np.isfinite(outcome) & np.isfinite(pre_growth)
        at = np.flatnonzero(chosen)
        rows.append(
            np.column_stack([
                outcome[at], adopts[at], np.log(np.maximum(size[event - 1, at], 0.5)), per_head[at], pre_growth[at],
                run.firms["exporting"][event - 1, at], run.lasting["industry"][at], np.full(len(at), event),
            ])
        )  # fmt: skip
    table = np.concatenate(rows)
    if table[:, 1].sum() < 20:
        raise NotAvailableError(Text("fewer than 20 adopters", "färre än 20 nyanvändare"))
    effect = least_squares(table[:, 0], list(table[:, 1:6].T), [table[:, 6], table[:, 7]])[0]
    return float(100 * np.expm1(effect))


PATTERNS = (
    Pattern(
        code="V7",
        title=Text("Diffusion as an S-curve", "Spridning som S-kurva"),
        explanation=Text(
            "Bass and logistic curves with a free ceiling, fitted to the share of firms from 10 employees at digital "
            "level 2 or above.",
            "Bass- och logistikkurvor med fritt tak, anpassade till andelen företag från 10 anställda på digital "
            "nivå 2 eller högre.",
        ),
        target=Text("p 0.003-0.04 and q 0.15-0.6 a year; logistic R2 above 0.98",
                    "p 0,003-0,04 och q 0,15-0,6 per år; logistisk R2 över 0,98"),
        window=WHOLE,
        use=Use.HELD_OUT,
        sources=("VDB",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="innovation", text=Text("p", "p"), unit="1/yr", low=0.003, high=0.04, decimals=4,
                 measure=innovation_coefficient, bound=at_bound),
            Part(name="imitation", text=Text("q", "q"), unit="1/yr", low=0.15, high=0.6, decimals=3,
                 measure=imitation_coefficient, bound=at_bound),
            Part(name="logistic", text=Text("R2 of the logistic curve", "logistikkurvans R2"), unit="1", low=0.98,
                 high=inf, decimals=4, measure=logistic_share),
        ),
    ),
    Pattern(
        code="V8",
        title=Text("Digital basics by size", "Digital grundnivå efter storlek"),
        explanation=Text(
            "Level 1 or above as basic digital intensity. Anchor employers have no digital level in the model: firms "
            "of 50-249 against 2-9 employees stand in for large against small.",
            "Nivå 1 eller högre som grundläggande digital intensitet. Storföretag saknar digital nivå i modellen: "
            "50-249 mot 2-9 anställda får stå för stora mot små.",
        ),
        target=Text("Swedish SMEs 80 % (±6); gap between large and small 25-40 pp in the EU",
                    "svenska SMF 80 % (±6); skillnad mellan stora och små 25-40 procentenheter i EU"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("DII",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="basic", text=Text("at least basic, 10-249 employees", "minst grundnivå, 10-249 anställda"),
                 unit="%", low=74, high=86, decimals=1, scale=3, measure=partial(share_at, 1, 10.0, inf)),
            Part(name="gap", text=Text("50-249 less 2-9 employees", "50-249 minus 2-9 anställda"), unit="pp", low=25,
                 high=40, decimals=1, scale=5, measure=size_gap),
        ),
    ),
    Pattern(
        code="V9",
        title=Text("Robots by size", "Robotar efter storlek"),
        explanation=Text(
            "Level 2 (connected and automated, robots included): 50-249 employees over 10-49. Tolerance: Spanish "
            "industry 1.8, all of the EU 2.4, a tenth and a fifth beyond.",
            "Nivå 2 (uppkopplat och automatiserat, robotar inräknade): 50-249 anställda över 10-49. Tolerans: spansk "
            "industri 1,8, hela EU 2,4, en tiondel och en femtedel därutöver.",
        ),
        target=Text("5/12/25 % in the EU, 20/36/61 % in Spanish industry",
                    "5/12/25 % i EU, 20/36/61 % i spansk industri"),
        window=WINDOW,
        use=Use.HELD_OUT,
        sources=("ROBEU", "INE"),
        grade=Grade.SOURCED,
        parts=(
            Part(name="ratio", text=Text("50-249 over 10-49 employees", "50-249 över 10-49 anställda"), unit="1",
                 low=1.6, high=2.9, measure=robot_ratio),
        ),
    ),
    Pattern(
        code="V10",
        title=Text("Very high digital intensity", "Mycket hög digital intensitet"),
        explanation=Text("Level 3, firms of 10-249 employees.", "Nivå 3, företag med 10-249 anställda."),
        target=Text("4.4 % in the EU, 9 % in Sweden (2021, all), ±3", "4,4 % i EU, 9 % i Sverige (2021, alla), ±3"),
        window=WINDOW,
        use=Use.INPUT,
        sources=("DII", "DII21"),
        grade=Grade.SOURCED,
        parts=(
            Part(name="share", text=Text("level 3", "nivå 3"), unit="%", low=1.4, high=12, decimals=1,
                 measure=partial(share_at, 3, 10.0, inf)),
        ),
    ),
    Pattern(
        code="V26",
        title=Text("Success of digital projects", "Digitala projekt som lyckas"),
        explanation=Text("Of the projects that end in the window.", "Av de projekt som avslutas i fönstret."),
        target=Text("45-70 %", "45-70 %"),
        window=WINDOW,
        use=Use.INPUT,
        sources=("GART",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="rate", text=Text("succeed", "lyckas"), unit="%", low=45, high=70, decimals=1,
                 measure=success_rate),
        ),
    ),
    Pattern(
        code="V27",
        title=Text("Output of robot adopters", "Robotanvändares produktion"),
        explanation=Text(
            "Event study: manufacturers that reach level 2 against those that stay below, sales four years on, "
            "controlling size, productivity, growth, export and industry before.",
            "Händelsestudie: tillverkare som når nivå 2 mot dem som blir kvar under, försäljning efter fyra år, med "
            "hänsyn till storlek, produktivitet, tillväxt, export och bransch före.",
        ),
        target=Text("+20-25 % in four years", "+20-25 % på fyra år"),
        window=Text("events of quarters 9-20", "händelser kvartal 9-20"),
        use=Use.HELD_OUT,
        sources=("KMS",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="effect", text=Text("sales after four years", "försäljning efter fyra år"), unit="%", low=8,
                 high=30, decimals=1, measure=adoption_effect),
        ),
    ),
)  # fmt: skip
