"""Write a scenario to start from."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from tempfile import NamedTemporaryFile

from simulator.cli.console import InputError, tell
from simulator.cli.parser import Parser
from simulator.quantity import Text
from simulator.refusals import unwritable

ABOUT = Text("write a scenario file to start from", "skriv en scenariofil att börja från")


def declare(parser: Parser) -> None:
    """Declare the name."""
    name = Text("name or path of the new file", "namn på eller sökväg till den nya filen")
    parser.argument("name", text=name, metavar=Text("NAME", "NAMN").said(parser.language))


def run(arguments: Namespace) -> int:
    """Write the file; nothing that exists is overwritten, and nothing is left half-written."""
    from simulator.scenario.template import template

    path = Path(arguments.name)
    if not arguments.name.isprintable() or path.name in ("", ".."):
        raise InputError(Text("this cannot be a file name", "detta kan inte vara ett filnamn"))
    path = path if path.suffix in (".yaml", ".yml") else path.with_name(f"{path.name}.yaml")
    try:
        if path.exists():
            raise InputError(Text(f"{path} exists already", f"{path} finns redan"))
        write_whole(path, template(path.stem).said(arguments.lang))
    except OSError as error:
        raise InputError(unwritable(path, error)) from None
    tell(Text(f"{path} is written", f"{path} är skriven"), arguments.lang)
    return 0


def write_whole(path: Path, text: str) -> None:
    """Write a file in one go: under another name first, then renamed."""
    with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".", delete=False) as stream:
        temporary = Path(stream.name)
        try:
            stream.write(text)
            stream.close()
            temporary.chmod(0o666 & ~_mask())
            temporary.replace(path)
        except BaseException:
            stream.close()
            temporary.unlink(missing_ok=True)
            raise


def _mask() -> int:
    """Return the permissions that new files of this user lack."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
