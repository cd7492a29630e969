"""From eligibility to award: pure functions on rows of firms (Model text 3.0, 7.4a)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows
from simulator.agents.firms import Firms
from simulator.delivery.parameters import DeliverySettings
from simulator.economy.drivers import Series
from simulator.interventions.target import BARRIERS, RESEARCH_CAPABLE, Target
from simulator.region.facts import Region

TOP_DIGITAL = 3
TOP_GREEN = 3
TOP_CIRCULAR = 2
TOP_EXPORT = 3
_BINS = 1024
_SIZES = (0.5, 2000.0)


def positions(names: tuple[str, ...], codes: tuple[str, ...], titles: tuple[str, ...]) -> list[int]:
    """Places of `names`, each a code or a title in any case; ValueError for one that is neither."""
    known = {title.casefold(): index for index, title in enumerate(titles)} | {code: i for i, code in enumerate(codes)}
    missing = [name for name in names if name not in known and name.casefold() not in known]
    if missing:
        raise ValueError(f"not in the region: {', '.join(missing)}")
    return [known[name] if name in known else known[name.casefold()] for name in names]


def target_counties(target: Target, region: Region) -> Flags:
    """Counties that a target admits; (counties,)."""
    chosen = np.ones(len(region.county_codes), bool)
    if target.counties is not None:
        chosen[:] = False
        chosen[positions(target.counties, region.county_codes, region.county_names)] = True
    return chosen


def places_admitted(target: Target, region: Region) -> tuple[Flags, Flags]:
    """Municipalities and industries that a target admits; (municipalities,), (industries,)."""
    places = target_counties(target, region)[region.county]
    if target.municipalities is not None:
        places &= np.isin(np.arange(len(places)), positions(target.municipalities, region.codes, region.names))
    branches = np.ones(len(region.industries.codes), bool)
    if target.industries is not None:
        titles = tuple(name.en for name in region.industries.names)
        branches = np.isin(np.arange(len(branches)), positions(target.industries, region.industries.codes, titles))
    if target.manufacturing is not None:
        branches &= region.industries.manufacturing == target.manufacturing
    return places, branches


Condition = tuple[Any, ...]
"""What a target asks of a firm: the test, and what it tests against."""
_RANGED = ("employees", "digital_level", "green_level", "circular_level", "owner_age")
_COLUMNS = {"employees": "employment", "multinational_link": "mne_link"}
_FLAGGED = ("rural", "exporting", "supplier", "multinational_link", "cluster_member", "rd_performer")
_OTHERS = ("absorptive_capacity", "research_capable", "started", "carbon_above_median", "barriers")


def conditions(target: Target, places: Flags, branches: Flags) -> tuple[Condition, ...]:
    """All that a target asks of a firm, as `hold` tests it."""
    asked: list[Condition] = [
        (name, tuple(mask.tolist()))
        for name, mask in (("municipality", places), ("industry", branches))
        if not mask.all()
    ]
    asked += [(name, getattr(target, name)) for name in (*_RANGED, *_FLAGGED, *_OTHERS)]
    return tuple(condition for condition in asked if condition[1] is not None)


def _holds(firms: Firms, name: str, wanted: Any) -> Flags:
    values: NDArray[Any] = getattr(firms, _COLUMNS.get(name, name), firms.slot)
    met: NDArray[Any]
    if name in _RANGED:
        met = (values >= wanted[0]) & (values < wanted[1] + 1)
    elif name in _FLAGGED:
        met = values == wanted
    elif name in ("municipality", "industry"):
        met = np.array(wanted).take(values)
    elif name == "absorptive_capacity":
        met = (values >= wanted[0]) & (values <= wanted[1])
    elif name == "barriers":
        met = np.isin(firms.barrier, [BARRIERS.index(barrier) for barrier in wanted])
    elif name == "research_capable":
        met = (firms.rd_performer | (firms.absorptive_capacity >= np.float32(RESEARCH_CAPABLE))) == wanted
    elif name == "started":
        met = ((firms.digital_level > 0) | (firms.green_level > 0)) == wanted
    else:
        met = (firms.carbon_intensity > np.median(firms.carbon_intensity)) == wanted
    return np.asarray(met, bool)


def hold(firms: Firms, asked: Iterable[Condition], known: dict[Condition, Flags]) -> Flags:
    """Firms that meet all conditions; whole numbers lie in a range up to the next one; (firms,).

    known  conditions that have been looked up for these firms; new ones are added
    """
    mask = np.ones(firms.size, bool)
    for condition in asked:
        if condition not in known:
            known[condition] = _holds(firms, *condition)
        mask &= known[condition]
    return mask


def admitted(firms: Firms, target: Target, places: Flags, branches: Flags) -> Flags:
    """Firms that a target admits; (firms,)."""
    return hold(firms, conditions(target, places, branches), {})


def size_position(employment: Floats) -> Floats:
    """Place of a firm's size between the smallest and the largest, on a log scale; (firms,), in [0, 1]."""
    low, high = _SIZES
    place: Floats = np.log(np.clip(employment, low, high) / np.float32(low)) / np.float32(np.log(high / low))
    return np.minimum(place, 1)


