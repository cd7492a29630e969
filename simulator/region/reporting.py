"""A region's parts as keys and words for reporting."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from simulator.indicators.grid import Geography
from simulator.quantity import Text
from simulator.region.facts import Region


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A place's name as a key: small letters without accents.

    >>> slug("Gävleborg"), slug("Malung-Sälen")
    ('gavleborg', 'malung-salen')
    """
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace(" ", "-")


def reporting_geography(region: Region, classes: Sequence[str], class_texts: Sequence[Text]) -> Geography:
    """Return the parts of a region under the names a planner writes; a zone counts to its largest seat's county."""
    zones = range(len(region.zone_names))
    largest = [np.argmax(np.where(region.zone == zone, region.population, -1)) for zone in zones]
    places = {"county": region.county_names, "municipality": region.names, "zone": region.zone_names}
    texts = {dimension: {slug(name): Text(name, name) for name in names} for dimension, names in places.items()}
    texts["industry"] = dict(zip(region.industries.codes, region.industries.names, strict=True))
    texts["class"] = dict(zip(classes, class_texts, strict=True))
    return Geography(
        counties=tuple(map(slug, region.county_names)),
        municipalities=tuple(map(slug, region.names)),
        industries=region.industries.codes,
        zones=tuple(map(slug, region.zone_names)),
        classes=tuple(classes),
        county_of=region.county.astype(np.intp),
        rural=region.rural.copy(),
        zone_county=region.county[largest].astype(np.intp),
        texts=texts,
    )
