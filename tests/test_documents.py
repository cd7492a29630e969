"""The documents at the root and the description of the model: what they name exists, what they show runs."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from simulator.cli import VERBS
from simulator.scenario.vocabulary import VOCABULARY

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/model.md", "docs/python.md",
)  # fmt: skip
TOP = {path.name for path in ROOT.iterdir()}
GENERATED_BY_USE = ("results", ".venv")
SUFFIXES = (".yaml", ".json", ".csv", ".nc", ".py", ".md", ".txt", ".toml")
COMMANDS = (
    "python -m pip install -c constraints.txt -e . && python main.py run scenarios/baseline.yaml",
    'python -m pip install -c constraints.txt -e ".[test]" && python -m pytest',
)


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(document), re.MULTILINE | re.DOTALL)


def code_words(document: str) -> list[str]:
    """What stands in backticks, blocks left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", read(document), flags=re.MULTILINE | re.DOTALL))


def paths(document: str) -> set[str]:
    return {
        word for word in code_words(document)
        if re.fullmatch(r"\.?[\w.-]+(/[\w.-]+)*/?", word) and word.split("/")[0] in TOP
        and ("/" in word or Path(word).suffix) and word.split("/")[0] not in GENERATED_BY_USE
    }  # fmt: skip


def links(document: str) -> set[str]:
    return {link for link in re.findall(r"\]\(([^)#\s]+)\)", read(document)) if "://" not in link}


@cache
def settings() -> frozenset[str]:
    groups = {f"parameters.{name}" for name in VOCABULARY.groups}
    return frozenset({*VOCABULARY.paths(), *groups})


def dotted(document: str) -> set[str]:
    """Names such as `drivers.carbon_price` or `agents.luck.Luck`; the first part tells that one is meant.

    `model` is a variable in examples, which a test of its own runs.
    """
    parts = {path.stem for path in (ROOT / "simulator").iterdir()} - {"model"}
    first = parts | {"simulator", "parameters"} | set(VOCABULARY.sections)
    return {
        word for word in code_words(document)
        if re.fullmatch(r"\w+(\.\w+)+", word) and word.split(".")[0] in first and Path(word).suffix not in SUFFIXES
    }  # fmt: skip


def exists(name: str) -> bool:
    if name in settings():
        return True
    parts = name.removeprefix("simulator.").split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(["simulator", *parts[:cut]]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("document", DOCUMENTS)
def test_that_files_and_folders_named_in_a_document_exist(document):
    named = paths(document)
    assert named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
    folder = (ROOT / document).parent
    assert sorted(name for name in links(document) if not (folder / name).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_that_modules_and_settings_named_in_a_document_exist(document):
    assert sorted(name for name in dotted(document) if not exists(name)) == []


def test_that_a_wrong_name_would_be_seen():
    assert exists("transitions.choice.hurdle")
    assert exists("parameters.digital.taste_scale")
    assert not exists("transitions.choice.hurdles")
    assert not exists("parameters.digital.tastes")
    assert not exists("transition.digitalisation")


def test_that_the_description_of_the_model_names_many_of_its_parts():
    assert len(dotted("docs/model.md")) > 80


@pytest.mark.parametrize("command", COMMANDS)
def test_that_the_two_commands_stand_in_the_readme_as_they_are(command):
    assert command in [line for block in blocks("README.md", "sh") for line in block.splitlines()]
    assert command.replace(" && ", "\n") in "".join(blocks("README.md", "powershell"))


def test_that_no_document_names_a_place_on_somebodys_machine():
    for document in DOCUMENTS:
        assert not re.search(r"/(work|opt|tmp|home|root|Users)/|\\Users\\", read(document)), document


def examples() -> list[str]:
    """Every `python main.py ...` of the README, in the order of reading."""
    lines = [line for block in blocks("README.md", "sh") for line in block.splitlines()]
    found = [word for word in [*code_words("README.md"), *lines] if word.startswith("python main.py ")]
    return list(dict.fromkeys(found))


def start(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "LANGUAGE": "en", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip


def run_shortly(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(line)[2:]
    return start([str(ROOT / "main.py"), *words, *(["--years", "1"] if "run" in words else [])], folder)


def test_that_the_command_lines_of_the_readme_run(tmp_path):
    lines = examples()
    verbs = {word for line in lines for word in line.split()[2:]}
    assert verbs >= set(VERBS) - {"gui"}
    making = [line for line in lines if {"new", "batch"} & set(line.split())]
    for line in making:  # what is made must be there before others use it
        ended = run_shortly(line, tmp_path)
        assert ended.returncode == 0, f"{line}\n{ended.stderr}"
    others = [line for line in lines if line not in making]
    with ThreadPoolExecutor(2) as pool:
        for line, ended in zip(others, pool.map(lambda line: run_shortly(line, tmp_path), others), strict=True):
            assert ended.returncode == 0, f"{line}\n{ended.stderr}"
    assert (tmp_path / "results" / "baseline-001" / "summary.csv").exists()
    assert (tmp_path / "with-firms" / "firms.csv.gz").exists()


def pythons() -> list[str]:
    return [example for document in ("README.md", "docs/python.md") for example in blocks(document, "python")]


@pytest.mark.parametrize("place", range(len(pythons())))
def test_that_the_python_of_the_documents_runs(place, tmp_path):
    script = tmp_path / "example.py"
    script.write_text(pythons()[place], encoding="utf-8")
    ended = start([str(script)], tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout
