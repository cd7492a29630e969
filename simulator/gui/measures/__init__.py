"""The measures of the scenario in work: catalogue, list, form, timeline, coordination."""
