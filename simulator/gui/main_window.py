"""The window: the list of pages, the menus, the line of state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.banners import Banners
from simulator.gui.commands import Handlers
from simulator.gui.desk import Desk
from simulator.gui.files import Files
from simulator.gui.help_dialogs import AboutDialog, ShortcutsDialog
from simulator.gui.menus import Menus
from simulator.gui.page import Page
from simulator.gui.pages import PAGES
from simulator.gui.preferences_dialog import PreferencesDialog
from simulator.gui.qt_words import QtWords
from simulator.gui.recovery_dialog import RecoveryDialog
from simulator.gui.tab_order import follow_eye
from simulator.gui.text_page import TextPage
from simulator.gui.tour import Tour
from simulator.gui.workshop_page import WorkshopPage
from simulator.quantity import Text

SMALLEST = (1024, 640)
USUAL = (1280, 720)
_LIST_WIDTH = 180
_PAUSE = 100
"""Milliseconds between steps of making pages ahead."""
_NOTHING_LEFT = Text("There is no unsaved work to recover.", "Det finns inget osparat arbete att återställa.")
_ONE_AT_A_TIME = Text(
    "One scenario at a time: {name} has been opened, the other files have not.",
    "Ett scenario i taget: {name} har öppnats, de andra filerna inte.",
)
_NAME = Text("Industrial transition", "Industriell omställning")
_PAGES = Text("Pages", "Sidor")
_TO_TEXT = Text("Show the text with its faults", "Visa texten med sina fel")
_READING = Text("Reading…", "Läser…")


class MainWindow(QMainWindow):
    """All of the window.

    pages  in the order of `PAGES`, None until somebody looks    preparing  whether they are being made ahead

    prepared  no page is left to be made ahead
    """

    prepared = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.font_size = desk.font_size
        self.qt_words = QtWords(desk.language)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setAcceptDrops(True)
        self.pages: list[Page | None] = [None] * len(PAGES)
        self.preparing, self._steps = False, self._ahead()
        self.banners = Banners(desk.language)
        self.files = Files(desk, self, self.banners)
        self._list, self._stack, self._split = QListWidget(), QStackedWidget(), QSplitter(Qt.Orientation.Horizontal)
        self._state = QPushButton()
        self._lay_out()
        self.tour = Tour(desk, self, self.show_named)
        self.menus = Menus(self, desk, self._handlers(), self.show_page)
        self._connect()
        self.desk.style_sheets.add(self._list, self.banners, self.menuBar(), self.statusBar())
        self._list.setCurrentRow(0)
        self.restoreGeometry(desk.preferences.shape("window"))
        self._split.restoreState(desk.preferences.shape("split"))

    def _lay_out(self) -> None:
        self._list.setObjectName("pages")
        self._list.setMinimumWidth(_LIST_WIDTH)
        self.desk.language.words(self._list, self._list.setAccessibleName, _PAGES)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.banners)
        layout.addWidget(self._stack, 1)
        self._split.addWidget(self._list)
        self._split.addWidget(middle)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.setSizes([_LIST_WIDTH, USUAL[0] - _LIST_WIDTH])
        self.setCentralWidget(self._split)
        for _ in PAGES:
            self._stack.addWidget(QWidget())
            self._list.addItem(QListWidgetItem())
        self._state.setFlat(True)
        self.desk.language.words(self._state, self._state.setToolTip, _TO_TEXT)
        self.statusBar().addWidget(self._state)

    def _connect(self) -> None:
        desk, follow = self.desk, self.desk.language.follow
        self._list.currentRowChanged.connect(self.show_page)
        self._state.clicked.connect(lambda: self.show_named("TextPage"))
        desk.document.moved.connect(self._retitle)
        desk.document.changed.connect(self._tell_state)
        desk.document.checked.connect(self._tell_state)
        for each in (self._name_pages, self._retitle, self._tell_state):
            follow(self, each)
        desk.language.changed.connect(lambda: desk.preferences.keep("language", desk.language.code))
        desk.theme.changed.connect(self._keep_theme)
        desk.requests.show_page.connect(self.show_named)
        desk.requests.show_line.connect(self._show_line)
        desk.requests.open_file.connect(self.open)
        desk.requests.run.connect(lambda name: self.menus.actions[name].trigger())

    def _handlers(self) -> Handlers:
        """What each command does."""
        history, files = self.desk.document.history, self.files
        return {
            "new": files.new,
            "new_empty": files.new_empty,
            "open": files.choose,
            "save": files.save,
            "save_as": files.save_as,
            "recover": lambda: self.offer_recovery(asked=True),
            "preferences": lambda: self._ask(PreferencesDialog(self.desk, self.font_size, self)),
            "quit": self.close,
            "undo": history.undo,
            "redo": history.redo,
            "find": lambda: self._text().find_bar.ask(),
            "find_next": lambda: self._text().find_bar.find_next(),
            "find_previous": lambda: self._text().find_bar.find_previous(),
            "next_fault": lambda: self._text().faults.go(1),
            "previous_fault": lambda: self._text().faults.go(-1),
            "larger": lambda: self._resize_letters(1),
            "smaller": lambda: self._resize_letters(-1),
            "full_screen": lambda: self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen),
            "workshop": self._start_workshop,
            "next_part": self._next_part,
            "tour": self._start_tour,
            "shortcuts": lambda: self._ask(ShortcutsDialog(self.desk, self)),
            "about": lambda: self._ask(AboutDialog(self.desk, self)),
        }

    # -- pages ---------------------------------------------------------------------------------------------------
    def show_page(self, place: int) -> None:
        """Show the page at a place of the list."""
        current = self._stack.currentIndex()
        before = self.pages[current]
        if before is not None and current != place:
            before.hidden()
        page = self._made(place)
        self.desk.style_sheets.apply(page)
        self._stack.setCurrentIndex(place)
        with QSignalBlocker(self._list):
            self._list.setCurrentRow(place)
        page.shown()
        follow_eye(page)

    def _made(self, place: int) -> Page:
        page = self.pages[place]
        if page is None:
            page = self.pages[place] = PAGES[place](self.desk)
        if self._stack.widget(place) is not page:
            empty = self._stack.widget(place)
            assert empty is not None
            self._stack.insertWidget(place, page)
            self._stack.removeWidget(empty)
            empty.deleteLater()
        return page

    def prepare(self) -> None:
        """Make the pages that nobody has seen yet, one step at a time while nobody does anything."""
        self.preparing = self.isVisible() and next(self._steps, False)
        if self.preparing:
            QTimer.singleShot(_PAUSE, self, self.prepare)
        else:
            self.prepared.emit()

    def _ahead(self) -> Iterator[bool]:
        """Make the pages, as far as they are not made yet, in steps so short that nobody notices."""
        for place, kind in enumerate(PAGES):
            for learn in kind.AHEAD if self.pages[place] is None else ():
                learn()
                yield True
            if self.pages[place] is None:
                self.pages[place] = kind(self.desk)
                yield True
            page = self._made(place)
            yield True
            while page.make_more():
                yield True

    def show_named(self, name: str) -> Page | None:
        """Show the page whose class has this name; None where the window has no such page."""
        place = next((at for at, page in enumerate(PAGES) if page.__name__ == name), None)
        if place is None:
            return None
        self.show_page(place)
        return self.pages[place]

    def _text(self) -> TextPage:
        page = self.show_named(TextPage.__name__)
        assert isinstance(page, TextPage)
        return page

    def _start_workshop(self) -> None:
        page = self.show_named(WorkshopPage.__name__)
        assert isinstance(page, WorkshopPage)
        page.start()

    def _show_line(self, line: int, column: int) -> None:
        self._text().pane.go_to(line, column)

    def _name_pages(self) -> None:
        for place, page in enumerate(PAGES):
            item = self._list.item(place)
            item.setText(self.desk.language.said(page.TITLE))
            item.setToolTip(self.desk.language.said(page.HELP))

    def _next_part(self) -> None:
        page = self._stack.currentWidget()
        if page is not None and self._list.hasFocus():
            page.setFocus()
            page.focusNextChild()
        else:
            self._list.setFocus()

    # -- commands ------------------------------------------------------------------------------------------------
    def open(self, path: Path) -> None:
        """Open a file, a shipped one as a copy."""
        self.files.open(path)

    def offer_recovery(self, asked: bool = False) -> None:
        """Offer what sessions left behind; say that there is nothing only to who has asked."""
        copies = self.files.session.left_behind()
        if copies:
            self._ask(RecoveryDialog(self.desk, copies, self.files.recover, self))
        elif asked:
            self.banners.tell("recovery", _NOTHING_LEFT)

    def _start_tour(self) -> None:
        self.tour.start(self.files)

    def _ask(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def _resize_letters(self, step: int) -> None:
        self.font_size.choose(self.font_size.points + step)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Open the first file that is dropped, and say so where there are more."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        if self.files.open(paths[0]) and len(paths) > 1:
            self.banners.tell("drop", Text(*(each.format(name=paths[0].name) for each in _ONE_AT_A_TIME)))

    # -- state ---------------------------------------------------------------------------------------------------
    def _retitle(self) -> None:
        self.setWindowTitle(f"{self.desk.document.name}[*] – {self.desk.language.said(_NAME)}")
        self.setWindowModified(self.desk.document.dirty)

    def _tell_state(self) -> None:
        check = self.desk.document.check
        count = len(check.problems)
        if self.desk.document.reading:
            text = _READING
        elif check.scenario is None:
            text = Text(f"Faults in the text: {count}", f"Fel i texten: {count}")
        elif count:
            text = Text(f"Warnings: {count}", f"Varningar: {count}")
        else:
            text = Text("No faults", "Inga fel")
        self._state.setText(self.desk.language.said(text))

    def _keep_theme(self) -> None:
        self.desk.preferences.keep("theme", self.desk.theme.choice)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Look at the file when somebody comes back to the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.files.disk.look()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask about what is not saved, then end everything that was started."""
        if not all(page.may_leave() for page in self.pages if page is not None) or not self.files.may_leave():
            event.ignore()
            return
        self.tour.end()
        shapes: dict[str, QByteArray] = {"window": self.saveGeometry(), "split": self._split.saveState()}
        for name, shape in shapes.items():
            self.desk.preferences.keep_shape(name, shape)
        for page in self.pages:
            if page is not None:
                page.close_down()
        self.files.close()
        self.qt_words.close()
        self.desk.close()
        event.accept()
