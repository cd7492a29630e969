"""Opening and saving, and what can come between: unsaved work, shipped files, files that others change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from simulator.gui.banners import Banners
from simulator.gui.desk import Desk
from simulator.gui.dialogs import CANCEL, ask, complain
from simulator.gui.file_dialogs import ask_open, ask_save
from simulator.gui.file_watch import FileWatch
from simulator.gui.recovery import Copy, RecoverySession
from simulator.gui.saving import SaveError, read_text
from simulator.quantity import SpokenError, Text
from simulator.scenario.files import SHIPPED
from simulator.scenario.template import template

_KINDS = Text("Scenarios (*.yaml *.yml)", "Scenarier (*.yaml *.yml)")
_OPEN, _SAVE_AS = Text("Open a scenario", "Öppna ett scenario"), Text("Save as", "Spara som")
_UNSAVED = Text("{name} has changes that are not saved.", "{name} har ändringar som inte är sparade.")
_SAVE, _DISCARD = Text("Save", "Spara"), Text("Discard", "Kasta")
_ELSEWHERE, _OVERWRITE = Text("Save elsewhere…", "Spara någon annanstans…"), Text("Overwrite", "Skriv över")
_KEEP, _RELOAD = Text("Keep mine", "Behåll min"), Text("Read anew", "Läs om")
_FIXED = Text(
    "The scenarios that come with the program stay as they are: save in a folder of your own.",
    "Programmets egna scenarier förblir som de är: spara i en egen mapp.",
)
_OTHER = Text(
    "The file has been changed by another program since it was read.",
    "Filen har ändrats av ett annat program sedan den lästes.",
)
_GONE = Text(
    "The file is no longer there, or cannot be read. Your text is still here: save it to write the file again.",
    "Filen finns inte längre, eller kan inte läsas. Din text är kvar här: spara för att skriva filen igen.",
)
_NO_TEXT = Text(
    "Another program has put something there that cannot be read as text. Your text is still here: save it elsewhere.",
    "Ett annat program har lagt något där som inte kan läsas som text. Din text är kvar här: spara den någon "
    "annanstans.",
)


class Files(QObject):
    """All that happens between the document and the disk."""

    def __init__(self, desk: Desk, window: QWidget, banners: Banners) -> None:
        super().__init__(window)
        self.desk, self._window, self._banners = desk, window, banners
        self.disk = FileWatch(desk.document)
        self.session = RecoverySession(desk.document, desk.preferences.folder)
        self.session.failed.connect(lambda text: banners.tell("copies", text, serious=True))
        self.disk.changed.connect(self._changed_on_disk)
        self.disk.gone.connect(self._gone)
        self.disk.same.connect(lambda: banners.take_back("disk"))
        desk.document.started.connect(self._forget)

    def _forget(self) -> None:
        for name in ("disk", "copy", "drop"):
            self._banners.take_back(name)

    # -- begin ---------------------------------------------------------------------------------------------------
    def new(self) -> None:
        """Begin with the commented template."""
        if self.may_leave():
            name = Text("my-scenario", "mitt-scenario")
            text = template(self.desk.language.said(name))
            self.desk.document.start(self.desk.language.said(text), f"{self.desk.language.said(name)}.yaml")

    def new_empty(self) -> None:
        """Begin with a scenario that is the baseline."""
        if self.may_leave():
            self.desk.document.start_anew()

    def open(self, path: Path) -> bool:
        """Open a file, a shipped one as a copy; what is wrong is said, and the document stays."""
        if not self.may_leave():
            return False
        try:
            if _is_shipped(path):
                self._open_copy(path)
                return True
            self.desk.document.open(path)
        except SpokenError as error:
            complain(self.desk, self._window, error.text())
            return False
        self.desk.preferences.note_recent(path)
        return True

    def _open_copy(self, path: Path) -> None:
        copy = self.desk.language.said(Text("copy", "kopia"))
        self.desk.document.start(read_text(path), f"{path.stem}-{copy}.yaml")
        text = Text(
            f"{path.name} comes with the program and stays as it is. You work in a copy; save it where you like.",
            f"{path.name} hör till programmet och förblir som den är. Du arbetar i en kopia; spara den där du vill.",
        )
        self._banners.tell("copy", text)

    def choose(self) -> None:
        """Ask which file to open."""
        path = self.ask_open()
        if path is not None:
            self.open(path)

    def recover(self, copy: Copy) -> bool:
        """Go on with work that a session left behind; the copy goes when this session has one of its own."""
        if not self.may_leave():
            return False
        self.desk.document.start(copy.text, copy.name, copy.path, saved=False, on_disk=copy.on_disk)
        if self.session.keep_at_once():
            copy.discard()
        else:
            copy.leave()
        self.disk.look()
        return True

    # -- save ----------------------------------------------------------------------------------------------------
    def save(self) -> bool:
        """Save to the document's file, or ask for one; whether it is saved now."""
        self.desk.settle()
        path = self.desk.document.path
        if path is None:
            return self.save_as()
        found = self.disk.now()
        no_text = found is None and path.is_file()
        if no_text or found not in (None, self.desk.document.on_disk, self.desk.document.content):
            answers = {"over": _OVERWRITE, "elsewhere": _ELSEWHERE, "cancel": CANCEL}
            answer = ask(self.desk, self._window, _OTHER, answers)
            if answer != "over":
                return answer == "elsewhere" and self.save_as()
        return self._saved(path)

    def save_as(self) -> bool:
        """Ask for a file and save there."""
        self.desk.settle()
        path = self.ask_save()
        return path is not None and self._saved(path)

    def _saved(self, path: Path) -> bool:
        refused: Text | None = None
        if _is_shipped(path):
            refused = _FIXED
        else:
            try:
                self.desk.document.save(path)
            except SaveError as error:
                refused = error.text()
        if refused is not None:
            kept = Text("Nothing is lost: your text is still here.", "Inget är förlorat: din text är kvar här.")
            said = Text(f"{refused.en}\n\n{kept.en}", f"{refused.sv}\n\n{kept.sv}")
            answer = ask(self.desk, self._window, said, {"elsewhere": _ELSEWHERE, "cancel": CANCEL})
            return answer == "elsewhere" and self.save_as()
        self.desk.preferences.note_recent(path)
        self._forget()
        return True

    def may_leave(self) -> bool:
        """Ask what happens to changes that are not saved; whether to go on."""
        self.desk.settle()
        document = self.desk.document
        if not document.dirty:
            return True
        text = Text(*(each.format(name=document.name) for each in _UNSAVED))
        answer = ask(self.desk, self._window, text, {"save": _SAVE, "discard": _DISCARD, "cancel": CANCEL})
        return answer == "discard" or (answer == "save" and self.save())

    # -- asking for files -----------------------------------------------------------------------------------------
    def ask_open(self) -> Path | None:
        """Let somebody choose a file."""
        return ask_open(self.desk, self._window, _OPEN, self._folder(), _KINDS)

    def ask_save(self) -> Path | None:
        """Let somebody choose where to save."""
        place = self._folder() / self.desk.document.name
        return ask_save(self.desk, self._window, _SAVE_AS, place, _KINDS, "yaml")

    def _folder(self) -> Path:
        if self.desk.document.path is not None:
            return self.desk.document.path.parent
        return next((path.parent for path in self.desk.preferences.recent), Path.cwd())

    # -- the file underneath -------------------------------------------------------------------------------------
    def _changed_on_disk(self, found: str) -> None:
        document = self.desk.document
        if found == document.content:
            self._banners.take_back("disk")
            document.take(found)
            return

        def keep() -> None:
            document.on_disk = found
            document.unsave()

        choices = (_RELOAD, lambda: document.take(found)), (_KEEP, keep)
        self._banners.tell("disk", _OTHER, *choices, serious=True)

    def _gone(self) -> None:
        if self.desk.document.on_disk is not None:
            self.desk.document.on_disk = None
            self.desk.document.unsave()
            text = _NO_TEXT if self.desk.document.place.exists() else _GONE
            self._banners.tell("disk", text, (_ELSEWHERE, self.save_as), (_SAVE, self.save), serious=True)

    def close(self) -> None:
        """End in good order."""
        self.disk.close()
        self.session.close()


def _is_shipped(path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(SHIPPED.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle: whoever reads or writes there is told
        return False
