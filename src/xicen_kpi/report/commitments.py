"""The plan's ledger: the state of every commitment, from the entries of the office and from the indicators."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.engine.question import Ask, Question
from xicen_kpi.plan.model import CommitmentKind
from xicen_kpi.plan.period import Month
from xicen_kpi.report.model import CommitmentReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xicen_kpi.engine.run import Answers
    from xicen_kpi.plan.model import Commitment, Indicator, Plan
    from xicen_kpi.plan.values import Lang
    from xicen_kpi.report.model import IndicatorReport

COLUMNS = ("id", "state", "due", "finished", "done", "total", "evidence", "responsible")
"""Columns of the commitments' ledger that have a meaning of their own, by the name the plan gives them."""

_DONE = frozenset({"已完成", "完成", "done"})
_NOT_BEGUN = frozenset({"未启动", "未开始", "not started"})
_OF_STATUS = {"achieved": "done", "missed": "overdue", "not_assessable": "not_reported"}


class Entry(NamedTuple):
    """One line of the ledger."""

    id: str
    state: str
    due: date | None
    finished_on: date | None
    done: int | None
    total: int | None
    evidence: str | None
    responsible: str | None

    def finished(self, on: date) -> bool:
        """Whether it was done on that day."""
        return self.state in _DONE and (self.finished_on is None or self.finished_on <= on)


def ledger_question(plan: Plan) -> Question | None:
    """Asks for the ledger's entries, each a key of its own."""
    if plan.ledger is None:
        return None
    columns = plan.sources[plan.ledger].columns
    return Question(plan.ledger, Ask.COUNT, by=tuple(name for name in COLUMNS if name in columns))


def entries(plan: Plan, answers: Answers) -> dict[str, list[Entry]]:
    """The ledger's entries by commitment."""
    question = ledger_question(plan)
    if question is None or question not in answers.breakdowns:
        return {}
    found: dict[str, list[Entry]] = {}
    answer = answers.breakdowns[question]
    for key, tally in (each for month in answer.months() for each in answer.within(month).items()):
        entry = _entry(dict(zip(question.by, key, strict=True)))
        found.setdefault(entry.id, []).extend([entry] * tally.rows)
    return {name: sorted(lines, key=_when) for name, lines in found.items()}


def _when(line: Entry) -> tuple[date, date, str]:
    """Lines in the order of their dates, however the office has sorted them."""
    return line.due or date.max, line.finished_on or date.max, line.evidence or ""


def _entry(given: Mapping[str, object]) -> Entry:
    return Entry(
        id=str(given.get("id", "")),
        state=str(given.get("state", "")),
        due=_day(given.get("due")),
        finished_on=_day(given.get("finished")),
        done=_whole(given.get("done")),
        total=_whole(given.get("total")),
        evidence=_text(given.get("evidence")),
        responsible=_text(given.get("responsible")),
    )


def _day(cell: object) -> date | None:
    return cell if isinstance(cell, date) else None


def _whole(cell: object) -> int | None:
    return int(cell) if isinstance(cell, int | float) else None


def _text(cell: object) -> str | None:
    return str(cell) if cell else None


def natural(commitment_id: str) -> tuple[int, ...]:
    """Sorts G before T before S, and T2 before T10: the order of the plan."""
    return ("GTS".find(commitment_id[0]), *map(int, re.findall(r"\d+", commitment_id)))


def commitment_reports(
    plan: Plan, answers: Answers, indicators: Sequence[IndicatorReport], as_of: Month, lang: Lang
) -> tuple[CommitmentReport, ...]:
    """Every commitment of the plan with its state, in the order of the plan; the plan's own reasons in one language."""
    ledger = entries(plan, answers)
    have_ledger = plan.ledger is not None and plan.ledger in answers.held
    by_commitment: dict[str, list[IndicatorReport]] = {}
    for one in indicators:
        for commitment_id in one.commitments:
            by_commitment.setdefault(commitment_id, []).append(one)
    found: list[CommitmentReport] = []
    for commitment_id in sorted({*plan.commitments, *by_commitment}, key=natural):
        commitment = plan.commitments.get(commitment_id)
        own = by_commitment.get(commitment_id, [])
        if commitment is None:
            found.append(_quantitative(commitment_id, plan, own))
        else:
            lines = ledger.get(commitment_id, [])
            found.append(_followed(commitment_id, plan, commitment, own, lines, as_of, lang, have_ledger=have_ledger))
    return tuple(found)


