"""All kinds of intervention by name; a new entry in a file of its priority appears here and everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.interventions import p1_innovation, p2_competence, p6_coordination, programmes
from simulator.interventions.declaration import Kind

_ENTRIES = (*p1_innovation.ENTRIES, *p2_competence.ENTRIES, *p6_coordination.ENTRIES, *programmes.ENTRIES)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ENTRIES})

if len(KINDS) < len(_ENTRIES) or len({kind.code for kind in _ENTRIES}) < len(_ENTRIES):
    raise ValueError("two interventions share a name or a code")
