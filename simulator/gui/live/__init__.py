"""Runs behind the window: asked for, answered piece by piece, given up when something newer is asked."""
