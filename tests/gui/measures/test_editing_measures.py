"""A planner builds a mix: what is clicked and written stands in the text, in one step, and can be taken back."""

from __future__ import annotations

from html import escape

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from simulator.gui.measures.listing import ROLE
from simulator.gui.measures.mix import Status
from simulator.gui.measures.specs import sections
from simulator.gui.measures.wording import of_kind, of_quantity
from simulator.gui.measures_page import MeasuresPage
from simulator.interventions.catalogue import KINDS
from simulator.quantity import Text
from simulator.references import full
from simulator.scenario.files import SHIPPED

HEAD = "format: 1\nextends: baseline.yaml   # shipped\nrun: {years: 10}\n"
ROBOTS = (
    HEAD
    + """\
interventions:
  robots:    # ours
    kind: robot_lift
    start: 2027Q1
    capacity: 12   # per quarter
"""
)
INHERITED = "format: 1\nextends: coordinated.yaml\n"


@pytest.fixture
def opened(desk, qtbot):
    """Show the page on a text."""

    def made(text: str) -> MeasuresPage:
        desk.document.start(text)
        desk.document.settle()
        page = MeasuresPage(desk)
        page.shown()
        qtbot.addWidget(page)
        page.resize(1000, 620)
        page.show()
        return page

    return made


def write(qtbot, line, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_that_a_kind_is_found_in_either_language_and_by_lever_and_code(opened):
    catalogue = opened(HEAD).catalogue
    assert len(catalogue.shown) == len(KINDS)
    for asked in ("robotlyftet", "robot lift", "N3", "subsidy_cap automation"):
        catalogue.search.setText(asked)
        assert "robot_lift" in catalogue.shown, asked
        assert len(catalogue.shown) < len(KINDS)
    catalogue.search.setText("no such measure")
    assert catalogue.shown == []
    assert catalogue.none.isVisibleTo(catalogue)


def test_that_a_kind_is_taken_in_from_the_catalogue_and_undone(opened, desk, qtbot):
    page = opened(ROBOTS)
    page.list.add.click()
    page.catalogue.search.setText("robot_lift")
    page.catalogue.tree.setCurrentItem(page.catalogue.items["robot_lift"])
    assert page.kind.name.text() == "robot-lift"
    page.kind.button.click()
    assert desk.document.text == ROBOTS + "  robot-lift:\n    kind: robot_lift\n    start: 2027Q1\n"
    desk.document.settle()
    assert page.mix.measure.name == "robot-lift"
    assert page.form.name.text() == "robot-lift"
    assert page.list.list.currentItem().data(ROLE) == "robot-lift"
    desk.document.history.undo()
    assert desk.document.text == ROBOTS


def test_that_a_name_that_is_taken_or_no_name_is_refused_in_place(opened, desk):
    page = opened(ROBOTS)
    page.kind.show_kind(KINDS["robot_lift"])
    for name in ("robots", "2 robots", ""):
        page.kind.name.setText(name)
        assert not page.kind.add()
        assert page.notice.isVisibleTo(page)
    assert desk.document.text == ROBOTS


def test_that_every_kind_has_all_its_values_in_its_form(opened, desk):
    page = opened(HEAD)
    for kind in KINDS.values():
        parts = [spec for _, specs in sections(page.mix, desk.language, "mine", kind) for spec in specs]
        asked = {spec.steps[2:] for spec in parts}
        assert {(key,) for key in kind.settings} <= asked
        assert {("target", key) for key in kind.target_fields} <= asked
        assert {("start",), ("budget", "per_year"), ("budget", "total")} <= asked
        assert all(spec.told.en != spec.told.sv for spec in parts)


@pytest.mark.parametrize("name", ["robot_lift", "training_at_work", "map_coordinate", "scale_pilots"])
def test_that_a_form_shows_what_the_scenario_says(name, opened, desk):
    page = opened(HEAD)
    page.mix.add(KINDS[name], "mine")
    desk.document.settle()
    for section in page.form.sections.values():
        section.heading.setChecked(True)
    asked = {spec.steps[2:] for _, specs in sections(page.mix, desk.language, "mine", KINDS[name]) for spec in specs}
    assert {".".join(steps) for steps in asked} == set(page.form.rows)
    for key, quantity in KINDS[name].settings.items():
        line = page.form.rows[key].editor.parts[0]
        assert line.text() == desk.language.setting(quantity.default), key


def test_that_a_value_is_written_undone_and_taken_back(opened, desk, qtbot):
    page = opened(ROBOTS)
    desk.language.switch("sv")
    row = page.form.rows["capacity"]
    write(qtbot, row.editor.whole, "7,5")
    assert desk.document.text == ROBOTS.replace("12 ", "7.5 ")
    assert desk.document.history.count() == 1
    desk.document.history.undo()
    qtbot.waitUntil(lambda: row.editor.whole.text() == "12")
    row.reset.click()
    desk.document.settle()
    assert "capacity" not in desk.document.text
    assert row.editor.whole.text() == "3,6"
    assert not row.reset.isEnabled()


def test_that_what_is_outside_is_said_at_the_field_and_stays_in_the_text(opened, desk, qtbot):
    page = opened(ROBOTS)
    row = page.form.rows["capacity"]
    write(qtbot, row.editor.whole, "9000")
    desk.document.settle()
    assert "9000" in desk.document.text
    assert row.fault.isVisibleTo(page)
    assert "too large" in row.fault.text()
    desk.language.switch("sv")
    assert "för stort" in row.fault.text()
    assert "fel" in page.notice.text()
    write(qtbot, row.editor.whole, "9")
    desk.document.settle()
    assert not row.fault.isVisibleTo(page)
    assert not page.notice.isVisibleTo(page)


def test_that_no_number_is_said_at_the_field_and_changes_nothing(opened, desk, qtbot):
    page = opened(ROBOTS)
    row = page.form.rows["ramp"]
    write(qtbot, row.editor.line, "many")
    assert desk.document.text == ROBOTS
    assert "Write a number" in row.fault.text()
    assert row.editor.line.text() == "many"


def test_that_a_key_moves_a_number_in_one_step(opened, desk, qtbot):
    page = opened(ROBOTS)
    line = page.form.rows["capacity"].editor.whole
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Up)
    assert desk.document.settle().scenario.measures[0].number("capacity") == pytest.approx(13.5)
    assert desk.document.history.count() == 1


