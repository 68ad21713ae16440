"""Where an indicator will stand when its target is due, with an 80 % band: flows, levels and ratios."""

from __future__ import annotations

import math
import statistics
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from xicen_kpi.analysis.accuracy import own_errors
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.year_end import Estimate, Method, estimate_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xicen_kpi.analysis.pace import Year
    from xicen_kpi.analysis.progress import Point

ESTIMATED, FORECAST, UNRELIABLE = "E", "F", "U"
"""Observation status codes of SDMX (CL_OBS_STATUS): estimated value, forecast value, low reliability."""

OWN_BAND_YEARS = 5
"""Complete years from which a park's own errors replace the table."""

SLOPE_CHANGES = 5
"""Latest annual changes, at most, that make the slope of a level (Destatis)."""

_Errors = tuple[tuple[float, float], ...]
REFERENCE_ERRORS: Final[Mapping[tuple[Method, int], _Errors]] = {
    (Method.LINEAR, 0): (
        (-23.4, 14.0), (-19.5, 10.4), (-13.6, 10.3), (-11.9, 8.3), (-10.3, 6.9), (-8.1, 6.1),
        (-5.8, 5.2), (-4.7, 5.2), (-3.6, 4.6), (-2.5, 3.5), (-1.4, 2.2),
    ),
    (Method.DAMPED_YOY, 1): (
        (-13.5, 13.2), (-10.7, 11.5), (-9.3, 10.0), (-8.2, 8.7), (-7.5, 7.6), (-6.8, 6.4),
        (-5.9, 5.3), (-4.9, 4.5), (-3.9, 3.7), (-2.7, 2.8), (-1.6, 1.6),
    ),
    (Method.MEAN, 2): (
        (-14.7, 14.1), (-10.9, 11.9), (-8.9, 10.5), (-7.8, 8.8), (-7.0, 7.7), (-6.4, 6.4),
        (-5.5, 5.2), (-4.3, 4.3), (-3.4, 3.7), (-2.4, 2.7), (-1.4, 1.6),
    ),
    (Method.MEAN, 3): (
        (-14.1, 13.2), (-10.7, 11.3), (-8.7, 10.3), (-7.6, 8.7), (-6.9, 7.6), (-6.2, 6.0),
        (-5.3, 5.0), (-4.3, 4.1), (-3.3, 3.6), (-2.4, 2.6), (-1.4, 1.5),
    ),
}  # fmt: skip
"""10 % and 90 % quantiles of projected / actual - 1, in per cent, for months 1 to 11, by method and years of history.

Own computation over 5,423 years of 2,014 monthly series of the M1 and M3 competitions; these are not enterprise
statistics, so a park's own errors replace them once it has five complete years.
"""


class BandBasis(StrEnum):
    """Where the width of a band comes from."""

    OWN_BACKTEST = "own_backtest"
    REFERENCE_TABLE = "reference_table"
    CARRIED_OVER = "carried_over"
    NONE = "none"


