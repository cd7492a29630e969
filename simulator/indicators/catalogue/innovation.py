"""Innovation capacity and adaptability of firms (I1)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import FIRMS, failures, number_of, shares
from simulator.indicators.declare import Indicator, Quantile, Ratio, counted, summed
from simulator.quantity import Text

INNOVATION = (
    Indicator(
        name="absorptive_capacity",
        code="I1.2",
        topic="innovation",
        unit="1",
        decimals=3,
        better=1,
        text=Text("Absorptive capacity", "Absorptionsförmåga"),
        help=Text(
            "Mean ability to take up new knowledge, 0 to 1.", "Medelförmåga att ta till sig ny kunskap, 0 till 1."
        ),
        formula=Ratio(top=(summed("absorptive"),), under=(FIRMS,)),
    ),
    Indicator(
        name="absorptive_capacity_p10",
        code="I1.2",
        topic="innovation",
        unit="1",
        decimals=2,
        better=1,
        text=Text("Absorptive capacity, lowest tenth", "Absorptionsförmåga, lägsta tiondelen"),
        help=Text(
            "One firm in ten lies below this value; good to 0.01.",
            "Ett företag av tio ligger under värdet; på 0,01 när.",
        ),
        formula=Quantile(state="absorptive", share=0.1),
    ),
    Indicator(
        name="absorptive_capacity_p90",
        code="I1.2",
        topic="innovation",
        unit="1",
        decimals=2,
        better=1,
        text=Text("Absorptive capacity, highest tenth", "Absorptionsförmåga, högsta tiondelen"),
        help=Text(
            "One firm in ten lies above this value; good to 0.01.",
            "Ett företag av tio ligger över värdet; på 0,01 när.",
        ),
        formula=Quantile(state="absorptive", share=0.9),
    ),
    *shares(
        "basic_digital",
        "I1.3",
        "innovation",
        counted("digital", 1, 2, 3),
        Text("Digital level 1 or higher", "Digital nivå 1 eller högre"),
        Text(
            "Share of firms with at least basic digital tools.",
            "Andel företag med minst grundläggande digitala verktyg.",
        ),
    ),
    *shares(
        "advanced_digital",
        "I1.3",
        "innovation",
        counted("digital", 2, 3),
        Text("Digital level 2 or higher", "Digital nivå 2 eller högre"),
        Text(
            "Share of firms with connected or automated production, robots included.",
            "Andel företag med uppkopplad eller automatiserad produktion, robotar inräknade.",
        ),
    ),
    *shares(
        "smart_digital",
        "I1.3",
        "innovation",
        counted("digital", 3),
        Text("Digital level 3", "Digital nivå 3"),
        Text("Share of firms with smart, data-driven production.", "Andel företag med smart, datadriven produktion."),
    ),
    number_of(
        "advanced_digital_firms",
        "I1.3",
        "innovation",
        counted("digital", 2, 3),
        Text("Firms at digital level 2 or higher", "Företag på digital nivå 2 eller högre"),
    ),
    Indicator(
        name="effective_digitalisation",
        code="I1.4",
        topic="innovation",
        unit="1",
        decimals=2,
        better=1,
        text=Text("Effective digitalisation", "Verksam digitalisering"),
        help=Text(
            "Mean of digital level times the realised share of its gain, 0 to 3.",
            "Medel av digital nivå gånger den del av nyttan som uppnåtts, 0 till 3.",
        ),
        formula=Ratio(top=(summed("effective_digital"),), under=(FIRMS,)),
    ),
    failures(
        "project_failure",
        "innovation",
        "project_failed",
        "reached_level",
        Text("Failed digital projects", "Misslyckade digitala projekt"),
    ),
    Indicator(
        name="succession_due",
        code="I1.7",
        topic="innovation",
        unit="%",
        better=-1,
        text=Text("Firms in difficulty of succession", "Företag med olöst ägarskifte"),
        help=Text(
            "Share of firms whose owner is 60 or older and has not begun to prepare a handover.",
            "Andel företag där ägaren är 60 år eller äldre och inte börjat förbereda ett skifte.",
        ),
        formula=Ratio(top=(counted("succession_due", 1),), under=(FIRMS,), scale=100),
    ),
    Indicator(
        name="idle_firms",
        code="I1.8",
        topic="innovation",
        unit="%",
        better=-1,
        text=Text("Firms that did nothing", "Företag som inget gjort"),
        help=Text(
            "Share of firms at least five years old without any step in five years: digital, green, circular, export, "
            "innovation. Known from the 20th quarter.",
            "Andel minst fem år gamla företag utan något steg på fem år: digitalt, grönt, cirkulärt, export, "
            "innovation. Känt från kvartal 20.",
        ),
        formula=Ratio(top=(counted("idle", 2),), under=(counted("idle", 1, 2),), scale=100, since=20),
    ),
)
