"""Parts of a batch become one folder; what does not belong together is refused before anything is written."""

import shutil
from dataclasses import replace

import pytest

from simulator.ensemble.batches import folder as folder_module
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.batches.merging import merge
from simulator.ensemble.results.result import Result
from simulator.ensemble.storage.disk import StoreError, fingerprint, read_signed, signed
from tests.ensemble import made


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return made.folder(tmp_path_factory.mktemp("merge") / "whole")


@pytest.fixture
def halves(tmp_path):
    return [made.folder(tmp_path / f"del {part} å", chunks=range(part, 4, 2)).path for part in (0, 1)]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_that_merged_slices_are_the_batch_byte_for_byte(tmp_path, halves, whole):
    found = merge(halves, tmp_path / "ut" / "allt ö", ["merge"])
    assert found.digest == whole.digest
    for path in (whole.path / "chunks").glob("*.nc"):
        assert (found.path / "chunks" / path.name).read_bytes() == path.read_bytes()
    for name in ("runs.csv", "cases.csv", "failures.csv", "summary.csv", "plan.json"):
        assert (found.path / name).read_bytes() == (whole.path / name).read_bytes()
    BatchFolder.open(found.path).verify()
    assert Result.load(found.path, verify=True).status.all()
    assert [one["command"][0] for one in read_signed(found.path / "manifest.json")["sessions"]] == [
        "resume",
        "resume",
        "merge",
    ]


def test_that_runs_that_were_done_twice_are_taken_once(tmp_path, halves, whole):
    found = merge([*halves, whole.path], tmp_path / "out")
    assert (found.digest, len(found.done())) == (whole.digest, 4)


def test_that_a_part_is_added_to_a_folder_and_what_failed_here_is_taken_from_there(tmp_path, whole):
    one = made.folder(tmp_path / "one", fail=(1, 6), chunks=range(3))
    other = made.folder(tmp_path / "other", fail=(2, 6))
    found = merge([other.path], one.path)
    assert found.failed() == (6,)
    assert [run.series is not None for run in BatchFolder.open(one.path).read_chunk(0)] == [True] * 4
    assert len(found.done()) == 4
    assert merge([whole.path], one.path).digest == whole.digest
    with BatchFolder.open(one.path).session():
        assert len(list((one.path / "chunks").iterdir())) == 8


def test_that_what_came_out_differently_is_refused(tmp_path, halves, monkeypatch):
    plain = made.run
    monkeypatch.setattr(made, "run", lambda *_, **__: replace(plain(*_, **__), digest="other"))
    other = made.folder(tmp_path / "other", chunks=range(1))
    with pytest.raises(StoreError, match=r"run 0 \(strategy/0000, seed 11\) came out differently") as refused:
        merge([*halves, other.path], tmp_path / "out")
    assert "gav olika siffror" in refused.value.text().sv
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("plan", "words", "swedish"),
    [
        (made.plan(seeds=6), "different plans", "olika planer"),
        (made.plan(chunk=5), "divided differently", "delade på olika sätt"),
    ],
)
def test_that_other_plans_are_refused(tmp_path, halves, plan, words, swedish):
    other = made.folder(tmp_path / "other", plan)
    with pytest.raises(StoreError, match=words) as refused:
        merge([*halves, other.path], tmp_path / "out")
    assert swedish in refused.value.text().sv
    assert not (tmp_path / "out").exists()


def test_that_the_folder_of_another_batch_is_not_added_to(tmp_path, halves):
    other = made.folder(tmp_path / "other", made.plan(seeds=6)).path
    with pytest.raises(StoreError, match="another batch"):
        merge(halves, other)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="other files"):
        merge(halves, tmp_path / "mine")
    assert names(tmp_path / "mine") == ["letter.txt"]


def test_that_parts_of_other_versions_are_refused(tmp_path, halves):
    path = halves[1] / "manifest.json"
    about = read_signed(path)
    about["versions"]["transition-simulator"] = "9.9"
    path.write_bytes(signed(about))
    with pytest.raises(StoreError, match="different versions"):
        merge(halves, tmp_path / "out")


def test_that_a_damaged_part_is_refused_before_anything_is_written(tmp_path, halves):
    path = halves[1] / "chunks" / "000003.nc"
    data = bytearray(path.read_bytes())
    data[-60] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"000003\.nc: cut off or changed"):
        merge(halves, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_that_parts_are_merged_where_their_scenarios_cannot_be_read(tmp_path, halves, monkeypatch):
    for half in halves:
        plan = (half / "plan.json").read_text("utf-8").replace("norra-mellansverige", "nowhere")
        (half / "plan.json").write_text(plan, "utf-8")
        about = read_signed(half / "manifest.json")
        about["files"]["plan.json"] = fingerprint((half / "plan.json").read_bytes())
        (half / "manifest.json").write_bytes(signed(about))
    assert len(merge(halves, tmp_path / "out").done()) == 4


def test_that_an_interrupted_merge_is_taken_up_again(tmp_path, halves, whole, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder_module.BatchFolder, "copy_chunk", stop)
        with pytest.raises(KeyboardInterrupt):
            merge(halves, tmp_path / "out")
    assert merge(halves, tmp_path / "out").digest == whole.digest
    shutil.rmtree(tmp_path / "out" / "chunks")
    assert merge(halves, tmp_path / "out").digest == whole.digest
