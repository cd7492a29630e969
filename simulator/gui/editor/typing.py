"""What is typed becomes steps that can be undone: a word at a time, a run of deletions at a time."""

from __future__ import annotations

from simulator.quantity import Text

TYPED, DELETED, PASTED = Text("typing", "skrivning"), Text("deletion", "borttagning"), Text("change", "ändring")


class Typing:
    """Tells which changes belong together."""

    def __init__(self) -> None:
        self._number = 0
        self._kind = ""
        self._at = -1
        self._last = ""

    def interrupt(self) -> None:
        """Let what comes next be a step of its own."""
        self._kind = ""

    def step(self, at: int, gone: str, put: str) -> tuple[Text, str]:
        """Words for a change of the text at a place, and the name that the changes of one step share."""
        kind = "type" if len(put) == 1 and not gone else "delete" if len(gone) == 1 and not put else ""
        near = at == self._at if kind == "type" else at in (self._at, self._at - 1)
        new_word = kind == "type" and (put == "\n" or (self._last in (" ", "\t") and not put.isspace()))
        if kind != self._kind or not kind or not near or new_word:
            self._number += 1
        self._kind, self._last, self._at = kind, put, at + len(put)
        return {"type": TYPED, "delete": DELETED}.get(kind, PASTED), f"typing {self._number}" if kind else ""
