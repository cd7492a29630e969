"""What a worker says about the firms of a run."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.gui.inspect.history import Events, Frame
from simulator.indicators.grid import Geography


@dataclass(frozen=True, slots=True)
class FirmsBegun:
    """The run begins: fingerprint of its scenario, which of its entries will be kept, and names of places."""

    number: int
    digest: str
    labels: tuple[str, ...]
    entries: tuple[int, ...]
    where: Geography


@dataclass(frozen=True, slots=True)
class FirmsAt:
    """The firms at the end of a quarter."""

    number: int
    frame: Frame


@dataclass(frozen=True, slots=True)
class FirmsDone:
    """The run has ended: all that happened."""

    number: int
    events: Events
