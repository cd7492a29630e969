"""The record of a workshop survives crashes, other windows, bad files and full disks."""

from __future__ import annotations

import errno

import pytest

from simulator.gui import saving
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.workshop.keeping import Keeper
from simulator.gui.workshop.record import Note

PLAN = "format: 1\nextends: baseline.yaml\n"


@pytest.fixture
def make(qapp, tmp_path, monkeypatch):
    """Keepers as windows have them, one after another or at once."""
    monkeypatch.chdir(tmp_path)
    made = []

    def one():
        document = Document(Language("en"))
        keeper = Keeper(document, tmp_path / "data")
        said = []
        keeper.told.connect(lambda text: said.append(text.en))
        made.append(document)
        keeper.load()
        return keeper, document, said

    yield one
    for document in made:
        document.close()


def note(group="Falun"):
    return Note(group, "2026-11-22T12:00:00+01:00", "plan", {"governance": 0.5}, {"employment": 12.0})


def test_that_a_note_is_there_after_a_crash(make):
    keeper, _, _ = make()
    keeper.record.notes.append(note())
    assert keeper.save()
    again, _, said = make()  # the first one never said goodbye
    assert again.record.notes == [note()]
    assert said == []


def test_that_each_scenario_has_its_own_record_and_takes_it_along_under_another_name(make, tmp_path):
    keeper, document, _ = make()
    keeper.record.preparation.groups = ["one"]
    keeper.soon()
    document.start(PLAN, path=tmp_path / "other.yaml")
    assert keeper.record.empty
    document.start_anew()
    assert keeper.record.preparation.groups == ["one"]
    document.save(tmp_path / "named.yaml")
    document.start_anew()
    document.open(tmp_path / "named.yaml")
    assert keeper.record.preparation.groups == ["one"]


def test_that_a_file_that_is_no_record_is_kept_aside_and_said(make):
    keeper, document, said = make()
    keeper.record.notes.append(note())
    keeper.save()
    keeper.path.write_text("{broken", encoding="utf-8")
    document.start_anew()
    assert keeper.record.empty
    assert "no JSON" in said[0]
    aside = keeper.path.with_name(f"{keeper.path.stem}-1.json")
    assert aside.read_text(encoding="utf-8") == "{broken"
    assert str(aside) in said[0]


def test_that_two_windows_do_not_lose_each_others_notes(make):
    (first, _, _), (second, _, said) = make(), make()
    first.record.notes.append(note("first"))
    first.save()
    second.record.notes.append(note("second"))
    second.save()
    assert "another window" in said[0]
    texts = [path.read_text(encoding="utf-8") for path in sorted(first.path.parent.iterdir())]
    assert len(texts) == 2
    assert any("first" in text for text in texts)
    assert any("second" in text for text in texts)


def test_that_a_full_disk_is_said_and_the_notes_stay(make, monkeypatch):
    keeper, _, said = make()
    keeper.record.notes.append(note())
    keeper.save()
    before = keeper.path.read_text(encoding="utf-8")
    keeper.record.notes.append(note("more"))

    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    assert not keeper.save()
    assert "the disk is full" in said[0]
    assert len(keeper.record.notes) == 2
    assert keeper.path.read_text(encoding="utf-8") == before


def test_that_a_new_workshop_keeps_the_preparation_and_puts_the_notes_aside(make):
    keeper, _, _ = make()
    keeper.record.preparation.groups = ["one"]
    keeper.record.notes.append(note())
    keeper.begin_anew()
    assert keeper.record.notes == []
    assert keeper.record.preparation.groups == ["one"]
    assert "Falun" in keeper.path.with_name(f"{keeper.path.stem}-1.json").read_text(encoding="utf-8")
