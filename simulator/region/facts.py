"""A region's facts as arrays: places, industries, anchor employers, travel times, and where each is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.quantity import Text
from simulator.region.folder import Folder, Ring, read_folder
from simulator.region.geography import great_circle_km, population_trend, travel_minutes, zone_minutes
from simulator.region.hubs import Hubs, bioeconomy, hubs_of
from simulator.region.problems import Problem, RegionError
from simulator.region.provenance import Figure, Source
from simulator.region.schemas import COMPETENCE_CODES, DESCRIPTION, PRIOR_CLASSES, ROLES, SERVICES
from simulator.region.tables import Table, listed

DATA = Path(__file__).parent / "data"

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int32]
Flags = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

SIZE_BOUNDS = ((2.0, 10.0), (10.0, 50.0), (50.0, 250.0))
"""FTE: from, and below"""


class Constants(NamedTuple):
    """The constants of constants.csv, each with its meaning, range and source in that file."""

    share_with_two_to_nine: float
    services_firms: float
    services_reference_population: float
    services_share_two_or_more: float
    services_share_2_9: float
    services_share_10_49: float
    services_share_50_249: float
    anchor_bonus: float
    residual_floor: float
    mean_2_9: float
    mean_10_49: float
    mean_50_249: float
    pareto_exponent: float
    rural_below: float
    travel_fixed_minutes: float
    travel_detour: float
    travel_speed: float
    own_distance_factor: float
    trend_deviation_weight: float
    material_share: float

    @property
    def mean_employees(self) -> tuple[float, float, float]:
        """Mean employees of a firm by size class, FTE."""
        return self.mean_2_9, self.mean_10_49, self.mean_50_249

    @property
    def services_size_shares(self) -> tuple[float, float, float]:
        """Shares of services firms by size class."""
        return self.services_share_2_9, self.services_share_10_49, self.services_share_50_249


LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "share_with_two_to_nine": (0, 1),
        "services_firms": (0, 1e7),
        "services_reference_population": (1, 1e9),
        "services_share_two_or_more": (0, 1),
        "services_share_2_9": (0, 1),
        "services_share_10_49": (0, 1),
        "services_share_50_249": (0, 1),
        "anchor_bonus": (0.1, 10),
        "residual_floor": (0.01, 1),
        "mean_2_9": (2, 10),
        "mean_10_49": (10, 50),
        "mean_50_249": (50, 250),
        "pareto_exponent": (0.1, 5),
        "rural_below": (0, 1e7),
        "travel_fixed_minutes": (0, 60),
        "travel_detour": (1, 3),
        "travel_speed": (10, 150),
        "own_distance_factor": (0.05, 2),
        "trend_deviation_weight": (0, 1),
        "material_share": (0, 1),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Industries:
    """Industries, one row each: (S,) unless said. Money in kSEK of 2025."""

    codes: tuple[str, ...]
    names: tuple[Text, ...]
    sni: tuple[str, ...]
    manufacturing: Flags
    value_added_per_worker: Floats
    """kSEK per worker and year"""
    value_added_share: Floats
    """of sales"""
    energy_intensity: Floats
    """MWh per MSEK of sales"""
    carbon_intensity: Floats
    """tonnes CO2 per MSEK of sales"""
    composition: Floats
    """(S, 5) shares of competence classes, rows sum to 1"""
    export_offset: Floats
    """log"""
    labour_share: Floats
    """of value added"""
    sales_capacity: Floats
    """kSEK of sales per worker and quarter: value added per worker / its share of sales / 4"""
    material_intensity: Floats
    """kSEK of material per kSEK of sales: the material share of what is not value added"""
    bioeconomy: Flags
    """works with what grows: wood, paper, food, chemicals"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Anchor employers, one row each: (A,). A may be 0."""

    names: tuple[str, ...]
    municipality: Indices
    county: Indices
    zone: Indices
    industry: Indices
    employees: Floats
    """FTE at scale 1"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Region:
    """A region: C counties, M municipalities, Z zones, S industries, A anchors. All arrays are read-only."""

    name: str
    title: Text
    about: Text
    fictional: bool
    digest: str

    county_codes: tuple[str, ...]
    county_names: tuple[str, ...]
    county_employees: Floats
    """(C,) employed in manufacturing"""
    county_trend: Floats
    """(C,) population, 1/yr"""
    business_rd: Floats
    """(C,) firms' spending on R&D, MSEK/yr"""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    seats: tuple[str, ...]
    county: Indices
    """(M,)"""
    zone: Indices
    """(M,)"""
    zone_names: tuple[str, ...]
    rural: Flags
    """(M,) fewer inhabitants than `constants.rural_below`"""
    population: Floats
    """(M,) persons"""
    area: Floats
    """(M,) km2"""
    lon: Floats
    lat: Floats
    manufacturing_employees: Floats
    """(M,)"""
    minutes: Floats
    """(M, M) travel time; the diagonal is inside the municipality"""
    zone_minutes: Floats
    """(Z, Z) travel time, mean over pairs of inhabitants"""
    population_trend: Floats
    """(M,) 1/yr"""
    trend_assumed: Flags
    """(M,) true where a count is missing and the county's trend stands in"""
    outlines: tuple[tuple[Floats, ...], ...]
    """per municipality its rings, each (points, 2): longitude, latitude"""

    industries: Industries
    anchors: Anchors
    hubs: Hubs
    firm_prior: Doubles
    """(C, S, 3) synthetic: manufacturing and repair firms with 1-9, 10-49, 50-249 employees"""
    services_split: Doubles
    """(S,) share of each industry in the services firms"""
    constants: Constants

    sources: tuple[Source, ...]
    figures: Mapping[Figure, Source]

    @property
    def synthetic(self) -> tuple[Source, ...]:
        """What is a synthetic prior or invented, and must be shown as such."""
        return tuple(source for source in self.sources if source.synthetic)

    def __eq__(self, other: object) -> bool:
        """Regions with the same data are the same region."""
        return isinstance(other, Region) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def available_regions() -> list[str]:
    """Return the names of the regions that come with the program."""
    return sorted(path.parent.name for path in DATA.glob(f"*/{DESCRIPTION}"))


