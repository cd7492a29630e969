"""Which pages the window has, in their order. A new page is one line."""

from __future__ import annotations

from simulator.gui.batch_page import BatchPage
from simulator.gui.differences_page import DifferencesPage
from simulator.gui.explore_page import ExplorePage
from simulator.gui.inspect_page import InspectPage
from simulator.gui.measures_page import MeasuresPage
from simulator.gui.page import Page
from simulator.gui.results_page import ResultsPage
from simulator.gui.start_page import StartPage
from simulator.gui.text_page import TextPage
from simulator.gui.workshop_page import WorkshopPage

PAGES: tuple[type[Page], ...] = (
    StartPage, MeasuresPage, ExplorePage, ResultsPage, InspectPage, BatchPage, WorkshopPage, TextPage, DifferencesPage,
)  # fmt: skip
