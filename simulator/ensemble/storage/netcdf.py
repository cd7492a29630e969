"""The header of a netCDF 3 file: which variable lies where, so that one of them can be read without the others."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

_TYPES = {1: "i1", 2: "S1", 3: ">i2", 4: ">i4", 5: ">f4", 6: ">f8"}
_MAGIC = (b"CDF\x01", b"CDF\x02")


class HeaderError(ValueError):
    """These bytes are not the beginning of a netCDF 3 file."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: dimensions by name, their lengths, type, first byte in the file, attributes."""

    dimensions: tuple[str, ...]
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    begin: int
    attributes: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Bytes that the values take."""
        return int(np.prod(self.shape, dtype=np.int64)) * self.dtype.itemsize

    def array(self, data: bytes) -> np.ndarray[Any, Any]:
        """The values from their bytes."""
        return np.frombuffer(data, self.dtype).reshape(self.shape)

    def texts(self, data: bytes) -> tuple[str, ...]:
        """Texts from the bytes of a variable of letters."""
        return tuple(bytes(row).rstrip(b"\0").decode() for row in self.array(data))


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself; `end` is where the header ends."""

    end: int
    attributes: Mapping[str, Any]
    variables: Mapping[str, Variable]


class _Reader:
    def __init__(self, data: bytes | mmap.mmap) -> None:
        self.data, self.at = data, 0

    def bytes(self, count: int) -> bytes:
        """Return the next bytes; what is stored is padded to whole words."""
        part = self.data[self.at : self.at + count]
        if len(part) < count or count < 0:
            raise HeaderError("the header is cut off")
        self.at += count + -count % 4
        return part

    def whole(self) -> int:
        number: int = struct.unpack(">i", self.bytes(4))[0]
        return number

    def text(self) -> str:
        return self.bytes(self.whole()).decode()

    def count(self) -> int:
        """Return the number of entries of a list; its tag says nothing that its place does not."""
        self.bytes(4)
        return self.whole()

    def value(self) -> Any:
        dtype = np.dtype(_TYPES[self.whole()])
        count = self.whole()
        data = self.bytes(count * dtype.itemsize)
        if dtype.kind == "S":
            return data.decode()
        values = np.frombuffer(data, dtype).tolist()
        return values[0] if count == 1 else values

    def attributes(self) -> dict[str, Any]:
        return {self.text(): self.value() for _ in range(self.count())}


def read_header(data: bytes | mmap.mmap) -> Header:
    """Read the header from the first bytes of a file; HeaderError when they are too few or something else."""
    try:
        return _header(_Reader(data))
    except (KeyError, IndexError, UnicodeDecodeError) as error:
        raise HeaderError("this is not a netCDF 3 file") from error


def _header(reader: _Reader) -> Header:
    magic = reader.bytes(4)
    if magic not in _MAGIC:
        raise HeaderError("this is not a netCDF 3 file")
    reader.whole()  # number of records: no variable here grows
    dimensions = [(reader.text(), reader.whole()) for _ in range(reader.count())]
    about = reader.attributes()
    variables = {}
    for _ in range(reader.count()):
        name = reader.text()
        axes = [dimensions[reader.whole()] for _ in range(reader.whole())]
        attributes = reader.attributes()
        dtype = np.dtype(_TYPES[reader.whole()])
        reader.whole()  # bytes of the variable, which shape and type say too
        begin = struct.unpack(">q", reader.bytes(8))[0] if magic == _MAGIC[1] else reader.whole()
        names, shape = tuple(name for name, _ in axes), tuple(length for _, length in axes)
        variables[name] = Variable(names, shape, dtype, begin, attributes)
    return Header(reader.at, about, variables)
