"""The pane of text: a scenario as it is written, with colours, line numbers, faults and search."""
