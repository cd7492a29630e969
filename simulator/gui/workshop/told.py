"""What runs say of an indicator, as notes keep it."""

from __future__ import annotations

from simulator.gui.live.bands import BASELINE, POLICY, Band, Bands
from simulator.gui.workshop.record import Course, Curves, Outcome

_DIGITS = 6


def outcome_of(bands: Bands, indicator: str) -> Outcome:
    """What runs say of the difference at the end."""
    band = bands.difference(indicator)
    low, middle, high = (float(part[-1]) for part in (band.low, band.middle, band.high))
    return Outcome(bands.quarters[-1], low, middle, high, int(band.runs[-1]))


def curves_of(bands: Bands, indicator: str) -> Curves:
    """What runs say over time."""
    levels = (bands.level(arm, indicator) for arm in (POLICY, BASELINE))
    return Curves(bands.quarters[0], *(_course(band) for band in (bands.difference(indicator), *levels)))


def _course(band: Band) -> Course:
    return Course(*(tuple(float(f"{one:.{_DIGITS}g}") for one in part) for part in (band.low, band.middle, band.high)))
