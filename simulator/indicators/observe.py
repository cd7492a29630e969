"""What is read from each firm every quarter, and what the other blocks hand over (Model text 5).

Columns are named by strings: this package knows no firm class. A test checks that the columns exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from simulator.indicators.declare import Amount, Observed, Spread, State
from simulator.indicators.inequality import concentration, theil, theil_of_levels
from simulator.quantity import Text

STEPS = 50
"""Equal steps of a number in 0..1 whose quantiles are wanted; a quantile is good to about 1/100."""

EXTRAS: Mapping[str, Text] = {
    "value_added": Text("Value added, kSEK per quarter", "Förädlingsvärde, tkr per kvartal"),
    "wage_bill": Text("Labour cost, kSEK per quarter", "Arbetskraftskostnad, tkr per kvartal"),
    "value_lost": Text(
        "Value added lost to unfilled posts, kSEK per quarter", "Förädlingsvärde som går förlorat, tkr per kvartal"
    ),
    "dependence": Text(
        "Sales to the largest customer as a share of sales, 0 without such a link",
        "Försäljning till största kunden som andel av omsättningen, 0 utan sådan länk",
    ),
    "energy_used": Text("Energy used, MWh per quarter", "Energianvändning, MWh per kvartal"),
    "energy_saved": Text(
        "Energy saved by green steps, MWh per quarter", "Energi som gröna steg sparar, MWh per kvartal"
    ),
    "emissions": Text("Emissions, tonnes of CO2 per quarter", "Utsläpp, ton koldioxid per kvartal"),
    "material_saved": Text(
        "Material cost saved by circular steps, kSEK per quarter",
        "Materialkostnad som cirkulära steg sparar, tkr per kvartal",
    ),
}
"""Per-firm arrays the model works out and hands to `Recorder.record`; all flows, unknown in the initial state."""

OF_ANCHORS: Mapping[str, str] = {"rd_spending": "rd_anchors"}
"""Amounts to which anchor employers add a flow of their own; handed over with the extras, one number per anchor."""

EVENTS: Mapping[str, Text] = {
    "reached_level": Text("Digital project reached its level", "Digitalt projekt nådde sin nivå"),
    "project_failed": Text("Digital project failed", "Digitalt projekt misslyckades"),
    "reached_green": Text("Green project reached its level", "Grönt projekt nådde sin nivå"),
    "green_failed": Text("Green project failed", "Grönt projekt misslyckades"),
    "reached_circular": Text("Circular project reached its level", "Cirkulärt projekt nådde sin nivå"),
    "circular_failed": Text("Circular project failed", "Cirkulärt projekt misslyckades"),
    "agreed_symbiosis": Text("Agreed on symbiosis with another firm", "Kom överens om symbios med ett annat företag"),
    "started_rd": Text("R&D started", "FoU påbörjad"),
    "innovated": Text("New or better product on the market", "Ny eller bättre produkt på marknaden"),
    "visited_testbed": Text("Visit to a testbed or university", "Besök hos testbädd eller högskola"),
    "export_started": Text("Export started", "Export påbörjad"),
    "export_stopped": Text("Export stopped", "Export upphörd"),
    "export_rose": Text("Export stage rose", "Exportstadium höjt"),
    "contacted": Text("Contacted by a measure", "Kontaktat av en insats"),
    "supported": Text("Support awarded; weight kSEK", "Stöd beviljat; vikt tkr"),
    "supported_again": Text(
        "Support awarded to a firm with two or more earlier awards",
        "Stöd beviljat till företag med två eller fler tidigare stöd",
    ),
    "closed_competition": Text("Closed in competition", "Nedlagt i konkurrens"),
    "closed_succession": Text("Closed at succession; weight jobs", "Nedlagt vid ägarskifte; vikt jobb"),
    "closed_insolvent": Text("Closed as insolvent", "Nedlagt på grund av obestånd"),
    "founded": Text("Founded", "Grundat"),
}
"""What `Recorder.event` understands; "supported_again" it works out itself."""
CLOSURES = ("closed_competition", "closed_succession", "closed_insolvent")

MEMORIES: Mapping[str, tuple[str, ...]] = {
    "since_contact": ("contacted",),
    "since_step": ("reached_level", "reached_green", "reached_circular", "export_started", "export_rose", "innovated"),
    "since_innovation": ("innovated",),
}
"""Quarters since the latest of some events, remembered per slot by the recorder."""
NEVER = 30_000
INNOVATING = 12
"""Quarters for which a firm counts as innovating (Model text 5, I1.1)."""

LABOUR: Mapping[str, bool] = {
    "employed": False,
    "women": False,
    "young": False,
    "foreign_born": False,
    "vacancies": True,
    "matches": True,
    "matches_aligned": True,
    "vacancy_stock": True,
    "trainees": True,
    "new_supply": True,
    "retirements": True,
    "youth_migration": True,
}
"""Arrays (zones, classes) and whether each is a flow; the first four are read from the people cells."""
PEOPLE = ("employed", "women", "young", "foreign_born")

PUBLIC: Mapping[str, Text] = {
    "outlay": Text("Public outlay, kSEK", "Offentlig utgift, tkr"),
    "administration": Text("Administration, kSEK", "Administration, tkr"),
    "private_cost": Text("Firms' own share of supported projects, kSEK", "Företagens egen del av stödda projekt, tkr"),
    "eu": Text("Outlay paid by the EU, kSEK", "Utgift som EU betalar, tkr"),
    "state": Text("Outlay paid by the state, kSEK", "Utgift som staten betalar, tkr"),
    "regional": Text("Outlay paid by region and municipalities, kSEK", "Utgift som region och kommuner betalar, tkr"),
    "external": Text("Outlay paid by external co-financers, kSEK", "Utgift som externa medfinansiärer betalar, tkr"),
    "contacts": Text("Contacts, duplicates included", "Kontakter, dubbletter inräknade"),
    "duplicate_contacts": Text("Contacts that reached an already reached firm", "Kontakter med redan nådda företag"),
    "application_hours": Text("Hours firms spend on applications", "Timmar som företag lägger på ansökningar"),
    "procured_innovation": Text("Innovation procured, kSEK", "Upphandlad innovation, tkr"),
}
"""Flows by county and quarter, from the ledger, governance and public buyers."""


def _steps(values: Observed) -> Observed:
    return np.minimum(values * np.float32(STEPS), np.float32(STEPS - 1)).astype(np.int16)


HISTOGRAMS: tuple[tuple[State, ...], ...] = (
    (
        State("digital", 4, ("digital_level",), lambda level: level),
        State("stage", 4, ("exporting", "export_stage"), lambda exporting, stage: exporting * stage),
        State("export_barrier", 9, ("export_barrier",), lambda barrier: barrier),
        State("export_survivor", 2, ("exporting", "export_age"), lambda exporting, age: exporting & (age == 16)),
    ),
    (
        State("barrier", 9, ("barrier",), lambda barrier: barrier),
        State(
            "succession_due", 2, ("owner_age", "succession"), lambda age, succession: (age >= 60) & (succession == 0)
        ),
        State("idle", 3, ("age", "since_step"), lambda age, since: (age >= 20) * (1 + (since >= 20).astype(np.int8))),
    ),
    (
        State(
            "contact",
            3,
            ("since_contact",),
            lambda since: (since < NEVER).astype(np.int8) + (since < 4).astype(np.int8),
        ),
        State("supported", 2, ("awards",), lambda awards: awards > 0),
        State("university", 2, ("university_link",), lambda link: link),
        State("multinational", 2, ("mne_link",), lambda link: link),
        State("cluster", 2, ("cluster_member",), lambda member: member),
        State(
            "hard_to_reach",
            3,
            ("rural", "employment", "awards"),
            lambda rural, employment, awards: (
                (rural & (employment < np.float32(10))) * (1 + (awards > 0).astype(np.int8))
            ),
        ),
    ),
    (
        State("green", 4, ("green_level",), lambda level: level),
        State("circular", 3, ("circular_level",), lambda level: level),
        State("research", 2, ("rd_performer",), lambda performer: performer),
        State("testbed", 2, ("testbed_quarters",), lambda left: left > 0),
        State("innovating", 2, ("since_innovation",), lambda since: since < INNOVATING),
    ),
    (
        State("green_barrier", 9, ("green_barrier",), lambda barrier: barrier),
        State("circular_barrier", 9, ("circular_barrier",), lambda barrier: barrier),
    ),
    (State("absorptive", STEPS, ("absorptive_capacity",), _steps),),
    (State("dependence", STEPS + 1, ("dependence",), lambda share: _steps(share) + (share > 0), flow=True),),
)
"""States counted together: one joint histogram per group, because one count of pairs is cheaper than two counts."""

STATES: Mapping[str, State] = {state.name: state for group in HISTOGRAMS for state in group}


def _export_share(home: Observed, chain: Observed, export: Observed) -> Observed:
    share: Observed = export / np.maximum(home + chain + export, np.float32(1e-6))
    return share


SHARED: Mapping[str, tuple[tuple[str, ...], Callable[..., Observed]]] = {
    "export_share": (("demand_home", "demand_chain", "demand_export"), _export_share)
}
"""Flows that several amounts use, worked out once a quarter from columns."""

AMOUNTS: tuple[Amount, ...] = (
    Amount("employment", ("employment",), lambda employment: employment),
    Amount("absorptive", ("absorptive_capacity",), lambda capacity: capacity),
    Amount("effective_digital", ("digital_level", "effectiveness"), lambda level, effectiveness: level * effectiveness),
    Amount("value_added", ("value_added",), lambda value: value, True),
    Amount("sales", ("sales",), lambda sales: sales, True),
    Amount("energy_used", ("energy_used",), lambda energy: energy, True),
    Amount("energy_saved", ("energy_saved",), lambda energy: energy, True),
    Amount("emissions", ("emissions",), lambda emitted: emitted, True),
    Amount("material_saved", ("material_saved",), lambda saved: saved, True),
    Amount("rd_spending", ("rd_spending",), lambda spending: spending, True),
    Amount("wage_bill", ("wage_bill",), lambda bill: bill, True),
    Amount("value_lost", ("value_lost",), lambda lost: lost, True),
    Amount("exporter_sales", ("exporting", "sales"), lambda exporting, sales: exporting * sales, True),
    Amount("export_markets", ("export_markets",), lambda markets: markets),
    Amount("export_sales", ("sales", "export_share"), lambda sales, share: sales * share, True),
    Amount("value_exported", ("value_added", "export_share"), lambda value, share: value * share, True),
)

SPREADS: tuple[Spread, ...] = (
    Spread(
        ("digital_within", "digital_between"),
        ("digital_level", "municipality"),
        lambda level, town: theil_of_levels(level, town, 3),
    ),
    Spread(("productivity_within", "productivity_between"), ("value_added", "employment", "municipality"), theil, True),
    Spread(
        ("rd_top_percent", "rd_top_ten", "rd_gini"),
        ("rd_spending", "rd_anchors"),
        lambda firms, anchors: concentration(np.concatenate((firms, anchors))),
        True,
    ),
)
"""Numbers about all firms together."""

REGION: Mapping[str, Text] = {"symbiosis_links": Text("Symbiosis links between firms", "Symbioslänkar mellan företag")}
"""Numbers about the whole region that the model hands to `Recorder.record`; unknown in the initial state."""
REGION_INDEX = {name: place for place, name in enumerate((*(n for spread in SPREADS for n in spread.names), *REGION))}
