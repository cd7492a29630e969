"""Scenario simulator for industrial transition: small manufacturers under policy measures, quarter by quarter."""

__version__ = "0.1.0"
