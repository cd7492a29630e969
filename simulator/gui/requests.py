"""What a page may ask of the window around it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Requests(QObject):
    """Signals that the window answers.

    show_page  by the name of its class, such as "ExplorePage"
    show_line  of the text, both from 1
    run        a command by its name, such as "new" or "tour"; see `commands`
    open_file  a Path; a shipped scenario is opened as a copy
    """

    show_page = Signal(str)
    show_line = Signal(int, int)
    run = Signal(str)
    open_file = Signal(object)
