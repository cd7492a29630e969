"""A planner looks at single firms: table, points, the life of one, at any quarter."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QScrollBar,
    QWidget,
)

from simulator.gui.inspect import run as run_module
from simulator.gui.inspect import table_menus
from simulator.gui.inspect.columns import FirmColumn, columns_of
from simulator.gui.inspect.history import FIRM, Frame
from simulator.gui.inspect.row_filter import Condition, RowFilter
from simulator.gui.inspect.run import FirmRun
from simulator.gui.inspect.scatter import bins
from simulator.gui.inspect_page import InspectPage
from simulator.quantity import Text

PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.05, years: 3}
interventions:
  robots:
    kind: robot_lift
    start: 2026Q1
    capacity: 12
"""
LONG = PLAN.replace("scale: 0.05, years: 3", "scale: 0.5, years: 60")
LONGEST_WAIT = 60_000
_WHAT = Text("change", "ändring")


class LastingRun(FirmRun):
    """A worker that outlives the page of one test: to start it takes longer than most tests."""

    def close_down(self):
        self.cancel()
        self.history = None

    def end(self):
        super().close_down()


@pytest.fixture(scope="module")
def lasting(qapp):
    made = LastingRun()
    yield made
    pid = made.pid
    made.end()
    assert pid is None or not alive(pid)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def fresh(fresh_desk, qtbot, lasting):
    """A page that has been opened, before its first run has ended."""
    fresh_desk.document.start(PLAN, "plan.yaml")
    fresh_desk.document.settle()
    made = InspectPage(fresh_desk, lasting)
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    made.shown()
    yield made
    made.hidden()
    made.close_down()


@pytest.fixture
def page(fresh, qtbot):
    done(qtbot, fresh)
    return fresh


def done(qtbot, page):
    qtbot.waitUntil(lambda: page.history is not None and not page.run.running, timeout=LONGEST_WAIT)
    qtbot.waitUntil(lambda: not page._soon.isActive())


def column(page, name):
    """What a column of the table says, from above."""
    shown = page.table.shown
    place = next(at for at, each in enumerate(shown.columns) if each.name == name)
    return [shown.words(row, place) for row in range(shown.rowCount())]


def sort(page, name, order=Qt.SortOrder.AscendingOrder):
    names = [each.name for each in page.table.shown.columns]
    page.table.sortByColumn(names.index(name), order)


def choose(box, data):
    box.setCurrentIndex(box.findData(data))


def drawn(qtbot, page):
    qtbot.waitUntil(lambda: not page.scatter._soon.isActive())


# -- looking -----------------------------------------------------------------------------------------------------
def test_that_the_first_look_runs_and_shows_all_firms_of_the_last_quarter(page):
    assert page.time.quarter.text() == "2028Q4"
    frame = page.frame
    assert page.table.shown.rowCount() == frame.size > 100
    assert page.filters.count.text() == f"{frame.size} of {frame.size} firms"
    assert page.mark.text().startswith("Synthetic firms, no real ones · plan.yaml (digest ")
    assert page.mark.text().endswith("seed 1")
    assert page.bar.progress.isHidden()
    assert page.bar.button.text() == "&Run again"
    assert page.firm == page.history.richest_life()
    assert page.table.shown.firm(page.table.currentIndex().row()) == page.firm
    assert not page.busy
    assert "Employment, FTE" in [each.heading(page.desk.language) for each in page.table.shown.columns]
    head = page.table.shown.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "Full-time equivalents." in head


def test_that_rows_are_sorted_by_numbers_and_by_the_alphabet_of_the_language(page, desk_language):
    sort(page, "employment", Qt.SortOrder.DescendingOrder)
    sizes = [float(said.replace(",", "")) for said in column(page, "employment")]
    assert sizes == sorted(sizes, reverse=True)
    desk_language.switch("sv")
    sort(page, "municipality")
    places = [said.translate(str.maketrans("ÅÄÖåäö", "{|}{|}")).casefold() for said in column(page, "municipality")]
    assert places == sorted(places)
    assert places[-1][0] in "{|}"


