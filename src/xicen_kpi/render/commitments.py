"""The plan's whole ledger as text: every commitment by task, and counts by task and by responsible unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xicen_kpi.render.wrap import padded, wrapped
from xicen_kpi.words.labels import label, month_name
from xicen_kpi.words.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.report.model import CommitmentReport, Report
    from xicen_kpi.words.labels import Lang

WIDTH = 96
STATES = ("done", "in_progress", "overdue", "not_started", "not_reported", "not_tracked")
"""In the order in which they are counted."""


def commitment_lines(report: Report, lang: Lang) -> Iterator[str]:
    """Every commitment under its task, then the counts by responsible unit."""
    for section, own in by_section(report):
        yield ""
        yield f"[{section}] {counted(own, lang)}"
        for one in own:
            yield from _one(one, lang)
    named = by_responsible(report)
    if named:
        yield ""
        yield f"[{label('head.responsible', lang)}]"
        for unit, own in named:
            yield f"  {unit}: {counted(own, lang)}"


def by_section(report: Report) -> list[tuple[str, list[CommitmentReport]]]:
    """Commitments by the plan's task, in the order of the plan."""
    found: dict[str, list[CommitmentReport]] = {}
    for one in report.commitments:
        found.setdefault(one.section, []).append(one)
    return list(found.items())


def by_responsible(report: Report) -> list[tuple[str, list[CommitmentReport]]]:
    """Commitments by responsible unit, where the plan or the ledger names one; the unit with most first."""
    found: dict[str, list[CommitmentReport]] = {}
    for one in report.commitments:
        if one.responsible:
            found.setdefault(one.responsible, []).append(one)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def counted(own: Sequence[CommitmentReport], lang: Lang) -> str:
    """How many are in which state; never one overall percentage."""
    counts = Counter[str](one.state for one in own)
    tie = "，" if lang == "zh" else ", "
    return tie.join(f"{label(f'state.{state}', lang)} {counts[state]}" for state in STATES if counts[state])


def progress_text(one: CommitmentReport) -> str:
    """Done of total, where the commitment counts something."""
    if one.total is None and one.done is None:
        return ""
    return f"{'?' if one.done is None else one.done}/{'?' if one.total is None else one.total}"


def _one(one: CommitmentReport, lang: Lang) -> Iterator[str]:
    facts = [
        label(f"state.{one.state}", lang),
        progress_text(one),
        one.date or "",
        "" if one.state in ("done", "not_tracked") else month_name(one.due, lang),
        ", ".join(one.indicators),
        one.evidence or "",
        reason(one.reason, lang) if one.reason and one.state in ("not_tracked", "overdue") else "",
    ]
    told = " · ".join(fact for fact in facts if fact)
    yield from wrapped(one.quote, WIDTH, " " * 8, f"  {padded(one.id, 6)}")
    yield from wrapped(told, WIDTH, " " * 8)
