"""The program as a process: what it imports, how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).resolve().parents[2] / "main.py"
HEAVY = ("mesa", "scipy", "PySide6", "pyqtgraph", "pandas")
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*words: str, **keywords: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in SCREEN}
    environment |= {"PYTHONUTF8": "1", "LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, MAIN, *words], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        env=environment, **keywords,
    )  # fmt: skip


def imported_by(*words: str) -> set[str]:
    code = f"import sys; from simulator.cli import main; main({list(words)!r}); print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=MAIN.parent
    )
    return set(ended.stderr.split())


def test_that_help_imports_nothing_heavy():
    assert not imported_by("--help") & {*HEAVY, "numpy", "pydantic", "yaml"}


def test_that_check_imports_neither_mesa_nor_scipy_nor_the_window():
    modules = imported_by("check", "baseline")
    assert "pydantic" in modules
    assert not modules & set(HEAVY)


def test_that_exit_codes_and_streams_are_those_promised():
    good, wrong, usage = run("check", "baseline"), run("check", "nothing"), run("nothing")
    assert (good.returncode, good.stdout) == (0, "baseline: good\n")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "nothing: no such file" in wrong.stderr
    assert (usage.returncode, usage.stdout) == (2, "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_that_without_a_screen_the_window_says_so_and_names_the_other_way(tmp_path):
    ended = run(cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "there is no screen here" in ended.stderr
    assert "main.py run" in ended.stderr


def test_that_shipped_scenarios_are_found_from_any_folder(tmp_path):
    assert run("check", "baseline", "scenarios/baseline.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
def test_that_a_reader_who_leaves_is_no_error():
    with subprocess.Popen([sys.executable, MAIN, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_that_letters_a_terminal_lacks_do_not_stop_the_program(tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = subprocess.run(
        [sys.executable, MAIN, "check", "ö.yaml", "--lang", "sv"], capture_output=True, env=environment, cwd=tmp_path,
        timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
