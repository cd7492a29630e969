"""What was run, with what, on what: enough to repeat a run and to know whether two may be compared."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from typing import Any

from simulator import __version__
from simulator.agents.luck import luck_digest

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