def load_region(name_or_folder: str | Path) -> Region:
    """Read a region by its name, or from a folder of one's own.

    Raises RegionError with all problems found.
    """
    if name_or_folder in available_regions():
        return _shipped(str(name_or_folder))
    return _region(read_region_folder(name_or_folder))


def region_folder(name_or_folder: str | Path) -> Path:
    """Return the folder of a shipped region, or the folder named; RegionError when there is none."""
    known = available_regions()
    if name_or_folder in known:
        return DATA / str(name_or_folder)
    path = Path(name_or_folder)
    if not stands_on_disk(path):
        near = get_close_matches(str(name_or_folder), known, 1)
        what = Text(f"no region or folder '{name_or_folder}'", f"ingen region eller mapp '{name_or_folder}'")
        hint = Text(f"did you mean '{near[0]}'? ", f"menade du '{near[0]}'? ") if near else Text("", "")
        allowed = Text(
            f"{hint.en}allowed: {listed(known)}, or a folder", f"{hint.sv}tillåtet: {listed(known)}, eller en mapp"
        )
        raise RegionError([Problem(str(name_or_folder), 1, 1, what, allowed)])
    return path


def read_region_folder(name_or_folder: str | Path) -> Folder:
    """Read the tables of a region; RegionError with all problems found."""
    path = region_folder(name_or_folder)
    folder = read_folder(path, LIMITS)
    if folder.problems:
        raise RegionError([problem._replace(file=str(path / problem.file)) for problem in folder.problems])
    return folder


@lru_cache(maxsize=4)
def _shipped(name: str) -> Region:
    return _region(read_region_folder(name))


