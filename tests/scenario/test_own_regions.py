"""A region may be a folder of one's own, beside the scenario."""

import os
import pickle
import re
import shutil
from pathlib import Path

import pytest

from simulator.region.facts import DATA
from simulator.scenario import check, load, revised

TEXT = "region: {name: %s}\nrun: {years: 3}"


@pytest.fixture
def mine(tmp_path) -> Path:
    """A folder of region data that can be changed."""
    return Path(shutil.copytree(DATA / "undervisning", tmp_path / "mine"))


def test_that_a_region_beside_the_scenario_is_the_same_wherever_it_lies(mine, write, tmp_path, monkeypatch):
    shipped = load(write(TEXT % "undervisning"))
    own = load(write(TEXT % "./mine"))
    assert own.region.name == str(mine)
    assert own.digest == load(write(TEXT % mine)).digest == shipped.digest
    assert own.digest == load(write(own.to_yaml().encode(), "elsewhere/again.yaml")).digest
    write(TEXT % "./mine", "base.yaml")
    assert load(write("extends: base.yaml")).digest == own.digest
    assert (
        load(write(TEXT % "undervisning" + "\nvariants: {a: {region.name: mine/}}"), variant="a").region == own.region
    )
    monkeypatch.chdir(tmp_path.parent)
    assert load(write("run: {years: 3}"), {"region.name": f"{tmp_path.name}/mine"}).digest == own.digest
    assert pickle.loads(pickle.dumps(own)).digest == own.digest
    assert revised(own, {"run.years": 3}).digest == own.digest


def test_that_a_measure_for_industries_that_a_region_lacks_is_a_warning(mine, write):
    for file in mine.iterdir():
        if file.suffix == ".csv":
            file.write_text(re.sub(r"\b(wood|pulp_paper|food|chemicals_minerals)\b", r"my_\1", file.read_text("utf-8")))
    text = TEXT % "./mine" + "\ninterventions: {bio: {kind: bio_testbeds}, homes: {kind: green_building}}"
    (warning,) = check(write(text))
    assert warning.path == "interventions.bio"
    assert "none of the industries that it is for is in the region" in warning.said("en")
    own = load(write(text))
    assert [measure.target.industries for measure in own.measures] == [(), ("metal_goods",)]
    assert load(write(own.to_yaml().encode(), "again.yaml")).digest == own.digest


def test_that_other_data_is_another_digest_at_once(mine, write):
    path = write(TEXT % "./mine")
    before = load(path).digest
    constants = mine / "constants.csv"
    constants.write_text(constants.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load(path).digest != before


def test_that_faults_of_the_data_stand_among_those_of_the_scenario(mine, write, told):
    (mine / "counties.csv").write_text("code;name\n", encoding="utf-8")
    lines = told(write("region: {name: ./mine}\nrun: {years: -1}\ninterventions: {a: {kind: robot_lift, capasity: 1}}"))
    assert any(line.startswith("mine/counties.csv:1:") for line in lines)
    assert any(line.startswith("mine.yaml:3:14: run.years") for line in lines)
    assert any(line.startswith("mine.yaml:4:39: interventions.a.capasity") for line in lines)
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", ["../outside", "./link", "./mine/../../outside", "../nowhere"])
def test_that_a_relative_path_stays_in_the_scenarios_folder(name, mine, write, told, tmp_path):
    shutil.copytree(mine, tmp_path.parent / "outside", dirs_exist_ok=True)
    (tmp_path / "link").symlink_to(tmp_path.parent / "outside")
    (line,) = told(write(TEXT % name))
    assert line == (
        f"mine.yaml:2:16: region.name: {name} lies elsewhere; "
        "a folder inside the scenario's own, such as ./my-region, or a full path"
    )


def test_that_a_folder_that_is_missing_or_named_without_its_path_is_told(mine, write, told):
    assert "region.name: no such folder: ./mein; a folder inside" in told(write(TEXT % "./mein"))[0]
    assert "no such folder" in told(write(TEXT % f"./{'x' * 5000}"))[0]
    assert "region.name: no region mine; write ./mine for the folder" in told(write(TEXT % "mine"))[0]
    (mine.parent / "round").symlink_to("round")
    assert "no such folder" in told(write(TEXT % "./round"))[0]
    (line,) = told(write(""), {"region.name": "./nowhere"})
    assert line.startswith('--set region.name="./nowhere": region.name: no such folder: ./nowhere')


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_that_a_pipe_among_the_tables_is_told_and_not_waited_for(mine, write, told):
    (mine / "anchors.csv").unlink()
    os.mkfifo(mine / "anchors.csv")
    assert "mine/anchors.csv:1:1: not an ordinary file; a file" in told(write(TEXT % "./mine"))
