"""Files are asked for in the window's language, whatever the system speaks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from simulator.gui import file_dialogs
from simulator.gui.file_dialogs import CSV, FileDialog, ask_folder, ask_open, ask_save, system_speaks
from simulator.gui.qt_words import QtWords
from simulator.quantity import Text

TITLE = Text("Write a &table…", "Skriv en &tabell…")


@pytest.fixture
def parent(desk, qtbot):
    widget, words = QWidget(), QtWords(desk.language)
    qtbot.addWidget(widget)
    yield widget
    words.close()


def spoken(dialog) -> list[str]:
    return [
        widget.text().replace("&", "")
        for kind in (QPushButton, QLabel)
        for widget in dialog.findChildren(kind)
        if widget.text()
    ]


def answer(parent, act):
    """Do something to the dialog that is about to open."""

    def look():
        act(parent.findChildren(FileDialog)[-1])

    QTimer.singleShot(0, look)


def test_that_a_dialog_speaks_the_windows_language_and_follows_it_while_open(desk, parent, tmp_path, qtbot):
    desk.language.switch("sv")
    dialog = FileDialog(desk, parent, TITLE, tmp_path, CSV)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    assert dialog.windowTitle() == "Skriv en tabell"
    assert {"Spara", "Avbryt"} <= set(spoken(dialog))
    assert dialog.nameFilters() == [CSV.sv]
    desk.language.switch("en")
    qtbot.waitUntil(lambda: {"Save", "Cancel"} <= set(spoken(dialog)))
    assert dialog.windowTitle() == "Write a table"
    assert dialog.nameFilters() == [CSV.en]
    dialog.close()


def test_that_the_systems_own_dialog_is_used_only_where_it_speaks_the_same(desk, parent, tmp_path, monkeypatch):
    for speaks in (True, False):
        monkeypatch.setattr(file_dialogs, "system_speaks", lambda _code, speaks=speaks: speaks)
        dialog = FileDialog(desk, parent, TITLE, tmp_path)
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog) is not speaks


@pytest.mark.parametrize(("languages", "sv"), [(["sv-SE", "en"], True), (["en-GB", "sv-SE"], False), ([], False)])
def test_that_the_systems_language_is_the_one_of_its_words(languages, sv, monkeypatch):
    monkeypatch.setattr(QLocale, "uiLanguages", lambda *_: languages)
    assert system_speaks("sv") is sv


def test_that_a_name_without_an_ending_gets_one(desk, parent, tmp_path):
    def name_it(dialog):
        assert dialog.selectedFiles() == [str(tmp_path / "proposed.csv")]
        dialog.selectFile("mine")
        dialog.accept()

    answer(parent, name_it)
    assert ask_save(desk, parent, TITLE, tmp_path / "proposed.csv", CSV, "csv") == tmp_path / "mine.csv"


def test_that_nothing_is_chosen_by_closing(desk, parent, tmp_path):
    for ask in (
        lambda: ask_save(desk, parent, TITLE, tmp_path, CSV, "csv"),
        lambda: ask_open(desk, parent, TITLE, tmp_path, CSV),
        lambda: ask_folder(desk, parent, TITLE, tmp_path),
    ):
        answer(parent, lambda dialog: dialog.reject())
        assert ask() is None


def test_that_a_folder_is_chosen(desk, parent, tmp_path):
    (tmp_path / "results").mkdir()
    answer(parent, lambda dialog: (dialog.selectFile(str(tmp_path / "results")), dialog.accept()))
    assert ask_folder(desk, parent, TITLE, tmp_path) == tmp_path / "results"
