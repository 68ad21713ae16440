"""Who is near a step: enterprises about to cross the 规上 threshold, and those whose own shortfall costs most.

These lists name enterprises; they are for internal pages only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.year_end import FIRST_LINEAR_MONTH, by_growth, by_months

if TYPE_CHECKING:
    from collections.abc import Iterable

INDUSTRY_THRESHOLD = 20_000.0
"""规模以上工业: annual revenue of 20 million yuan, in 千元. Services have their own, by industry."""

REACH = 0.2
"""How far below the threshold a projected year may end and still be worth a visit. An assumption, not a norm."""


@dataclass(frozen=True, slots=True)
class EnterpriseYear:
    """One enterprise's year so far beside its last, all in one unit.

    Attributes:
        key: The enterprise.
        to_date: This year to date.
        last_year_to_date: Last year to the same month; None where it did not exist.
        last_year: The whole of last year, likewise.
        threshold: Its 规上 threshold, in the same unit.
    """

    key: str
    to_date: float
    last_year_to_date: float | None = None
    last_year: float | None = None
    threshold: float = INDUSTRY_THRESHOLD


class ThresholdState(StrEnum):
    """Where an enterprise stands against its threshold; last year it was below it, except when slipping."""

    CROSSED = "crossed"
    CROSSING = "crossing"
    NEAR = "near"
    SLIPPING = "slipping"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise near its threshold.

    Attributes:
        key: The enterprise.
        state: Already over it, projected over it, within reach, or about to fall below.
        projected: Its year, projected.
        missing: threshold - year to date, what it still has to make; 0 once it is over.
        threshold_share: projected / threshold.
    """

    key: str
    state: ThresholdState
    projected: float
    missing: float
    threshold_share: float


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An enterprise that is projected to stay below its part of the target.

    Attributes:
        key: The enterprise.
        wanted: Last year's value times the growth that the whole needs.
        projected: Its year, projected.
        amount: wanted - projected, positive.
        cost_pp: 100 * amount / target: percentage points of the target's completion.
    """

    key: str
    wanted: float
    projected: float
    amount: float
    cost_pp: float


def project_enterprise(year: EnterpriseYear, month: int) -> float | Reason:
    """Damped year-on-year for one enterprise: to date + rest of last year * sqrt(growth so far).

    Without a last year to compare with, 12 * to date / m from month 3 on. No seasonal share: one enterprise's
    season is mostly chance.

    Returns:
        The projected year, or ``insufficient_history``.
    """
    if year.last_year is not None and year.last_year_to_date is not None:
        rest = year.last_year - year.last_year_to_date
        projected = by_growth(year.to_date, (year.last_year_to_date, rest), 1)
        if not isinstance(projected, Reason):
            return projected
    return by_months(year.to_date, month) if month >= FIRST_LINEAR_MONTH else Reason.INSUFFICIENT_HISTORY


def near_threshold(years: Iterable[EnterpriseYear], month: int, reach: float = REACH) -> tuple[Candidate, ...]:
    """Enterprises near the 规上 threshold: 小升规 candidates from below, and those that may fall out of the frame.

    Args:
        years: Enterprises with annual revenue, last year and this.
        month: Month of the data.
        reach: How far below the threshold a candidate's projected year may be, a fraction of it.

    Returns:
        Nearest to the threshold first. Enterprises that cannot be projected are in :func:`unprojected`.
    """
    found = []
    for year in years:
        projected = project_enterprise(year, month)
        state = None if isinstance(projected, Reason) else _state(year, projected, reach)
        if state is not None and not isinstance(projected, Reason):
            missing = max(year.threshold - year.to_date, 0.0)
            found.append(Candidate(year.key, state, projected, missing, projected / year.threshold))
    return tuple(sorted(found, key=lambda candidate: (abs(candidate.threshold_share - 1), candidate.key)))


def costliest_shortfalls(
    years: Iterable[EnterpriseYear], month: int, target: float, limit: int = 10
) -> tuple[Shortfall, ...] | Reason:
    """The enterprises whose own projected shortfall costs the sum most.

    If every enterprise grew as the sum has to, it would reach last year * target / sum of last years. What it is
    projected to stay below that is its shortfall; over all enterprises shortfalls and surpluses add up to
    target - projected sum.

    Args:
        years: All enterprises of the sum.
        month: Month of the data.
        target: Target of the sum for the year, same unit.
        limit: At most so many.

    Returns:
        The largest first; ``target_is_zero`` or ``last_year_not_positive`` where no part can be assigned.
    """
    given = tuple(years)
    total = math.fsum(year.last_year or 0.0 for year in given)
    if target == 0:
        return Reason.TARGET_IS_ZERO
    if total <= 0:
        return Reason.LAST_YEAR_NOT_POSITIVE
    found = []
    for year in given:
        wanted, projected = (year.last_year or 0.0) * target / total, project_enterprise(year, month)
        if not isinstance(projected, Reason) and wanted > projected:
            amount = wanted - projected
            found.append(Shortfall(year.key, wanted, projected, amount, 100 * amount / target))
    return tuple(sorted(found, key=lambda shortfall: (-shortfall.amount, shortfall.key))[:limit])


def unprojected(years: Iterable[EnterpriseYear], month: int) -> tuple[str, ...]:
    """The enterprises about which neither list can say anything yet."""
    return tuple(sorted(year.key for year in years if isinstance(project_enterprise(year, month), Reason)))


def _state(year: EnterpriseYear, projected: float, reach: float) -> ThresholdState | None:
    if year.last_year is not None and year.last_year >= year.threshold:
        return ThresholdState.SLIPPING if projected < year.threshold else None
    if year.to_date >= year.threshold:
        return ThresholdState.CROSSED
    if projected >= year.threshold:
        return ThresholdState.CROSSING
    return ThresholdState.NEAR if projected >= (1 - reach) * year.threshold else None
