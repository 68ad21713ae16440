"""A figure enterprise by enterprise, as it counts and as the files have it: what two drops are told apart by."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from xicen_kpi.analysis.compile import done_question, enterprise_column, questions, split, sums_of
from xicen_kpi.analysis.enterprises import Shares
from xicen_kpi.analysis.holdings import Holdings
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.observe import Observer, ways_of
from xicen_kpi.engine.amounts import Amounts as ByCode
from xicen_kpi.engine.question import Ask, Question
from xicen_kpi.engine.run import answer
from xicen_kpi.plan.measure import (
    CountMeasure,
    DoneMeasure,
    RatioMeasure,
    SumMeasure,
    TotalMeasure,
)
from xicen_kpi.plan.units import factor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.engine.run import Answers
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Indicator, Plan
    from xicen_kpi.plan.period import Month
    from xicen_kpi.read.drop import Drop

WHOLE = ""
"""Stands for what cannot be told apart by enterprise."""

Amounts = dict[str, float]


@dataclass(frozen=True)
class Side:
    """One side of a quotient, or a figure that is none.

    Attributes:
        counted: What each enterprise adds, in the unit of the figure or of the numerator.
        raw: What the files have of each enterprise, whether it counts or not, in the same unit.
    """

    counted: Amounts
    raw: Amounts

    @cached_property
    def total(self) -> float:
        """The sum of what counts."""
        return math.fsum(self.counted.values())


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure at a month, taken apart.

    Attributes:
        observation: The figure.
        above: What stands above the fraction line, or the whole figure.
        below: What stands below it; None for a figure that is no quotient.
    """

    observation: Observation
    above: Side
    below: Side | None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Both sides of a quotient, or the figure alone."""
        return (self.above,) if self.below is None else (self.above, self.below)


@dataclass
class Taken:
    """A drop under a plan, and the answers that a comparison asks for.

    Attributes:
        plan: The plan.
        answers: Answers to the questions of its measures, and to the same without any filter.
    """

    plan: Plan
    answers: Answers
    observer: Observer = field(init=False)

    def __post_init__(self) -> None:
        self.observer = Observer(self.plan, self.answers)

    @classmethod
    def of(cls, plan: Plan, drop: Drop, months: Sequence[int]) -> Taken:
        """Asks a drop."""
        return cls(plan, answer(plan, drop, asks(plan), months))

    def at(self, indicator: Indicator, month: Month, basis: int | None = None) -> Seen | None:
        """The figure at a month; None where there is none."""
        seen = self.observer.at(indicator, month, basis)
        if not isinstance(seen, Observation):
            return None
        way = ways_of(indicator.measure)[seen.basis]
        if isinstance(way, RatioMeasure) and seen.numerator is not None and seen.denominator is not None:
            unit = str(seen.numerator_unit)
            left = self._largest(way, seen)
            above = self._side(way.ratio.of, seen, unit, seen.numerator, left)
            return Seen(seen, above, self._side(way.ratio.to, seen, unit, seen.denominator, left))
        return Seen(seen, self._side(way, seen, indicator.unit, seen.value, frozenset()), None)

    def knows(self, indicator: Indicator, code: str, month: Month) -> bool:
        """Whether an enterprise was on a list, or had reported before, when the drop was made."""
        lists = {self.plan.sources[split(part.sum)[0]].link for part in sums_of(indicator.measure)}
        if any(code in self.answers.members(name, month.ordinal) for name in lists if name is not None):
            return True
        unfiltered = (self.answers.breakdowns.get(one) for one in _unfiltered(self.plan, indicator.measure))
        return any((code,) in told.within(one) for told in unfiltered if told is not None for one in told.months())

    # -- the figure taken apart

    def _largest(self, way: RatioMeasure, seen: Observation) -> frozenset[str]:
        if not way.except_largest:
            return frozenset()
        shares = self.observer.shares(way.ratio.to, seen.month)
        return shares.largest(way.except_largest) if isinstance(shares, Shares) else frozenset()

    def _side(self, measure: Measure, seen: Observation, unit: str, total: float, left: frozenset[str]) -> Side:
        counted = self._counted(measure, seen, unit)
        for code in left:
            counted.pop(code, None)
        raw = self._raw(measure, seen, unit) if sums_of(measure) else dict(counted)
        rest = total - math.fsum(counted.values())
        if abs(rest) > 1e-9 * max(abs(total), 1e-9):
            counted[WHOLE] = raw[WHOLE] = rest
        return Side(counted, raw)

    def _counted(self, measure: Measure, seen: Observation, unit: str) -> Amounts:
        match measure:
            case SumMeasure() | TotalMeasure() if sums_of(measure):
                return self._shares(measure, seen.month, unit)
            case DoneMeasure():
                told = self.answers.breakdowns[done_question(self.plan, measure)]
                span = range(seen.period.start.ordinal, seen.period.end.ordinal + 1)
                return {" ".join(map(str, key)): 1.0 for month in span for key in told.within(month)}
            case CountMeasure():
                question = _count_by_code(self.plan, measure)
                if question is None:
                    return {}
                within = self.answers.breakdowns[question].within(seen.month.ordinal)
                return {str(code): tally.value or 0.0 for (code,), tally in within.items()}
            case _:
                return {}

    def _shares(self, measure: SumMeasure | TotalMeasure, month: Month, unit: str) -> Amounts:
        if isinstance(measure, TotalMeasure) and measure.once_per is None:
            found: Amounts = {}
            for part in measure.total:
                if isinstance(part, SumMeasure | TotalMeasure):
                    for code, amount in self._shares(part, month, unit).items():
                        found[code] = found.get(code, 0.0) + amount
            return found
        shares = self.observer.shares(measure, month)
        if isinstance(shares, NotObserved):
            return {}
        if isinstance(measure, SumMeasure) and measure.except_largest:
            shares = shares.without(shares.largest(measure.except_largest))
        return dict(shares.amounts.times(factor(shares.unit, unit)).items())

    def _raw(self, measure: Measure, seen: Observation, unit: str) -> Amounts:
        """What the files have, the first part of a total that has the enterprise."""
        holdings = Holdings(self.plan, self.answers)
        once = isinstance(measure, TotalMeasure) and measure.once_per is not None
        found: Amounts = {}
        for part in sums_of(measure):
            question = _sum_by_code(self.plan, part)
            told = None if question is None else self.answers.breakdowns.get(question)
            if told is None:
                continue
            scale = factor(holdings.unit(part.sum), unit)
            months = (told.dense(month.ordinal).amounts.times(scale) for month in holdings.months(part.sum, seen.month))
            for code, amount in reduce(ByCode.plus, months).items():
                found[code] = found.get(code, amount) if once else found.get(code, 0.0) + amount
        return found


def asks(plan: Plan) -> tuple[Question, ...]:
    """What a comparison asks of a drop: each figure, and the same without any filter."""
    measures = [indicator.measure for indicator in plan.indicators.values()]
    return tuple(one for measure in measures for own in (questions, _unfiltered) for one in own(plan, measure))


def _unfiltered(plan: Plan, measure: Measure) -> Iterator[Question]:
    """The same questions about every row, by enterprise."""
    for part in sums_of(measure):
        question = _sum_by_code(plan, part)
        if question is not None:
            yield question
    for way in ways_of(measure):
        if isinstance(way, CountMeasure) and (question := _count_by_code(plan, way)) is not None:
            yield question


def _sum_by_code(plan: Plan, part: SumMeasure) -> Question | None:
    source, column = split(part.sum)
    code = enterprise_column(plan, source)
    return None if code is None else Question(source, Ask.SUM, column, by=(code,))


def _count_by_code(plan: Plan, measure: CountMeasure) -> Question | None:
    """How many rows that count, by enterprise: its filter is the measure's own."""
    code = enterprise_column(plan, measure.count)
    own = next(questions(plan, measure))
    return None if code is None else Question(own.source, Ask.COUNT, None, own.rows, (code,), own.rule)
