"""Design files in a folder of their own, and what is said about them."""

from collections.abc import Callable

import pytest

from simulator.ensemble.designs.design_file import load_plan
from simulator.ensemble.plan import Plan
from simulator.scenario import ScenarioError

SCENARIO = """\
format: 1
run: {years: 2, seed: 5}
region: {name: undervisning}
drivers: {carbon_price: {2026: 78, 2030: 130}}
governance: {mapping: 0.6}
interventions:
  robots: {kind: robot_lift, capacity: 4}
  advice: {kind: digital_uptake}
ensemble: {replications: 3, samples: 16}
variants:
  larger: {interventions.robots.capacity: 8}
"""


@pytest.fixture
def write(tmp_path) -> Callable[..., str]:
    """Write a design beside `mix.yaml` (the lines that every design needs are added) and return its path."""
    (tmp_path / "mix.yaml").write_text(SCENARIO)
    (tmp_path / "bare.yaml").write_text(SCENARIO[: SCENARIO.index("governance")])

    def written(text: str, table: str | bytes | None = None, head: str = "format: 1\nkind: design\n") -> str:
        path = tmp_path / "my.yaml"
        path.write_text(f"{head}{text}", encoding="utf-8")
        if table is not None:
            content = table if isinstance(table, bytes) else table.encode()
            (tmp_path / "points.csv").write_bytes(content)
        return str(path)

    return written


@pytest.fixture
def planned(write) -> Callable[..., Plan]:
    def plan(text: str, *arguments, **keywords) -> Plan:
        return load_plan(write(text, *arguments, **keywords)).plan

    return plan


@pytest.fixture
def told(write, tmp_path) -> Callable[..., list[str]]:
    """Return what is said about a faulty design, without the folder's name."""

    def said(*arguments, language: str = "en", **keywords) -> list[str]:
        with pytest.raises(ScenarioError) as caught:
            load_plan(write(*arguments, **keywords))
        return [problem.said(language).replace(f"{tmp_path}/", "") for problem in caught.value.problems]

    return said
