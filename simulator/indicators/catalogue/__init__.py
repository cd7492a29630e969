"""Every indicator, declared once (Model text 5); that is all it takes to be recorded, shown, exported and documented.

Left out until their submodels exist: I1.1, I1.5, I3, I4, I5.4, I6.6. What compares with a baseline (jobs saved, I7.4
to I7.8) belongs to paired runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.indicators.catalogue.competence import COMPETENCE
from simulator.indicators.catalogue.economy import ECONOMY
from simulator.indicators.catalogue.governance import GOVERNANCE
from simulator.indicators.catalogue.innovation import INNOVATION
from simulator.indicators.catalogue.international import INTERNATIONAL
from simulator.indicators.declare import Indicator

INDICATORS: Mapping[str, Indicator] = {
    one.name: one for part in (INNOVATION, COMPETENCE, INTERNATIONAL, GOVERNANCE, ECONOMY) for one in part
}
