"""The circular transition: its own parameters and equations (Model text 4.5); the gates are shared with other ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Small, single
from simulator.quantity import number, vector
from simulator.transitions.choice import Adoption

STEPS = ("1", "2")


@dataclass(frozen=True, kw_only=True)
class Circular(Adoption):
    """Parameters of the circular transition: internal loops (level 1), business model or partner's loop (level 2)."""

    innovation: tuple[float, ...] = vector(
        (0.015, 0.008),
        STEPS,
        "1/yr",
        (0, 1),
        "Awareness by itself (Bass p)",
        "Uppmärksamhet av sig själv (Bass p)",
        basis="judgement",
        uncertain=((0.005, 0.002), (0.03, 0.02)),
    )
    imitation: tuple[float, ...] = vector(
        (0.25, 0.25),
        STEPS,
        "1/yr",
        (0, 3),
        "Awareness through others (Bass q)",
        "Uppmärksamhet via andra (Bass q)",
        basis="judgement",
        uncertain=((0.15, 0.15), (0.45, 0.45)),
    )
    lifetime: tuple[float, ...] = vector(
        (5.0, 5.0),
        STEPS,
        "yr",
        (1, 40),
        "Lifetime of the saving",
        "Besparingens livslängd",
        basis="judgement",
        spread=(0.6, 1.6),
    )
    volatility: tuple[float, ...] = vector(
        (0.25, 0.25),
        STEPS,
        "1",
        (0, 1),
        "Volatility of the saving",
        "Besparingens osäkerhet",
        basis="memory:dixit1994",
        uncertain=((0.15, 0.15), (0.35, 0.35)),
    )
    duration: tuple[float, ...] = vector(
        (2.0, 4.0), STEPS, "q", (1, 20), "Project duration", "Projektets längd", basis="judgement", spread=(0.5, 1.5)
    )
    material_saving: tuple[float, ...] = vector(
        (0.04, 0.08),
        STEPS,
        "1",
        (0, 0.5),
        "Material cost saved at a level",
        "Materialkostnad som sparas på en nivå",
        basis="judgement",
        spread=(0.3, 1.5),
        help_en="Share of the material cost at level 0; the second number includes the first.",
        help_sv="Andel av materialkostnaden på nivå 0; det andra talet innefattar det första.",
    )
    size_cost: tuple[float, ...] = vector(
        (80.0, 100.0),
        STEPS,
        "kSEK",
        (0, 1e5),
        "Project cost at one employee",
        "Projektkostnad vid en anställd",
        basis="judgement",
        spread=(0.6, 1.6),
        help_en="Times employment to the power of the exponent.",
        help_sv="Gånger sysselsatta upphöjt till exponenten.",
    )
    size_exponent: float = number(
        0.9,
        "1",
        (0, 1.5),
        "Size exponent of cost",
        "Kostnadens storleksexponent",
        basis="judgement",
        uncertain=(0.8, 1.0),
    )
    capacity_needed: float = number(
        0.35,
        "1",
        (0, 1),
        "Absorptive capacity needed for level 2",
        "Absorptionsförmåga som krävs för nivå 2",
        basis="judgement",
        uncertain=(0.25, 0.45),
    )
    new_products: float = number(
        0.01,
        "1",
        (0, 0.2),
        "Sales from new products, more at level 2",
        "Omsättning från nya produkter, mer på nivå 2",
        basis="judgement",
        uncertain=(0, 0.03),
        help_en="For as long as the firm is at that level: a circular business model sells something else.",
        help_sv="Så länge företaget är på den nivån: en cirkulär affärsmodell säljer något annat.",
    )
    reach: tuple[float, ...] = vector(
        (0.20, 0.04),
        STEPS,
        "1",
        (0, 1),
        "At or above circular level at the start",
        "På eller över cirkulär nivå vid start",
        basis="judgement",
        spread=(0.5, 1.5),
        help_en="Nearly all firms save resources somewhere; level 1 asks for a documented change of process.",
        help_sv="Nästan alla företag sparar resurser någonstans; nivå 1 kräver en dokumenterad processändring.",
    )


def project_cost(level: Small, employment: Floats, price: float, p: Circular) -> Floats:
    """Cost of the step from `level` to the next: c n^0.9 x price index, kSEK; (rows,). Source: Model text 4.5; SPEC."""
    cost: Floats = single(p.size_cost).take(level) * employment ** np.float32(p.size_exponent) * np.float32(price)
    return cost


def yearly_saving(level: Small, material: Floats, p: Circular) -> Floats:
    """Material cost that the step from `level` saves; kSEK/yr, (rows,). Source: Model text 4.5.

    material  (rows,)  kSEK/yr  material cost at level 0

    >>> yearly_saving(np.array([0, 1]), np.float32([1000, 1000]), Circular()).tolist()
    [40.0, 40.0]
    """
    saving = single((0.0, *p.material_saving))
    step: Floats = np.maximum(0, saving[1:] - saving[:-1]).take(level) * material
    return step


def new_products_kept(level: Small, p: Circular) -> Floats:
    """Sales from new products that a circular business model has for as long as it lasts: 0.01 at level 2; (rows,).

    Source: Model text 4.5.
    """
    kept: Floats = np.float32(p.new_products) * (level == len(STEPS))
    return kept


def material_left(level: Small, p: Circular) -> Floats:
    """Material cost as a share of that at level 0, 1 - s_circ; (rows,). Source: Model text 4.2, 4.5."""
    left: Floats = (1 - single((0.0, *p.material_saving))).take(level)
    return left
