"""Economy, firms and their distribution (I7.1 to I7.3)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import FIRMS
from simulator.indicators.declare import Gap, Growth, Indicator, Ratio, happened, regional, summed, weighed
from simulator.indicators.observe import CLOSURES
from simulator.quantity import Text

CLOSED = tuple(happened(event) for event in CLOSURES)
_RATE = Text("Annual rate of the quarter.", "Kvartalet i årstakt.")
_YEAR = Text("Last four quarters.", "Senaste fyra kvartalen.")

ECONOMY = (
    Indicator(
        name="employment",
        code="I7.1",
        topic="economy",
        unit="FTE",
        decimals=0,
        better=1,
        population="all",
        text=Text("Employment", "Sysselsättning"),
        help=Text(
            "Firms and anchor employers; the size class 250+ holds the anchors.",
            "Företag och storföretag; storleksklassen 250+ är storföretagen.",
        ),
        formula=Ratio(top=(summed("employment"),)),
    ),
    Indicator(
        name="employment_smes",
        code="I7.1",
        topic="economy",
        unit="FTE",
        decimals=0,
        better=1,
        text=Text("Employment in SMEs", "Sysselsättning i små och medelstora företag"),
        help=Text("Firms with 2-249 employees at the start.", "Företag med 2-249 anställda vid start."),
        formula=Ratio(top=(summed("employment"),)),
    ),
    Indicator(
        name="value_added",
        code="I7.1",
        topic="economy",
        unit="MSEK/yr",
        decimals=0,
        better=1,
        text=Text("Value added", "Förädlingsvärde"),
        help=Text("Firms, annual rate of the quarter.", "Företagen, kvartalet i årstakt."),
        formula=Ratio(top=(summed("value_added", flow=True),), scale=4e-3),
    ),
    Indicator(
        name="productivity",
        code="I7.1",
        topic="economy",
        unit="kSEK/FTE/yr",
        decimals=0,
        better=1,
        text=Text("Productivity", "Produktivitet"),
        help=Text(
            "Value added per full-time equivalent, annual rate.", "Förädlingsvärde per heltidsekvivalent, årstakt."
        ),
        formula=Ratio(top=(summed("value_added", flow=True),), under=(summed("employment"),), scale=4),
    ),
    Indicator(
        name="productivity_growth",
        code="I7.1",
        topic="economy",
        unit="%/yr",
        decimals=2,
        better=1,
        text=Text("Productivity growth", "Produktivitetstillväxt"),
        help=Text("Change over four quarters.", "Förändring över fyra kvartal."),
        formula=Growth(of="productivity"),
    ),
    Indicator(
        name="wage",
        code="I7.1",
        topic="economy",
        unit="kSEK/FTE/yr",
        decimals=0,
        better=1,
        text=Text("Labour cost per employee", "Arbetskraftskostnad per anställd"),
        help=_RATE,
        formula=Ratio(top=(summed("wage_bill", flow=True),), under=(summed("employment"),), scale=4),
    ),
    Indicator(
        name="firms",
        code="I7.2",
        topic="economy",
        unit="firms",
        decimals=0,
        better=1,
        text=Text("Firms", "Företag"),
        help=Text("With 2-249 employees at the start.", "Med 2-249 anställda vid start."),
        formula=Ratio(top=(FIRMS,)),
    ),
    Indicator(
        name="entries",
        code="I7.2",
        topic="economy",
        unit="count/yr",
        decimals=0,
        better=1,
        text=Text("New firms", "Nya företag"),
        help=_YEAR,
        formula=Ratio(top=(happened("founded"),), window=4),
    ),
    Indicator(
        name="exits",
        code="I7.2",
        topic="economy",
        unit="count/yr",
        decimals=0,
        better=-1,
        text=Text("Closed firms", "Nedlagda företag"),
        help=_YEAR,
        formula=Ratio(top=CLOSED, window=4),
    ),
    Indicator(
        name="entry_rate",
        code="I7.2",
        topic="economy",
        unit="%/yr",
        decimals=2,
        better=1,
        text=Text("Entry rate", "Nyföretagandegrad"),
        help=Text("New firms in four quarters per 100 firms.", "Nya företag på fyra kvartal per 100 företag."),
        formula=Ratio(top=(happened("founded"),), under=(FIRMS,), scale=100, window=4),
    ),
    Indicator(
        name="exit_rate",
        code="I7.2",
        topic="economy",
        unit="%/yr",
        decimals=2,
        better=-1,
        text=Text("Exit rate", "Nedläggningsgrad"),
        help=Text("Closed firms in four quarters per 100 firms.", "Nedlagda företag på fyra kvartal per 100 företag."),
        formula=Ratio(top=CLOSED, under=(FIRMS,), scale=100, window=4),
    ),
    Indicator(
        name="succession_closures",
        code="I7.2",
        topic="economy",
        unit="count/yr",
        decimals=0,
        better=-1,
        text=Text("Closures at succession", "Nedläggningar vid ägarskifte"),
        help=_YEAR,
        formula=Ratio(top=(happened("closed_succession"),), window=4),
    ),
    Indicator(
        name="succession_jobs",
        code="I7.2",
        topic="economy",
        unit="FTE",
        decimals=0,
        better=-1,
        text=Text("Jobs in firms closed at succession", "Jobb i företag nedlagda vid ägarskifte"),
        help=_YEAR,
        formula=Ratio(top=(weighed("closed_succession"),), window=4),
    ),
    Indicator(
        name="digital_rural_gap",
        code="I7.3",
        topic="economy",
        unit="pp",
        better=-1,
        text=Text("Digital gap, urban minus rural", "Digitalt gap, stad minus landsbygd"),
        help=Text(
            "Difference in the share at digital level 2 or higher.", "Skillnad i andelen på digital nivå 2 eller högre."
        ),
        formula=Gap(of="advanced_digital", dimension="rural", high="urban", low="rural"),
    ),
    Indicator(
        name="digital_size_gap",
        code="I7.3",
        topic="economy",
        unit="pp",
        better=-1,
        text=Text("Digital gap, 50-249 minus 2-9 employees", "Digitalt gap, 50-249 minus 2-9 anställda"),
        help=Text(
            "Difference in the share at digital level 2 or higher.", "Skillnad i andelen på digital nivå 2 eller högre."
        ),
        formula=Gap(of="advanced_digital", dimension="size_class", high="50-249", low="2-9"),
    ),
    *(
        Indicator(
            name=f"{spread}_theil_{part}",
            code="I7.3",
            topic="economy",
            unit="1",
            decimals=4,
            better=-1,
            text=Text(f"Inequality of {what.en} {where.en}", f"Olikhet i {what.sv} {where.sv}"),
            help=Text(
                f"Theil index over {over.en}, the part {where.en}; 0 is even.",
                f"Theilindex över {over.sv}, delen {where.sv}; 0 är jämnt.",
            ),
            formula=Ratio(top=(regional(f"{spread}_{part}"),)),
        )
        for spread, what, over in (
            ("digital", Text("digital level", "digital nivå"), Text("firms", "företag")),
            (
                "productivity",
                Text("value added per employee", "förädlingsvärde per anställd"),
                Text("employees", "anställda"),
            ),
        )
        for part, where in (
            ("within", Text("within municipalities", "inom kommuner")),
            ("between", Text("between municipalities", "mellan kommuner")),
        )
    ),
    Indicator(
        name="productivity_rural_gap",
        code="I7.3",
        topic="economy",
        unit="%",
        better=-1,
        text=Text("Productivity gap, urban over rural", "Produktivitetsgap, stad över landsbygd"),
        help=Text(
            "By how much value added per employee is higher.", "Hur mycket högre förädlingsvärdet per anställd är."
        ),
        formula=Gap(of="productivity", dimension="rural", high="urban", low="rural", relative=True),
    ),
)
