"""Light and dark: colours of the window and of its charts, one set for both.

The colours of series are those of Okabe and Ito, told apart with any colour vision; on dark ground the dark ones are
lighter. Meaning is never in the colour alone: series have names, differences have signs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

CHOICES = ("system", "light", "dark")
_STYLE = "fusion"


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours, "#rrggbb" each.

    ground       of the window      surface  of fields and charts    raised  of buttons and cards
    text, muted  of words           line     of borders and grids    accent  of what is chosen
    edge         of fields: three times as dark or light as what is around, so that they are seen
    warning, error, good            of messages
    series       of curves, first the scenario in work
    low, middle, high               ends and middle of a diverging scale: less, same, more
    """

    ground: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    warning: str
    error: str
    good: str
    series: tuple[str, ...]
    low: str
    middle: str
    high: str


LIGHT = Colours(
    ground="#f4f5f7", surface="#ffffff", raised="#fbfbfc", text="#1b1f24", muted="#59636e", line="#d4d9df",
    edge="#848d97", accent="#0b5cad", on_accent="#ffffff", warning="#8a5a00", error="#b3261e", good="#1a6b3c",
    series=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9"),
    low="#b35806", middle="#f7f7f7", high="#2166ac",
)  # fmt: skip
DARK = Colours(
    ground="#16191d", surface="#1e2227", raised="#262b31", text="#e8ebee", muted="#a2abb5", line="#3a414a",
    edge="#747d88", accent="#5aa9f0", on_accent="#0b1016", warning="#e8b24a", error="#ff8a80", good="#6fd39a",
    series=("#56b4e9", "#e69f00", "#2bc79a", "#e39bc2", "#f0e442", "#9ecbff"),
    low="#f1a340", middle="#3a414a", high="#67a9cf",
)  # fmt: skip


class Theme(QObject):
    """Which colours are used: those of the system's scheme, or the chosen ones."""

    changed = Signal()

    def __init__(self, choice: str = "system") -> None:
        super().__init__()
        self.choice = choice if choice in CHOICES else "system"
        self._followers: list[tuple[QObject, Callable[[], None]]] = []
        self._most = 0
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._shown: Colours | None = None
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark set is used."""
        if self.choice == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.choice == "dark"

    @property
    def colours(self) -> Colours:
        """The set in use."""
        return DARK if self.dark else LIGHT

    def choose(self, choice: str) -> None:
        """Use "light", "dark" or the "system"'s scheme from now on."""
        self.choice = choice
        self._apply()

    def follow(self, owner: QObject, apply: Callable[[], None]) -> None:
        """Call `apply` now and after each change of colours, as long as `owner` exists."""
        apply()
        self._followers.append((owner, apply))
        if len(self._followers) > self._most:
            self._forget()

    def _forget(self) -> None:
        """Let go of owners that are gone, now and whenever twice as many have come."""
        self._followers = [(owner, apply) for owner, apply in self._followers if isValid(owner)]
        self._most = max(1000, 2 * len(self._followers))

    def _system_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        if self._shown is self.colours:
            return
        self._shown = self.colours
        application = QApplication.instance()
        if isinstance(application, QApplication):
            if application.style().objectName() != _STYLE:
                application.setStyle(_STYLE)  # takes a second in a window that is open
            application.setPalette(palette(self.colours))
        self._forget()
        for _, apply in list(self._followers):
            apply()
        self.changed.emit()


def palette(colours: Colours) -> QPalette:
    """The colours as Qt's widgets know them."""
    made = QPalette()
    role = QPalette.ColorRole
    for part, colour in {
        role.Window: colours.ground, role.WindowText: colours.text, role.Base: colours.surface,
        role.AlternateBase: colours.raised, role.Text: colours.text, role.Button: colours.raised,
        role.ButtonText: colours.text, role.BrightText: colours.error, role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent, role.ToolTipBase: colours.raised, role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted, role.Link: colours.accent, role.LinkVisited: colours.accent,
        role.Light: colours.raised, role.Midlight: colours.line, role.Mid: colours.line, role.Dark: colours.line,
        role.Accent: colours.accent,
    }.items():  # fmt: skip
        made.setColor(part, QColor(colour))
    faint = QColor(colours.muted)
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, faint)
    return made
