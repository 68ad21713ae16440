"""The formula of a figure with its numbers: what was asked of which form, of which rows, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xicen_kpi.analysis.observation import Observation
from xicen_kpi.plan.measure import (
    CountDistinctMeasure,
    CountMeasure,
    FirstOfMeasure,
    LatestMeasure,
    RatioMeasure,
    SumMeasure,
    TotalMeasure,
    Where,
)
from xicen_kpi.plan.values import Text
from xicen_kpi.words.explain import explain_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.report.case import Case

Ask = Literal["sum", "count", "distinct", "latest", "done", "less"]


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the formula, in the plan's words.

    Attributes:
        role: of, to, part, or empty.
        ask: What was asked: sum, count, distinct, latest, done; less takes the largest enterprises away again.
        source: Title of the form.
        column: Header of the column; empty for a count of rows.
        where: Which rows count.
        value: The answer. [unit]
        unit: Its unit; 1 for a plain number.
        rows: Rows that count and have a value.
        missing: Rows that count and have none.
    """

    role: str
    ask: Ask
    source: Text
    column: str
    where: tuple[Condition, ...]
    value: float
    unit: str
    rows: int
    missing: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on the rows: a kind (in_park, group, equals …), the field's header, and what is asked of it."""

    kind: str
    field: str
    value: Text


def formula_of(case: Case) -> tuple[Part, ...]:
    """The parts of a figure's formula; none where there is no figure."""
    if not isinstance(case.seen, Observation):
        return ()
    asked = list(_asked(case.way))
    same = len(asked) == len(case.seen.trail)
    return tuple(
        Part(
            step.role,
            asked[place][0] if same else "sum",
            case.plan.sources[step.source].title,
            case.plan.sources[step.source].columns[step.column].header[0] if step.column else "",
            _conditions(case.plan, step.source, asked[place][1]) if same else (),
            step.value,
            step.unit,
            step.rows,
            step.missing,
        )
        for place, step in enumerate(case.seen.trail)
    )


def _asked(measure: Measure) -> Iterator[tuple[Ask, Where]]:
    """What a measure asks, in the order of the trail."""
    match measure:
        case RatioMeasure():
            for side in (measure.ratio.of, measure.ratio.to):
                yield from _asked(side)
                if measure.except_largest:
                    yield "less", Where()
        case TotalMeasure():
            for part in measure.total:
                yield from _asked(part)
        case SumMeasure():
            yield "sum", measure.where
            if measure.except_largest:
                yield "less", Where()
        case FirstOfMeasure():
            return
        case _:
            asks: dict[type, Ask] = {CountMeasure: "count", CountDistinctMeasure: "distinct", LatestMeasure: "latest"}
            yield asks.get(type(measure), "done"), measure.where


def _conditions(plan: Plan, source_id: str, where: Where) -> tuple[Condition, ...]:
    """The filter, field by field, with the headers of the forms."""
    found = [] if where.in_park is None else [Condition("in_park" if where.in_park else "not_in_park", "", _plain(""))]
    if where.group:
        names = [plan.groups[name].name for name in where.group]
        listed = Text(zh="、".join(one.zh for one in names), en=" / ".join(one.en for one in names))
        found.append(Condition("group", "", listed))
    for column, condition in where.columns.items():
        header = _header(plan, source_id, column)
        for kind in ("equals", "in_", "between", "at_least", "at_most", "missing"):
            wanted = getattr(condition, kind)
            if wanted is not None:
                found.append(Condition(kind.rstrip("_"), header, _shown(wanted, kind)))
    for part in where.any_of:
        found += [Condition(f"or_{one.kind}", one.field, one.value) for one in _conditions(plan, source_id, part)]
    return tuple(found)


def _shown(wanted: object, kind: str) -> Text:
    """A value of a filter as a reader knows it."""
    if isinstance(wanted, bool):
        key = "yes" if wanted else "no"
        return Text(zh=explain_word(key, "zh"), en=explain_word(key, "en"))
    if not isinstance(wanted, tuple):
        return _plain(str(wanted))
    ties = ("—", " to ") if kind == "between" else ("、", ", ")
    zh, en = (tie.join(map(str, wanted)) for tie in ties)
    return Text(zh=zh, en=en)


def _plain(text: str) -> Text:
    return Text(zh=text, en=text)


def _header(plan: Plan, source_id: str, column: str) -> str:
    source = plan.sources[source_id]
    if column in source.columns:
        return source.columns[column].header[0]
    return plan.sources[source.link].columns[column].header[0] if source.link else column
