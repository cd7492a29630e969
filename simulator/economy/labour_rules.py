"""Rules, memory and flows of the labour market (Model text 4.7); `labour_market` runs them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from simulator.agents.columns import Flags, Floats
from simulator.agents.people import LATE, MIDDLE
from simulator.economy.matching import Real
from simulator.quantity import number, vector
from simulator.region.schemas import COMPETENCE_CODES

GROUPS = 16
"""Ages x genders x origins, in the order of `People.cells`."""


@dataclass(frozen=True, kw_only=True)
class LabourMarket:
    """Separations, matching and wages."""

    matching_elasticity: tuple[float, ...] = vector(
        (1.6, 1.25, 1.2, 1.15, 1.25),
        COMPETENCE_CODES,
        "1",
        (0.2, 200),
        "Ease of matching",
        "Matchningens effektivitet",
        basis="judgement",
        spread=(0.8, 1.25),
        help_en="The higher, the fewer vacancies and searchers miss each other.",
        help_sv="Ju högre, desto färre vakanser och sökande går om varandra.",
    )
    matching_gain_share: tuple[float, ...] = vector(
        (0.5, 1.0, 1.0, 1.0, 0.0),
        COMPETENCE_CODES,
        "1",
        (0, 2),
        "Share of what matching systems add",
        "Andel av det som matchningssystem tillför",
        basis="judgement",
        uncertain=((0, 0.5, 0.5, 0.5, 0), (1, 1.5, 1.5, 1.5, 1)),
        help_en="Operators gain half of what technicians, engineers and green specialists do.",
        help_sv="Operatörer vinner hälften av vad tekniker, ingenjörer och gröna specialister gör.",
    )
    quit_rate_young: float = number(
        0.025, "1/q", (0, 0.2), "Quits below 40", "Uppsägningar före 40", basis="judgement", spread=(0.6, 1.4)
    )
    quit_rate_old: float = number(
        0.012, "1/q", (0, 0.2), "Quits from 40", "Uppsägningar från 40", basis="judgement", spread=(0.6, 1.4)
    )
    quit_to_search: float = number(
        0.5,
        "1",
        (0, 1),
        "Share of quitters who look for work",
        "Andel av dem som slutar som söker arbete",
        basis="judgement",
        uncertain=(0.3, 0.7),
        help_en="The others leave industry for the time being.",
        help_sv="De övriga lämnar industrin tills vidare.",
    )
    retirement_rate: float = number(
        0.021,
        "1/q",
        (0, 0.2),
        "Retirement among 55-68",
        "Pensionering bland 55-68",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    discouragement: float = number(
        0.10,
        "1/q",
        (0, 0.8),
        "Searchers who give up",
        "Sökande som slutar söka",
        basis="judgement",
        uncertain=(0.05, 0.2),
    )
    searching_at_work: float = number(
        0.02,
        "1",
        (0, 0.3),
        "Employed who look for another job",
        "Anställda som söker nytt arbete",
        basis="sourced:BC",
        uncertain=(0.01, 0.04),
    )
    closing_speed: float = number(
        0.5,
        "1/q",
        (0, 1),
        "Share of missing staff advertised",
        "Andel av saknad personal som utlyses",
        basis="judgement",
        uncertain=(0.3, 0.8),
    )
    layoff_speed: float = number(
        0.4,
        "1/q",
        (0, 1),
        "Share of surplus staff laid off",
        "Andel av övertalig personal som sägs upp",
        basis="judgement",
        uncertain=(0.2, 0.6),
    )
    commuting_decay: float = number(
        35.0,
        "minutes",
        (1, 500),
        "Decay of commuting with travel time",
        "Pendlingens avtagande med restid",
        basis="judgement",
        uncertain=(25, 50),
    )
    own_zone: float = number(
        0.8,
        "1",
        (0, 1),
        "Least share of search at home",
        "Minsta andel av sökandet på hemorten",
        basis="judgement",
        uncertain=(0.7, 0.95),
    )
    rural_appeal: float = number(
        -0.2,
        "log",
        (-2, 2),
        "Appeal of rural employers",
        "Landsbygdsarbetsgivares dragning",
        basis="judgement",
        uncertain=(-0.4, 0),
        help_en="Weight of a rural vacancy when people are scarce, relative to one in a larger municipality.",
        help_sv="En landsbygdsvakans vikt när det är ont om folk, jämfört med en i en större kommun.",
    )
    wage_elasticity: float = number(
        0.1,
        "1",
        (0, 1),
        "Wage response to tightness",
        "Lönernas svar på bristen",
        basis="memory:blanchflower1994",
        uncertain=(0.05, 0.15),
    )
    wage_speed: float = number(
        0.15, "1/q", (0, 1), "Speed of wages", "Lönernas takt", basis="judgement", uncertain=(0.05, 0.3)
    )
    retention_by_training: float = number(
        0.2,
        "1",
        (0, 1),
        "Fewer quits where staff is trained",
        "Färre slutar där personal utbildas",
        basis="judgement",
        uncertain=(0, 0.4),
        help_en="Quits fall by this times the share of staff in training.",
        help_sv="Uppsägningarna faller med detta gånger andelen personal i utbildning.",
    )
    entrant_share: float = number(
        0.5,
        "1",
        (0, 1),
        "Most of the searchers that new firms may take",
        "Största andel av de sökande som nya företag får ta",
        basis="judgement",
        uncertain=(0.3, 0.7),
    )
    job_loss_start: float = number(
        0.008,
        "1/q",
        (0, 0.05),
        "Job loss at the start",
        "Förlorade jobb vid start",
        basis="derived:SPEC",
        help_en="Layoffs and closures per employed person, used for the initial state only.",
        help_sv="Uppsägningar från arbetsgivaren och nedläggningar per anställd, bara för startläget.",
    )
    gap_margin_start: float = number(
        0.018,
        "1",
        (0, 0.2),
        "Margin of the initial shortage",
        "Marginal i startlägets brist",
        basis="derived:SPEC",
        help_en="Added to the shortage that keeps a firm of constant demand constant: demand is uneven.",
        help_sv="Läggs till den brist som håller ett företag med jämn efterfrågan konstant: efterfrågan är ojämn.",
    )


class Levers(Protocol):
    """What this submodel asks of policy."""

    def firm(self, name: str) -> float | Floats:
        """Value per firm, or one number when no award touches anyone."""

    def zone(self, name: str) -> float | Floats:
        """Value per zone, or one number."""


@dataclass(frozen=True, slots=True)
class StartRates:
    """Quarterly rates of the start, from which population works out what keeps the pool in balance.

    leaving, returning (groups,) of the employed who leave, and who look for work again; retiring (groups,)
    finding            (zones, 5) of searchers by home zone who find work; giving_up of them who give up
    """

    leaving: Real
    returning: Real
    retiring: Real
    finding: Real
    giving_up: float


@dataclass(slots=True)
class LabourState:
    """Memory of the labour market; arrays (zones, 5) unless said.

    wages            relative to the start; fill: share of vacancies filled last quarter
    tightness_start  V/S at the start; poached: rate of last quarter, 1/q
    finding_hazard   (zones, 5, 1 or groups) from elsewhere to searching, 1/q, frozen; gap: initial shortage by class
    commuters        (5, work zones, home zones) persons; weights: (home, work) where people look for work
    unfilled         vacancies that found nobody last quarter, FTE; jobs (zones,) at the start
    training_share   (zones,) of staff now in training; attractiveness (zones,), 1 is neutral
    advanced_start   (zones,) share of firms at digital level 2 or more at the start, once known
    movers           (zones, 5, groups) persons/yr from other sectors that keep the pool as it was, once known
    rural            (municipalities,)
    """

    wages: Real
    tightness_start: Real
    fill: Real
    poached: Real
    finding_hazard: Real
    gap: Real
    commuters: Real
    minutes: Real
    jobs: Real
    weights: Real
    start: StartRates
    unfilled: Real
    training_share: Real
    attractiveness: Real
    rural: Flags
    advanced_start: Real | None = None
    movers: Real | None = None


@dataclass(slots=True)
class LabourFlows:
    """One quarter by zone and class, (zones, 5) each, persons or FTE.

    matches = hires, of searchers and of people poached elsewhere; poached: who is lured away from the zone's employers
    staff: what employers have afterwards; residue: persons, booked between work and elsewhere, because staff is kept
    in single precision
    """

    vacancies: Real
    searchers: Real
    matches: Real
    poached: Real
    layoffs: Real
    quits: Real
    retirements: Real
    residue: Real
    staff: Real

    @property
    def vacancy_stock(self) -> Real:
        """Vacancies open on an average day: v = V (1 - fill) + fill V / 4. Source: Model text 4.7; SPEC."""
        return self.vacancies - 0.75 * self.matches


def group_rates(parameters: LabourMarket, retirement_rate: float) -> tuple[Real, Real]:
    """Quit and retirement rate of each of the 16 groups, 1/q. Source: Model text 4.7; SPEC."""
    return _rates(parameters.quit_rate_young, parameters.quit_rate_old, retirement_rate)


@lru_cache(maxsize=8)
def _rates(young: float, old: float, retirement: float) -> tuple[Real, Real]:
    age = np.arange(GROUPS) // 4
    return np.where(age < MIDDLE, young, old), np.where(age == LATE, retirement, 0.0)


def later_retirement(rate: float, drift: float, years: float) -> float:
    """Retirement rate when people stay `drift` years longer for every year that passes.

    r = 1 / (1/r_0 + 4 drift years)

    rate r_0 1/q; drift yr/yr; years since the start. Source: Model text 6; SPEC.
    """
    return 1 / max(1 / rate + 4 * drift * years, 1.0) if rate > 0 else 0.0
