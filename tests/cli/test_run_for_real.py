"""The verb run with the model itself, in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def command(*words: str, scale: float = 0.1) -> list[str]:
    size = ["--set", f"run.scale={scale}", "--lang", "en"]
    return [sys.executable, str(ROOT / "main.py"), "run", "baseline", *words, *size]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def test_that_the_same_scenario_and_seed_give_the_same_digest(tmp_path):
    digests = set()
    for name in ("one", "two"):
        done = subprocess.run(
            command("--years", "1", "--out", name), cwd=tmp_path, env=environment(), capture_output=True, text=True,
            encoding="utf-8", timeout=120, check=True,
        )  # fmt: skip
        assert not done.stderr
        assert "Employment" in done.stdout
        digests.add(json.loads((tmp_path / name / "manifest.json").read_text("utf-8"))["result_digest"])
    assert len(digests) == 1
    other = subprocess.run(
        command("--years", "1", "--seed", "2", "--out", "three"), cwd=tmp_path, env=environment(), timeout=120,
        capture_output=True, check=True,
    )  # fmt: skip
    assert other.returncode == 0
    assert json.loads((tmp_path / "three" / "manifest.json").read_text("utf-8"))["result_digest"] not in digests


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_that_ctrl_c_leaves_130_and_nothing_on_disk(tmp_path):
    process = subprocess.Popen(
        command("--years", "100", scale=3),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.decode().strip() == "Interrupted."
    assert list(tmp_path.iterdir()) == []
