"""Everything that is declared anywhere, as entries that `explain` prints and `docs` writes down.

An entry is made from the declaration itself; nothing is said twice. A newly declared thing appears without an edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from simulator.economy.closures import Closure
from simulator.ensemble.designs.design_shape import FACTOR_KEYS, KEYS, SHAPES, design_numbers
from simulator.indicators import INDICATORS
from simulator.indicators.declare import POPULATIONS, Ratio
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import FUNDING, PRIORITIES, SELECTIONS, Form, Kind
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.target import TARGET_RANGES, TARGET_TEXTS
from simulator.interventions.words import DIRECTION_TEXTS, DOMAIN_TEXTS, FORM_TEXTS
from simulator.quantity import GRADES, UNITS, Quantity, Text, declared
from simulator.references import full, references
from simulator.region.facts import Region, available_regions, load_region
from simulator.region.reporting import slug
from simulator.scenario.cautions import planned_cost
from simulator.scenario.closing import FIELDS
from simulator.scenario.vocabulary import VOCABULARY
from simulator.wording import plain

SECTIONS: Mapping[str, Text] = {
    "measures": Text("Interventions (kind:)", "Insatser (kind:)"),
    "settings": Text("Settings of interventions", "Insatsernas inställningar"),
    "levers": Text("Levers: what interventions act on", "Spakar: vad insatser påverkar"),
    "designs": Text("Keys of designs", "Försöksplanens nycklar"),
    "run": Text("Run, region, governance, ensemble", "Körning, region, styrning, ensemble"),
    "drivers": Text("Drivers", "Drivkrafter"),
    "switches": Text("Switches", "Kopplingar som kan brytas"),
    "parameters": Text("Parameters", "Parametrar"),
    "indicators": Text("Indicators", "Indikatorer"),
    "columns": Text("Columns of firms and anchor employers", "Kolumner för företag och storföretag"),
    "places": Text("Counties, municipalities, industries", "Län, kommuner, branscher"),
    "units": Text("Units", "Enheter"),
    "sources": Text("Sources", "Källor"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One declared thing.

    name     as it is written in a scenario or a table; section key of `SECTIONS`
    title    short label, help its definition
    facts    further lines: label and value
    sources  keys of the reference list, or sources in full for figures of a region
    """

    name: str
    section: str
    title: Text
    help: Text
    facts: tuple[tuple[Text, Text], ...] = ()
    sources: tuple[str, ...] = ()


def same(text: str) -> Text:
    """Words that are equal in both languages."""
    return Text(text, text)


def shown(value: object) -> Text:
    """A value in the number format of each language."""
    return Text(plain(value, "en"), plain(value, "sv"))


def span(ends: tuple[object, object]) -> Text:
    """A range in words."""
    low, high = (shown(end) for end in ends)
    return Text(f"{low.en} to {high.en}", f"{low.sv} till {high.sv}")


def unit_text(unit: str) -> Text:
    """A unit with its meaning."""
    meaning = UNITS[unit]
    return Text(f"{unit} ({meaning.en})", f"{unit} ({meaning.sv})")


def quantity_facts(quantity: Quantity) -> tuple[tuple[Text, Text], ...]:
    """Unit, default, ranges and grade of a number."""
    facts = [(Text("unit", "enhet"), unit_text(quantity.unit))]
    if quantity.labels:
        pairs = zip(quantity.labels, quantity.default, strict=True)  # type: ignore[arg-type]
        parts = [(label, shown(value)) for label, value in pairs]
        default = Text(*("; ".join(f"{label} {value.said(said)}" for label, value in parts) for said in ("en", "sv")))
    else:
        default = shown(bool(quantity.default) if quantity.unit == "yes/no" else quantity.default)
    facts.append((Text("default", "standard"), default))
    if quantity.unit != "yes/no":
        facts.append((Text("allowed", "tillåtet"), span(quantity.allowed)))
    if quantity.path:
        facts.append(
            (
                Text("over time", "över tid"),
                Text("may be a path: {2026: 1, 2030: 2}", "kan vara en bana: {2026: 1, 2030: 2}"),
            )
        )
    if quantity.uncertain is not None:
        facts.append((Text("uncertainty", "osäkerhet"), span(quantity.uncertain)))
    if quantity.unit != "yes/no":
        facts.append((Text("grade", "underlag"), GRADES[quantity.grade]))
    return tuple(facts)


