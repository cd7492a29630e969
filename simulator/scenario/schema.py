"""The shape of a scenario as pydantic models, made from the declarations; strict, and nothing unknown is allowed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, create_model

from simulator.economy.closures import Closure
from simulator.indicators.grid import DIMENSIONS
from simulator.interventions.declaration import SELECTIONS, Form
from simulator.interventions.target import BARRIERS, TARGET_RANGES, WHOLE_RANGES, Target
from simulator.quantity import UNITS, Quantity, Text, declared
from simulator.scenario.closing import FIELDS
from simulator.scenario.messages import wrong
from simulator.scenario.moments import is_quarter, meant, quarter_index
from simulator.scenario.settings import POPULATIONS, SAMPLERS, MeasureBudget
from simulator.scenario.vocabulary import Vocabulary

TAG = "\x00"  # begins every discriminator tag; no name in a scenario can hold it

NAME = r"^[^\W\d_][\w-]*$"
_QUARTER = Text("a quarter such as 2026Q1", "ett kvartal som 2026Q1")


class Part(BaseModel):
    """A mapping with fixed names."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, protected_namespaces=())


def _quarter(value: object) -> str:
    if isinstance(value, str) and is_quarter(value):
        return value
    near = meant(str(value))
    allowed = Text(f"write {near}", f"skriv {near}") if near else _QUARTER
    raise wrong(Text("not a quarter", "inget kvartal"), allowed)


def _moment(value: str) -> str:
    if quarter_index(value) is not None:
        return value
    near = meant(value)
    either = Text("a year or quarter such as 2030 or 2030Q3", "ett år eller kvartal som 2030 eller 2030Q3")
    raise wrong(
        Text("not a year or quarter", "inget år eller kvartal"),
        Text(f"write {near}", f"skriv {near}") if near else either,
    )


def _no_moment_twice(path: dict[str, float]) -> dict[str, float]:
    seen: dict[int | None, str] = {}
    for moment in path:
        first = seen.setdefault(quarter_index(moment), moment)
        if first != moment:
            raise wrong(Text(f"{first} and {moment} are the same quarter", f"{first} och {moment} är samma kvartal"))
    return path


def _both_languages(value: object) -> object:
    return {"en": value, "sv": value} if isinstance(value, str) else value


class Words(Part):
    """Text in both languages."""

    en: str = Field(min_length=1)
    sv: str = Field(min_length=1)


Moment = Annotated[str, AfterValidator(_moment), Field(json_schema_extra={"pattern": "^[12][0-9]{3}(Q[1-4])?$"})]


def _model(title: str, /, **fields: Any) -> type[Part]:
    make: Any = create_model  # the type checker cannot follow fields made at run time
    made: type[Part] = make(title, __base__=Part, **fields)
    return made


def _one_of(words: Iterable[str]) -> Any:
    return Literal[tuple(words)]


def _list_of(kind: Any) -> Any:
    return GenericAlias(list, (kind,))


def _some(kind: Any) -> Any:
    return Annotated[_list_of(kind), Field(min_length=1)]


def _mapping_of(key: Any, value: Any) -> Any:
    return Annotated[GenericAlias(dict, (key, value)), Field(min_length=1)]


Quarter = Annotated[
    str,
    BeforeValidator(_quarter, json_schema_input_type=str),
    Field(json_schema_extra={"pattern": "^[12][0-9]{3}Q[1-4]$"}),
]
Phrase = Annotated[Words, BeforeValidator(_both_languages, json_schema_input_type=str | Words)]
Name = Annotated[str, Field(pattern=NAME)]
Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Pair = Annotated[list[Finite], Field(min_length=2, max_length=2)]
Triple = Annotated[list[Finite], Field(min_length=3, max_length=3)]


class TargetLevel(Part):
    """A level that an indicator should reach by a quarter."""

    at_least: Finite | None = None
    at_most: Finite | None = None
    by: Quarter | None = None


class Spread(Part):
    """One distribution."""

    uniform: Pair | None = None
    triangular: Triple | None = None
    normal: Pair | None = None
    lognormal: Pair | None = None
    choice: Annotated[list[bool | Finite | str], Field(min_length=1)] | None = None


def described(quantity: Quantity, default: Any) -> dict[str, Any]:
    """Return title, description, unit and default of a quantity for editors, in both languages."""
    text, more, unit = quantity.text, quantity.help, UNITS[quantity.unit]
    shown = dict(zip(quantity.labels, default, strict=True)) if isinstance(default, tuple) else default
    said = Text(*(f"{m} [{quantity.unit}: {u}]" for m, u in zip(more, unit, strict=True)))
    return {
        "title": f"{text.en} / {text.sv}",
        "description": f"{said.en}\n{said.sv}",
        "json_schema_extra": {"default": shown, "x-unit": quantity.unit, "x-grade": str(quantity.grade)},
    }


