"""What is missing, and what would close the gap."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.comparison import TOLERANCE, Direction, difference
from xicen_kpi.analysis.reasons import Reason

if TYPE_CHECKING:
    from xicen_kpi.analysis.pace import Year


class RequiredNumerator(NamedTuple):
    """The numerator a ratio needs at the denominator it has.

    Attributes:
        required: target * denominator, in the unit of the numerator.
        extra: required - numerator; negative where there is more than enough.
    """

    required: float
    extra: float


def gap(value: float, target: float, direction: Direction = 1) -> float:
    """What is missing: d * (target - value), in the unit of the target; zero or negative once the target is met."""
    return direction * difference(target, value)


def completion(value: float, target: float) -> float | Reason:
    """完成率: value / target, a fraction; ``target_is_zero`` where it does not exist."""
    return Reason.TARGET_IS_ZERO if target == 0 else value / target


def growth(value: float, base: float | None) -> float | Reason:
    """(value - base) / base, a fraction; a growth from a zero or negative base is not given (``base_not_positive``)."""
    if base is None:
        return Reason.NO_BASELINE
    return (value - base) / base if base > 0 else Reason.BASE_NOT_POSITIVE


def required_per_month(value: float, target: float, months_left: int) -> float | Reason:
    """月均需完成: max(target - value, 0) / months left, in the target's unit a month.

    For a ceiling it is the allowance: what may still be used each month.

    Args:
        value: Year-to-date value (or the value since the window began).
        target: Target over the same window.
        months_left: Whole months until the window closes.

    Returns:
        The amount, or ``no_time_left``.
    """
    if months_left <= 0:
        return Reason.NO_TIME_LEFT
    return max(target - value, 0.0) / months_left


def required_growth(value: float, target: float, last_year: Year, month: int) -> float | Reason:
    """Growth over the same months of last year that the rest of this year needs to reach the target.

    g_req = max(target - YTD, 0) / (last year after month m) - 1, a fraction. Comparable with the growth so far,
    because season is in both; the plain quotient of required and achieved months (TCPI) is not.

    Returns:
        The growth; ``no_time_left`` at month 12; ``last_year_not_positive`` where last year's rest is no base.
    """
    if month >= len(last_year):
        return Reason.NO_TIME_LEFT
    rest = math.fsum(last_year[month:])
    return max(target - value, 0.0) / rest - 1 if rest > 0 else Reason.LAST_YEAR_NOT_POSITIVE


def to_complete_index(value: float, target: float, month: int) -> float | Reason:
    """TCPI of earned value management: required per month / achieved per month. Distorted by season; for experts.

    Returns:
        A fraction; ``no_time_left`` at month 12, ``no_time_elapsed`` at month 0 or while nothing is achieved.
    """
    required = required_per_month(value, target, 12 - month)
    if isinstance(required, Reason):
        return required
    if month < 1 or value == 0:
        return Reason.NO_TIME_ELAPSED
    return required / (value / month)


def required_numerator(target: float, numerator: float, denominator: float) -> RequiredNumerator:
    """The numerator that a ratio needs while its denominator stays: target * denominator.

    Args:
        target: Target of the ratio, a fraction.
        numerator: Now.
        denominator: Now, same unit.
    """
    needed = target * denominator
    return RequiredNumerator(needed, needed - numerator)


def required_on_both_sides(target: float, numerator: float, denominator: float) -> float | Reason:
    """What must be added where each added unit enters numerator and denominator alike.

    (numerator + x) / (denominator + x) = target gives x = (target * denominator - numerator) / (1 - target):
    one more certified enterprise among all, or new revenue of the industry within the park's revenue.

    Returns:
        x in the unit of the numerator (negative: more than enough), or ``ratio_target_is_whole`` for a target of
        1 and above, which no addition can reach.
    """
    if target >= 1:
        return Reason.RATIO_TARGET_IS_WHOLE
    return (target * denominator - numerator) / (1 - target)


def required_count(amount: float) -> int:
    """The whole units that cover ``amount``: rounded up, never below zero.

    2.0000000001 left by a division is 2 units, not 3 (tolerance 1e-9).
    """
    return max(math.ceil(amount - TOLERANCE), 0)
