"""The figure beside last year's: 同比 on the same units, and against last year's own final figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from xicen_kpi.analysis.comparison import difference
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.required import growth
from xicen_kpi.plan.model import Kind
from xicen_kpi.plan.period import Span
from xicen_kpi.plan.units import factor
from xicen_kpi.report.model import PreviousSection

if TYPE_CHECKING:
    from xicen_kpi.report.case import Case, Reasons


class Compared(NamedTuple):
    """Change on last year.

    Attributes:
        previous: Last year's value, and on what basis.
        growth: Growth, a fraction; None for ratios and counts.
        change_pp: Change of a ratio in percentage points.
    """

    previous: PreviousSection
    growth: float | None
    change_pp: float | None


def compared(case: Case, reasons: Reasons) -> Compared:
    """Sets the value beside the same months of last year.

    The base of 同比 is the last year's value of the same units, which this year's forms carry (上年同期); where they
    do not, last year's own final value, and that is said. Both are shown.
    """
    if case.value is None or case.kind is Kind.COUNT:
        why = "count_over_plan" if case.kind is Kind.COUNT else "no_value"
        reasons.given |= {"previous": why, "growth": why, "change_pp": why}
        return Compared(PreviousSection(value=None, period=None, basis=None, final=None, final_growth=None), None, None)
    final = _final(case)
    base, basis = base_of(case)
    if base is None:
        reasons.given["previous"] = "no_last_year"
    previous = PreviousSection(
        value=base,
        period=None if base is None else str(_year_before(case)),
        basis=basis,
        final=final,
        final_growth=_growth(case, final),
    )
    if case.kind is Kind.RATIO:
        reasons.given["growth"] = "ratio_has_change_pp"
        change = None if base is None else _points(case) * difference(case.value, base)
        return Compared(previous, None, reasons.take("change_pp", change, "no_last_year"))
    reasons.given["change_pp"] = "only_for_ratios"
    grown = None if base is None else growth(case.value, base)
    return Compared(previous, reasons.take("growth", grown, "no_last_year"), None)


def base_of(case: Case) -> tuple[float | None, Literal["same_units", "last_year_final"] | None]:
    """Last year's value, and whether it is that of the same units or what last year's own files say."""
    same, final = _same_units(case), _final(case)
    if same is not None:
        return same, "same_units"
    return final, None if final is None else "last_year_final"


def _year_before(case: Case) -> Span:
    """The same months of last year; of a level the one month."""
    span = case.seen.period if isinstance(case.seen, Observation) else Span(case.month, case.month)
    return Span(span.start.plus(-12), span.end.plus(-12))


def _points(case: Case) -> float:
    return factor(case.indicator.unit, "%")


def _growth(case: Case, base: float | None) -> float | None:
    if base is None or case.value is None or case.kind is Kind.RATIO:
        return None
    grown = growth(case.value, base)
    return None if isinstance(grown, Reason) else grown


def _final(case: Case) -> float | None:
    return case.value_at(case.month.plus(-12))


def _same_units(case: Case) -> float | None:
    basis = getattr(case.seen, "basis", 0)
    measure = case.comparable.get(basis)
    if measure is None:
        return None
    amount = case.observer.amount(measure, case.month)
    if isinstance(amount, NotObserved):
        return None
    return amount.value * factor(amount.unit, case.indicator.unit)
