"""How far the model can be trusted: patterns of reality, measured in runs and judged (Model text 8.1)."""
