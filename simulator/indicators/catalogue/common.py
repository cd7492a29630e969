"""What several parts of the catalogue share."""

from __future__ import annotations

from simulator.indicators.declare import Indicator, Ratio, Term, counted
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
