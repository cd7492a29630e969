"""Where quarters and years lie on a drawing of the run."""

from __future__ import annotations

from dataclasses import dataclass

EDGE = 6
"""Pixels on either side of an end at which it is caught."""


@dataclass(frozen=True)
class Axis:
    """Quarters from left to right.

    first     index of the run's first quarter, counted since year 0    quarters  of the run
    left      where the run begins, in pixels                           width     of the run, in pixels
    """

    first: int
    quarters: int
    left: float
    width: float

    def x(self, quarter: float) -> float:
        """Left edge of a quarter of the run."""
        return self.left + self.width * quarter / max(1, self.quarters)

    def quarter(self, x: float) -> float:
        """The quarter of the run, with its part, at a place."""
        return (x - self.left) * self.quarters / max(1.0, self.width)

    def years(self, wanted: float = 34) -> list[tuple[int, float]]:
        """Years to be written with the place of their first quarter in the run, no closer than `wanted` pixels."""
        every, begin = 1, -(-self.first // 4)
        while self.width * 4 * every / max(1, self.quarters) < wanted and every < 50:
            every = {1: 2, 2: 5, 5: 10}.get(every, 50)
        last = (self.first + self.quarters - 1) // 4
        years = range(begin, last + 1)
        return [(year, self.x(4 * year - self.first)) for year in years if (year - begin) % every == 0]

    def span(self, year: int) -> tuple[float, float]:
        """Left and right edge of a calendar year within the run."""
        begin = max(0, 4 * year - self.first)
        return self.x(begin), self.x(min(self.quarters, 4 * year + 4 - self.first))


def moved(window: tuple[int, int], part: str, by: int, quarters: int) -> tuple[int, int]:
    """First and last quarter after one end, or both, went `by` quarters, no further than the run has `quarters`.

    What lasts to the end of the run, or beyond, still does after it has gone as a whole to the right. What lies outside
    the run may stay where it is.

    >>> moved((4, 8), "start", 9, 40), moved((4, 8), "end", -9, 40), moved((4, 8), "both", -9, 40)
    ((8, 8), (4, 4), (0, 4))
    >>> moved((4, 8), "end", 90, 40), moved((4, 8), "both", 90, 40), moved((4, 39), "both", 9, 40)
    ((4, 39), (35, 39), (13, 39))
    """
    start, end = window
    least, last = min(0, start), quarters - 1
    if part == "start":
        return min(max(start + by, least), end), end
    if part == "end":
        return start, max(min(end + by, max(last, end)), start)
    if by > 0 and end >= last:
        return min(start + by, max(last, start)), end
    by = max(min(by, last - end), least - start) if by > 0 else max(by, least - start)
    return start + by, end + by


def part_at(x: float, left: float, right: float) -> str:
    """Which part of a bar lies at a place: an end, both ends, or "" for none.

    >>> part_at(10, 10, 90), part_at(50, 10, 90), part_at(92, 10, 90), part_at(120, 10, 90)
    ('start', 'both', 'end', '')
    """
    if not left - EDGE <= x <= right + EDGE:
        return ""
    edge = min(EDGE, (right - left) / 4)
    if x < left + edge:
        return "start"
    return "end" if x > right - edge else "both"
