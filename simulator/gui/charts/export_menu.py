"""A button that writes the chart that is seen to a file or the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from simulator.gui.charts.chart import Chart
from simulator.gui.charts.export import Form, copy_picture, copy_table, export
from simulator.gui.desk import Desk
from simulator.gui.file_dialogs import CSV, ask_save
from simulator.gui.saving import SaveError
from simulator.quantity import Text

_EXPORT = Text("Ex&port", "Export&era")
_FORMS = {
    Form.PNG: Text("Picture, &PNG…", "Bild, &PNG…"),
    Form.SVG: Text("Drawing, &SVG…", "Teckning, &SVG…"),
    Form.CSV: Text("Table, &CSV…", "Tabell, &CSV…"),
}
_KINDS = {
    Form.PNG: Text("Pictures (*.png)", "Bilder (*.png)"),
    Form.SVG: Text("Drawings (*.svg)", "Teckningar (*.svg)"),
    Form.CSV: CSV,
}
_COPY_PICTURE, _COPY_TABLE = Text("Copy p&icture", "Kopiera b&ild"), Text("Copy &table", "Kopiera &tabell")
_COPIED = Text("Copied.", "Kopierat.")
_NOTHING = Text("There is no result to export yet.", "Det finns inget resultat att exportera än.")
FOLDER = "export folder"


class ExportMenu(QPushButton):
    """Offers what `chart()` can be written as.

    told  what came of it (a Text)
    """

    told = Signal(object)

    def __init__(self, desk: Desk, chart: Callable[[], Chart]) -> None:
        super().__init__()
        self._desk, self._chart = desk, chart
        menu = QMenu(self)
        for form, text in _FORMS.items():
            menu.addAction(self._action(text, partial(self.ask, form)))
        menu.addSeparator()
        menu.addAction(self._action(_COPY_PICTURE, partial(self._copy, copy_picture)))
        menu.addAction(self._action(_COPY_TABLE, partial(self._copy, copy_table)))
        self.setMenu(menu)
        desk.language.words(self, self.setText, _EXPORT)

    def _action(self, text: Text, act: Callable[[], None]) -> QAction:
        made = QAction(self)
        self._desk.language.words(made, made.setText, text)
        made.triggered.connect(lambda _checked=False: act())
        return made

    def ask(self, form: Form) -> None:
        """Ask for a file and write the chart there."""
        chart, said = self._chart(), self._desk.language.said
        if chart.result is None:
            self.told.emit(_NOTHING)
            return
        folder = Path(self._desk.preferences.text(FOLDER) or Path.cwd())
        stem = Path(chart.result.name).stem
        part = f"-{chart.indicator}" if chart.OF_ONE else ""
        place = folder / f"{stem}{part}-{said(chart.NAME).lower().replace(' ', '-')}.{form}"
        path = ask_save(self._desk, self, _FORMS[form], place, _KINDS[form], form)
        if path is not None:
            self.write(form, path)

    def write(self, form: Form, path: Path) -> None:
        """Write the chart to a file and say what came of it."""
        try:
            export(self._chart(), form, path)
        except SaveError as error:
            self.told.emit(error.text())
            return
        self._desk.preferences.keep(FOLDER, str(path.parent))
        self.told.emit(Text(f"Written: {path}", f"Skrivet: {path}"))

    def _copy(self, copy: Callable[[Chart], None]) -> None:
        chart = self._chart()
        if chart.result is None:
            self.told.emit(_NOTHING)
            return
        copy(chart)
        self.told.emit(_COPIED)
