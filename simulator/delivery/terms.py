"""What measures that meet firms offer, as one table (Model text 3.0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows
from simulator.delivery.running import Running
from simulator.economy.drivers import Series
from simulator.interventions.declaration import Form


@dataclass(frozen=True, slots=True)
class Terms:
    """Numbers of measures that do not change while these are open, (measures,) each; money in kSEK.

    keys, index  names of their luck and rows in the ledger
    domains      domains of all;  need_of  the place among these of each measure's own
    judged       domains in which need is judged;  judge_of  places among these
    bundles      different sets of domains, as places among `domains`;  bundle_of  places among these
    lottery, scored  how applications are ranked: by lot, by score, else by ease
    unit_cost    of a unit with what goes with it;  aid_cost  what of it the aid rule counts
    subsidised   share of awards that get a subsidy of `subsidy` and a grant for R&D of `grant`
    per_unit     expected cost of a unit with what is reserved for it
    capacity, contacts  for the region, (measures, 1), and what is given by county, (measures, counties)
    by_staff     whether an award takes units by employees, `trainees` for each, not one
    """

    running: tuple[Running, ...]
    keys: tuple[str, ...]
    index: Rows
    domains: tuple[str, ...]
    need_of: Rows
    judged: tuple[str, ...]
    judge_of: Rows
    bundles: tuple[tuple[int, ...], ...]
    bundle_of: Rows
    lottery: Flags
    scored: Flags
    unit_cost: Series
    aid_cost: Series
    contact_cost: Series
    subsidy: Series
    subsidised: Series
    grant: Series
    per_unit: Series
    relief: Series
    by_staff: Flags
    trainees: Floats
    group_size: Rows
    capacity: tuple[Series, Series]
    contacts: tuple[Series, Series]

    def __len__(self) -> int:
        return len(self.running)


def terms_of(running: Sequence[Running], counties: int) -> Terms:
    """The table of measures, all of which meet firms."""
    sets = [each.measure.kind.domains for each in running]
    domains, judged = sorted({name for names in sets for name in names}), sorted({each.domain for each in running})
    bundles = list(dict.fromkeys(tuple(domains.index(name) for name in names) for names in sets))
    subsidy, subsidised = (np.array(part) for part in zip(*(each.subsidy() for each in running), strict=True))
    numbers = {
        name: np.array([each.number(name) for each in running])
        for name in ("unit_cost", "contact_cost", "rural_burden_relief", "group_size")
    }
    unit_cost, grant = (np.array([of(each) for each in running]) for of in (Running.unit_price, _grant))
    return Terms(
        running=tuple(running), keys=tuple(each.key for each in running),
        index=np.array([each.index for each in running]), domains=tuple(domains),
        need_of=np.array([domains.index(each.domain) for each in running]), judged=tuple(judged),
        judge_of=np.array([judged.index(each.domain) for each in running]), bundles=tuple(bundles),
        bundle_of=np.array([bundles.index(tuple(domains.index(name) for name in names)) for names in sets]),
        lottery=_selected(running, "lottery"), scored=_selected(running, "score"),
        unit_cost=unit_cost, aid_cost=numbers["unit_cost"], contact_cost=numbers["contact_cost"],
        subsidy=subsidy, subsidised=subsidised, grant=grant, per_unit=unit_cost + subsidised * (subsidy + grant),
        relief=numbers["rural_burden_relief"],
        by_staff=np.array([each.form is Form.TRAINEE for each in running]),
        trainees=np.array([_trainees(each) for each in running], np.float32),
        group_size=numbers["group_size"].astype(np.intp),
        capacity=_spread([each.capacity for each in running], counties),
        contacts=_spread([each.contacts for each in running], counties),
    )  # fmt: skip


def _selected(running: Sequence[Running], selection: str) -> Flags:
    return np.array([each.measure.selection == selection for each in running])


def _grant(running: Running) -> float:
    return running.grant


def _trainees(running: Running) -> float:
    return running.number("training_slots") * max(1.0, running.number("duration"))


def _spread(given: Sequence[float | Series], counties: int) -> tuple[Series, Series]:
    """Amounts for the region, 0 where they are given by county, and the other way round."""
    whole = np.array([[0.0 if isinstance(each, np.ndarray) else each] for each in given])
    parts = [each if isinstance(each, np.ndarray) else np.zeros(counties) for each in given]
    return whole, np.array(parts)
