"""From a measure and the engine's answers to an observation: the only place that knows both.

Time is declared on the column: a cumulative figure (1—本月) is read off at its month, a flow of single months is added
up from January, a level is read off, an annual form speaks at December only. The monthly forms have no January.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, assert_never

from xicen_kpi.analysis.compile import (
    count_question,
    done_question,
    latest_question,
    split,
    sum_question,
    sums_of,
)
from xicen_kpi.analysis.enterprises import Shares, by_enterprise
from xicen_kpi.analysis.holdings import Holdings
from xicen_kpi.analysis.observation import NotObserved, Observation, Step
from xicen_kpi.engine.question import GroupRule
from xicen_kpi.plan.measure import (
    CountDistinctMeasure,
    CountMeasure,
    DoneMeasure,
    FirstOfMeasure,
    LatestMeasure,
    Measure,
    RatioMeasure,
    SumMeasure,
    TotalMeasure,
)
from xicen_kpi.plan.model import Over
from xicen_kpi.plan.period import Month, Span
from xicen_kpi.plan.units import factor, same_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.engine.run import Answers
    from xicen_kpi.plan.model import Indicator, Plan

T = TypeVar("T")

NUMBER = "1"
"""Unit of a plain number."""


class Amount(NamedTuple):
    """A value on its way through a formula, with the steps that made it.

    Sides only where it is a quotient; a month only where it is older than the one asked about.
    """

    value: float
    unit: str
    steps: tuple[Step, ...]
    numerator: float | None = None
    denominator: float | None = None
    side_unit: str | None = None
    month: Month | None = None


@dataclass(frozen=True)
class Observer:
    """Reads observations off the answers to a drop.

    Attributes:
        plan: The plan.
        answers: The engine's answers to the questions of its measures.
        rule: How industry groups are read from codes.
    """

    plan: Plan
    answers: Answers
    rule: GroupRule = GroupRule.MIDDLE
    _known: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @cached_property
    def holdings(self) -> Holdings:
        """What the sources can say."""
        return Holdings(self.plan, self.answers)

    def at(self, indicator: Indicator, month: Month, basis: int | None = None) -> Observation | NotObserved:
        """The indicator's value at the end of a month, or why there is none.

        Args:
            indicator: What is measured.
            month: At whose end.
            basis: Only this one of several ways of measuring, by number.
        """
        ways = ways_of(indicator.measure)
        failures: list[NotObserved] = []
        for number, way in enumerate(ways):
            if basis not in (None, number):
                continue
            amount = self._of(indicator, way, month)
            if isinstance(amount, NotObserved):
                failures.append(amount)
            else:
                return self._observation(indicator, way, number, amount, month)
        return next((one for one in failures if one.reason != "annual_form"), failures[0])

    def shares(self, measure: Measure, month: Month) -> Shares | NotObserved:
        """A measure made of sums, enterprise by enterprise."""
        what: object = id(measure)
        if isinstance(measure, SumMeasure):  # several indicators may be made of the same sum
            what = sum_question(self.plan, measure, self.rule)
        return self.once(("shares", what, month), lambda: by_enterprise(self.holdings, measure, month, self.rule))

    def amount(self, measure: Measure, month: Month) -> Amount | NotObserved:
        """The value of a measure, each worked out once a month."""
        return self.once(("amount", id(measure), month), lambda: self._amount(measure, month))

    def once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """What a piece of work gives, done once for each key."""
        if key not in self._known:
            self._known[key] = work()
        found: T = self._known[key]
        return found

    def window(self, indicator: Indicator, month: Month) -> Span:
        """Months whose ledger entries count: the year's where the target is for a year, else the plan's."""
        yearly = indicator.target is not None and indicator.target.over is Over.YEAR
        return Span(month.year_start, month.year_end) if yearly else self.plan.plan.window

    def _of(self, indicator: Indicator, way: Measure, month: Month) -> Amount | NotObserved:
        if not isinstance(way, DoneMeasure):
            return self.amount(way, month)
        window = self.window(indicator, month)
        return self.once(("done", id(way), month, window), lambda: self._done(way, month, window))

    def _observation(self, indicator: Indicator, way: Measure, basis: int, amount: Amount, month: Month) -> Observation:
        counted = isinstance(way, CountMeasure | CountDistinctMeasure | DoneMeasure)
        scale = 1.0 if counted else factor(amount.unit, indicator.unit)
        steps = tuple(step._replace(unit=indicator.unit) for step in amount.steps) if counted else amount.steps
        return Observation(
            amount.value * scale,
            indicator.unit,
            self._covers(indicator, way, amount.month or month),
            steps,
            way.label,
            basis,
            way.proxy,
            amount.numerator,
            amount.denominator,
            amount.side_unit,
        )

    def _covers(self, indicator: Indicator, way: Measure, month: Month) -> Span:
        if isinstance(way, DoneMeasure):
            return Span(min(self.window(indicator, month).start, month), month)
        level = self.once(("level", id(way)), lambda: all(self.holdings.is_level(part.sum) for part in sums_of(way)))
        return Span(month, month) if level else Span.year_to(month)

    def _amount(self, measure: Measure, month: Month) -> Amount | NotObserved:  # noqa: PLR0911 -- one for each measure
        match measure:
            case SumMeasure():
                return self._sum(measure, month)
            case CountMeasure() | CountDistinctMeasure():
                return self._count(measure, month)
            case LatestMeasure():
                return self._latest(measure, month)
            case DoneMeasure():
                return self._done(measure, month, self.plan.plan.window)
            case RatioMeasure():
                return self._ratio(measure, month)
            case TotalMeasure():
                return self._total(measure, month)
            case FirstOfMeasure():
                found = [self.amount(way, month) for way in measure.first_of]
                return next((one for one in found if isinstance(one, Amount)), found[-1])
            case _:
                assert_never(measure)

    def _sum(self, measure: SumMeasure, month: Month) -> Amount | NotObserved:
        source_id, column = split(measure.sum)
        if measure.except_largest:
            return self._from_shares(measure, month, measure.except_largest)
        why = self.holdings.why_no_sum(measure, month)
        if why is not None:
            return why
        key = ("answer", id(measure))
        answer = self.once(key, lambda: self.answers.breakdowns[sum_question(self.plan, measure, self.rule)])
        tallies = [answer.total(one.ordinal) for one in self.holdings.months(measure.sum, month)]
        if not any(tally.rows for tally in tallies):
            return NotObserved("no_values", {"source": source_id, "column": column})
        unit = self.holdings.unit(measure.sum)
        value = math.fsum(tally.value or 0.0 for tally in tallies)
        rows, missing = sum(tally.rows for tally in tallies), sum(tally.missing for tally in tallies)
        return Amount(value, unit, (Step(source_id, column, value, unit, rows, missing),))

    def _count(self, measure: CountMeasure | CountDistinctMeasure, month: Month) -> Amount | NotObserved:
        question = count_question(measure, self.rule)
        why = self.holdings.why_no_count(question.source, measure.where, month, question.column)
        if why is not None:
            return why
        tally = self.answers.breakdowns[question].at(month.ordinal)
        value = tally.value or 0.0
        return Amount(
            value, NUMBER, (Step(question.source, question.column, value, NUMBER, tally.rows, tally.missing),)
        )

    def _latest(self, measure: LatestMeasure, month: Month) -> Amount | NotObserved:
        question = latest_question(measure)
        source_id, column = split(measure.latest)
        held = self.holdings.source(source_id)
        if isinstance(held, NotObserved):
            return held
        answer = self.answers.breakdowns[question]
        past = [one for one in answer.months() if one <= month.ordinal and answer.at(one).rows]
        if not past:
            return NotObserved("no_values", {"source": source_id, "column": column})
        last = Month.of_ordinal(max(past))
        blind = self.holdings.blind_to(source_id, measure.where, (last,))
        tally = answer.at(last.ordinal)
        if blind is not None or tally.value is None:
            return blind or NotObserved("two_values", {"source": source_id, "column": column})
        unit = self.holdings.unit(measure.latest)
        step = Step(source_id, column, tally.value, unit, tally.rows, tally.missing)
        return Amount(tally.value, unit, (step,), month=last)

    def _done(self, measure: DoneMeasure, month: Month, window: Span) -> Amount | NotObserved:
        held = self.holdings.source(measure.done)
        if isinstance(held, NotObserved):
            return held
        blind = self.holdings.blind_to(measure.done, measure.where, ())
        if blind is not None:
            return blind
        answer = self.answers.breakdowns[done_question(self.plan, measure)]
        last = min(month, window.end).ordinal
        entries = {
            key: tally.rows
            for one in answer.months()
            if window.start.ordinal <= one <= last
            for key, tally in answer.within(one).items()
        }
        value = float(len(entries))
        return Amount(value, NUMBER, (Step(measure.done, None, value, NUMBER, sum(entries.values()), 0),))

    def _ratio(self, measure: RatioMeasure, month: Month) -> Amount | NotObserved:
        if measure.except_largest:
            return self._ratio_without_largest(measure, month)
        of, to = self.amount(measure.ratio.of, month), self.amount(measure.ratio.to, month)
        if isinstance(of, NotObserved):
            return of
        return to if isinstance(to, NotObserved) else quotient(of, to)

    def _total(self, measure: TotalMeasure, month: Month) -> Amount | NotObserved:
        if measure.once_per is not None and self.once(("overlap", id(measure)), lambda: self._overlap(measure)):
            return self._from_shares(measure, month)
        parts = [self.amount(part, month) for part in measure.total]
        blocked = next((one for one in parts if isinstance(one, NotObserved) and one.reason != "no_values"), None)
        seen = [one for one in parts if isinstance(one, Amount)]
        if blocked is not None or not seen:
            return blocked or NotObserved("no_values", {})
        unit = seen[0].unit
        value = math.fsum(one.value * factor(one.unit, unit) for one in seen)
        return Amount(value, unit, tuple(step._replace(role="part") for one in seen for step in one.steps))

    def _overlap(self, measure: TotalMeasure) -> bool:
        """Whether an enterprise may stand in two parts, so that the parts cannot simply be added."""
        if not all(isinstance(part, SumMeasure) and not part.except_largest for part in measure.total):
            return True
        keys = [self.answers.breakdowns[sum_question(self.plan, part, self.rule)].keys for part in sums_of(measure)]
        return sum(map(len, keys)) > len(frozenset().union(*keys))

    def _from_shares(self, measure: Measure, month: Month, except_largest: int = 0) -> Amount | NotObserved:
        shares = self.shares(measure, month)
        if isinstance(shares, NotObserved):
            return shares
        if except_largest:
            shares = shares.without(shares.largest(except_largest))
        one = isinstance(measure, SumMeasure)
        steps = tuple(step._replace(role="") for step in shares.steps) if one else shares.steps
        return Amount(shares.total, shares.unit, steps)

    def _ratio_without_largest(self, measure: RatioMeasure, month: Month) -> Amount | NotObserved:
        of, to = self.shares(measure.ratio.of, month), self.shares(measure.ratio.to, month)
        if isinstance(of, NotObserved):
            return of
        if isinstance(to, NotObserved):
            return to
        largest = to.largest(measure.except_largest)
        sides = (side.without(largest) for side in (of, to))
        return quotient(*(Amount(side.total, side.unit, side.steps) for side in sides))


def ways_of(measure: Measure) -> tuple[Measure, ...]:
    """The ways of measuring that a measure offers, in order."""
    return measure.first_of if isinstance(measure, FirstOfMeasure) else (measure,)


def quotient(of: Amount, to: Amount) -> Amount | NotObserved:
    """A ratio of sums, both sides in one unit, as a plain number."""
    if not same_kind(of.unit, to.unit):
        return NotObserved("units_differ", {"of": of.unit, "to": to.unit})
    denominator = to.value * factor(to.unit, of.unit)
    if denominator == 0:
        return NotObserved("zero_denominator", {})
    steps = (
        *(step._replace(role="of") for step in of.steps),
        *(step._replace(role="to") for step in to.steps),
    )
    return Amount(of.value / denominator, NUMBER, steps, of.value, denominator, of.unit)
