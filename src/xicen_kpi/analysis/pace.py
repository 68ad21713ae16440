"""How much of the time, and of a usual year, has passed: 序时进度 by the calendar and by the season.

A year of monthly data is twelve increments, January first. The monthly forms have no January: what was made in
January and February arrives together in February, so January is 0 in such a year and nothing else changes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.comparison import TOLERANCE
from xicen_kpi.analysis.reasons import Reason

if TYPE_CHECKING:
    from datetime import date

MONTHS_IN_YEAR = 12
SEASONAL_YEARS = 3
"""Complete years, at most, that the seasonal share looks back on."""

MonthNumber = int
"""A calendar month as year * 12 + month - 1, so that differences are months; its state is that at the month's end."""

Year = Sequence[float]
"""Twelve monthly increments of one complete year, January first."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A flow against the part of its target that was due by now.

    Attributes:
        share: Elapsed share of the window, a fraction.
        completion: 完成率, value / target, a fraction.
        expected: target * share, in the unit of the target.
        ahead_by: value - expected, in the unit of the target; negative when behind.
        gap_pp: 100 * (completion - share), in percentage points; positive is 快于序时进度.
        index: completion / share, the schedule performance index of earned value management.
    """

    share: float
    completion: float
    expected: float
    ahead_by: float
    gap_pp: float
    index: float


def months_of_year(cumulative: Mapping[int, float]) -> tuple[float, ...] | Reason:
    """Turn the year-to-date figures of one year into twelve increments.

    Args:
        cumulative: MonthNumber number to year-to-date value. January may be absent (1月免报).

    Returns:
        Twelve increments that add up again to every figure but for the last digits of a float (2**-44 of the largest),
        or ``months_missing``: a month that is not there is never read as zero.
    """
    if any(month not in cumulative for month in range(2, MONTHS_IN_YEAR + 1)):
        return Reason.MONTHS_MISSING
    known = _on_one_grid(cumulative)
    running = [0.0, known.get(1, 0.0), *(known[month] for month in range(2, MONTHS_IN_YEAR + 1))]
    return tuple(later - earlier for earlier, later in itertools.pairwise(running))


def _on_one_grid(cumulative: Mapping[int, float]) -> Mapping[int, float]:
    """The same values in whole steps of one power of two, so that their differences add up to them again exactly.

    A cumulative figure that has fallen back to 0 (its enterprises have left) would else leave a trace of the last
    binary digit, and a growth on that trace is astronomical. The step is 2**-44 of the largest value.
    """
    largest = max(map(abs, cumulative.values()), default=0.0)
    step = math.ldexp(1.0, math.frexp(largest)[1] - 44)
    return (
        {month: round(value / step) * step for month, value in cumulative.items()} if step and largest else cumulative
    )


def linear_share(month: int) -> float:
    """序时进度 of a calendar year, month / 12: the share of the year gone at the end of ``month``."""
    return month / MONTHS_IN_YEAR


def share_of_months(start: MonthNumber, end: MonthNumber, as_of: MonthNumber) -> float:
    """Elapsed share of a window of whole months, both ends included, between 0 and 1.

    A target over the plan's two years runs over 24 months: at the end of the 22nd, 22/24 have gone.

    Raises:
        ValueError: The window ends before it starts.
    """
    return _elapsed(as_of - start + 1, end - start + 1)


def share_of_days(start: date, end: date, as_of: date) -> float:
    """Elapsed share of a window of days, both ends included, leap years counted, between 0 and 1.

    Raises:
        ValueError: The window ends before it starts.
    """
    return _elapsed((as_of - start).days + 1, (end - start).days + 1)


def comes_to_something(year: Year) -> bool:
    """Whether a year's months add up to more than what rounding leaves of months that cancel each other."""
    return math.fsum(year) > TOLERANCE * max(map(abs, year), default=0.0)


def seasonal_share(history: Sequence[Year], month: int, years: int = SEASONAL_YEARS) -> float | Reason:
    """Mean share of the annual total that the last complete years had reached by ``month``.

    s(m) = mean over the last K years of YTD(m) / total. Years whose total is not positive are left out.

    Args:
        history: Complete years, oldest first.
        month: 1 to 12.
        years: K, the number of years looked back on.

    Returns:
        A fraction; ``january_exempt`` where no year has anything by January; ``insufficient_history`` where no
        year can be used.
    """
    usable = [year for year in history[-years:] if comes_to_something(year)]
    if not usable:
        return Reason.INSUFFICIENT_HISTORY
    share = math.fsum(math.fsum(year[:month]) / math.fsum(year) for year in usable) / len(usable)
    if share == 0 and month == 1:
        return Reason.JANUARY_EXEMPT
    return share


def share_over_years(weights: Sequence[float], finished: int, share_of_year: float) -> float | Reason:
    """Elapsed share of a target that is a sum over several years.

    (weights of the finished years + weight of this year * its own share) / all weights. With two equal years this
    is (finished + s) / 2; with milestones the weights are the increments between them.

    Args:
        weights: What each year is to bring, oldest first, in any unit.
        finished: How many years are over.
        share_of_year: Linear or seasonal share of the running year.

    Returns:
        A fraction, or ``target_is_zero`` where the weights add up to nothing.
    """
    total = math.fsum(weights)
    if total == 0:
        return Reason.TARGET_IS_ZERO
    running = weights[finished] * share_of_year if finished < len(weights) else 0.0
    return (math.fsum(weights[:finished]) + running) / total


def against_pace(value: float, target: float, share: float | Reason) -> Pace | Reason:
    """Set a flow against the share of its target that was due (序时 or seasonal, as the share is).

    Args:
        value: Year-to-date value.
        target: Target over the same window, same unit.
        share: Elapsed share of the window.

    Returns:
        The pace, or why there is none: ``target_is_zero``, ``no_time_elapsed``, or the reason the share carries.
    """
    if isinstance(share, Reason):
        return share
    if target == 0:
        return Reason.TARGET_IS_ZERO
    if share <= 0:
        return Reason.NO_TIME_ELAPSED
    completion, expected = value / target, target * share
    return Pace(share, completion, expected, value - expected, 100 * (completion - share), completion / share)


def _elapsed(gone: int, length: int) -> float:
    if length < 1:
        raise ValueError("a window cannot end before it starts")
    return min(max(gone, 0), length) / length
