"""Competence and the labour market (I2), by zone and competence class, anchor employers included."""

from __future__ import annotations

import numpy as np

from simulator.indicators.declare import Indicator, Ratio, Values, labour, summed
from simulator.quantity import Text


def _weeks_to_fill(fill: Values) -> Values:
    """Vacancy duration in weeks, -13 / ln(1 - fill). Source: Model text 5 (I2.3); SPEC."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(fill >= 1, 0.0, -13 / np.log1p(-np.minimum(fill, 1)))


def _rest(value: Values) -> Values:
    return 100 - value


def _one_less(value: Values) -> Values:
    return 1 - value


COMPETENCE = (
    Indicator(
        name="vacancy_rate",
        code="I2.1",
        topic="competence",
        unit="%",
        decimals=2,
        better=-1,
        text=Text("Vacancy rate", "Vakansgrad"),
        help=Text(
            "Open posts as a share of filled and open posts, by competence class.",
            "Lediga platser som andel av besatta och lediga platser, per kompetensklass.",
        ),
        formula=Ratio(
            top=(labour("vacancy_stock", flow=True),),
            under=(labour("employed"), labour("vacancy_stock", flow=True)),
            scale=100,
        ),
    ),
    Indicator(
        name="recruitment_failure",
        code="I2.2",
        topic="competence",
        unit="%",
        better=-1,
        text=Text("Failed recruitment", "Misslyckad rekrytering"),
        help=Text(
            "Share of the posts advertised in the last four quarters that were not filled within the quarter.",
            "Andel av de senaste fyra kvartalens lediga platser som inte tillsattes inom kvartalet.",
        ),
        formula=Ratio(
            top=(labour("matches", flow=True),),
            under=(labour("vacancies", flow=True),),
            scale=100,
            window=4,
            then=_rest,
            after=Text("subtracted from 100", "avdraget från 100"),
        ),
    ),
    Indicator(
        name="filled_vacancies",
        code="I2.2",
        topic="competence",
        unit="persons/yr",
        decimals=0,
        better=1,
        text=Text("Filled vacancies", "Tillsatta platser"),
        help=Text("Last four quarters.", "Senaste fyra kvartalen."),
        formula=Ratio(top=(labour("matches", flow=True),), window=4),
    ),
    Indicator(
        name="vacancy_duration",
        code="I2.3",
        topic="competence",
        unit="weeks",
        better=-1,
        text=Text("Vacancy duration", "Vakanstid"),
        help=Text("Mean time to fill a post.", "Genomsnittlig tid att tillsätta en plats."),
        formula=Ratio(
            top=(labour("matches", flow=True),),
            under=(labour("vacancies", flow=True),),
            then=_weeks_to_fill,
            after=Text(
                "−13 weeks divided by the natural logarithm of 1 minus that",
                "−13 veckor delat med den naturliga logaritmen av 1 minus det",
            ),
        ),
    ),
    Indicator(
        name="unfilled_cost",
        code="I2.4",
        topic="competence",
        unit="MSEK/yr",
        better=-1,
        text=Text("Cost of unfilled posts", "Kostnad för obesatta platser"),
        help=Text(
            "Value added that firms lose because posts stay empty, last four quarters.",
            "Förädlingsvärde som företagen går miste om för att platser står tomma, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(summed("value_lost", flow=True),), scale=1e-3, window=4),
    ),
    *(
        Indicator(
            name=f"{who}_share",
            code="I2.5",
            topic="competence",
            unit="%",
            better=1,
            text=text,
            help=explanation,
            formula=Ratio(top=(labour(who),), under=(labour("employed"),), scale=100),
        )
        for who, text, explanation in (
            (
                "women",
                Text("Women among the employed", "Kvinnor bland de sysselsatta"),
                Text("Firms and anchor employers.", "Företag och storföretag."),
            ),
            (
                "young",
                Text("Young among the employed", "Unga bland de sysselsatta"),
                Text("Aged 16-24, firms and anchor employers.", "16-24 år, företag och storföretag."),
            ),
            (
                "foreign_born",
                Text("Foreign-born among the employed", "Utrikes födda bland de sysselsatta"),
                Text("Firms and anchor employers.", "Företag och storföretag."),
            ),
        )
    ),
    Indicator(
        name="youth_migration",
        code="I2.6",
        topic="competence",
        unit="persons/yr",
        decimals=0,
        better=1,
        text=Text("Net migration of the young", "Nettoflyttning bland unga"),
        help=Text(
            "People aged 16-39 moving into the industry's labour pool minus those moving out, last four quarters.",
            "Inflyttade minus utflyttade 16-39 år i industrins arbetskraft, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(labour("youth_migration", flow=True),), window=4),
    ),
    Indicator(
        name="training_participation",
        code="I2.7",
        topic="competence",
        unit="%/yr",
        better=1,
        text=Text("Training at work", "Kompetensutveckling på arbetstid"),
        help=Text(
            "People trained at work in the last four quarters per 100 employed.",
            "Personer i kompetensutveckling de senaste fyra kvartalen per 100 sysselsatta.",
        ),
        formula=Ratio(top=(labour("trainees", flow=True),), under=(labour("employed"),), scale=100, window=4),
    ),
    Indicator(
        name="mismatch",
        code="I2.8",
        topic="competence",
        unit="1",
        decimals=3,
        better=-1,
        text=Text("Mismatch index", "Missanpassningsindex"),
        help=Text(
            "Share of hires lost because searchers and posts are in different places and classes, 0 to 1.",
            "Andel anställningar som uteblir då sökande och platser finns på olika håll eller i olika klasser, 0-1.",
        ),
        formula=Ratio(
            top=(labour("matches", flow=True),),
            under=(labour("matches_aligned", flow=True),),
            window=4,
            then=_one_less,
            after=Text("subtracted from 1", "avdraget från 1"),
        ),
    ),
    Indicator(
        name="replacement_ratio",
        code="I2.9",
        topic="competence",
        unit="1",
        decimals=2,
        better=1,
        text=Text("Replacement ratio", "Ersättningskvot"),
        help=Text(
            "Newcomers to the labour pool per person retiring, over the last ten years or as far back as the run goes.",
            "Nytillkomna i arbetskraften per pensionerad, senaste tio åren eller så långt tillbaka som körningen går.",
        ),
        formula=Ratio(
            top=(labour("new_supply", flow=True),), under=(labour("retirements", flow=True),), window=40, least=4
        ),
    ),
)
