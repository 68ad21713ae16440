"""Which month an indicator speaks for, and the years behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.pace import months_of_year
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.plan.measure import DoneMeasure
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xicen_kpi.analysis.observe import Observer
    from xicen_kpi.analysis.pace import Year
    from xicen_kpi.engine.run import Answers
    from xicen_kpi.plan.model import Indicator, Plan

LOOK_BACK = 36
"""Months before the date asked about in which the latest figure is looked for."""

HISTORY_YEARS = 6
"""Years before the current one that a projection may rest on."""


def last_held(plan: Plan, answers: Answers) -> Month | None:
    """The latest month that any form has rows for; without forms the latest 截至日期, or the latest ledger entry."""
    timeless = (Frequency.LIST, Frequency.LEDGER)
    formed = [
        held.periods[-1]
        for source_id, held in answers.held.items()
        if held.periods and plan.sources[source_id].frequency not in timeless
    ]
    noted = [held.snapshot for held in answers.held.values() if held.snapshot is not None]
    entered = [held.periods[-1] for held in answers.held.values() if held.periods and held.periods[-1] > 0]
    last = max(formed or noted or entered, default=None)
    return None if last is None else Month.of_ordinal(last)


def default_month(plan: Plan, observer: Observer, indicators: Iterable[Indicator]) -> Month | None:
    """The latest month that all sources of an indicator hold, for the indicator that is furthest ahead."""
    limit = last_held(plan, observer.answers)
    if limit is None:
        return None
    found = [
        latest(observer, indicator, limit) for indicator in indicators if not isinstance(indicator.measure, DoneMeasure)
    ]
    return max((one.month for one in found if isinstance(one, Observation)), default=limit)


def judged_at(indicator: Indicator, as_of: Month) -> Month:
    """The month at which an indicator is judged: never after its target is due."""
    return as_of if indicator.target is None else min(as_of, indicator.target.by)


def latest(observer: Observer, indicator: Indicator, as_of: Month) -> Observation | NotObserved:
    """The value at a month, or the latest before it; January of a monthly form stays unanswered.

    A ledger speaks up to its 截至日期 and no further, and what comes after the due date does not count.
    """
    measure, as_of = indicator.measure, judged_at(indicator, as_of)
    if isinstance(measure, DoneMeasure):
        held = observer.answers.held.get(measure.done)
        if held is not None and held.snapshot is not None:
            as_of = min(as_of, Month.of_ordinal(held.snapshot))
        return observer.at(indicator, as_of)
    first = observer.at(indicator, as_of)
    if isinstance(first, Observation) or first.reason == "january_exempt":
        return first
    for back in range(1, LOOK_BACK):
        earlier = observer.at(indicator, as_of.plus(-back))
        if isinstance(earlier, Observation):
            return earlier
    return first


class History(NamedTuple):
    """Complete years of one number, as twelve increments each, oldest first and without a hole before the last.

    Attributes:
        years: The years' increments.
        first: The first of these years; meaningless where there is none.
    """

    years: tuple[Year, ...]
    first: int


def complete_years(value_at: Callable[[Month], float | None], year: int) -> History:
    """The complete years right before a year.

    Args:
        value_at: Year-to-date value at a month, None where there is none.
        year: The current year, which is not part of it.
    """
    years: list[Year] = []
    for earlier in range(year - 1, year - 1 - HISTORY_YEARS, -1):
        cumulative = {month: value for month in range(1, 13) if (value := value_at(Month(earlier, month))) is not None}
        increments = months_of_year(cumulative)
        if isinstance(increments, Reason):
            break
        years.insert(0, increments)
    return History(tuple(years), year - len(years))
