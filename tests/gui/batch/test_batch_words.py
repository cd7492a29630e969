"""No word of the other language is left on the batch page, whatever it shows."""

from __future__ import annotations

import pytest

from simulator.gui.batch.failures import FailureList
from simulator.gui.batch.messages import AtWork, Worker
from tests.ensemble import works
from tests.gui.batch.conftest import LONG, opened
from tests.gui.test_words import OTHER, WORD, bare, words_of


@pytest.fixture
def full(spoken, in_work, folder, qtbot):
    """The page with a plan, a folder with a failed run, and runs that have ended."""
    opened(in_work, qtbot, folder(work=works.one_raises).path)
    in_work.view.card.retry.click()
    qtbot.waitUntil(lambda: not in_work.running, timeout=LONG)
    cases = ("strategy", "strategy/baseline", "other")
    here = Worker(4711, True, 2.0, cases[:1], 1, (3, 3), (1, 1), 1)
    in_work.progress.show_workers(AtWork((here, Worker(None, False, 70.0, cases, 9, (0, 8), (1, 9), 2))))
    for line in (in_work.form.work.part, in_work.form.work.cluster, in_work.form.wishes.seed, in_work.form.folder):
        line.setText("\t")
        line.setText("~nobody-of-this-name")
    return in_work


@pytest.mark.parametrize("language", ["sv", "en"])
def test_that_no_word_of_the_other_language_is_left_on_the_batch_page(full, desk, spoken, language):
    desk.language.switch(OTHER[language])
    charts = full.view.charts
    for place in range(charts.tabs.count() - 1):
        charts.tabs.setCurrentIndex(place)
    charts.show_chart(FailureList)
    desk.language.switch(language)
    known = {bare(text.said(language)) for text in spoken}
    foreign = {bare(text.said(OTHER[language])) for text in spoken if WORD.search(text.en)} - known
    left = {(where, words) for where, words in words_of(full) if bare(words) in foreign}
    assert left == set()
    doubled = {line for line in full.form.plan.lines.text().splitlines() if line in foreign}
    assert doubled == set()
    assert {bare(part) for part in full.progress.counts.text().split(" · ")} & foreign == set()
    assert {bare(part) for part in full.view.card.counts.text().split(" · ")} & foreign == set()
