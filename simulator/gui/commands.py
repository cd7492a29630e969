"""Everything the window can be told to do: one line each, for menus, shortcuts and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from simulator.quantity import Text

_KEY = QKeySequence.StandardKey
Key = QKeySequence.StandardKey | str | None


@dataclass(frozen=True)
class Command:
    """A command: its name, the menu it stands in, its words and its key. `after_line` sets it apart from the former."""

    name: str
    menu: str
    text: Text
    key: Key = None
    after_line: bool = False


MENUS: Mapping[str, Text] = {
    "file": Text("&File", "&Arkiv"),
    "edit": Text("&Edit", "&Redigera"),
    "view": Text("&View", "&Visa"),
    "help": Text("&Help", "&Hjälp"),
}

COMMANDS: tuple[Command, ...] = (
    Command("new", "file", Text("&New from template", "&Nytt från mall"), _KEY.New),
    Command("new_empty", "file", Text("New that &is the baseline", "Nytt som &är basfallet")),
    Command("open", "file", Text("&Open…", "Ö&ppna…"), _KEY.Open),
    Command("save", "file", Text("&Save", "&Spara"), _KEY.Save, after_line=True),
    Command("save_as", "file", Text("Save &as…", "Spara s&om…"), "Ctrl+Shift+S"),
    Command("recover", "file", Text("Re&cover unsaved work…", "Åt&erställ osparat arbete…"), after_line=True),
    Command("preferences", "file", Text("&Preferences…", "&Inställningar…"), "Ctrl+,", after_line=True),
    Command("quit", "file", Text("&Quit", "A&vsluta"), "Ctrl+Q", after_line=True),
    Command("undo", "edit", Text("&Undo", "&Ångra"), _KEY.Undo),
    Command("redo", "edit", Text("&Redo", "&Gör om"), _KEY.Redo),
    Command("find", "edit", Text("&Find in the text…", "&Sök i texten…"), _KEY.Find, after_line=True),
    Command("find_next", "edit", Text("Find &next", "Sök &nästa"), "F3"),
    Command("find_previous", "edit", Text("Find &previous", "Sök &föregående"), "Shift+F3"),
    Command("next_fault", "edit", Text("Next f&ault", "Nästa fe&l"), "F8", after_line=True),
    Command("previous_fault", "edit", Text("Previous fau&lt", "Föregående f&el"), "Shift+F8"),
    Command("larger", "view", Text("Lar&ger letters", "St&örre bokstäver"), _KEY.ZoomIn, after_line=True),
    Command("smaller", "view", Text("S&maller letters", "&Mindre bokstäver"), _KEY.ZoomOut),
    Command("full_screen", "view", Text("&Full screen", "&Helskärm"), "F11"),
    Command("workshop", "view", Text("Start the &workshop", "Starta &workshopen"), "F5"),
    Command("next_part", "view", Text("&Next part of the window", "&Nästa del av fönstret"), "F6"),
    Command("tour", "help", Text("&Guided tour", "&Rundtur"), "F1"),
    Command("shortcuts", "help", Text("&Keyboard shortcuts", "&Kortkommandon"), "Ctrl+F1"),
    Command("about", "help", Text("&About the program", "&Om programmet"), after_line=True),
)


def of_menu(menu: str) -> Iterator[Command]:
    """The commands of one menu, in their order."""
    return (command for command in COMMANDS if command.menu == menu)


Handlers = Mapping[str, Callable[[], object]]
