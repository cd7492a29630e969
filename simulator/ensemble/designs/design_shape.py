"""What a design may say: its keys with their words, the shape that checks them, and the schema for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from simulator.ensemble.designs.sampling import SAMPLED
from simulator.indicators import INDICATORS
from simulator.indicators.grid import DIMENSIONS
from simulator.quantity import Quantity, Text, declared, number
from simulator.scenario.files import FORMAT
from simulator.scenario.schema import Finite, Part, Phrase, Spread, annotation, described
from simulator.scenario.settings import MOST_SEED, Ensemble
from simulator.scenario.tree import Branch, Items, Leaf, Tree

MARK = "design"
"""What `kind` says in a design."""
PLAIN = "none"
"""Stands among the variants for the scenario without one, and as baseline for nothing to compare with."""


@dataclass(frozen=True, kw_only=True)
class DesignNumbers:
    """Numbers of a design that a scenario does not have."""

    seed: int = number(
        1, "1", (0, MOST_SEED), "Luck of the drawn values", "De dragna värdenas slump", whole=True,
        basis="judgement", uncertain=(0, 100),
        help_en="Another seed draws other values; the luck of the runs stands in the scenario's run.seed.",
        help_sv="Ett annat frö drar andra värden; körningarnas slump står i scenariots run.seed.",
    )  # fmt: skip
    half_width: float = number(
        0.5, "1", (0, 1e12), "Wanted half width of the 90 % interval", "Önskad halv bredd på 90-procentsintervallet",
        basis="judgement", spread=(0.2, 5),
        help_en="In the unit of the indicator. No more seeds are run once every paired difference in the last year is "
        "known so well.",
        help_sv="I indikatorns enhet. Inga fler frön körs när varje parad skillnad i sista året är så väl känd.",
    )  # fmt: skip
    block: int = number(
        8, "count", (2, 10_000), "Seeds between two looks", "Frön mellan två avläsningar", whole=True,
        basis="judgement", uncertain=(4, 32),
    )  # fmt: skip


KEYS: Mapping[str, Text] = MappingProxyType(
    {
        "kind": Text(
            "design: says that the file is a design, no scenario",
            "design: säger att filen är en försöksplan, inget scenario",
        ),
        "title": Text("Title", "Titel"),
        "question": Text("The question that the runs answer", "Frågan som körningarna besvarar"),
        "scenario": Text(
            "The scenario that is varied: a file beside the design or a shipped name",
            "Scenariot som varieras: en fil bredvid försöksplanen eller ett medföljande namn",
        ),
        "scenarios": Text(
            "Several scenarios, each run at every point", "Flera scenarier, vart och ett körs i varje punkt"
        ),
        "variants": Text(
            "Variants of each scenario to run; none is the scenario itself",
            "Varianter av varje scenario att köra; none är scenariot självt",
        ),
        "replications": Text(
            "Seeds per case, from the run.seed of the first scenario (default: its ensemble.replications)",
            "Frön per fall, från första scenariots run.seed (annars dess ensemble.replications)",
        ),
        "seeds": Text("The seeds themselves, instead of replications", "Fröna själva, i stället för replications"),
        "region_seeds": Text(
            "Drawings of the first population, each combined with everything else",
            "Dragningar av startbefolkningen, var och en kombinerad med allt annat",
        ),
        "baseline": Text(
            "What each case is compared with on equal seeds: own (itself without measures), none, or a scenario file",
            "Vad varje fall jämförs med på samma frön: own (sig självt utan insatser), none eller en scenariofil",
        ),
        "factors": Text(
            "What varies, by dotted path: levels to combine, a distribution to draw from, or declared for the declared "
            "uncertainty; parameters.green.* stands for all below",
            "Vad som varierar, med sökväg: nivåer att kombinera, en fördelning att dra ur, eller declared för den "
            "deklarerade osäkerheten; parameters.green.* står för alla därunder",
        ),
        "sampler": Text(
            "How values are drawn: sobol (default), latin_hypercube or morris; grid and table where nothing is drawn",
            "Hur värden dras: sobol (förval), latin_hypercube eller morris; grid och table där inget dras",
        ),
        "samples": Text(
            "Drawn points (default: the first scenario's ensemble.samples); with morris trajectories, each of one "
            "point more than there are factors",
            "Dragna punkter (annars första scenariots ensemble.samples); med morris banor, var och en med en punkt "
            "mer än antalet faktorer",
        ),
        "seed": declared(DesignNumbers)["seed"].help,
        "table": Text(
            "A CSV file with a case per line and a dotted path per column, instead of drawn points",
            "En CSV-fil med ett fall per rad och en sökväg per kolumn, i stället för dragna punkter",
        ),
        "correlate": Text(
            "Wanted rank correlations between drawn factors: [path, path, number]",
            "Önskade rangkorrelationer mellan dragna faktorer: [sökväg, sökväg, tal]",
        ),
        "keep": Text(
            "What is stored of each run: indicators (default: all) and dimensions to split them by (default: none)",
            "Vad som sparas av varje körning: indikatorer (annars alla) och uppdelningar (annars ingen)",
        ),
        "stop": Text(
            "Sequential stopping: enough seeds when an indicator's paired differences are known to a half width",
            "Sekventiellt stopp: nog med frön när en indikators parade skillnader är kända på en halv bredd",
        ),
    }
)
SHAPES: Mapping[str, Text] = MappingProxyType(
    {
        "uniform": Text("[lowest, highest]: all equally likely", "[lägsta, högsta]: alla lika sannolika"),
        "triangular": Text("[lowest, most likely, highest]", "[lägsta, troligaste, högsta]"),
        "normal": Text(
            "[mean, standard deviation], cut at what is allowed", "[medel, standardavvikelse], kapad vid det tillåtna"
        ),
        "lognormal": Text(
            "[median, standard deviation of the logarithm], cut at what is allowed",
            "[median, logaritmens standardavvikelse], kapad vid det tillåtna",
        ),
        "choice": Text("values, equally likely", "värden, lika sannolika"),
    }
)
FACTOR_KEYS: Mapping[str, Text] = MappingProxyType(
    {
        "levels": Text("values that are combined with everything else", "värden som kombineras med allt annat"),
        "declared": Text(
            "true: drawn evenly from the declared uncertainty", "true: dras jämnt ur den deklarerade osäkerheten"
        ),
        "also": Text("other paths that take the same value", "andra sökvägar som får samma värde"),
    }
)


def design_numbers() -> dict[str, Quantity]:
    """Return the declared numbers of a design by key, with those that it shares with a scenario."""
    shared = {name: declared(Ensemble)[name] for name in ("replications", "samples")}
    return {**shared, **declared(DesignNumbers)}


class FactorShape(Spread):
    """What one factor is drawn from, or its levels."""

    levels: Annotated[list[Any], Field(min_length=1)] | None = None
    declared: Literal[True] | None = None
    also: list[str] | None = None


def spelt_out(tree: Branch) -> Branch:
    """Return a design in which the word `declared` and bare lists of levels say what they stand for."""
    factors = tree.branch("factors")
    for path, given in factors.entries.items():
        said: tuple[str, Tree] | None = None
        if isinstance(given, Items):
            said = ("levels", given)
        elif isinstance(given, Leaf) and given.value == "declared":
            said = ("declared", Leaf(True, given.place))
        if said is not None:
            entry = Branch(dict([said]), {said[0]: given.place}, given.place)
            factors = factors.with_entry(path, entry, factors.keys[path])
    return tree.with_entry("factors", factors, tree.keys["factors"]) if factors.entries else tree


def _same(value: object) -> object:
    return value


def _texts(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Written = FactorShape | Literal["declared"] | list[Any]
Factors = dict[str, Annotated[FactorShape, BeforeValidator(_same, json_schema_input_type=_Written)]]
Texts = Annotated[list[str], Field(min_length=1), BeforeValidator(_texts, json_schema_input_type=list[str] | str)]


class KeepShape(Part):
    """What is stored of each run."""

    indicators: Annotated[list[Literal[tuple(INDICATORS)]], Field(min_length=1)] | None = None  # type: ignore[valid-type]
    by: list[Literal[tuple(DIMENSIONS)]] | None = None  # type: ignore[valid-type]


@cache
def design_shape() -> type[Part]:
    """Return the model of a design."""
    numbers = design_numbers()
    make: Any = create_model  # the type checker cannot follow fields made at run time
    stop: Any = make(
        "stop",
        __base__=Part,
        indicator=(Literal[tuple(INDICATORS)], Field()),
        half_width=(annotation(numbers["half_width"]), Field(**described(numbers["half_width"], None))),
        block=(annotation(numbers["block"]), Field(8, **described(numbers["block"], numbers["block"].default))),
    )
    seeds = Annotated[list[Annotated[int, Field(strict=True, ge=0, le=MOST_SEED)]], Field(min_length=1)]
    types: dict[str, Any] = {
        "kind": Literal["design"], "title": Phrase, "question": Phrase, "scenario": str, "scenarios": Texts,
        "variants": Texts, "seeds": seeds, "region_seeds": seeds, "baseline": str, "factors": Factors,
        "sampler": Literal[(*SAMPLED, "grid", "table")], "table": str, "correlate": list[list[str | Finite]],
        "keep": KeepShape, "stop": stop,
        **{name: annotation(numbers[name]) for name in ("replications", "samples", "seed")},
    }  # fmt: skip
    fields: dict[str, Any] = {
        key: (types[key] | None, Field(None, title=" / ".join(text), description="\n".join(text)))
        for key, text in KEYS.items()
    }
    made: type[Part] = make("Design", __base__=Part, **fields)
    return made


def design_schema() -> dict[str, Any]:
    """Return the JSON schema of a design."""
    schema: dict[str, Any] = design_shape().model_json_schema()
    own = {"format": {"const": FORMAT, "title": "Version of the format / Formatets version"}}
    schema["properties"] = {**own, **schema["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Design",
        "required": ["format", "kind"],
    }


def design_schema_text() -> str:
    """Return the JSON schema as it stands in scenarios/designs/schema.json."""
    return json.dumps(design_schema(), ensure_ascii=False, indent=1) + "\n"
