"""No word of the other language is left when runs have arrived: on every tab, in charts and lists, on the stage."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QTabWidget,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from simulator.gui.main_window import MainWindow
from simulator.gui.pages import PAGES
from simulator.quantity import Text
from tests.gui.test_everywhere import SMALL, settle
from tests.gui.test_words import OTHER, WORD, bare, words_of

LONG = 60_000
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
PARTS = re.compile(r" · |\n|<[^>]*>|: ")


def more_of(widget):
    """Words that are drawn, or stand deeper in lists than the other test looks."""
    match widget:
        case QGraphicsView() if widget.scene() is not None:
            for item in widget.scene().items():
                if isinstance(item, QGraphicsTextItem) and item.isVisible():
                    yield item.toPlainText()
                elif isinstance(item, QGraphicsSimpleTextItem) and item.isVisible():
                    yield item.text()
        case QComboBox():
            yield from (widget.itemData(at, role) for at in range(widget.count()) for role in ROLES[1:])
        case QTabWidget():
            yield from (widget.tabToolTip(at) for at in range(widget.count()))
        case QTextEdit():
            yield widget.toPlainText()
        case QTreeWidget():
            entries = QTreeWidgetItemIterator(widget)
            while (entry := entries.value()) is not None:
                yield from (entry.data(at, role) for at in range(widget.columnCount()) for role in ROLES)
                entries += 1


def all_words(top):
    """Everything that is said, whole and in its parts."""
    said = set(words_of(top))
    for widget in [top, *top.findChildren(QWidget)]:
        said |= {(type(widget).__name__, words) for words in more_of(widget) if isinstance(words, str) and words}
    return {(where, bare(part)) for where, words in said for part in (words, *PARTS.split(words))}


def every_tab(window, wait):
    for place in range(len(PAGES)):
        window.show_page(place)
        page = window.pages[place]
        wait(lambda page=page: not page.busy and not window.desk.live.runner.running)
        for tabs in page.findChildren(QTabWidget):
            for at in range(tabs.count()):
                tabs.setCurrentIndex(at)
                settle()


@pytest.fixture
def window(desk, qtbot, spoken):
    made = MainWindow(desk)
    qtbot.addWidget(made, before_close_func=lambda each: each.desk.document.history.setClean())
    made.resize(1280, 720)
    made.show()
    desk.document.rewrite(SMALL, Text("an edit of this test", "en ändring i detta prov"))
    desk.document.settle()
    desk.live.set_replications(2)
    return made


@pytest.mark.parametrize("language", ["sv", "en"])
def test_that_no_word_of_the_other_language_is_left_when_runs_have_arrived(window, desk, spoken, language, qtbot):
    desk.language.switch(OTHER[language])
    every_tab(window, lambda until: qtbot.waitUntil(until, timeout=LONG))
    page = window.show_named("WorkshopPage")
    page.start()
    stage = page.stage
    try:
        for part in (stage.prediction, stage.naming, stage.comparison, stage.charts):
            stage.show_part(part)
            settle()
        desk.language.switch(language)
        every_tab(window, lambda until: qtbot.waitUntil(until, timeout=LONG))
        QApplication.processEvents()
        known = {bare(text.said(language)) for text in spoken}
        foreign = {bare(text.said(OTHER[language])) for text in spoken if WORD.search(text.en)} - known
        assert {(where, words) for where, words in all_words(window) | all_words(stage) if words in foreign} == set()
    finally:
        stage.close()
