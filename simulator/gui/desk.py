"""What all parts of the window share."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme


@dataclass(frozen=True)
class Desk:
    """Language, colours, memory and the scenario in work."""

    language: Language
    theme: Theme
    preferences: Preferences
    document: Document
