"""Results with labelled axes: what is read is what was written, pairs share their luck, refusals say why."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.delivery.ledger import SPENT
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.plan import Case, Keep
from simulator.ensemble.results import opening
from simulator.ensemble.results.pairing import PairingError, PairingWarning
from simulator.ensemble.results.result import Result, UnknownError
from simulator.ensemble.statistics import estimate
from simulator.ensemble.storage.disk import StoreError, fingerprint, read_signed, signed
from simulator.ensemble.storage.netcdf import read_header
from simulator.ensemble.storage.store import write_run
from tests.ensemble import made
from tests.ensemble.batches.test_folder import TAMPERED, other_plan
from tests.indicators.sample import recorded

POINT, OTHER, BASELINE = (case.name for case in made.plan().cases)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("result") / "kö rning åäö"
    made.folder(path, fail=(4,))
    return path


@pytest.fixture
def folder(written, tmp_path):
    return Path(shutil.copytree(written, tmp_path / "Körning Å"))


@pytest.fixture(scope="module")
def result(written):
    return Result.load(written)


def expected(number, indicator, cell=0):
    return made.run(made.plan(), number).series[indicator][:, cell]


def test_that_every_value_is_where_its_labels_say(result):
    assert result.cases == (POINT, OTHER, BASELINE)
    assert result.seeds == made.plan().seeds
    assert result.quarters == ("2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4")
    for indicator in made.KEPT:
        cells = result.cells(indicator)
        assert cells[0] == "region"
        for place, cell in enumerate(cells):
            values = result.values(indicator, cell)
            assert values.shape == (3, 5, 5)
            for number in range(15):
                seed, case = divmod(number, 3)
                if number == 4:
                    assert np.isnan(values[case, seed]).all()
                else:
                    np.testing.assert_array_equal(values[case, seed], expected(number, indicator, place))


def test_that_units_and_words_come_from_the_file(result):
    assert (result.unit("advanced_digital"), result.label("leverage").sv) == ("%", made.INDICATORS["leverage"].text.sv)
    assert result.cell_label("advanced_digital", "county=gavleborg").sv == "Gävleborg"
    assert result.title == "Åtgärder"


def test_that_a_case_alone_keeps_its_axis(result):
    one = result.values("advanced_digital", "county=dalarna", OTHER)
    np.testing.assert_array_equal(one, result.values("advanced_digital", "county=dalarna")[[1]])


def test_that_the_order_of_a_cells_parts_does_not_matter(tmp_path):
    made.folder(tmp_path / "out", made.plan(by=("county", "size_class")))
    found = Result.load(tmp_path / "out")
    one, two = "county=dalarna,size_class=10-49", "size_class=10-49,county=dalarna"
    np.testing.assert_array_equal(found.values("advanced_digital", one), found.values("advanced_digital", two))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda result: result.values("advanced_digitl"), "did you mean advanced_digital"),
        (lambda result: result.values("leverage", "county=dalarn"), "did you mean county=dalarna"),
        (lambda result: result.values("leverage", case="strategy/2"), "no case strategy/2"),
        (lambda result: result.band("leverage", municipality="falun"), "no cell of leverage municipality=falun"),
    ],
)
def test_that_what_is_not_there_is_named_with_what_was_meant(result, ask, words):
    with pytest.raises(UnknownError, match="in this result") as refused:
        ask(result)
    assert words in refused.value.text().en
    assert str(refused.value) == refused.value.text().en


def test_that_a_band_holds_the_runs_of_its_cases(result):
    values = result.values("leverage", "county=dalarna")
    band = result.band("leverage", (0.25, 0.75), POINT, county="dalarna")
    np.testing.assert_allclose(band[:, 1:], np.quantile(values[0][:, 1:], (0.25, 0.75), axis=0))
    both = result.band("leverage", (0.5,), [POINT, BASELINE], county="dalarna")
    np.testing.assert_allclose(both[0, 1:], np.median(values[[0, 2]].reshape(-1, 5)[:, 1:], axis=0))


def test_that_runs_are_paired_with_their_own_baseline_on_the_same_seed(result):
    found = result.minus()
    assert found.cases == (POINT, OTHER)
    levels = result.values("advanced_digital")
    np.testing.assert_array_equal(found.values("advanced_digital"), levels[[0, 1]] - levels[[2, 2]])
    assert found.status[1, 1] == -1
    assert estimate(found.last_year("advanced_digital", case=POINT)).runs == 5
    assert estimate(found.last_year("advanced_digital", case=OTHER)).runs == 4
    with pytest.raises(PairingError, match="baseline"):
        found.minus()


def test_that_the_last_year_is_the_same_however_it_is_read(result):
    for each in (result, result.minus()):
        for cell in ("", "county=dalarna"):
            values = each.values("advanced_digital", cell)
            known = ~np.isnan(values[..., 1:])
            mean = np.where(known.any(axis=-1), np.where(known, values[..., 1:], 0).sum(axis=-1), np.nan)
            np.testing.assert_allclose(
                each.last_year("advanced_digital", cell), mean / np.maximum(known.sum(axis=-1), 1)
            )


def test_that_money_is_summed_over_what_a_case_has(result):
    outlay = result.outlay()
    assert outlay.shape == (3, 5, len(result.axes.years), len(result.axes.measures))
    np.testing.assert_array_equal(outlay[0, 2].T, made.run(made.plan(), 6).outlay)
    money = result.money()
    assert np.isnan(money[1, 1])
    assert money[0, 2] == pytest.approx(made.run(made.plan(), 6).outlay.sum())
    np.testing.assert_allclose(result.minus().money()[0], money[0] - money[2])
    assert result.money("coordination")[0, 0] == 7.5


def other_batch(path, name="other", **changes):
    plan = made.plan()
    cases = (Case(name, 0, {}, None), *(changes.pop("more", ())))
    return Result.load(made.folder(path, replace(plan, cases=cases, factors=(), **changes)).path)


def test_that_another_result_is_paired_by_seed(tmp_path, result):
    other = other_batch(tmp_path / "other", seeds=(13, 99, 11))
    found = result.minus(other)
    assert (found.cases, found.seeds, found.warnings) == ((POINT, OTHER), (11, 13), ())
    ours, theirs = result.values("leverage"), other.values("leverage")
    np.testing.assert_array_equal(found.values("leverage"), ours[[0, 1]][:, [0, 2]] - theirs[[0, 0]][:, [2, 0]])
    np.testing.assert_array_equal(
        found.last_year("leverage"), (result.last_year("leverage")[:2, [0, 2]] - other.last_year("leverage")[:, [2, 0]])
    )


def test_that_several_cases_are_paired_by_value_then_by_name(tmp_path, result):
    more = (Case("there/7", 0, {"governance.mapping": 0.8}, None), Case(POINT, 0, {"governance.mapping": 0.9}, None))
    other = other_batch(tmp_path / "other", more=more)
    found = result.minus(other)
    levels, theirs = result.values("leverage"), other.values("leverage")
    assert found.cases == (POINT, OTHER)
    np.testing.assert_array_equal(found.values("leverage"), levels[[0, 1]] - theirs[[2, 1]])


def test_that_runs_of_other_length_and_breakdown_are_compared_where_both_have_something(tmp_path, result):
    longer = {"run.years": 2}
    plan = made.plan(by=("county", "size_class"))
    plan = replace(plan, cases=(Case("longer", 0, longer, None),), factors=())
    other = Result.load(made.folder(tmp_path / "longer", plan).path)
    found = result.minus(other)
    assert found.quarters == result.quarters
    assert found.cells("advanced_digital") == result.cells("advanced_digital")
    ours, theirs = result.values("leverage", "county=dalarna")[0], other.values("leverage", "county=dalarna")[0]
    np.testing.assert_array_equal(found.values("leverage", "county=dalarna")[0], ours - theirs[:, :5])
    mean = (ours - theirs[:, :5])[:, 1:].mean(axis=1)
    np.testing.assert_allclose(found.last_year("leverage", "county=dalarna")[0], mean)
    region = result.values("leverage")[0] - other.values("leverage")[0][:, :5]
    np.testing.assert_allclose(found.last_year("leverage")[0], region[:, 1:].mean(axis=1))


@pytest.mark.parametrize(
    ("changes", "words", "swedish"),
    [
        ({"seeds": (98, 99)}, "no seed", "inget frö"),
        ({"keep": Keep(("employment",), ())}, "no indicator", "ingen indikator"),
        ({"more": (Case("x", 0, {"governance.mapping": 0.3}, None),)}, "no case of one result", "inget fall"),
        ({"cases": (Case("other", 0, {"region.seed": 4}, None),)}, "must be the same", "måste vara lika"),
        ({"cases": (Case("other", 0, {"parameters.green.taste_scale": 0.5}, None),)}, "must be the same", "lika"),
        ({"cases": (Case("other", 0, {"run.start": "2040Q1"}, None),)}, "no quarter", "inget kvartal"),
    ],
)
def test_that_what_cannot_be_paired_is_refused(tmp_path, result, changes, words, swedish):
    if "cases" in changes:
        other = Result.load(made.folder(tmp_path / "other", replace(made.plan(), factors=(), **changes)).path)
    else:
        other = other_batch(tmp_path / "other", **changes)
    with pytest.raises(PairingError, match=words) as refused:
        result.minus(other)
    assert swedish in refused.value.text().sv


def test_that_pairs_of_which_no_run_is_done_are_refused(tmp_path, result):
    other = made.folder(
        tmp_path / "other", replace(made.plan(), cases=(Case("other", 0, {}, None),), factors=()), fail=tuple(range(5))
    )
    with pytest.raises(PairingError, match="no pair of runs is done"):
        result.minus(Result.load(other.path))


@pytest.mark.parametrize(
    ("change", "words", "swedish"),
    [
        (lambda about: about["versions"].update({"transition-simulator": "9.9"}), "versions 0.1.0 and 9.9", "version"),
        (lambda about: about.update(luck_digest="other"), "luck", "slump"),
        (lambda about: about["prints"][0].update(drivers="other"), "not policy alone", "inte bara politiken"),
    ],
)
def test_that_pairing_what_differs_in_more_than_policy_warns(folder, result, change, words, swedish):
    about = read_signed(folder / "manifest.json")
    change(about)
    (folder / "manifest.json").write_bytes(signed(about))
    with pytest.warns(PairingWarning, match=words):
        found = result.minus(Result.load(folder))
    assert any(words in text.en and swedish in text.sv for text in found.warnings)


def test_that_a_result_of_another_version_says_so(folder, monkeypatch):
    assert Result.load(folder).warnings == ()
    monkeypatch.setattr(opening, "__version__", "9.9")
    assert "9.9" in Result.load(folder).warnings[0].sv


def test_that_a_result_is_read_although_its_scenario_means_something_else_today(folder, monkeypatch):
    about = read_signed(folder / "manifest.json")
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    plan["scenarios"][0]["digest"] = "of another program"
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    about["files"]["plan.json"] = fingerprint((folder / "plan.json").read_bytes())
    (folder / "manifest.json").write_bytes(signed(about))
    with pytest.raises(StoreError, match="no longer the scenario that was planned"):
        BatchFolder.open(folder)
    assert Result.load(folder).values("leverage").shape == (3, 5, 5)


def test_that_missing_chunks_are_missing_values(folder):
    (folder / "chunks" / "000000.nc").unlink()
    (folder / "chunks" / "000003.json").unlink()
    found = Result.load(folder)
    assert found.seeds == (11, 12, 13, 14)
    assert found.status.tolist() == [[0, 0, 1, 1], [0, -1, 1, 1], [0, 1, 1, 1]]
    np.testing.assert_array_equal(np.isnan(found.last_year("leverage")), found.status != 1)


@pytest.mark.parametrize(("tamper", "english", "swedish"), [case for case in TAMPERED if case[0] is not other_plan])
def test_that_a_folder_that_was_changed_or_is_something_else_is_refused(folder, tamper, english, swedish):
    tamper(folder)
    with pytest.raises(StoreError, match=english) as refused:
        Result.load(folder)
    assert swedish in refused.value.text().sv


def flip(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("chunk", [0, 2])
def test_that_every_byte_is_verified_when_asked_for(folder, chunk):
    path = folder / "chunks" / f"00000{chunk}.nc"
    for place in range(2000, path.stat().st_size, 997):
        before = path.read_bytes()
        flip(path, place)
        with pytest.raises(StoreError, match=f"00000{chunk}.nc: cut off or changed"):
            Result.load(folder, verify=True)
        path.write_bytes(before)


@pytest.mark.parametrize("chunk", [0, 2])
@pytest.mark.parametrize("name", [*made.KEPT, "last_year", "outlay", "header"])
def test_that_no_changed_number_is_ever_handed_out(folder, chunk, name):
    path = folder / "chunks" / f"00000{chunk}.nc"
    one = read_header(path.read_bytes()).variables.get(name)
    flip(path, 200 if one is None else one.begin + one.size // 2)

    def read():
        found = Result.load(folder)
        if name == "outlay":
            return found.outlay()
        return found.ends(name) if name == "last_year" else found.values(name if one else made.KEPT[0])

    with pytest.raises(StoreError, match=f"00000{chunk}.nc: cut off or changed"):
        read()


def test_that_a_truncated_chunk_is_refused(folder):
    path = folder / "chunks" / "000001.nc"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreError, match="000001\\.nc: cut off or changed"):
        Result.load(folder)


def test_that_a_batch_without_runs_says_so(tmp_path):
    BatchFolder.create(tmp_path / "out", made.plan())
    with pytest.raises(StoreError, match="no run is done yet") as refused:
        Result.load(tmp_path / "out")
    assert "ingen körning är klar" in refused.value.text().sv


@pytest.fixture
def single(tmp_path):
    results = recorded(quarters=5).recorder.results()
    about = {
        "title": "Ett", "scenario": "scenarios/strategy.yaml", "variant": "v", "seed": 12, "seconds": 0.5,
        "result_digest": results.digest(), "luck_digest": opening.luck_digest(),
        "versions": {"transition-simulator": opening.__version__},
    }  # fmt: skip
    ledger = (["measure", *(f"{name}_kSEK" for name in SPENT)], [["a", *range(9)]])
    return write_run(tmp_path / "run", "format: 1\n", about, results, {"ledger": ledger}), results


def test_that_a_single_run_is_a_result_too(single, result):
    folder, results = single
    found = Result.load(folder)
    assert (found.cases, found.seeds, found.digest) == (("strategy/v",), (12,), results.digest())
    assert set(found.indicators) == set(results.series)
    for name, series in results.series.items():
        for cell in series.cells[:4]:
            key = ",".join(f"{dimension}={label}" for dimension, label in cell)
            np.testing.assert_array_equal(found.values(name, key)[0, 0], series.of(**dict(cell)))
    assert found.money().tolist() == [[sum(range(9))]]
    assert found.last_year("employment")[0, 0] == results["employment"].of()[-4:].mean()
    with pytest.raises(PairingError):
        found.minus()


def test_that_an_edited_single_run_is_refused(single):
    folder, _ = single
    flip(folder / "series.nc", -20)
    with pytest.raises(StoreError, match="cut off or changed"):
        Result.load(folder)
    (folder / "series.nc").unlink()
    with pytest.raises(StoreError, match="no series here"):
        Result.load(folder)


def test_that_a_run_of_the_program_is_a_result(tmp_path, capsys):
    from simulator.cli import main

    words = ["run", "strategy", "--years", "1", "--set", "run.scale=0.05", "--out", str(tmp_path / "run"), "--quiet"]
    assert main(words) == 0
    found = Result.load(tmp_path / "run")
    assert found.money()[0, 0] > 0
    assert found.minus(found).values("employment").any() == 0
