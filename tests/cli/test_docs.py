"""Generated pages: complete, fresh, and told when stale."""

import pytest

from simulator.cli import main
from simulator.cli.docs import pages
from simulator.cli.model_page import equations, filled
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


def test_that_a_folder_and_its_parents_are_made_and_one_that_cannot_be_is_refused(tmp_path, capsys):
    deep = tmp_path / "some" / "where"
    assert main(["docs", "--check", "--folder", str(deep), "--lang", "en"]) == 1
    assert capsys.readouterr().err.strip().endswith(f"{deep}: there is no such folder")
    assert main(["docs", "--folder", str(deep), "--lang", "en"]) == 0
    assert sorted(path.name for path in deep.iterdir()) == sorted(pages())
    capsys.readouterr()
    for folder in (deep / "indicators.md", deep / "indicators.md" / "more"):
        assert main(["docs", "--folder", str(folder), "--lang", "sv"]) == 1
        assert "en fil är i vägen" in capsys.readouterr().err


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


def test_that_the_description_of_the_model_is_made_from_the_code_where_it_can_be():
    page = pages()["model.md"]
    for lever in LEVERS:
        assert f"| `{lever}` |" in page
    for kind in KINDS.values():
        assert f"| {kind.code} | `{kind.name}` |" in page
    assert "`P = 1 - exp(-dt (p_l tau + q_l E))`" in page
    assert "| 11 | production, sales, cost, profit, tax, cash and credit. | `quarter.settle` |" in page


def test_that_a_part_nobody_makes_is_refused():
    with pytest.raises(ValueError, match="no part 'magic'"):
        filled("<!-- made: magic -->\n<!-- end -->")
    with pytest.raises(ValueError, match="no equation names section"):
        filled("<!-- made: equations 9.9 -->\n<!-- end -->")


def test_that_every_equation_stands_on_the_page_once():
    page = pages()["model.md"]
    sections = {"1.7", "3.0", "3.2", *(f"4.{number}" for number in range(1, 11)), "5"}
    for one in equations():
        if one.sections and one.sections[0] in sections:
            assert page.count(f"| `{one.name}` |") == 1
