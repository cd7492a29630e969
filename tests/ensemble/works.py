"""What workers do in tests: the real work, in which some runs raise, hang or end their process.

Worker processes import these functions by name. Where something is to happen once, a file remembers that it has.
"""

import faulthandler
import os
import signal
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from simulator.ensemble.plan import Case, Keep, Plan
from simulator.ensemble.workers import work
from simulator.ensemble.workers.work import OtherProgramError, run_chunk
from simulator.scenario import load

ODD = 5
"""The run that something happens to."""
ONCE = "TEST_ONCE"
"""Environment variable: the file that remembers."""


@cache
def plan(seeds=6, chunk=3, stop=None):
    base = load("strategy", {"run.scale": 0.02, "run.years": 0.5})
    cases = (
        Case("strategy", 0, {}, 1),
        Case("strategy/baseline", 0, {"interventions": None, "governance": None}, None),
    )
    seeds = tuple(range(11, 11 + seeds))
    return Plan("strategy", None, (base,), (), cases, seeds, Keep(("employment",), ()), stop, chunk)


def first_time():
    marker = Path(os.environ[ONCE])
    if marker.exists():
        return False
    marker.touch()
    return True


def one_by_one(given, odd):
    """The runs of an assignment, the odd one done by `odd`."""
    done = []
    for run in given.runs:
        alone = replace(given, runs=(run,))
        done += odd(alone) if run.number == ODD else run_chunk(alone)
    return done


def one_raises(given):
    return one_by_one(given, raising)


def raising(given):
    case = given.runs[0].case
    return run_chunk(replace(given, cases={case: (given.cases[case][0], {"run.years": -1})}))


def one_dies(given):
    return one_by_one(given, dying)


def one_dies_once(given):
    return one_by_one(given, lambda alone: dying(alone) if first_time() else run_chunk(alone))


def dying(given):
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(600)


def one_crashes(given):
    return one_by_one(given, lambda alone: faulthandler._sigsegv())


def one_hangs(given):
    return one_by_one(given, hanging)


def hanging(given):
    def hang(*_):
        time.sleep(600)

    with patch.object(work, "_run", hang):
        return run_chunk(given)


def slow(given):
    """Time enough for somebody to interrupt."""
    time.sleep(0.3)
    return run_chunk(given)


def of_another_program(given):
    raise OtherProgramError("0.0.0")


def all_raise(given):
    return [failed for run in given.runs for failed in raising(replace(given, runs=(run,)))]
