"""Charts of runs made up."""

from __future__ import annotations

import pytest
from sample_results import NAME, result


@pytest.fixture
def made(desk, qtbot):
    """Make a chart of a kind, on a screen."""
    charts = []

    def make(kind, shown=None, size=(900, 480)):
        chart = kind(desk)
        qtbot.addWidget(chart)
        chart.resize(*size)
        chart.show_result(result() if shown is None else shown, NAME)
        chart.show()
        charts.append(chart)
        return chart

    yield make
    for chart in charts:
        chart.close_down()
