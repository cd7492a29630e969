"""All patterns, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.validation import (
    digital_patterns,
    export_patterns,
    firm_patterns,
    history_patterns,
    labour_patterns,
    research_patterns,
    weak_ends,
)
from simulator.validation.pattern import Pattern

_MODULES = (
    firm_patterns,
    digital_patterns,
    export_patterns,
    labour_patterns,
    research_patterns,
    history_patterns,
    weak_ends,
)
_ALL = sorted(
    (pattern for module in _MODULES for pattern in module.PATTERNS),
    key=lambda pattern: ("VBL".index(pattern.code[0]), int(pattern.code[1:])),
)
PATTERNS: Mapping[str, Pattern] = MappingProxyType({pattern.code: pattern for pattern in _ALL})
"""Patterns by code: V1-V28 of Model text 8.1, then the back-cast B1-B5 and the weak ends L1."""
