"""How searchers and vacancies meet: matching, commuting, scarce people among employers, the wage curve.

Arrays are (zones, classes) unless said; all functions are pure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Floats, Rows
from simulator.agents.people import Cells
from simulator.quantity import Text, UnfitError

Real = NDArray[np.float64]


_TOO_FEW = Text(
    "more people would have to be hired each quarter than search for work at the start; raise "
    "parameters.pool.searching, or lower parameters.labour.quit_rate_young, quit_rate_old, retirement_rate or "
    "job_loss_start",
    "fler skulle behöva anställas varje kvartal än som söker arbete vid start; höj parameters.pool.searching, eller "
    "sänk parameters.labour.quit_rate_young, quit_rate_old, retirement_rate eller job_loss_start",
)


def matches(searchers: Real, vacancies: Real, elasticity: Real) -> Real:
    """Matches of a quarter.

    M = S V / (S^lam + V^lam)^(1/lam), computed as min / (1 + r^lam)^(1/lam) with r = min/max

    searchers, vacancies (zones, 5) persons, FTE; elasticity lam (5,)
    returns   (zones, 5), at most min(S, V); lam without limit gives min(S, V)
    Source: Model text 4.7; denhaan2000.

    >>> float(matches(np.array([3.0]), np.array([4.0]), np.array([2.0]))[0])
    2.4
    """
    low, high = np.minimum(searchers, vacancies), np.maximum(searchers, vacancies)
    ratio = low / np.where(high > 0, high, 1.0)
    found: Real = low / (1 + ratio**elasticity) ** (1 / elasticity)
    return found


def vacancies_that_give(wanted: Real, searchers: Real, elasticity: Real) -> Real:
    """Vacancies at which `wanted` matches come about: the inverse of `matches` in V.

    V = (M^-lam - S^-lam)^(-1/lam), which needs M < S

    wanted, searchers (zones, 5); elasticity (5,); returns (zones, 5), 0 where nobody is wanted
    Source: Model text 1.7 #13; denhaan2000.

    >>> float(vacancies_that_give(np.array([2.4]), np.array([3.0]), np.array([2.0]))[0].round(9))
    4.0
    """
    some = (wanted > 0) & (searchers > 0)
    ratio = np.where(some, wanted, 0.5) / np.where(some, searchers, 1.0)
    if (ratio >= 1).any():
        raise UnfitError(_TOO_FEW)
    needed: Real = np.where(some, wanted, 0.0) * (1 - ratio**elasticity) ** (-1 / elasticity)
    return needed


def commuting_weights(minutes: Real, jobs: Real, decay: float, own_zone: float, reach: float | Floats = 0.0) -> Real:
    """Where the people of a zone look for work.

    W_z'z ~ jobs_z exp(-minutes/decay) with at least `own_zone` at home. Without the weight of jobs the smallest
    places would find people most easily. `reach` takes minutes off the way to other zones only and starts from that
    pattern, so that it raises the share that looks outside: odds outside = odds without * exp(reach/decay).

    minutes (zones, zones), diagonal inside the zone; jobs (zones,); decay, reach minutes (reach also (zones,));
    returns (home zones, work zones), rows sum to 1
    Source: Model text 4.7; SPEC.
    """
    weight = np.exp(-minutes / decay) * jobs
    home = np.diag(weight).copy()
    np.fill_diagonal(weight, 0.0)
    away = weight.sum(axis=1)
    total = home + away
    stay = np.where(away > 0, np.maximum(home / np.where(total > 0, total, 1.0), own_zone), 1.0)
    outside = (1 - stay) * np.exp(reach / decay)
    result: Real = weight / np.where(away > 0, away, 1.0)[:, None] * (outside / (stay + outside))[:, None]
    np.fill_diagonal(result, stay / (stay + outside))
    return result


def openings(
    staff: Floats, desired: Floats, leaving: Floats, closing_speed: float, layoff_speed: float
) -> tuple[Floats, Floats]:
    """Vacancies and layoffs of employers.

    V = max(0, speed (n* - n) + expected leavers);  layoffs = layoff_speed max(0, n - n* - expected leavers)

    staff, desired, leaving (5, employers) FTE; returns two arrays of that shape, FTE per quarter
    Source: Model text 4.7; SPEC.

    >>> up, down = openings(*(np.array([[x]], np.float32) for x in (10, 12, 1)), 0.5, 0.4)
    >>> float(up[0, 0]), float(down[0, 0])
    (2.0, 0.0)
    """
    missing = desired - staff
    layoffs = -missing
    layoffs -= leaving
    np.maximum(layoffs, 0, out=layoffs)
    layoffs *= np.float32(layoff_speed)
    missing *= np.float32(closing_speed)
    missing += leaving
    np.maximum(missing, 0, out=missing)
    return missing, layoffs


def filled_share(matched: Real, vacancies: Real, appeal: Real) -> Real:
    """Share of the vacancies of each kind of employer that is filled, two water-filling passes.

    First pass: hires = min(V, a om V), a = M / sum(om V); second: the rest in proportion to remaining room.
    Since M <= sum V, hires sum to M exactly. Employers of one kind have the same appeal, so that filling by kind
    is filling by employer.

    matched (zones, 5); vacancies (kinds, zones, 5); appeal om (kinds,); returns (kinds, zones, 5) in 0..1
    Source: Model text 4.7 and 7.4b; SPEC.
    """
    weighed = appeal[:, None, None] * vacancies
    total = weighed.sum(axis=0)
    first = np.minimum(vacancies, weighed * (matched / np.where(total > 0, total, 1.0)))
    room = vacancies - first
    free = room.sum(axis=0)
    hires = first + room * ((matched - first.sum(axis=0)) / np.where(free > 0, free, 1.0))
    share: Real = hires / np.where(vacancies > 0, vacancies, 1.0)
    np.maximum(share, 0.0, out=share)
    return np.minimum(share, 1.0, out=share)


def wage_step(wages: Real, tightness: Real, elasticity: float, speed: float) -> Real:
    """Relative wages of the next quarter: the wage curve.

    ln w += speed (elasticity ln(clip(tightness, .2, 5)) - ln w)

    wages (zones, 5) relative, 1 at the start; tightness (zones, 5) relative to the start
    Source: Model text 4.7; blanchflower1994.
    """
    target = elasticity * np.log(np.minimum(np.maximum(tightness, 0.2), 5.0))
    return np.exp((1 - speed) * np.log(wages) + speed * target)


def sums_by(codes: Rows, values: Floats, size: int) -> Real:
    """Sums of (5, rows) by the code of each row, shape (size, 5), in double precision. Source: SPEC."""
    return np.array([np.bincount(codes, row, size) for row in values]).T.copy()


def sent_home(commuters: Cells, leavers: Cells) -> Cells:
    """People who leave work, by the zone they live in.

    commuters (5, work zones, home zones) persons; leavers (work zones, 5, groups); returns (home zones, 5, groups)
    Source: Model text 4.7; SPEC.
    """
    total = commuters.sum(axis=2, keepdims=True)
    nobody = total <= 0
    if nobody.any():
        shares = commuters / np.where(nobody, 1.0, total) + nobody * np.eye(commuters.shape[1])
    else:
        shares = commuters / total
    home: Cells = np.matmul(shares.transpose(0, 2, 1), leavers.transpose(1, 0, 2)).transpose(1, 0, 2)
    return home
