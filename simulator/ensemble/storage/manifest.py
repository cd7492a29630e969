"""What was run, with what, on what: enough to repeat a run and to know whether two may be compared."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from typing import Any

from simulator import __version__
from simulator.agents.luck import luck_digest
from simulator.quantity import Text

SYNTHETIC = Text(
    "The firms are synthetic: drawn from statistics and priors, no real firm is simulated.",
    "Företagen är syntetiska: dragna ur statistik och antaganden, inget verkligt företag simuleras.",
)
CONDITIONAL_ON_SEEDS = Text(
    "Conditional on the scenario's assumptions and its seeds; not a forecast.",
    "Gäller under scenariots antaganden och dess frön; ingen prognos.",
)
_PACKAGES = ("numpy", "mesa", "scipy")


def manifest(**details: Any) -> dict[str, Any]:
    """Details of a run with the versions behind it and the fingerprint of the random streams."""
    return {
        **details,
        "luck_digest": luck_digest(),
        "versions": {
            "transition-simulator": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _PACKAGES},
        },
        "platform": {"system": platform.system(), "machine": platform.machine(), "byte_order": sys.byteorder},
    }
