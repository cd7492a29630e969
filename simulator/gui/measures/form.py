"""The form of one measure: everything its kind can be told, the essential first, each number explained on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.desk import Desk
from simulator.gui.measures.mix import SECTION, Mix, Status
from simulator.gui.measures.row import Row, Spec, tinted
from simulator.gui.measures.specs import SECTIONS, sections
from simulator.gui.measures.wording import of_kind
from simulator.interventions.declaration import Kind
from simulator.quantity import Text

ABOUT = Text("What it is and what is known", "Vad det är och vad som är känt")
HINT = Text(
    "Stop at a value to read what it means, what is allowed and how well it is founded. Bold: written in this text; "
    "↺ takes that back.",
    "Stanna vid ett värde för att läsa vad det betyder, vad som är tillåtet och hur väl underbyggt det är. Fetstil: "
    "skrivet i denna text; ↺ tar bort det.",
)
EMPTY = Text(
    "No measure is chosen. Add one from the catalogue on the left.",
    "Ingen insats är vald. Lägg till en från katalogen till vänster.",
)
UNREAD = Text(
    "The text has faults. Mend them on the page of the text; then the measures are shown here.",
    "Texten har fel. Rätta dem på textsidan, så visas insatserna här.",
)
WIDEST = 760
WIDTHS = (150, 204, 122)
"""Least widths of names, editors and units, the same in all sections so that they stand in line."""


class Section(QWidget):
    """A group of rows under a heading that opens and closes it; `make` fills it when it is first open.

    own  how many of its values are written in the text
    """

    def __init__(
        self, desk: Desk, title: Text, open_now: bool, specs: Sequence[Spec], make: Callable[[Section], None]
    ) -> None:
        super().__init__()
        self.desk, self.title, self.specs = desk, title, specs
        self._make: Callable[[Section], None] | None = make
        self.own = 0
        self.heading = QToolButton()
        self.heading.setCheckable(True)
        self.heading.setAutoRaise(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.body = QWidget()
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(20, 0, 4, 6)
        self.grid.setColumnStretch(0, 1)
        for column, wide in enumerate(WIDTHS):
            self.grid.setColumnMinimumWidth(column, wide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.body)
        self.heading.toggled.connect(self._open)
        self.heading.setChecked(open_now)
        self._open(open_now)
        desk.language.follow(self, self.name)

    def _open(self, now: bool) -> None:
        self.heading.setArrowType(Qt.ArrowType.DownArrow if now else Qt.ArrowType.RightArrow)
        if now and self._make is not None:
            make, self._make = self._make, None
            make(self)
        self.body.setVisible(now)

    def name(self) -> None:
        """Write the heading, with how much of it is written in the text."""
        own, many = self.own, len(self.specs)
        count = (
            Text(f" ({many}, {own} set here)", f" ({many}, {own} {'satt' if own == 1 else 'satta'} här)")
            if own
            else Text(f" ({many})", f" ({many})")
        )
        self.heading.setText(self.desk.language.said(self.title) + (self.desk.language.said(count) if many else ""))


class MeasureForm(QWidget):
    """Header, rows in sections, and a place where the value in hand is explained."""

    def __init__(self, desk: Desk, mix: Mix) -> None:
        super().__init__()
        self.desk, self.mix = desk, mix
        self.made = False
        self.rows: dict[str, Row] = {}
        self.sections: dict[str, Section] = {}
        self._open = {"essential", "effect"}
        self._built: tuple[str, ...] = ()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts are stops of their own
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.RichText)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setMinimumHeight(74)
        self.told.setMargin(6)
        self._explained = HINT
        desk.language.follow(self.told, lambda: self.told.setText(desk.language.said(self._explained)))
        desk.theme.follow(self.told, self._frame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.told)
        mix.refreshed.connect(self.refresh)
        mix.selected.connect(self.refresh)
        mix.refused.connect(self.refresh)

    def _frame(self) -> None:
        colours = self.desk.theme.colours
        self.told.setStyleSheet(
            f"background: {colours.raised}; color: {colours.text}; border-top: 1px solid {colours.line}"
        )

    def explain(self, told: Text) -> None:
        """Say what a value means."""
        self._explained = told
        self.told.setText(self.desk.language.said(told))

    # -- making --------------------------------------------------------------------------------------------------
    def make(self) -> None:
        """Show the chosen measure from the first time on that somebody looks."""
        if not self.made:
            self.made = True
            self.refresh()

    def refresh(self) -> None:
        """Show the chosen measure as it is now; widgets are made anew only for another one."""
        if not self.made:
            return
        measure = self.mix.measure
        if measure is None and self.mix.document.reading:  # it may be about to appear
            return
        run = self.mix.scenario.run if self.mix.scenario is not None else None
        region = self.mix.scenario.region_name if self.mix.scenario is not None else ""
        faulty = f"{bool(self.mix.document.check.problems)}"
        names = sorted(each.name for each in self.mix.measures)
        wanted = (f"{run}", faulty) if measure is None else (measure.kind.name, f"{run}{region}", measure.name, *names)
        if wanted != self._built:
            self._built = wanted
            self._make(None if measure is None else measure.kind)
        if measure is None:
            return
        for row in self.rows.values():
            row.refresh()
        for section in self.sections.values():
            section.own = sum(self.mix.is_own(spec.steps) for spec in section.specs)
            section.name()
        self._show_header()

    def _make(self, kind: Kind | None) -> None:
        self.rows, self.sections = {}, {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 4, 10, 4)
        if kind is None or self.mix.measure is None:
            empty = QLabel()
            empty.setWordWrap(True)
            faulty = self.mix.scenario is None and bool(self.mix.document.check.problems)
            self.desk.language.words(empty, empty.setText, UNREAD if faulty else EMPTY)
            column.addWidget(empty)
        else:
            self._make_header(kind, column)
            for key, specs in sections(self.mix, self.desk.language, self.mix.chosen, kind):
                column.addWidget(self._section(key, specs))
            column.addWidget(self._about(kind))
        column.addStretch(1)
        body.setMaximumWidth(WIDEST)
        self.area.setWidget(body)
        self.explain(HINT)
        self.told.setVisible(kind is not None)

    def _section(self, key: str, specs: list[Spec]) -> Section:
        made = Section(self.desk, SECTIONS[key], key in self._open, specs, self._fill)
        made.heading.toggled.connect(lambda now, key=key: self._open.add(key) if now else self._open.discard(key))
        self.sections[key] = made
        return made

    def _fill(self, section: Section) -> None:
        for line, spec in enumerate(section.specs):
            row = Row(self.desk, self.mix, spec, section.grid, 2 * line)
            row.attended.connect(self.explain)
            self.rows[".".join(spec.steps[2:])] = row

    def _about(self, kind: Kind) -> Section:
        def fill(section: Section) -> None:
            text = QLabel()
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.desk.language.words(text, text.setText, of_kind(kind))
            section.grid.addWidget(text, 0, 0, 1, 4)

        made = Section(self.desk, ABOUT, "about" in self._open, (), fill)
        made.heading.toggled.connect(lambda now: self._open.add("about") if now else self._open.discard("about"))
        return made

    def _make_header(self, kind: Kind, column: QVBoxLayout) -> None:
        words = self.desk.language.words
        title = QLabel()
        title.setWordWrap(True)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        title.setFont(font)
        words(title, title.setText, Text(f"{kind.code} {kind.title.en}", f"{kind.code} {kind.title.sv}"))
        named = QLabel()
        words(named, named.setText, Text("Na&me", "Na&mn"))
        self.name = QLineEdit()
        words(self.name, self.name.setAccessibleName, Text("Name of the measure", "Insatsens namn"))
        self.name.editingFinished.connect(self._rename)
        named.setBuddy(self.name)
        self.on = QCheckBox()
        words(self.on, self.on.setText, Text("S&witched on", "&Påslagen"))
        self.on.clicked.connect(lambda on: self.mix.switch(self.mix.chosen, bool(on)))
        self.status = QLabel()
        tinted(self.desk, self.status, lambda colours: colours.muted)
        line = QHBoxLayout()
        line.addWidget(named)
        line.addWidget(self.name, 1)
        line.addWidget(self.on)
        line.addWidget(self.status)
        self.faults = QLabel()
        self.faults.setWordWrap(True)
        tinted(self.desk, self.faults, lambda colours: colours.warning)
        column.addWidget(title)
        column.addLayout(line)
        column.addWidget(self.faults)
        self.desk.language.follow(self.status, self._show_header)

    def _show_header(self) -> None:
        measure = self.mix.measure
        if measure is None:
            return
        if not (self.name.isModified() and self.name.hasFocus()):
            self.name.setText(measure.name)
            self.name.setModified(False)
        self.on.setChecked(measure.active)
        status = self.mix.status(measure.name)
        self.status.setText(self.desk.language.said(status.value))
        self.status.setVisible(status is not Status.OWN)
        shown = {".".join(row.spec.steps) for row in self.rows.values()}
        others = [
            problem
            for problem in self.mix.problems((SECTION, measure.name))
            if not any(problem.path == path or problem.path.startswith(f"{path}.") for path in shown)
        ]
        lines = [self.desk.language.said(each.message) for each in others]
        if measure.active and measure.idle:
            none = Text(
                "Capacity 0: it does nothing and costs nothing.", "Kapacitet 0: den gör inget och kostar inget."
            )
            lines.append(self.desk.language.said(none))
        self.faults.setText("\n".join(f"⚠ {line}" for line in lines))
        self.faults.setVisible(bool(lines))

    def _rename(self) -> None:
        new = self.name.text().strip()
        if new and new != self.mix.chosen and self.name.isModified():
            self.name.setModified(False)
            if not self.mix.rename(self.mix.chosen, new):
                self.name.setText(self.mix.chosen)
        elif not new:
            self.name.setText(self.mix.chosen)
