"""A resolved scenario as YAML text that reads back to the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.problems import Place
from simulator.scenario.reading import scalar

_PLAIN = re.compile(r"[^\W\d_][\w./-]*( [\w./-]+)*|[12][0-9]{3}Q[1-4]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_COMMENT_COLUMN = 44


def yaml_text(mapping: Mapping[str, Any], origins: Mapping[str, Place] | None = None) -> str:
    """Write nested mappings of values and lists, if asked with a comment on where each value comes from."""
    return "".join(f"{line}\n" for line in _lines(mapping, "", "", origins))


def written(value: object) -> str:
    """Write one value or list.

    >>> [written(value) for value in (True, None, 0.5, "dalarna", "NO", "1e6", "a: b", ["x", 1])]
    ['true', 'null', '0.5', 'dalarna', 'NO', '"1e6"', '"a: b"', '[x, 1]']
    """
    match value:
        case bool() | None:
            return json.dumps(value)
        case Mapping():
            return f"{{{', '.join(f'{key}: {written(part)}' for key, part in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case str():
            if _PLAIN.fullmatch(value) and scalar(value) == value:
                return value
            quoted = json.dumps(value, ensure_ascii=False)
            return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
        case _:
            return f"{value}"


def name_written(key: str) -> str:
    """Write a name, in quotes where it needs them."""
    return key if re.fullmatch(r"[\w.-]+", key) and not key.startswith("-") else written(key)


def _lines(mapping: Mapping[str, Any], indent: str, path: str, origins: Mapping[str, Place] | None) -> Iterator[str]:
    for key, value in mapping.items():
        name = name_written(key)
        if isinstance(value, Mapping):
            yield f"{indent}{name}:{'' if value else ' {}'}"
            yield from _lines(value, f"{indent}  ", f"{path}{key}.", origins)
        else:
            line = f"{indent}{name}: {written(value)}"
            yield line if origins is None else f"{line:<{_COMMENT_COLUMN}}  # {_origin(origins.get(f'{path}{key}'))}"


def _origin(place: Place | None) -> str:
    if place is None:
        return "default"
    return f"{place.said()} ({place.variant})" if place.variant else place.said()