def test_that_a_capacity_can_differ_between_counties(opened, desk, qtbot):
    page = opened(ROBOTS)
    editor = page.form.rows["capacity"].editor
    editor.apart.click()
    assert desk.document.settle().scenario.measures[0].settings["capacity"] == {"20": 4, "21": 4, "17": 4}
    write(qtbot, editor.lines["dalarna"], "6")
    assert desk.document.settle().scenario.measures[0].settings["capacity"]["20"] == 6
    editor.apart.click()
    assert desk.document.settle().scenario.measures[0].settings["capacity"] == 14


def test_that_a_restriction_is_chosen_lifted_and_taken_back(opened, desk, qtbot):
    page = opened(ROBOTS)
    page.form.sections["target"].heading.setChecked(True)
    counties = page.form.rows["target.counties"].editor.list
    names = [counties.item(at).text() for at in range(counties.count())]
    counties.item(names.index("Gävleborg")).setCheckState(Qt.CheckState.Checked)
    assert desk.document.settle().scenario.measures[0].target.counties == ("21",)
    counties.item(names.index("Gävleborg")).setCheckState(Qt.CheckState.Unchecked)
    assert desk.document.settle().scenario.measures[0].target.counties is None
    assert "counties" not in desk.document.text
    level = page.form.rows["target.digital_level"]
    assert KINDS["robot_lift"].target.digital_level is not None
    level.editor.low.setFocus()
    level.editor.low.selectAll()
    qtbot.keyClick(level.editor.low, Qt.Key.Key_Delete)
    qtbot.keyClick(level.editor.low, Qt.Key.Key_Return)
    assert desk.document.settle().scenario.measures[0].target.digital_level is None
    assert "digital_level: null" in desk.document.text
    level.reset.click()
    assert desk.document.settle().scenario.measures[0].target.digital_level == KINDS["robot_lift"].target.digital_level


def test_that_switching_off_and_on_leaves_the_text_as_it_was(opened, desk):
    page = opened(ROBOTS)
    page.list.item("robots").setCheckState(Qt.CheckState.Unchecked)
    desk.document.settle()
    assert desk.document.text == ROBOTS + "    active: false\n"
    assert not page.form.on.isChecked()
    page.form.on.click()
    desk.document.settle()
    assert desk.document.text == ROBOTS
    assert page.list.item("robots").checkState() == Qt.CheckState.Checked


