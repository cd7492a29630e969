"""The verbs check, show, schema, new and gui, in one process."""

import json
import os
import stat

import pytest

from simulator.cli import VERBS, main
from simulator.scenario import load


@pytest.fixture(autouse=True)
def english(monkeypatch, tmp_path):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def said(capsys):
    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capsys.readouterr()

    return run


def test_that_check_takes_many_files_and_tells_all_their_problems(said, tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\nrun: {yeers: 5}\n")
    (tmp_path / "b.yaml").write_text("format: 1\nvariants: {v: {run.years: x}}\n")
    code, out, err = said("check", "a.yaml", "baseline", "b.yaml", "bseline.yaml")
    assert (code, out) == (1, "baseline: good\n")
    assert err.splitlines() == [
        "a.yaml:2:7: run.yeers: yeers is not known here; did you mean years?",
        'b.yaml:2:27: run.years: "x" does not fit; a number from 0.25 to 100 years',
        "bseline.yaml: no such file; did you mean baseline?",
    ]


def test_that_faults_of_settings_hide_no_faults_of_files_and_are_told_once(said, tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(
            "format: 1\nextends: d\n" + ("budget: {total: x}\n" if name == "b" else "")
        )
    (tmp_path / "d.yaml").write_text("format: 1\nrun: {seed: x}\n")
    settings = ("--set", "run.years=[", "--set", "run.scale={a: 1, a: 2}", "--set", "run.yeers=5")
    code, out, err = said("check", "a.yaml", "b.yaml", "c.yaml", *settings)
    assert (code, out) == (1, "")
    expected = [
        "--set run.scale={a: 1, a: 2}: run.scale.a: a stands twice",
        "--set run.years=[: run.years: a bracket is not closed",
        "--set run.yeers=5: run.yeers: yeers is not known here",
        "d.yaml:2:13: run.seed: ",
        "b.yaml:3:17: budget.total: ",
    ]
    lines = err.splitlines()
    assert len(lines) == len(expected)
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True)), lines
    assert said("show", "b.yaml", *settings)[2].splitlines() == sorted(lines)
    assert said("check", "baseline", *settings[:2])[:2] == (1, "")
    assert said("show", "baseline", *settings[:2])[:2] == (1, "")


def test_that_a_folder_is_answered_with_the_files_in_it(said, tmp_path):
    (tmp_path / "plans").mkdir()
    for name in ("b.yml", "a.yaml", "c.txt"):
        (tmp_path / "plans" / name).write_text("format: 1\n")
    folder = os.path.join("plans", "")  # noqa: PTH118 -- with the separator at its end, as shells complete it
    assert said("check", folder)[2] == f"{folder}: this is a folder; one of {folder}a.yaml, {folder}b.yml\n"


