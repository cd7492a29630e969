"""From a scenario or a design to a plan, and what the plan will take, before anything runs."""
