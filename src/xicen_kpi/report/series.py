"""The figure month by month: the current year and the two before it, for trends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.analysis.observation import Observation
from xicen_kpi.plan.model import Kind
from xicen_kpi.plan.period import Month
from xicen_kpi.report.model import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.report.case import Case

YEARS_BACK = 2
"""Years before the current one that are shown."""


def series_of(case: Case) -> tuple[Point, ...]:
    """Every month with an observation, by the same way of measuring, oldest first; the shown value at its own month."""
    if not isinstance(case.seen, Observation):
        return ()
    found: list[Point] = []
    window = case.plan.plan.window
    for month in months_shown(case.month):
        if case.kind is Kind.COUNT and month < window.start:
            continue
        seen = case.observed_at(month)
        if seen is not None and seen.month == month:
            value = case.value if month == case.month else seen.value
            found.append(Point(period=str(month), value=value))
    return tuple(found)


def months_shown(last: Month) -> Iterator[Month]:
    """January two years before to the month itself."""
    first = Month(last.year - YEARS_BACK, 1)
    return (first.plus(step) for step in range(last.ordinal - first.ordinal + 1))
