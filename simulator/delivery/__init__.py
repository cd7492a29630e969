"""From eligibility to award and ledger: the programme side of a run (Model text 3.0)."""
