"""A prepared workshop, and its stage."""

from __future__ import annotations

import pytest
from leading import CAPACITY, PLAN

from simulator.gui.live.bands import FEWEST
from simulator.gui.workshop_page import WorkshopPage


@pytest.fixture
def page(desk, qtbot):
    desk.document.start(PLAN, "plan.yaml")
    desk.document.settle()
    desk.live.set_replications(FEWEST)
    made = WorkshopPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    made.shown()
    yield made
    made.close_down()


@pytest.fixture
def stage(page):
    page.groups.names.setPlainText("Falun\n\n  Karlstad \nFalun")
    page.sliders.choose([CAPACITY, "governance", "drivers.carbon_price.2030"])
    page.start()
    return page.stage
