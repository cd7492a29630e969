"""Keep a result under a name, and let kept ones go."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.live.session import MOST_PINNED
from simulator.quantity import Text

_AS, _KEEP = Text("Keep this result as", "Behåll resultatet som"), Text("&Keep", "&Behåll")
_KEPT, _NONE = Text("Kept:", "Sparade:"), Text("none yet", "inga än")
_MOST = Text(f"At most {MOST_PINNED} results", f"Högst {MOST_PINNED} resultat")
_LET_GO = Text("Let this result go", "Släpp resultatet")
_LONGEST = 24
_WIDE, _NARROW = 180, 60


class PinnedBar(QWidget):
    """A field for the name, and a button for each kept result that lets it go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.name, self.keep = QLineEdit(), QPushButton()
        self.name.setMaxLength(_LONGEST)
        self.name.setMaximumWidth(_WIDE)
        self.buttons: list[QToolButton] = []
        self._before, self._kept, self._none = QLabel(), QLabel(), QLabel()
        above, self._row = QHBoxLayout(), QHBoxLayout()
        for part in (self._before, self.name, self.keep, self._kept, self._none):
            above.addWidget(part)
        above.addStretch(1)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above)
        column.addLayout(self._row)
        self._before.setBuddy(self.name)
        self.keep.clicked.connect(self.pin)
        self.name.returnPressed.connect(self.pin)
        words = desk.language.words
        words(self._before, self._before.setText, _AS)
        words(self.name, self.name.setAccessibleName, _AS)
        words(self.keep, self.keep.setText, _KEEP)
        words(self._kept, self._kept.setText, _KEPT)
        words(self._none, self._none.setText, _NONE)
        for label in (self._kept, self._none):
            words(label, label.setToolTip, _MOST)
        desk.theme.follow(self, lambda: self._none.setStyleSheet(f"color: {desk.theme.colours.muted}"))
        self._shown: tuple[str, ...] | None = None
        desk.language.follow(self, self._rebuild)

    def refresh(self) -> None:
        """Offer what can be done now."""
        live = self._desk.live
        room = live.scenario is not None and bool(live.bands.quarters) and len(live.pinned) < MOST_PINNED
        self.keep.setEnabled(room)
        if live.scenario is not None:
            self.name.setPlaceholderText(self._free(live.name))
        if tuple(one.name for one in live.pinned) != self._shown:
            self._rebuild()

    def pin(self) -> None:
        """Keep the present result under the name written, or a free one."""
        if self._desk.live.pin(self._free(self.name.text().strip() or self.name.placeholderText())):
            self.name.clear()

    def _free(self, name: str) -> str:
        """The name, numbered when it is taken."""
        taken = {one.name for one in self._desk.live.pinned}
        numbered = (f"{name} {number}" for number in range(2, MOST_PINNED + 2))
        return next(one for one in (name, *numbered) if one not in taken)

    def _rebuild(self) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        live, said = self._desk.live, self._desk.language.said
        self._shown = tuple(one.name for one in live.pinned)
        for name in self._shown:
            button = QToolButton()
            button.setText(f"{name.replace('&', '&&')}  ✕")
            button.setToolTip(f"{said(_LET_GO)}: {escape(name)}")
            button.setMinimumWidth(_NARROW)  # its style cuts the name in the middle where there is no room
            button.setAccessibleName(f"{said(_LET_GO)}: {name}")
            button.clicked.connect(lambda _checked=False, name=name: live.unpin(name))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self._none.setVisible(not self._shown)
