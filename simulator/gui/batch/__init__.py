"""Batches from the window: plan, run, look at folders of results."""
