"""No text whatever makes the loader raise anything but its own error, and what loads can be written and read back."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.scenario import Scenario, ScenarioError, load
from simulator.scenario.files import SHIPPED, shipped_names
from simulator.scenario.overrides import read_settings
from simulator.scenario.vocabulary import VOCABULARY
from tests.damage import damaged

RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
WHOLE = """\
format: 1
title: {en: Mix, sv: Blandning}
run: {start: 2026Q1, years: 10, seed: 7, scale: 1}
region: {name: norra-mellansverige, seed: 1}
drivers: {carbon_price: {2026: 78, 2035: 200}}
governance: {mapping: 0.7}
switches: {peer_effects: true}
budget: {per_year: 60}
parameters: {digital: {taste_scale: 0.4, gain: {2: 0.3}}}
interventions:
  robots: &robots
    kind: robot_lift
    start: 2026Q1
    end: 2030Q4
    capacity: {dalarna: 3}
    subsidy_share: 0.5
    target: {counties: [dalarna, gavleborg], employees: [10, 249], rural: true}
    budget: {per_year: 12, total: 48}
  coordinate: {kind: map_coordinate}
targets: {employment: {at_least: 50, by: 2030Q4}}
uncertainty:
  drivers.carbon_price.2035: {uniform: [110, 250]}
  interventions.robots.subsidy_share: {triangular: [0.3, 0.5, 0.6]}
ensemble: {replications: 30, samples: 256, sampler: sobol}
record: {by: [county, size_class], firms: false}
variants:
  one: {governance.mapping: 0.35, drivers: {tariff_wedge: {2026: 3}}}
"""
TEXTS = [WHOLE, *((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8") for name in shipped_names())]
SPICE = [
    "null", "~", "[]", "{}", "[1]", "{a: 1}", "-1", "1e400", ".nan", ".inf", "true", "NO", '"x"', "2030Q1", "2030",
    "!x 1", "*robots", "&a", "<<: ", "? ", ": ", "- ", "\t", "\n", '"\\0"', '"\\ud800"', '"\\UFFFFFFFF"', "'", "[[",
    "1e-320", "9" * 30, "-0.0", "é", "\u2028", "\x85", "kind", "robots", "..", "/etc/passwd", "robot_lift", "|", ">-",
    "{uniform: [1, 2]}", "variants", "extends: baseline.yaml\n", "format", "run.years", "drivers.carbon_price.2035",
    "%YAML 9.9\n---\n", "{en: a, sv: b}", "\ufeff", "'{kind: export_start}'", "baseline.yaml", "}}", "0x1F", "%",
    "extends: nowhere.yaml\n", "*none", "./mine", "\n---\n", "{<<: *none}",
]  # fmt: skip


def loaded(path: Path, **keywords: object) -> Scenario | None:
    """The scenario, or None if the loader has said in both languages why there is none."""
    try:
        return load(str(path), **keywords)
    except ScenarioError as error:
        if not all(problem.message.en and problem.message.sv for problem in error.problems) or not error.said("sv"):
            raise AssertionError("a problem without words") from error
        return None


def survives(path: Path, content: bytes, **keywords: object) -> None:
    path.write_bytes(content)
    scenario = loaded(path, **keywords)
    if scenario is not None:
        path.write_text(scenario.to_yaml(), encoding="utf-8")
        again = load(str(path))
        assert (again.digest, again.to_yaml()) == (scenario.digest, scenario.to_yaml())


ANY_TEXT = st.text(max_size=300).map(lambda text: f"format: 1\n{text}".encode("utf-8", "replace"))
ANY_BYTES = st.binary(max_size=300) | ANY_TEXT


@settings(max_examples=100, suppress_health_check=RELAXED)
@given(text=damaged(TEXTS, SPICE), variant=st.sampled_from((None, None, "one", "none")))
def test_that_a_damaged_scenario_is_refused_or_understood(tmp_path, text, variant):
    survives(tmp_path / "x.yaml", text.encode("utf-8", "surrogatepass"), variant=variant)


@settings(max_examples=60, suppress_health_check=RELAXED)
@given(content=ANY_BYTES)
def test_that_any_bytes_are_refused_or_understood(tmp_path, content):
    survives(tmp_path / "x.yaml", content)


WORDS = st.text(max_size=8) | st.sampled_from(SPICE)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
SECTIONS = (
    "interventions.robots", "interventions.robots.capacity", "uncertainty.run.years", "uncertainty", "variants.one",
    "drivers.carbon_price", "drivers.carbon_price.2030", "targets.employment", "record.by", "extends", "format",
)  # fmt: skip
PATHS = st.sampled_from(sorted(VOCABULARY.paths()) + list(SECTIONS)) | st.text(max_size=20)


@settings(max_examples=60, suppress_health_check=RELAXED)
@given(overrides=st.dictionaries(PATHS, VALUES, max_size=3))
def test_that_any_overrides_are_refused_or_understood(tmp_path, overrides):
    survives(tmp_path / "x.yaml", WHOLE.encode(), overrides=overrides)


@settings(max_examples=200)
@given(texts=st.lists(st.text(max_size=30), max_size=3))
def test_that_any_settings_are_refused_or_read(texts):
    with contextlib.suppress(ScenarioError):
        assert isinstance(read_settings(texts), dict)


@pytest.mark.slow
@settings(max_examples=2500, suppress_health_check=RELAXED)
@given(text=damaged(TEXTS, SPICE), variant=st.sampled_from((None, "one")))
def test_that_thousands_of_damaged_scenarios_are_refused_or_understood(tmp_path, text, variant):
    survives(tmp_path / "x.yaml", text.encode("utf-8", "surrogatepass"), variant=variant)


@pytest.mark.slow
@settings(max_examples=2000, suppress_health_check=RELAXED)
@given(content=ANY_BYTES)
def test_that_thousands_of_byte_strings_are_refused_or_understood(tmp_path, content):
    survives(tmp_path / "x.yaml", content)
