"""What all parts of the window share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from simulator.gui.document import Document
from simulator.gui.font_size import FontSize
from simulator.gui.language import Language
from simulator.gui.live.session import MOST_REPLICATIONS, REPLICATIONS, LiveSession
from simulator.gui.preferences import Preferences
from simulator.gui.requests import Requests
from simulator.gui.style_sheets import StyleSheets
from simulator.gui.theme import Theme

_REPLICATIONS = "replications"


@dataclass(frozen=True)
class Desk:
    """Language, colours, memory and the scenario in work."""

    language: Language
    theme: Theme
    preferences: Preferences
    document: Document
    requests: Requests = field(default_factory=Requests)

    @cached_property
    def live(self) -> LiveSession:
        """Runs of the scenario in work; made when first asked for."""
        made = LiveSession(self.document)
        made.set_replications(self.preferences.number(_REPLICATIONS, REPLICATIONS, 1, MOST_REPLICATIONS))
        return made

    @cached_property
    def font_size(self) -> FontSize:
        """The size of letters."""
        return FontSize(self.preferences)

    @cached_property
    def style_sheets(self) -> StyleSheets:
        """Style sheets of pages and dialogs: whoever makes a window of its own adds it."""
        return StyleSheets(self.theme, self.font_size)

    def want_replications(self, count: int) -> None:
        """Run another number of replications, next time too."""
        self.live.set_replications(count)
        self.preferences.keep(_REPLICATIONS, self.live.replications)

    def settle(self) -> None:
        """Have sliders' moves in the text of the document."""
        if "live" in self.__dict__:
            self.live.settle_at_once()

    def close(self) -> None:
        """End what works in the background."""
        if "live" in self.__dict__:
            self.live.close_down()
        if "style_sheets" in self.__dict__:
            self.style_sheets.close()
        self.document.close()
