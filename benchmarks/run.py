"""Print the table of speeds as ratios, each measured side by side (see README.md beside this file)."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[library] = "1"  # one core for every version; must be set before NumPy is imported

FIRMS, QUARTERS = 5_000, 60
SCENARIO = "scenarios/baseline.yaml"
GROWTH = {"small": 10.4, "large": 208.0}
TURN = 10


@dataclass
class Row:
    """One line of the table: a measured number, the number wanted ("" if none) and how it was measured."""

    what: str
    measured: float | None
    wanted: str = ""
    unit: str = "x"
    note: str = ""

    @property
    def met(self) -> str:
        if self.measured is None or not self.wanted:
            return ""
        sign, bound = self.wanted.split()
        return "yes" if (self.measured >= float(bound)) == (sign == ">=") else "NO"


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def kernels() -> dict[str, Any]:
    """The versions that can run here, by name."""
    names = {"mesa": "kernel_mesa", "columns": "kernel_columns", "objects": "kernel_objects", "c": "kernel_c"}
    modules = {name: import_module(f"benchmarks.{module}") for name, module in names.items()}
    if modules["c"].compiler() is None:
        del modules["c"]
    return {name: module.Kernel for name, module in modules.items()}


def kernel_times(versions: dict[str, Any], repeats: int) -> dict[str, float]:
    """Nanoseconds per firm and quarter.  The versions take turns: slow ones for TURN quarters, quick ones for all."""
    population = import_module("benchmarks.kernel_numbers").first_population(FIRMS)
    times: dict[str, list[float]] = {name: [] for name in versions}
    for repeat in range(repeats):
        slow = {name: versions[name](population, repeat) for name in ("mesa", "objects")}
        for _ in range(QUARTERS // TURN):
            for name, kernel in versions.items():
                run = slow[name] if name in slow else kernel(population, repeat)
                quarters = TURN if name in slow else QUARTERS
                took = seconds(lambda run=run, quarters=quarters: run.run(quarters))
                times[name].append(took / quarters / FIRMS * 1e9)
    return {name: median(samples) for name, samples in times.items()}


def kernel_rows(versions: dict[str, Any], repeats: int) -> list[Row]:
    took = kernel_times(versions, repeats)
    wanted = (("mesa", "columns", ">= 100"), ("mesa", "objects", "<= 1.5"), ("columns", "c", "<= 3.5"))
    rows = []
    for slow, quick, bound in wanted:
        if quick in took:
            note = f"{took[slow]:,.0f} against {took[quick]:,.0f} ns per firm and quarter"
            rows.append(Row(f"kernel: {slow} / {quick}", took[slow] / took[quick], bound, note=note))
        else:
            rows.append(
                Row(f"kernel: {slow} / {quick}", None, bound, note="no C compiler (cc, gcc, clang) on the path")
            )
    return rows


def agreement_rows(versions: dict[str, Any], quick: bool) -> list[Row]:
    agreement = import_module("benchmarks.agreement")
    found = agreement.differences(versions, *((300, 12, 6) if quick else (1_000, 20, 8)))
    worst = max(found, key=lambda difference: difference.errors)
    note = f"largest of {len(found)} differences: {worst.indicator}, {worst.version} against columns"
    return [Row("agreement of the versions", worst.errors, f"<= {agreement.LIMIT}", "s.e.", note)]


def full_model() -> Any:
    """The model's class."""
    return import_module("simulator.model").TransitionModel


