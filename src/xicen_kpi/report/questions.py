"""What a report asks of the data: the questions of every indicator, of its last year, its bounds and its watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.analysis.compile import last_year_of, questions, uses_groups
from xicen_kpi.analysis.observe import ways_of
from xicen_kpi.engine.question import GroupRule
from xicen_kpi.report.commitments import ledger_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xicen_kpi.engine.question import Question
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Plan

OUTER = (GroupRule.LOWER, GroupRule.UPPER)
"""How groups are read for the bounds of a figure."""


def comparable_measures(plan: Plan) -> dict[str, dict[int, Measure | None]]:
    """By indicator, what measures its last year the way each of its ways measures this one; None where nothing does."""
    return {
        name: {basis: last_year_of(plan, way) for basis, way in enumerate(ways_of(one.measure))}
        for name, one in plan.indicators.items()
    }


def all_questions(
    plan: Plan, comparable: Mapping[str, Mapping[int, Measure | None]] | None = None
) -> Iterator[Question]:
    """What a report asks of the data.

    Args:
        plan: What is declared.
        comparable: By indicator, the measures of last year, if they are known already.
    """
    if comparable is None:
        comparable = comparable_measures(plan)
    for name, indicator in plan.indicators.items():
        yield from questions(plan, indicator.measure)
        if indicator.watch is not None:
            yield from questions(plan, indicator.watch.measure)
        if uses_groups(indicator.measure):
            for rule in OUTER:
                yield from questions(plan, indicator.measure, rule)
        for measure in comparable[name].values():
            if measure is not None:
                yield from questions(plan, measure)
    ledger = ledger_question(plan)
    if ledger is not None:
        yield ledger
