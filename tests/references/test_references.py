"""Sources named in docstrings exist in the reference list."""

import re
import tomllib
from pathlib import Path

import pytest

import simulator
from simulator.references import FILE, full, parsed, references

PACKAGE = Path(simulator.__file__).parent
KEY = re.compile(r"\b(?:[a-z]+\d{4}\w*|[A-Z]{2,}[A-Za-z0-9]*(?:-\d)?)\b")
WORDS = {"SME", "SMEs", "ROC", "AUC", "FTE", "SEK", "ETS", "ETS2", "CO2", "OP", "TEC", "ENG", "GRN", "INT", "EU"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_that_sources_named_in_docstrings_are_in_the_list(path):
    text = path.read_text("utf-8")
    named = {key for part in re.findall(r"Source: ([^\"]*?)(?:\"\"\"|\n\s*\n)", text) for key in KEY.findall(part)}
    assert sorted(named - WORDS - set(references())) == []


def test_that_a_reference_reads_as_one_line():
    assert full("ROB").startswith("Automation Region (2022): Positive results")
    assert "\n" not in full("SEED-1")


def test_that_a_key_used_twice_is_a_fault():
    with pytest.raises(ValueError, match="twice"):
        parsed("@misc{A, title = {x}}\n@misc{A, title = {y}}")


def test_that_the_list_is_installed_with_the_package():
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["simulator.references"]
    assert FILE.parent == PACKAGE / "references"
    assert any(FILE.match(pattern) for pattern in patterns)
