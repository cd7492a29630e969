"""All kinds of intervention by name; a new entry in a file of its priority appears here and everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.interventions import (
    p1_innovation,
    p2_competence,
    p3_research,
    p4_low_carbon,
    p5_international,
    p6_coordination,
    programmes,
    programmes_knowledge,
    programmes_regional,
)
from simulator.interventions.declaration import Kind

_FILES = (
    p1_innovation, p2_competence, p3_research, p4_low_carbon, p5_international, p6_coordination,
    programmes, programmes_knowledge, programmes_regional,
)  # fmt: skip
_ENTRIES = tuple(kind for file in _FILES for kind in file.ENTRIES)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ENTRIES})

if len(KINDS) < len(_ENTRIES) or len({kind.code for kind in _ENTRIES}) < len(_ENTRIES):
    raise ValueError("two interventions share a name or a code")
