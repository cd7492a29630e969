"""Batch folders that survive: opened, locked, filled, merged."""
