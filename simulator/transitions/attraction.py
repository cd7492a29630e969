"""What draws people to the employers of a zone (Model text 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.agents.columns import Floats, Rows
from simulator.agents.world import World
from simulator.economy.labour_rules import LabourState
from simulator.economy.matching import Real

if TYPE_CHECKING:
    from simulator.transitions.competence import Training

ADVANCED = 2


def attractiveness(
    wages: Real, employed: Real, advanced: Real, training_share: Real, gain: Real | float, p: Training
) -> Real:
    """How attractive industry is to the young of a zone: 1 + a1 (w/w_bar - 1) + a2 advanced + a3 training + A_attr.

    wages, employed (zones, 5); advanced: change since the start of the share of firms at level 2 or more, (zones,)
    training_share, gain A_attr (zones,); returns (zones,). Source: Model text 4.7; SPEC.
    """
    total = employed.sum(axis=1)
    mean = (wages * employed).sum(axis=1) / np.where(total > 0, total, 1.0)
    overall = (wages * employed).sum() / max(float(total.sum()), 1e-9)
    relative = np.where(total > 0, mean / (overall if overall > 0 else 1.0) - 1, 0.0)
    by_wage, by_digital, by_training = p.attraction
    result: Real = 1 + by_wage * relative + by_digital * advanced + by_training * training_share + gain
    return np.maximum(result, 0.0)


def draw_people(world: World, labour: LabourState, zone: Rows, trainees: Floats, p: Training) -> None:
    """Renew the training share of zones, and their attractiveness before the young choose a school."""
    firms = world.firms
    zones = len(labour.wages)
    staff = np.maximum(labour.commuters.sum(axis=(0, 2)), 1e-9)
    labour.training_share = np.minimum(np.bincount(zone, trainees, zones) / staff, 1.0)
    if labour.advanced_start is not None and world.quarter % 4 != 3:
        return
    employed = world.people.employed()
    count = np.maximum(np.bincount(zone, minlength=zones), 1)
    advanced = np.bincount(zone, firms.digital_level >= ADVANCED, zones) / count
    if labour.advanced_start is None:
        labour.advanced_start = advanced
    gain = world.levers.firm("attractiveness_gain")
    drawn: Real | float = 0.0
    if isinstance(gain, np.ndarray):
        drawn = np.bincount(zone, gain * firms.employment, zones) / np.maximum(employed.sum(axis=1), 1e-9)
    elif gain:
        drawn = gain
    labour.attractiveness = attractiveness(
        labour.wages, employed, advanced - labour.advanced_start, labour.training_share, drawn, p
    )
