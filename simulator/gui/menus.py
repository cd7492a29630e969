"""The menus: commands, pages, languages, themes, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from simulator.gui.commands import COMMANDS, MENUS, Handlers, Key, of_menu
from simulator.gui.desk import Desk
from simulator.gui.language import LANGUAGES
from simulator.gui.pages import PAGES
from simulator.gui.shipped import shipped_titles
from simulator.quantity import Text
from simulator.scenario.files import SHIPPED

SCHEMES = {
    "system": Text("As the system", "Som systemet"), "light": Text("Light", "Ljust"), "dark": Text("Dark", "Mörkt")
}  # fmt: skip
_RECENT, _SHIPPED = Text("Open &recent", "Öppna senas&te"), Text("Open a s&hipped scenario", "Öppna ett &medföljande")
_NO_RECENT = Text("No files yet", "Inga filer än")
_LANGUAGE, _THEME = Text("&Language", "&Språk"), Text("&Theme", "&Tema")
_UNDO, _REDO = Text("&Undo {what}", "&Ångra {what}"), Text("&Redo {what}", "&Gör om {what}")


class Menus:
    """Builds the menus of a window and keeps them true.

    actions  by the name of their command
    """

    def __init__(self, window: QMainWindow, desk: Desk, handlers: Handlers, show_page: Callable[[int], None]) -> None:
        self._window, self._desk = window, desk
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            self.actions[command.name] = self.action(command.text, handlers[command.name], command.key)
        for name, text in MENUS.items():
            menu = self._menus[name] = self._menu(text)
            if name == "view":
                self._view(menu, show_page)
            for command in of_menu(name):
                if command.after_line:
                    menu.addSeparator()
                menu.addAction(self.actions[command.name])
                if command.name == "open":
                    self._files(menu)
        history = desk.document.history
        history.indexChanged.connect(self._name_steps)
        desk.language.follow(window, self._name_steps)

    def action(self, text: Text, act: Callable[[], object], key: Key = None) -> QAction:
        """An action with its words and key, known to the window."""
        made = QAction(self._window)
        self._desk.language.words(made, made.setText, text)
        if isinstance(key, QKeySequence.StandardKey):
            made.setShortcuts(key)
        elif key is not None:
            made.setShortcut(QKeySequence(key))
        made.triggered.connect(lambda _checked=False: act())
        self._window.addAction(made)
        return made

    def _menu(self, text: Text, within: QMenu | None = None) -> QMenu:
        menu = self._window.menuBar().addMenu("") if within is None else within.addMenu("")
        self._desk.language.words(menu, menu.setTitle, text)
        menu.setToolTipsVisible(True)
        return menu

    # -- files ---------------------------------------------------------------------------------------------------
    def _files(self, menu: QMenu) -> None:
        recent = self._menu(_RECENT, menu)
        recent.aboutToShow.connect(lambda: self._list_recent(recent))
        self._desk.language.follow(recent, lambda: self._list_recent(recent))
        shipped = self._menu(_SHIPPED, menu)
        for name, title in shipped_titles().items():
            path = SHIPPED / f"{name}.yaml"
            shipped.addAction(self.action(title, partial(self._desk.requests.open_file.emit, path)))

    def _list_recent(self, menu: QMenu) -> None:
        menu.clear()
        for path in self._desk.preferences.recent:
            entry = menu.addAction(path.name.replace("&", "&&"))
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _=False, path=path: self._desk.requests.open_file.emit(path))
        if menu.isEmpty():
            menu.addAction(self._desk.language.said(_NO_RECENT)).setEnabled(False)

    # -- view ----------------------------------------------------------------------------------------------------
    def _view(self, menu: QMenu, show_page: Callable[[int], None]) -> None:
        for place, page in enumerate(PAGES):
            key = f"Ctrl+{place + 1}" if place < 9 else None
            menu.addAction(self.action(page.TITLE, partial(show_page, place), key))
        menu.addSeparator()
        language, theme = self._desk.language, self._desk.theme
        spoken = self._choice(_LANGUAGE, menu, {code: Text(own, own) for code, own in LANGUAGES.items()})
        for code, action in spoken.items():
            action.triggered.connect(lambda _=False, code=code: language.switch(code))
        schemes = self._choice(_THEME, menu, SCHEMES)
        for choice, action in schemes.items():
            action.triggered.connect(lambda _=False, choice=choice: theme.choose(choice))
        language.follow(menu, lambda: spoken[language.code].setChecked(True))
        theme.changed.connect(lambda: schemes[theme.choice].setChecked(True))
        schemes[theme.choice].setChecked(True)

    def _choice(self, text: Text, within: QMenu, choices: dict[str, Text]) -> dict[str, QAction]:
        menu, group = self._menu(text, within), QActionGroup(within)
        made = {}
        for name, words in choices.items():
            action = made[name] = QAction(menu)
            action.setCheckable(True)
            self._desk.language.words(action, action.setText, words)
            group.addAction(action)
            menu.addAction(action)
        return made

    # -- undo ----------------------------------------------------------------------------------------------------
    def _name_steps(self) -> None:
        document, said = self._desk.document, self._desk.language.said
        for name, step, bare in (("undo", document.last_step, _UNDO), ("redo", document.next_step, _REDO)):
            what = "" if step is None else said(step)
            self.actions[name].setText(said(bare).format(what=what).rstrip())
            self.actions[name].setEnabled(step is not None)