def _of_quantity(name: str, section: str, quantity: Quantity) -> Entry:
    return Entry(name, section, quantity.text, quantity.help, quantity_facts(quantity), quantity.sources)


def _parameters() -> Iterator[Entry]:
    for path, quantity in VOCABULARY.paths().items():
        head, _, last = path.rpartition(".")
        labels = VOCABULARY.paths().get(head)
        if labels is not None and last in labels.labels:
            continue
        top = path.partition(".")[0]
        yield _of_quantity(path, top if top in SECTIONS else "run", quantity)


def _closures() -> Iterator[Entry]:
    """The scenario's closures, their fields and the anchor employers that may close."""
    fields = [(same(name), text) for name, text in FIELDS.items()]
    share = declared(Closure)["share"]
    known = [
        (Text(f"names in {region.name}", f"namn i {region.name}"), same("; ".join(region.anchors.names)))
        for region in map(load_region, available_regions())
    ]
    yield Entry(
        "closures", "run", Text("Closures of anchor employers", "Nedläggningar av storföretag"),
        Text(
            "closures: {mill: {anchor: Thermia, quarter: 2030Q1}}. Its orders and jobs end; people look for work.",
            "closures: {bruket: {anchor: Thermia, quarter: 2030Q1}}. Order och jobb upphör; människor söker arbete.",
        ),
        (*fields, *known),
    )  # fmt: skip
    yield _of_quantity("closures.share", "run", share)


def _measures() -> Iterator[Entry]:
    for kind in KINDS.values():
        facts = (
            (Text("code", "kod"), same(kind.code)),
            (Text("priority", "prioritering"), PRIORITIES[kind.priority]),
            *(((Text("carries out", "genomför"), same(kind.implements)),) if kind.implements else ()),
            (Text("hands out", "ger"), _handed_out(kind)),
            (Text("for whom", "för vem"), _target(kind)),
            *(() if kind.form is Form.SYSTEM else ((Text("selection", "urval"), SELECTIONS[kind.selection]),)),
            (Text("who pays", "vem betalar"), _payers(kind)),
            (Text("cost at full capacity", "kostnad vid full kapacitet"), _cost(kind)),
            (Text("evidence", "stöd i forskning"), kind.evidence),
            (Text("should move", "bör påverka"), _moves(kind)),
            (Text("levers", "spakar"), same(", ".join(kind.levers))),
            (Text("settings", "inställningar"), same(", ".join(kind.settings))),
        )
        of_numbers = (key for quantity in kind.settings.values() for key in quantity.sources)
        yield Entry(
            kind.name, "measures", kind.title, kind.help, facts, tuple(dict.fromkeys((*kind.sources, *of_numbers)))
        )
    for kind in KINDS.values():
        for name, quantity in kind.settings.items():
            yield _of_quantity(f"{kind.name}.{name}", "settings", quantity)


def _designs() -> Iterator[Entry]:
    numbers = design_numbers()
    for key, text in KEYS.items():
        facts: tuple[tuple[Text, Text], ...] = ()
        if key == "factors":
            shapes = ((same(shape), words) for shape, words in SHAPES.items())
            facts = (*shapes, *((same(name), words) for name, words in FACTOR_KEYS.items()))
        elif key in numbers:
            facts = quantity_facts(numbers[key])
        yield Entry(f"design.{key}", "designs", text, text, facts)
    for key in ("half_width", "block"):
        yield _of_quantity(f"design.stop.{key}", "designs", numbers[key])


def joined(parts: Iterable[Text], mark: str) -> Text:
    """Texts side by side in both languages."""
    return Text(*(mark.join(said) for said in zip(*parts, strict=True)))


