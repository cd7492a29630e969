"""What the region cannot decide: world demand, prices, technology, demography (Model text 4.1 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.quantity import number

Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """A value over time: points joined by straight lines, constant before the first and after the last.

    years   decimal years, increasing (2026Q3 is 2026.5)
    values  one per year
    """

    years: tuple[float, ...]
    values: tuple[float, ...]

    def at(self, years: Series) -> Series:
        """Values at decimal years; same shape."""
        return np.interp(years, self.years, self.values)


@dataclass(frozen=True, kw_only=True)
class Drivers:
    """Exogenous drivers; each may be one number or a path over the years."""

    world_demand_growth: float | Trajectory = number(
        2.0,
        "%/yr",
        (-10, 10),
        "World demand growth",
        "Tillväxt i världsefterfrågan",
        basis="judgement",
        uncertain=(0.5, 3.0),
        path=True,
    )
    home_demand_growth: float | Trajectory = number(
        1.0,
        "%/yr",
        (-10, 10),
        "Home industrial demand growth",
        "Tillväxt i inhemsk industriefterfrågan",
        basis="judgement",
        uncertain=(-0.5, 2.0),
        path=True,
    )
    world_demand_deviation: float | Trajectory = number(
        0.0,
        "%",
        (-60, 60),
        "World demand, deviation from trend",
        "Världsefterfrågan, avvikelse från trend",
        basis="memory:worldbank2009",
        uncertain=(-15, 0),
        path=True,
        help_en="A slump of 2008 size is -15 for six quarters and back over eight.",
        help_sv="En nedgång som 2008 är -15 i sex kvartal och tillbaka på åtta.",
    )
    tariff_wedge: float | Trajectory = number(
        0.0,
        "%",
        (0, 50),
        "Tariff on exports outside the EU",
        "Tull på export utanför EU",
        basis="judgement",
        uncertain=(0, 10),
        path=True,
        help_en="Lowers the export sales that firms with global markets aim at.",
        help_sv="Sänker den export som företag med globala marknader siktar på.",
    )
    productivity_growth: float = number(
        1.3,
        "%/yr",
        (-2, 6),
        "Productivity trend",
        "Produktivitetstrend",
        basis="judgement",
        uncertain=(0.5, 2.5),
        help_en="Common to all firms; wages and project costs follow it.",
        help_sv="Gemensam för alla företag; löner och projektkostnader följer den.",
    )
    rivals_catch_up: float = number(
        0.4,
        "%/yr",
        (0, 5),
        "Rivals' catch-up",
        "Konkurrenternas upphämtning",
        basis="derived:SPEC",
        uncertain=(0, 1.5),
        help_en="How fast competitors outside the region improve beyond the trend; frozen at the baseline's own slope.",
        help_sv="Hur snabbt konkurrenter utanför regionen förbättras utöver trenden; fryst vid basfallets lutning.",
    )
    carbon_price: float | Trajectory = number(
        78.0,
        "EUR/t",
        (0, 1000),
        "Carbon price (EU ETS)",
        "Koldioxidpris (EU ETS)",
        basis="sourced:VEYT,CP",
        uncertain=(45, 250),
        path=True,
    )
    fuel_carbon_price: float | Trajectory = number(
        75.0,
        "EUR/t",
        (0, 1000),
        "Carbon price on fuels (ETS2)",
        "Koldioxidpris på bränslen (ETS2)",
        basis="sourced:BNEF",
        uncertain=(45, 122),
        path=True,
        help_en="Paid in full by small firms from the year in which ETS2 starts.",
        help_sv="Betalas fullt ut av små företag från det år då ETS2 börjar.",
    )
    fuel_carbon_start: float = number(
        2028, "yr", (2020, 2100), "ETS2 starts", "ETS2 börjar", basis="memory:eu2023ets2", uncertain=(2027, 2030)
    )
    carbon_pass_through: float = number(
        0.3,
        "1",
        (0, 1),
        "Share of the ETS price that reaches small firms",
        "Andel av ETS-priset som når små företag",
        basis="judgement",
        uncertain=(0.1, 0.6),
        help_en="Until ETS2 starts.",
        help_sv="Tills ETS2 börjar.",
    )
    exchange_rate: float = number(
        11.0, "SEK/EUR", (5, 20), "Exchange rate", "Växelkurs", basis="judgement", uncertain=(10, 12)
    )
    electricity_price: float | Trajectory = number(
        0.75,
        "SEK/kWh",
        (0, 10),
        "Electricity price, industry",
        "Elpris, industri",
        basis="judgement",
        uncertain=(0.45, 1.5),
        path=True,
    )
    material_price: float | Trajectory = number(
        1.0,
        "1",
        (0.2, 5),
        "Material price, index",
        "Materialpris, index",
        basis="judgement",
        uncertain=(0.8, 1.3),
        path=True,
    )
    technology_cost_change: float = number(
        -3.0,
        "%/yr",
        (-30, 10),
        "Change in the cost of digital technology",
        "Förändring i kostnad för digital teknik",
        basis="judgement",
        uncertain=(-8, -1),
    )
    technology_frontier_growth: float = number(
        2.0,
        "%/yr",
        (-5, 20),
        "Pull of the technology frontier",
        "Teknikfrontens dragkraft",
        basis="judgement",
        uncertain=(0, 6),
        help_en="Raises the chance that a firm becomes aware by itself.",
        help_sv="Höjer chansen att ett företag uppmärksammar tekniken av sig självt.",
    )
    real_interest_rate: float | Trajectory = number(
        2.0, "%/yr", (-5, 20), "Real interest rate", "Realränta", basis="judgement", uncertain=(0, 5), path=True
    )
    urban_pull: float | Trajectory = number(
        1.0,
        "1",
        (0, 5),
        "Pull of the cities on the young",
        "Storstädernas dragkraft på unga",
        basis="judgement",
        uncertain=(0.7, 1.4),
        path=True,
    )
    population_shift: float | Trajectory = number(
        0.0,
        "%/yr",
        (-5, 5),
        "Working-age population, shift of the trend",
        "Arbetsför befolkning, ändrad trend",
        basis="judgement",
        uncertain=(-0.5, 0.5),
        path=True,
    )
    immigration: float | Trajectory = number(
        1.0,
        "1",
        (0, 5),
        "Immigration of working age",
        "Invandring i arbetsför ålder",
        basis="judgement",
        uncertain=(0.4, 1.6),
        path=True,
    )
    retirement_drift: float = number(
        0.05,
        "yr",
        (-1, 1),
        "Later retirement, years per year",
        "Senare pension, år per år",
        basis="judgement",
        uncertain=(0, 0.15),
    )
    first_requirement: float = number(
        2028,
        "yr",
        (2020, 2100),
        "Customers require data and CO2 figures from",
        "Kunder kräver data och CO2-uppgifter från",
        basis="judgement",
        uncertain=(2027, 2031),
        help_en="Suppliers below level 1 lose orders from then on.",
        help_sv="Leverantörer under nivå 1 tappar order därefter.",
    )
    second_requirement: float = number(
        2031,
        "yr",
        (2020, 2100),
        "Customers require level 2 from",
        "Kunder kräver nivå 2 från",
        basis="judgement",
        uncertain=(2030, 2035),
    )


class Quarter(NamedTuple):
    """The drivers of one quarter.

    years             elapsed since the start; calendar the decimal year
    world_demand      Xi_t, index, 1 at the start's trend; world_deviation Xi_t / trend_t; world_growth Xi_t / Xi_{t-1}
    home_demand       index, 1 at the start
    wage_index        exp(g_A t/4): wages, value added per worker and project costs follow it
    technology_cost   tau_c; technology_frontier tau
    carbon_cost       SEK per tonne CO2 that reaches a small firm; electricity_price SEK/kWh; material_price index
    interest_rate     1/yr; tariff_wedge share; population_shift 1/yr; urban_pull and immigration factors
    """

    years: float
    calendar: float
    world_demand: float
    world_deviation: float
    world_growth: float
    home_demand: float
    wage_index: float
    technology_cost: float
    technology_frontier: float
    carbon_cost: float
    electricity_price: float
    material_price: float
    interest_rate: float
    tariff_wedge: float
    urban_pull: float
    population_shift: float
    immigration: float


def outlook(drivers: Drivers, start: float, quarters: int) -> tuple[Quarter, ...]:
    """Compute all drivers for `quarters` quarters from the decimal year `start`.

    Growth rates are continuous: index = exp(sum of g/100/4). Small firms pay the ETS price x pass-through until ETS2
    starts, then the ETS2 price in full. Source: Model text 4.1, 4.2, 6; SPEC.
    """
    elapsed = np.arange(quarters) / 4
    calendar = start + elapsed

    def path(value: float | Trajectory) -> Series:
        return value.at(calendar) if isinstance(value, Trajectory) else np.full(quarters, float(value))

    def index(rate: float | Trajectory) -> Series:
        growth = path(rate) / 400
        return np.exp(np.concatenate(([0.0], np.cumsum(growth[1:]))))

    deviation = 1 + path(drivers.world_demand_deviation) / 100
    world = index(drivers.world_demand_growth) * deviation
    ets = path(drivers.carbon_price) * drivers.carbon_pass_through
    carbon = np.where(calendar >= drivers.fuel_carbon_start, path(drivers.fuel_carbon_price), ets)
    columns: dict[str, Series] = {
        "years": elapsed,
        "calendar": calendar,
        "world_demand": world,
        "world_deviation": deviation,
        "world_growth": np.concatenate(([1.0], world[1:] / world[:-1])),
        "home_demand": index(drivers.home_demand_growth),
        "wage_index": index(drivers.productivity_growth),
        "technology_cost": index(drivers.technology_cost_change),
        "technology_frontier": index(drivers.technology_frontier_growth),
        "carbon_cost": carbon * drivers.exchange_rate,
        "electricity_price": path(drivers.electricity_price),
        "material_price": path(drivers.material_price),
        "interest_rate": path(drivers.real_interest_rate) / 100,
        "tariff_wedge": path(drivers.tariff_wedge) / 100,
        "urban_pull": path(drivers.urban_pull),
        "population_shift": path(drivers.population_shift) / 100,
        "immigration": path(drivers.immigration),
    }
    rows = zip(*(columns[name].tolist() for name in Quarter._fields), strict=True)
    return tuple(Quarter(*row) for row in rows)


def requirement_level(drivers: Drivers, calendar: float, lead: float = 0.0) -> int:
    """Level that anchors require of suppliers: 0 before the first date, then 1, then 2.

    lead  quarters by which an announcement brings the dates forward

    Source: Model text 4.2 (supply chain); SPEC.
    """
    when = calendar + lead / 4
    return int(when >= drivers.first_requirement) + int(when >= drivers.second_requirement)