def rank_share(values: Floats) -> Floats:
    """Share of rows with a lower value; (rows,).

    values  (rows,)  in [0, 1]; values that agree to a thousandth share a rank

    Counted in bins, not sorted: as fast per row for a million firms, and rows in any order rank alike.
    """
    step = (values * np.float32(_BINS - 1)).astype(np.intp)
    table = np.bincount(step, minlength=_BINS)
    return _ranked((np.cumsum(table) - table)[step], len(values))


def rank_shares(values: Floats, groups: NDArray[Any]) -> tuple[Floats, Floats]:
    """Share of rows of the same group, and of all rows, with a lower value; (rows,) each, as in `rank_share`."""
    step = (values * np.float32(_BINS - 1)).astype(np.intp)
    count = int(groups.max(initial=0)) + 1
    cell = groups * np.intp(_BINS) + step
    table = np.bincount(cell, minlength=_BINS * count).reshape(count, _BINS)
    before = np.cumsum(table).reshape(count, _BINS) - table
    below = before.ravel()[cell] - before[:, 0][groups]
    together = table.sum(axis=0)
    sizes = table.sum(axis=1)[groups]
    return _ranked(below, sizes), _ranked((np.cumsum(together) - together)[step], len(values))


def _ranked(below: Rows, sizes: Rows | int) -> Floats:
    return (below / np.maximum(sizes, 1)).astype(np.float32)


def lack(firms: Firms, domain: str) -> Floats:
    """How far a firm is from the top in a domain: 1 - level/highest level; (firms,).

    research    1 - (0.5 if it performs R&D) - 0.5 absorptive capacity: doing research is half the way, using it half
    training    1 - absorptive capacity, the level that training raises
    succession  1 until the owner prepares, 0.5 while preparing, 0 after

    Source: Model text 3.0; SPEC.
    """
    levels: dict[str, tuple[NDArray[Any], float]] = {
        "digital": (firms.digital_level, TOP_DIGITAL),
        "green": (firms.green_level, TOP_GREEN),
        "circular": (firms.circular_level, TOP_CIRCULAR),
        "research": (firms.rd_performer + firms.absorptive_capacity, 2),
        "export": (firms.export_stage, TOP_EXPORT),
        "training": (firms.absorptive_capacity, 1),
        "succession": (firms.succession, 2),
    }
    level, top = levels[domain]
    return (1 - level / np.float32(top)).astype(np.float32, copy=False)


def need(lacking: Floats, gain_rank: Floats) -> Floats:
    """Need = (1 - level/highest) (0.5 + 0.5 rank of potential gain in the industry); (rows,), in [0, 1].

    Within an industry value added per worker is common, so the rank of potential gain is that of employment.
    Source: Model text 3.0; SPEC.
    """
    needs: Floats = lacking * (np.float32(0.5) + np.float32(0.5) * gain_rank)
    return needs


