"""The record of a workshop survives crashes, other windows, bad files and full disks."""

from __future__ import annotations

import errno

import pytest

from simulator.gui import saving
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.workshop.record import Note
from simulator.gui.workshop.record_file import RecordFile

PLAN = "format: 1\nextends: baseline.yaml\n"


@pytest.fixture
def make(qapp, tmp_path, monkeypatch):
    """Keepers as windows have them, one after another or at once."""
    monkeypatch.chdir(tmp_path)
    made = []

    def one():
        document = Document(Language("en"))
        record_file = RecordFile(document, tmp_path / "data")
        said = []
        record_file.told.connect(lambda text: said.append(text.en))
        made.append(document)
        record_file.load()
        return record_file, document, said

    yield one
    for document in made:
        document.close()


def note(group="Falun"):
    return Note(group, "2026-11-22T12:00:00+01:00", "plan", {"governance": 0.5}, {"employment": 12.0})


def test_that_a_note_is_there_after_a_crash(make):
    record_file, _, _ = make()
    record_file.record.notes.append(note())
    assert record_file.save()
    again, _, said = make()  # the first one never said goodbye
    assert again.record.notes == [note()]
    assert said == []


def test_that_each_scenario_has_its_own_record_and_takes_it_along_under_another_name(make, tmp_path):
    record_file, document, _ = make()
    record_file.record.preparation.groups = ["one"]
    record_file.soon()
    document.start(PLAN, path=tmp_path / "other.yaml")
    assert record_file.record.empty
    document.start_anew()
    assert record_file.record.preparation.groups == ["one"]
    document.save(tmp_path / "named.yaml")
    document.start_anew()
    document.open(tmp_path / "named.yaml")
    assert record_file.record.preparation.groups == ["one"]


def test_that_a_file_that_is_no_record_is_kept_aside_and_said(make):
    record_file, document, said = make()
    record_file.record.notes.append(note())
    record_file.save()
    record_file.path.write_text("{broken", encoding="utf-8")
    document.start_anew()
    assert record_file.record.empty
    assert "no JSON" in said[0]
    aside = record_file.path.with_name(f"{record_file.path.stem}-1.json")
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
    record_file, _, said = make()
    record_file.record.notes.append(note())
    record_file.save()
    before = record_file.path.read_text(encoding="utf-8")
    record_file.record.notes.append(note("more"))

    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    assert not record_file.save()
    assert "the disk is full" in said[0]
    assert len(record_file.record.notes) == 2
    assert record_file.path.read_text(encoding="utf-8") == before


def test_that_a_new_workshop_keeps_the_preparation_and_puts_the_notes_aside(make):
    record_file, _, _ = make()
    record_file.record.preparation.groups = ["one"]
    record_file.record.notes.append(note())
    record_file.begin_anew()
    assert record_file.record.notes == []
    assert record_file.record.preparation.groups == ["one"]
    assert "Falun" in record_file.path.with_name(f"{record_file.path.stem}-1.json").read_text(encoding="utf-8")


def test_that_a_new_workshop_does_not_begin_when_the_notes_cannot_be_put_aside(make, monkeypatch):
    record_file, _, said = make()
    record_file.record.notes.append(note())
    record_file.save()

    def refuse(_here, _there):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(type(record_file.path), "rename", refuse)
    record_file.begin_anew()
    assert "no permission here" in said[-1]
    assert len(record_file.record.notes) == 1
    assert "Falun" in record_file.path.read_text(encoding="utf-8")
