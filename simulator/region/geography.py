"""Distances, travel times and population trends, from coordinates, areas and counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
EARTH_RADIUS_KM = 6371.0
MINUTES_PER_HOUR = 60.0


def great_circle_km(lon: Doubles, lat: Doubles) -> Doubles:
    """Return the distance between all pairs of places on a sphere (haversine).

    km = 2 R asin sqrt(sin^2((lat' - lat)/2) + cos lat cos lat' sin^2((lon' - lon)/2))

    lon, lat (M,) degrees; returns (M, M) km.  Source: CONST.

    >>> float(great_circle_km(np.array([0.0, 0.0]), np.array([0.0, 90.0]))[0, 1].round())
    10008.0
    """
    east, north = np.radians(lon), np.radians(lat)
    half_north = np.sin((north[:, None] - north) / 2) ** 2
    half_east = np.sin((east[:, None] - east) / 2) ** 2
    chord = half_north + np.cos(north)[:, None] * np.cos(north) * half_east
    km: Doubles = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return km


def travel_minutes(km: Doubles, area: Doubles, fixed: float, detour: float, speed: float, own: float) -> Doubles:
    """Return travel time between municipalities' seats, and inside each.

    minutes = fixed + 60 detour km / speed;  inside a municipality km = own sqrt(area)

    km (M, M) straight distance; area (M,) km2; fixed minutes; detour 1; speed km/h; own 1; returns (M, M).
    Source: SPEC, Model text 1.4 (judgement).

    >>> travel_minutes(np.array([[0.0]]), np.array([100.0]), 8, 1.3, 70, 0.4).round(2).tolist()
    [[12.46]]
    """
    distance = np.where(np.eye(len(area), dtype=bool), own * np.sqrt(area), km)
    return fixed + MINUTES_PER_HOUR * detour * distance / speed


def zone_minutes(minutes: Doubles, zone: NDArray[np.integer], population: Doubles, zones: int) -> Doubles:
    """Return travel time between zones: the mean over pairs of inhabitants, one from each.

    T[z, z'] = sum over m in z, m' in z' of P_m P_m' minutes[m, m'] / (P_z P_z')

    minutes (M, M); zone (M,); population (M,) persons; returns (zones, zones) minutes.
    Source: SPEC, Model text 1.4; the weights are our choice.

    >>> zone_minutes(np.array([[10.0, 40.0], [40.0, 20.0]]), np.array([0, 0]), np.array([1.0, 1.0]), 1).tolist()
    [[27.5]]
    """
    member = (zone == np.arange(zones)[:, None]) * population
    weights = member / member.sum(axis=1, keepdims=True)
    mean: Doubles = weights @ minutes @ weights.T
    return mean


def population_trend(
    before: Doubles, after: Doubles, county: NDArray[np.integer], county_trend: Doubles, weight: float
) -> tuple[Doubles, NDArray[np.bool_]]:
    """Return each municipality's population trend and where it is only its county's.

    trend = county trend + weight (slope - county slope);  slope = (after / before - 1) / 2

    before, after (M,) persons two years apart, NaN when unknown; county (M,); county_trend (C,) 1/yr;
    returns (M,) 1/yr and (M,) bool, true where the slope is unknown and taken to be the county's.
    The county's slope is that of its municipalities with both counts.
    Source: SPEC, Model text 1.7 row 19.

    >>> before, after = np.array([100.0, 100, np.nan]), np.array([100.0, 98, 50])
    >>> trend, assumed = population_trend(before, after, np.array([0, 0, 0]), np.array([0.0]), 0.5)
    >>> trend.round(4).tolist(), assumed.tolist()
    ([0.0025, -0.0025, 0.0], [False, False, True])
    """
    unknown = np.isnan(before) | np.isnan(after)
    counties = len(county_trend)
    old = np.bincount(county, np.where(unknown, 0, before), counties)
    new = np.bincount(county, np.where(unknown, 0, after), counties)
    county_slope = np.divide(new, old, out=np.ones(counties), where=old > 0) / 2 - 0.5
    slope = np.where(unknown, county_slope[county], (after / np.where(unknown, 1, before) - 1) / 2)
    return county_trend[county] + weight * (slope - county_slope[county]), unknown