@pytest.fixture
def desk_language(fresh_desk):
    return fresh_desk.language


def test_that_filters_leave_the_firms_asked_for_and_say_how_many(page, qtbot):
    size = page.frame.size
    where = page.history.where
    choose(page.filters.choices["county"], where.counties.index("dalarna"))
    municipalities = page.filters.choices["municipality"]
    listed = [municipalities.itemText(at) for at in range(municipalities.count())]
    assert listed[0] == "Municipality: all"
    assert "Falun" in listed
    assert "Gävle" not in listed
    in_county = page.table.shown.rowCount()
    assert 0 < in_county < size
    choose(page.filters.choices["size_class"], 0)
    assert set(column(page, "size_class")) == {"2-9 employees"}
    choose(page.filters.column, "employment")
    page.filters.value.setValue(5)
    assert min(float(said) for said in column(page, "employment")) >= 5
    page.filters.way.setCurrentIndex(1)
    assert max(float(said) for said in column(page, "employment")) <= 5
    kept = page.table.shown.rowCount()
    assert page.filters.count.text() == f"{kept} of {size} firms"
    assert page.filters.words() == "Dalarna; 2-9 employees; Employment ≤ 5.0\u00a0FTE"
    QTest.mouseClick(page.filters.clear, Qt.MouseButton.LeftButton)
    assert page.table.shown.rowCount() == size
    place, industry = max(
        zip(column(page, "municipality"), column(page, "industry"), strict=True), key=lambda it: len(it[0])
    )
    QTest.keyClicks(page.filters.search, f"{place.upper()} {industry[:5].lower()}")
    qtbot.waitUntil(lambda: page.table.shown.rowCount() < size)
    assert set(column(page, "municipality")) == {place}
    assert industry in set(column(page, "industry"))
    page.filters.empty()
    firm = page.table.shown.firm(3)
    QTest.keyClicks(page.filters.search, str(firm))
    qtbot.waitUntil(lambda: page.table.shown.rowCount() == 1)
    assert column(page, FIRM) == [str(firm)]
    QTest.keyClicks(page.filters.search, "xyzzy")
    qtbot.waitUntil(lambda: page.table.shown.rowCount() == 0)
    assert page.filters.count.text() == f"0 of {size} firms"


