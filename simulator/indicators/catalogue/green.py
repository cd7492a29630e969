"""Low-carbon and circular industry (I1.5, I1.6, I4)."""

from __future__ import annotations

from simulator.indicators.catalogue.common import failures, number_of, share_of, shares
from simulator.indicators.declare import counted
from simulator.quantity import Text

_ADVANCED = counted("green", 2, 3)

GREEN = (
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
