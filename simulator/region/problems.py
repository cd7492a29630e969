"""What is wrong with a folder of region data, said at the place where it stands, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.quantity import SpokenError, Text, in_lines


class Problem(NamedTuple):
    """One fault: where it stands (lines and columns count from 1), what is wrong and what is allowed."""

    file: str
    line: int
    column: int
    what: Text
    allowed: Text

    def said(self, language: str) -> str:
        """Return `file:line:column: what; allowed` in `language` ("en" or "sv")."""
        return f"{self.file}:{self.line}:{self.column}: {self.what.said(language)}; {self.allowed.said(language)}"


class RegionError(SpokenError):
    """A region cannot be read; holds all problems found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(in_lines(Text(each.said("en"), each.said("sv")) for each in self.problems))
