"""Low-carbon and circular industry (I1.5, I1.6, I4)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import failures, number_of, share_of, shares
from simulator.indicators.declare import Indicator, Ratio, counted, regional, summed
from simulator.quantity import Text

_EMITTED = summed("emissions", flow=True)
_SALES = summed("sales", flow=True)
_YEAR = Text("Last four quarters.", "Senaste fyra kvartalen.")
_ADVANCED = counted("green", 2, 3)

GREEN = (
    Indicator(
        name="emissions", code="I4.1", topic="green", unit="kt/yr", decimals=1, better=-1,
        text=Text("Emissions of CO2", "Utsläpp av koldioxid"),
        help=Text("Of firms with 2-249 employees, last four quarters.",
                  "Från företag med 2-249 anställda, senaste fyra kvartalen."),
        formula=Ratio(top=(_EMITTED,), scale=1e-3, window=4),
    ),
    Indicator(
        name="emission_intensity", code="I4.1", topic="green", unit="t/MSEK", decimals=2, better=-1,
        text=Text("Emissions per sales", "Utsläpp per omsättning"), help=_YEAR,
        formula=Ratio(top=(_EMITTED,), under=(_SALES,), scale=1e3, window=4),
    ),
    Indicator(
        name="energy_use_intensity", code="I4.2", topic="green", unit="MWh/MSEK", decimals=1, better=-1,
        text=Text("Energy use per sales", "Energianvändning per omsättning"), help=_YEAR,
        formula=Ratio(top=(summed("energy_used", flow=True),), under=(_SALES,), scale=1e3, window=4),
    ),
    Indicator(
        name="energy_saved", code="I4.2", topic="green", unit="GWh/yr", decimals=1, better=1,
        text=Text("Energy saved", "Sparad energi"),
        help=Text("By the green steps that firms have taken since they began, last four quarters.",
                  "Genom de gröna steg som företagen tagit, senaste fyra kvartalen."),
        formula=Ratio(top=(summed("energy_saved", flow=True),), scale=1e-3, window=4),
    ),
    Indicator(
        name="material_saved", code="I4.4", topic="green", unit="MSEK/yr", decimals=0, better=1,
        text=Text("Material saved and reused", "Sparat och återanvänt material"),
        help=Text("Material cost that circular steps save, last four quarters.",
                  "Materialkostnad som cirkulära steg sparar, senaste fyra kvartalen."),
        formula=Ratio(top=(summed("material_saved", flow=True),), scale=1e-3, window=4),
    ),
    Indicator(
        name="symbiosis_links", code="I4.4", topic="green", unit="count", decimals=0, better=1,
        text=Text("Symbiosis links", "Symbioslänkar"),
        help=Text("Pairs of firms of which one uses what the other discards.",
                  "Par av företag där det ena använder vad det andra gör sig av med."),
        formula=Ratio(top=(regional("symbiosis_links"),)),
    ),
    *shares(
        "basic_green", "I4.3", "green", counted("green", 1, 2, 3),
        Text("Green level 1 or higher", "Grön nivå 1 eller högre"),
        Text(
            "Share of firms that manage their energy or have done what an audit proposes, or more.",
            "Andel företag som styr sin energi eller gjort vad en kartläggning föreslår, eller mer.",
        ),
    ),
    number_of(
        "basic_green_firms", "I4.3", "green", counted("green", 1, 2, 3),
        Text("Firms at green level 1 or higher", "Företag på grön nivå 1 eller högre"),
    ),
    *shares(
        "advanced_green", "I4.3", "green", _ADVANCED,
        Text("Green level 2 or higher", "Grön nivå 2 eller högre"),
        Text("Share of electrified firms or better.", "Andel elektrifierade företag eller bättre."),
    ),
    number_of(
        "advanced_green_firms", "I4.3", "green", _ADVANCED,
        Text("Firms at green level 2 or higher", "Företag på grön nivå 2 eller högre"),
    ),
    share_of(
        "circular_firms", "I1.5", "green", counted("circular", 1, 2),
        Text("Circular level 1 or higher", "Cirkulär nivå 1 eller högre"),
        Text(
            "Share of firms with a documented change towards circular processes.",
            "Andel företag med en dokumenterad förändring mot cirkulära processer.",
        ),
    ),
    number_of(
        "circular_firm_count", "I1.5", "green", counted("circular", 1, 2),
        Text("Firms at circular level 1 or higher", "Företag på cirkulär nivå 1 eller högre"),
    ),
    share_of(
        "circular_business", "I1.5", "green", counted("circular", 2),
        Text("Circular business models", "Cirkulära affärsmodeller"),
        Text(
            "Share of firms with a circular business model or a symbiosis with a neighbour.",
            "Andel företag med cirkulär affärsmodell eller symbios med en granne.",
        ),
    ),
    failures(
        "green_project_failure", "green", "green_failed", "reached_green",
        Text("Failed green projects", "Misslyckade gröna projekt"),
    ),
    failures(
        "circular_project_failure", "green", "circular_failed", "reached_circular",
        Text("Failed circular projects", "Misslyckade cirkulära projekt"),
    ),
)  # fmt: skip
