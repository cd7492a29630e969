"""Internationalisation (I5)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import number_of, share_of, shares
from simulator.indicators.declare import Indicator, Quantile, Ratio, counted, happened, summed
from simulator.quantity import Text

EXPORTERS = counted("stage", 1, 2, 3)

INTERNATIONAL = (
    *shares(
        "exporters",
        "I5.1",
        "international",
        EXPORTERS,
        Text("Exporting firms", "Exporterande företag"),
        Text("Share of firms that export.", "Andel företag som exporterar."),
    ),
    number_of(
        "exporter_count",
        "I5.1",
        "international",
        EXPORTERS,
        Text("Number of exporting firms", "Antal exporterande företag"),
    ),
    Indicator(
        name="export_entry_rate",
        code="I5.1",
        topic="international",
        unit="%/yr",
        decimals=2,
        better=1,
        text=Text("Firms that start to export", "Företag som börjar exportera"),
        help=Text(
            "Starts in the last four quarters per 100 firms that do not export.",
            "Nya exportörer de senaste fyra kvartalen per 100 företag som inte exporterar.",
        ),
        formula=Ratio(top=(happened("export_started"),), under=(counted("stage", 0),), scale=100, window=4),
    ),
    Indicator(
        name="export_exit_rate",
        code="I5.1",
        topic="international",
        unit="%/yr",
        decimals=2,
        better=-1,
        text=Text("Exporters that stop", "Exportörer som slutar"),
        help=Text(
            "Ended exports in the last four quarters per 100 exporters; closed firms not counted.",
            "Upphörd export de senaste fyra kvartalen per 100 exportörer; nedlagda företag räknas inte.",
        ),
        formula=Ratio(top=(happened("export_stopped"),), under=(EXPORTERS,), scale=100, window=4),
    ),
    Indicator(
        name="export_survival",
        code="I5.1",
        topic="international",
        unit="%",
        better=1,
        text=Text("Exporters that last four years", "Exportörer som består i fyra år"),
        help=Text(
            "Firms reaching 16 quarters of export in the last year per 100 that started four years earlier; "
            "known after five years.",
            "Företag som under senaste året nått 16 kvartal av export per 100 som började fyra år tidigare; "
            "känt efter fem år.",
        ),
        formula=Ratio(
            top=(counted("export_survivor", 1, flow=True),),
            under=(happened("export_started"),),
            scale=100,
            window=4,
            lag=16,
        ),
    ),
    Indicator(
        name="export_intensity",
        code="I5.2",
        topic="international",
        unit="%",
        better=1,
        text=Text("Export intensity", "Exportintensitet"),
        help=Text("Exports as a share of exporters' sales.", "Export som andel av exportörernas omsättning."),
        formula=Ratio(
            top=(summed("export_sales", flow=True),), under=(summed("exporter_sales", flow=True),), scale=100
        ),
    ),
    Indicator(
        name="export_markets",
        code="I5.2",
        topic="international",
        unit="count",
        better=1,
        text=Text("Markets per exporter", "Marknader per exportör"),
        help=Text(
            "Markets abroad that an exporting firm sells to, on average; follows the export stage unless firms choose "
            "markets one by one (switch market_choice).",
            "Utländska marknader som ett exporterande företag i medeltal säljer på; följer exportstadiet om företagen "
            "inte väljer marknader en och en (omkopplaren market_choice).",
        ),
        formula=Ratio(top=(summed("export_markets"),), under=(EXPORTERS,)),
    ),
    *(
        Indicator(
            name=f"export_stage_{stage}",
            code="I5.2",
            topic="international",
            unit="%",
            text=text,
            help=Text("Share of exporters in this stage.", "Andel av exportörerna i detta stadium."),
            formula=Ratio(top=(counted("stage", stage),), under=(EXPORTERS,), scale=100),
        )
        for stage, text in (
            (1, Text("Exporters: sporadic or Nordic", "Exportörer: tillfällig eller nordisk")),
            (2, Text("Exporters: EU", "Exportörer: EU")),
            (3, Text("Exporters: global", "Exportörer: global")),
        )
    ),
    Indicator(
        name="dependence_median",
        code="I5.3",
        topic="international",
        unit="%",
        better=-1,
        text=Text("Dependence on the largest customer", "Beroende av största kunden"),
        help=Text(
            "Median, among suppliers of anchor employers, of the largest customer's share of sales.",
            "Median, bland leverantörer till storföretag, av största kundens andel av omsättningen.",
        ),
        formula=Quantile(state="dependence", share=0.5, lowest=1, scale=100),
    ),
    Indicator(
        name="dependence_high",
        code="I5.3",
        topic="international",
        unit="%",
        better=-1,
        text=Text("Suppliers that depend on one customer", "Leverantörer som beror av en kund"),
        help=Text(
            "Share of suppliers of anchor employers that sell more than half to one of them.",
            "Andel leverantörer till storföretag som säljer mer än hälften till ett av dem.",
        ),
        formula=Ratio(
            top=(counted("dependence", *range(26, 51), flow=True),),
            under=(counted("dependence", *range(1, 51), flow=True),),
            scale=100,
        ),
    ),
    *(
        one
        for name, state, share, number, explanation in (
            (
                "multinational_link",
                "multinational",
                Text("Suppliers of multinationals", "Leverantörer till multinationella företag"),
                Text("Number of suppliers of multinationals", "Antal leverantörer till multinationella företag"),
                Text("Share of firms.", "Andel företag."),
            ),
            (
                "cluster_member",
                "cluster",
                Text("Members of clusters", "Klustermedlemmar"),
                Text("Number of members of clusters", "Antal klustermedlemmar"),
                Text("Share of firms in a cluster or its network.", "Andel företag i ett kluster eller dess nätverk."),
            ),
        )
        for one in (
            share_of(f"{name}s", "I5.4", "international", counted(state, 1), share, explanation),
            number_of(f"{name}_count", "I5.4", "international", counted(state, 1), number),
        )
    ),
    Indicator(
        name="value_exported",
        code="I5.5",
        topic="international",
        unit="MSEK/yr",
        decimals=0,
        better=1,
        text=Text("Value added in export", "Förädlingsvärde i export"),
        help=Text(
            "Value added of firms times the exported share of their sales, last four quarters.",
            "Företagens förädlingsvärde gånger exportens andel av omsättningen, senaste fyra kvartalen.",
        ),
        formula=Ratio(top=(summed("value_exported", flow=True),), scale=1e-3, window=4),
    ),
)
