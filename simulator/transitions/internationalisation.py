"""Internationalisation: entry, exit and stages of export as hazards of sunk cost (Model text 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from simulator.agents.columns import Flags, Floats, Number, Small, Whole, single
from simulator.quantity import number, vector

STAGES = ("1", "2", "3")
DT = np.float32(0.25)
REENTRY = 4
"""Quarters after its end for which export is cheaper and likelier to start again."""


@dataclass(frozen=True, kw_only=True)
class Internationalisation:
    """Parameters of export; hazards are per year, effects on the log of the hazard."""

    entry: tuple[float, ...] = vector(
        (-4.36, 0.44, 0.9, 0.6, 0.25, 0.5, 0.4, 3.0, -0.07),
        ("constant", "log_employment", "productivity", "peers", "digital", "mne", "staff", "new_products", "offset"),
        "log",
        ((-10, 2), (-2, 2), (-3, 5), (-3, 3), (-3, 3), (-3, 3), (-3, 3), (-10, 20), (-3, 3)),
        "Export entry, log-hazard",
        "Exportstart, log-intensitet",
        basis="derived:SPEC",
        spread=(0.85, 1.15),
        help_en="The offset cancels the effect of the start value of new products.",
        help_sv="Förskjutningen tar ut effekten av nya produkters startvärde.",
    )
    exit: tuple[float, ...] = vector(
        (-1.20, -0.20, -0.55, -0.35),
        ("constant", "log_employment", "productivity", "log_years"),
        "log",
        ((-10, 3), (-2, 2), (-5, 3), (-3, 3)),
        "Export exit, log-hazard",
        "Exportslut, log-intensitet",
        basis="derived:SPEC",
        spread=(0.85, 1.15),
    )
    exit_periphery: float = number(
        0.1,
        "log",
        (-2, 2),
        "Export exit in small municipalities, log-hazard added",
        "Exportslut i små kommuner, tillägg i log-intensitet",
        basis="derived:GP",
        uncertain=(0.0, 0.3),
        help_en="Exports last less long in the periphery; the size is judgement.",
        help_sv="Export håller kortare tid i periferin; storleken är en bedömning.",
    )
    entry_cost: float = number(
        300.0,
        "kSEK",
        (0, 1e5),
        "Cost of entering export",
        "Kostnad för att börja exportera",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    reentry_cost: float = number(
        0.4,
        "1",
        (0, 1),
        "Cost share when export ended within a year",
        "Kostnadsandel om exporten upphört inom ett år",
        basis="sourced:RT",
        uncertain=(0.2, 0.7),
    )
    reentry_gain: float = number(
        1.3, "log", (0, 5), "Export entry within a year of giving up, log-hazard added",
        "Exportstart inom ett år efter upphörd export, tillägg i log-intensitet",
        basis="derived:RT", uncertain=(0.36, 1.6),
        help_en="If gains from export were so spread that the chance of starting is inverse to its cost, it would be "
        "the log of one over the cost share of firms that come back, 0.9; 1.3 by calibration on the state dependence "
        "of export (V14).",
        help_sv="Vore vinsterna av export så spridda att chansen att börja är omvänd mot kostnaden blev det logaritmen "
        "av ett genom kostnadsandelen för företag som kommer tillbaka, 0,9; 1,3 enligt kalibrering mot exportens "
        "tillståndsberoende (V14).",
    )  # fmt: skip
    staff_needed: float = number(
        0.5,
        "FTE",
        (0, 50),
        "International staff that export needs",
        "Internationell personal som export kräver",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    intensity: tuple[float, ...] = vector(
        (0.12, 0.30, 0.50),
        STAGES,
        "1",
        (0, 0.95),
        "Export share of sales by stage",
        "Exportandel per stadium",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    adjustment: float = number(
        0.10,
        "1/q",
        (0, 1),
        "Speed towards the stage's export sales",
        "Takt mot stadiets exportförsäljning",
        basis="judgement",
        uncertain=(0.05, 0.2),
    )
    stage_rate: float = number(
        0.12,
        "1/yr",
        (0, 5),
        "Chance to rise a stage",
        "Chans att stiga ett stadium",
        basis="judgement",
        uncertain=(0.06, 0.2),
        help_en="Times 1 + absorptive capacity + half for a link to a multinational.",
        help_sv="Gånger 1 + absorptionsförmåga + en halv för länk till multinationellt företag.",
    )
    stage_wait: float = number(
        6,
        "q",
        (0, 80),
        "Quarters before a stage can rise",
        "Kvartal innan ett stadium kan stiga",
        basis="judgement",
        uncertain=(3, 10),
        whole=True,
    )
    direct_stage_two: float = number(
        0.3,
        "1",
        (0, 1),
        "Entry at stage 2 with a multinational link",
        "Start i stadium 2 med multinationell länk",
        basis="judgement",
        uncertain=(0.1, 0.5),
    )
    markets: tuple[float, ...] = vector(
        (1, 3, 8), STAGES, "count", (1, 100), "Markets by stage", "Marknader per stadium",
        basis="judgement", spread=(0.7, 1.3),
    )  # fmt: skip
    market_turnover: tuple[float, ...] = vector(
        (0.3, 0.15), ("gain", "loss"), "1/yr", (0, 5),
        "Markets won per stage, and chance to lose each but the first",
        "Vunna marknader per stadium, och chans att förlora var och en utom den första",
        basis="judgement", uncertain=((0.15, 0.05), (0.5, 0.3)),
        help_en="Only with the switch market_choice. Export ends with the first market, by the rule of export exit.",
        help_sv="Endast med kopplingen market_choice. Exporten upphör med den första marknaden, enligt sin egen regel.",
    )  # fmt: skip
    global_markets: float = number(
        5, "count", (1, 100), "Markets that the global stage takes", "Marknader som det globala stadiet kräver",
        basis="judgement", uncertain=(3, 8), whole=True,
        help_en="Only with the switch market_choice.", help_sv="Endast med kopplingen market_choice.",
    )  # fmt: skip
    settled_cash: tuple[float, ...] = vector(
        (0.07, 0.9),
        ("median", "sd"),
        "1",
        ((0.001, 3), (0.01, 3)),
        "Cash that firms settle at, share of yearly sales, lognormal",
        "Kassa som företagen landar på, andel av årsomsättning, lognormal",
        basis="derived:SPEC",
        spread=(0.8, 1.2),
        help_en="Used only to draw the exporters of the start: entry needs cash.",
        help_sv="Används bara för att dra startlägets exportörer: start kräver kassa.",
    )
    history: float = number(
        160,
        "q",
        (0, 400),
        "Quarters of export history before the start",
        "Kvartal av exporthistoria före start",
        basis="derived:SPEC",
        uncertain=(120, 200),
        whole=True,
    )
    learning: tuple[float, ...] = vector(
        (0.04, 0.5, 12.0),
        ("gain", "intensity", "quarters"),
        "1",
        ((0, 0.5), (0, 0.95), (0, 80)),
        "Learning by exporting",
        "Lärande genom export",
        basis="derived:AL,HEL",
        spread=(0.0, 1.5),
        help_en="Log productivity per unit of export share, up to a share, after so many quarters.",
        help_sv="Log-produktivitet per exportandel, upp till en andel, efter så många kvartal.",
    )


def entry_hazard(
    log_employment: Floats, relative: Floats, peers: Number, digital: Number, mne: Number, staffed: Number,
    new_products: Floats, industry_offset: Floats, p: Internationalisation,
) -> Floats:  # fmt: skip
    """Hazard of starting to export, without the world market and measures; (rows,) each, per year.

    h = exp(-4.36 + x_s + 0.44 ln n + 0.9 rel + 0.6 Ex + 0.25 [d>=2] + 0.5 mne + 0.4 [INT>=0.5] + 3 newshare - 0.07)

    relative  log productivity against the industry's mean;  peers  share of exporters among peers

    Source: Model text 4.6; RT.
    """
    constant, size, rel, ex, dig, link, staff, new, offset = single(p.entry)
    score: Floats = constant + offset + industry_offset
    score += size * log_employment
    score += rel * relative
    score += ex * peers
    score += dig * digital
    score += link * mne
    score += staff * staffed
    score += new * new_products
    return np.exp(score, out=score)


def exit_hazard(
    log_employment: Floats, relative: Floats, rural: Flags, export_age: Whole, p: Internationalisation
) -> Floats:
    """Hazard of giving up export, exp(-1.20 - 0.20 ln n - 0.55 rel + 0.1 rural - 0.35 ln(1 + age/4)); (rows,), 1/yr.

    export_age  (rows,)  q

    Source: Model text 4.6; RT, GP.
    """
    constant, size, rel, years = single(p.exit)
    waning = years * np.log1p(export_age.astype(np.float32) * DT)
    waning += np.float32(p.exit_periphery) * rural
    hazard: Floats = np.exp(constant + size * log_employment + rel * relative + waning)
    return hazard


def reentry(quarters_away: Whole, p: Internationalisation) -> Floats:
    """Factor on the hazard of starting to export, exp(1.3) within a year of giving up, else 1; (rows,).

    quarters_away  (rows,)  q  since export ended

    Source: Model text 4.6; RT (the advantage of firms that come back is gone after about a year).
    """
    return np.where(quarters_away <= REENTRY, np.exp(np.float32(p.reentry_gain)), np.float32(1))


def happens(hazard: Floats) -> Floats:
    """Chance within a quarter of an event with yearly hazard h: 1 - exp(-h/4); same shape. Source: CONST."""
    return -np.expm1(-DT * hazard)


def stage_intensity(stage: Small, p: Internationalisation) -> Floats:
    """Export share of sales of firms at stages 0-3; (rows,). Source: Model text 4.6; johanson1977."""
    return single((0.0, *p.intensity)).take(stage)


def markets_of(stage: Small, p: Internationalisation) -> Small:
    """Markets of firms at stages 0-3; (rows,). Source: Model text 1.7 #10."""
    return np.array((0, *p.markets), np.int8).take(stage)


