"""What somebody may ask of a batch beside its file: declared once, for the command line and the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.quantity import SpokenError, Text

Part = tuple[int, int]
"""Which part of the chunks: (2, 5) is every fifth, from the second."""
WHOLE: Part = (1, 1)
TIMEOUT = 3600
"""Seconds that a run may take unless somebody says otherwise. Source: judgement; a run of a region takes seconds."""


class OptionError(SpokenError):
    """What is asked for is not an answer."""


@dataclass(frozen=True, slots=True)
class Option:
    """A whole number from `low` to `high` that may be asked for; `flag` on the command line."""

    flag: str
    text: Text
    low: int
    high: int

    @property
    def needed(self) -> Text:
        """What is allowed."""
        return Text(
            f"a whole number from {self.low} to {self.high} is needed",
            f"ett heltal från {self.low} till {self.high} krävs",
        )


_MOST = 1_000_000
MOST_SEED = 2**32 - 1
"""As in a scenario, whose reading `--help` does not wait for."""
REPLICATIONS = Option("--replications", Text("seeds of each case", "frön för varje fall"), 1, _MOST)
SAMPLES = Option("--samples", Text("draws of uncertain values", "dragningar av osäkra värden"), 1, _MOST)
SEED = Option("--seed", Text("the first seed", "det första fröet"), 0, MOST_SEED)
WISHES: Mapping[str, Option] = {"replications": REPLICATIONS, "samples": SAMPLES, "seed": SEED}
"""What a plan may be asked for, by field of `Wishes`."""
JOBS = Option(
    "--jobs", Text("runs at once (default: one per core)", "körningar samtidigt (annars en per kärna)"), 1, 10_000
)
SECONDS = Option(
    "--timeout",
    Text(
        f"seconds that a run may take (default {TIMEOUT}; 0: any time)",
        f"sekunder som en körning får ta (annars {TIMEOUT}; 0: hur länge som helst)",
    ),
    0,
    10_000_000,
)
PART = Text(
    "do part i of n only; others do the rest, at the same time or not",
    "gör bara del i av n; andra gör resten, samtidigt eller inte",
)
CLUSTER = Text("do the runs on this Dask cluster", "gör körningarna på detta Dask-kluster")
ADDRESS = "tcp://HOST:8786"


def part_in(text: str) -> Part:
    """The part that somebody has written; OptionError tells how to write one.

    >>> part_in("2/5"), part_in(" ")
    ((2, 5), (1, 1))
    """
    first, _, count = (text.strip() or "1/1").partition("/")
    if not (first.isdecimal() and count.isdecimal() and 1 <= int(first) <= int(count) <= _MOST):
        raise OptionError(Text("write 2/5 for the second of five parts", "skriv 2/5 för den andra av fem delar"))
    return int(first), int(count)
