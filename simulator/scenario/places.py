"""Names of places and industries as a planner writes them: dalarna, gavleborg, gävleborg or the code 20."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from simulator.region.facts import Region


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Return a name in small plain letters.

    >>> slug("Gävleborg"), slug("Malung-Sälen")
    ('gavleborg', 'malung-salen')
    """
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace(" ", "-")


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
