"""What is behind a figure: its enterprises now and a year ago, both sides of a ratio, and who they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.compile import sums_of
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.profiles import lists_of, profiles_of
from xicen_kpi.engine.amounts import Amounts
from xicen_kpi.plan.measure import RatioMeasure

if TYPE_CHECKING:
    from xicen_kpi.analysis.enterprises import Shares
    from xicen_kpi.analysis.profiles import Profiles
    from xicen_kpi.engine.amounts import Codes
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.period import Month
    from xicen_kpi.report.case import Case


class Side(NamedTuple):
    """A sum behind a figure, enterprise by enterprise.

    Attributes:
        measure: What was added up.
        now: This year.
        before: The same month of last year, from last year's own files; None where there is none.
        stated: The same, as this year's files state it (上年同期); None where they do not.
        month_ago: The month before (December before February), to see who has not reported.
    """

    measure: Measure
    now: Shares
    before: Shares | None
    stated: Shares | None
    month_ago: Shares | None

    @property
    def last(self) -> Amounts:
        """The amounts of last year's own files; nobody's where there are none."""
        return self.before.amounts if self.before else Amounts(self.now.amounts.book)


@dataclass(frozen=True)
class Behind:
    """Everything behind one figure.

    Attributes:
        of: The sum, or the numerator of a ratio.
        to: The denominator of a ratio.
        members: Codes of the park's members in the month.
        profiles: Who the enterprises are, now and a year ago.
    """

    of: Side
    to: Side | None
    members: Codes
    profiles: Profiles

    @property
    def frame(self) -> Side:
        """The side that says which enterprises are meant: a ratio's denominator."""
        return self.to or self.of

    @cached_property
    def expected(self) -> Codes:
        """Those that should report: they have, or they did a month ago and are still members."""
        now, earlier = self.frame.now, self.frame.month_ago
        return now.amounts.who if earlier is None else now.amounts.who | (self.members & earlier.amounts.who)

    @cached_property
    def missing(self) -> Codes:
        """未报单位: expected and not there."""
        return self.expected - self.frame.now.amounts.who


def look_behind(case: Case) -> Behind | None:
    """What is behind a figure; None where it is not made of enterprises' amounts."""
    if not isinstance(case.seen, Observation) or not sums_of(case.way):
        return None
    way, last = case.way, case.comparable.get(case.seen.basis)
    stated = last.ratio if isinstance(last, RatioMeasure) else None
    if isinstance(way, RatioMeasure):
        of = _side(case, way.ratio.of, stated.of if stated else None)
        to = _side(case, way.ratio.to, stated.to if stated else None)
    else:
        of, to = _side(case, way, last), None
    if of is None or (isinstance(way, RatioMeasure) and to is None):
        return None
    of, to = _without_largest(of, to, getattr(way, "except_largest", 0))
    lists = lists_of(case.plan, way)
    now, before = (_profiles(case, lists, month) for month in (case.month, case.month.plus(-12)))
    known = case.observer.once(("known", lists, case.month), lambda: now.or_else(before))
    return Behind(of, to, now.who, known)


def _side(case: Case, measure: Measure, stated: Measure | None) -> Side | None:
    now = _shares(case, measure, case.month)
    if now is None:
        return None
    back = case.month.plus(-1)
    month_ago = back.plus(-1) if back.month == 1 else back
    return Side(
        measure,
        now,
        _shares(case, measure, case.month.plus(-12)),
        None if stated is None else _shares(case, stated, case.month),
        _shares(case, measure, month_ago),
    )


def _without_largest(of: Side, to: Side | None, number: int) -> tuple[Side, Side | None]:
    """Both sides without so many of the largest, which in each period are those of the side that sets the frame."""
    if not number:
        return of, to
    frame = to or of

    def less(side: Side) -> Side:
        periods = ("now", "before", "stated", "month_ago")
        pairs = {name: (getattr(side, name), getattr(frame, name)) for name in periods}
        return side._replace(
            **{
                name: own.without(whole.largest(number))
                for name, (own, whole) in pairs.items()
                if own is not None and whole is not None
            },
        )

    return less(of), None if to is None else less(to)


def _shares(case: Case, measure: Measure, month: Month) -> Shares | None:
    found = case.observer.shares(measure, month)
    return None if isinstance(found, NotObserved) else found


def _profiles(case: Case, lists: tuple[str, ...], month: Month) -> Profiles:
    """Profiles of a month's members, worked out once for all indicators."""
    return case.observer.once(("profiles", lists, month), lambda: profiles_of(case.observer.answers, lists, month))
