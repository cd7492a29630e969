"""The shipped regions: what the folders say arrives in the arrays, with a source for every figure."""

import csv
from pathlib import Path

import numpy as np
import pytest

from simulator.region.facts import DATA, LIMITS, Constants, Region, available_regions, load_region
from simulator.region.geography import zone_minutes
from simulator.region.problems import RegionError
from simulator.region.provenance import OUTLINE_COLUMN, Figure, sourced_columns
from simulator.region.schemas import CONFIDENCE, OUTLINES, SCHEMAS

HOME = "norra-mellansverige"
SCHOOL = "undervisning"


@pytest.fixture(scope="module")
def home() -> Region:
    return load_region(HOME)


def test_that_both_regions_come_with_the_program() -> None:
    assert available_regions() == [HOME, SCHOOL]


def test_that_the_home_region_has_its_places_and_employers(home: Region) -> None:
    assert (len(home.county_codes), len(home.codes), len(home.zone_names), len(home.industries.codes)) == (
        3,
        41,
        16,
        12,
    )
    assert dict(zip(home.county_names, np.bincount(home.county), strict=True)) == {
        "Dalarna": 15, "Gävleborg": 10, "Värmland": 16,
    }  # fmt: skip
    assert home.rural.sum() == 28
    assert len(home.anchors.names) == 36
    assert home.anchors.employees.sum() == 26_315
    assert home.county_employees.tolist() == [20_000, 19_500, 17_500]
    assert home.zone_names[home.zone[home.names.index("Storfors")]] == "Karlstad"


def test_that_populations_add_up_to_the_official_county_totals(home: Region) -> None:
    assert np.bincount(home.county, home.population).tolist() == [287_253, 285_642, 283_548]


