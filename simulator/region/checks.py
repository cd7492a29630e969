"""Faults that no single cell shows: references between files, sums, and things that are missing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from simulator.quantity import Text
from simulator.region.problems import Problem
from simulator.region.schemas import COMPETENCE_CODES, DESCRIPTION, EVERY_INDUSTRY, PRIOR_CLASSES, ROLES, SERVICES
from simulator.region.tables import Table, listed, suggestion

TOLERANCE = 1e-3


def description_problems(description: dict[str, Any], text: str) -> Iterator[Problem]:
    """Check the keys and values of region.json, whose text tells where each key stands."""

    def both(value: object) -> bool:
        if not isinstance(value, dict) or set(value) != {"en", "sv"}:
            return False
        return all(isinstance(text, str) and text for text in value.values())

    texts = Text('{"en": text, "sv": text}', '{"en": text, "sv": text}')
    rules: dict[str, tuple[Callable[[Any], bool], Text]] = {
        "format": (lambda value: type(value) is int and value == 1, Text("the number 1", "talet 1")),
        "name": (lambda value: isinstance(value, str) and value != "", Text("a text", "en text")),
        "title": (both, texts),
        "about": (both, texts),
        "fictional": (lambda value: isinstance(value, bool), Text("true or false", "true eller false")),
    }
    for name in description:
        if name not in rules:
            what = Text(f"unknown key '{name}'", f"okänd nyckel '{name}'")
            yield Problem(DESCRIPTION, *_position(text, name), what, suggestion(name, list(rules)))
    for name, (fits, allowed) in rules.items():
        if name not in description:
            yield Problem(DESCRIPTION, 1, 1, Text(f"'{name}' is missing", f"'{name}' saknas"), allowed)
        elif not fits(description[name]):
            what = Text(f"'{name}' does not fit", f"'{name}' passar inte")
            yield Problem(DESCRIPTION, *_position(text, name), what, allowed)


def _position(text: str, key: str) -> tuple[int, int]:
    """Return line and column of a key, the start of the file if it is written with escapes."""
    before, found, _ = text.partition(f'"{key}"')
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if found else (1, 1)


def constant_problems(table: Table, limits: Mapping[str, tuple[float, float]]) -> Iterator[Problem]:
    """Check that constants.csv holds every constant the model needs, inside its limits."""
    for row in table.rows:
        name, value = row.cells["name"], row.number("value")
        if name not in limits:
            what = Text(f"unknown constant '{name}'", f"okänd konstant '{name}'")
            yield table.problem(row, "name", what, suggestion(name, list(limits)))
        elif not max(limits[name][0], row.number("low")) <= value <= min(limits[name][1], row.number("high")):
            least, most = limits[name]
            what = Text(f"{name} is {value:g}", f"{name} är {value:g}")
            allowed = Text(f"between the row's low and high, within {least:g} to {most:g}",
                           f"mellan radens low och high, inom {least:g} till {most:g}")  # fmt: skip
            yield table.problem(row, "value", what, allowed)
    missing = [name for name in limits if name not in table.text("name")]
    if missing:
        what = Text(f"constants missing: {listed(missing)}", f"konstanter saknas: {listed(missing)}")
        yield Problem(table.file, 1, 1, what, Text("one row for each", "en rad för varje"))
    else:
        values = dict(zip(table.text("name"), table.numbers("value"), strict=True))
        total = sum(value for name, value in values.items() if name.startswith("services_share_") and name[-1] == "9")
        if abs(total - 1) > TOLERANCE:
            yield Problem(table.file, 1, 1, *_sum_not_one("services_share_2_9, _10_49, _50_249", total))


def reference_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Check what one file says about another; only between files that are sound by themselves."""
    counties, municipalities, industries, anchors, counts, sectors, check = (
        tables[f"{name}.csv"]
        for name in ("counties", "municipalities", "industries", "anchors", "firm_counts", "sectors",
                     "industry_workplaces_check")
    )  # fmt: skip
    for table in (counties, municipalities, industries, sectors):
        if table.sound and not table.rows:
            yield Problem(table.file, 1, 1, Text("no rows", "inga rader"), Text("at least one", "minst en"))
    yield from _unknown(municipalities, "county_code", counties, "code")
    yield from _unknown(counts, "county_code", counties, "code")
    yield from _unknown(counts, "sector", sectors, "sector")
    yield from _unknown(sectors, "industry", industries, "code")
    yield from _unknown(check, "municipality_code", municipalities, "code")
    yield from _unknown(anchors, "municipality_code", municipalities, "code")
    yield from _anchor_problems(anchors, industries)
    yield from _unknown(tables["hubs.csv"], "municipality_code", municipalities, "code")
    yield from _hub_problems(tables["hubs.csv"], industries)
    yield from _composition_problems(industries)
    yield from _sector_problems(sectors)
    if counties.sound and municipalities.sound:
        yield from _county_problems(counties, municipalities)
    if counties.sound and sectors.sound and counts.sound:
        yield from _missing_counts(counties, sectors, counts)


