"""Two export hazards: the share of exporters settles where entry meets exit (T10)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from crowd import complete_mixing, crowd

from simulator.transitions.exporting import View, change_exporters
from simulator.transitions.internationalisation import (
    Internationalisation,
    entry_hazard,
    exit_hazard,
    happens,
    stage_intensity,
)


def quarter_of_export(world, rules):
    firms = world.firms
    zero = np.zeros(firms.size, np.float32)
    return change_exporters(world, View(np.log(firms.employment), zero, zero), complete_mixing(world, 0), 1.0, rules)


def test_that_the_share_of_exporters_is_entry_over_entry_and_exit():
    world, groups = crowd()
    rules = replace(groups.export, exit=(*groups.export.exit[:3], 0.0), reentry_gain=0.0)
    one = np.ones(1, np.float32)
    staffed = world.firms.staff[4, :1] >= rules.staff_needed
    entry = entry_hazard(np.log(20 * one), 0 * one, 0 * one, one < 0, one < 0, staffed, 0 * one, 0 * one, rules)[0]
    leaving = exit_hazard(np.log(20 * one), 0 * one, one < 0, np.zeros(1, np.int32), rules)[0]
    shares = []
    for world.quarter in range(400):
        quarter_of_export(world, rules)
        shares.append(world.firms.exporting.mean())
    assert np.mean(shares[200:]) == pytest.approx(entry / (entry + leaving), abs=1e-2)
    assert 0.05 < np.mean(shares[200:]) < 0.95


def test_that_nobody_enters_without_cash_unless_finance_is_no_constraint():
    world, groups = crowd()
    world.firms.cash = 0
    for world.quarter in range(8):
        quarter_of_export(world, groups.export)
    assert not world.firms.exporting.any()
    world.switches = replace(world.switches, finance_constraint=False)
    for world.quarter in range(8, 16):
        quarter_of_export(world, groups.export)
    assert world.firms.exporting.any()


def test_that_stages_settle_where_the_model_text_says():
    """P1 = h/(h+u), P2 = u h/(h+u)^2, P3 = the rest, with entry sure and no wait for the next stage."""
    world, groups = crowd()
    rules = replace(
        groups.export, entry=(10.0, *(0.0,) * 8), exit=(-1.5, 0.0, 0.0, 0.0), exit_periphery=0.0, stage_wait=0,
        staff_needed=0.0,
        stage_rate=0.3,
    )  # fmt: skip
    up = 1 - np.exp(-0.25 * 0.3 * (1 + 0.4))
    out = 1 - np.exp(-0.25 * np.exp(-1.5))
    mix = []
    for world.quarter in range(240):
        quarter_of_export(world, rules)
        stages = np.bincount(world.firms.export_stage[world.firms.exporting], minlength=4)[1:]
        mix.append(stages / stages.sum())
    expected = (out / (out + up), out * up / (out + up) ** 2)
    np.testing.assert_allclose(np.mean(mix[120:], axis=0)[:2], expected, atol=0.02)


def test_that_higher_stages_export_more():
    shares = stage_intensity(np.arange(4), Internationalisation())
    assert shares[0] == 0
    assert (np.diff(shares) > 0).all()


@pytest.mark.parametrize("sign", [1, -1])
def test_that_who_enters_follows_from_hazard_and_luck_whatever_the_signs(sign):
    world, groups = crowd()
    firms = world.firms
    firms.digital_level = firms.slot % 4
    firms.mne_link = firms.slot % 3 == 0
    entry = tuple(sign * part if 3 <= place < 7 else part for place, part in enumerate(groups.export.entry))
    rules = replace(groups.export, entry=entry)
    zero = np.zeros(firms.size, np.float32)
    seen = complete_mixing(world, 0.0, exporters=0.8)
    hazard = entry_hazard(
        np.log(firms.employment), zero, zero + np.float32(0.8), firms.digital_level >= 2, firms.mne_link,
        firms.staff[4] >= rules.staff_needed, zero, zero, rules,
    )  # fmt: skip
    expected = np.flatnonzero(world.draw("export.entry") < happens(hazard))
    entrants = change_exporters(world, View(np.log(firms.employment), zero, zero), seen, 1.0, rules).rows
    assert len(expected) > 10
    np.testing.assert_array_equal(np.sort(entrants), expected)


def test_that_who_gave_up_export_within_a_year_comes_back_likelier_than_others_start():
    world, groups = crowd()
    firms = world.firms
    firms.quarters_since_export = firms.slot % 10
    hazard = np.zeros(firms.size, np.float32)
    for world.quarter in range(8):
        firms.exporting, firms.quarters_since_export = False, firms.slot % 10
        hazard[quarter_of_export(world, groups.export).rows] += 1
    recent = firms.slot % 10 <= 4
    factor = hazard[recent].mean() / hazard[~recent].mean()
    assert factor == pytest.approx(np.exp(groups.export.reentry_gain), rel=0.15)
