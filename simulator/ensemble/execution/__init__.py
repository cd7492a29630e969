"""A plan is run: what is missing, until it is enough or somebody stops it."""
