"""可比 beside nominal growth: how much of the difference is enterprises that came, left, or restated last year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.identity import require_identity
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.engine.amounts import side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping


class ComparableGrowth(NamedTuple):
    """Growth twice, and the difference explained; fractions, effects in percentage points.

    Attributes:
        nominal: Against last year's published sum.
        comparable: Against what this year's units say they had last year (上年同期), 可比.
        entered_pp: Units that are new to the frame: they raise the comparable base, so nominal is above comparable.
        left_pp: Units that are gone: they were in the published base, so nominal is below comparable.
        restated_pp: Units in both whose last year was corrected.
    """

    nominal: float
    comparable: float
    entered_pp: float
    left_pp: float
    restated_pp: float

    @property
    def difference_pp(self) -> float:
        """100 * (nominal - comparable): entered + left + restated."""
        return 100 * (self.nominal - self.comparable)


def comparable_growth(
    now: float, same_period: Mapping[str, float], published: Mapping[str, float]
) -> ComparableGrowth | Reason:
    """Set growth on matched scope beside nominal growth.

    With V now, B published and B' stated last year: nominal = V/B - 1, comparable = V/B' - 1, and the difference
    V * (B' - B) / (B * B') belongs to unit i in proportion to B'_i - B_i, exactly.

    Args:
        now: This year's sum.
        same_period: Unit to last year's value as this year's form states it (上年同期).
        published: Unit to last year's value as it was reported last year.

    Returns:
        Both growths, or ``base_not_positive``.
    """
    stated, final = side_by_side(same_period, published)
    base, claimed = final.total, stated.total
    if base <= 0 or claimed <= 0:
        return Reason.BASE_NOT_POSITIVE
    weight = 100 * now / (base * claimed)
    entered = stated.among(stated.who - final.who).total
    left = final.among(final.who - stated.who).total
    restated = stated.minus(final).total
    found = ComparableGrowth(now / base - 1, now / claimed - 1, weight * entered, -weight * left, weight * restated)
    parts = (found.entered_pp, found.left_pp, found.restated_pp)
    largest = 100 * max(abs(now) / base, abs(now) / claimed, 1.0)
    require_identity("comparable and nominal growth", parts, found.difference_pp, largest)
    return found