def model_rows(columns: Any, repeats: int) -> list[Row]:
    model = full_model()
    cases = import_module("benchmarks.blocks").cases(QUARTERS // 4)
    population = import_module("benchmarks.kernel_numbers").first_population(FIRMS)
    kernel: list[float] = []
    whole: dict[str, list[float]] = {case: [] for case in cases}
    for repeat in range(repeats * 3):
        for case, overrides in cases.items():
            run = model(SCENARIO, rng=repeat + 1, **overrides)
            firms = len(run.firms)
            whole[case].append(seconds(run.run) / QUARTERS / firms * 1e9)
        part = columns(population, repeat)
        kernel.append(seconds(lambda part=part: part.run(QUARTERS)) / QUARTERS / FIRMS * 1e9)
    return [
        Row(
            f"full model, {case} / columns kernel", median(took) / median(kernel), "<= 2",
            note=f"{median(took):,.0f} ns per firm and quarter against {median(kernel):,.0f}",
        )
        for case, took in whole.items()
    ]  # fmt: skip


def peak_memory() -> int:
    """Highest memory of this process so far, bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # where it exists it is better: getrusage also remembers the process that started this one
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def grow(scale: float, years: int) -> None:
    """In a process of its own: one run at this scale; print firms, seconds per firm and quarter, bytes per firm."""
    model = full_model()
    model(SCENARIO, rng=1, **{"run.scale": 0.1, "run.years": 1}).run()  # what a run imports and keeps at any size
    before = peak_memory()
    run = model(SCENARIO, rng=1, **{"run.scale": scale, "run.years": years})
    firms = len(run.firms)
    took = seconds(run.run)
    print(json.dumps({"firms": firms, "seconds": took / firms / years / 4, "bytes": (peak_memory() - before) / firms}))


def growth_rows(years: int, repeats: int) -> list[Row]:
    names = ("time per firm, 1,000,000 firms / 50,000 firms", "memory per firm, 1,000,000 firms / 50,000 firms")
    samples: dict[str, list[dict[str, float]]] = {size: [] for size in GROWTH}
    for _ in range(repeats):
        for size, scale in GROWTH.items():
            command = [sys.executable, __file__, "--grow", str(scale), str(years)]
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            samples[size].append(json.loads(done.stdout.splitlines()[-1]))

    def middle(size: str, what: str) -> float:
        return median(sample[what] for sample in samples[size])

    note = f"{middle('large', 'firms'):,.0f} and {middle('small', 'firms'):,.0f} firms, {years} years"
    return [
        Row(names[0], middle("large", "seconds") / middle("small", "seconds"), "<= 1.6", note=note),
        Row(names[1], middle("large", "bytes") / middle("small", "bytes"), "<= 1.6", note=note),
        Row("peak memory per firm slot, 1,000,000 firms", middle("large", "bytes"), "<= 600", "B", "above a small run"),
    ]


def start_rows(repeats: int) -> list[Row]:
    bare = [sys.executable, "-c", "pass"]
    commands = {"--help": ["--help"], f"check {SCENARIO}": ["check", SCENARIO]}
    limits = {"--help": "<= 0.2", f"check {SCENARIO}": "<= 0.6"}

    def once(command: list[str]) -> float:
        return seconds(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))

    rows = []
    for name, arguments in commands.items():
        pairs = [(once(bare), once([sys.executable, "main.py", *arguments])) for _ in range(repeats)]
        empty, full = (median(side) for side in zip(*pairs, strict=True))
        rows.append(Row(f"main.py {name}", full, limits[name], "s", f"{full / empty:.1f}x an empty python"))
    return rows


def measured(quick: bool) -> Iterator[Row]:
    """All rows, in the order of the table; the ones in processes of their own first, while this one is small."""
    yield from start_rows(3 if quick else 9)
    yield from growth_rows(1 if quick else 2, 1 if quick else 3)
    versions = kernels()
    yield from agreement_rows(versions, quick)
    yield from model_rows(versions["columns"], 1 if quick else 3)
    yield from kernel_rows(versions, 1 if quick else 5)


def machine() -> dict[str, str]:
    versions = {name: import_module(name).__version__ for name in ("numpy", "mesa")}
    return {"python": platform.python_version(), **versions, "processor": platform.processor() or platform.machine()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: about 30 seconds, less certain")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    parser.add_argument("--profile", action="store_true", help="only the share of each block in a run, as Markdown")
    parser.add_argument("--grow", nargs=2, type=float, metavar=("SCALE", "YEARS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grow:
        grow(options.grow[0], int(options.grow[1]))
        return
    if options.profile:
        print(import_module("benchmarks.blocks").table(QUARTERS // 4, 1 if options.quick else 5))
        return
    print(f"{'what':52}{'measured':>12}  {'wanted':9}{'met':5}note", flush=True)
    rows = []
    for row in measured(options.quick):
        value = "-" if row.measured is None else f"{row.measured:,.2f} {row.unit}"
        print(f"{row.what:52}{value:>12}  {row.wanted:9}{row.met:5}{row.note}", flush=True)
        rows.append(row)
    if options.json:
        report = {"machine": machine(), "rows": [asdict(row) | {"met": row.met} for row in rows]}
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
