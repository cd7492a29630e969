"""Anchor employers that end, wholly or in part, because a scenario says so (Model text 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.agents.world import World
from simulator.economy.labour_market import release
from simulator.economy.labour_rules import LabourState
from simulator.quantity import number


@dataclass(frozen=True, kw_only=True)
class Closure:
    """One closure: name of the user's, row of the anchor employer, quarter counted from the first of the run."""

    name: str
    anchor: int
    quarter: int
    share: float = number(
        1.0,
        "1",
        (0, 1),
        "Part of the jobs and orders that ends",
        "Andel av jobb och order som upphör",
        basis="judgement",
        uncertain=(0.2, 1),
        help_en="1 closes the anchor employer, less shrinks it.",
        help_sv="1 lägger ned storföretaget, mindre krymper det.",
    )


def close_anchors(world: World, labour: LabourState, closures: Sequence[Closure]) -> float:
    """Let closures that are due this quarter take place; returns the jobs that end, FTE.

    B_a and n_c fall by the share; people go home and look for work. Source: Model text 4.2 (anchor closure).
    """
    anchors, ended = world.anchors, 0.0
    for closure in closures:
        if closure.quarter != world.quarter or not anchors.open[closure.anchor]:
            continue
        rows = np.array([closure.anchor])
        staff = anchors.staff[:, rows] * np.float32(closure.share)
        release(world.people, labour, staff, anchors.zone[rows], world.switches)
        left = np.float32(1 - closure.share)
        anchors.staff[:, rows] -= staff
        anchors.employment[rows] = anchors.staff[:, rows].sum(axis=0)
        anchors.vacancies[:, rows] *= left
        anchors.open[rows] *= left
        ended += float(staff.sum())
    return ended