def test_that_what_is_inherited_is_shown_so_changed_here_and_removed_by_null(opened, desk, qtbot):
    page = opened(INHERITED)
    assert page.mix.status("robots") is Status.INHERITED
    assert "inherited" in page.list.item("robots").text()
    page.mix.choose("robots")
    write(qtbot, page.form.rows["capacity"].editor.whole, "5")
    desk.document.settle()
    assert page.mix.status("robots") is Status.CHANGED
    page.list.item("training").setCheckState(Qt.CheckState.Unchecked)
    desk.document.settle()
    page.list.remove.click()
    desk.document.settle()
    assert "robots" not in page.list.names
    assert "robots: null" in desk.document.text
    assert "training" in page.list.names
    desk.document.history.undo()
    desk.document.settle()
    assert page.mix.status("robots") is Status.CHANGED


def test_that_a_measure_is_copied_with_its_comments_and_removed_again(opened, desk):
    page = opened(ROBOTS)
    page.list.copy.click()
    desk.document.settle()
    assert desk.document.text.count("# per quarter") == 2
    assert page.mix.chosen == "robots-2"
    page.list.remove.click()
    assert desk.document.text == ROBOTS


def test_that_an_inherited_measure_is_copied_and_renamed_with_all_its_numbers(opened, desk):
    page = opened(INHERITED)
    page.mix.choose("training")
    page.list.copy.click()
    scenario = desk.document.settle().scenario
    first, second = (each for each in scenario.measures if each.name.startswith("training"))
    assert (first.settings, first.start, first.end) == (second.settings, second.start, second.end)
    assert page.mix.rename("training", "courses-at-work")
    names = {each.name for each in desk.document.settle().scenario.measures}
    assert {"courses-at-work", "training-2"} <= names
    assert "training" not in names


def test_that_a_new_name_goes_wherever_the_text_names_the_measure(opened, desk, qtbot):
    text = ROBOTS + (
        "  pilots: {kind: scale_pilots, target: {measures: [robots]}}\n"
        "uncertainty:\n  interventions.robots.capacity: {uniform: [1, 20]}\n"
        "variants: {small: {interventions.robots.capacity: 3}}\n"
    )
    page = opened(text)
    page.mix.choose("robots")
    write(qtbot, page.form.name, "arms")
    assert desk.document.text == text.replace("robots:    #", "arms:    #").replace("[robots]", "[arms]").replace(
        "interventions.robots", "interventions.arms"
    )
    assert desk.document.settle().scenario is not None
    desk.document.history.undo()
    assert desk.document.text == text


def test_that_no_word_of_the_other_language_stays(opened, desk, qtbot):
    page = opened((SHIPPED / "coordinated.yaml").read_text("utf-8"))

    def words(shown: MeasuresPage) -> list[str]:
        for section in shown.form.sections.values():
            section.heading.setChecked(True)
        found = [widget.text() for kind in (QLabel, QAbstractButton) for widget in shown.findChildren(kind)]
        found += [shown.list.list.item(at).text() for at in range(shown.list.list.count())]
        found += [item.text(0) for item in (*shown.catalogue.items.values(), *shown.catalogue.groups.values())]
        found += [tabs.tabText(at) for tabs in (shown.left, shown.right) for at in range(tabs.count())]
        return sorted(found)

    words(page)
    desk.language.switch("sv")
    fresh = MeasuresPage(desk)
    fresh.shown()
    qtbot.addWidget(fresh)
    assert words(page) == words(fresh)


def test_that_turning_from_measure_to_measure_leaves_nothing_behind(opened, desk, qtbot):
    page = opened(INHERITED)
    names = [each.name for each in page.mix.measures]
    for turn in range(60):
        page.mix.choose(names[turn % len(names)])
    qtbot.waitUntil(lambda: len(page.form.rows) > 0)
    assert len(desk.language._followers) < 2000


def test_that_a_text_that_cannot_be_read_is_said_and_mended(opened, desk, qtbot):
    page = opened(HEAD + "interventions: {robots: [}\n")
    assert "Line 4" in page.notice.text()
    assert page.list.names == []
    page.kind.show_kind(KINDS["robot_lift"])
    assert not page.kind.add()
    assert "mend it first" in page.notice.text()
    desk.document.rewrite(ROBOTS, page.HELP)
    desk.document.settle()
    assert page.list.names == ["robots"]
    assert page.form.name.text() == "robots"
    assert not page.notice.isVisibleTo(page)


