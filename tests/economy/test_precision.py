"""Equations on single-precision columns stay in single precision: an upcast doubles the time of everything after it."""

import numpy as np
import pytest

from simulator.economy import demand, demography, finance
from simulator.transitions import digitalisation, innovation, internationalisation

N = 64
U = np.linspace(0.01, 0.99, N, dtype=np.float32)
AGE = np.arange(N, dtype=np.int32)
LEVEL = (AGE % 3).astype(np.int8)
YES = AGE % 2 == 0
D, DEM, FIN = demand.Demand(), demography.Demography(), finance.Finance()
DIG, EXP, INN = digitalisation.Digitalisation(), internationalisation.Internationalisation(), innovation.Innovation()
CALLS = {
    "demand_noise": lambda: demand.demand_noise(U, U, D),
    "home_weight": lambda: demand.home_weight(U, U, U, U, U, U, AGE, D),
    "share_market": lambda: demand.share_market(U, np.ones(3), LEVEL),
    "expected_demand": lambda: demand.expected_demand(U, U, D),
    "log_productivity": lambda: demand.log_productivity(U, U, U, U, U, YES, YES, YES, 0.01, U, D),
    "from_table": lambda: demography.from_table(U, U),
    "exit_hazard": lambda: demography.exit_hazard(U, AGE, U, DEM),
    "handover_hazard": lambda: demography.handover_hazard(U * 80, DEM),
    "entry_hazard": lambda: internationalisation.entry_hazard(U, U, U, YES, YES, YES, U, U, EXP),
    "export_exit_hazard": lambda: internationalisation.exit_hazard(U, U, YES, AGE, EXP),
    "reentry": lambda: internationalisation.reentry(AGE, EXP),
    "export_goal": lambda: internationalisation.export_goal(LEVEL, U, 0.1, EXP),
    "learning_gain": lambda: internationalisation.learning_gain(LEVEL, AGE, EXP),
    "project_cost": lambda: digitalisation.project_cost(LEVEL, U, 1.0, DIG),
    "next_effectiveness": lambda: digitalisation.next_effectiveness(U, U, U, DIG),
    "level_gain": lambda: digitalisation.level_gain(LEVEL, DIG),
    "absorptive_capacity": lambda: innovation.absorptive_capacity(U, U, U, INN),
    "next_idiosyncratic": lambda: innovation.next_idiosyncratic(U, U, INN),
    "credit_limit": lambda: finance.credit_limit(U, U, 0.3, FIN),
    "interest_rate": lambda: finance.interest_rate(YES, YES, 0.02, 1.0, FIN),
    "labour_cost": lambda: finance.labour_cost(np.ones((5, N), np.float32), np.ones((3, 5)), LEVEL, U, U, 1.0, FIN),
}


@pytest.mark.parametrize("name", CALLS)
def test_that_single_precision_stays_single(name):
    assert np.asarray(CALLS[name]()).dtype == np.float32


def test_that_books_close_in_single_precision():
    books, ebitda, sales = finance.close_books(U, U / 2, U / 4, U, U, U, U, U / 50, 0.0, FIN)
    for values in (books.cash, books.debt, books.profit, books.value_added, ebitda, sales):
        assert values.dtype == np.float32
