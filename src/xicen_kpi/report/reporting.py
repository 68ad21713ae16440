"""Who has reported: the enterprises behind a figure against those that were there a month before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.compile import split, sums_of
from xicen_kpi.analysis.enterprises import Shares
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.plan.measure import RatioMeasure
from xicen_kpi.report.model import CoverageSection

if TYPE_CHECKING:
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.period import Month
    from xicen_kpi.report.case import Case, Reasons


@dataclass(frozen=True, slots=True)
class Reporting:
    """Enterprises behind a figure.

    Attributes:
        now: Amounts of those that have reported.
        expected: Codes of those that should have: reported now, or a month before and still members of the park.
        last_year: Amounts of the same month of last year.
    """

    now: Shares
    expected: frozenset[str]
    last_year: Shares | None

    @property
    def missing(self) -> frozenset[str]:
        """Codes of those that have not reported (未报单位)."""
        return self.expected - self.now.amounts.keys()


def frame_of(measure: Measure) -> Measure:
    """The part of a measure that says which enterprises are meant: a ratio's denominator."""
    return measure.ratio.to if isinstance(measure, RatioMeasure) else measure


def reporting(case: Case) -> Reporting | None:
    """Who has reported for the figure; None where it is not made of enterprises' amounts."""
    if not isinstance(case.seen, Observation) or not sums_of(case.way):
        return None
    frame = frame_of(case.way)
    now = case.observer.shares(frame, case.month)
    if isinstance(now, NotObserved):
        return None
    before = _before(case, frame)
    still = members(case, frame)
    expected = now.amounts.keys() | {code for code in (before.amounts if before else ()) if code in still}
    last = case.observer.shares(frame, case.month.plus(-12))
    return Reporting(now, frozenset(expected), None if isinstance(last, NotObserved) else last)


def members(case: Case, measure: Measure) -> frozenset[str]:
    """Codes of the park's members in the month, from every list that the measure's sources are linked to."""
    sources = (case.plan.sources[split(part.sum)[0]] for part in sums_of(measure))
    lists = {source.link for source in sources if source.link is not None}
    found = (case.observer.answers.members(name, case.month.ordinal) for name in sorted(lists))
    return frozenset().union(*found)


def coverage(seen: Reporting | None, reasons: Reasons) -> CoverageSection:
    """Coverage by number, and by last year's value of those that are expected."""
    if seen is None:
        reasons.given["coverage"] = "not_from_enterprises"
        return CoverageSection(expected=None, reported=None, by_value=None)
    last = {} if seen.last_year is None else seen.last_year.amounts
    due = sum(amount for code, amount in last.items() if code in seen.expected)
    there = sum(amount for code, amount in last.items() if code in seen.now.amounts)
    by_value = reasons.take("coverage.by_value", there / due if due > 0 else None, "no_last_year")
    reported = len(seen.expected & seen.now.amounts.keys())
    return CoverageSection(expected=len(seen.expected), reported=reported, by_value=by_value)


def _before(case: Case, frame: Measure) -> Shares | None:
    """Amounts a month before: the month before February is last year's December."""
    month: Month = case.month.plus(-1)
    if month.month == 1:
        month = month.plus(-1)
    found = case.observer.shares(frame, month)
    return None if isinstance(found, NotObserved) else found
