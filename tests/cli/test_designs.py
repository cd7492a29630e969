"""Designs on the command line: check, schema, explain."""

import json

import pytest

from simulator.cli import main
from simulator.cli.glossary import found
from simulator.ensemble.designs.design_shape import KEYS, design_schema_text


def said(capsys, *words: str) -> tuple[int, str, str]:
    code = main([*words])
    return (code, *capsys.readouterr())


def test_that_check_takes_designs_and_scenarios_alike(capsys, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nkind: design\nscenario: baseline.yaml\nfactors: {drivers.exchange_rate: [50]}\n")
    code, out, err = said(capsys, "check", "baseline", "designs/dose-response", str(bad), "--lang", "en")
    assert code == 1
    assert out == "baseline: good\ndesigns/dose-response: good\n"
    assert "bad.yaml:4:35: factors.drivers.exchange_rate: 50 is too large" in err


def test_that_a_design_taken_for_a_scenario_is_answered_with_the_verb_for_it(capsys):
    code, _, err = said(capsys, "show", "designs/coordination", "--lang", "sv")
    assert code == 1
    assert "detta är en försöksplan, inget scenario; använd kommandot batch" in err


def test_that_the_schema_of_designs_is_printed(capsys):
    assert said(capsys, "schema", "--design") == (0, design_schema_text(), "")
    schema = json.loads(design_schema_text())
    assert set(KEYS) < set(schema["properties"])
    assert schema["required"] == ["format", "kind"]


@pytest.mark.parametrize("key", KEYS)
def test_that_every_key_of_a_design_is_explained_in_both_languages(capsys, key):
    assert found(f"design.{key}")
    english, swedish = (said(capsys, "explain", f"design.{key}", "--lang", language)[1] for language in ("en", "sv"))
    assert english != swedish