def test_that_left_out_employers_are_in_the_file_but_not_in_the_region(home: Region) -> None:
    with (DATA / HOME / "anchors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    left_out = {row["name"] for row in rows} - set(home.anchors.names)
    assert left_out == {"Clas Ohlson", "Lyko Online", "Stora Enso Kvarnsveden", "Syntronic"}
    assert all(row["reason_en"] and row["reason_sv"] for row in rows if row["name"] in left_out)


def test_that_the_teaching_region_has_other_counts_and_says_that_it_is_invented() -> None:
    school = load_region(SCHOOL)
    assert (len(school.county_codes), len(school.codes), len(school.zone_names)) == (2, 6, 4)
    assert school.fictional
    assert "fictional" in school.title.en.lower()
    assert "påhittad" in school.title.sv.lower()
    assert not set(school.names) & set(load_region(HOME).names)


@pytest.mark.parametrize("name", available_regions())
def test_that_travel_times_are_symmetric_and_shortest_at_home(name: str) -> None:
    region = load_region(name)
    np.testing.assert_allclose(region.minutes, region.minutes.T, rtol=1e-6)
    np.testing.assert_allclose(region.zone_minutes, region.zone_minutes.T, rtol=1e-5)
    own = 8 + 1.3 * 0.4 * np.sqrt(region.area) / 70 * 60
    np.testing.assert_allclose(np.diag(region.minutes), own, rtol=1e-5)
    assert region.minutes.min() > 8


def test_that_known_journeys_take_about_as_long_as_by_road(home: Region) -> None:
    at = home.names.index
    assert home.minutes[at("Falun"), at("Borlänge")] == pytest.approx(27, abs=3)
    assert home.minutes[at("Karlstad"), at("Gävle")] == pytest.approx(285, abs=15)


def test_that_a_zone_of_one_municipality_keeps_its_own_travel_time() -> None:
    minutes = np.array([[10.0, 30.0], [30.0, 12.0]])
    np.testing.assert_allclose(zone_minutes(minutes, np.array([1, 0]), np.array([5.0, 9.0]), 2), [[12, 30], [30, 10]])


def test_that_a_missing_count_takes_the_countys_trend_and_is_flagged(home: Region) -> None:
    county = home.county_codes.index("21")
    unknown = home.trend_assumed
    assert set(home.county[unknown]) == {county}
    assert unknown.sum() == 6
    np.testing.assert_allclose(home.population_trend[unknown], home.county_trend[county])
    assert home.population_trend[home.names.index("Storfors")] < -0.01
    assert home.population_trend[home.names.index("Karlstad")] > 0


def test_that_industry_numbers_are_those_of_the_table_and_derived_ones_follow(home: Region) -> None:
    industries = home.industries
    assert industries.manufacturing.tolist() == [True] * 10 + [False] * 2
    np.testing.assert_allclose(industries.composition.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(industries.sales_capacity[0], 780 / 0.40 / 4, rtol=1e-6)
    np.testing.assert_allclose(industries.material_intensity[4], 0.68 * 0.72, rtol=1e-6)
    np.testing.assert_allclose(industries.labour_share, [0.66] * 10 + [0.74] * 2, rtol=1e-6)
    spent = industries.value_added_share + industries.material_intensity
    assert (spent < 1).all()


def test_that_hubs_stand_where_the_file_says_and_serve_its_industries(home: Region) -> None:
    hubs, at = home.hubs, home.hubs.names.index("LignoCity")
    assert hubs.kinds.count("university") == 3
    assert home.names[hubs.municipality[at]] == "Kristinehamn"
    assert home.county_names[hubs.county[at]] == "Värmland"
    assert {home.industries.codes[place] for place in np.flatnonzero(hubs.fields[at])} == {
        "wood", "pulp_paper", "chemicals_minerals",
    }  # fmt: skip
    assert hubs.fields[hubs.names.index("Karlstads universitet")].all()
    assert hubs.slots.min() > 0
    assert set(hubs.county.tolist()) == {0, 1, 2}


def test_that_business_research_is_the_mean_of_two_surveys(home: Region) -> None:
    assert dict(zip(home.county_names, home.business_rd.tolist(), strict=True)) == {
        "Dalarna": (1323 + 1302) / 2, "Gävleborg": (867 + 1410) / 2, "Värmland": (830 + 740) / 2,
    }  # fmt: skip


def test_that_the_bioeconomy_is_food_wood_paper_and_chemicals(home: Region) -> None:
    codes = np.array(home.industries.codes)[home.industries.bioeconomy]
    assert codes.tolist() == ["wood", "pulp_paper", "food", "chemicals_minerals"]


def test_that_facts_cannot_be_changed(home: Region) -> None:
    for array in (home.minutes, home.population, home.county, home.rural, home.firm_prior, home.anchors.zone):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("name", available_regions())
def test_that_every_figure_has_source_year_and_confidence(name: str) -> None:
    region = load_region(name)
    for file, schema in SCHEMAS.items():
        if file == "sources.csv" or not (DATA / name / file).exists():
            continue
        with (DATA / name / file).open(encoding="utf-8") as text:
            for row in csv.DictReader(text):
                key = "/".join(row[column] for column in schema.key)
                for column in sourced_columns(schema):
                    if row[column]:
                        source = region.figures[Figure(file, column, key)]
                        assert source.source
                        assert 1900 <= source.year <= 2100
                        assert source.confidence in CONFIDENCE
    assert any(source.file == OUTLINES and OUTLINE_COLUMN in source.columns for source in region.sources)


def test_that_every_numeric_column_counts_as_a_figure() -> None:
    for schema in SCHEMAS.values():
        bare = [name for name, column in schema.columns.items() if column.number and not column.figure]
        assert set(bare) <= {"year"}, bare


def test_that_grades_follow_the_rows_they_are_said_of(home: Region) -> None:
    def grade(code: str) -> str:
        return home.figures[Figure("municipalities.csv", "population_2023", code)].confidence

    assert (grade("1780"), grade("2080"), grade("2180"), grade("2184")) == ("A", "B", "D", "B")


def test_that_the_firm_prior_is_marked_synthetic_and_statistics_are_not(home: Region) -> None:
    assert {source.file for source in home.synthetic} == {"firm_counts.csv"}
    assert home.figures[Figure("firm_counts.csv", "firms", "20/wood_16/1-9")].synthetic
    assert not home.figures[Figure("municipalities.csv", "population_2023", "1780")].synthetic


def test_that_everything_invented_is_marked_in_the_teaching_region() -> None:
    files = {source.file for source in load_region(SCHOOL).synthetic}
    assert {"municipalities.csv", "counties.csv", "firm_counts.csv", "anchors.csv", "outlines.geojson"} <= files


@pytest.mark.parametrize("name", available_regions())
def test_that_every_municipality_has_an_outline_around_its_seat(name: str) -> None:
    region = load_region(name)
    for place, rings in enumerate(region.outlines):
        low, high = rings[0].min(axis=0), rings[0].max(axis=0)
        assert (low - 0.05 < [region.lon[place], region.lat[place]]).all(), region.names[place]
        assert ([region.lon[place], region.lat[place]] < high + 0.05).all(), region.names[place]


def test_that_manufacturing_estimates_follow_the_workplaces_counted_in_varmland(home: Region) -> None:
    with (DATA / HOME / "industry_workplaces_check.csv").open(encoding="utf-8") as file:
        counted = {row["municipality_code"]: int(row["workplaces"]) for row in csv.DictReader(file)}
    employees = [home.manufacturing_employees[home.codes.index(code)] for code in counted]
    assert len(counted) == 16
    assert np.corrcoef(employees, list(counted.values()))[0, 1] > 0.7


def test_that_constants_and_their_limits_name_the_same_things() -> None:
    assert tuple(LIMITS) == Constants._fields


def test_that_the_digest_follows_the_data_and_not_the_line_ends(tmp_path: Path, home: Region) -> None:
    for file in (DATA / HOME).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "remarks.txt").write_text("not data", encoding="utf-8")
    copy = load_region(tmp_path)
    assert copy.digest == home.digest
    np.testing.assert_array_equal(copy.population, home.population)
    counties = tmp_path / "counties.csv"
    counties.write_text(counties.read_text(encoding="utf-8").replace("-0.21", "-0.22"), encoding="utf-8")
    assert load_region(tmp_path).digest != home.digest


@pytest.mark.parametrize("name", ["norra-melansverige", "nowhere", "", "x" * 5000, "zero\0byte"])
def test_that_an_unknown_region_is_named_with_what_there_is(name: str) -> None:
    with pytest.raises(RegionError) as caught:
        load_region(name)
    if name == "norra-melansverige":
        assert "did you mean 'norra-mellansverige'?" in caught.value.said("en")
        assert "menade du 'norra-mellansverige'?" in caught.value.said("sv")


def test_that_no_place_employer_or_industry_is_written_into_the_code() -> None:
    """The catalogue of measures names industries that they are for; a region that lacks one is told so."""
    package = DATA.parents[1]
    code = {
        path: "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if ">>>" not in line)
        for path in package.rglob("*.py")
        if path.parent.name != "interventions"
    }
    for region in map(load_region, available_regions()):
        names = {
            *region.names,
            *region.county_names,
            *region.zone_names,
            *region.anchors.names,
            *region.industries.codes,
        }
        names |= {name.en for name in region.industries.names}
        found = [(path.name, name) for path, text in code.items() for name in sorted(names) if f'"{name}"' in text]
        assert not found
