"""What holds on every page of the window, whichever tab is open: names, keys, room for words."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTabWidget,
    QWidget,
)

from simulator.gui.main_window import MainWindow
from simulator.gui.pages import PAGES
from simulator.quantity import Text

SMALL = """\
format: 1
extends: baseline.yaml
run: {scale: 0.02, years: 1}
interventions:
  robots: {kind: robot_lift, capacity: 4}
  courses: {kind: vocational_courses}
targets:
  advanced_digital: {at_least: 0.3, by: 2026Q4}
"""
LETTER = re.compile(r"&(\w)")


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made, before_close_func=lambda each: each.desk.document.history.setClean())
    made.resize(1280, 720)
    made.show()
    desk.document.rewrite(SMALL, Text("an edit of this test", "en ändring i detta prov"))
    desk.document.settle()
    return made


def seen(window):
    """Each page with each of its tabs in turn: where one is."""
    for place, page in enumerate(PAGES):
        window.show_page(place)
        settle()
        yield page.__name__
        for tabs in window.pages[place].findChildren(QTabWidget):
            for at in range(tabs.count() if tabs.isVisible() else 0):
                tabs.setCurrentIndex(at)
                settle()
                yield f"{page.__name__}, {tabs.tabText(at)}"


def settle():
    """Have everything laid out: wrapped words find their height in a second round."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def visible(window):
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def stops(window):
    """Where Tab stops."""
    for widget in visible(window):
        inner = isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not (inner or widget.focusProxy()):
            yield widget


def name_of(widget):
    """What a screen reader says; a list's chosen entry is not its name."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_everything_tab_stops_at_has_a_name(window, desk, language):
    desk.language.switch(language)
    for where in seen(window):
        labelled = {label.buddy() for label in visible(window) if isinstance(label, QLabel)}
        unnamed = [stop for stop in stops(window) if stop not in labelled and not name_of(stop)]
        assert unnamed == [], where


def test_that_tab_reaches_everything_that_can_be_worked(window):
    for where in seen(window):
        waiting = {stop for stop in stops(window) if stop.objectName() != "qt_tabwidget_tabbar"}
        waiting = {stop for stop in waiting if not getattr(stop, "autoExclusive", bool)()}  # arrows go between those
        following = window
        for _ in range(2000):
            following = following.nextInFocusChain()
            waiting.discard(following)
            if following is window:
                break
        assert waiting == set(), where


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_no_two_things_on_a_page_have_the_same_letter(window, desk, language):
    desk.language.switch(language)
    for where in seen(window):
        texts = [menu.text() for menu in window.menuBar().actions()]
        for widget in visible(window):
            match widget:
                case QAbstractButton():
                    texts.append(widget.text())
                case QLabel() if widget.buddy() is not None:
                    texts.append(widget.text())
                case QGroupBox():
                    texts.append(widget.title())
                case QTabBar():
                    texts += [widget.tabText(at) for at in range(widget.count())]
        owners = defaultdict(set)
        for text in texts:
            for letter in LETTER.findall(text.replace("&&", "")):
                owners[letter.lower()].add(text)
        assert {letter: shared for letter, shared in owners.items() if len(shared) > 1} == {}, where


def too_small(widget):
    """Whether words of a widget are cut off."""
    needed, width, height = widget.sizeHint(), widget.width(), widget.height()
    match widget:
        case QLabel() if widget.wordWrap():
            return widget.heightForWidth(width) > height + 2
        case QLabel() if widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
            return False  # it shortens its text itself
        case QLabel() | QAbstractButton():
            return bool(widget.text()) and (needed.width() > width + 2 or needed.height() > height + 3)
        case QComboBox() if not widget.isEditable():  # else what is too long is scrolled to
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            part = QStyle.SubControl.SC_ComboBoxEditField
            field = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, widget)
            return widget.fontMetrics().horizontalAdvance(widget.currentText()) > field.width() + 1
        case QTabBar():
            return needed.width() > width + 2
    return False


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_no_words_are_cut_off(window, desk, language, size):
    desk.language.switch(language)
    window.resize(*size)
    for where in seen(window):
        assert (window.width(), window.height()) == size
        cut = [widget for widget in visible(window) if too_small(widget)]
        assert [(widget, widget.text() if hasattr(widget, "text") else "") for widget in cut] == [], where
