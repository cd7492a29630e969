"""Speed side by side: one kernel of rules as columns, plain objects, Mesa agents and C."""
