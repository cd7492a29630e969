"""The parts of docs/model.md that follow from the code: schedule, columns, levers, switches, measures, equations.

A part stands between `<!-- made: NAME -->` and `<!-- end -->`; what stands around it is written by hand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1]
PART = re.compile(r"(<!-- made: ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
SECTION = re.compile(r"\d+(?:\.\d+)?")


class Equation(NamedTuple):
    """A function that is the home of an equation: where it is, what it gives, its formula, sections and sources."""

    name: str
    gives: str
    formula: str
    sections: tuple[str, ...]
    sources: str


def filled(page: str) -> str:
    """Return the page with every made part made anew; ValueError for a part that nobody makes."""

    def made(match: re.Match[str]) -> str:
        name, _, argument = match[2].partition(" ")
        if name not in PARTS:
            raise ValueError(f"docs/model.md: no part '{name}'; known: {', '.join(PARTS)}")
        return match[1] + "\n".join(PARTS[name](argument)) + "\n" + match[3]

    return PART.sub(made, page)


@cache
def equations() -> tuple[Equation, ...]:
    """Every function whose docstring names its section of the model text, in the order of files and lines."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if module.split(".")[0] in ("cli", "scenario"):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (told := ast.get_docstring(node)):
                equation = _equation(f"{module}.{node.name}", told)
                if equation is not None:
                    found.append(equation)
    return tuple(found)


def _equation(name: str, docstring: str) -> Equation | None:
    source = re.search(r"Source: (Model text [^\n]*?)\.?(?:\n|$)", docstring)
    if source is None or name.rpartition(".")[2].startswith("_"):
        return None
    cited, _, keys = source[1].removeprefix("Model text ").partition(";")
    blocks = [" ".join(block.split()) for block in docstring[: source.start()].split("\n\n")]
    raw = docstring.split("\n\n")
    formula = next((text for text, written in zip(blocks[1:], raw[1:], strict=False) if _is_formula(written)), "")
    return Equation(name, blocks[0].rstrip("; "), formula, tuple(SECTION.findall(cited)), keys.strip())


def _is_formula(block: str) -> bool:
    """Whether a paragraph is a formula, not a table of arguments."""
    return "=" in block and not re.search(r"\S {2,}\(|^\s*(returns|Returns|>>>)", block, re.MULTILINE)


def _equations(section: str) -> Iterator[str]:
    chosen = [one for one in equations() if section in one.sections[:1]]
    if not chosen:
        raise ValueError(f"docs/model.md: no equation names section {section}")
    rows = ([f"`{one.name}`", f"{one.gives}" + (f"<br>`{one.formula}`" if one.formula else ""), one.sources]
            for one in chosen)  # fmt: skip
    yield from table(("home", "what it gives", "sources"), rows)


def _schedule(_: str) -> Iterator[str]:
    """The calls of TransitionModel.step with the first line of each block's docstring."""
    blocks = {
        node.name: (ast.get_docstring(node) or "").partition("\n")[0]
        for node in ast.parse((PACKAGE / "quarter.py").read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    model = ast.parse((PACKAGE / "model.py").read_text("utf-8"))
    step = next(node for node in ast.walk(model) if isinstance(node, ast.FunctionDef) and node.name == "step")
    calls = [
        node.func.attr
        for node in ast.walk(step)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in blocks
    ]
    rows = []
    for name in calls:
        number, _, what = blocks[name].removeprefix("Steps ").removeprefix("Step ").partition(": ")
        rows.append([number, what, f"`quarter.{name}`"])
    yield from table(("step", "what happens", "block"), rows)


def _columns(population: str) -> Iterator[str]:
    from simulator.agents.firms import Anchors, Firms

    columns = {"firms": Firms, "anchors": Anchors}[population].columns
    rows = ([f"`{name}`", column.text.en, column.unit, str(column.width) if column.width > 1 else ""]
            for name, column in columns.items())  # fmt: skip
    yield from table(("column", "meaning", "unit", "values"), rows)


def _levers(_: str) -> Iterator[str]:
    from simulator.interventions.lever_table import LEVERS

    rows = ([f"`{one.name}`", one.code, one.text.en, f"{one.neutral:g}", f"{one.allowed[0]:g} to {one.allowed[1]:g}",
             one.unit, one.rule.value, one.enters] for one in LEVERS.values())  # fmt: skip
    yield from table(("lever", "code", "meaning", "neutral", "range", "unit", "rule", "enters"), rows)


def _switches(_: str) -> Iterator[str]:
    from simulator.agents.switches import Switches
    from simulator.quantity import declared

    rows = ([f"`switches.{name}`", one.text.en, "on" if one.default else "off", one.help.en]
            for name, one in declared(Switches).items())  # fmt: skip
    yield from table(("switch", "what it couples", "default", "otherwise"), rows)


def _measures(_: str) -> Iterator[str]:
    from simulator.interventions.catalogue import KINDS

    def place(code: str) -> tuple[str, list[int]]:
        return code[0], [int(part) for part in re.findall(r"\d+", code)]

    kinds = sorted(KINDS.values(), key=lambda kind: (kind.code[0] != "P", place(kind.code)))
    rows = ([kind.code, f"`{kind.name}`", f"{kind.title.en} (*{kind.title.sv}*)", ", ".join(kind.levers)]
            for kind in kinds)  # fmt: skip
    yield from table(("code", "kind", "title", "levers"), rows)


def table(names: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table in Markdown."""
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"


PARTS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "equations": _equations,
    "schedule": _schedule,
    "columns": _columns,
    "levers": _levers,
    "switches": _switches,
    "measures": _measures,
}
