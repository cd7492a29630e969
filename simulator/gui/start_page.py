"""Where the window begins: three things to try, files, shipped scenarios, the tour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.desk import Desk
from simulator.gui.page import Page
from simulator.gui.shipped import shipped_titles
from simulator.quantity import Text
from simulator.scenario.files import SHIPPED

_HEADING = Text("What would it take?", "Vad skulle krävas?")
_ABOUT = Text(
    "Build a mix of measures for the manufacturers of North-Middle Sweden and see how the region may answer. The firms "
    "are synthetic; what you see holds under the assumptions you make, and is no forecast.",
    "Bygg en mix av insatser för tillverkarna i Norra Mellansverige och se hur regionen kan svara. Företagen är "
    "syntetiska; det du ser gäller under dina antaganden och är ingen prognos.",
)
_RECENT, _SHIPPED = Text("Recent files", "Senaste filer"), Text("Shipped scenarios", "Medföljande scenarier")
_NO_RECENT = Text(
    "None yet. Drop a scenario file anywhere in the window to open it.",
    "Inga än. Släpp en scenariofil var som helst i fönstret för att öppna den.",
)
_TOUR = Text("Take the guided &tour", "Ta rund&turen")
_OPEN = Text("&Open a file…", "Öppna en &fil…")

_MOST_WIDTH = 1400
STRATEGY, EXPLORED = SHIPPED / "coordinated.yaml", SHIPPED / "digital-push.yaml"
_CARDS: tuple[tuple[Text, Text, Text], ...] = (
    (
        Text("Look at a strategy", "Se på en strategi"),
        Text(
            "Seven measures in concert, with a budget of 60 MSEK a year. What does coordination add?",
            "Sju insatser i samspel, med en budget på 60 miljoner kronor om året. Vad tillför samordningen?",
        ),
        Text("Open the &strategy", "Öppna &strategin"),
    ),
    (
        Text("Move a slider", "Flytta ett reglage"),
        Text(
            "Change the capacity of the digital support and watch the whole region run again.",
            "Ändra det digitala stödets kapacitet och se hela regionen köras om.",
        ),
        Text("E&xplore", "&Utforska"),
    ),
    (
        Text("Build your own mix", "Bygg en egen mix"),
        Text(
            "Start with one measure and add others from the catalogue of six priorities.",
            "Börja med en insats och lägg till andra ur katalogen med sex prioriteringar.",
        ),
        Text("&Begin", "&Börja"),
    ),
)


class StartPage(Page):
    """The first page."""

    TITLE = Text("Start", "Start")
    HELP = Text("Three things to try, your files, the guided tour", "Tre saker att prova, dina filer, rundturen")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards: list[QPushButton] = []
        self.recent, self.shipped = self._list(_RECENT), self._list(_SHIPPED)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addLayout(self._head())
        middle = QWidget()
        middle.setObjectName("cards")
        cards = QHBoxLayout(middle)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(16)
        acts: tuple[Callable[[], None], ...] = (self._look, self._explore, self._build)
        for number, (card, act) in enumerate(zip(_CARDS, acts, strict=True), start=1):
            cards.addWidget(self._card(number, *card, act), 1)
        layout.addWidget(middle)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        for text, widget in ((_RECENT, self.recent), (_SHIPPED, self.shipped)):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(self._label(text, "title"), 0)
            column.addWidget(widget, 1)
            lists.addLayout(column, 1)
        layout.addLayout(lists, 1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts are stops of their own
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside.setMaximumWidth(_MOST_WIDTH)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        desk.language.follow(self, self._fill)

    def _head(self) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        words.addWidget(self._label(_HEADING, "heading"))
        words.addWidget(self._label(_ABOUT, "muted"))
        row.addLayout(words, 1)
        buttons = QVBoxLayout()
        self.tour, opening = QPushButton(), QPushButton()
        self.tour.setObjectName("chief")
        for button, text, command in ((self.tour, _TOUR, "tour"), (opening, _OPEN, "open")):
            self.desk.language.words(button, button.setText, text)
            button.clicked.connect(lambda _=False, command=command: self.desk.requests.run.emit(command))
            buttons.addWidget(button)
        row.addSpacing(24)
        row.addLayout(buttons)
        row.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        return row

    def _label(self, text: Text, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.desk.language.words(label, label.setText, text)
        return label

    def _card(self, number: int, title: Text, text: Text, words: Text, act: Callable[[], None]) -> QFrame:
        card, button, step = QFrame(), QPushButton(), QLabel(str(number))
        card.setObjectName("card")
        step.setObjectName("step")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(step)
        head.addWidget(self._label(title, "title"), 1)
        layout.addLayout(head)
        layout.addWidget(self._label(text, "words"), 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(button)
        self.desk.language.words(button, button.setText, words)
        self.desk.language.words(button, button.setAccessibleDescription, text)
        button.clicked.connect(act)
        self.cards.append(button)
        return card

    # -- lists ---------------------------------------------------------------------------------------------------
    def _list(self, name: Text) -> QListWidget:
        made = QListWidget()
        made.setObjectName("plain")
        made.setMinimumHeight(150)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.desk.language.words(made, made.setAccessibleName, name)
        made.itemClicked.connect(self._open)
        made.itemActivated.connect(self._open)
        return made

    def shown(self) -> None:
        """List what has been opened meanwhile."""
        self._fill()

    def _fill(self) -> None:
        self.recent.clear()
        for path in self.desk.preferences.recent:
            self._add(self.recent, path.name, path)
        if not self.recent.count():
            empty = QListWidgetItem(self.desk.language.said(_NO_RECENT))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(empty)
        self.shipped.clear()
        for name, title in shipped_titles().items():
            self._add(self.shipped, self.desk.language.said(title), SHIPPED / f"{name}.yaml")

    def _add(self, target: QListWidget, words: str, path: Path) -> None:
        item = QListWidgetItem(words)
        item.setToolTip(str(path))
        item.setData(Qt.ItemDataRole.UserRole, str(path))
        target.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        path = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(path, str) and path:
            self.desk.requests.open_file.emit(Path(path))
            self.desk.requests.show_page.emit("TextPage")

    # -- three things to try -------------------------------------------------------------------------------------
    def _look(self) -> None:
        self.desk.requests.open_file.emit(STRATEGY)
        self.desk.requests.show_page.emit("TextPage")
        self.desk.requests.show_page.emit("MeasuresPage")

    def _explore(self) -> None:
        self.desk.requests.open_file.emit(EXPLORED)
        self.desk.requests.show_page.emit("ExplorePage")

    def _build(self) -> None:
        self.desk.requests.run.emit("new")
        self.desk.requests.show_page.emit("TextPage")
        self.desk.requests.show_page.emit("MeasuresPage")
