"""The summary of a batch: levels, paired differences, and whether runs suffice, against the values themselves."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from simulator.ensemble.plan import Case
from simulator.ensemble.results.result import Result
from simulator.ensemble.results.summary import MOST_CASES, groups, summary
from simulator.ensemble.statistics import estimate, precision, small, variance_ratio
from simulator.indicators import INDICATORS
from tests.ensemble import made


def table(path):
    rows = csv.DictReader((path / "summary.csv").read_text("utf-8").splitlines())
    return {(row["case"], row["indicator"]): row for row in rows}


def test_that_each_row_says_what_the_runs_say(tmp_path):
    path = made.folder(tmp_path / "out", made.plan(seeds=8), fail=(4,)).path
    result, rows = Result.load(path), table(path)
    assert len(rows) == 3 * len(made.KEPT)
    for place, case in enumerate(result.cases):
        for name in made.KEPT:
            row = rows[case, name]
            ours = result.last_year(name)[place]
            level = estimate(ours)
            assert (int(row["runs"]), float(row["mean"])) == (level.runs, level.mean)
            assert float(row["median"]) == pytest.approx(np.nanmedian(ours))
            assert (row["unit"], row["label_sv"]) == (result.unit(name), result.label(name).sv)
            if case.endswith("baseline"):
                assert row["difference"] == row["detectable"] == ""
                judged = level
            else:
                theirs = result.last_year(name)[2]
                judged = estimate(ours - theirs)
                found = [float(row[f"difference{end}"]) for end in ("", "_low", "_high")]
                assert found == pytest.approx([judged.mean, judged.low, judged.high])
                assert row["detectable"] == ("yes" if judged.detectable else "no")
                known = ~np.isnan(ours)
                assert float(row["variance_ratio"]) == pytest.approx(variance_ratio(ours[known], theirs[known]))
                assert float(row["variance_ratio"]) < 0.1
            wanted = precision(judged, small(level.mean, INDICATORS[name].decimals))
            assert (row["enough"], int(row["more_runs"])) == ("yes" if wanted.enough else "no", wanted.more)


def test_that_many_cases_are_summed_up_by_scenario(tmp_path):
    count = MOST_CASES
    cases = [
        Case(f"strategy/region-{place % 2}/{place:04d}", 0, {"governance.mapping": place / count}, count)
        for place in range(count)
    ]
    cases.append(Case("strategy/region-0/baseline", 0, {"interventions": None}, None))
    plan = replace(made.plan(seeds=2, chunk=17), cases=tuple(cases))
    result = Result.load(made.folder(tmp_path / "out", plan).path)
    assert [(one.name, len(one.cases)) for one in groups(result)] == [("strategy", count), ("strategy/baseline", 1)]
    rows = table(tmp_path / "out")
    assert len(rows) == 2 * len(made.KEPT)
    row = rows["strategy", "leverage"]
    per_case = result.last_year("leverage")[:count].mean(axis=1)
    baseline = result.last_year("leverage")[count].mean()
    assert (row["cases"], row["runs"]) == (str(count), str(2 * count))
    expected = estimate(per_case - baseline)
    assert float(row["difference_low"]) == pytest.approx(expected.low)
    assert expected.runs == count


def test_that_a_case_without_any_run_is_told_as_unknown(tmp_path):
    path = made.folder(tmp_path / "out", fail=tuple(range(0, 15, 3))).path
    rows = table(path)
    row = rows["strategy/0000", "leverage"]
    assert (row["runs"], row["mean"], row["difference"], row["enough"], row["more_runs"]) == ("0", "", "", "no", "")
    assert len(list(summary(Result.load(path)))) == 1 + len(rows)
