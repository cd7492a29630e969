"""From a sound model to a scenario with every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.economy.drivers import Trajectory
from simulator.interventions.declaration import Measure
from simulator.quantity import Quantity, Text, declared
from simulator.region.facts import Region
from simulator.region.reporting import slug
from simulator.scenario.closing import closure_mapping, closure_of
from simulator.scenario.moments import full_path, quarter_index, quarter_text
from simulator.scenario.places import place_codes
from simulator.scenario.scenario import WORDS, Scenario
from simulator.scenario.settings import Distribution, Goal, Record, Run
from simulator.scenario.tree import Branch
from simulator.scenario.vocabulary import Vocabulary

_NOT_NUMBERS = {"run": {"start_text": "start"}, "region": {"name": "name"}, "ensemble": {"sampler": "sampler"}}


def resolved(
    name: str, variant: str | None, tree: Branch, model: Any, region: Region, vocabulary: Vocabulary
) -> Scenario:
    """Return the scenario that a model without errors means."""
    sections = {
        section: built(group, getattr(model, section), _NOT_NUMBERS.get(section, {}))
        for section, group in vocabulary.sections.items()
    }
    groups = {key: built(group, getattr(model.parameters, key)) for key, group in vocabulary.groups.items()}
    run: Run = sections["run"]
    measures = tuple(
        _measure(each, model.interventions[each], run, region, vocabulary) for each in sorted(model.interventions)
    )
    closures = tuple(closure_of(each, model.closures[each], region, run.first) for each in sorted(model.closures))
    goals = tuple(_goal(each, model.targets[each], run) for each in sorted(model.targets))
    record = Record(by=tuple(sorted(set(model.record.by))), firms=model.record.firms, events=model.record.events)
    uncertainty = {full_path(path): _distribution(spread) for path, spread in sorted(model.uncertainty.items())}
    words = {key: None if (said := getattr(model, key)) is None else Text(said.en, said.sv) for key in WORDS}
    mapping: dict[str, Any] = {"format": 1}
    mapping |= {key: said._asdict() for key, said in words.items() if said is not None}
    mapping |= {key: _mapping(instance, _NOT_NUMBERS.get(key, {})) for key, instance in sections.items()}
    mapping |= {
        "population": model.population,
        "parameters": {key: _mapping(instance) for key, instance in groups.items()},
        "interventions": {each.name: _measure_mapping(each, run, region) for each in measures},
        "closures": {each.name: closure_mapping(each, model.closures[each.name], region) for each in closures},
        "targets": {goal.indicator: _goal_mapping(goal, run) for goal in goals},
        "uncertainty": {path: {each.shape: [_short(v) for v in each.values]} for path, each in uncertainty.items()},
        "record": {"by": list(record.by), "firms": record.firms, "events": record.events},
    }
    return Scenario(
        name=name, variant=variant, title=words["title"], question=words["question"], look_at=words["look_at"],
        run=run, region=sections["region"], region_name=region.name, region_digest=region.digest,
        population=model.population, drivers=sections["drivers"], switches=sections["switches"],
        governance=sections["governance"], budget=sections["budget"], parameters=groups, measures=measures,
        closures=closures, targets=goals, uncertainty=uncertainty,
        ensemble=sections["ensemble"], record=record, resolved=mapping, source=tree, facts=region,
    )  # fmt: skip


def built(group: type, given: Any, others: Mapping[str, str] = {}) -> Any:
    """Return an instance of a dataclass of quantities with what a model gives, which may be nothing."""
    values = {
        name: _value(quantity, value)
        for name, quantity in declared(group).items()
        if (value := getattr(given, name, None)) is not None
    }
    return group(**values, **{field: getattr(given, written) for field, written in others.items()})


def _value(quantity: Quantity, given: Any) -> Any:
    if isinstance(quantity.default, tuple):
        parts = (
            (getattr(given, label), default) for label, default in zip(quantity.labels, quantity.default, strict=True)
        )
        return tuple(float(default if part is None else part) for part, default in parts)
    if isinstance(given, Mapping):
        points = sorted((quarter_index(moment) or 0, value) for moment, value in given.items())
        return Trajectory(tuple(index / 4 for index, _ in points), tuple(value for _, value in points))
    return given if quantity.whole or isinstance(given, bool) else float(given)


def _short(value: Any) -> Any:
    """Return a whole number without decimals, so that 2 and 2.0 are the same text."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return int(value) if whole else value