def _quantitative(commitment_id: str, plan: Plan, own: Sequence[IndicatorReport]) -> CommitmentReport:
    """A numbered target: its state is the indicator's."""
    first = next((one for one in own if one.headline), own[0])
    indicator: Indicator = plan.indicators[first.id]
    state = _OF_STATUS.get(first.status, "in_progress")
    return CommitmentReport(
        id=commitment_id,
        kind="quantitative",
        quote=indicator.cite.quote,
        section=indicator.cite.section,
        due=str(indicator.target.by if indicator.target else plan.plan.period.end),
        indicators=tuple(one.id for one in own),
        state=state,  # type: ignore[arg-type]
        reason=first.status_reason,
        responsible=None,
        done=None,
        total=None,
        date=None,
        evidence=None,
    )


def _followed(  # noqa: PLR0913 -- what the state of one commitment hangs on
    commitment_id: str,
    plan: Plan,
    commitment: Commitment,
    own: Sequence[IndicatorReport],
    lines: Sequence[Entry],
    as_of: Month,
    lang: Lang,
    *,
    have_ledger: bool,
) -> CommitmentReport:
    state, reason = _state(plan, commitment, lines, as_of, have_ledger=have_ledger)
    if state == "not_tracked" and commitment.not_tracked is not None:
        reason = commitment.not_tracked.say(lang)
    done, total = _counted(commitment, lines, as_of.last_day)
    finished = [line.finished_on for line in lines if line.finished(as_of.last_day) and line.finished_on is not None]
    return CommitmentReport(
        id=commitment_id,
        kind=commitment.kind.value,
        quote=commitment.cite.quote,
        section=commitment.cite.section,
        due=str(_due(plan, commitment, lines, as_of.last_day)),
        indicators=tuple(one.id for one in own),
        state=state,  # type: ignore[arg-type]
        reason=reason,
        responsible=_responsible(commitment, lines, lang),
        done=done,
        total=total,
        date=max(finished).isoformat() if finished and state == "done" else None,
        evidence="; ".join(line.evidence for line in lines if line.evidence) or None,
    )


def _due(plan: Plan, commitment: Commitment, lines: Iterable[Entry], on: date) -> Month:
    """The plan's month, or an earlier one that the ledger sets for what is still open."""
    end = commitment.due or plan.plan.period.end
    return min([end, *(Month(line.due.year, line.due.month) for line in lines if line.due and not line.finished(on))])


def _responsible(commitment: Commitment, lines: Iterable[Entry], lang: Lang) -> str | None:
    named = next((line.responsible for line in lines if line.responsible), None)
    return named or (commitment.responsible.say(lang) if commitment.responsible else None)


def _counted(commitment: Commitment, lines: Sequence[Entry], on: date) -> tuple[int | None, int | None]:
    """Done of total: items of a list, or years of a recurring promise.

    The ledger's own numbers come first. Without them a finished line is one item of several lines, or all of one line.
    """
    finished = sum(line.finished(on) for line in lines)
    if commitment.yearly:
        return finished, len(commitment.yearly)
    totals = [line.total for line in lines if line.total is not None]
    total = commitment.total or (sum(totals) if totals else None)
    done = [line.done for line in lines if line.done is not None]
    if done or total is None:
        return (sum(done) if done else None), total
    if len(lines) > 1:
        return min(finished, total), total
    return (total if finished else None), total


def _state(
    plan: Plan, commitment: Commitment, lines: Sequence[Entry], as_of: Month, *, have_ledger: bool
) -> tuple[str, str | None]:
    if not lines:
        if commitment.not_tracked is not None:
            return "not_tracked", None
        return "not_reported", "not_in_ledger" if have_ledger else "source_missing"
    on = as_of.last_day
    if _complete(commitment, lines, on):
        return "done", "ledger"
    if commitment.kind is not CommitmentKind.DIRECTIONAL and _late(plan, commitment, lines, on):
        return "overdue", "due_date_past"
    if all(line.state in _NOT_BEGUN for line in lines):
        return "not_started", "ledger"
    return "in_progress", "ledger"


def _complete(commitment: Commitment, lines: Sequence[Entry], on: date) -> bool:
    """All lines finished, or as many items or years as there are."""
    done, total = _counted(commitment, lines, on)
    if done is not None and total is not None and done >= total:
        return True
    return not commitment.yearly and all(line.finished(on) for line in lines)


def _late(plan: Plan, commitment: Commitment, lines: Sequence[Entry], on: date) -> bool:
    """A line is past its own date, or the plan's; of a yearly promise a year is over without it."""
    end = (commitment.due or plan.plan.period.end).last_day
    if any(not line.finished(on) and (line.due or end) < on for line in lines):
        return True
    over = sum(date(year, 12, 31) < on for year in commitment.yearly)
    return sum(line.finished(on) for line in lines) < over


def unknown_entries(plan: Plan, answers: Answers) -> Mapping[str, int]:
    """Ids in the ledger that the plan does not know, with how often they stand there."""
    known = {*plan.commitments, *(one for indicator in plan.indicators.values() for one in indicator.commitments)}
    return {name: len(lines) for name, lines in entries(plan, answers).items() if name not in known}