def ease(employment_rank: Floats, capacity_rank: Floats, supported: Flags) -> Floats:
    """Ease of reach: mean of the ranks of employment and absorptive capacity and of earlier support; (rows,).

    Source: Model text 3.0; SPEC.
    """
    eased: Floats = (employment_rank + capacity_rank + supported) / np.float32(3)
    return eased


def contact_probability(
    contacts: Series, eligible: Series, cell: NDArray[Any], weight: Floats, reach: float, spread_evenly: bool
) -> Floats:
    """Chance that an eligible firm is contacted this quarter; (rows,).

    p = min(reach/4, contacts/eligible) weight/mean(weight), per county, at most 1; spread evenly: contacts/eligible

    contacts  (cells,)  contacts paid for in each county, of one measure or of several;  eligible (cells,) firms
    cell      (rows,);  weight (rows,) score times pull of earlier support
    reach     share of firms that all actors together reach in a year

    Source: Model text 3.0, 4.8, 4.11; ROB.
    """
    rate = contacts / np.maximum(eligible, 1)
    if spread_evenly:
        even: Floats = np.minimum(rate, 1).astype(np.float32).take(cell)
        return even
    total = np.bincount(cell, weights=weight, minlength=len(contacts))
    level = np.minimum(reach / 4, rate) * eligible / np.maximum(total, 1e-9)
    chance: Floats = np.minimum(level.astype(np.float32).take(cell) * weight, 1)
    return chance


def application_probability(
    needs: Floats, firms: Firms, rows: Rows, hours: float, relief: Series | float, p: DeliverySettings
) -> Floats:
    """Chance that a contacted firm applies; (rows,).

    sigma(-1.9 + 1.5 need + 0.8 ac - 0.004 hours - 0.3 [n<10] - 0.25 rural + 0.4 [new owner] - 1.0 [owner > 66])

    relief  share of the rural burden that the measure removes, one for all or (rows,)

    Source: Model text 3.0; ROB (rate of contact to pre-study), judgement (weights).
    """
    constant, want, able, paper, small, rural, new, old = p.application
    score = (
        constant + paper * hours
        + want * needs + able * firms.absorptive_capacity.take(rows)
        + small * (firms.employment.take(rows) < p.small_below) + rural * (1 - relief) * firms.rural.take(rows)
        + new * (firms.succession.take(rows) == 2) + old * (firms.owner_age.take(rows) > p.old_above)
    )  # fmt: skip
    chance: Floats = (1 / (1 + np.exp(-score))).astype(np.float32)
    return chance


def ration(priority: NDArray[Any], units: NDArray[Any], group: NDArray[Any], limits: NDArray[Any]) -> Flags:
    """Who gets something when each group has a limit: in order of priority, as long as all fit; (rows,).

    priority  (rows,)  in [0, 1], highest first;  units (rows,) what each takes;  group (rows,)
    limits    (groups,)  units to hand out

    The winners at a lower limit are always among those at a higher one. Source: Model text 7.4a; SPEC.

    >>> ration(np.array([0.2, 0.9, 0.5]), np.ones(3), np.zeros(3, int), np.array([2.0]))
    array([False,  True,  True])
    """
    if not len(priority):
        return np.empty(0, bool)
    order = np.argsort(group + (1 - priority.astype(np.float64)) * 0.999, kind="stable")
    taken = np.cumsum(units[order], dtype=np.float64)
    placed = group[order]
    first = np.ones(len(order), bool)
    first[1:] = placed[1:] != placed[:-1]
    before = np.where(first, taken - units[order], -np.inf)
    within = taken - np.maximum.accumulate(before)
    won = np.zeros(len(order), bool)
    won[order] = within <= limits[placed] * (1 + 1e-12)
    return won


def best_fit(needs: Floats) -> tuple[Rows, Floats]:
    """Measure with the largest need, the first of several, and that need; (rows,) each.

    needs  (measures, rows)  of each firm for each measure, below 0 where it is not eligible

    Source: Model text 4.8; SPEC.
    """
    return needs.argmax(axis=0), needs.max(axis=0)
