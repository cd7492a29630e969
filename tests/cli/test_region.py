"""An analyst replaces the region's figures by own statistics, and is told what is wrong and what changes."""

import re
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.quantity import UNITS
from simulator.region.facts import available_regions, load_region
from simulator.region.guide import guide
from simulator.region.schemas import SCHEMAS


@pytest.fixture
def folder(tmp_path, capsys) -> Path:
    path = tmp_path / "mine"
    assert main(["region", "new", str(path), "--from", "undervisning"]) == 0
    capsys.readouterr()
    return path


def edited(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def test_that_a_new_folder_is_the_region_it_was_copied_from(folder):
    assert load_region(folder) == load_region("undervisning")
    assert (folder / "README.md").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_the_check_of_a_good_folder_counts_its_figures_by_confidence(folder, capsys, language):
    assert main(["region", "check", str(folder), "--lang", language]) == 0
    out = capsys.readouterr().out
    assert {"en": "good", "sv": "bra"}[language] in out
    assert "fictional" in out


def test_that_all_problems_of_all_files_are_told_at_once(folder, capsys):
    edited(folder, "counties.csv", "manufacturing_employees", "manufacturing_employes")
    edited(folder, "sectors.csv", "sector,industry", "sector;industry")
    edited(folder, "region.json", '"format": 1', '"format": 2')
    assert main(["region", "check", str(folder), "--lang", "sv"]) == 1
    err = capsys.readouterr().err
    for file in ("counties.csv:1:", "sectors.csv:1:", "region.json:"):
        assert file in err
    assert "okänd kolumn 'manufacturing_employes'; menade du 'manufacturing_employees'?" in err


def test_that_semicolons_are_named_as_what_is_wrong(folder, capsys):
    path = folder / "sectors.csv"
    path.write_text(path.read_text("utf-8").replace(",", ";"), "utf-8")
    assert main(["region", "check", str(folder), "--lang", "en"]) == 1
    assert "cells stand apart by semicolons; commas between cells" in capsys.readouterr().err


def test_that_a_folder_that_exists_is_never_written_over(folder, capsys):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(["region", "new", str(folder)]) == 1
    assert str(folder) in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]


def test_that_a_blank_folder_has_the_headers_and_no_figures(tmp_path, capsys):
    assert main(["region", "new", str(tmp_path / "blank"), "--blank"]) == 0
    for file, schema in SCHEMAS.items():
        assert (tmp_path / "blank" / file).read_text("utf-8") == ",".join(schema.columns) + "\n"
    assert main(["region", "check", str(tmp_path / "blank")]) == 1
    capsys.readouterr()


def test_that_the_difference_names_the_cell_and_what_it_changes(folder, capsys):
    edited(folder, "constants.csv", "services_firms,", "services_firms,1")
    low_high = re.search(r"services_firms,(\d+),firms,(\d+),(\d+)", (folder / "constants.csv").read_text("utf-8"))
    edited(folder, "constants.csv", f",firms,{low_high[2]},{low_high[3]}", f",firms,{low_high[2]},{low_high[1]}")
    assert main(["region", "diff", "undervisning", str(folder), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "constants.csv: services_firms, value:" in out
    assert re.search(r"Firms, [a-z]+ +firms +[\d,]+ +[\d,]+ +\+[\d,]+", out)


def test_that_equal_regions_have_the_same_first_population(folder, capsys):
    assert main(["region", "diff", "undervisning", str(folder), "--lang", "en"]) == 0
    assert "The first population is the same." in capsys.readouterr().out


def test_that_what_is_wrong_with_either_region_is_told(folder, capsys):
    edited(folder, "region.json", '"format": 1', '"format": 2')
    assert main(["region", "diff", "nowhere", str(folder), "--lang", "en"]) == 1
    err = capsys.readouterr().err
    assert "no region or folder 'nowhere'" in err
    assert "'format' does not fit" in err


def test_that_every_column_of_every_file_is_described_in_both_languages():
    for file, schema in SCHEMAS.items():
        for name, column in schema.columns.items():
            assert column.text.en, (file, name)
            assert column.text.sv, (file, name)
            assert column.unit == "" or column.unit in UNITS
        for language in ("en", "sv"):
            assert f"## {file}" in list(guide(language))


def test_that_shipped_regions_pass_the_check(capsys):
    for name in available_regions():
        assert main(["region", "check", name]) == 0
    capsys.readouterr()
