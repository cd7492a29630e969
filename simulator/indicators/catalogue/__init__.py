"""Every indicator, declared once (Model text 5); that is all it takes to be recorded, shown, exported and documented.

What compares with a baseline (I3.4, I4.5, I6.6, jobs saved, I7.4 to I7.8) belongs to paired runs: `simulator.analysis`.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.indicators.catalogue.barriers import BARRIERS
from simulator.indicators.catalogue.competence import COMPETENCE
from simulator.indicators.catalogue.economy import ECONOMY
from simulator.indicators.catalogue.governance import GOVERNANCE
from simulator.indicators.catalogue.green import GREEN
from simulator.indicators.catalogue.innovation import INNOVATION
from simulator.indicators.catalogue.international import INTERNATIONAL
from simulator.indicators.catalogue.research import RESEARCH
from simulator.indicators.declare import Indicator

INDICATORS: Mapping[str, Indicator] = {
    one.name: one
    for part in (INNOVATION, BARRIERS, COMPETENCE, RESEARCH, GREEN, INTERNATIONAL, GOVERNANCE, ECONOMY)
    for one in part
}
