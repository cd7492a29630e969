"""The window: build a mix of measures, move a slider, see the region answer."""
