"""Generated pages: complete, fresh, and told when stale."""

import pytest

from simulator.cli import main
from simulator.cli.docs import pages
from simulator.indicators import INDICATORS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.lever_table import LEVERS
from simulator.scenario.vocabulary import VOCABULARY


def test_that_pages_name_everything_of_their_kind_in_both_languages():
    made = pages()
    for one in INDICATORS.values():
        assert f"`{one.name}`" in made["indicators.md"]
        assert one.text.sv in made["indicators.md"]
    for kind in KINDS.values():
        assert kind.title.sv in made["interventions.md"]
        assert kind.evidence.sv in made["interventions.md"]
        assert f"(#{kind.name})" in made["interventions.md"]
        assert f'<a id="{kind.name}"></a>' in made["interventions.md"]
        assert all(f"- **{key}**: " in made["interventions.md"] for key in kind.sources)
        for name in kind.settings:
            assert f"`{name}`" in made["interventions.md"]
    for name in LEVERS:
        assert f"`{name}`" in made["interventions.md"]
    for group in VOCABULARY.groups:
        assert f"`parameters.{group}." in made["parameters.md"]


def test_that_the_pages_in_the_repository_are_fresh(capsys):
    assert main(["docs", "--check", "--lang", "en"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize(("language", "words"), [("en", "stale"), ("sv", "inaktuella")])
def test_that_stale_pages_are_told_and_rewritten(tmp_path, capsys, language, words):
    folder = ["--folder", str(tmp_path), "--lang", language]
    assert main(["docs", "--check", *folder]) == 1
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert main(["docs", *folder]) == 0
    assert main(["docs", "--check", *folder]) == 0
    page = tmp_path / "indicators.md"
    page.write_text(page.read_text("utf-8") + "more\n", "utf-8")
    assert main(["docs", "--check", *folder]) == 1


def test_that_tables_have_equal_columns():
    for text in pages().values():
        width = 0
        for line in text.splitlines():
            if not line.startswith("|"):
                width = 0
                continue
            columns = line.replace("\\|", "").count("|")
            assert not width or columns == width, line
            width = columns
