"""The window: the list of pages, the menus, the line of state."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from simulator.gui.desk import Desk
from simulator.gui.language import LANGUAGES
from simulator.gui.page import Page
from simulator.gui.pages import PAGES
from simulator.gui.saving import SaveError
from simulator.quantity import SpokenError, Text

SMALLEST = (1024, 640)
USUAL = (1280, 720)
_FILES = Text("Scenarios (*.yaml *.yml)", "Scenarier (*.yaml *.yml)")
_UNSAVED = Text("The scenario has changes that are not saved.", "Scenariot har ändringar som inte är sparade.")


class MainWindow(QMainWindow):
    """All of the window.

    pages  in the order of `PAGES`, None until somebody looks
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.pages: list[Page | None] = [None] * len(PAGES)
        self._list = QListWidget()
        self._list.setObjectName("pages")
        self._stack = QStackedWidget()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._list)
        split.addWidget(self._stack)
        split.setStretchFactor(1, 1)
        split.setSizes([180, USUAL[0] - 180])
        self.setCentralWidget(split)
        for _ in PAGES:
            self._stack.addWidget(QWidget())
            self._list.addItem(QListWidgetItem())
        self._list.currentRowChanged.connect(self.show_page)
        self._state = QLabel()
        self.statusBar().addWidget(self._state)
        self.desk.language.follow(self, self._name_pages)
        self._menus()
        desk.document.moved.connect(self._retitle)
        desk.document.checked.connect(self._tell_state)
        desk.language.follow(self, self._retitle)
        desk.language.follow(self, self._tell_state)
        self._list.setCurrentRow(0)
        self.restoreGeometry(desk.preferences.shape("window"))

    def show_page(self, place: int) -> None:
        """Show the page at a place of the list."""
        for at, page in enumerate(self.pages):
            if page is not None and at != place and self._stack.currentIndex() == at:
                page.hidden()
        page = self.pages[place]
        if page is None:
            page = self.pages[place] = PAGES[place](self.desk)
            empty = self._stack.widget(place)
            assert empty is not None
            self._stack.insertWidget(place, page)
            self._stack.removeWidget(empty)
            empty.deleteLater()
        self._stack.setCurrentIndex(place)
        self._list.setCurrentRow(place)
        page.shown()

    def _name_pages(self) -> None:
        for place, page in enumerate(PAGES):
            item = self._list.item(place)
            item.setText(self.desk.language.said(page.TITLE))
            item.setToolTip(self.desk.language.said(page.HELP))

    # -- menus ---------------------------------------------------------------------------------------------------
    def _menus(self) -> None:
        document, history = self.desk.document, self.desk.document.history
        self._menu(
            Text("&File", "&Arkiv"),
            self.action(Text("&New", "&Nytt"), document.start_anew, QKeySequence.StandardKey.New),
            self.action(Text("&Open…", "Ö&ppna…"), self.choose_file, QKeySequence.StandardKey.Open),
            self.action(Text("&Save", "&Spara"), self.save, QKeySequence.StandardKey.Save),
            self.action(Text("Save &as…", "Spara s&om…"), self.save_as, QKeySequence.StandardKey.SaveAs),
            self.action(Text("&Quit", "&Avsluta"), self.close, QKeySequence.StandardKey.Quit),
        )
        self._menu(
            Text("&Edit", "&Redigera"),
            self.action(Text("&Undo", "&Ångra"), history.undo, QKeySequence.StandardKey.Undo),
            self.action(Text("&Redo", "&Gör om"), history.redo, QKeySequence.StandardKey.Redo),
        )
        language, theme = self.desk.language, self.desk.theme
        schemes = {
            "system": Text("As the system", "Som systemet"), "light": Text("Light", "Ljust"),
            "dark": Text("Dark", "Mörkt"),
        }  # fmt: skip
        self._menu(
            Text("&View", "&Visa"),
            *(
                self.action(Text(name, name), lambda code=code: language.switch(code))
                for code, name in LANGUAGES.items()
            ),
            *(self.action(text, lambda choice=choice: theme.choose(choice)) for choice, text in schemes.items()),
        )

    def action(self, text: Text, act: object, key: QKeySequence.StandardKey | str | None = None) -> QAction:
        """An action with its words and key, known to the window."""
        made = QAction(self)
        self.desk.language.words(made, made.setText, text)
        if key is not None:
            made.setShortcut(QKeySequence(key))
        made.triggered.connect(lambda _checked=False: act())  # type: ignore[operator]
        self.addAction(made)
        return made

    def _menu(self, text: Text, *actions: QAction) -> None:
        menu = self.menuBar().addMenu("")
        self.desk.language.words(menu, menu.setTitle, text)
        menu.addActions(actions)

    # -- files ---------------------------------------------------------------------------------------------------
    def open(self, path: Path) -> None:
        """Open a file; what is wrong is said, and the document stays."""
        if not self.may_leave():
            return
        try:
            self.desk.document.open(path)
        except SpokenError as error:
            self.complain(error)
        else:
            self.desk.preferences.note_recent(path)

    def choose_file(self) -> None:
        """Ask which file to open."""
        said = self.desk.language.said
        chosen, _ = QFileDialog.getOpenFileName(self, said(Text("Open", "Öppna")), "", said(_FILES))
        if chosen:
            self.open(Path(chosen))

    def save(self) -> bool:
        """Save to the document's file, or ask for one; whether it is saved now."""
        self.desk.settle()
        if self.desk.document.path is None:
            return self.save_as()
        return self._saved(self.desk.document.path)

    def save_as(self) -> bool:
        """Ask for a file and save there."""
        self.desk.settle()
        said = self.desk.language.said
        place = str(self.desk.document.place)
        chosen, _ = QFileDialog.getSaveFileName(self, said(Text("Save as", "Spara som")), place, said(_FILES))
        return bool(chosen) and self._saved(Path(chosen))

    def _saved(self, path: Path) -> bool:
        try:
            self.desk.document.save(path)
        except SaveError as error:
            self.complain(error)
            return False
        self.desk.preferences.note_recent(path)
        return True

    def may_leave(self) -> bool:
        """Ask what happens to changes that are not saved; whether to go on."""
        self.desk.settle()
        if not self.desk.document.dirty:
            return True
        box = QMessageBox(self)
        box.setText(self.desk.language.said(_UNSAVED))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        for kind, text in {
            button.Save: Text("Save", "Spara"), button.Discard: Text("Discard", "Kasta"),
            button.Cancel: Text("Cancel", "Avbryt"),
        }.items():  # fmt: skip
            box.button(kind).setText(self.desk.language.said(text))
        answer = box.exec()
        return answer == button.Discard or (answer == button.Save and self.save())

    def complain(self, error: SpokenError) -> None:
        """Say what went wrong."""
        QMessageBox.warning(self, self.windowTitle(), self.desk.language.said(error.text()))

    # -- state ---------------------------------------------------------------------------------------------------
    def _retitle(self) -> None:
        name = Text("Industrial transition", "Industriell omställning")
        self.setWindowTitle(f"{self.desk.document.name}[*] – {self.desk.language.said(name)}")
        self.setWindowModified(self.desk.document.dirty)

    def _tell_state(self) -> None:
        check = self.desk.document.check
        count = len(check.problems)
        if check.scenario is None:
            text = Text(f"{count} faults in the text", f"{count} fel i texten")
        elif count:
            text = Text(f"{count} warnings", f"{count} varningar")
        else:
            text = Text("No faults", "Inga fel")
        self._state.setText(self.desk.language.said(text))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask about what is not saved, then end everything that was started."""
        if not self.may_leave():
            event.ignore()
            return
        self.desk.preferences.keep_shape("window", self.saveGeometry())
        for page in self.pages:
            if page is not None:
                page.close_down()
        self.desk.close()
        event.accept()