def annotation(quantity: Quantity, title: str = "") -> Any:
    """Return the type of a quantity's value, with its range; `title` names the mapping of a vector's parts."""
    low, high = quantity.allowed
    if quantity.unit == "yes/no":
        return bool
    if quantity.whole:
        return Annotated[int, Field(strict=True, ge=round(low), le=round(high))]
    if quantity.labels:
        return _model(title, **{label: (annotation(quantity.part(label)) | None, None) for label in quantity.labels})
    one = Annotated[float, Field(strict=True, ge=low, le=high, allow_inf_nan=False)]
    if quantity.path:
        return _number_or(one, Annotated[_mapping_of(Moment, one), AfterValidator(_no_moment_twice)])
    return one


def _number_or(one: Any, mapping: Any) -> Any:
    return Annotated[
        Union[Annotated[one, Tag(f"{TAG}number")], Annotated[mapping, Tag(f"{TAG}mapping")]],  # noqa: UP007
        Discriminator(lambda value: f"{TAG}mapping" if isinstance(value, Mapping) else f"{TAG}number"),
    ]


def _settable(title: str, quantities: Mapping[str, Quantity], unset: Container[str] = ()) -> dict[str, Any]:
    """Return the fields of a mapping of quantities; those in `unset` have no default of their own."""
    return {
        name: (
            annotation(each, f"{title}-{name}"),
            Field(default=None, **described(each, None if name in unset else each.default)),
        )
        for name, each in quantities.items()
    }


_REGION = """\
A region that comes with the program, or a folder of one's own such as ./my-region
En region som följer med programmet, eller en egen mapp som ./min-region"""
_INSIDE: Any = Field(default_factory=dict, validate_default=True)


@lru_cache(maxsize=64)
def shape(vocabulary: Vocabulary, used: frozenset[str] | None = None) -> type[Part]:
    """Return the model of a whole scenario.

    used  prefixes of the parts to go into, such as `drivers`, `parameters.digital` and the kind `robot_lift`; None
          for all. The others stand for mappings: building a model takes longer than most scenarios need.
    """

    def inside(name: str, build: Callable[[Vocabulary, str], type[Part]], key: str) -> Any:
        return (build(vocabulary, key) if used is None or name in used else dict, _INSIDE)

    sections = {name: inside(name, _section, name) for name in vocabulary.sections}
    groups = {name: inside(f"parameters.{name}", _group, name) for name in vocabulary.groups}
    kinds = {name: _kind(vocabulary, name) for name in vocabulary.kinds if used is None or name in used}
    words = dict.fromkeys(("title", "question", "look_at"), (Phrase | None, None))
    return _model(
        "Scenario",
        **words,
        **sections,
        population=(_one_of(POPULATIONS), "projected"),
        parameters=(_model("parameters", **groups), _INSIDE),
        interventions=(GenericAlias(dict, (Name, _any_of(kinds))), Field(default_factory=dict)),
        closures=(GenericAlias(dict, (Name, _closure())), Field(default_factory=dict)),
        targets=(dict[str, TargetLevel], Field(default_factory=dict)),
        uncertainty=(dict[str, Spread], Field(default_factory=dict)),
        record=(
            _model(
                "record",
                by=(_list_of(_one_of(DIMENSIONS)), ["county", "size_class"]),
                firms=(bool, False),
                events=(bool, False),
            ),
            _INSIDE,
        ),
    )


@lru_cache(maxsize=64)
def _section(vocabulary: Vocabulary, name: str) -> type[Part]:
    more: dict[str, dict[str, Any]] = {
        "run": {"start": (Quarter, Field(default="2026Q1", title="First quarter / Första kvartal"))},
        "region": {"name": (str, Field(default="norra-mellansverige", title="Region / Region", description=_REGION))},
        "ensemble": {"sampler": (_one_of(SAMPLERS), "sobol")},
    }
    group = vocabulary.sections[name]
    unset = [field.name for field in fields(group) if field.default is None]
    return _model(name, **more.get(name, {}), **_settable(name, declared(group), unset))


@lru_cache(maxsize=64)
def _group(vocabulary: Vocabulary, name: str) -> type[Part]:
    return _model(f"parameters-{name}", **_settable(f"parameters-{name}", declared(vocabulary.groups[name])))


