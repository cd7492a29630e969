"""A batch folder: what is written comes back, whatever happens; what has been changed is refused."""

import csv
import errno
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.ensemble.batches import folder as folder_module
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.plan import Case, Keep
from simulator.ensemble.results.result import Result
from simulator.ensemble.storage import chunks as chunk_module
from simulator.ensemble.storage.disk import StoreError, fingerprint, read_signed, signed
from simulator.ensemble.workers.work import Failure
from tests.ensemble import made


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A complete folder with one failed run, to be copied before anything is done to it."""
    made.folder(tmp_path_factory.mktemp("store") / "kö rning åäö", fail=(4,))
    return tmp_path_factory.getbasetemp() / next(tmp_path_factory.getbasetemp().glob("store*")) / "kö rning åäö"


@pytest.fixture
def folder(written, tmp_path):
    return Path(shutil.copytree(written, tmp_path / "Körning Å"))


def same(one, other):
    assert replace(one, series=None, outlay=None) == replace(other, series=None, outlay=None)
    if one.series is None:
        assert other.series is None
        return
    np.testing.assert_array_equal(one.outlay, other.outlay)
    assert list(one.series) == list(other.series)
    for name, values in one.series.items():
        np.testing.assert_array_equal(values, other.series[name])


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("by", [(), ("county",), ("county", "size_class"), ("municipality",)])
def test_that_runs_come_back_as_they_were(tmp_path, by):
    plan = made.plan(by=by)
    found = made.folder(tmp_path / "out", plan, fail=(1,))
    again = BatchFolder.open(tmp_path / "out")
    for chunk, numbers in enumerate(plan.chunks):
        for number, run in zip(numbers, again.read_chunk(chunk), strict=True):
            same(made.run(plan, number, found.chunks.layout, number == 1), run)


def test_that_cases_of_other_length_start_and_measures_share_a_folder(tmp_path):
    plan = made.plan(by=("county",))
    other = {"run.years": 2, "run.start": "2025Q3", "interventions.extra": {"kind": "robot_lift"}}
    plan = replace(plan, cases=(*plan.cases, Case("longer", 0, other, None)))
    found = made.folder(tmp_path / "out", plan)
    runs = {run.number: run for chunk in range(len(plan.chunks)) for run in found.read_chunk(chunk)}
    for number, run in runs.items():
        same(made.run(plan, number), run)
    assert len(runs[3].series["leverage"]) == 9
    assert len(runs[3].outlay) == len(runs[0].outlay) + 1


def test_that_a_folder_opens_with_its_plan_and_knows_what_is_done(folder):
    found = BatchFolder.open(folder)
    assert (found.plan.digest, found.plan.cases) == (made.plan().digest, made.plan().cases)
    assert found.done() == frozenset(range(4))
    assert found.failed() == (4,)
    found.verify()


def test_that_the_digest_depends_on_the_results_alone(tmp_path, folder):
    one = BatchFolder.open(folder).digest
    coarse = made.folder(tmp_path / "coarse", replace(made.plan(), chunk=7), fail=(4,))
    assert coarse.digest == one
    assert made.folder(tmp_path / "whole", made.plan()).digest != one


def test_that_the_same_runs_give_the_same_numbers_on_disk_byte_for_byte(tmp_path):
    one, two = (made.folder(tmp_path / name).path / "chunks" for name in ("one", "two"))
    for path in one.glob("*.nc"):
        assert path.read_bytes() == (two / path.name).read_bytes()


def test_that_a_folder_of_the_same_plan_is_gone_on_with_and_another_plan_refused(folder):
    before = everything(folder)
    assert BatchFolder.create(folder, made.plan()).done() == frozenset(range(4))
    with pytest.raises(StoreError, match="another batch") as refused:
        BatchFolder.create(folder, made.plan(seeds=6))
    assert "en annan körningsserie" in refused.value.text().sv
    assert everything(folder) == before


def test_that_a_folder_with_something_else_is_refused_untouched(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="other files"):
        BatchFolder.create(tmp_path, made.plan())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_that_a_folder_whose_making_was_cut_short_is_made_whole(tmp_path, monkeypatch):
    def stop(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder_module, "manifest", stop)
        with pytest.raises(KeyboardInterrupt):
            BatchFolder.create(tmp_path / "out", made.plan(), design_text="design: 1\n")
    assert not (tmp_path / "out" / "manifest.json").exists()
    assert BatchFolder.create(tmp_path / "out", made.plan(), design_text="design: 1\n").done() == frozenset()
    assert (tmp_path / "out" / "design.yaml").read_text("utf-8") == "design: 1\n"


def test_that_a_session_keeps_others_out_and_slices_keep_out_only_what_overlaps(folder):
    one, other = BatchFolder.open(folder), BatchFolder.open(folder)
    with one.session((1, 2)):
        assert other.sessions_at_work() == ((1, 2),)
        for slice_ in ((1, 2), (1, 1), (1, 3)):
            with pytest.raises(StoreError, match="another session") as refused, other.session(slice_):
                pass
            assert "en annan session" in refused.value.text().sv
        with other.session((2, 2)):
            assert one.sessions_at_work() == ((1, 2), (2, 2))
    with other.session():
        pass
    assert one.sessions_at_work() == ()


def test_that_the_lock_of_a_killed_session_is_free(folder):
    code = (
        "import os, sys; from pathlib import Path; from simulator.ensemble.batches.folder import BatchFolder\n"
        f"with BatchFolder.open(Path({str(folder)!r})).session():\n    print('in', flush=True); os._exit(9)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (9, "in\n")
    with BatchFolder.open(folder).session():
        pass


def test_that_what_a_killed_session_left_is_ignored_and_cleaned(folder):
    for name in ("chunks/.000001.nc.1-1.part", "chunks/.000001.json.2-3.part", ".runs.csv.1-1.part"):
        (folder / name).write_text("half")
    (folder / "chunks" / "000001-1.nc").write_text("numbers whose run was killed before it said so")
    found = BatchFolder.open(folder)
    assert len(found.done()) == 4
    with found.session():
        left = [path.name for path in folder.rglob("*") if path.name.startswith(".") or "-1" in path.stem]
    assert left == ["slice-1-of-1.lock"]
    found.verify()


def test_that_a_slice_leaves_the_temporary_files_of_others_alone(folder):
    theirs, mine = folder / "chunks" / ".000001.nc.2-2.part", folder / "chunks" / ".000000.nc.1-2.part"
    for part in (theirs, mine):
        part.write_text("half")
    with BatchFolder.open(folder).session((1, 2)):
        assert theirs.exists()
        assert not mine.exists()


def test_that_a_chunk_without_its_numbers_or_without_its_record_is_missing(folder):
    (folder / "chunks" / "000000.nc").unlink()
    (folder / "chunks" / "000002.json").unlink()
    assert BatchFolder.open(folder).done() == {1, 3}


def test_that_a_damaged_chunk_is_done_again(folder):
    cut = folder / "chunks" / "000000.nc"
    cut.write_bytes(cut.read_bytes()[:-8])
    torn = folder / "chunks" / "000001.json"
    torn.write_bytes(torn.read_bytes()[:50])
    found = BatchFolder.open(folder)
    assert found.done() == {2, 3}
    plan = made.plan()
    with found.session():
        for chunk in (0, 1):
            runs = [made.run(plan, number, fail=number == 4) for number in plan.chunks[chunk]]
            found.write_chunk(chunk, runs)
    found.verify()
    assert len(found.done()) == 4


def test_that_a_chunk_that_is_written_anew_replaces_the_old_one(folder):
    found = BatchFolder.open(folder)
    runs = found.read_chunk(1)
    runs[0] = replace(made.run(made.plan(), 4), attempt=2)
    with found.session():
        found.write_chunk(1, runs)
    assert found.failed() == ()
    assert found.read_chunk(1)[0].attempt == 2
    names = sorted(path.name for path in (folder / "chunks").iterdir())
    assert names[1:3] == ["000000.nc", "000001-1.nc"]
    found.verify()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("ending", [".nc", ".json"])
def test_that_a_disk_that_fails_loses_nothing_that_was_done(folder, monkeypatch, code, ending):
    found = BatchFolder.open(folder)
    runs, before = found.read_chunk(1), found.digest
    runs[0] = made.run(made.plan(), 4)
    plain = chunk_module.write_whole

    def fail(path, data, tag):
        if path.suffix == ending:
            raise OSError(code, os.strerror(code))
        plain(path, data, tag)

    monkeypatch.setattr(chunk_module, "write_whole", fail)
    with found.session(), pytest.raises(StoreError, match="cannot write") as refused:
        found.write_chunk(1, runs)
    assert "kan inte skriva" in refused.value.text().sv
    again = BatchFolder.open(folder)
    assert again.digest == before
    with again.session():
        again.verify()


def cut_manifest(folder):
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:-40])


def edit_manifest(folder):
    path = folder / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"luck_digest": "', '"luck_digest": "0'), "utf-8")


def future(folder):
    path = folder / "manifest.json"
    path.write_bytes(signed({**read_signed(path), "format": 99}))


def not_ours(folder):
    (folder / "manifest.json").write_text('{"name": "an app"}')


def edit_scenario(folder):
    path = folder / "scenarios" / "000.yaml"
    path.write_text(path.read_text("utf-8").replace("mapping: 0.7", "mapping: 0.8") + "\n", "utf-8")


def edit_plan(folder):
    path = folder / "plan.json"
    path.write_text(path.read_text("utf-8").replace('"seeds": [\n  11', '"seeds": [\n  12'), "utf-8")


def other_plan(folder):
    """Somebody edits the plan and knows about fingerprints of files, but not about that of the plan."""
    edit_plan(folder)
    about = read_signed(folder / "manifest.json")
    about["files"]["plan.json"] = fingerprint((folder / "plan.json").read_bytes())
    (folder / "manifest.json").write_bytes(signed(about))


def leading_out(folder):
    (folder.parent / "elsewhere.txt").write_text("not ours")
    about = read_signed(folder / "manifest.json")
    about["files"]["../elsewhere.txt"] = fingerprint(b"not ours")
    (folder / "manifest.json").write_bytes(signed(about))


def empty(folder):
    shutil.rmtree(folder)
    folder.mkdir()


def a_file(folder):
    shutil.rmtree(folder)
    folder.write_text("mine")


TAMPERED = [
    (cut_manifest, "cut off or changed", "avhuggen eller ändrad"),
    (edit_manifest, "cut off or changed", "avhuggen eller ändrad"),
    (future, "newer version", "nyare programversion"),
    (not_ours, "no results of this program", "inga resultat från detta program"),
    (leading_out, "manifest.json: cut off or changed", "avhuggen eller ändrad"),
    (edit_scenario, "000.yaml: cut off or changed", "avhuggen eller ändrad"),
    (edit_plan, "plan.json: cut off or changed", "avhuggen eller ändrad"),
    (other_plan, "has been changed", "har ändrats"),
    (lambda folder: (folder / "plan.json").unlink(), "no such file", "finns inte"),
    (lambda folder: (folder / "manifest.json").unlink(), "manifest.json is missing", "saknas"),
    (empty, "empty", "tom"),
    (a_file, "is a file", "är en fil"),
    (shutil.rmtree, "no such folder", "finns inte"),
]


@pytest.mark.parametrize(("tamper", "english", "swedish"), TAMPERED)
def test_that_a_folder_that_was_changed_or_is_something_else_is_refused(folder, tamper, english, swedish):
    tamper(folder)
    with pytest.raises(StoreError, match=english) as refused:
        BatchFolder.open(folder)
    assert swedish in refused.value.text().sv
    assert str(folder) in refused.value.text().sv


@pytest.mark.parametrize("tampered", ["nc", "json", "other"])
def test_that_every_byte_is_verified(folder, tampered):
    chunks = folder / "chunks"
    if tampered == "nc":
        path = chunks / "000002.nc"
        data = bytearray(path.read_bytes())
        data[-100] ^= 1
        path.write_bytes(data)
    elif tampered == "json":
        path = chunks / "000002.json"
        path.write_text(path.read_text("utf-8").replace('"attempts": [1', '"attempts": [2'), "utf-8")
    else:  # a chunk of another batch
        other = made.folder(folder.parent / "other", made.plan(seeds=6))
        for ending in ("nc", "json"):
            path = Path(shutil.copy(other.path / "chunks" / f"000001.{ending}", chunks))
    with pytest.raises(StoreError, match=r"00000[12]\.(nc|json): cut off or changed"):
        BatchFolder.open(folder).verify()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may read anywhere")
def test_that_a_folder_without_permission_is_refused(folder):
    folder.chmod(0)
    try:
        with pytest.raises(StoreError, match="permission"):
            BatchFolder.open(folder)
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("change", ["version", "luck"])
def test_that_another_version_may_look_but_not_go_on(folder, monkeypatch, change):
    if change == "version":
        monkeypatch.setattr(folder_module, "__version__", "9.9")
    else:
        monkeypatch.setattr(folder_module, "luck_digest", lambda: "other")
    found = BatchFolder.open(folder)
    assert found.failed() == (4,)
    with pytest.raises(StoreError, match="do not belong together"), found.session():
        pass


def test_that_the_wrong_runs_are_not_taken_for_a_chunk(folder):
    found = BatchFolder.open(folder)
    with pytest.raises(ValueError, match="chunk 0 holds the runs 0 to 3"):
        found.write_chunk(0, found.read_chunk(1))


def test_that_each_session_leaves_its_command_in_the_manifest(folder):
    with BatchFolder.open(folder).session((1, 2), ["resume", "out"]):
        pass
    about = read_signed(folder / "manifest.json")
    assert about["planned"]["command"] == ["batch", "strategy"]
    sessions = about["sessions"]
    assert [(one["slice"], one["command"]) for one in sessions] == [
        ("1/1", ["resume"]), ("1/2", ["resume", "out"]),
    ]  # fmt: skip
    assert BatchFolder.open(folder).done()


def test_that_the_tables_tell_what_was_run_and_what_became_of_it(folder):
    def table(name):
        return list(csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines()))

    found = BatchFolder.open(folder)
    runs = table("runs")
    assert [int(row["run"]) for row in runs] == list(range(15))
    assert [row["status"] for row in runs].count("failed") == 1
    assert {row["case"]: row["governance.mapping"] for row in runs} == {
        "strategy/0000": "0.2", "strategy/0001": "0.8", "strategy/baseline": "",
    }  # fmt: skip
    for row, run in zip(runs, (run for chunk in range(4) for run in found.read_chunk(chunk)), strict=True):
        for name in made.KEPT:
            expected = "" if run.series is None else repr(float(run.series[name][-1, 0]))
            assert row[name] == expected
    failure = made.run(made.plan(), 4, fail=True).failure
    assert isinstance(failure, Failure)
    assert [(row["run"], row["kind"], row["error"]) for row in table("failures")] == [("4", "raised", failure.error)]
    assert [(row["case"], row["against"], row["done"], row["failed"]) for row in table("cases")] == [
        ("strategy/0000", "strategy/baseline", "5", "0"),
        ("strategy/0001", "strategy/baseline", "4", "1"),
        ("strategy/baseline", "", "5", "0"),
    ]


def test_that_a_chunk_opens_in_xarray_with_words_and_dates(folder):
    xarray = pytest.importorskip("xarray", reason="XARRAY IS NOT INSTALLED: the promise to its users is not checked")
    runs = BatchFolder.open(folder).read_chunk(1)
    with xarray.open_dataset(folder / "chunks" / "000001.nc", engine="scipy") as data:
        assert data.case_name.values.astype(str).tolist()[1] == made.plan().cases[runs[1].case].name
        assert str(data.time.values[-1])[:10] == "2026-12-31"
        assert data.advanced_digital.attrs["units"] == "%"
        assert data.firms_label_sv.values.astype(str).tolist()[0] == "hela regionen"
        assert data.status.values.tolist() == [1, 0, 0, 0]
        np.testing.assert_array_equal(data.advanced_digital.values[1], runs[1].series["advanced_digital"])
        assert np.isnan(data.advanced_digital.values[0]).all()


def test_that_what_json_says_of_a_chunk_is_short(folder):
    about = json.loads((folder / "chunks" / "000000.json").read_text("utf-8"))
    assert set(about) == {
        "format", "plan", "first", "digests", "seconds", "attempts", "failures", "file", "size", "whole", "checks",
        "fingerprint",
    }  # fmt: skip


def test_that_keeping_the_region_alone_is_one_cell():
    plan = replace(made.plan(), keep=Keep(made.KEPT, ()))
    assert {len(cells) for cells in made.Layout(plan).whole.cells.values()} == {1}


def test_that_parts_of_a_job_array_may_all_make_the_folder_at_once(tmp_path):
    plan = made.plan()

    def work(part):
        found = BatchFolder.create(tmp_path / "out", plan, ["batch", "--slice", f"{part}/4"])
        with found.session((part, 4), ["batch", "--slice", f"{part}/4"]):
            found.write_chunk(part - 1, [made.run(plan, number) for number in plan.chunks[part - 1]])
            found.close_session()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, (1, 2, 3, 4)))
    found = BatchFolder.open(tmp_path / "out")
    assert found.done() == {0, 1, 2, 3}
    assert len(found.about["sessions"]) == 4
    assert len((tmp_path / "out" / "runs.csv").read_text("utf-8").splitlines()) == 16
    found.verify()


def test_that_the_numbers_of_a_batch_that_goes_on_can_be_read(tmp_path):
    plan = made.plan()
    found = BatchFolder.create(tmp_path / "out", plan)
    with found.session():
        found.write_chunk(0, [made.run(plan, number, fail=number == 1) for number in plan.chunks[0]])
        early = Result.load(found.path)
        found.write_chunk(1, [made.run(plan, number) for number in plan.chunks[1]])
        assert early.seeds == (11, 12)
        assert early.last_year("leverage").shape == (3, 2)
        found.write_chunk(0, [made.run(plan, number) for number in plan.chunks[0]])
        with pytest.raises(StoreError, match="no such file"):
            early.values("leverage")
        assert Result.load(found.path).status[1, 0] == 1
