"""From a measure to the questions that it asks of its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.engine.question import Ask, GroupRule, Question, Rows
from xicen_kpi.plan.measure import (
    CountDistinctMeasure,
    CountMeasure,
    DoneMeasure,
    FirstOfMeasure,
    LatestMeasure,
    Measure,
    RatioMeasure,
    SumMeasure,
    TotalMeasure,
)
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.plan.model import Plan

PERIOD = "period"


def split(reference: str) -> tuple[str, str]:
    """source.column -> source, column."""
    source, _, column = reference.partition(".")
    return source, column


def enterprise_column(plan: Plan, source_id: str) -> str:
    """The column that names the enterprise in a source."""
    return plan.sources[source_id].columns_by_type[CellType.USCC][0]


def sum_question(
    measure: SumMeasure, *, by: tuple[str, ...] = (), rule: GroupRule = GroupRule.MIDDLE
) -> Question:
    """What sum, month by month, further broken down by the named columns."""
    source, column = split(measure.sum)
    return Question(source, Ask.SUM, column, Rows.of(measure.where), (PERIOD, *by), rule)


def count_question(measure: CountMeasure | CountDistinctMeasure, rule: GroupRule = GroupRule.MIDDLE) -> Question:
    """How many rows, or how many different values, month by month."""
    if isinstance(measure, CountMeasure):
        return Question(measure.count, Ask.COUNT, None, Rows.of(measure.where), (PERIOD,), rule)
    source, column = split(measure.count_distinct)
    return Question(source, Ask.DISTINCT, column, Rows.of(measure.where), (PERIOD,), rule)


def latest_question(measure: LatestMeasure) -> Question:
    """Which value, month by month."""
    source, column = split(measure.latest)
    return Question(source, Ask.LATEST, column, Rows.of(measure.where), (PERIOD,))


def done_question(plan: Plan, measure: DoneMeasure) -> Question:
    """Entries of a ledger by the month of their date and by their key."""
    source = plan.sources[measure.done]
    return Question(measure.done, Ask.COUNT, None, Rows.of(measure.where), (PERIOD, *source.key))


def questions(plan: Plan, measure: Measure, rule: GroupRule = GroupRule.MIDDLE) -> Iterator[Question]:
    """Every question that a measure asks."""
    match measure:
        case SumMeasure():
            by = (enterprise_column(plan, split(measure.sum)[0]),) if measure.except_largest else ()
            yield sum_question(measure, by=by, rule=rule)
        case CountMeasure() | CountDistinctMeasure():
            yield count_question(measure, rule)
        case LatestMeasure():
            yield latest_question(measure)
        case DoneMeasure():
            yield done_question(plan, measure)
        case RatioMeasure():
            yield from _ratio_questions(plan, measure, rule)
        case TotalMeasure():
            yield from _total_questions(plan, measure, rule)
        case FirstOfMeasure():
            for way in measure.first_of:
                yield from questions(plan, way, rule)


def _ratio_questions(plan: Plan, measure: RatioMeasure, rule: GroupRule) -> Iterator[Question]:
    for side in (measure.ratio.of, measure.ratio.to):
        if measure.except_largest:
            yield from (sum_question(part, by=by, rule=rule) for part, by in enterprise_sums(plan, side))
        else:
            yield from questions(plan, side, rule)


def _total_questions(plan: Plan, measure: TotalMeasure, rule: GroupRule) -> Iterator[Question]:
    if measure.once_per is not None:
        yield from (sum_question(part, by=by, rule=rule) for part, by in enterprise_sums(plan, measure))
        return
    for part in measure.total:
        yield from questions(plan, part, rule)


def enterprise_sums(plan: Plan, measure: Measure) -> list[tuple[SumMeasure, tuple[str, ...]]]:
    """The sums inside a measure, each with the column that names the enterprise in its source.

    A plan whose total or ratio holds anything else is refused when it is loaded.
    """
    match measure:
        case SumMeasure():
            return [(measure, (enterprise_column(plan, split(measure.sum)[0]),))]
        case TotalMeasure():
            return [found for part in measure.total for found in enterprise_sums(plan, part)]
        case RatioMeasure():
            return [*enterprise_sums(plan, measure.ratio.of), *enterprise_sums(plan, measure.ratio.to)]
        case FirstOfMeasure():
            return [found for way in measure.first_of for found in enterprise_sums(plan, way)]
        case _:
            return []
