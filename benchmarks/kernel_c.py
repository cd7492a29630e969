"""The kernel in C: compiled on the spot where there is a compiler, called through ctypes."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks import kernel_numbers as k

COMPILERS = ("cc", "gcc", "clang")
OPTIONS = ("-O2", "-std=c11", "-fPIC", "-shared")


def compiler() -> str | None:
    """The first C compiler on the path; none on Windows, where its shared libraries differ."""
    return next(filter(None, map(shutil.which, COMPILERS)), None) if os.name == "posix" else None


@cache
def library() -> ctypes.CDLL:
    """Compile kernel.c with the numbers of kernel_numbers.py and load it."""
    chosen = compiler()
    if chosen is None:
        raise FileNotFoundError("no C compiler (cc, gcc or clang) on the path")
    columns = {name: column for name, column in k.first_population(2).items() if name != "peers"}
    header = k.c_header()
    for kind, label in ((np.float32, "COLUMN"), (np.int32, "FLAG")):
        names = [f"{label}_{name}" for name, column in columns.items() if column.dtype == kind]
        header += f"enum {{ {', '.join(names)} }};\n"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kernel_numbers.h").write_text(header, encoding="utf-8")
        target = Path(folder) / "kernel.so"
        source = Path(__file__).with_name("kernel.c")
        subprocess.run([chosen, *OPTIONS, "-I", folder, str(source), "-o", str(target), "-lm"], check=True)
        loaded = ctypes.CDLL(str(target))
    loaded.kernel_new.restype = ctypes.c_void_p
    loaded.kernel_new.argtypes = [ctypes.c_int, *[ctypes.c_void_p] * 5, ctypes.c_uint64]
    loaded.kernel_run.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]
    loaded.kernel_free.argtypes = [ctypes.c_void_p]
    return loaded


class Kernel:
    """One run in C: `Kernel(population, seed).run(quarters)` gives one row of indicators per quarter."""

    def __init__(self, population: k.Population, seed: int) -> None:
        plain = {name: column for name, column in population.items() if name != "peers"}
        columns, flags = (
            [column.ctypes.data for column in plain.values() if column.dtype == kind] for kind in (np.float32, np.int32)
        )
        self.library = library()
        self.model = self.library.kernel_new(
            population["z"].size,
            (ctypes.c_void_p * len(columns))(*columns),
            (ctypes.c_void_p * len(flags))(*flags),
            *(population[name].ctypes.data for name in ("peers", "unemployed", "outside")),
            seed,
        )

    def run(self, quarters: int) -> np.ndarray:
        rows = np.empty((quarters, len(k.INDICATORS)))
        self.library.kernel_run(self.model, quarters, rows.ctypes.data)
        return rows

    def __del__(self) -> None:
        self.library.kernel_free(self.model)
