"""Which folder of results is open: choose another, show it in the system's file manager, look again, export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QWidget

from simulator.gui.batch.messages import Write
from simulator.gui.batch.recent import note_folder, recent_folders
from simulator.gui.desk import Desk
from simulator.gui.file_dialogs import ask_folder, ask_save
from simulator.quantity import Text

_FOLDER = Text("Folder of results", "Resultatmapp")
_NONE = Text("No folder is open", "Ingen mapp är öppen")
_OPEN, _SHOW = Text("&Open folder…", "Ö&ppna mapp…"), Text("Sho&w folder", "Vi&sa mapp")
_SHOW_HOW = Text("Show it in the file manager", "Visa den i filhanteraren")
_AGAIN, _AGAIN_HOW = Text("Loo&k again", "&Läs om"), Text("Read the folder anew (F5)", "Läs mappen på nytt (F5)")
_EXPORT = Text("E&xport runs", "E&xportera körningar")
_LEVELS = Text("&Levels…", "&Nivåer…")
_DIFFERENCES = Text("&Differences from the baseline…", "&Skillnader mot basfallet…")
_EXPORT_HOW = Text("A table (CSV, Parquet) or named axes (netCDF): the ending of the file's name says which",
                   "En tabell (CSV, Parquet) eller namngivna axlar (netCDF): filnamnets ändelse avgör")  # fmt: skip
_KINDS = Text("Tables (*.csv);;netCDF (*.nc);;Parquet (*.parquet)",
              "Tabeller (*.csv);;netCDF (*.nc);;Parquet (*.parquet)")  # fmt: skip
_COMMA = Text("Decimal &comma and semicolons", "Decimal&komma och semikolon")
_CHOOSE = Text("Open a folder of results", "Öppna en resultatmapp")
_SAVE = Text("Write all runs to a file", "Skriv alla körningar till en fil")
_CANNOT = Text("No program shows folders here. The folder is {}", "Inget program visar mappar här. Mappen är {}")
_COMMA_KEPT = "batch_comma"
_LEAST = 24


class FolderBar(QWidget):
    """One line above the results.

    chosen  a folder is to be opened     again  the open one is to be read anew
    export  it is to be written: a `Write`    told  something to say
    """

    chosen = Signal(object)
    again = Signal()
    export = Signal(object)
    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.list = QComboBox()
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(_LEAST)
        self.open, self.show_, self.look, self.write = (QPushButton() for _ in range(4))
        self.folder: Path | None = None
        self._comma_chosen = desk.preferences.text(_COMMA_KEPT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        for button in (self.open, self.show_, self.look, self.write):
            row.addWidget(button)
        self._fill_menu()
        self.look.setShortcut(QKeySequence("F5"))
        self.list.activated.connect(lambda place: self.chosen.emit(self.list.itemData(place)))
        self.open.clicked.connect(self._ask)
        self.show_.clicked.connect(self.show_folder)
        self.look.clicked.connect(self.again)
        words = desk.language.words
        words(self.list, self.list.setAccessibleName, _FOLDER)
        for button, text in ((self.open, _OPEN), (self.show_, _SHOW), (self.write, _EXPORT)):
            words(button, button.setText, text)
        words(self.show_, self.show_.setToolTip, _SHOW_HOW)
        words(self.write, self.write.setToolTip, _EXPORT_HOW)
        words(self.look, self.look.setToolTip, _AGAIN_HOW)
        desk.language.follow(self, self._rewrite)

    def _fill_menu(self) -> None:
        menu, words = QMenu(self), self.desk.language.words
        self.levels, self.differences, self.comma = QAction(self), QAction(self), QAction(self)
        self.comma.setCheckable(True)
        for action, text in ((self.levels, _LEVELS), (self.differences, _DIFFERENCES), (self.comma, _COMMA)):
            words(action, action.setText, text)
        menu.addActions([self.levels, self.differences])
        menu.addSeparator()
        menu.addAction(self.comma)
        self.levels.triggered.connect(lambda _=False: self._ask_file(differences=False))
        self.differences.triggered.connect(lambda _=False: self._ask_file(differences=True))
        self.comma.triggered.connect(self._keep_comma)
        self.write.setMenu(menu)

    def set_folder(self, folder: Path | None) -> None:
        """Another folder is open."""
        self.folder = folder
        if folder is not None:
            note_folder(self.desk.preferences, folder)
        self._rewrite()

    def set_readable(self, runs: bool, pairs: bool) -> None:
        """Whether there is something to export."""
        self.levels.setEnabled(runs)
        self.differences.setEnabled(pairs)
        self.write.setEnabled(runs)

    def show_folder(self) -> None:
        """Show the folder in the file manager."""
        if self.folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder))):
            self.told.emit(Text(*(said.format(self.folder) for said in _CANNOT)))

    def _keep_comma(self, on: bool) -> None:
        self._comma_chosen = "yes" if on else "no"
        self.desk.preferences.keep(_COMMA_KEPT, self._comma_chosen)

    def _ask(self) -> None:
        recent = recent_folders(self.desk.preferences)
        start = recent[0].parent if recent else self.desk.document.place.parent
        chosen = ask_folder(self.desk, self, _CHOOSE, start)
        if chosen is not None:
            self.chosen.emit(chosen)

    def _ask_file(self, differences: bool) -> None:
        if self.folder is None:
            return
        said = self.desk.language.said
        part = said(Text("differences", "skillnader") if differences else Text("levels", "nivåer"))
        place = self.folder.parent / f"{self.folder.name}-{part}.csv"
        file = ask_save(self.desk, self, _SAVE, place, _KINDS, "csv")
        if file is not None:
            self.send(file, differences)

    def send(self, file: Path, differences: bool) -> None:
        """Have the runs written to a file."""
        if self.folder is not None:
            self.export.emit(Write(self.folder, file, differences, self.comma.isChecked()))

    def _rewrite(self) -> None:
        said = self.desk.language.said
        self.look.setText(said(_AGAIN))
        self.look.setShortcut(QKeySequence("F5"))  # a new text takes it away
        if not self._comma_chosen:
            self.comma.setChecked(self.desk.language.code == "sv")
        else:
            self.comma.setChecked(self._comma_chosen == "yes")
        folders = recent_folders(self.desk.preferences)
        if self.folder is not None and self.folder not in folders:
            folders = [self.folder, *folders]
        with QSignalBlocker(self.list):
            self.list.clear()
            if self.folder is None:
                self.list.addItem(said(_NONE), None)
            for folder in folders:
                self.list.addItem(f"{folder.name} ({folder.parent})", folder)
                self.list.setItemData(self.list.count() - 1, str(folder), 3)  # tool tip
            self.list.setCurrentIndex(0 if self.folder is None else folders.index(self.folder))
        for button in (self.show_, self.look):
            button.setEnabled(self.folder is not None)
