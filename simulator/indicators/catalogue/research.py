"""Research, innovation and its links (I1.1, I3)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import number_of, share_of
from simulator.indicators.declare import Indicator, Ratio, counted, public, regional, summed
from simulator.quantity import Text

_LINKED = counted("university", 1)

RESEARCH = (
    share_of(
        "innovating_firms", "I1.1", "research", counted("innovating", 1),
        Text("Innovating firms", "Innovativa företag"),
        Text(
            "Share of firms that brought something new or better to the market in the last twelve quarters.",
            "Andel företag som fört ut något nytt eller bättre på marknaden de senaste tolv kvartalen.",
        ),
        since=12,
    ),
    Indicator(
        name="business_rd",
        code="I3.1",
        topic="research",
        unit="MSEK/yr",
        decimals=0,
        better=1,
        text=Text("Business R&D in SMEs", "FoU i små och medelstora företag"),
        help=Text("Grants included, last four quarters.", "Med bidrag, senaste fyra kvartalen."),
        formula=Ratio(top=(summed("rd_spending", flow=True),), scale=1e-3, window=4),
    ),
    Indicator(
        name="business_rd_total",
        code="I3.1",
        topic="research",
        unit="MSEK/yr",
        decimals=0,
        better=1,
        population="all",
        text=Text("Business R&D", "Näringslivets FoU"),
        help=Text(
            "Firms and anchor employers, grants included, last four quarters.",
            "Företag och storföretag, med bidrag, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(summed("rd_spending", flow=True),), scale=1e-3, window=4),
    ),
    Indicator(
        name="business_rd_share",
        code="I3.1",
        topic="research",
        unit="%",
        decimals=2,
        better=1,
        text=Text("Business R&D as a share of value added", "FoU som andel av förädlingsvärdet"),
        help=Text("Firms with 2-249 employees, last four quarters.", "Företag med 2-249 anställda, senaste året."),
        formula=Ratio(
            top=(summed("rd_spending", flow=True),), under=(summed("value_added", flow=True),), scale=100, window=4
        ),
    ),
    share_of(
        "rd_performers", "I3.2", "research", counted("research", 1),
        Text("Firms that perform R&D", "Företag som bedriver FoU"),
        Text("Share of firms with R&D of their own.", "Andel företag med egen FoU."),
    ),
    *(
        Indicator(
            name=name, code="I3.3", topic="research", unit=unit, decimals=decimals, text=text, help=explanation,
            formula=Ratio(top=(regional(name),), scale=scale),
        )
        for name, unit, decimals, scale, text, explanation in (
            (
                "rd_top_percent", "%", 1, 100,
                Text("R&D in the largest hundredth", "FoU i den största hundradelen"),
                Text("Share of R&D in the 1 % of firms and anchor employers that do most.",
                    "Andel av FoU i den procent av företag och storföretag som gör mest."),
            ),
            (
                "rd_top_ten", "%", 1, 100, Text("R&D in the ten largest", "FoU i de tio största"),
                Text("Share of R&D in the ten firms and anchor employers that do most.",
                    "Andel av FoU i de tio företag och storföretag som gör mest."),
            ),
            (
                "rd_gini", "1", 2, 1, Text("Concentration of R&D", "Koncentration av FoU"),
                Text(
                    "Gini coefficient over all firms and anchor employers, 0 even to 1.",
                    "Ginikoefficient över alla företag och storföretag, 0 jämnt till 1.",
                ),
            ),
        )
    ),
    share_of(
        "testbed_users", "I3.5", "research", counted("testbed", 1),
        Text("Firms that use a testbed", "Företag som använder en testbädd"),
        Text("Share of firms with a visit in the last year.", "Andel företag med ett besök under det senaste året."),
    ),
    share_of(
        "university_links", "I3.5", "research", _LINKED,
        Text("Firms with a university link", "Företag med högskolelänk"),
        Text("Share of firms that work with a university.", "Andel företag som arbetar med en högskola."),
    ),
    number_of(
        "university_link_count", "I3.5", "research", _LINKED,
        Text("Number of firms with a university link", "Antal företag med högskolelänk"),
    ),
    Indicator(
        name="procured_innovation",
        code="I3.6",
        topic="research",
        unit="MSEK/yr",
        decimals=0,
        better=1,
        text=Text("Procured innovation", "Upphandlad innovation"),
        help=Text(
            "Public demand that was tendered on innovation or low emissions, last four quarters.",
            "Offentlig efterfrågan som upphandlats med krav på innovation eller låga utsläpp, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(public("procured_innovation"),), scale=1e-3, window=4),
    ),
    Indicator(
        name="rd_per_performer",
        code="I3.2",
        topic="research",
        unit="kSEK/yr",
        decimals=0,
        text=Text("R&D per performing firm", "FoU per företag som bedriver FoU"),
        help=Text("Annual rate of the quarter.", "Kvartalet i årstakt."),
        formula=Ratio(top=(summed("rd_spending", flow=True),), under=(counted("research", 1),), scale=4),
    ),
)  # fmt: skip
