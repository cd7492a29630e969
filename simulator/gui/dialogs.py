"""Small questions and the frame that dialogs share."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPushButton, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.tab_order import follow_eye, in_layout_order
from simulator.quantity import Text

CLOSE = Text("Close", "Stäng")
CANCEL = Text("Cancel", "Avbryt")


class Dialog(QDialog):
    """A dialog with a title and a button that closes it; it stays in one language with the window."""

    def __init__(self, desk: Desk, title: Text, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.language.words(self, self.setWindowTitle, title)
        self.inside = QVBoxLayout()
        self.buttons = QDialogButtonBox()
        self.closing = self.add_button(CLOSE, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self.inside, 1)
        layout.addWidget(self.buttons)
        desk.style_sheets.add(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin with what is asked, not with the button that closes."""
        super().showEvent(event)
        follow_eye(self)
        inside = next((each for each in in_layout_order(self) if not isinstance(each, QPushButton)), None)
        if inside is not None and not event.spontaneous():
            inside.setFocus()

    def add_button(self, text: Text, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        """A button in the lowest line."""
        button = QPushButton()
        button.setAutoDefault(False)  # else one that keys do not go to looks as if they did
        self.buttons.addButton(button, role)
        self.desk.language.words(button, button.setText, text)
        return button


def ask(desk: Desk, parent: QWidget, text: Text, answers: Mapping[str, Text], serious: bool = True) -> str:
    """Ask something and return the answer's name; the last answer is also that of who closes the question."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning if serious else QMessageBox.Icon.Question)
    words = desk.language.words
    desk.language.follow(box, lambda: box.setWindowTitle(parent.windowTitle().replace("[*]", "")))
    words(box, box.setText, text)
    buttons = {name: QPushButton() for name in answers}
    for name, button in buttons.items():
        words(button, button.setText, answers[name])
        box.addButton(button, QMessageBox.ButtonRole.ActionRole)
    *_, last = answers
    desk.style_sheets.add(box)
    box.setDefaultButton(next(iter(buttons.values())))
    box.setEscapeButton(buttons[last])
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return next((name for name, button in buttons.items() if button is chosen), last)


def complain(desk: Desk, parent: QWidget, text: Text) -> None:
    """Say what went wrong."""
    ask(desk, parent, text, {"close": CLOSE})
