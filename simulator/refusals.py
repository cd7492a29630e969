"""Why the system refuses a file, in words of both languages: its own are in one language only."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from simulator.quantity import Text

REASONS: Mapping[int, Text] = {
    errno.EACCES: Text("no permission here", "behörighet saknas här"),
    errno.EPERM: Text("no permission here", "behörighet saknas här"),
    errno.EROFS: Text("this disk is read-only", "disken kan bara läsas"),
    errno.ENOSPC: Text("the disk is full", "disken är full"),
    errno.EDQUOT: Text("your share of the disk is full", "din andel av disken är full"),
    errno.EFBIG: Text("the file would be too large for the disk", "filen skulle bli för stor för disken"),
    errno.EIO: Text("the disk does not work as it should", "disken fungerar inte som den ska"),
    errno.EBUSY: Text("another program is using it", "ett annat program använder den"),
    errno.EMFILE: Text("too many files are open", "för många filer är öppna"),
    errno.ENFILE: Text("too many files are open", "för många filer är öppna"),
    errno.EAGAIN: Text("the system has no room for another process", "systemet har inte plats för en process till"),
    errno.ENOMEM: Text("memory is short", "minnet räcker inte"),
    errno.ENOTDIR: Text("a part of this path is a file", "en del av sökvägen är en fil"),
    errno.EEXIST: Text("a part of this path is a file", "en del av sökvägen är en fil"),
    errno.ELOOP: Text("the links lead in a circle", "länkarna leder i cirkel"),
    errno.ENAMETOOLONG: Text("the name is too long", "namnet är för långt"),
    errno.ENOENT: Text("there is no such file or folder", "filen eller mappen finns inte"),
    errno.EISDIR: Text("it is a folder", "det är en mapp"),
}


def unwritable(path: Path, failure: OSError) -> Text:
    """That a file cannot be written, and why."""
    why = reason(failure)
    return Text(f"{path}: cannot be written ({why.en})", f"{path}: kan inte skrivas ({why.sv})")


def reason(failure: OSError) -> Text:
    """Why the system refused; in its own words where there are no others."""
    plain = failure.strerror or str(failure)
    return REASONS.get(failure.errno or 0, Text(plain, plain))
