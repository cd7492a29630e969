"""What is measured: declared in the catalogue, recorded each quarter, aggregated by cell, delivered as series."""

from simulator.indicators.catalogue import INDICATORS
from simulator.indicators.declare import Indicator
from simulator.indicators.grid import Geography
from simulator.indicators.recorder import Recorder
from simulator.indicators.results import Results, Series

__all__ = ["INDICATORS", "Geography", "Indicator", "Recorder", "Results", "Series"]
