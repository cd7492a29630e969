"""The JSON schema for editors."""

import json
from collections.abc import Iterator

from simulator.interventions.catalogue import KINDS
from simulator.scenario.editors import editor_schema, editor_schema_text
from simulator.scenario.files import SHIPPED
from simulator.scenario.schema import TAG
from simulator.scenario.vocabulary import VOCABULARY


def parts(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def test_that_the_committed_schema_is_current():
    committed = (SHIPPED / "schema.json").read_text(encoding="utf-8")
    assert committed == editor_schema_text(), "run: python main.py schema > scenarios/schema.json"


def test_that_the_schema_is_closed_and_names_every_section():
    schema = editor_schema()
    assert schema["additionalProperties"] is False
    assert {"format", "extends", "variants", "interventions", *VOCABULARY.sections} <= set(schema["properties"])
    assert all(name.count("__") == 0 for name in schema["$defs"])
    assert schema["required"] == ["format"]
    assert TAG not in json.dumps(schema, ensure_ascii=False)


def test_that_every_kind_has_its_own_properties_with_range_unit_default_and_both_languages():
    kinds = {
        part["properties"]["kind"]["const"]: part
        for part in parts(editor_schema())
        if "kind" in part.get("properties", {})
    }
    assert set(kinds) == set(KINDS)
    for name, kind in KINDS.items():
        for setting, quantity in kind.settings.items():
            written = kinds[name]["properties"][setting]
            assert written["title"] == f"{quantity.text.en} / {quantity.text.sv}"
            assert quantity.help.sv in written["description"]
            assert written["x-unit"] == quantity.unit
            assert written["default"] == quantity.default
            one = next(part for part in parts(written) if "minimum" in part)
            assert (one["minimum"], one["maximum"]) == quantity.allowed


def test_that_every_reference_leads_somewhere():
    schema = editor_schema()
    references = {part["$ref"].removeprefix("#/$defs/") for part in parts(schema) if "$ref" in part}
    assert references <= set(schema["$defs"])
