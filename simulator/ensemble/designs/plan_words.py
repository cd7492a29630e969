"""What is said of a plan before it is begun: what will be run, what it takes, where its results go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simulator.ensemble.designs.estimate import WORTH_A_TRIAL, Estimate, check_space, estimated
from simulator.ensemble.plan import Plan
from simulator.ensemble.storage.disk import StoreError, cannot_write
from simulator.quantity import Text
from simulator.wording import duration, written

_SHOWN = 6
_MOST_FOLDERS = 100_000


def described(plan: Plan) -> Iterator[Text]:
    """What will be run."""
    title = plan.title or Text(plan.name, plan.name)
    yield title
    cases, seeds = len(plan.cases), len(plan.seeds)
    first, last = plan.seeds[0], plan.seeds[-1]
    yield Text(
        f"{len(plan)} runs: {cases} cases with {seeds} seeds ({first} to {last}) each",
        f"{len(plan)} körningar: {cases} fall med {seeds} frön ({first} till {last}) vardera",
    )
    for case in plan.cases[:_SHOWN]:
        if case.against is None:
            yield Text(f"  {case.name}", f"  {case.name}")
        else:
            other = plan.cases[case.against].name
            yield Text(f"  {case.name}, compared with {other}", f"  {case.name}, jämförs med {other}")
    if cases > _SHOWN:
        yield Text(f"  and {cases - _SHOWN} more", f"  och {cases - _SHOWN} till")
    for factor in plan.factors[:_SHOWN]:
        yield Text(f"  varied: {factor.path} ({factor.text.en})", f"  varieras: {factor.path} ({factor.text.sv})")
    if len(plan.factors) > _SHOWN:
        rest = len(plan.factors) - _SHOWN
        yield Text(f"  and {rest} more", f"  och {rest} till")
    if plan.stop is not None:
        yield Text(
            f"At most: they stop after a block of {plan.stop.block} seeds when {plan.stop.indicator} is known to "
            f"± {written(plan.stop.half_width, 3, 'en')}.",
            f"Som mest: de slutar efter ett block om {plan.stop.block} frön när {plan.stop.indicator} är känd på "
            f"± {written(plan.stop.half_width, 3, 'sv')} när.",
        )


def expectation(plan: Plan, folder: Path, done: int, jobs: int, parts: int = 1, worth: int = WORTH_A_TRIAL) -> Text:
    """Say what the runs that are not done will take; StoreError if the disk has no room for them.

    jobs   runs at once
    parts  sessions that share the runs
    worth  runs from which their speed is tried
    """
    expected = estimated(plan, folder, done, worth)
    check_space(expected, folder)
    size, free = (_bytes(expected.size), _bytes(expected.free))
    told = Text(f"{size.en} on disk, {free.en} free", f"{size.sv} på disk, {free.sv} ledigt")
    if expected.seconds is None:
        return Text(f"At most {told.en}.", f"Som mest {told.sv}.")
    time = Text(*(_time(expected, jobs * parts, language) for language in ("en", "sv")))
    return Text(f"At most about {time.en} with {jobs} runs at once, {told.en}.",
                f"Som mest omkring {time.sv} med {jobs} körningar åt gången, {told.sv}.")  # fmt: skip


def _time(expected: Estimate, jobs: int, language: str) -> str:
    return duration((expected.seconds or 0) / max(1, min(jobs, expected.runs)), language)


def _bytes(count: float) -> Text:
    """A number of bytes in the unit that fits.

    >>> _bytes(2_400_000).sv, _bytes(81_680_502_784).en
    ('2,4 MB', '82 GB')
    """
    size, unit = next(
        ((count / size, unit) for size, unit in ((1e9, "GB"), (1e6, "MB")) if count >= size), (count / 1e3, "kB")
    )
    places = 1 if size < 10 else 0
    return Text(*(f"{written(size, places, language)} {unit}" for language in ("en", "sv")))


def folder_names(plan: Plan, home: Path) -> Iterator[Path]:
    """Names for the results of a plan, numbered."""
    stem = Path(plan.name).stem
    variant = plan.scenarios[0].variant if len(plan.scenarios) == 1 else None
    for number in range(1, _MOST_FOLDERS):
        yield home / f"{'-'.join(filter(None, (stem, variant)))}-batch-{number:03d}"
    raise StoreError(Text(f"{home}: too many results", f"{home}: för många resultat"))


def new_folder(plan: Plan, home: Path) -> Path:
    """Make a new numbered folder, so that nobody else takes its name."""
    for folder in folder_names(plan, home):
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as failure:
            raise cannot_write(folder, failure) from failure
        return folder
    raise AssertionError(home)
