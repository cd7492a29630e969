"""A population as a struct of arrays: every column declared once, rows compact, no object per agent.

    class Firms(Population):
        cash: Floats = column("f4", "kSEK", (0, 1e9), "Liquidity", "Kassa")

`firms.cash` is a view of the live rows. Assigning to a column copies into it, so a view is never swapped by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from simulator.quantity import UNITS, Text

# What an array holds, for the reader; NumPy's own dtype arithmetic says more about promotion than about our columns.
Floats = NDArray[Any]
Whole = NDArray[Any]
Small = NDArray[Any]
Flags = NDArray[Any]
Bits = NDArray[Any]
Rows = NDArray[Any]
Number = float | np.floating[Any] | Floats


def single(values: object) -> Floats:
    """Declared numbers as an array in single precision, the precision of columns; NumPy scalars when unpacked."""
    return np.asarray(values, np.float32)


def rows_where(flags: Flags) -> Rows:
    """Rows whose flag is set; `np.flatnonzero` of one dimension without its detours."""
    return flags.nonzero()[0]


def place_of(rows: Rows, size: int) -> Rows:
    """Where each of `size` rows stands in the list `rows`, -1 where it does not; (size + 1,), the last for row -1.

    >>> place_of(np.array([4, 0]), 5).tolist()
    [1, -1, -1, -1, 0, -1]
    """
    place = np.full(size + 1, -1)
    place[rows] = np.arange(len(rows))
    return place


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means: dtype, unit, allowed range, label in both languages, number of components."""

    dtype: str
    unit: str
    allowed: tuple[float, float]
    text: Text
    width: int = 1


def column(dtype: str, unit: str, allowed: tuple[float, float], en: str, sv: str, width: int = 1) -> Any:
    """Declare a column; with `width` above 1 its view has shape (width, rows)."""
    if unit not in UNITS:
        raise ValueError(f"column '{en}': unit '{unit}' is not in UNITS")
    return Column(dtype, unit, allowed, Text(en, sv), width)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of one dtype lie in their block: those of one component first, in order, then the wide ones."""

    dtype: str
    block: str
    lines: slice
    narrow: tuple[str, ...]
    wide: tuple[tuple[str, slice], ...]


def _layout(dtype: str, columns: Mapping[str, Column], first: int) -> _Layout:
    """Lay the columns of `dtype` out from line `first` of the block of their item size."""
    own = {name: value.width for name, value in columns.items() if value.dtype == dtype}
    narrow = tuple(name for name, width in own.items() if width == 1)
    wide, used = [], len(narrow)
    for name, width in own.items():
        if width > 1:
            wide.append((name, slice(used, used + width)))
            used += width
    return _Layout(dtype, f"u{np.dtype(dtype).itemsize}", slice(first, first + used), narrow, tuple(wide))


class Population:
    """Rows of equal columns; live rows are 0..size-1, in any order.

    Columns of one item size share one block of shape (components, capacity), so that dropping and moving rows
    costs one operation per item size, however many columns there are; a column is a view of its own dtype.
    """

    columns: ClassVar[dict[str, Column]] = {}
    _layouts: ClassVar[list[_Layout]] = []

    def __init_subclass__(cls) -> None:
        declared = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        cls.columns = {**cls.columns, **declared}
        cls._layouts = []
        for dtype in dict.fromkeys(value.dtype for value in cls.columns.values()):
            block = f"u{np.dtype(dtype).itemsize}"
            first = sum(other.lines.stop - other.lines.start for other in cls._layouts if other.block == block)
            cls._layouts.append(_layout(dtype, cls.columns, first))

    def __init__(self, size: int = 0, spare: int = 0) -> None:
        """Make `size` rows of zeros, with room for `spare` more: growing later holds everything twice for a moment."""
        object.__setattr__(self, "_blocks", {})
        for layout in self._layouts:  # the last of a block ends it
            self._blocks[layout.block] = np.zeros((layout.lines.stop, max(size + spare, 1)), layout.block)
        object.__setattr__(self, "size", 0)
        self._resize(size)

    _blocks: dict[str, NDArray[Any]]
    size: int

    def __setattr__(self, name: str, value: object) -> None:
        if name not in self.columns:
            raise AttributeError(f"{type(self).__name__} has no column '{name}'")
        view = self.__dict__[name]
        if value is not view:  # `firms.age += 1` has written already
            view[...] = value

    def _resize(self, size: int) -> None:
        """Make `size` rows live and renew the views."""
        fields = self.__dict__
        fields["size"] = size
        for layout in self._layouts:
            live = self._blocks[layout.block][layout.lines, :size].view(layout.dtype)
            fields.update(zip(layout.narrow, live, strict=False))  # the wide columns come after the narrow ones
            for name, lines in layout.wide:
                fields[name] = live[lines]

    def append(self, count: int) -> slice:
        """Add `count` rows of zeros at the end and return where they are."""
        size, capacity = self.size, self.capacity()
        if size + count > capacity:
            wider = size + count + capacity // 16
            for kind, block in self._blocks.items():
                self._blocks[kind] = np.concatenate(
                    (block, np.zeros((len(block), wider - capacity), block.dtype)), axis=1
                )
        for block in self._blocks.values():
            block[:, size : size + count] = 0
        self._resize(size + count)
        return slice(size, size + count)

    def take(self, span: slice, other: Population, rows: Rows) -> None:
        """Copy rows of a population of the same kind into the rows of `span`."""
        for kind, block in self._blocks.items():
            block[:, span] = other._blocks[kind].take(rows, axis=1)

    def drop(self, rows: Rows) -> Rows:
        """Remove rows by moving the last live rows into their places; returns the places that have got another row."""
        kept = self.size - len(rows)
        gone = np.zeros(self.size, bool)
        gone[rows] = True
        holes, movers = rows_where(gone[:kept]), kept + rows_where(~gone[kept:])
        for block in self._blocks.values():
            block[:, holes] = block.take(movers, axis=1)
        self._resize(kept)
        return holes

    def reorder(self, order: Rows) -> None:
        """Put the live rows into another order; no result may depend on it (test T12)."""
        for block in self._blocks.values():
            block[:, : self.size] = block[:, order]

    def copy(self) -> Self:
        """Return an independent population with the same rows."""
        twin = type(self)(self.size, self.capacity() - self.size)
        for kind, block in self._blocks.items():
            twin._blocks[kind][:, : self.size] = block[:, : self.size]
        return twin

    def capacity(self) -> int:
        """Rows there is room for."""
        return int(next(iter(self._blocks.values())).shape[1])

    def bytes_per_row(self) -> int:
        """Memory of one row in bytes."""
        return sum(block.itemsize * len(block) for block in self._blocks.values())
