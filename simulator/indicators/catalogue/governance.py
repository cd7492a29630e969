"""Coordination, governance and public money (I6, I7.9)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import FIRMS
from simulator.indicators.declare import Indicator, Inequality, Ratio, Separation, counted, happened, public, weighed
from simulator.quantity import Text

GOVERNANCE = (
    Indicator(
        name="reach",
        code="I6.1",
        topic="governance",
        unit="%",
        better=1,
        text=Text("Firms reached in a year", "Företag som nås under ett år"),
        help=Text(
            "Share of firms contacted by some measure in the last four quarters, each counted once.",
            "Andel företag som kontaktats av någon insats de senaste fyra kvartalen, vart och ett räknat en gång.",
        ),
        formula=Ratio(top=(counted("contact", 2, flow=True),), under=(FIRMS,), scale=100, since=4),
    ),
    Indicator(
        name="ever_contacted",
        code="I6.1",
        topic="governance",
        unit="%",
        better=1,
        text=Text("Firms ever contacted", "Företag som någon gång kontaktats"),
        help=Text("Since the start of the run.", "Sedan körningens start."),
        formula=Ratio(top=(counted("contact", 1, 2),), under=(FIRMS,), scale=100),
    ),
    Indicator(
        name="ever_supported",
        code="I6.1",
        topic="governance",
        unit="%",
        better=1,
        text=Text("Firms ever supported", "Företag som någon gång fått stöd"),
        help=Text(
            "Since the start of the run; the rest were never supported.", "Sedan start; övriga har aldrig fått stöd."
        ),
        formula=Ratio(top=(counted("supported", 1),), under=(FIRMS,), scale=100),
    ),
    Indicator(
        name="hard_to_reach_supported",
        code="I6.1",
        topic="governance",
        unit="%",
        better=1,
        text=Text("Hard-to-reach firms ever supported", "Svårnådda företag som någon gång fått stöd"),
        help=Text(
            "Share of rural firms with fewer than 10 employees that ever received support.",
            "Andel landsbygdsföretag med färre än 10 anställda som någon gång fått stöd.",
        ),
        formula=Ratio(top=(counted("hard_to_reach", 2),), under=(counted("hard_to_reach", 1, 2),), scale=100),
    ),
    Indicator(
        name="duplication",
        code="I6.2",
        topic="governance",
        unit="%",
        better=-1,
        text=Text("Duplicate contacts", "Dubbla kontakter"),
        help=Text(
            "Share of contacts in the last four quarters with a firm that another organisation had already reached.",
            "Andel av de senaste fyra kvartalens kontakter med ett företag som en annan organisation redan nått.",
        ),
        formula=Ratio(top=(public("duplicate_contacts"),), under=(public("contacts"),), scale=100, window=4),
    ),
    Indicator(
        name="admin_share",
        code="I6.3",
        topic="governance",
        unit="%",
        better=-1,
        text=Text("Administration as a share of outlay", "Administrationens andel av utgifterna"),
        help=Text("Last four quarters.", "Senaste fyra kvartalen."),
        formula=Ratio(top=(public("administration"),), under=(public("outlay"),), scale=100, window=4),
    ),
    Indicator(
        name="application_hours",
        code="I6.3",
        topic="governance",
        unit="h/yr",
        decimals=0,
        better=-1,
        text=Text("Firms' hours on applications", "Företagens timmar för ansökningar"),
        help=Text("Last four quarters.", "Senaste fyra kvartalen."),
        formula=Ratio(top=(public("application_hours"),), window=4),
    ),
    Indicator(
        name="targeting",
        code="I6.4",
        topic="governance",
        unit="1",
        decimals=2,
        better=1,
        text=Text("Targeting on need", "Träffsäkerhet efter behov"),
        help=Text(
            "Chance that an awarded firm has more need than an eligible firm without award, last four quarters; "
            "0.5 is blind.",
            "Sannolikhet att ett företag som fått stöd har större behov än ett stödberättigat utan, senaste fyra "
            "kvartalen; 0,5 är slump.",
        ),
        formula=Separation(),
    ),
    Indicator(
        name="matthew",
        code="I6.4",
        topic="governance",
        unit="%",
        better=-1,
        text=Text("Awards to repeat receivers", "Stöd till återkommande mottagare"),
        help=Text(
            "Share of awards in the last four quarters to firms with two or more earlier ones.",
            "Andel av de senaste fyra kvartalens stöd till företag med två eller fler tidigare.",
        ),
        formula=Ratio(top=(happened("supported_again"),), under=(happened("supported"),), scale=100, window=4),
    ),
    Indicator(
        name="support_per_firm",
        code="I6.5",
        topic="governance",
        unit="kSEK/yr",
        decimals=2,
        text=Text("Support per firm", "Stöd per företag"),
        help=Text(
            "Support awarded in the last four quarters per firm.",
            "Beviljat stöd de senaste fyra kvartalen per företag.",
        ),
        formula=Ratio(top=(weighed("supported"),), under=(FIRMS,), window=4),
    ),
    Indicator(
        name="support_gini",
        code="I6.5",
        topic="governance",
        unit="1",
        decimals=2,
        better=-1,
        text=Text("Uneven support across municipalities", "Ojämnt stöd mellan kommunerna"),
        help=Text(
            "Gini coefficient of support per firm in the last four quarters, 0 even to 1.",
            "Ginikoefficient för stöd per företag de senaste fyra kvartalen, 0 jämnt till 1.",
        ),
        formula=Inequality(event="supported"),
    ),
    Indicator(
        name="public_outlay",
        code="I7.9",
        topic="governance",
        unit="MSEK/yr",
        better=0,
        text=Text("Public outlay", "Offentliga utgifter"),
        help=Text(
            "All measures, administration included, last four quarters.",
            "Alla insatser med administration, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(public("outlay"),), scale=1e-3, window=4),
    ),
    *(
        Indicator(
            name=f"outlay_{funder}",
            code="I7.9",
            topic="governance",
            unit="MSEK/yr",
            text=Text(f"Outlay paid by {who.en}", f"Utgifter som {who.sv} betalar"),
            help=Text("Part of the public outlay, last four quarters.", "Del av utgifterna, senaste fyra kvartalen."),
            formula=Ratio(top=(public(funder),), scale=1e-3, window=4),
        )
        for funder, who in (
            ("eu", Text("the EU", "EU")),
            ("state", Text("the state", "staten")),
            ("regional", Text("region and municipalities", "region och kommuner")),
            ("external", Text("external co-financers", "externa medfinansiärer")),
        )
    ),
    Indicator(
        name="private_matching",
        code="I7.9",
        topic="governance",
        unit="MSEK/yr",
        text=Text("Private matching", "Privat medfinansiering"),
        help=Text(
            "Firms' own share of supported projects, last four quarters.",
            "Företagens egen del av stödda projekt, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(public("private_cost"),), scale=1e-3, window=4),
    ),
    Indicator(
        name="leverage",
        code="I7.9",
        topic="governance",
        unit="1",
        decimals=2,
        better=1,
        text=Text("Leverage", "Hävstång"),
        help=Text(
            "Private SEK per public SEK, last four quarters.",
            "Privata kronor per offentlig krona, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(public("private_cost"),), under=(public("outlay"),), window=4),
    ),
)
