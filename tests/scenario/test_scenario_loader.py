"""A scenario file in, a resolved scenario out, or all problems at once."""

from pathlib import Path

import pytest

from simulator.scenario.loader import load
from simulator.scenario.problems import ScenarioError


@pytest.fixture
def write(tmp_path):
    def written(text: str, name: str = "mine.yaml") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def problems(*arguments, language="en", **keywords) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(*arguments, **keywords)
    return [problem.said(language).replace(f"{Path(arguments[0]).parent}/", "") for problem in caught.value.problems]


def test_that_a_shipped_scenario_loads_by_name_and_by_path():
    assert load("baseline").digest == load("scenarios/baseline.yaml").digest


def test_that_all_problems_come_at_once_with_their_places(write):
    text = """\
format: 1
run: {years: "15", seeds: 3}
switches:
  peer_effects: NO
interventions:
  robots:
    kind: robot_lift
    start: 2030Q1
    end: 2026Q4
    capacity: -1
    subsidy_share: 50
  unknown: {kind: robot_lft}
drivers: {carbon_price: {2026: 78, 2026Q1: 80}}
"""
    assert problems(write(text)) == [
        'mine.yaml:2:14: run.years: "15" is text; write it without quotation marks: a number from 0.25 to 100 years',
        "mine.yaml:2:20: run.seeds: seeds is not known here; did you mean seed?",
        'mine.yaml:4:17: switches.peer_effects: "NO" does not fit; write false',
        "mine.yaml:9:10: interventions.robots.end: ends in 2026Q4, before its start; 2030Q1 or later",
        "mine.yaml:10:15: interventions.robots.capacity: -1 is too small; a number from 0 to 5000 awards per quarter",
        "mine.yaml:11:20: interventions.robots.subsidy_share: 50 is too large; "
        "a number from 0 to 0.75; 50 % is written 0.5",
        "mine.yaml:12:19: interventions.unknown: no kind robot_lft; did you mean robot_lift?",
        "mine.yaml:13:11: drivers.carbon_price: 2026 and 2026Q1 are the same quarter",
    ]