def stands_on_disk(path: Path) -> bool:
    """Tell whether a path, however odd, is a folder."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long or with a zero byte is no folder
        return False


def _region(folder: Folder) -> Region:
    tables = folder.tables
    constants = Constants(**_values(tables["constants.csv"]))
    counties, places = tables["counties.csv"], tables["municipalities.csv"]
    county_codes = counties.text("code")
    county = _positions(places.text("county_code"), county_codes)
    zone_names = list(dict.fromkeys(places.text("zone")))
    zone = _positions(places.text("zone"), zone_names)
    population, area = _doubles(places, "population_2023"), _doubles(places, "area_km2")
    lon, lat = _doubles(places, "lon"), _doubles(places, "lat")
    minutes = travel_minutes(
        great_circle_km(lon, lat),
        area,
        constants.travel_fixed_minutes,
        constants.travel_detour,
        constants.travel_speed,
        constants.own_distance_factor,
    )
    county_trend = _doubles(counties, "population_trend_pct") / 100
    trend, assumed = population_trend(
        _doubles(places, "population_2021"), population, county, county_trend, constants.trend_deviation_weight
    )
    industries = _industries(tables["industries.csv"], constants.material_share)
    prior, services = _firm_prior(tables, county_codes, industries.codes)
    told = folder.description
    return Region(
        name=told["name"], title=Text(**told["title"]), about=Text(**told["about"]), fictional=told["fictional"],
        digest=folder.digest,
        county_codes=tuple(county_codes), county_names=tuple(counties.text("name")),
        county_employees=_floats(_doubles(counties, "manufacturing_employees")), county_trend=_floats(county_trend),
        business_rd=_floats(_doubles(counties, "business_rd")),
        codes=tuple(places.text("code")), names=tuple(places.text("name")), seats=tuple(places.text("seat")),
        county=county, zone=zone, zone_names=tuple(zone_names), rural=_frozen(population < constants.rural_below),
        population=_floats(population), area=_floats(area), lon=_floats(lon), lat=_floats(lat),
        manufacturing_employees=_floats(_doubles(places, "manufacturing_employees")),
        minutes=_floats(minutes), zone_minutes=_floats(zone_minutes(minutes, zone, population, len(zone_names))),
        population_trend=_floats(trend), trend_assumed=_frozen(assumed),
        outlines=tuple(_shape(folder.outlines[code]) for code in places.text("code")),
        industries=industries, anchors=_anchors(tables, industries.codes, county, zone),
        hubs=hubs_of(tables["hubs.csv"], places.text("code"), county, industries.codes),
        firm_prior=_frozen(prior), services_split=_frozen(services), constants=constants,
        sources=folder.sources, figures=MappingProxyType(folder.figures),
    )  # fmt: skip


def _frozen(array: NDArray[Scalar]) -> NDArray[Scalar]:
    array.flags.writeable = False
    return array


def _floats(array: NDArray[np.floating]) -> Floats:
    return _frozen(array.astype(np.float32))


def _doubles(table: Table, column: str) -> Doubles:
    return np.array(table.numbers(column), dtype=np.float64)


def _positions(names: list[str], known: list[str] | tuple[str, ...]) -> Indices:
    index = {name: position for position, name in enumerate(known)}
    return _frozen(np.array([index[name] for name in names], dtype=np.int32))


def _values(table: Table) -> dict[str, float]:
    return dict(zip(table.text("name"), table.numbers("value"), strict=True))


def _shape(rings: list[Ring]) -> tuple[Floats, ...]:
    return tuple(_floats(np.array(ring)) for ring in rings)


def _industries(table: Table, material_share: float) -> Industries:
    value_added, share = _doubles(table, "value_added_per_worker"), _doubles(table, "value_added_share")
    composition = np.column_stack([_doubles(table, name) for name in COMPETENCE_CODES])
    return Industries(
        codes=tuple(table.text("code")),
        names=tuple(map(Text, table.text("name_en"), table.text("name_sv"))),
        sni=tuple(table.text("sni")),
        manufacturing=_frozen(np.array(table.text("kind")) != SERVICES),
        value_added_per_worker=_floats(value_added),
        value_added_share=_floats(share),
        energy_intensity=_floats(_doubles(table, "energy_intensity")),
        carbon_intensity=_floats(_doubles(table, "carbon_intensity")),
        composition=_floats(composition / composition.sum(axis=1, keepdims=True)),
        export_offset=_floats(_doubles(table, "export_offset")),
        labour_share=_floats(_doubles(table, "labour_share")),
        sales_capacity=_floats(value_added / share / 4),
        material_intensity=_floats(material_share * (1 - share)),
        bioeconomy=_frozen(bioeconomy(table.text("sni"))),
    )


def _anchors(tables: Mapping[str, Table], industries: tuple[str, ...], county: Indices, zone: Indices) -> Anchors:
    table = tables["anchors.csv"]
    rows = [row for row in table.rows if ROLES[row.cells["role"]]]
    municipality = _positions(
        [row.cells["municipality_code"] for row in rows], tables["municipalities.csv"].text("code")
    )
    return Anchors(
        names=tuple(row.cells["name"] for row in rows),
        municipality=municipality,
        county=_frozen(county[municipality]),
        zone=_frozen(zone[municipality]),
        industry=_positions([row.cells["industry"] for row in rows], industries),
        employees=_floats(np.array([row.number("employees") for row in rows])),
    )


def _firm_prior(
    tables: Mapping[str, Table], counties: list[str], industries: tuple[str, ...]
) -> tuple[Doubles, Doubles]:
    """Split the prior's sectors into industries; (C, S, 3) and the split of services (S,)."""
    splits: dict[str, Doubles] = {}
    for row in tables["sectors.csv"].rows:
        split = splits.setdefault(row.cells["sector"], np.zeros(len(industries)))
        split[industries.index(row.cells["industry"])] = row.number("share")
    prior = np.zeros((len(counties), len(industries), len(PRIOR_CLASSES)))
    for row in tables["firm_counts.csv"].rows:
        place, size = counties.index(row.cells["county_code"]), PRIOR_CLASSES.index(row.cells["size_class"])
        prior[place, :, size] += row.number("firms") * splits[row.cells["sector"]]
    return prior, splits[SERVICES]
