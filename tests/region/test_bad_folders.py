"""A folder with faults: all of them told at once, at their place, in both languages; never a traceback."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.region.facts import DATA, Region, load_region
from simulator.region.problems import Problem, RegionError

SERVICES_SPLIT = "services,technical_services,0.42\nservices,other_services,0.58\n"
FILES = sorted(path.name for path in (DATA / "undervisning").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "undervisning", tmp_path / "region"))


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(RegionError) as caught:
        load_region(folder)
    for language in ("en", "sv"):
        assert len(caught.value.said(language).splitlines()) == len(caught.value.problems)
    assert "Traceback" not in str(caught.value)
    return caught.value.problems


def swap(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_that_the_untouched_copy_is_sound(folder: Path) -> None:
    assert load_region(folder).name == "undervisning"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("municipalities.csv", "code,name", "code,nmae", 1, "unknown column 'nmae'; did you mean 'name'?"),
        ("municipalities.csv", "code,name", "name,code", 1, "another order"),
        ("municipalities.csv", ",seat", "", 1, "columns missing: seat"),
        ("municipalities.csv", "F2,Grankullen,F,", "F2,Grankullen,Q,", 3, "county_code 'Q' is not in counties.csv"),
        ("municipalities.csv", "F2,", "F1,", 3, "'F1' stands already on line 2"),
        ("municipalities.csv", "22000", "many", 2, "population_2023: 'many'; a whole number"),
        ("municipalities.csv", "22000", "-5", 2, "population_2023: '-5'; a whole number of at least 1"),
        ("municipalities.csv", "22000", "220.5", 2, "population_2023: '220.5'; a whole number"),
        ("municipalities.csv", "22000", "nan", 2, "population_2023: 'nan'"),
        ("municipalities.csv", "22000", "", 2, "population_2023 is empty"),
        ("municipalities.csv", "60.3,", "160.3,", 2, "lat: '160.3'; a number from -90 to 90"),
        ("municipalities.csv", "F1,Furuhamn", '"F1,Furuhamn', 2, "quotation marks do not close"),
        ("municipalities.csv", "F1,Furuhamn", "F1,Furuhamn,F", 2, "15 cells"),
        ("counties.csv", "1910", "5000", 2, "its municipalities have 1910, the county 5000"),
        ("counties.csv", "\nS,", "\nT,", 3, "county T has no municipality"),
        ("industries.csv", "0.66,0.17", "0.96,0.17", 2, "add up to 1.3"),
        ("industries.csv", ",manufacturing,", ",factory,", 2, "kind: 'factory'; allowed: manufacturing, services"),
        ("industries.csv", "780", "7,80", 2, "17 cells"),
        ("anchors.csv", "basic_metals", "basic_metal", 2, "did you mean 'basic_metals'?"),
        ("anchors.csv", ",F2,", ",F9,", 3, "municipality_code 'F9' is not in municipalities.csv"),
        ("anchors.csv", ",420,", ",0,", 2, "an anchor without employees"),
        ("anchors.csv", ",anchor,", ",ancor,", 2, "did you mean 'anchor'?"),
        ("anchors.csv", "nedlagt, exempel på en utelämnad rad", "", 6, "left out without a reason"),
        ("anchors.csv", "2026,fictional", "2026,sure", 2, "confidence: 'sure'"),
        ("anchors.csv", "2026,fictional", ",fictional", 2, "year is empty"),
        ("hubs.csv", ",F1,university", ",F9,university", 2, "municipality_code 'F9' is not in municipalities.csv"),
        ("hubs.csv", "university", "univercity", 2, "did you mean 'university'?"),
        ("hubs.csv", "wood pulp_paper", "woods pulp_paper", 5, "did you mean 'wood'?"),
        ("hubs.csv", ",2,all", ",-2,all", 2, "slots: '-2'; a number of at least 0"),
        ("hubs.csv", ",2,all", ",2,", 2, "industries is empty"),
        ("hubs.csv", "stalbadd", "hogskola", 4, "'hogskola' stands already on line 2"),
        ("counties.csv", ",120", ",", 2, "business_rd is empty"),
        ("counties.csv", ",120", ",-1", 2, "business_rd: '-1'; a number of at least 0"),
        ("sources.csv", "2026", "last year", 2, "year: 'last year'; a whole number from 1900 to 2100"),
        ("firm_counts.csv", "F,wood_16,1-9", "F,wood,1-9", None, "sector 'wood' is not in sectors.csv"),
        ("firm_counts.csv", "F,wood_16,1-9", "F,wood_16,1-8", None, "did you mean '1-9'?"),
        ("firm_counts.csv", "F,wood_16,1-9,10.5\n", "", 1, "no row for F, wood_16, 1-9"),
        ("firm_counts.csv", "F,wood_16,1-9,10.5", "F,wood_16,1-9,-10.5", None, "a number of at least 0"),
        ("firm_counts.csv", "F,wood_16,1-9", "F,services,1-9", None, "services stand in the prior"),
        ("sectors.csv", "0.96", "0.95", None, "add up to 0.99"),
        ("sectors.csv", SERVICES_SPLIT, "trade,technical_services,1\n", 1, "sector 'services' is missing"),
        ("constants.csv", "anchor_bonus", "ankar_bonus", None, "unknown constant 'ankar_bonus'"),
        ("constants.csv", "anchor_bonus,1.3", "anchor_bonus,1.9", None, "anchor_bonus is 1.9"),
        ("constants.csv", "services_share_2_9,0.8", "services_share_2_9,0.85", 1, "add up to 1.05"),
        ("sources.csv", "firm_counts.csv,firms", "firm_counts.csv,firm", None, "unknown column 'firm'"),
        ("sources.csv", "firm_counts.csv,firms", "firms.csv,firms", None, "unknown file 'firms.csv'"),
        ("sources.csv", "firm_counts.csv,firms,", "firm_counts.csv,firms,county=F", None, "where 'county=F'"),
        ("sources.csv", "counties.csv,manufacturing_employees ", "counties.csv,", None, "no source for manufact"),
        ("sources.csv", "outlines.geojson,geometry", "counties.csv,code", None, "no source for outlines.geojson"),
        ("region.json", '"fictional": true', '"fictional": "yes"', 12, "'fictional' does not fit; true or false"),
        ("region.json", '"fictional": true', '"fictonal": true', 12, "did you mean 'fictional'?"),
        ("region.json", '"format": 1', '"format": 2', 2, "'format' does not fit; the number 1"),
        ("region.json", '"format": 1,', '"format": 1', 3, "not JSON"),
        ("region.json", '"format": 1,', '"format": 1, "format": 1,', 1, "a key twice"),
        ("outlines.geojson", '"Polygon"', '"Point"', 1, "not a collection of outlines"),
        ("outlines.geojson", '"code":"F1"', '"code":"F7"', 2, "no outline of 'F1'"),
    ],
)  # fmt: skip
def test_that_a_fault_is_told_at_its_place(
    folder: Path, file: str, old: str, new: str, line: int | None, said: str
) -> None:
    swap(folder, file, old, new)
    found = problems(folder)
    assert any(said in problem.said("en") for problem in found), [problem.said("en") for problem in found]
    fitting = next(problem for problem in found if said in problem.said("en"))
    assert Path(fitting.file).parent == folder
    assert line is None or fitting.line == line
    assert fitting.what.sv
    assert fitting.allowed.sv


def test_that_line_and_column_point_at_the_cell(folder: Path) -> None:
    swap(folder, "municipalities.csv", "S3,Dimsjö,S,", '"S3",  Dimsjö,Q,')
    (problem,) = [problem for problem in problems(folder) if "'Q'" in problem.what.en]
    text = (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert text[problem.column - 1] == "Q"


def test_that_all_faults_are_told_at_once(folder: Path) -> None:
    swap(folder, "municipalities.csv", "22000", "many")
    swap(folder, "municipalities.csv", "4500", "-1")
    swap(folder, "anchors.csv", "basic_metals", "gold")
    swap(folder, "region.json", '"format": 1', '"format": 2')
    (folder / "counties.csv").unlink()
    said = "\n".join(problem.said("en") for problem in problems(folder))
    for part in ("'many'", "'-1'", "'gold'", "'format'", "counties.csv:1:1: cannot be read"):
        assert part in said


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xfe\x00bin\x00"),
        lambda path: path.write_text("{" * 100_000, encoding="utf-8"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["missing", "empty", "binary", "deep", "directory"],
)
def test_that_a_spoilt_file_is_named(folder: Path, file: str, spoil: Callable[[Path], object]) -> None:
    spoil(folder / file)
    assert any(Path(problem.file).name == file for problem in problems(folder))


def test_that_a_region_may_have_no_hubs_at_all(folder: Path) -> None:
    header = (folder / "hubs.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "hubs.csv").write_text(header + "\n", encoding="utf-8")
    region = load_region(folder)
    assert region.hubs.fields.shape == (0, len(region.industries.codes))


def test_that_a_table_without_rows_is_refused(folder: Path) -> None:
    header = (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "municipalities.csv").write_text(header + "\n", encoding="utf-8")
    assert any("no rows" in problem.what.en for problem in problems(folder))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=12))
def test_that_no_change_whatever_makes_anything_but_a_region_or_a_region_error(
    folder: Path, file: str, at: int, length: int, junk: bytes
) -> None:
    path = folder / file
    whole = path.read_bytes()
    start = at % (len(whole) + 1)
    path.write_bytes(whole[:start] + junk + whole[start + length :])
    try:
        with contextlib.suppress(RegionError):
            assert isinstance(load_region(folder), Region)
    finally:
        path.write_bytes(whole)
