"""The watch list of an indicator: enterprises near the 规上 threshold (小升规 candidates), or about to fall below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.enterprises import Shares
from xicen_kpi.analysis.profiles import lists_of, profiles_of
from xicen_kpi.analysis.steps import EnterpriseYear, near_threshold
from xicen_kpi.analysis.thresholds import threshold_of
from xicen_kpi.plan.units import factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.analysis.profiles import Profiles
    from xicen_kpi.plan.measure import SumMeasure
    from xicen_kpi.plan.period import Month
    from xicen_kpi.report.case import Case

UNIT, TOLD = "千元", "万元"
"""Unit of the thresholds, and of what the list tells."""
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Watched:
    """An enterprise near its threshold; amounts in 万元.

    Attributes:
        code: 统一社会信用代码.
        name: Name on the list.
        town: Town on the list.
        state: crossed, crossing, near or slipping.
        period: Month that the revenue runs to.
        projected: Revenue of the year, projected.
        threshold: 规上 threshold of its industry.
        missing: What it still has to make; 0 once it is over.
    """

    code: str
    name: str
    town: str
    state: str
    period: str
    projected: float
    threshold: float
    missing: float


def watch_list(case: Case) -> tuple[Watched, ...]:
    """The enterprises near their threshold, the nearest first; empty where the indicator watches nobody."""
    watch = case.indicator.watch
    if watch is None:
        return ()
    for back in range(_LOOK_BACK):
        month = case.as_of.plus(-back)
        shares = case.observer.shares(watch.measure, month)
        if isinstance(shares, Shares):
            who = profiles_of(case.observer.answers, lists_of(case.plan, watch.measure), case.as_of)
            return _near(case, watch.measure, shares, month, who, watch.reach)
    return ()


def _near(
    case: Case, measure: SumMeasure, shares: Shares, month: Month, who: Profiles, reach: float
) -> tuple[Watched, ...]:
    scale, told = factor(shares.unit, UNIT), factor(UNIT, TOLD)
    divisions = who.divisions
    before, whole = (_amounts(case, measure, one) for one in (month.plus(-12), month.plus(-12).year_end))
    years = [
        EnterpriseYear(code, amount * scale, _scaled(before, code, scale), _scaled(whole, code, scale), threshold)
        for code, amount in shares.amounts.items()
        if code in divisions and (threshold := threshold_of(divisions[code])) is not None
    ]
    thresholds = {year.key: year.threshold for year in years}
    return tuple(
        Watched(
            one.key,
            who[one.key].name,
            who[one.key].town,
            one.state.value,
            str(month),
            one.projected * told,
            thresholds[one.key] * told,
            one.missing * told,
        )
        for one in near_threshold(years, month.month, reach)
    )


def _amounts(case: Case, measure: SumMeasure, month: Month) -> Mapping[str, float]:
    found = case.observer.shares(measure, month)
    return found.amounts if isinstance(found, Shares) else {}


def _scaled(amounts: Mapping[str, float], code: str, scale: float) -> float | None:
    return amounts[code] * scale if code in amounts else None
