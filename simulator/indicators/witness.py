"""Which indicators tell where values are withheld: results themselves say only that a value is not known."""

from __future__ import annotations

from functools import cache

from simulator.indicators import INDICATORS
from simulator.indicators.catalogue.common import FIRMS
from simulator.indicators.declare import Indicator, Ratio


@cache
def witness(population: str) -> str:
    """An indicator that is known wherever enough firms of a population are, at any time: elsewhere it is withheld.

    >>> witness("ten")
    'basic_digital_10plus'
    """
    return next(name for name, one in INDICATORS.items() if one.population == population and _always_known(one))


def is_local(cell: str) -> bool:
    """Whether values of a cell are withheld where they rest on few firms.

    >>> is_local("municipality=falun"), is_local("county=dalarna")
    (True, False)
    """
    return cell.startswith("municipality=")


def _always_known(indicator: Indicator) -> bool:
    formula = indicator.formula
    if indicator.family != "firms" or not isinstance(formula, Ratio) or formula.since or formula.lag:
        return False
    return formula.under in ((), (FIRMS,)) and formula.window == 1 and not any(one.flow for one in formula.terms())
