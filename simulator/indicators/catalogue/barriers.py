"""What holds the next step of each transition back, by firm and quarter (Model text 4.4, 5)."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.indicators.catalogue.common import FIRMS
from simulator.indicators.declare import Indicator, Ratio, counted
from simulator.quantity import Text

WORDS: Mapping[str, Text] = {
    "unaware": Text("unaware", "ouppmärksammat"),
    "undecided": Text("not yet decided", "ännu inte prövat"),
    "unprofitable": Text("unprofitable", "lönar sig inte"),
    "owner": Text("owner near retirement", "ägaren nära pension"),
    "no_finance": Text("no finance", "saknar finansiering"),
    "no_skills": Text("no skills", "saknar kompetens"),
    "no_attention": Text("no attention", "saknar tid"),
    "running": Text("project running", "projekt pågår"),
    "done": Text("done", "genomfört"),
}
"""Keys and words of the codes 0-8 of the firm columns of barriers."""

_STEPS: Mapping[str, Text] = {
    "barrier": Text("the next digital step", "nästa digitala steg"),
    "green_barrier": Text("the next green step", "nästa gröna steg"),
    "circular_barrier": Text("the next circular step", "nästa cirkulära steg"),
    "export_barrier": Text("exports", "exporten"),
}
"""State, which is also the topic and the column, and what is held back."""

BARRIERS = tuple(
    Indicator(
        name=f"{state}_{key}",
        code="I1",
        topic=state,
        unit="%",
        text=text,
        help=Text(
            f"Share of firms, by what held {held.en} back in the quarter.",
            f"Andel företag, efter vad som hindrade {held.sv} i kvartalet.",
        ),
        formula=Ratio(top=(counted(state, number, flow=True),), under=(FIRMS,), scale=100),
    )
    for state, held in _STEPS.items()
    for number, (key, text) in enumerate(WORDS.items())
)
