"""The total of a year from what has come by month m: each method as one formula, and the choice between them.

Notation: YTD the year to date, LY last year's months, rem(LY) last year after month m, g = YTD / YTD(LY).
Source of the choice: errors of each method over 5,423 years of 2,014 monthly series (M1 and M3 competitions),
docs/method.md; the mean of a damped and a share forecast had the smallest error from month 3 on among those that
need no model.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.comparison import TOLERANCE
from xicen_kpi.analysis.pace import (
    MONTHS_IN_YEAR,
    SEASONAL_YEARS,
    Year,
    comes_to_something,
    linear_share,
    seasonal_share,
)
from xicen_kpi.analysis.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

DAMPING = 0.5
"""Exponent of last year's growth when it is carried into the rest of the year; 1 would trust it whole."""

FIRST_LINEAR_MONTH = 3
"""Before this month twelve times the monthly mean says nothing."""


class Method(StrEnum):
    """How a projected value came about."""

    COMPLETE = "complete"
    MEAN = "mean(damped_yoy, seasonal_share)"
    DAMPED_YOY = "damped_yoy"
    SEASONAL_SHARE = "seasonal_share"
    LINEAR = "linear"
    FULL_YOY = "full_yoy"
    SEASONAL_NAIVE = "seasonal_naive"
    SLOPE = "slope"
    BOTH_SIDES = "both_sides"


class Estimate(NamedTuple):
    """A year-end value without its uncertainty.

    Attributes:
        value: In the unit of the year-to-date value.
        method: The formula that gave it.
        years: Complete years it rests on.
    """

    value: float
    method: Method
    years: int


def by_months(ytd: float, month: int) -> float:
    """12 * YTD / m: as if every month were alike."""
    return ytd / linear_share(month)


def by_season(ytd: float, last_year: Year, month: int) -> float:
    """Seasonal naive, YTD + rem(LY): the rest of the year as last year, without growth."""
    return ytd + math.fsum(last_year[month:])


def by_growth(ytd: float, last_year: Year, month: int, damping: float = DAMPING) -> float | Reason:
    """YTD + rem(LY) * g ** damping: the rest of last year, grown.

    ``damping=1`` is the full year-on-year projection, the same as LY total * g and as YTD / last year's share;
    0.5, the default, takes the square root of growth, because early growth rarely lasts.

    Returns:
        The total; ``last_year_not_positive`` where g does not exist, ``base_not_positive`` for a negative YTD.
    """
    base = math.fsum(last_year[:month])
    if base <= TOLERANCE * max(map(abs, last_year), default=0.0):
        return Reason.LAST_YEAR_NOT_POSITIVE
    if ytd < 0:
        return Reason.BASE_NOT_POSITIVE
    return float(ytd + math.fsum(last_year[month:]) * (ytd / base) ** damping)


def by_share(ytd: float, history: Sequence[Year], month: int) -> float | Reason:
    """YTD / s(m), s the mean share of the last three complete years."""
    share = seasonal_share(history, month)
    if isinstance(share, Reason):
        return share
    return ytd / share if share > 0 else Reason.LAST_YEAR_NOT_POSITIVE


def estimate_year(ytd: float, month: int, history: Sequence[Year] = ()) -> Estimate | Reason:
    """The year's total by the best formula that the history allows.

    month 12: the value itself. Two complete years and more: mean of damped year-on-year and seasonal share. One:
    damped year-on-year. No year to compare with (none, or nothing by this month last year): 12 * YTD / m from
    month 3 on, which is weak. Years whose total is not positive are left out.

    Args:
        ytd: Year-to-date value.
        month: 0 to 12; 0 is a year without data.
        history: Complete years, oldest first, in the unit and scope of ``ytd``.

    Returns:
        The estimate, or ``not_started`` at month 0, or ``insufficient_history``.
    """
    if month >= MONTHS_IN_YEAR:
        return Estimate(ytd, Method.COMPLETE, 0)
    if month < 1:
        return Reason.NOT_STARTED
    usable = [year for year in history if comes_to_something(year)]
    damped = by_growth(ytd, usable[-1], month) if usable else Reason.INSUFFICIENT_HISTORY
    if not isinstance(damped, Reason):
        return _with_share(ytd, month, usable, damped)
    if month >= FIRST_LINEAR_MONTH:
        return Estimate(by_months(ytd, month), Method.LINEAR, 0)
    return Reason.INSUFFICIENT_HISTORY


def _with_share(ytd: float, month: int, usable: Sequence[Year], damped: float) -> Estimate:
    shared = by_share(ytd, usable, month) if len(usable) > 1 else Reason.INSUFFICIENT_HISTORY
    if isinstance(shared, Reason):
        return Estimate(damped, Method.DAMPED_YOY, 1)
    return Estimate((damped + shared) / 2, Method.MEAN, min(len(usable), SEASONAL_YEARS))