def next_markets(markets: Small, stage: Small, gain: Floats, loss: Floats, p: Internationalisation) -> Small:
    """Markets of exporters a quarter on: one more at 0.3 x stage a year, one less at 0.15 for each but the first.

    markets, stage  (rows,);  gain, loss  (rows,)  luck

    Source: Model text 4.6; GP.
    """
    birth, death = single(p.market_turnover)
    won = gain < happens(birth * stage)
    lost = loss < happens(death * (markets - np.int8(1)))
    moved: Small = markets + won.astype(np.int8) - lost.astype(np.int8)
    return np.minimum(moved, np.int8(100), out=moved)


def learning_gain(stage: Small, export_age: Whole, p: Internationalisation) -> Floats:
    """Log productivity from persistent export: 0.04 min(xint, 0.5) after 12 quarters; (rows,).

    Source: Model text 4.2; AL (persistent, high intensity only), HEL (none on average).
    """
    gain, most, quarters = p.learning
    by_stage = single([gain * min(intensity, most) for intensity in (0.0, *p.intensity)])
    return by_stage.take(stage) * (export_age >= ceil(quarters))


def sales_grown(age: Whole, p: Internationalisation) -> Floats:
    """Share of its goal that an exporter's sales abroad have reached, 1 - (1 - 0.10)^age; (rows,).

    age  (rows,)  q  as exporter.  Source: Model text 1.7 #14, 4.6; SPEC.
    """
    return 1 - np.float32(1 - p.adjustment) ** age.astype(np.float32)


def export_goal(stage: Small, domestic: Floats, tariff: float, p: Internationalisation) -> Floats:
    """Export sales that a stage aims at: xint/(1-xint) x other demand, less the tariff outside Europe; kSEK/q, (rows,).

    Source: Model text 4.6, 6.
    """
    share = single((0.0, *p.intensity))
    ratio = share / (1 - share)
    ratio[3] *= np.float32(1 - tariff)
    goal: Floats = ratio.take(stage) * domestic
    return goal