def test_that_a_row_chooses_its_point_and_a_point_its_row(page, qtbot):
    drawn(qtbot, page)
    page.table.setFocus()
    page.table.selectRow(0)
    first = page.table.shown.firm(0)
    assert page.firm == first
    row = page.frame.row(first)
    assert page.scatter.ring.getData()[0][0] == page.frame.of("employment")[row]
    assert f"Synthetic firm {first}" in page.biography.title.text()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.firm == page.table.shown.firm(1)
    largest = int(np.argmax(page.frame.of("employment")))
    across, up = (values[largest] for values in page.scatter._at)
    box = page.scatter.plot.getPlotItem().getViewBox()
    place = page.scatter.plot.mapFromScene(box.mapViewToScene(QPointF(across, up)))
    QTest.mouseClick(page.scatter.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    firm = int(page.frame.of(FIRM)[largest])
    assert page.firm == firm
    assert page.table.shown.firm(page.table.currentIndex().row()) == firm
    QTest.keyClick(page.scatter.plot, Qt.Key.Key_Left)
    assert page.firm != firm
    QTest.keyClick(page.scatter.plot, Qt.Key.Key_Right)
    assert page.firm == firm
    sort(page, "sales")
    assert page.table.shown.firm(page.table.currentIndex().row()) == firm


def test_that_axes_colours_and_scale_can_be_chosen(page, qtbot):
    choose(page.scatter.across, "owner_age")
    choose(page.scatter.colour, "sales")
    legend = page.scatter.legend.text()
    assert legend.startswith("Sales, kSEK/q")
    assert legend.count("●") == 5
    page.scatter.log.click()
    drawn(qtbot, page)
    axis = page.scatter.plot.getPlotItem().getAxis("left")
    assert axis.tickStrings([3.0, 3.301, 3.477], 1, None) == ["1,000", "2,000", ""]
    assert page.scatter._at[1].max() == pytest.approx(np.log10(page.frame.of("sales").max()))
    choose(page.filters.choices["industry"], 0)
    drawn(qtbot, page)
    assert page.scatter.legend.text().endswith("filtered out")
    page.grab()
    page.desk.theme.choose("dark")
    page.grab()
    page.desk.theme.choose("light")


def test_that_each_firm_with_a_place_is_a_point_in_the_colour_of_its_group(page, qtbot):
    drawn(qtbot, page)
    points = page.scatter.points
    assert len(points) == page.frame.size
    choose(page.scatter.across, "digital_level")
    page.scatter.log.click()
    drawn(qtbot, page)
    assert len(points) == np.count_nonzero((page.frame.of("digital_level") > 0) & (page.frame.of("sales") > 0))
    assert (np.diff(points._groups) >= 0).all()  # firms left out lie below, the highest group on top


def test_that_points_are_seen_where_their_firms_lie(page, qtbot):
    drawn(qtbot, page)
    largest = int(np.argmax(page.frame.of("employment")))
    box = page.scatter.plot.getPlotItem().getViewBox()
    at = QPointF(*(values[largest] for values in page.scatter._at))
    place = page.scatter.plot.mapFromScene(box.mapViewToScene(at))
    page.scatter.ring.clear()
    ground = QColor(page.desk.theme.colours.surface)
    seen = page.scatter.plot.grab().toImage().pixelColor(place)
    assert seen != ground
    page.scatter.points.clear()
    assert page.scatter.plot.grab().toImage().pixelColor(place) != seen


# -- time --------------------------------------------------------------------------------------------------------
def test_that_time_is_walked_by_keys_and_played(page, qtbot, monkeypatch):
    page.time.slider.setFocus()
    QTest.keyClick(page.time.slider, Qt.Key.Key_Home)
    assert page.time.quarter.text() == "2025Q4"
    assert page.table.shown.rowCount() == page.history.frames[0].size
    choose_columns(page, "profit")
    assert set(column(page, "profit")) == {"–"}
    page.time.on.click()
    assert page.time.quarter.text() == "2026Q1"
    page.time.back.click()
    page.time._clock.setInterval(1)
    page.time.play.click()
    assert page.time.play.text() == "S&top"
    qtbot.waitUntil(lambda: not page.time.play.isChecked(), timeout=LONGEST_WAIT)
    assert page.time.quarter.text() == "2028Q4"


def test_that_a_region_too_large_for_every_quarter_says_so(page, desk_language):
    whole = page.history
    assert "quarter" not in page.mark.text()
    entries = (0, 4, 8, 12)
    page.run.history = replace(whole, entries=entries, frames=[whole.frames[at] for at in entries])
    page.run.finished.emit()
    assert "too many firms to keep every quarter: 1 of 4 is kept, and the last" in page.mark.text()
    assert page.time.slider.maximum() == 3
    page.time.slider.setValue(1)
    assert page.time.quarter.text() == "2026Q4"
    desk_language.switch("sv")
    assert "för många företag för att behålla alla kvartal: 1 av 4 finns kvar, och det sista" in page.mark.text()


def choose_columns(page, name):
    page.columns.show_column(name, True)


def test_that_a_life_is_told_in_words_with_its_measure_and_its_end(page):
    events = page.history.events
    code = events.names.index("supported")
    firm = int(events.firm[events.code == code][0])
    page.choose(firm)
    lines = [page.biography.life.item(at).text() for at in range(page.biography.life.count())]
    support = next(line for line in lines if "Support awarded" in line)
    assert support.endswith(" kSEK (robots)")
    assert support.split()[0] in page.history.labels
    page.desk.language.switch("sv")
    lines = [page.biography.life.item(at).text() for at in range(page.biography.life.count())]
    assert any("Stöd beviljat" in line and line.endswith(" tkr (robots)") for line in lines)
    page.desk.language.switch("en")
    gone = sorted(set(page.history.frames[0].of(FIRM).tolist()) - set(page.frame.of(FIRM).tolist()))[0]
    page.choose(gone)
    assert page.biography.title.text().endswith("no longer there at 2028Q4")
    assert page.biography.life.item(0).text() == "2025Q4  At work already"
    assert "Closed" in page.biography.life.item(page.biography.life.count() - 1).text()
    newest = int(page.frame.of(FIRM)[-1])
    page.choose(newest)
    page.time.slider.setValue(0)
    assert page.biography.title.text().endswith("not founded yet at 2025Q4")
    assert "Founded, with" in page.biography.life.item(0).text()


# -- runs --------------------------------------------------------------------------------------------------------
def test_that_a_change_marks_the_firms_as_old_until_they_are_run_again(page, qtbot):
    before = page.history
    page.desk.document.rewrite(PLAN.replace("capacity: 12", "capacity: 30"), _WHAT)
    page.desk.document.settle()
    assert page.mark.text().endswith("from before the last change: run again")
    assert page.history is before
    page.bar.button.click()
    done(qtbot, page)
    qtbot.waitUntil(lambda: page.history is not before, timeout=LONGEST_WAIT)
    assert "before" not in page.mark.text()
    page.bar.seed.setValue(5)
    assert page.mark.text().endswith("run again")
    page.bar.button.click()
    qtbot.waitUntil(lambda: page.history.seed == 5, timeout=LONGEST_WAIT)
    assert page.mark.text().endswith("seed 5")
    page.desk.document.rewrite(PLAN.replace("capacity: 12", "capacity: -1"), _WHAT)
    page.desk.document.settle()
    assert page.mark.text().endswith("from before the faults in the text")
    assert not page.bar.button.isEnabled()
    assert page.table.shown.rowCount()


def test_that_another_scenario_is_run_without_being_asked_for(page, qtbot):
    page.bar.seed.setValue(9)
    page.choose(page.table.shown.firm(0))
    page.desk.document.start(PLAN.replace("years: 3", "years: 1").replace("run: {", "run: {seed: 3, "), "other.yaml")
    qtbot.waitUntil(lambda: page.history is not None and len(page.history.frames) == 5, timeout=LONGEST_WAIT)
    done(qtbot, page)
    assert page.history.seed == 3
    assert page.time.quarter.text() == "2026Q4"


def test_that_a_faulty_scenario_says_so_and_is_run_when_it_is_mended(fresh_desk, qtbot, lasting):
    fresh_desk.document.start(PLAN.replace("capacity: 12", "capacity: -1"), "plan.yaml")
    fresh_desk.document.settle()
    page = InspectPage(fresh_desk, lasting)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    assert page.mark.text().startswith("The text has faults")
    assert not page.run.running
    page.write(None)
    assert page.message.isVisible()
    fresh_desk.document.rewrite(PLAN, _WHAT)
    fresh_desk.document.settle()
    done(qtbot, page)
    assert page.table.shown.rowCount()
    page.close_down()


def test_that_a_run_shows_how_far_it_is_and_can_be_cancelled(page, qtbot):
    before = page.history
    page.desk.document.rewrite(LONG, _WHAT)
    page.desk.document.settle()
    page.bar.button.click()
    assert page.bar.button.text() == "&Cancel"
    qtbot.waitUntil(lambda: page.run.done > 3, timeout=LONGEST_WAIT)
    assert page.bar.progress.isVisible()
    assert page.bar.progress.maximum() == 241
    assert page.mark.text().endswith("of 241 quarters")
    page.bar.button.click()
    assert not page.run.running
    assert page.history is before
    assert page.mark.text().endswith("run again")
    assert page.bar.progress.isHidden()
    qtbot.waitUntil(lambda: page.run._worker.free, timeout=LONGEST_WAIT)


def test_that_a_killed_worker_is_said_and_its_run_done_again(page, qtbot):
    page.desk.document.rewrite(LONG.replace("years: 60", "years: 8"), _WHAT)
    page.desk.document.settle()
    before, pid = page.history, page.run.pid
    page.start()
    qtbot.waitUntil(lambda: page.run.done > 1, timeout=LONGEST_WAIT)
    os.kill(pid, signal.SIGTERM)
    qtbot.waitUntil(page.message.isVisible, timeout=LONGEST_WAIT)
    assert "was replaced" in page.message.text()
    page.desk.language.switch("sv")
    assert "ersatts" in page.message.text()
    qtbot.waitUntil(lambda: page.history is not before, timeout=LONGEST_WAIT)
    assert page.run.pid != pid
    assert len(page.history.frames) == 33


def test_that_workers_that_always_die_are_given_up(page, monkeypatch):
    monkeypatch.setattr(run_module, "MOST_LOSSES", 0)
    page.start()
    page.run._lose(page.run._worker)
    assert "No worker process" in page.message.text()
    assert not page.run.running
    assert page.history is not None


# -- files -------------------------------------------------------------------------------------------------------
def test_that_the_table_is_written_as_it_is_seen_with_what_it_is_of(page, qtbot, tmp_path, monkeypatch):
    choose(page.filters.choices["size_class"], 1)
    sort(page, "employment", Qt.SortOrder.DescendingOrder)
    path = tmp_path / "firms.csv"
    monkeypatch.setattr(table_menus, "ask_save", lambda *_: path)
    with qtbot.waitSignal(page.exporter.told, timeout=LONGEST_WAIT):
        page.export.ask()
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[:4] == ["scenario,plan.yaml", f"digest,{page.history.digest}", "seed,1", "quarter,2028Q4"]
    assert lines[4] == "filter,10-49 employees"
    assert "synthetic" in lines[5]
    head = lines.index("") + 1
    assert lines[head].startswith('Firm,Municipality,Industry,"Employment, FTE",Size class,')
    assert len(lines) == head + 1 + page.table.shown.rowCount()
    assert lines[head + 1].split(",")[0] == str(page.table.shown.firm(0))
    page.desk.language.switch("sv")
    with qtbot.waitSignal(page.exporter.told, timeout=LONGEST_WAIT):
        page.write(path)
    assert ";" in path.read_text("utf-8-sig").splitlines()[0]
    with qtbot.waitSignal(page.exporter.told, timeout=LONGEST_WAIT):
        page.write(tmp_path / "nowhere" / "firms.csv")
    assert "kan inte skrivas" in page.message.text()


def test_that_the_table_can_be_copied(page, qtbot):
    with qtbot.waitSignal(page.exporter.told, timeout=LONGEST_WAIT):
        page.write(None)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "scenario\tplan.yaml"
    assert page.message.text() == f"The table is on the clipboard: {page.table.shown.rowCount()} firms."


def test_that_chosen_columns_are_remembered(page, qtbot):
    choose_columns(page, "cash")
    page.columns.show_column("barrier", False)
    names = [each.name for each in page.table.shown.columns]
    assert "cash" in names
    assert "barrier" not in names
    other = InspectPage(page.desk, FirmRun())
    qtbot.addWidget(other)
    other.columns.offer(columns_of(page.history.where))
    assert [each.name for each in other.columns.chosen] == names
    other.close_down()
    page.columns._menu.actions()[0].trigger()
    assert "cash" not in [each.name for each in page.table.shown.columns]


# -- many firms --------------------------------------------------------------------------------------------------
def test_that_thousands_of_firms_are_sorted_filtered_and_drawn_fast(page):
    luck, count = np.random.default_rng(1), 6000
    known = page.frame
    rows = luck.integers(known.size, size=count)
    big = {name: values[rows] for name, values in known.columns.items()}
    big[FIRM] = np.arange(count, dtype=np.int32)
    frame = Frame(known.entry, big)
    everything, language = columns_of(page.history.where), page.desk.language
    row_filter = RowFilter({"county": 1}, ("metal",), Condition("employment", True, 4.0))

    def work():
        began = time.thread_time()
        kept = row_filter.kept(frame, everything, language)
        page.table.show_firms(frame, kept | True, page.columns.chosen, 17)
        sort(page, "municipality")
        return time.thread_time() - began

    assert min(work() for _ in range(5)) < 0.05
    page.scatter._frame, page.scatter._kept = frame, np.ones(count, bool)

    def draw():
        began = time.thread_time()
        page.scatter._draw()
        return time.thread_time() - began

    assert min(draw() for _ in range(5)) < 0.05


def test_that_numbers_fall_into_groups_of_equal_share():
    column = FirmColumn("sales", Text("Sales", "Omsättning"), "kSEK/q", Text("", ""))
    edges, words = bins(np.arange(100.0), column, lambda value: f"{value:.0f}")
    assert len(edges) == len(words) == 5
    assert words[:2] == ["≤&nbsp;20", "20–40"]
    assert words[-1] == "&gt;&nbsp;79"
    assert bins(np.array([1.0, 0.0, 1.0]), column, str)[1] == ["0.0", "1.0"]
    assert bins(np.empty(0), column, str)[1] == []
    skewed = np.concatenate((np.zeros(95), np.arange(1.0, 8.0)))
    edges, words = bins(skewed, column, str)
    assert len(edges) == len(words) == 2


# -- words -------------------------------------------------------------------------------------------------------
def words_of(page):
    """All that the page says with its firms on it."""
    for box in page.findChildren(QComboBox):
        yield from (box.itemText(at) for at in range(box.count()))
    for part in page.findChildren(QLabel) + page.findChildren(QAbstractButton):
        yield from (part.text(), part.toolTip())
    for action in page.findChildren(QAction):
        if type(action.parent()).__module__.startswith("pyqtgraph"):
            continue  # its menu is off
        yield from (action.text(), action.toolTip())
    shown = page.table.shown
    for place in range(shown.columnCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield shown.headerData(place, Qt.Orientation.Horizontal, role)
        yield from (shown.words(row, place) for row in range(shown.rowCount()))
    yield from (page.biography.life.item(at).text() for at in range(page.biography.life.count()))
    for widget in page.findChildren(QWidget):
        yield from (widget.accessibleName(), widget.accessibleDescription())


@pytest.mark.parametrize(("first", "then"), [("en", "sv"), ("sv", "en")])
def test_that_firms_speak_one_language_at_a_time(page, first, then):
    page.desk.language.switch(first)
    newest = int(page.frame.of(FIRM)[-1])
    page.choose(newest)
    for name in [each.name for each in columns_of(page.history.where)]:
        page.columns.show_column(name, True)
    before = {said for said in words_of(page) if said and re.search(r"[^\W\d_]{3,}", said)}
    page.desk.language.switch(then)
    places = set(column(page, "municipality")) | set(column(page, "county"))
    left = before & set(words_of(page)) - places
    assert {said for said in left if said not in SAME} == set()


SAME = {"Filter", "Export", "Digital", "MWh/MSEK", "Start"}


def test_that_everything_can_be_reached_by_keys_and_is_named(page):
    parts = [part for part in page.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert page.table in parts
    assert page.scatter.plot in parts
    parts = [part for part in parts if part.isVisible() and not isinstance(part, QScrollBar)]
    own = [part for part in parts if not isinstance(part.parent(), QAbstractSpinBox | QAbstractScrollArea)]
    unnamed = [each for each in own if not (each.accessibleName() or getattr(each, "text", str)())]
    assert [(type(each), each.parent()) for each in unnamed] == []
    page.time.slider.setValue(3)
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.time.place == 4
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.time.place == 3
    page.hidden()
    assert not page.time.play.isChecked()
