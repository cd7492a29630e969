"""No text whatever makes a design raise anything but the loader's own error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.ensemble.designs.design_file import load_plan
from simulator.ensemble.designs.planning import Wishes
from simulator.ensemble.plan import Plan
from simulator.scenario import ScenarioError
from tests.damage import damaged

RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
WHOLE = """\
format: 1
kind: design
title: {en: Whole, sv: Hel}
scenarios: [mix.yaml]
variants: [none, larger]
replications: 2
region_seeds: [1, 2]
baseline: own
sampler: latin_hypercube
samples: 9
seed: 3
factors:
  drivers.exchange_rate: declared
  drivers.carbon_price.2030: {triangular: [80, 130, 180]}
  drivers.immigration: {normal: [1, 0.2]}
  interventions.robots.capacity: [2, 4]
  governance.mapping: {levels: [0, 1], also: [governance.shared_data]}
correlate: [[drivers.exchange_rate, drivers.immigration, 0.4]]
keep: {indicators: [employment, exporters], by: [county]}
stop: {indicator: employment, half_width: 0.5, block: 2}
"""
TABLE = "case,drivers.exchange_rate;population\na,10,projected\nb,11.5,constant\n"
SPICE = [
    "null", "~", "[]", "{}", "[1]", "{a: 1}", "-1", "1e400", ".nan", ".inf", "true", '"x"', "2030Q1", "2030", "!x 1",
    "*a", "&a", "<<: ", "? ", ": ", "- ", "\t", "\n", '"\\0"', "'", "[[", "9" * 30, "é", "kind", "robots", "..",
    "/etc/passwd", "declared", "drivers.*", "*: declared\n", "run.seed", "run.years", "region.name", "levels",
    "uniform", "morris", "sobol", "table: points.csv\n", "scenario: mix.yaml\n", "seeds: [1]\n", "my.yaml", "none",
    "choice", "interventions", "switches",
]  # fmt: skip


def survives(path: str) -> None:
    try:
        plan = load_plan(path, wishes=Wishes(2, 8)).plan
    except ScenarioError as error:
        if not all(problem.message.en and problem.message.sv for problem in error.problems) or not error.said("sv"):
            raise AssertionError("a problem without words") from error
    else:
        assert Plan.from_json(plan.to_json()).digest == plan.digest


@settings(max_examples=60, suppress_health_check=RELAXED, deadline=None)
@given(text=damaged([WHOLE], SPICE))
def test_that_a_damaged_design_is_refused_or_understood(write, text):
    survives(write(text, TABLE, head=""))


@settings(max_examples=60, suppress_health_check=RELAXED, deadline=None)
@given(table=damaged([TABLE.replace(";", ",")], SPICE) | st.text(max_size=80))
def test_that_a_damaged_table_is_refused_or_understood(write, table):
    survives(write("scenario: mix.yaml\ntable: points.csv\n", table.encode("utf-8", "surrogatepass")))


@pytest.mark.slow
@settings(max_examples=3000, suppress_health_check=RELAXED, deadline=None)
@given(text=damaged([WHOLE], SPICE), table=damaged([TABLE], SPICE))
def test_that_thousands_of_damaged_designs_are_refused_or_understood(write, text, table):
    survives(write(text, table, head=""))
