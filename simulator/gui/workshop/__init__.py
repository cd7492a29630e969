"""A workshop: groups move chosen sliders on a large screen, say what they expect, see it, and keep proposals."""
