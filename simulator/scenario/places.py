"""Names of places and industries as a planner writes them: dalarna, gavleborg, gävleborg or the code 20."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.region.facts import Region
from simulator.region.reporting import slug


def place_codes(region: Region) -> dict[str, Mapping[str, str]]:
    """Return, per field of a target, the code for every way to write a county, municipality or industry."""
    return {
        "counties": _codes(region.county_codes, region.county_names),
        "municipalities": _codes(region.codes, region.names),
        "industries": {code: code for code in region.industries.codes},
    }


def _codes(codes: tuple[str, ...], names: tuple[str, ...]) -> dict[str, str]:
    pairs = list(zip(codes, names, strict=True))
    return {key: code for code, name in pairs for key in (slug(name), name.lower(), name, code)}
