"""A small made-up region and run, for tests of indicators and results."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from simulator.agents.firms import Anchors, Firms
from simulator.indicators import Geography, Recorder
from simulator.indicators.observe import EXTRAS, LABOUR, OF_ANCHORS, PEOPLE, PUBLIC, REGION
from simulator.indicators.tally import need_table
from simulator.quantity import Text
from simulator.region.schemas import COMPETENCE_CODES

ANCHORS = 36
COUNTIES = ("dalarna", "gavleborg", "varmland")


def geography(municipalities: int = 41, industries: int = 12, zones: int = 16) -> Geography:
    places = np.arange(municipalities)
    return Geography(
        counties=COUNTIES,
        municipalities=tuple(f"m{index}" for index in places),
        industries=tuple(f"i{index}" for index in range(industries)),
        zones=tuple(f"z{index}" for index in range(zones)),
        classes=COMPETENCE_CODES,
        county_of=places % 3,
        rural=places % 5 > 1,
        zone_county=np.arange(zones) % 3,
        texts={"county": {"gavleborg": Text("Gävleborg", "Gävleborg")}},
    )


def firms(count: int, seed: int = 1, municipalities: int = 41) -> Firms:
    rng = np.random.default_rng(seed)
    made = Firms(count)
    made.slot = np.arange(count)
    made.municipality = rng.integers(0, municipalities, count)
    made.county = made.municipality % 3
    made.rural = made.municipality % 5 > 1
    made.industry = rng.integers(0, 12, count)
    made.age = rng.integers(0, 60, count)
    made.employment = 2 + rng.pareto(1.06, count).clip(0, 240)
    made.digital_level = rng.integers(0, 4, count)
    made.effectiveness = rng.random(count)
    made.exporting = rng.random(count) < 0.3
    made.export_stage = rng.integers(1, 4, count)
    made.export_age = rng.integers(0, 40, count)
    made.absorptive_capacity = rng.random(count)
    made.owner_age = rng.uniform(25, 80, count)
    made.succession = rng.integers(0, 3, count)
    made.awards = rng.integers(0, 3, count)
    made.barrier = rng.integers(0, 9, count)
    made.export_barrier = rng.integers(0, 9, count)
    for name in ("green_barrier", "circular_barrier"):
        setattr(made, name, rng.integers(0, 9, count))
    made.green_level = rng.integers(0, 4, count)
    made.circular_level = rng.integers(0, 3, count)
    made.rd_performer = rng.random(count) < 0.1
    made.rd_spending = rng.lognormal(4, 1, count) * made.rd_performer
    made.value_added = rng.uniform(50, 4000, count)
    made.sales = rng.uniform(100, 9000, count)
    made.demand_home = rng.uniform(100, 9000, count)
    made.demand_chain = rng.uniform(0, 900, count)
    made.demand_export = rng.uniform(0, 900, count) * made.exporting
    return made


def anchors(seed: int = 1) -> Anchors:
    rng = np.random.default_rng(seed)
    made = Anchors(ANCHORS)
    made.municipality = rng.integers(0, 9, ANCHORS)
    made.industry = rng.integers(0, 12, ANCHORS)
    made.employment = rng.uniform(250, 2000, ANCHORS)
    return made


def people(where: Geography, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(1, 50, (len(where.zones), 5, 4, 2, 2, 3))


def flows(rng: np.random.Generator, population: Firms, where: Geography) -> dict[str, dict[str, np.ndarray]]:
    shape = (len(where.zones), len(where.classes))
    return {
        "extras": {name: rng.random(population.size, dtype=np.float32) for name in EXTRAS}
        | {name: rng.uniform(100, 900, ANCHORS) for name in OF_ANCHORS.values()},
        "labour": {
            name: rng.uniform(0.1, 1 if name == "matches" else 9, shape) for name in LABOUR if name not in PEOPLE
        },
        "region": {name: float(rng.integers(1, 9)) for name in REGION},
        "public": {name: rng.uniform(1, 100, len(where.counties)) for name in PUBLIC},
    }


def recorded(quarters: int = 6, count: int = 400, **details: object) -> SimpleNamespace:
    """Run a made-up region: firms change at random, some events happen."""
    municipalities = int(details.pop("municipalities", 41))  # type: ignore[call-overload]
    where = geography(municipalities)
    rng = np.random.default_rng(7)
    recorder = Recorder(where, "2026Q1", slots=count, **details)  # type: ignore[arg-type]
    population, large, crowd = firms(count, municipalities=municipalities), anchors(), people(where)
    recorder.record(population, large, crowd)
    happened = []
    for _ in range(quarters):
        population.digital_level = np.minimum(3, population.digital_level + (rng.random(count) < 0.05))
        for name in (
            "contacted", "export_started", "closed_competition", "reached_level", "supported",
            "reached_green", "green_failed", "reached_circular", "circular_failed", "innovated",
        ):  # fmt: skip
            rows = np.flatnonzero(rng.random(count) < 0.05)
            weight = rng.uniform(1, 90, len(rows)).astype(np.float32) if name == "supported" else None
            recorder.event(name, population, rows, weight)
            happened.append((recorder.entries, name, rows, weight))
        need, awarded = rng.random(count, dtype=np.float32), (rng.random(count) < 0.2).astype(int)
        recorder.needs(need_table(need, 1 - awarded, awarded))
        given = flows(rng, population, where)
        recorder.record(population, large, crowd, **given)
    return SimpleNamespace(
        anchors_rd=given["extras"]["rd_anchors"],
        recorder=recorder,
        firms=population,
        anchors=large,
        where=where,
        happened=happened,
        people=crowd,
    )
