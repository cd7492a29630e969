"""What differs between two regions' folders, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simulator.region.schemas import SCHEMAS
from simulator.region.tables import Table, row_key


class Change(NamedTuple):
    """One cell that differs; without a column a whole row, None where a folder does not have it."""

    file: str
    row: str
    column: str
    before: str | None
    after: str | None


def changes(before: Mapping[str, Table], after: Mapping[str, Table]) -> Iterator[Change]:
    """Yield the cells in which two folders' tables differ, in the order of the files and of the rows.

    Numbers that are equal however they are written (1.0 and 1) are no change.
    """
    for file, schema in SCHEMAS.items():
        old = {row_key(row, schema): row for row in before[file].rows}
        new = {row_key(row, schema): row for row in after[file].rows}
        for key in dict.fromkeys((*old, *new)):
            if key not in new or key not in old:
                yield Change(file, key, "", None if key not in old else key, None if key not in new else key)
                continue
            for column, declared in schema.columns.items():
                one, other = old[key].cells[column], new[key].cells[column]
                same = one == other or (declared.number and one and other and float(one) == float(other))
                if not same:
                    yield Change(file, key, column, one, other)
