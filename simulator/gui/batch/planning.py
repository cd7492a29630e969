"""What would be run, before it is begun: as `batch` plans it, from a file or from the scenario in work."""

from __future__ import annotations

import math
from pathlib import Path

from simulator.ensemble.batches.folder import OWN, BatchFolder, other_batch
from simulator.ensemble.designs.design_file import Draft, load_plan
from simulator.ensemble.designs.estimate import Estimate, check_space, free_bytes, size_of
from simulator.ensemble.designs.plan_words import described, expectation, folder_names
from simulator.ensemble.designs.planning import EVERYTHING, plan_of
from simulator.ensemble.plan import Keep, Plan
from simulator.ensemble.storage.disk import StoreError
from simulator.ensemble.storage.store import MANIFEST, check_target
from simulator.ensemble.storage.stored import KIND, read_manifest
from simulator.gui.batch.messages import Ask, Expected, Planned, Source
from simulator.quantity import Text
from simulator.scenario import load

COMMAND = ("main.py", "gui")


def draft_of(source: Source) -> Draft:
    """The plan of what is to be run; ScenarioError with all its problems."""
    if source.text is None:
        draft = load_plan(source.name, wishes=source.wishes)
        if draft.design is not None or source.by is None:
            return draft
        scenario = draft.plan.scenarios[0]
        return Draft(plan_of(scenario, source.wishes, keep=_keep(source)), draft.warnings, None)
    scenario = load(source.name, text=source.text)
    return Draft(plan_of(scenario, source.wishes, keep=_keep(source)), tuple(scenario.warnings), None)


def _keep(source: Source) -> Keep | None:
    return None if source.by is None else Keep(EVERYTHING, source.by)


def planned(draft: Draft, question: Ask) -> Planned:
    """What would be run, in words; StoreError where its folder cannot take it."""
    plan = draft.plan.cut()
    folder = question.folder or _proposed(plan, question.home)
    scenario = plan.scenarios[0]
    drawn = draft.design is None and bool(plan.factors)
    samples = question.source.wishes.samples
    return Planned(
        lines=tuple(described(plan)),
        warnings=draft.warnings,
        runs=len(plan),
        replications=len(plan.seeds),
        samples=(scenario.ensemble.samples if samples is None else samples) if drawn else None,
        design=draft.design is not None,
        by=plan.keep.by,
        folder=folder,
        done=_done(plan, folder),
    )


def _proposed(plan: Plan, home: Path) -> Path:
    return next(folder for folder in folder_names(plan, home) if not folder.exists())


def prepared(source: Source, folder: Path) -> BatchFolder:
    """The folder for what is to be run, made or open; StoreError when it, or the disk, cannot take the results."""
    draft = draft_of(source)
    plan = draft.plan.cut()
    missing = 1 - _done(plan, folder) / len(plan)
    needed = Estimate(len(plan), None, math.ceil(size_of(plan) * missing), free_bytes(folder))
    check_space(needed, folder)
    return BatchFolder.create(folder, plan, COMMAND, draft.design)


def _done(plan: Plan, folder: Path) -> int:
    """Runs that are there already; StoreError when the folder holds something else."""
    check_target(folder, OWN)
    if not (folder / MANIFEST).exists():
        return 0
    if read_manifest(folder).get("kind") != KIND:
        raise StoreError(Text(f"{folder}: holds a single run; choose another folder",
                              f"{folder}: innehåller en enda körning; välj en annan mapp"))  # fmt: skip
    found = BatchFolder.open(folder, runnable=False)
    if found.about["plan_digest"] != plan.digest:
        raise other_batch(folder)
    return len(found.told())


def expected(plan: Plan, told: Planned, question: Ask) -> Expected:
    """Time and room that the runs take."""
    if told.done >= told.runs:
        return Expected(question, Text("All of its runs are there.", "Alla dess körningar finns redan."), possible=True)
    try:
        text = expectation(plan.cut(), told.folder, told.done, question.jobs, worth=1)
    except StoreError as error:
        return Expected(question, error.text(), possible=False)
    return Expected(question, text, possible=True)
