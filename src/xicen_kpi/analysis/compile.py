"""From a measure to the questions that it asks of its sources."""

from __future__ import annotations

from functools import lru_cache
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
from xicen_kpi.plan.source import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from xicen_kpi.plan.measure import Where
    from xicen_kpi.plan.model import Plan


@lru_cache(maxsize=1_000)
def split(reference: str) -> tuple[str, str]:
    """source.column -> source, column."""
    source, _, column = reference.partition(".")
    return source, column


def enterprise_column(plan: Plan, source_id: str) -> str | None:
    """The column that names the enterprise in a source; None where it has none."""
    return plan.sources[source_id].enterprise


def sum_question(plan: Plan, measure: SumMeasure, rule: GroupRule = GroupRule.MIDDLE) -> Question:
    """What sum, month by month and, where the source names them, enterprise by enterprise."""
    source, column = split(measure.sum)
    code = enterprise_column(plan, source)
    by = () if code is None else (code,)
    return Question(source, Ask.SUM, column, Rows.of(measure.where), by, rule)


def count_question(measure: CountMeasure | CountDistinctMeasure, rule: GroupRule = GroupRule.MIDDLE) -> Question:
    """How many rows, or how many different values, month by month."""
    if isinstance(measure, CountMeasure):
        return Question(measure.count, Ask.COUNT, None, Rows.of(measure.where), (), rule)
    source, column = split(measure.count_distinct)
    return Question(source, Ask.DISTINCT, column, Rows.of(measure.where), (), rule)


def latest_question(measure: LatestMeasure) -> Question:
    """Which value, month by month."""
    source, column = split(measure.latest)
    return Question(source, Ask.LATEST, column, Rows.of(measure.where))


def done_question(plan: Plan, measure: DoneMeasure) -> Question:
    """Entries of a ledger by the month of their date and by their key."""
    source = plan.sources[measure.done]
    return Question(measure.done, Ask.COUNT, None, Rows.of(measure.where), source.key)


def questions(plan: Plan, measure: Measure, rule: GroupRule = GroupRule.MIDDLE) -> Iterator[Question]:
    """Every question that a measure asks."""
    match measure:
        case SumMeasure():
            yield sum_question(plan, measure, rule)
        case CountMeasure() | CountDistinctMeasure():
            yield count_question(measure, rule)
        case LatestMeasure():
            yield latest_question(measure)
        case DoneMeasure():
            yield done_question(plan, measure)
        case RatioMeasure():
            yield from questions(plan, measure.ratio.of, rule)
            yield from questions(plan, measure.ratio.to, rule)
        case TotalMeasure():
            for part in measure.total:
                yield from questions(plan, part, rule)
        case FirstOfMeasure():
            for way in measure.first_of:
                yield from questions(plan, way, rule)


def filter_columns(where: Where) -> AbstractSet[str]:
    """Columns that a filter looks at, those of its alternatives included."""
    if not where.any_of:
        return where.columns.keys()
    return where.columns.keys() | set[str]().union(*(filter_columns(part) for part in where.any_of))


def sums_of(measure: Measure) -> list[SumMeasure]:
    """The sums inside a measure."""
    match measure:
        case SumMeasure():
            return [measure]
        case TotalMeasure():
            return [found for part in measure.total for found in sums_of(part)]
        case RatioMeasure():
            return [*sums_of(measure.ratio.of), *sums_of(measure.ratio.to)]
        case FirstOfMeasure():
            return [found for way in measure.first_of for found in sums_of(way)]
        case _:
            return []


def last_year_of(plan: Plan, measure: Measure) -> Measure | None:
    """The same measure over 上年同期, the last year's values of the same units that stand in this year's forms.

    None where a column has no such counterpart.
    """
    match measure:
        case SumMeasure():
            source, column = split(measure.sum)
            counterpart = plan.sources[source].columns[column].last_year
            return None if counterpart is None else measure.model_copy(update={"sum": f"{source}.{counterpart}"})
        case TotalMeasure():
            parts = [last_year_of(plan, part) for part in measure.total]
            return None if None in parts else measure.model_copy(update={"total": tuple(parts)})
        case RatioMeasure():
            of, to = last_year_of(plan, measure.ratio.of), last_year_of(plan, measure.ratio.to)
            if of is None or to is None:
                return None
            return measure.model_copy(update={"ratio": measure.ratio.model_copy(update={"of": of, "to": to})})
        case _:
            return None


def every_month(plan: Plan, measure: Measure) -> Iterator[Question]:
    """Questions whose enterprises are needed in every month: to leave one out, to count each once, to add months up."""
    match measure:
        case FirstOfMeasure():
            for way in measure.first_of:
                yield from every_month(plan, way)
        case RatioMeasure() if not measure.except_largest:
            yield from every_month(plan, measure.ratio.of)
            yield from every_month(plan, measure.ratio.to)
        case _:
            whole = getattr(measure, "except_largest", 0) or getattr(measure, "once_per", None)
            for part in sums_of(measure):
                source, column = split(part.sum)
                if whole or plan.sources[source].columns[column].counts is Counts.PERIOD:
                    for rule in GroupRule:
                        yield sum_question(plan, part, rule)


def uses_groups(measure: Measure) -> bool:
    """Whether industry groups decide what counts in a measure."""
    return any(part.where.names_group for part in sums_of(measure))
