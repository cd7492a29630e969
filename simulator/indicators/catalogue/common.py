"""What several parts of the catalogue share."""

from __future__ import annotations

from simulator.indicators.declare import Indicator, Ratio, Term, counted, happened
from simulator.quantity import Text

FIRMS = counted("digital", 0, 1, 2, 3)
"""Every firm has a digital level: this counts all of them."""


def shares(name: str, code: str, topic: str, top: Term, text: Text, explanation: Text) -> tuple[Indicator, Indicator]:
    """Declare a share of all firms, and the same among those with 10 employees or more, as Eurostat reports it."""
    formula = Ratio(top=(top,), under=(FIRMS,), scale=100)
    of_ten = Text(f"{text.en} (10+ employees)", f"{text.sv} (10+ anställda)")
    return (
        Indicator(name=name, code=code, topic=topic, unit="%", text=text, help=explanation, formula=formula, better=1),
        Indicator(
            name=f"{name}_10plus",
            code=code,
            topic=topic,
            unit="%",
            text=of_ten,
            help=explanation,
            formula=formula,
            population="ten",
            better=1,
        ),
    )


def share_of(name: str, code: str, topic: str, top: Term, text: Text, explanation: Text, since: int = 0) -> Indicator:
    """Declare a share of all firms, more being better; known from entry `since` on."""
    formula = Ratio(top=(top,), under=(FIRMS,), scale=100, since=since)
    return Indicator(
        name=name, code=code, topic=topic, unit="%", text=text, help=explanation, formula=formula, better=1
    )


def number_of(name: str, code: str, topic: str, top: Term, text: Text) -> Indicator:
    """Declare a number of firms, more being better."""
    counts = Text("Number of firms with 2-249 employees.", "Antal företag med 2-249 anställda.")
    formula = Ratio(top=(top,))
    return Indicator(
        name=name, code=code, topic=topic, unit="firms", decimals=0, text=text, help=counts, formula=formula, better=1
    )


def failures(name: str, topic: str, failed: str, reached: str, text: Text) -> Indicator:
    """Declare the share of ended projects that failed, by the events of both ends."""
    return Indicator(
        name=name,
        code="I1.6",
        topic=topic,
        unit="%",
        better=-1,
        text=text,
        help=Text(
            "Share of the projects that ended in the last four quarters without reaching their level.",
            "Andel av de projekt som avslutats de senaste fyra kvartalen utan att nå sin nivå.",
        ),
        formula=Ratio(top=(happened(failed),), under=(happened(failed), happened(reached)), scale=100, window=4),
    )