def _unknown(table: Table, column: str, target: Table, key: str) -> Iterator[Problem]:
    if not (table.sound and target.sound):
        return
    known = list(dict.fromkeys(target.text(key)))
    for row in table.rows:
        cell = row.cells[column]
        if cell not in known:
            what = Text(f"{column} '{cell}' is not in {target.file}", f"{column} '{cell}' finns inte i {target.file}")
            yield table.problem(row, column, what, suggestion(cell, known))


def _anchor_problems(anchors: Table, industries: Table) -> Iterator[Problem]:
    if not (anchors.sound and industries.sound):
        return
    known = industries.text("code")
    for row in anchors.rows:
        industry = row.cells["industry"]
        if ROLES[row.cells["role"]]:
            if industry not in known:
                what = Text(f"industry '{industry}' is not in {industries.file}",
                            f"industry '{industry}' finns inte i {industries.file}")  # fmt: skip
                yield anchors.problem(row, "industry", what, suggestion(industry, known))
            if row.number("employees") <= 0:
                what = Text("an anchor without employees", "ett ankarföretag utan anställda")
                yield anchors.problem(row, "employees", what, Text("at least 1", "minst 1"))
        elif not (row.cells["reason_en"] and row.cells["reason_sv"]):
            what = Text("left out without a reason", "utelämnat utan skäl")
            yield anchors.problem(row, "reason_en", what, Text("a reason in both languages", "skäl på båda språken"))


def _hub_problems(hubs: Table, industries: Table) -> Iterator[Problem]:
    if not (hubs.sound and industries.sound):
        return
    known = [*industries.text("code"), EVERY_INDUSTRY]
    for row in hubs.rows:
        for industry in row.cells["industries"].split():
            if industry not in known:
                what = Text(f"industry '{industry}' is not in {industries.file}",
                            f"industry '{industry}' finns inte i {industries.file}")  # fmt: skip
                yield hubs.problem(row, "industries", what, suggestion(industry, known))


def _composition_problems(industries: Table) -> Iterator[Problem]:
    for row in industries.rows if industries.sound else ():
        total = sum(row.number(name) for name in COMPETENCE_CODES)
        if abs(total - 1) > TOLERANCE:
            yield industries.problem(row, COMPETENCE_CODES[0], *_sum_not_one(listed(COMPETENCE_CODES), total))


def _sector_problems(sectors: Table) -> Iterator[Problem]:
    if not sectors.sound:
        return
    names = list(dict.fromkeys(sectors.text("sector")))
    if SERVICES not in names:
        what = Text(f"sector '{SERVICES}' is missing", f"sektorn '{SERVICES}' saknas")
        yield Problem(sectors.file, 1, 1, what, Text("its split by industry", "dess fördelning på branscher"))
    for name in names:
        rows = [row for row in sectors.rows if row.cells["sector"] == name]
        total = sum(row.number("share") for row in rows)
        if abs(total - 1) > TOLERANCE:
            yield sectors.problem(rows[0], "share", *_sum_not_one(f"share ({name})", total))


def _sum_not_one(name: str, total: float) -> tuple[Text, Text]:
    what = Text(f"{name} add up to {total:.4g}", f"{name} summerar till {total:.4g}")
    return what, Text("the sum must be 1", "summan ska vara 1")


def _county_problems(counties: Table, municipalities: Table) -> Iterator[Problem]:
    for county in counties.rows:
        code = county.cells["code"]
        own = [row for row in municipalities.rows if row.cells["county_code"] == code]
        employees = sum(row.number("manufacturing_employees") for row in own)
        total = county.number("manufacturing_employees")
        if not own:
            what = Text(f"county {code} has no municipality", f"län {code} har ingen kommun")
            yield counties.problem(county, "code", what, Text("at least one", "minst en"))
        elif total <= 0 or not math.isclose(employees, total, rel_tol=0.02):
            what = Text(f"county {code}: its municipalities have {employees:g}, the county {total:g} employees",
                        f"län {code}: kommunerna har {employees:g}, länet {total:g} sysselsatta")  # fmt: skip
            allowed = Text("above 0 and within 2 % of each other", "över 0 och högst 2 % ifrån varandra")
            yield counties.problem(county, "manufacturing_employees", what, allowed)


def _missing_counts(counties: Table, sectors: Table, counts: Table) -> Iterator[Problem]:
    names = [name for name in dict.fromkeys(sectors.text("sector")) if name != SERVICES]
    there = {(row.cells["county_code"], row.cells["sector"], row.cells["size_class"]) for row in counts.rows}
    for county, sector, size in product(counties.text("code"), names, PRIOR_CLASSES):
        if (county, sector, size) not in there:
            what = Text(f"no row for {county}, {sector}, {size}", f"ingen rad för {county}, {sector}, {size}")
            yield Problem(counts.file, 1, 1, what, Text("one for each; 0 is allowed", "en för varje; 0 är tillåtet"))
    for row in counts.rows:
        if row.cells["sector"] == SERVICES:
            what = Text("services stand in the prior", "tjänster står i antagandet")
            allowed = Text("manufacturing and repair; services follow from constants.csv",
                           "tillverkning och reparation; tjänster följer av constants.csv")  # fmt: skip
            yield counts.problem(row, "sector", what, allowed)
