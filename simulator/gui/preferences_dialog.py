"""Language, theme, size of letters and number of runs; what is chosen holds at once and next time."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from simulator.gui.desk import Desk
from simulator.gui.dialogs import Dialog
from simulator.gui.font_size import LARGEST, SMALLEST, FontSize
from simulator.gui.language import LANGUAGES
from simulator.gui.live.session import MOST_REPLICATIONS
from simulator.gui.menus import SCHEMES
from simulator.quantity import Text

_TITLE = Text("Preferences", "Inställningar")
_LANGUAGE, _THEME = Text("&Language", "&Språk"), Text("&Theme", "&Tema")
_RUNS = Text("&Replications in Explore and Results", "&Upprepningar i Utforska och Resultat")
_SIZE, _POINTS = Text("Size of l&etters", "Bokstävernas st&orlek"), Text(" points", " punkter")


class PreferencesDialog(Dialog):
    """A form of a few choices."""

    def __init__(self, desk: Desk, font_size: FontSize, parent: QWidget) -> None:
        super().__init__(desk, _TITLE, parent)
        self.language, self.theme, self.points, self.runs = QComboBox(), QComboBox(), QSpinBox(), QSpinBox()
        form = QFormLayout()
        form.setSpacing(10)
        rows = (_LANGUAGE, self.language), (_THEME, self.theme), (_SIZE, self.points), (_RUNS, self.runs)
        for text, widget in rows:
            label = QLabel()
            label.setBuddy(widget)
            desk.language.words(label, label.setText, text)
            form.addRow(label, widget)
        self.inside.addLayout(form)
        self.language.addItems(list(LANGUAGES.values()))
        self.language.setCurrentIndex(list(LANGUAGES).index(desk.language.code))
        self.theme.addItems(["" for _ in SCHEMES])
        self.theme.setCurrentIndex(list(SCHEMES).index(desk.theme.choice))
        self.points.setRange(SMALLEST, LARGEST)
        self.points.setValue(font_size.points)
        self.runs.setRange(1, MOST_REPLICATIONS)
        self.runs.setValue(desk.live.replications)
        self.runs.setKeyboardTracking(False)
        self.runs.valueChanged.connect(desk.want_replications)
        self.language.activated.connect(lambda at: desk.language.switch(list(LANGUAGES)[at]))
        self.theme.activated.connect(lambda at: desk.theme.choose(list(SCHEMES)[at]))
        self.points.valueChanged.connect(font_size.choose)
        desk.language.words(self.points, self.points.setSuffix, _POINTS)
        desk.language.follow(self, self._name_schemes)
        desk.theme.follow(self, lambda: self.theme.setCurrentIndex(list(SCHEMES).index(desk.theme.choice)))

    def _name_schemes(self) -> None:
        for at, text in enumerate(SCHEMES.values()):
            self.theme.setItemText(at, self.desk.language.said(text))
