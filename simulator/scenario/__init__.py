"""YAML in, a validated scenario out, all errors at once."""

from simulator.scenario.loader import check, load, restored, revised
from simulator.scenario.problems import Problem, ScenarioError
from simulator.scenario.scenario import Scenario

__all__ = ["Problem", "Scenario", "ScenarioError", "check", "load", "restored", "revised"]
