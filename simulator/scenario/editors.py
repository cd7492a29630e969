"""The JSON schema by which editors complete, explain and check a scenario while it is written."""

from __future__ import annotations

import json
from typing import Any

from simulator.scenario.files import FORMAT
from simulator.scenario.schema import shape
from simulator.scenario.vocabulary import VOCABULARY, Vocabulary


def editor_schema(vocabulary: Vocabulary = VOCABULARY) -> dict[str, Any]:
    """Return the JSON schema of a scenario file."""
    schema: dict[str, Any] = shape(vocabulary).model_json_schema()
    own = {
        "format": {"const": FORMAT, "title": "Version of the format / Formatets version"},
        "extends": {
            "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            "title": "File or files to start from, later ones win / Fil eller filer att utgå från, senare vinner",
        },
        "variants": {
            "type": "object",
            "title": "Named changes by dotted path / Namngivna ändringar med sökvägar",
            "additionalProperties": {"type": "object"},
        },
    }
    schema["properties"] = {**own, **schema["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Scenario",
        "required": ["format"],
    }


def editor_schema_text() -> str:
    """Return the JSON schema as it stands in scenarios/schema.json."""
    return json.dumps(editor_schema(), ensure_ascii=False, indent=1) + "\n"
