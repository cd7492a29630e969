"""Whom a measure is for: restrictions on firms, one declared field each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from simulator.quantity import Text

Range = tuple[float, float]

BARRIERS = (
    "unaware", "undecided", "unprofitable", "owner", "no_finance", "no_skills", "no_attention", "running", "done",
)  # fmt: skip
RESEARCH_CAPABLE = 0.3
"""Absorptive capacity from which a firm without R&D of its own can work with researchers."""


def _words(en: str, sv: str, allowed: Range | None = None, whole: bool = True) -> dict[str, Any]:
    return {"text": Text(en, sv)} | ({} if allowed is None else {"allowed": allowed, "whole": whole})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom a measure is for; None restricts nothing, and all restrictions hold together.

    Ranges include both ends; all but that of absorptive capacity are of whole numbers.
    """

    counties: tuple[str, ...] | None = field(default=None, metadata=_words("Counties", "Län"))
    municipalities: tuple[str, ...] | None = field(default=None, metadata=_words("Municipalities", "Kommuner"))
    employees: Range | None = field(default=None, metadata=_words("Employees", "Anställda", (0, 100000)))
    industries: tuple[str, ...] | None = field(default=None, metadata=_words("Industries", "Branscher"))
    manufacturing: bool | None = field(
        default=None, metadata=_words("Manufacturing, not services", "Tillverkning, inte tjänster")
    )
    rural: bool | None = field(default=None, metadata=_words("In a small municipality", "I en liten kommun"))
    digital_level: Range | None = field(default=None, metadata=_words("Digital level", "Digital nivå", (0, 3)))
    green_level: Range | None = field(default=None, metadata=_words("Green level", "Grön nivå", (0, 3)))
    circular_level: Range | None = field(default=None, metadata=_words("Circular level", "Cirkulär nivå", (0, 2)))
    started: bool | None = field(
        default=None,
        metadata=_words("Has taken a first digital or green step", "Har tagit ett första digitalt eller grönt steg"),
    )
    carbon_above_median: bool | None = field(
        default=None,
        metadata=_words(
            "Emits more per krona of sales than the median firm", "Släpper ut mer per omsatt krona än medianföretaget"
        ),
    )
    exporting: bool | None = field(default=None, metadata=_words("Exports", "Exporterar"))
    owner_age: Range | None = field(default=None, metadata=_words("Owner's age", "Ägarens ålder", (0, 120)))
    supplier: bool | None = field(
        default=None, metadata=_words("Supplies an anchor employer", "Levererar till storföretag")
    )
    multinational_link: bool | None = field(
        default=None, metadata=_words("Supplies a multinational", "Levererar till multinationellt företag")
    )
    cluster_member: bool | None = field(default=None, metadata=_words("Cluster member", "Klustermedlem"))
    rd_performer: bool | None = field(default=None, metadata=_words("Performs R&D", "Bedriver FoU"))
    research_capable: bool | None = field(
        default=None,
        metadata=_words(
            f"Performs R&D, or has an absorptive capacity of {RESEARCH_CAPABLE} or more",
            f"Bedriver FoU, eller har en absorptionsförmåga på minst {RESEARCH_CAPABLE}".replace(".", ","),
        ),
    )
    absorptive_capacity: Range | None = field(
        default=None, metadata=_words("Absorptive capacity", "Absorptionsförmåga", (0, 1), whole=False)
    )
    barriers: tuple[str, ...] | None = field(
        default=None, metadata=_words("What holds the digital step back", "Vad som hindrar det digitala steget")
    )
    measures: tuple[str, ...] | None = field(
        default=None, metadata=_words("Measures scaled up", "Insatser som växlas upp")
    )

    def __post_init__(self) -> None:
        for name, (low, high) in TARGET_RANGES.items():
            span = getattr(self, name)
            if span is None:
                continue
            if span[0] > span[1]:
                raise ValueError(f"target '{name}': {span[0]} to {span[1]} holds nobody")
            if not low <= span[0] <= span[1] <= high:
                raise ValueError(f"target '{name}': {span[0]} to {span[1]} outside {low} to {high}")
            if name in WHOLE_RANGES and not all(float(end).is_integer() for end in span):
                raise ValueError(f"target '{name}': {span[0]} to {span[1]} are not whole numbers")
        unknown = sorted(set(self.barriers or ()) - set(BARRIERS))
        if unknown:
            raise ValueError(f"target 'barriers': {', '.join(unknown)} not among {', '.join(BARRIERS)}")


TARGET_TEXTS: Mapping[str, Text] = MappingProxyType({f.name: f.metadata["text"] for f in fields(Target)})
TARGET_RANGES: Mapping[str, Range] = MappingProxyType(
    {f.name: f.metadata["allowed"] for f in fields(Target) if "allowed" in f.metadata}
)
"""Restrictions by a range, with what they may hold."""
WHOLE_RANGES = frozenset(f.name for f in fields(Target) if f.metadata.get("whole"))
"""Those of whole numbers, of which the last one is included whole: up to 10 employees is below 11."""
EVERYBODY = Target()
