"""What is not known: who has not reported, which industry a firm belongs to, and whether that could turn the answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.coverage import (
    MINIMUM_COVERAGE,
    Bounds,
    Nowcast,
    missing_bounds,
    nowcast,
    reporting_coverage,
    robust,
)
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.projection import project_flow
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.plan.model import Kind
from xicen_kpi.plan.units import factor
from xicen_kpi.report.model import BoundsSection, CoverageSection

if TYPE_CHECKING:
    from xicen_kpi.report.behind import Behind, Side
    from xicen_kpi.report.case import Case, Reasons

MISSING, CODES = "missing_units", "group_codes"
"""Why the value is not known exactly."""


class Uncertainty(NamedTuple):
    """What is not known about a figure.

    Attributes:
        coverage: Who has reported.
        nowcast: The sum completed for those who have not; None where nobody is missing.
        bounds: Between what the figure lies. [unit of the indicator]
        robust: Whether both bounds give the same answer; None where there is no target or nothing unknown.
    """

    coverage: CoverageSection
    nowcast: float | None
    bounds: BoundsSection
    robust: bool | None


def uncertainty_of(case: Case, back: Behind | None, reasons: Reasons) -> Uncertainty:
    """Coverage, estimate and bounds of one figure, and whether its state stands within them."""
    coverage = _coverage(back, reasons)
    estimate = None if back is None else _nowcast(case, back)
    why = []
    found: list[Bounds] = []
    if back is not None and back.missing and case.kind is Kind.FLOW:
        by_report = _missing_bounds(case, back)
        if by_report is not None:
            found.append(by_report)
            why.append(MISSING)
    by_code = _code_bounds(case)
    if by_code is not None:
        found.append(by_code)
        why.append(CODES)
    if not found or case.value is None:
        reasons.given |= {"bounds": "nothing_unknown", "robust": "nothing_unknown"}
        nothing = BoundsSection(low=None, high=None, why=None)
        return Uncertainty(coverage, reasons.take("nowcast", estimate, "nothing_unknown"), nothing, None)
    both = Bounds(min(case.value, *(one.low for one in found)), max(case.value, *(one.high for one in found)))
    section = BoundsSection(low=both.low, high=both.high, why="+".join(why))
    return Uncertainty(
        coverage, reasons.take("nowcast", estimate, "nothing_unknown"), section, _robust(case, both, reasons)
    )


def too_few(coverage: CoverageSection) -> Reason | None:
    """``coverage_too_low`` where less than half of last year's value has reported; a state would say nothing."""
    low = coverage.by_value is not None and coverage.by_value < MINIMUM_COVERAGE
    return Reason.COVERAGE_TOO_LOW if low else None


def _coverage(back: Behind | None, reasons: Reasons) -> CoverageSection:
    if back is None:
        reasons.given["coverage"] = "not_from_enterprises"
        return CoverageSection(expected=None, reported=None, by_value=None)
    seen = reporting_coverage(back.frame.last.filled(back.expected), back.frame.now.amounts)
    by_value = reasons.take("coverage.by_value", seen.by_value)
    return CoverageSection(expected=seen.expected, reported=seen.reported, by_value=by_value)


def _completed(side: Side, back: Behind) -> Nowcast | None:
    return nowcast(side.last.among(back.expected), side.now.amounts) if back.missing and side.before else None


def _nowcast(case: Case, back: Behind) -> float | None:
    """The figure if those who are missing grew as the others did (ratio of means), in the indicator's unit."""
    of = _completed(back.of, back)
    if of is None or case.value is None:
        return None
    if back.to is None:
        return of.estimate * factor(back.of.now.unit, case.indicator.unit)
    to = _completed(back.to, back)
    if to is None or to.estimate == 0:
        return None
    return of.estimate * factor(back.of.now.unit, back.to.now.unit) / to.estimate * factor("1", case.indicator.unit)


def _missing_bounds(case: Case, back: Behind) -> Bounds | None:
    limits = missing_bounds(back.of.last.among(back.expected), back.of.now.amounts)
    if isinstance(limits, Reason):
        return None
    scale = factor(back.of.now.unit, case.indicator.unit)
    return Bounds(limits.low * scale, limits.high * scale)


def _code_bounds(case: Case) -> Bounds | None:
    """Lower: whole classes only; upper: tagged or in any class of the list."""
    if case.outer is None or not isinstance(case.seen, Observation):
        return None
    seen = [observer.at(case.indicator, case.month, case.seen.basis) for observer in case.outer]
    values = [0.0 if isinstance(one, NotObserved) else one.value for one in seen]
    if all(isinstance(one, NotObserved) and one.reason != "no_values" for one in seen):
        return None
    return Bounds(min(values), max(values))


def _robust(case: Case, both: Bounds, reasons: Reasons) -> bool | None:
    """Whether the answer is the same at both ends: for a flow of the target's year, of their projections."""
    if case.target is None:
        reasons.given["robust"] = "no_target_value"
        return None
    ends = both
    if case.kind is Kind.FLOW:
        if not case.in_target_year:
            reasons.given["robust"] = Reason.TARGET_YEAR_NOT_BEGUN
            return None
        projected = [project_flow(end, case.month.month, case.past.years) for end in (both.low, both.high)]
        values = [one.value for one in projected if not isinstance(one, Reason)]
        if len(values) < len(projected):
            reasons.given["robust"] = Reason.INSUFFICIENT_HISTORY
            return None
        ends = Bounds(*values)
    if not all(map(math.isfinite, (ends.low, ends.high))):
        return None
    return robust(ends, case.target, case.direction).holds
