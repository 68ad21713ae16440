"""How wrong the year-end projection would have been in the years that are known: errors by month and method."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.pace import MONTHS_IN_YEAR, Year
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.year_end import by_growth, by_months, estimate_year

if TYPE_CHECKING:
    from collections.abc import Sequence


class MonthErrors(NamedTuple):
    """Relative errors of year-end projections made at the end of one month, projected / actual - 1, year by year.

    The three methods are compared over the same years: those in which all three have an answer.

    Attributes:
        month: 1 to 11.
        ours: Of the projection this package makes.
        linear: Of 12 * YTD / m.
        full_yoy: Of last year's total times the growth so far.
    """

    month: int
    ours: tuple[float, ...]
    linear: tuple[float, ...]
    full_yoy: tuple[float, ...]


def mean_absolute_error(errors: Sequence[float]) -> float | Reason:
    """MAPE as a fraction: the mean of |projected / actual - 1|; ``insufficient_history`` where there is no error."""
    return math.fsum(map(abs, errors)) / len(errors) if errors else Reason.INSUFFICIENT_HISTORY


def backtest(history: Sequence[Year], first: int = 1) -> tuple[MonthErrors, ...]:
    """Project every known year from its own months and the years before it, and compare with what came.

    Args:
        history: Complete years, oldest first.
        first: The first year to be projected, counted from 0; each year before it is history.

    Returns:
        Errors for months 1 to 11; empty where no year could be projected (January in monthly forms, say).
    """
    return tuple(_at_month(history, month, first) for month in range(1, MONTHS_IN_YEAR))


def own_errors(history: Sequence[Year], month: int) -> tuple[float, ...]:
    """Errors of our projection at one month over every year of a history that has a year before it."""
    return _at_month(history, month, 1).ours


def _at_month(history: Sequence[Year], month: int, first: int) -> MonthErrors:
    rows = [
        errors
        for year in range(max(first, 1), len(history))
        if (errors := _errors(history[:year], history[year], month))
    ]
    ours, linear, full_yoy = zip(*rows, strict=True) if rows else ((), (), ())
    return MonthErrors(month, ours, linear, full_yoy)


def _errors(before: Sequence[Year], year: Year, month: int) -> tuple[float, float, float] | None:
    actual, ytd = math.fsum(year), math.fsum(year[:month])
    ours, full_yoy = estimate_year(ytd, month, before), by_growth(ytd, before[-1], month, damping=1)
    if actual <= 0 or isinstance(ours, Reason) or isinstance(full_yoy, Reason):
        return None
    return ours.value / actual - 1, by_months(ytd, month) / actual - 1, full_yoy / actual - 1