def _mapping(instance: Any, others: Mapping[str, str] = {}) -> dict[str, Any]:
    found: dict[str, Any] = {written: getattr(instance, field) for field, written in others.items()}
    for name, quantity in declared(type(instance)).items():
        value = getattr(instance, name)
        if value is None:
            continue
        if isinstance(value, Trajectory):
            found[name] = {
                quarter_text(round(4 * y)): _short(v) for y, v in zip(value.years, value.values, strict=True)
            }
        elif quantity.labels:
            found[name] = {label: _short(part) for label, part in zip(quantity.labels, value, strict=True)}
        else:
            found[name] = _short(value)
    return found


def _measure(name: str, given: Any, run: Run, region: Region, vocabulary: Vocabulary) -> Measure:
    kind = vocabulary.kinds[given.kind]
    codes = place_codes(region)
    settings = {key: value for key in kind.settings if (value := getattr(given, key)) is not None}
    for key in ("capacity", "contacts"):
        if isinstance(settings.get(key), dict):
            settings[key] = {codes["counties"][county]: value for county, value in settings[key].items()}
    restricted = {key: getattr(given.target, key) for key in given.target.model_fields_set}
    for key, value in restricted.items():
        if isinstance(value, list):
            restricted[key] = tuple(codes[key][each] for each in value) if key in codes else tuple(value)
    target = replace(kind.target, **restricted)
    if target.industries is not None:  # a region of one's own may lack industries that the kind is meant for
        there = tuple(code for code in target.industries if code in region.industries.codes)
        target = replace(target, industries=there)
    start = relative(given.start, run, 0)
    return kind.measure(
        name=name,
        start=start,
        end=relative(given.end, run, max(start, run.quarters - 1)),
        settings=settings,
        target=target,
        selection=given.selection,
        budget_per_year=given.budget.per_year,
        budget_total=given.budget.total,
        stream=given.stream,
    )


def _measure_mapping(measure: Measure, run: Run, region: Region) -> dict[str, Any]:
    names = {code: slug(name) for code, name in zip(region.county_codes, region.county_names, strict=True)}
    names |= {code: slug(name) for code, name in zip(region.codes, region.names, strict=True)}
    found: dict[str, Any] = {
        "kind": measure.kind.name,
        "start": quarter_text(run.first + measure.start),
        "end": quarter_text(run.first + measure.end),
        "selection": measure.selection,
    }
    if measure.stream is not None:
        found["stream"] = measure.stream
    for key, value in measure.settings.items():
        if isinstance(value, Mapping):
            found[key] = {names[code]: _short(value[code]) for code in sorted(value)}
        else:
            found[key] = _short(value)
    target = {key: getattr(measure.target, key) for key in measure.kind.target_fields}
    found["target"] = {
        key: [names.get(each, _short(each)) for each in value] if isinstance(value, tuple) else value
        for key, value in target.items()
        if value is not None or getattr(measure.kind.target, key) is not None
    }
    limits = {"per_year": measure.budget_per_year, "total": measure.budget_total}
    found["budget"] = {key: _short(value) for key, value in limits.items() if value is not None}
    return found


def _goal(indicator: str, given: Any, run: Run) -> Goal:
    return Goal(indicator, given.at_least, given.at_most, relative(given.by, run, run.quarters - 1))


def relative(quarter: str | None, run: Run, default: int) -> int:
    """Return a quarter counted from the first quarter of the run, `default` if none is given."""
    index = None if quarter is None else quarter_index(quarter)
    return default if index is None else index - run.first


def _goal_mapping(goal: Goal, run: Run) -> dict[str, Any]:
    levels = {"at_least": goal.at_least, "at_most": goal.at_most}
    found = {key: _short(value) for key, value in levels.items() if value is not None}
    return {**found, "by": quarter_text(run.first + goal.by)}


def _distribution(spread: Any) -> Distribution:
    (shape,) = spread.model_fields_set
    return Distribution(shape, tuple(getattr(spread, shape)))
