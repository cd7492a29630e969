"""The validation table as text, as CSV and as a page in both languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from math import isfinite

from simulator.quantity import GRADES, Text
from simulator.validation.campaign import INTERVAL, VERDICTS, Finding, Score, Verdict, score
from simulator.validation.pattern import USES, Part, Use

Written = Callable[[float, int], str]
"""A number with its decimals in the reader's language."""

COLUMNS = (
    "pattern", "part", "title_en", "title_sv", "part_en", "part_sv", "use", "unit", "low", "high", "mean",
    f"p{INTERVAL[0]}", f"p{INTERVAL[1]}", "seeds", "verdict", "inside", "reason_en", "target_en", "window_en",
    "grade", "sources",
)  # fmt: skip


def csv_text(findings: Sequence[Finding]) -> str:
    """All numbers, one row each."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in findings:
        pattern, part = each.pattern, each.part
        low, high = each.interval
        writer.writerow([
            pattern.code, part.name, *pattern.title, *part.text, each.use, part.unit, _plain(part.low),
            _plain(part.high), _plain(each.mean), _plain(low), _plain(high), len(each.values), each.verdict,
            "yes" if each.inside else "no" if each.values else "", each.reason.en if each.reason else "",
            pattern.target.en, pattern.window.en, pattern.grade, " ".join(pattern.sources),
        ])  # fmt: skip
    return file.getvalue()


def _plain(value: float) -> str:
    return repr(float(value)) if isfinite(value) else ""


def tolerance(part: Part, written: Written) -> str:
    """The tolerance as text; the 95 % interval of the mean must hold 0 where there is none."""
    if part.zero:
        return "0 ∈ 95 %"
    if not isfinite(part.low):
        return f"≤ {written(part.high, part.decimals)}"
    if not isfinite(part.high):
        return f"≥ {written(part.low, part.decimals)}"
    return f"{written(part.low, part.decimals)} – {written(part.high, part.decimals)}"


def cells(finding: Finding, language: str, written: Written) -> tuple[str, str, str, str]:
    """Tolerance, mean with unit-free interval, verdict of one number, as text."""
    part = finding.part
    word = VERDICTS[finding.verdict].said(language)
    if not finding.values:
        return tolerance(part, written), "–", "", word
    if finding.verdict is Verdict.NOT_COUNTED:
        word += f" ({VERDICTS[Verdict.PASS if finding.inside else Verdict.OUTSIDE].said(language)})"
    if finding.bound:
        seeds = f"{finding.bound}/{len(finding.values)}"
        word += Text(f"; fit at the bound in {seeds} seeds", f"; anpassning vid gränsen i {seeds} frön").said(language)
    ends = [written(end, part.decimals) for end in finding.interval if isfinite(end)]
    return tolerance(part, written), written(finding.mean, part.decimals), " – ".join(ends) or "–", word


def summary(findings: Sequence[Finding]) -> Iterator[Text]:
    """How many patterns of each mark hold."""
    for use in (Use.CALIBRATION, Use.HELD_OUT):
        found = score(findings, use)
        if found.declared:
            yield _score(use, found)
    if any(each.use is Use.INPUT for each in findings):
        yield Text("I: shown, not counted.", "I: visas, räknas inte.")
    if any(each.use is Use.HELD_OUT and each.values and not each.inside for each in findings):
        yield Text(
            "Held-out patterns are listed as they fall; where they fail, the model is not to be trusted on them.",
            "Undanhållna mönster visas som de faller ut; där de inte håller är modellen inte att lita på i dem.",
        )


def _score(use: Use, found: Score) -> Text:
    share = f"{100 * found.passed / found.available:.0f} %" if found.available else "–"
    missing = found.declared - found.available
    return Text(
        f"{use} ({USES[use].en}): {found.passed} of {found.available} patterns hold ({share}); "
        f"{missing} not available.",
        f"{use} ({USES[use].sv}): {found.passed} av {found.available} mönster håller ({share}); {missing} saknas.",
    )


def page(findings: Sequence[Finding], about: Sequence[Text], written: Callable[[float, int, str], str]) -> str:
    """The Markdown page, English with Swedish beside it."""
    lines = ["# Validation / *Validering*", ""]
    for text in (*about, *summary(findings)):
        lines += [f"{text.en}  ", f"*{text.sv}*", ""]
    lines += _rows(findings, written)
    lines += ["", "## How each pattern is measured / *Hur varje mönster mäts*", ""]
    for pattern in {each.pattern.code: each.pattern for each in findings}.values():
        lines.append(
            f"- **{pattern.code}** {pattern.explanation.en} {_source(pattern.grade, pattern.sources)}<br>"
            f"*{pattern.explanation.sv}*"
        )
    return "\n".join(lines) + "\n"


def _source(grade: str, sources: Sequence[str]) -> str:
    words = next(text.en for key, text in GRADES.items() if key == grade)
    return f"Target: {words} ({', '.join(sources)})."


def _rows(findings: Sequence[Finding], written: Callable[[float, int, str], str]) -> Iterator[str]:
    yield (
        "| Pattern / *mönster* | Target / *mål* | What / *vad* | Unit | Tolerance | Simulated | 90 % over seeds | "
        "Verdict | Mark | Window / *fönster* | Source |"
    )
    yield "|" + "---|" * 11

    def english(value: float, decimals: int) -> str:
        return written(value, decimals, "en")

    seen: set[str] = set()
    for each in findings:
        pattern, part = each.pattern, each.part
        first = pattern.code not in seen
        seen.add(pattern.code)
        heading = (f"{pattern.code} {pattern.title.both()}", pattern.target.both()) if first else (pattern.code, "")
        limits, mean, interval, verdict = cells(each, "en", english)
        reason = f"{verdict}: {each.reason.en}" if each.reason else verdict
        row = (
            *heading, part.text.both(), "" if part.unit == "1" else part.unit, limits, mean, interval, reason,
            str(each.use), pattern.window.both() if first else "", ", ".join(pattern.sources) if first else "",
        )  # fmt: skip
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
