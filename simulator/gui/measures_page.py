"""The page of measures: catalogue and list on the left; form, timeline with cost, coordination on the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.measures.catalogue import Catalogue, KindPage
from simulator.gui.measures.form import MeasureForm
from simulator.gui.measures.listing import MeasureList
from simulator.gui.measures.mix import Mix
from simulator.gui.measures.planning import Coordination, Planning
from simulator.gui.page import Page
from simulator.interventions.declaration import Kind
from simulator.quantity import Text
from simulator.scenario.problems import Place

LEFT, SPLIT = 270, "measures_split"
FAULTS = Text(
    "The text has faults: what is shown is how it was last sound. ",
    "Texten har fel: det som visas är hur den senast var utan fel. ",
)
UNREAD = Text("The text has faults. ", "Texten har fel. ")


class MeasuresPage(Page):
    """Build the mix of measures."""

    TITLE = Text("Measures", "Insatser")
    HELP = Text(
        "Choose measures, set them, place them in time, and see what they cost",
        "Välj insatser, ställ in dem, placera dem i tiden och se vad de kostar",
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.mix = Mix(desk.document)
        self.mix.read_anew()  # before anybody listens: all parts are made once, for the measure that is chosen
        self.list, self.catalogue = MeasureList(desk, self.mix), Catalogue(desk)
        self.form, self.kind = MeasureForm(desk, self.mix), KindPage(desk, self.mix)
        self.planning, self.coordination = Planning(desk, self.mix), Coordination(desk, self.mix)
        self.settings = QStackedWidget()
        self.settings.addWidget(self.form)
        self.settings.addWidget(self.kind)
        self.left = self._tabs(
            (self.list, Text("In the &scenario", "I &scenariot")), (self.catalogue, Text("&Catalogue", "&Katalog"))
        )
        self.right = self._tabs(
            (self.settings, Text("Se&ttings", "&Inställningar")),
            (self.planning, Text("T&imeline and cost", "Tid &och kostnad")),
            (self.coordination, Text("C&oordination", "Samordnin&g")),
        )
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.left)
        split.addWidget(self.right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 5)
        split.setSizes([LEFT, 3 * LEFT])
        split.setChildrenCollapsible(False)
        self.left.setMinimumWidth(210)
        split.restoreState(desk.preferences.shape(SPLIT))
        self.split = split
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setMargin(4)
        self._said: Text | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.notice)
        layout.addWidget(split, 1)
        self._connect()

    def _tabs(self, *parts: tuple[QWidget, Text]) -> QTabWidget:
        made = QTabWidget()
        self.desk.language.words(made, made.tabBar().setAccessibleName, self.TITLE)
        made.setDocumentMode(True)
        for at, (widget, text) in enumerate(parts):
            made.addTab(widget, "")
            self.desk.language.words(made, partial(made.setTabText, at), text)
        return made

    def _connect(self) -> None:
        self.catalogue.chosen.connect(self.kind.show_kind)
        self.catalogue.wanted.connect(self._take)
        self.kind.added.connect(self._show_list)
        self.left.currentChanged.connect(self._turned)
        self.list.catalogue_wanted.connect(self.open_catalogue)
        self.list.name_wanted.connect(self._name)
        self.mix.refused.connect(self._refused)
        self.mix.refreshed.connect(self._read_anew)
        self.desk.language.follow(self.notice, self._tell)
        self.desk.theme.follow(self.notice, self._tell)

    def make_more(self) -> bool:
        """The form of the measure that is chosen."""
        missing = not self.form.made
        self.form.make()
        return missing

    def shown(self) -> None:
        """Show the measure that is chosen."""
        self.form.make()

    def open_catalogue(self) -> None:
        """Turn to the catalogue, ready to search."""
        self.left.setCurrentWidget(self.catalogue)
        self.catalogue.search.setFocus()

    def close_down(self) -> None:
        """Remember how wide the list is."""
        self.desk.preferences.keep_shape(SPLIT, self.split.saveState())

    def _take(self, kind: Kind) -> None:
        self.kind.show_kind(kind)
        self.kind.add()

    def _turned(self, _place: int) -> None:
        browsing = self.left.currentWidget() is self.catalogue
        self.settings.setCurrentWidget(self.kind if browsing else self.form)
        if browsing:
            self.right.setCurrentWidget(self.settings)
            if self.catalogue.kind is not None:
                self.kind.show_kind(self.catalogue.kind)

    def _show_list(self) -> None:
        self.left.setCurrentWidget(self.list)

    def _name(self) -> None:
        self.right.setCurrentWidget(self.settings)
        if self.mix.measure is not None:
            self.form.name.setFocus()
            self.form.name.selectAll()

    def _refused(self, why: Text) -> None:
        self._said = why
        self._tell()

    def _read_anew(self) -> None:
        self._said = None
        self._tell()

    def _tell(self) -> None:
        check, colours = self.desk.document.check, self.desk.theme.colours
        text = self._said
        if text is None and check.scenario is None and check.problems:
            first = replace(check.problems[0], place=Place("")).text()
            line = check.problems[0].line
            lead = UNREAD if self.mix.scenario is None else FAULTS
            text = Text(f"{lead.en}Line {line}{first.en}", f"{lead.sv}Rad {line}{first.sv}")
        self.notice.setVisible(text is not None)
        if text is not None:
            self.notice.setText(self.desk.language.said(text))
            self.notice.setStyleSheet(f"color: {colours.error}; background: {colours.raised}")