def _handed_out(kind: Kind) -> Text:
    form = FORM_TEXTS[kind.form]
    if not kind.domains:
        return form
    about = joined([DOMAIN_TEXTS[domain] for domain in kind.domains], ", ")
    return Text(f"{form.en}: {about.en}", f"{form.sv}: {about.sv}")


def _payers(kind: Kind) -> Text:
    eu, state = (float(kind.settings[share].default) for share in FUNDING)  # type: ignore[arg-type]
    shares = ((same("EU"), eu), (Text("state", "staten"), state), (Text("region", "regionen"), 1 - eu - state))
    paying = [(who, round(100 * share)) for who, share in shares if share > 0.005]
    return joined([Text(f"{who.en} {share} %", f"{who.sv} {share} %") for who, share in paying], ", ")


def _cost(kind: Kind) -> Text:
    quarters = 1 if kind.once else 4
    measure = kind.measure(name=kind.name, start=0, end=quarters - 1)
    cost = shown(round(sum(planned_cost(measure, quarter) for quarter in range(quarters)), 1))
    if kind.once:
        return Text(f"{cost.en} MSEK, once", f"{cost.sv} MSEK, en gång")
    return Text(f"{cost.en} MSEK a year", f"{cost.sv} MSEK om året")


def _moves(kind: Kind) -> Text:
    named = ((name, DIRECTION_TEXTS[direction]) for name, direction in kind.moves)
    return joined([Text(f"{name}: {way.en}", f"{name}: {way.sv}") for name, way in named], "; ")


def _target(kind: Kind) -> Text:
    if kind.form is Form.SYSTEM and not kind.aimed:
        return Text("everybody", "alla")
    asked = [(text, getattr(kind.target, name), name in TARGET_RANGES) for name, text in TARGET_TEXTS.items()]
    parts = [
        (text, span(value) if ranged else same(", ".join(value)) if isinstance(value, tuple) else shown(value))
        for text, value, ranged in asked
        if value is not None
    ]
    if not parts:
        return Text("all small and medium-sized firms", "alla små och medelstora företag")
    return joined([Text(f"{text.en}: {value.en}", f"{text.sv}: {value.sv}") for text, value in parts], "; ")


def _levers() -> Iterator[Entry]:
    for lever in LEVERS.values():
        users = ", ".join(kind.name for kind in KINDS.values() if lever.name in kind.levers)
        facts = (
            (Text("code", "kod"), same(lever.code)),
            (Text("unit", "enhet"), unit_text(lever.unit)),
            (Text("without measures", "utan insatser"), shown(lever.neutral)),
            (Text("allowed", "tillåtet"), span(lever.allowed)),
            (Text("combined by", "slås samman genom"), same(str(lever.rule))),
            (Text("acts in", "verkar i"), Text(f"model text {lever.enters}", f"modelltexten {lever.enters}")),
            (Text("moved by", "påverkas av"), same(users) if users else Text("no measure yet", "ingen insats ännu")),
        )
        yield Entry(lever.name, "levers", lever.text, lever.text, facts)


def _indicators() -> Iterator[Entry]:
    families = {
        "firms": Text("place, size class, industry, rural or urban", "plats, storleksklass, bransch, land eller stad"),
        "labour": Text("county, labour-market area, competence class", "län, arbetsmarknadsområde, kompetensklass"),
        "public": Text("county", "län"),
        "regional": Text("region", "region"),
    }
    for one in INDICATORS.values():
        facts = [
            (Text("code", "kod"), same(one.code)),
            (Text("unit", "enhet"), unit_text(one.unit)),
            (
                Text("by", "uppdelning"),
                families[one.family] if isinstance(one.formula, Ratio) else Text("region", "region"),
            ),
        ]
        if one.family == "firms":
            facts.append((Text("population", "population"), POPULATIONS[one.population][0]))
        yield Entry(one.name, "indicators", one.text, one.help, tuple(facts))


def _columns() -> Iterator[Entry]:
    from simulator.agents.firms import Anchors, Firms

    for prefix, population in (("firms", Firms), ("anchors", Anchors)):
        for name, column in population.columns.items():
            facts = (
                (Text("unit", "enhet"), unit_text(column.unit)),
                (Text("range", "intervall"), span(column.allowed)),
                (Text("stored as", "lagras som"), same(f"{column.dtype} x {column.width}")),
            )
            yield Entry(f"{prefix}.{name}", "columns", column.text, column.text, facts)


