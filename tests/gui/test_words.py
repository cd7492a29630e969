"""No word of the other language is left anywhere in the window, whichever way it is switched."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from simulator.gui.help_dialogs import AboutDialog, ShortcutsDialog
from simulator.gui.language import LANGUAGES
from simulator.gui.main_window import MainWindow
from simulator.gui.pages import PAGES
from simulator.gui.preferences_dialog import PreferencesDialog
from simulator.gui.recovery_dialog import RecoveryDialog
from simulator.quantity import Text
from simulator.scenario.files import SHIPPED, shipped_names

OTHER = {"en": "sv", "sv": "en"}
WORD = re.compile(r"[^\W\d_]{3,}")


def of_model(view):
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(view, QListView) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), 200)):
        for column in range(columns):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield index.data(role)
    for column in range(columns):
        yield model.headerData(column, Qt.Orientation.Horizontal)


def of_widget(widget):
    """All words that a widget shows or tells a screen reader."""
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.windowTitle())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            yield widget.placeholderText()
        case QGroupBox() | QMenu():
            yield widget.title()
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QSpinBox():
            yield from (widget.prefix(), widget.suffix())
        case QTabWidget():
            yield from (widget.tabText(at) for at in range(widget.count()))
        case QAbstractItemView():
            yield from of_model(widget)


def words_of(top):
    """Everything said in a window: by widget class, so that a failure tells where."""
    said = set()
    for widget in [top, *top.findChildren(QWidget)]:
        if isinstance(widget.parent(), QTabBar):
            continue  # Qt names the arrows of tabs once, in the language of the start
        said |= {(type(widget).__name__, words) for words in of_widget(widget) if isinstance(words, str) and words}
    for action in top.findChildren(QAction):
        if type(action.parent()).__module__.startswith("pyqtgraph"):
            continue  # its menu is off
        said |= {("QAction", words) for words in (action.text(), action.toolTip(), action.statusTip()) if words}
    return said


@pytest.fixture
def window(desk, qtbot, spoken):
    made = MainWindow(desk)
    qtbot.addWidget(made, before_close_func=lambda each: each.desk.document.history.setClean())
    made.show()
    made.open(SHIPPED / "coordinated.yaml")
    desk.document.settle()
    desk.document.rewrite(desk.document.text + "\n# more\n", Text("an edit of this test", "en ändring i detta prov"))
    desk.document.settle()
    return made


@pytest.fixture
def dialogs(window, desk):
    for place in range(len(PAGES)):  # a dialog is made when it is opened: of pages made later it knows nothing
        window.show_page(place)
    return [
        PreferencesDialog(desk, window.font_size, window),
        ShortcutsDialog(desk, window),
        AboutDialog(desk, window),
        RecoveryDialog(desk, [], lambda _: True, window),
    ]


def bare(words):
    return words.replace("&", "").strip()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_that_no_word_of_the_other_language_is_left_after_a_switch(window, dialogs, desk, spoken, language):
    desk.language.switch(OTHER[language])
    for place in range(len(PAGES)):
        window.show_page(place)
    desk.document.settle()
    desk.language.switch(language)
    known = {bare(text.said(language)) for text in spoken}
    foreign = {bare(text.said(OTHER[language])) for text in spoken if WORD.search(text.en)} - known
    left = {(where, words) for where, words in words_of(window) if bare(words) in foreign}
    assert left == set()


def test_that_all_words_have_two_languages(window, dialogs, desk, spoken):
    """What is the same in both languages is a text that says so, or a name: of a file, a measure, a package."""
    for place in range(len(PAGES)):
        window.show_page(place)
    seen = {}
    for code in ("sv", "en"):
        desk.language.switch(code)
        desk.document.settle()
        for place in range(len(PAGES)):
            window.show_page(place)
        seen[code] = {(where, bare(words)) for where, words in words_of(window) if WORD.search(words)}
    same = {bare(text.en) for text in spoken if text.en == text.sv} | set(LANGUAGES.values())
    names = f"{desk.document.text} {desk.document.place} {SHIPPED} {' '.join(shipped_names())}"

    def is_name(words):
        return all(word in names or word in same or word in PACKAGE_WORDS for word in WORD.findall(words))

    unsaid = {(where, words) for where, words in seen["sv"] & seen["en"] if words not in same and not is_name(words)}
    about = words_of(dialogs[2])
    assert {(where, words) for where, words in unsaid if (where, words) not in about} == set()


PACKAGE_WORDS = {"Ctrl", "Shift", "Tab", "Esc", "Return", "Enter", "Ins", "Del", "yaml", "python"}


def test_that_the_window_opens_in_the_language_it_had(desk, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    desk.language.switch("sv")
    desk.theme.choose("dark")
    assert (desk.preferences.text("language"), desk.preferences.text("theme")) == ("sv", "dark")