def test_that_a_faulty_value_is_shown_as_it_is_written(opened, desk):
    page = opened(ROBOTS)
    page.mix.set(("interventions", "robots", "ramp"), "soon", page.HELP)
    desk.document.settle()
    assert page.form.rows["ramp"].editor.line.text() == "soon"
    assert page.form.rows["ramp"].fault.text().startswith("✖")
    page.form.rows["ramp"].reset.click()
    assert desk.document.text == ROBOTS


def test_that_the_catalogue_works_by_keyboard_alone(opened, desk, qtbot):
    page = opened(HEAD)
    page.open_catalogue()
    qtbot.keyClicks(page.catalogue.search, "robotlyftet")
    qtbot.keyClick(page.catalogue.search, Qt.Key.Key_Return)
    page.catalogue.tree.setCurrentItem(page.catalogue.items["robot_lift"])
    page.catalogue.tree.actions()[0].trigger()
    assert "kind: robot_lift" in desk.document.text
    assert page.left.currentWidget() is page.list


def test_that_scrolling_a_form_changes_no_choice(opened, desk, qtbot):
    page = opened(ROBOTS)
    box = page.form.rows["start"].editor.box
    page.form.name.setFocus()
    at = QPointF(5, 5)
    turned = QWheelEvent(
        at, box.mapToGlobal(at), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turned)
    assert desk.document.text == ROBOTS
    assert box.currentText() == "2027Q1"


def test_that_a_range_that_is_the_wrong_way_round_is_shown_and_mended(opened, desk, qtbot):
    page = opened(ROBOTS)
    page.form.sections["target"].heading.setChecked(True)
    row = page.form.rows["target.employees"]
    write(qtbot, row.editor.high, "20")
    write(qtbot, row.editor.low, "50")
    desk.document.settle()
    assert "larger than the second" in row.fault.text()
    assert (row.editor.low.text(), row.editor.high.text()) == ("50", "20")
    write(qtbot, row.editor.high, "100")
    assert desk.document.settle().scenario.measures[0].target.employees == (50, 100)
    assert not row.fault.isVisibleTo(page)


def test_that_sources_are_named_in_full_with_author_year_and_title():
    for kind in KINDS.values():
        for said in of_kind(kind):
            assert all(escape(full(key)) in said for key in kind.sources), kind.name
        for quantity in kind.settings.values():
            for said in of_quantity(quantity):
                assert all(escape(full(key)) in said for key in quantity.sources), quantity.text.en
    assert "Cai, J.; Szeidl, A. (2018): Interfirm relationships" in of_kind(KINDS["knowledge_platforms"]).sv


MENTIONS = (
    ROBOTS
    + """\
  lifts: {kind: digital_uptake}
  pilots: {kind: scale_pilots, target: {measures: [robots, lifts]}}
uncertainty:
  interventions.robots.capacity: {uniform: [5, 9]}
variants:
  few: {interventions.robots.capacity: 2}   # fewer
  many:
    interventions.lifts.capacity: 20
    interventions.robots.capacity: 20
"""
)


def test_that_a_removed_measure_is_mentioned_nowhere_and_comes_back_with_all_mentions(opened, desk):
    page = opened(MENTIONS)
    assert [problem.text().en for problem in desk.document.check.problems] == []
    page.mix.remove("robots")
    assert desk.document.settle().scenario is not None
    assert "robots" not in desk.document.text
    assert "target: {measures: [lifts]}" in desk.document.text
    desk.document.history.undo()
    assert desk.document.text == MENTIONS


@pytest.mark.parametrize("broken", [
    "interventions: 5\n", "interventions: {robots: 3}\n", "interventions: {robots: {target: 4}}\nvariants: [a]\n",
    "interventions: {robots: {target: {measures: 7}}}\nuncertainty: 9\nvariants: {few: 1}\n", "- a\n", "{", "",
])  # fmt: skip
def test_that_a_text_of_another_shape_is_left_to_the_user(opened, desk, broken):
    mix = opened(ROBOTS).mix
    for deed in (
        lambda: mix.add(KINDS["digital_uptake"], "new"), lambda: mix.remove("robots"), lambda: mix.duplicate("robots"),
        lambda: mix.rename("robots", "others"), lambda: mix.switch("robots", False), lambda: mix.switch("robots", True),
    ):  # fmt: skip
        desk.document.rewrite(broken, Text("an edit of this test", "en ändring i detta prov"))
        desk.document.settle()
        deed()
        desk.document.settle()