def _places() -> Iterator[Entry]:
    for name in available_regions():
        region = load_region(name)
        yield from _counties(region)
        yield from _municipalities(region)
        for code, text in zip(region.industries.codes, region.industries.names, strict=True):
            where = Text(f"Industry in {region.title.en}.", f"Bransch i {region.title.sv}.")
            yield Entry(code, "places", text, where, (), _figures(region, "industries.csv", code))


def _counties(region: Region) -> Iterator[Entry]:
    for at, name in enumerate(region.county_names):
        facts = (
            (Text("code", "kod"), same(region.county_codes[at])),
            (
                Text("employed in manufacturing", "sysselsatta i tillverkning"),
                shown(round(float(region.county_employees[at]))),
            ),
            (Text("business R&D, MSEK/yr", "näringslivets FoU, mnkr/år"), shown(round(float(region.business_rd[at])))),
        )
        sources = _figures(region, "counties.csv", region.county_codes[at])
        yield Entry(slug(name), "places", same(name), _within(region, "County", "Län"), facts, sources)


def _municipalities(region: Region) -> Iterator[Entry]:
    for at, name in enumerate(region.names):
        rural = Text("yes", "ja") if region.rural[at] else Text("no", "nej")
        facts = (
            (Text("code", "kod"), same(region.codes[at])),
            (Text("county", "län"), same(region.county_names[region.county[at]])),
            (Text("labour-market area", "arbetsmarknadsområde"), same(region.zone_names[region.zone[at]])),
            (Text("inhabitants", "invånare"), shown(round(float(region.population[at])))),
            (Text("area, km2", "yta, km2"), shown(round(float(region.area[at])))),
            (Text("employed in manufacturing", "sysselsatta i tillverkning"),
             shown(round(float(region.manufacturing_employees[at])))),
            (Text("rural", "landsbygd"), rural),
        )  # fmt: skip
        sources = _figures(region, "municipalities.csv", region.codes[at])
        yield Entry(slug(name), "places", same(name), _within(region, "Municipality", "Kommun"), facts, sources)


def _within(region: Region, en: str, sv: str) -> Text:
    invented = Text(" (invented)", " (påhittad)") if region.fictional else Text("", "")
    return Text(f"{en} in {region.title.en}{invented.en}.", f"{sv} i {region.title.sv}{invented.sv}.")


def _figures(region: Region, file: str, row: str) -> tuple[str, ...]:
    found = {
        f"{figure.column}: {source.source}, {source.year}, {source.confidence}": None
        for figure, source in region.figures.items()
        if figure.file == file and figure.row.partition("/")[0] == row
    }
    return tuple(found)


def _units_and_sources() -> Iterator[Entry]:
    for unit, text in UNITS.items():
        yield Entry(unit, "units", text, text)
    for key, entry in references().items():
        yield Entry(key, "sources", same(entry["title"]), same(full(key)))


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry, in the order of `SECTIONS`."""
    made = [
        *_measures(), *_levers(), *_designs(), *_parameters(), *_closures(), *_indicators(), *_columns(), *_places(),
        *_units_and_sources(),
    ]  # fmt: skip
    order = list(SECTIONS)
    return tuple(sorted(made, key=lambda entry: order.index(entry.section)))


def found(name: str) -> list[Entry]:
    """Entries of that name; else the vector, path or intervention it is a part of; else those it is the last part of.

    Letter case and accents do not matter: `drivers.carbon_price.2035`, `interventions.robots.subsidy_share`, `falun`.
    """
    wanted = slug(name)
    above, _, last = wanted.rpartition(".")
    if above.startswith("interventions."):
        return found(last)
    for sought in (wanted, above):
        exact = [entry for entry in entries() if slug(entry.name) == sought]
        if exact:
            return exact
    return [entry for entry in entries() if slug(entry.name).rpartition(".")[2] == wanted]
