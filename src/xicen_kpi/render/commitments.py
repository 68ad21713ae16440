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


def commitment_lines(report: Report, lang: Lang, width: int = WIDTH) -> Iterator[str]:
    """Every commitment under its task, then the counts by responsible unit."""
    indent = 4 + max((len(one.id) for one in report.commitments), default=0)
    for section, own in by_section(report):
        yield ""
        yield f"[{section}] {counted(own, lang)}"
        for one in own:
            yield from _one(one, lang, indent, width)
    named = by_responsible(report)
    if named:
        yield ""
        yield f"[{label('head.responsible', lang)}]"
        for unit, own in named:
            yield f"  {unit}{'：' if lang == 'zh' else ': '}{counted(own, lang)}"


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
    return tie.join(
        label("commitments.state", lang, state=label(f"state.{state}", lang), count=counts[state])
        for state in STATES
        if counts[state]
    )


def progress_text(one: CommitmentReport, lang: Lang) -> str:
    """Done of total, where the commitment counts something and the ledger says how far it is."""
    if one.total is None:
        return "" if one.done is None else str(one.done)
    return label("commitment.total", lang, total=one.total) if one.done is None else f"{one.done}/{one.total}"


def _one(one: CommitmentReport, lang: Lang, indent: int, width: int) -> Iterator[str]:
    over = one.state in ("done", "not_tracked")
    facts = [
        label(f"state.{one.state}", lang),
        progress_text(one, lang),
        label("commitment.finished", lang, date=one.date) if one.date else "",
        "" if over else label("commitment.due", lang, month=month_name(one.due, lang)),
        ", ".join(one.indicators),
        label("commitment.evidence", lang, text=one.evidence) if one.evidence else "",
        reason(one.reason, lang) if one.reason and one.state == "not_tracked" else "",
    ]
    told = " · ".join(fact for fact in facts if fact)
    yield from wrapped(one.quote, width, " " * indent, f"  {padded(one.id, indent - 2)}")
    yield from wrapped(told, width, " " * indent)
