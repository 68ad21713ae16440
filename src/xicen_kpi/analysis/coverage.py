"""Who has not reported yet, what they would bring, and whether a state would survive it.

``previous`` is last year's value of the same period for every unit that is expected to report; ``current`` is what
has been reported. A unit that reports and was not expected counts in the sum and in no comparison.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.comparison import Direction, meets
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.engine.amounts import side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xicen_kpi.engine.amounts import Amounts

MINIMUM_COVERAGE = 0.5
"""Share of last year's value below which a figure says too little to be given a state. An assumption, not a norm."""


class MatchedGrowth(NamedTuple):
    """Growth on the units of both periods (可比口径).

    Attributes:
        units: How many.
        previous: Their sum last year.
        current: Their sum now.
        growth: current / previous - 1, a fraction.
    """

    units: int
    previous: float
    current: float
    growth: float | Reason


class ReportingCoverage(NamedTuple):
    """How much of what is expected has been reported.

    Attributes:
        expected: Units.
        reported: Units of those.
        by_units: reported / expected.
        by_value: Share of last year's sum that the reporting units held.
        absent: Last year's value of the units that have not reported.
    """

    expected: int
    reported: int
    by_units: float | Reason
    by_value: float | Reason
    absent: Amounts

    @property
    def missing(self) -> tuple[str, ...]:
        """Units that have not reported, the largest last year first."""
        return tuple(self.absent.largest(len(self.absent)))


class Nowcast(NamedTuple):
    """A sum completed by an estimate for the units that have not reported; flag it E.

    Attributes:
        reported: What has been reported.
        estimate: reported + imputed.
        imputed: (1 + growth) * last year's sum of the missing units.
        growth: Growth that was applied; a reason where no unit matches, and last year's value was used unchanged.
    """

    reported: float
    estimate: float
    imputed: float
    growth: float | Reason


class Bounds(NamedTuple):
    """The least and the most that a figure can be, given what is not known."""

    low: float
    high: float


class Robustness(NamedTuple):
    """Whether a state holds for every value within bounds, and why."""

    holds: bool
    reason: Reason


def matched_growth(previous: Mapping[str, float], current: Mapping[str, float]) -> MatchedGrowth:
    """Growth of the units that are in both periods; entries, exits and missing reports do not pass for growth."""
    last, now = side_by_side(previous, current)
    both = last.who & now.who
    if not both:
        return MatchedGrowth(0, 0.0, 0.0, Reason.NO_MATCHED_UNITS)
    before, after = last.among(both).total, now.among(both).total
    return MatchedGrowth(len(both), before, after, after / before - 1 if before > 0 else Reason.BASE_NOT_POSITIVE)


def reporting_coverage(previous: Mapping[str, float], current: Mapping[str, float]) -> ReportingCoverage:
    """Coverage by number of units and by last year's value."""
    last, now = side_by_side(previous, current)
    there = last.among(now.who)
    return ReportingCoverage(
        len(last),
        len(there),
        len(there) / len(last) if last else Reason.NO_DATA,
        there.total / last.total if last.total > 0 else Reason.BASE_NOT_POSITIVE,
        last.among(last.who - now.who),
    )


def enough(coverage: ReportingCoverage, minimum: float = MINIMUM_COVERAGE) -> Reason | None:
    """``coverage_too_low`` where less than ``minimum`` of last year's value has been reported, else None."""
    by_value = coverage.by_value
    return Reason.COVERAGE_TOO_LOW if not isinstance(by_value, Reason) and by_value < minimum else None


def nowcast(previous: Mapping[str, float], current: Mapping[str, float]) -> Nowcast:
    """Complete a sum: missing units grow as the matched ones did (ratio of means).

    estimate = reported + (1 + g) * sum of the missing units' last year, g the matched growth. Large units weigh as
    much as they are; the mean of the units' own ratios (:func:`mean_of_ratios`) would let the small ones decide.
    Source: ratio-of-means imputation, as the Office for National Statistics uses it.
    """
    last, now = side_by_side(previous, current)
    matched = matched_growth(last, now)
    absent = last.among(last.who - now.who).total
    imputed = absent if isinstance(matched.growth, Reason) else absent * matched.current / matched.previous
    return Nowcast(now.total, now.total + imputed, imputed, matched.growth)


def mean_of_ratios(previous: Mapping[str, float], current: Mapping[str, float]) -> float | Reason:
    """Mean of current / previous over matched units with a positive base; for comparison only, small units rule it."""
    ratios = _growth_factors(*side_by_side(previous, current))
    return ratios.total / len(ratios) if ratios else Reason.NO_MATCHED_UNITS


def expansion_total(strata: Sequence[tuple[int, Sequence[float]]]) -> float | Reason:
    """Horvitz-Thompson total: each stratum's reported sum times units / reporting units.

    For strata of many small, similar units; large units belong in a stratum that is complete.

    Args:
        strata: (units in the stratum, reported values).

    Returns:
        The total, or ``no_data`` where a stratum with units has none that reports.
    """
    if any(units and not values for units, values in strata):
        return Reason.NO_DATA
    return math.fsum(units / len(values) * math.fsum(values) for units, values in strata if values)


def missing_bounds(
    previous: Mapping[str, float], current: Mapping[str, float], low: float = 0.0, high: float | None = None
) -> Bounds | Reason:
    """The least and the most a sum can become: missing units at ``low`` to ``high`` times their last year (Manski).

    Args:
        previous: Expected units and their last year.
        current: Reported units.
        low: Smallest factor, 0 where nothing may come.
        high: Largest factor; None takes the largest growth factor among the units that have reported.

    Returns:
        Bounds, or ``no_matched_units`` where no growth factor can be seen and none is given.
    """
    last, now = side_by_side(previous, current)
    reported, absent = now.total, last.among(last.who - now.who).total
    if absent == 0:
        return Bounds(reported, reported)
    if high is None:
        high = _growth_factors(last, now).highest
        if high is None:
            return Reason.NO_MATCHED_UNITS
    ends = sorted((reported + low * absent, reported + high * absent))
    return Bounds(ends[0], ends[1])


def robust(bounds: Bounds, target: float, direction: Direction = 1) -> Robustness:
    """Whether both bounds are on the same side of the target; equality meets."""
    agree = meets(bounds.low, target, direction) is meets(bounds.high, target, direction)
    return Robustness(agree, Reason.BOUNDS_AGREE if agree else Reason.BOUNDS_STRADDLE_TARGET)


def _growth_factors(previous: Amounts, current: Amounts) -> Amounts:
    return current.over(previous.positive())