def test_that_an_unknown_variant_is_told_by_the_file_that_lacks_it(said, tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\nextends: coordinated\n")
    assert said("show", "a.yaml", "--variant", "fragmentd")[2] == (
        "a.yaml: variants: no variant fragmentd; did you mean fragmented?\n"
    )


def test_that_check_prints_warnings_and_is_content(said, tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\nbudget: {per_year: 0}\ninterventions: {r: {kind: digital_uptake}}\n")
    code, out, err = said("check", "a.yaml", "--lang", "sv")
    assert (code, out) == (0, "a.yaml: bra\n")
    assert err.startswith("varning: a.yaml:2:20: budget.per_year: planen kostar ")


def test_that_check_replaces_a_star_by_files_where_the_shell_does_not(said, tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("format: 1\nrun: {years: 3}\n")
    assert said("check", "*.yaml") == (0, "a.yaml: good\nb.yaml: good\n", "")
    assert said("check", "c*.yaml")[0] == 1


def test_that_show_prints_warnings_beside_the_scenario(said, tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\nbudget: {per_year: 0}\ninterventions: {r: {kind: digital_uptake}}\n")
    code, out, err = said("show", "a.yaml", "--plain")
    assert code == 0
    assert out.startswith("format: 1\n")
    assert err.startswith("warning: a.yaml:2:20: budget.per_year: the plan costs ")


def test_that_check_minds_set_and_variant(said, tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\nvariants: {v: {run.years: 5}}\n")
    assert said("check", "a.yaml", "--variant", "v", "--set", "run.seed=3")[0] == 0
    assert said("check", "a.yaml", "--variant", "w")[0] == 1
    assert said("check", "a.yaml", "--set", "run.seed=x")[0] == 1
    code, _, err = said("check", "a.yaml", "--set", "run.seed", "--set", "=3")
    assert (code, len(err.splitlines())) == (1, 2)


def test_that_show_prints_a_scenario_that_loads_back(said, tmp_path):
    code, out, err = said("show", "baseline", "--plain", "--set", "run.years=3")
    assert (code, err) == (0, "")
    (tmp_path / "again.yaml").write_text(out)
    assert load("again.yaml").digest == load("baseline", {"run.years": 3}).digest
    _, origins, _ = said("show", "baseline", "--set", "run.years=3")
    assert "years: 3                                    # --set run.years=3\n" in origins
    assert "#" not in out


def test_that_schema_prints_what_is_committed(said):
    code, out, _ = said("schema")
    assert code == 0
    assert json.loads(out)["properties"]["format"] == {"const": 1, "title": "Version of the format / Formatets version"}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_new_writes_a_scenario_that_is_good_in_all_its_parts(language, said, tmp_path):
    code, out, _ = said("new", "mitt första", "--lang", language)
    path = tmp_path / "mitt första.yaml"
    assert (code, out) == (0, "")
    assert said("check", str(path))[::2] == (0, "")
    assert load(str(path), variant={"en": "twice", "sv": "dubbelt"}[language]).measures[0].settings["capacity"] == 24
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.lstrip("# ").startswith(("target:", "budget:", "drivers:", "  carbon")) and "#" in line:
            text = text.replace(line, line.replace("# ", "", 1))
    path.write_text(text, encoding="utf-8")
    assert said("check", str(path))[0] == 0
    assert text.count("budget: {per_year") == 1


def test_that_new_overwrites_nothing(said, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("mine")
    assert said("new", "a") == (1, "", "a.yaml exists already\n")
    assert said("new", str(path))[0] == 1
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["missing/a", "a.yaml/b", "x" * 300])
def test_that_new_says_why_it_cannot_write(name, said, tmp_path):
    (tmp_path / "a.yaml").write_text("mine")
    before = sorted(tmp_path.iterdir())
    code, _, err = said("new", name, "--lang", "sv")
    assert code == 1
    assert "kan inte skrivas (" in err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["", "..", "a\nb", "a/.."])
def test_that_new_refuses_what_is_no_file_name(name, said, tmp_path):
    assert said("new", name) == (1, "", "this cannot be a file name\n")
    assert list(tmp_path.iterdir()) == []


def test_that_a_full_disk_leaves_nothing_half_written(said, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert said("new", "a") == (1, "", "a.yaml: cannot be written (the disk is full)\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise on Windows")
def test_that_a_new_file_has_ordinary_permissions(said, tmp_path):
    said("new", "a")
    (tmp_path / "b").touch()
    assert stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


def test_that_the_window_says_why_it_cannot_be_opened(said, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("simulator.gui.display.sys.platform", "linux")
    code, out, err = said()
    assert (code, out) == (1, "")
    assert err.startswith("The window cannot be opened")
    assert "python main.py run scenarios/baseline.yaml" in err
    assert said("gui", "x.yaml", "--lang", "sv")[2].startswith("Fönstret kan inte öppnas")


@pytest.mark.parametrize(
    ("words", "file", "language"),
    [((), None, None), (("gui", "coordinated"), "coordinated.yaml", None), (("gui", "--lang", "sv"), None, "sv")],
)
def test_that_the_window_is_opened_with_a_file_and_a_language(said, monkeypatch, words, file, language):
    asked = []
    monkeypatch.setattr("simulator.gui.display.check_display", lambda: None)
    monkeypatch.setattr("simulator.gui.start.open_window", lambda *given: asked.append(given) or 0)
    assert said(*words)[0] == 0
    assert [(path and path.name, spoken) for path, spoken in asked] == [(file, language)]


def test_that_an_interrupted_verb_ends_with_130(said, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.cli.check.run", interrupt)
    assert said("check", "baseline", "--lang", "sv") == (130, "", "Avbrutet.\n")


def test_that_a_fault_of_the_program_is_not_hidden(monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("simulator.cli.check.run", fail)
    with pytest.raises(ZeroDivisionError):
        main(["check", "baseline"])


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_every_verb_has_help_in_both_languages(verb, language, said):
    code, out, err = said(verb, "--lang", language, "--help")
    assert (code, err) == (0, "")
    english_words = ("usage:", "options:", "show this help")
    swedish_words = ("användning:", "flaggor:", "visa denna hjälp")
    expected, foreign = (english_words, swedish_words) if language == "en" else (swedish_words, english_words)
    assert all(word in out for word in expected)
    assert not any(word in out for word in foreign)
