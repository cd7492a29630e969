"""Qt's own words - in file dialogs and the menus of fields - in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from simulator.gui.language import Language


class QtWords(QObject):
    """Follows the language of the window."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._translator: QTranslator | None = None
        language.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.close()
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{self._language.code}", folder):
            QCoreApplication.installTranslator(translator)
            self._translator = translator

    def close(self) -> None:
        """Leave Qt its own language."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