@lru_cache(maxsize=1)
def _closure() -> type[Part]:
    """Return the model of the closure of an anchor employer."""
    written: dict[str, Any] = {
        name: ((Quarter if name == "quarter" else str) | None, Field(default=None, title=" / ".join(text)))
        for name, text in FIELDS.items()
    }
    return _model("closure", **written, **_settable("closure", declared(Closure)))


def _any_of(kinds: Mapping[str, type[Part]]) -> Any:
    """Return the union of kinds, told apart by `kind`."""
    parts: list[Any] = [Annotated[kind, Tag(f"{TAG}{name}")] for name, kind in kinds.items()]
    none: list[Any] = [Annotated[Part, Tag(TAG)], Annotated[Part, Tag(f"{TAG}{TAG}")]]  # a union needs two members

    def kind_of(value: object) -> str | None:
        kind = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
        return f"{TAG}{kind}" if isinstance(kind, str) else None

    return Annotated[reduce(or_, parts if len(parts) > 1 else [*parts, *none]), Discriminator(kind_of)]


@lru_cache(maxsize=256)
def _kind(vocabulary: Vocabulary, name: str) -> type[Part]:
    """Return the model of an intervention of one kind."""
    kind = vocabulary.kinds[name]
    settings = _settable(name, kind.settings)
    for setting in ("capacity", "contacts"):
        if setting in settings and kind.form is not Form.SYSTEM:
            one = annotation(kind.settings[setting])
            settings[setting] = (_number_or(one, _mapping_of(str, one)), settings[setting][1])
    known: dict[str, Any] = {"barriers": _some(_one_of(BARRIERS))}
    target = {
        f.name: (
            known.get(f.name, _restriction(f.name, str(f.type))) | None,
            Field(default=None, title=" / ".join(f.metadata["text"])),
        )
        for f in fields(Target)
        if f.name in kind.target_fields
    }
    budget = {
        name: (
            Annotated[float, Field(strict=True, ge=q.allowed[0], le=q.allowed[1], allow_inf_nan=False)] | None,
            Field(default=None, **described(q, None)),
        )
        for name, q in declared(MeasureBudget).items()
    }
    return _model(
        kind.name,
        __doc__=f"{kind.code} {kind.title.en} / {kind.title.sv}. {kind.help.en}\n{kind.help.sv}",
        kind=(_one_of([kind.name]), Field()),
        start=(Quarter | None, None),
        end=(Quarter | None, None),
        target=(_model(f"{name}-target", **target), _INSIDE),
        budget=(_model(f"{name}-budget", **budget), _INSIDE),
        selection=(_one_of(SELECTIONS) | None, None),
        stream=(Name | None, None),
        **settings,
    )


def _restriction(name: str, written: str) -> Any:
    """Return the type of a field of `Target` from its declaration.

    A list names somebody; only industries may all be missing in a region of one's own, which is warned of.
    """
    if name in TARGET_RANGES:
        low, high = TARGET_RANGES[name]
        step = 1 if name in WHOLE_RANGES else None
        end = Annotated[float, Field(strict=True, ge=low, le=high, multiple_of=step, allow_inf_nan=False)]
        return Annotated[_list_of(end), Field(min_length=2, max_length=2)]
    return bool if "bool" in written else list[str] if name == "industries" else _some(str)


def names_at(model: type[Part], steps: tuple[str | int, ...], kinds: Mapping[str, str]) -> list[str]:
    """Return the names that a mapping at `steps` may hold; `kinds` names the kind of each intervention."""
    found: list[Any] = [model]
    for at, step in enumerate(steps):
        inner: list[Any] = []
        for each in found:
            if isinstance(each, type) and issubclass(each, BaseModel):
                inner += _inside(each.model_fields[str(step)].annotation) if str(step) in each.model_fields else []
            else:
                inner += _inside(get_args(each)[1])
        if at == 1 and steps[0] == "interventions":
            inner = [each for each in inner if getattr(each, "__name__", "") == kinds.get(str(step))]
        found = inner
    return [
        name for each in found if isinstance(each, type) and issubclass(each, BaseModel) for name in each.model_fields
    ]


def _inside(kind: Any) -> Iterator[Any]:
    """Yield the models and mappings that a type may be."""
    origin = get_origin(kind)
    if (isinstance(kind, type) and issubclass(kind, BaseModel)) or origin is dict:
        yield kind
    elif origin in (Annotated, Union, UnionType):
        for inner in get_args(kind)[: 1 if origin is Annotated else None]:
            yield from _inside(inner)
