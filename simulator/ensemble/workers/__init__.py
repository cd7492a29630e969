"""Processes that work side by side, and what each of them does."""
