"""Wrong usage is answered with 2, in the user's language, argparse's own words included."""

import argparse
import locale

import pytest

from simulator.cli import main
from simulator.cli.parser import Parser, chosen_language
from simulator.quantity import Text

WRONG = {
    ("check",): ("the following arguments are required", "dessa argument krävs"),
    ("check", "a", "--nothing"): ("unrecognized arguments: --nothing", "okända argument: --nothing"),
    ("nothing",): ("invalid choice: 'nothing'", "ogiltigt val: 'nothing' (välj bland"),
    ("--lang",): ("argument --lang: expected one argument", "argumentet --lang: ett värde krävs"),
    ("check", "a", "--set"): ("argument --set: expected one argument", "argumentet --set: ett värde krävs"),
    ("show", "a", "--plain=x"): ("ignored explicit argument 'x'", "tar inget värde, fick 'x'"),
    ("check", "a", "--vari", "x"): ("unrecognized arguments: --vari", "okända argument: --vari"),
}


@pytest.mark.parametrize("words", WRONG)
@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_wrong_usage_is_explained(words, language, capsys):
    arguments = [*words, "--lang", language] if words != ("--lang",) else words
    if words == ("--lang",):
        language = chosen_language([])
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert WRONG[words][language == "sv"] in err
    assert {"en": "error: ", "sv": "fel: "}[language] in err


def test_that_an_unknown_language_is_refused(capsys):
    assert main(["check", "--lang", "de", "baseline"]) == 2
    assert "--lang" in capsys.readouterr().err


COMPLAINTS = [
    "argument -n: expected 2 arguments", "argument -n: invalid int value: 'x'", "argument -n: too odd",
    "one of the arguments -a -b is required", "argument -n: expected at least one argument",
    "argument -n: not allowed with argument -m",
]  # fmt: skip


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_that_the_other_complaints_of_argparse_have_swedish_words(complaint, capsys):
    with pytest.raises(SystemExit):
        Parser("x", Text("a", "b"), "sv").error(complaint)
    said = capsys.readouterr().err.partition("fel: ")[2]
    assert said.strip() != complaint
    assert "expected" not in said
    assert "argument -n:" not in said


SYSTEMS = [
    ({"LANG": "sv_SE.UTF-8"}, "sv"), ({"LANG": "en_US.UTF-8"}, "en"), ({"LC_ALL": "sv_SE", "LANG": "en_US"}, "sv"),
    ({"LANG": "C"}, "en"), ({"LANGUAGE": "en", "LANG": "sv_SE"}, "en"), ({"LANG": "de_DE"}, "en"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "language"), SYSTEMS)
def test_that_the_language_follows_the_system_unless_told(system, language, monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in system.items():
        monkeypatch.setenv(name, value)
    assert chosen_language(["check"]) == language
    assert chosen_language(["check", "--lang", "en"]) == "en"
    assert chosen_language(["--lang=sv", "check"]) == "sv"


def test_that_windows_names_of_languages_are_understood(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: ("Swedish_Sweden", "1252"))
    assert chosen_language([]) == "sv"


def test_that_a_percent_sign_in_help_is_a_percent_sign(capsys):
    parser = Parser("x", Text("a", "b"), "en")
    parser.argument("--share", text=Text("share in %", "andel i %"))
    with pytest.raises(SystemExit):
        parser.parse_args(["--help"])
    assert "share in %" in capsys.readouterr().out
    assert isinstance(parser, argparse.ArgumentParser)
