"""Settings of demography, school choice and education (Model text 1.7 #19, 4.7, 4.9)."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.quantity import number, vector
from simulator.region.schemas import COMPETENCE_CODES

PROGRAMMES = ("vocational", "bachelor", "master", "commissioned", "validation")
VOCATIONAL, BACHELOR, MASTER, COMMISSIONED, VALIDATION = range(5)


@dataclass(frozen=True, kw_only=True)
class PeopleRules:
    """Who joins and leaves the labour pool, and what people learn before they do."""

    cohort: float = number(
        1.1,
        "%/yr",
        (0, 5),
        "People turning 16",
        "De som fyller 16",
        basis="judgement",
        uncertain=(1.0, 1.2),
        help_en="Per cent of the population each year.",
        help_sv="Procent av befolkningen varje år.",
    )
    women_choosing: float = number(
        0.050,
        "1",
        (0, 0.5),
        "Young women who choose industry",
        "Unga kvinnor som väljer industrin",
        basis="judgement",
        uncertain=(0.03, 0.08),
        help_en="With the men's share this gives 21.3 % women, as in the stock.",
        help_sv="Med männens andel ger det 21,3 % kvinnor, som i beståndet.",
    )
    men_choosing: float = number(
        0.185,
        "1",
        (0, 0.5),
        "Young men who choose industry",
        "Unga män som väljer industrin",
        basis="judgement",
        uncertain=(0.13, 0.24),
    )
    cohort_foreign_born: float = number(
        0.13,
        "1",
        (0, 1),
        "Foreign-born among those turning 16",
        "Utrikes födda bland dem som fyller 16",
        basis="judgement",
        uncertain=(0.08, 0.2),
    )
    school_classes: tuple[float, ...] = vector(
        (0.55, 0.30, 0.15, 0.0, 0.0),
        COMPETENCE_CODES,
        "1",
        (0, 1),
        "What school leavers become",
        "Vad skolungdomar blir",
        basis="judgement",
        spread=(0.7, 1.3),
    )
    school_quarters: int = number(
        12, "q", (1, 40), "Time in school from 16", "Tid i skolan från 16", basis="judgement", spread=(1, 1), whole=True
    )
    out_migration: float = number(
        0.06,
        "1/yr",
        (0, 0.5),
        "Out-migration at 16-24",
        "Utflyttning vid 16-24",
        basis="judgement",
        uncertain=(0.04, 0.08),
        help_en="Among those of the pool who are not employed.",
        help_sv="Bland dem i arbetskraften som inte är anställda.",
    )
    rural_out_migration: float = number(
        0.3,
        "1",
        (0, 3),
        "More out-migration from rural places",
        "Högre utflyttning från landsbygd",
        basis="judgement",
        uncertain=(0, 0.6),
    )
    returning: float = number(
        0.025,
        "1/yr",
        (0, 0.3),
        "Return migration at 25-39",
        "Återflyttning vid 25-39",
        basis="judgement",
        uncertain=(0.015, 0.035),
    )
    foreign_inflow: float = number(
        0.004,
        "1/yr",
        (0, 0.1),
        "Immigration into the pool",
        "Invandring till arbetskraften",
        basis="judgement",
        uncertain=(0.002, 0.008),
        help_en="Skilled foreign-born newcomers per person in the pool, at the driver's normal immigration.",
        help_sv="Kvalificerade utrikes födda nyanlända per person i arbetskraften, vid normal invandring.",
    )
    recognition: float = number(
        8.0,
        "q",
        (1, 12),
        "Time until foreign skills are recognised",
        "Tid till erkänd utländsk kompetens",
        basis="judgement",
        uncertain=(4, 12),
    )
    replacement: float = number(
        1.0,
        "1",
        (0, 1.5),
        "Movers from other sectors",
        "Inflöde från andra branscher",
        basis="judgement",
        uncertain=(0.7, 1.1),
        help_en="1: moves to and from other sectors keep the pool as it was at the start, migration trend aside. 0: "
        "none, and the pool shrinks as it ages.",
        help_sv="1: flöden till och från andra branscher håller arbetskraften som vid start, bortsett från "
        "flyttrenden. 0: inga, och arbetskraften krymper när den åldras.",
    )
    places: tuple[float, ...] = vector(
        (200.0, 150.0, 100.0, 150.0, 50.0),
        PROGRAMMES,
        "places/yr",
        (0, 5000),
        "Places without policy",
        "Platser utan insatser",
        basis="judgement",
        spread=(0.5, 1.5),
        help_en="For industry's classes in the whole region; none when the population is constant.",
        help_sv="För industrins klasser i hela regionen; inga när befolkningen är konstant.",
    )
    fill_rate: float = number(
        0.85, "1", (0, 1), "Places that are filled", "Platser som fylls", basis="judgement", uncertain=(0.7, 0.95)
    )
    completion: tuple[float, ...] = vector(
        (0.70, 0.60, 0.60, 0.92, 0.80),
        PROGRAMMES,
        "1",
        (0, 1),
        "Students who finish",
        "Studerande som går klart",
        basis="judgement",
        uncertain=((0.6, 0.5, 0.5, 0.85, 0.6), (0.8, 0.7, 0.7, 0.97, 0.9)),
    )
    staying: tuple[float, ...] = vector(
        (0.65, 0.40, 0.40, 1.0, 1.0),
        PROGRAMMES,
        "1",
        (0, 1),
        "Graduates who stay in the region",
        "Examinerade som stannar i regionen",
        basis="judgement",
        uncertain=((0.5, 0.3, 0.3, 0.9, 0.9), (0.8, 0.55, 0.55, 1.0, 1.0)),
    )
    quarters: tuple[float, ...] = vector(
        (6, 12, 20, 2, 1),
        PROGRAMMES,
        "q",
        (1, 40),
        "Length of the education",
        "Utbildningens längd",
        basis="judgement",
        spread=(1, 1),
    )
    master_share: float = number(
        0.4,
        "1",
        (0, 1),
        "Master's share of added university places",
        "Masterutbildningens andel av nya högskoleplatser",
        basis="judgement",
        uncertain=(0.2, 0.6),
    )
    recruitable: float = number(
        0.05,
        "1/q",
        (0, 1),
        "Most of those suited who start an education",
        "Högsta andel av de lämpliga som börjar en utbildning",
        basis="judgement",
        uncertain=(0.02, 0.1),
        help_en="Places beyond this stay empty however many there are.",
        help_sv="Platser utöver detta står tomma hur många de än är.",
    )
