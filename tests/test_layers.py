"""The layers of the house: who may import whom, and what starts fast stays fast."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_that_the_import_contracts_hold():
    pytest.importorskip("importlinter", reason="IMPORT-LINTER IS NOT INSTALLED: the layers are not checked")
    beside = Path(sys.executable).with_name("lint-imports")
    program = str(beside) if beside.exists() else shutil.which("lint-imports")
    assert program is not None
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("simulator.cli", ("numpy", "scipy", "mesa", "pandas", "pydantic", "PySide6")),
        ("simulator.scenario", ("mesa", "scipy", "pandas", "networkx", "matplotlib", "PySide6")),
        ("simulator.quarter", ("mesa", "yaml", "pydantic", "pandas", "PySide6")),
        ("simulator.model", ("PySide6", "pyqtgraph", "matplotlib.pyplot")),
    ],
)
def test_that_a_module_starts_without_what_it_does_not_need(module, unwanted):
    loaded = python(f"import sys, {module}; print(*sys.modules)").split()
    assert [name for name in unwanted if name in loaded] == []
