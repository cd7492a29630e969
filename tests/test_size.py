"""No file and no function grows beyond what one can take in; the program stands alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import simulator

ROOT = Path(simulator.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
names = [str(path.relative_to(ROOT)) for path in FILES]


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", FILES, ids=names)
def test_that_no_file_or_function_is_too_long(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(ast.parse(text))}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("path", FILES, ids=names)
def test_that_the_program_reads_nothing_outside_itself(path):
    tree = ast.parse(path.read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if "shared/" in text or "/shared" in text or text.startswith("/work")] == []


@pytest.mark.parametrize("path", FILES, ids=names)
def test_that_nothing_is_hidden_or_unfinished(path):
    text = path.read_text("utf-8")
    assert not [word for word in ("TODO", "FIXME", "XXX", "NotImplementedError") if word in text]
    bare = [node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler) and not node.type]
    assert bare == []


def test_that_there_is_something_to_measure():
    assert len(FILES) > 50
    assert (ROOT.parent / "scenarios" / "baseline.yaml").is_file()