class Projection(NamedTuple):
    """A value expected when the target is due.

    Attributes:
        value: In the unit of what was projected.
        low: Lower end of the 80 % band, or None where ``basis`` is ``none``.
        high: Upper end of it, likewise.
        method: The formula.
        basis: Where the band comes from.
        flags: SDMX observation status codes: F forecast, E from an estimated year to date, U low reliability.
    """

    value: float
    low: float | None
    high: float | None
    method: Method
    basis: BandBasis
    flags: tuple[str, ...]

    def times(self, factor: float) -> Projection:
        """The same projection in another unit (a positive factor)."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return self._replace(value=self.value * factor, low=low, high=high)


def project_flow(
    ytd: float, month: int, history: Sequence[Year] = (), *, estimated: bool = False
) -> Projection | Reason:
    """Project the total of a year from its year to date.

    The value is :func:`estimate_year`'s. The band divides it by 1 + q: an error of +10 % in the past means that the
    actual value was value / 1.10. q are the 10 % and 90 % quantiles of the park's own errors at that month where it
    has five complete years (as ``statistics.quantiles`` places them among the logarithms of few errors, and so that
    the band holds the value where all errors have one sign), otherwise those of the reference table.

    Args:
        ytd: Year-to-date value.
        month: 0 to 12.
        history: Complete years, oldest first, same unit, and the scope of ``ytd`` (see :func:`to_matched_scope`).
        estimated: The year to date is itself estimated (enterprises that have not reported): flagged E.

    Returns:
        The projection, or ``not_started`` or ``insufficient_history``.
    """
    estimate = estimate_year(ytd, month, history)
    if isinstance(estimate, Reason):
        return estimate
    reported = (ESTIMATED,) if estimated else ()
    if estimate.method is Method.COMPLETE:
        return Projection(ytd, ytd, ytd, Method.COMPLETE, BandBasis.NONE, reported)
    flags = (FORECAST, *reported, *((UNRELIABLE,) if estimate.method is Method.LINEAR else ()))
    low, high, basis = _band(estimate, month, history)
    return Projection(estimate.value, low, high, estimate.method, basis, flags)


def to_matched_scope(last_year: Year, month: int, same_period: float) -> tuple[float, ...] | Reason:
    """Put last year's months into the scope of this year's enterprises (可比口径).

    The forms state last year's same period for the units that report now; the whole of last year is scaled by
    stated / published at that month, so that entries and exits do not pass for growth.

    Args:
        last_year: Twelve months as published last year.
        month: The month of this year's data.
        same_period: 上年同期, last year to that month for this year's units.

    Returns:
        Twelve months, or ``last_year_not_positive``.
    """
    published = math.fsum(last_year[:month])
    if published <= 0 or same_period <= 0:
        return Reason.LAST_YEAR_NOT_POSITIVE
    return tuple(value * (same_period / published) for value in last_year)


def project_over_years(closed: Sequence[float], current: Projection, years_to_come: int = 0) -> Projection:
    """Project a sum over several years: the years that are over, this year's projection, and it again for each to come.

    A year to come is assumed to repeat this year's projected total, without growth; that is weak and flagged U.
    """
    done, repeat = math.fsum(closed), 1 + years_to_come
    ends = (None if end is None else done + end * repeat for end in (current.low, current.high))
    weak = years_to_come > 0 and UNRELIABLE not in current.flags
    flags = (*current.flags, UNRELIABLE) if weak else current.flags
    low, high = ends
    return current._replace(value=done + current.value * repeat, low=low, high=high, flags=flags)


def project_level(points: Sequence[Point], due: float) -> Projection | Reason:
    """Carry a level forward: latest + slope * time left, the slope being the mean of the last five changes or fewer.

    No band: a handful of annual points is no basis for one. One change alone is flagged U.
    Source: Destatis, indicators of sustainable development, mean of the last five annual changes.

    Args:
        points: (time, value), oldest first, one per year.
        due: When the target is due, in the unit of time of the points; a due date that is past adds nothing.

    Returns:
        The projection, or ``insufficient_history`` below two points in time.
    """
    window = points[-(SLOPE_CHANGES + 1) :]
    if len(window) < 2 or window[-1][0] <= window[0][0]:
        return Reason.INSUFFICIENT_HISTORY
    (start, first), (end, last) = window[0], window[-1]
    value = last + (last - first) / (end - start) * max(due - end, 0.0)
    flags = (FORECAST, UNRELIABLE) if len(window) == 2 else (FORECAST,)
    return Projection(value, None, None, Method.SLOPE, BandBasis.NONE, flags)


def project_ratio(numerator: Projection | Reason, denominator: Projection | Reason) -> Projection | Reason:
    """Divide two projected sides; a ratio is never multiplied up or averaged itself.

    The relative errors of the two sides are taken as independent, so the logarithmic half-widths add in quadrature:
    low = value / exp(sqrt(ln(n / n_low)^2 + ln(d_high / d)^2)), high likewise. Where numerator and denominator rise
    and fall together, as a part and its whole do, the true band is narrower: the one given errs on the wide side.

    Returns:
        A fraction; the reason of the side that has none, or ``denominator_is_zero``.
    """
    if isinstance(numerator, Reason):
        return numerator
    if isinstance(denominator, Reason):
        return denominator
    if denominator.value == 0:
        return Reason.DENOMINATOR_IS_ZERO
    value = numerator.value / denominator.value
    low, high = _ratio_band(numerator, denominator, value)
    basis = BandBasis.NONE if low is None else BandBasis.CARRIED_OVER
    flags = tuple(flag for flag in (FORECAST, ESTIMATED, UNRELIABLE) if flag in numerator.flags + denominator.flags)
    return Projection(value, low, high, Method.BOTH_SIDES, basis, flags)


def _band(estimate: Estimate, month: int, history: Sequence[Year]) -> tuple[float | None, float | None, BandBasis]:
    if estimate.value <= 0:
        return None, None, BandBasis.NONE
    errors = own_errors(history, month) if len(history) >= OWN_BAND_YEARS else ()
    if len(errors) >= OWN_BAND_YEARS - 1 and min(errors) > -1:
        below, above, basis = *_own_deciles(errors), BandBasis.OWN_BACKTEST
    else:
        percent = REFERENCE_ERRORS[estimate.method, estimate.years][month - 1]
        below, above, basis = percent[0] / 100, percent[1] / 100, BandBasis.REFERENCE_TABLE
    return estimate.value / (1 + above), estimate.value / (1 + below), basis


def _own_deciles(errors: Sequence[float]) -> tuple[float, float]:
    # Few errors are extrapolated; on the logarithmic scale that can never turn the band over.
    deciles = statistics.quantiles([math.log1p(error) for error in errors], n=10)
    return math.expm1(min(deciles[0], 0.0)), math.expm1(max(deciles[-1], 0.0))


def _ratio_band(numerator: Projection, denominator: Projection, value: float) -> tuple[float | None, float | None]:
    ends = (numerator.low, numerator.high, denominator.low, denominator.high)
    if value <= 0 or any(end is None or end <= 0 for end in ends):
        return None, None
    n_low, n_high, d_low, d_high = (math.log(end) for end in ends if end is not None)
    n, d = math.log(numerator.value), math.log(denominator.value)
    return value / math.exp(math.hypot(n - n_low, d_high - d)), value * math.exp(math.hypot(n_high - n, d - d_low))
