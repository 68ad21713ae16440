"""From a measure and the engine's answers to an observation: the only place that knows both.

Time is declared on the column: a cumulative figure (1—本月) is read off at its month, a flow of single months is added up
from January, a level is read off, an annual form speaks at December only. January has no observation in the monthly forms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from xicen_kpi.analysis.compile import (
    count_question,
    done_question,
    enterprise_sums,
    latest_question,
    split,
    sum_question,
)
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
from xicen_kpi.plan.period import Month, Span
from xicen_kpi.plan.source import Counts, Frequency
from xicen_kpi.plan.units import factor, same_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xicen_kpi.engine.question import Question, Tally
    from xicen_kpi.engine.run import Answers, Held
    from xicen_kpi.plan.model import Indicator, Plan
    from xicen_kpi.plan.source import Source

_PIECES = "个"


@dataclass(frozen=True, slots=True)
class Amount:
    """A value on its way through a formula, with the steps that made it."""

    value: float
    unit: str
    steps: tuple[Step, ...]
    numerator: float | None = None
    denominator: float | None = None
    side_unit: str | None = None


@dataclass(frozen=True, slots=True)
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

    def at(self, indicator: Indicator, month: Month) -> Observation | NotObserved:
        """The indicator's value at the end of a month, or why there is none."""
        measure = indicator.measure
        ways = measure.first_of if isinstance(measure, FirstOfMeasure) else (measure,)
        failures: list[NotObserved] = []
        for basis, way in enumerate(ways):
            amount = self._amount(way, month, indicator)
            if isinstance(amount, NotObserved):
                failures.append(amount)
                continue
            return self._observation(indicator, way, basis, amount, month)
        return next((one for one in reversed(failures) if one.reason != "annual_form"), failures[0])

    def _observation(
        self, indicator: Indicator, way: Measure, basis: int, amount: Amount, month: Month
    ) -> Observation:
        scale = factor(amount.unit, indicator.unit)
        return Observation(
            amount.value * scale,
            indicator.unit,
            self._covers(indicator, way, month),
            amount.steps,
            way.label,
            basis,
            way.proxy,
            amount.numerator,
            amount.denominator,
            amount.side_unit,
        )

    def _covers(self, indicator: Indicator, way: Measure, month: Month) -> Span:
        if isinstance(way, DoneMeasure):
            window = self.plan.plan.window
            return Span(min(window.start, month), month)
        if isinstance(way, CountMeasure | CountDistinctMeasure | LatestMeasure):
            return Span(month, month)
        sums = enterprise_sums_or_none(way)
        counts = {self._counts(part) for part in sums}
        return Span(month, month) if counts == {Counts.LEVEL} else Span.year_to(month)

    def _counts(self, measure: SumMeasure) -> Counts:
        source, column = split(measure.sum)
        return self.plan.sources[source].columns[column].counts or Counts.PERIOD

    # -- the formula

    def _amount(self, measure: Measure, month: Month, indicator: Indicator) -> Amount | NotObserved:
        match measure:
            case SumMeasure():
                return self._sum(measure, month)
            case CountMeasure() | CountDistinctMeasure():
                return self._count(measure, month)
            case LatestMeasure():
                return self._latest(measure, month)
            case DoneMeasure():
                return self._done(measure, month)
            case RatioMeasure():
                return self._ratio(measure, month, indicator)
            case TotalMeasure():
                return self._total(measure, month, indicator)
            case FirstOfMeasure():
                found = [self._amount(way, month, indicator) for way in measure.first_of]
                return next((one for one in found if isinstance(one, Amount)), found[-1])
            case _:
                assert_never(measure)

    def _sum(self, measure: SumMeasure, month: Month) -> Amount | NotObserved:
        if measure.except_largest:
            return self._without_largest(measure, measure.except_largest, month)
        source_id, column = split(measure.sum)
        held = self._held(source_id, month, column)
        if isinstance(held, NotObserved):
            return held
        tallies = [
            self._tally(sum_question(measure, rule=self.rule), one.ordinal)
            for one in self._months(source_id, column, month)
        ]
        if not any(tally.rows for tally in tallies):
            return NotObserved("no_values", {"source": source_id, "column": column})
        unit = self.plan.sources[source_id].columns[column].unit or "1"
        value = sum(tally.value or 0.0 for tally in tallies)
        rows, missing = sum(tally.rows for tally in tallies), sum(tally.missing for tally in tallies)
        return Amount(value, unit, (Step(source_id, column, value, unit, rows, missing),))

    def _count(self, measure: CountMeasure | CountDistinctMeasure, month: Month) -> Amount | NotObserved:
        question = count_question(measure, self.rule)
        held = self._held(question.source, month, question.column)
        if isinstance(held, NotObserved):
            return held
        tally = self._tally(question, month.ordinal)
        value = tally.value or 0.0
        step = Step(question.source, question.column, value, _PIECES, tally.rows, tally.missing)
        return Amount(value, _PIECES, (step,))

    def _latest(self, measure: LatestMeasure, month: Month) -> Amount | NotObserved:
        question = latest_question(measure)
        held = self._source(question.source)
        if isinstance(held, NotObserved):
            return held
        past = [key[0] for key in self.answers.breakdowns[question].cells if key[0] <= month.ordinal]
        tally = self._tally(question, max(past)) if past else None
        if tally is None or tally.value is None:
            reason = "two_values" if tally and tally.rows else "no_values"
            return NotObserved(reason, {"source": question.source})
        source_id, column = split(measure.latest)
        unit = self.plan.sources[source_id].columns[column].unit or "1"
        return Amount(tally.value, unit, (Step(source_id, column, tally.value, unit, tally.rows, tally.missing),))

    def _done(self, measure: DoneMeasure, month: Month) -> Amount | NotObserved:
        held = self._source(measure.done)
        if isinstance(held, NotObserved):
            return held
        question = done_question(self.plan, measure)
        window = self.plan.plan.window
        entries = {
            key[1:]: tally.rows
            for key, tally in self.answers.breakdowns[question].cells.items()
            if window.start.ordinal <= key[0] <= min(month, window.end).ordinal
        }
        value = float(len(entries))
        return Amount(value, _PIECES, (Step(measure.done, None, value, _PIECES, sum(entries.values()), 0),))

    def _ratio(self, measure: RatioMeasure, month: Month, indicator: Indicator) -> Amount | NotObserved:
        if measure.except_largest:
            return self._ratio_without_largest(measure, month)
        of = self._amount(measure.ratio.of, month, indicator)
        to = self._amount(measure.ratio.to, month, indicator)
        if isinstance(of, NotObserved):
            return of
        if isinstance(to, NotObserved):
            return to
        return _quotient(of, to)

    def _total(self, measure: TotalMeasure, month: Month, indicator: Indicator) -> Amount | NotObserved:
        if measure.once_per is not None:
            return self._enterprises_amount(measure, month)
        parts = [self._amount(part, month, indicator) for part in measure.total]
        blocked = next((one for one in parts if isinstance(one, NotObserved) and one.reason != "no_values"), None)
        seen = [one for one in parts if isinstance(one, Amount)]
        if blocked is not None or not seen:
            return blocked or NotObserved("no_values", {})
        unit = seen[0].unit
        value = sum(one.value * factor(one.unit, unit) for one in seen)
        return Amount(value, unit, tuple(step for one in seen for step in one.steps))

    # -- enterprise by enterprise

    def by_enterprise(
        self, measure: Measure, month: Month, unit: str | None = None
    ) -> dict[str, float] | NotObserved:
        """Amount of each enterprise inside a measure made of sums. [unit, else the first sum's unit]

        In a total, an enterprise counts once: the first part that has it wins.
        """
        amounts: dict[str, float] = {}
        for part, by in enterprise_sums(self.plan, measure):
            source_id, column = split(part.sum)
            held = self._held(source_id, month, column)
            if isinstance(held, NotObserved):
                return held
            own = self.plan.sources[source_id].columns[column].unit or "1"
            unit = unit or own
            scale = factor(own, unit)
            fresh: dict[str, float] = {}
            for one in self._months(source_id, column, month):
                for key, tally in self._breakdown(sum_question(part, by=by, rule=self.rule)).within(one.ordinal):
                    if tally.value is not None and key[0] not in amounts:
                        fresh[key[0]] = fresh.get(key[0], 0.0) + tally.value * scale
            amounts |= fresh
        return amounts

    def _enterprises_amount(self, measure: Measure, month: Month) -> Amount | NotObserved:
        amounts = self.by_enterprise(measure, month)
        if isinstance(amounts, NotObserved):
            return amounts
        if not amounts:
            return NotObserved("no_values", {})
        sums = enterprise_sums(self.plan, measure)
        source_id, column = split(sums[0][0].sum)
        unit = self.plan.sources[source_id].columns[column].unit or "1"
        return Amount(sum(amounts.values()), unit, self._part_steps(sums, month, unit))

    def _part_steps(
        self, sums: Iterable[tuple[SumMeasure, tuple[str, ...]]], month: Month, unit: str
    ) -> tuple[Step, ...]:
        """What each part adds, without the enterprises that an earlier part has."""
        steps: list[Step] = []
        taken: set[str] = set()
        for part, by in sums:
            source_id, column = split(part.sum)
            own = self.plan.sources[source_id].columns[column].unit or "1"
            value, rows, missing = 0.0, 0, 0
            names: set[str] = set()
            for one in self._months(source_id, column, month):
                for key, tally in self._breakdown(sum_question(part, by=by, rule=self.rule)).within(one.ordinal):
                    missing += tally.missing
                    if tally.value is not None and key[0] not in taken:
                        value, rows = value + tally.value * factor(own, unit), rows + tally.rows
                        names.add(key[0])
            taken |= names
            steps.append(Step(source_id, column, value, unit, rows, missing, "part"))
        return tuple(steps)

    def _without_largest(self, measure: Measure, number: int, month: Month) -> Amount | NotObserved:
        amounts = self.by_enterprise(measure, month)
        if isinstance(amounts, NotObserved):
            return amounts
        kept = sorted(amounts.values(), reverse=True)[number:]
        if not kept:
            return NotObserved("no_values", {})
        source_id, column = split(enterprise_sums(self.plan, measure)[0][0].sum)
        unit = self.plan.sources[source_id].columns[column].unit or "1"
        return Amount(sum(kept), unit, (Step(source_id, column, sum(kept), unit, len(kept), 0),))

    def _ratio_without_largest(self, measure: RatioMeasure, month: Month) -> Amount | NotObserved:
        to = self.by_enterprise(measure.ratio.to, month)
        of = self.by_enterprise(measure.ratio.of, month)
        if isinstance(of, NotObserved):
            return of
        if isinstance(to, NotObserved):
            return to
        largest = set(sorted(to, key=lambda code: (-to[code], code))[: measure.except_largest])
        sides: list[Amount] = []
        for side, amounts in ((measure.ratio.of, of), (measure.ratio.to, to)):
            source_id, column = split(enterprise_sums(self.plan, side)[0][0].sum)
            unit = self.plan.sources[source_id].columns[column].unit or "1"
            kept = [amount for code, amount in amounts.items() if code not in largest]
            sides.append(Amount(sum(kept), unit, (Step(source_id, column, sum(kept), unit, len(kept), 0),)))
        return _quotient(*sides)

    # -- what a source holds

    def _source(self, source_id: str) -> Held | NotObserved:
        held = self.answers.held.get(source_id)
        return NotObserved("source_missing", {"source": source_id}) if held is None else held

    def _held(self, source_id: str, month: Month, column: str | None) -> Held | NotObserved:
        """What the source holds, if it can speak of this month at all."""
        source = self.plan.sources[source_id]
        if source.frequency is Frequency.ANNUAL and month.month != 12:
            return NotObserved("annual_form", {"source": source_id})
        if source.no_january and month.month == 1:
            return NotObserved("january_exempt", {"source": source_id})
        held = self._source(source_id)
        if isinstance(held, NotObserved):
            return held
        if source.link is not None and source.link not in self.answers.held:
            return NotObserved("source_missing", {"source": source.link})
        if source.frequency is not Frequency.LIST and month.ordinal not in held.periods:
            return NotObserved("no_data_for_period", {"source": source_id})
        if column is not None and month.ordinal in held.absent.get(column, ()):
            return NotObserved("column_missing", {"source": source_id, "column": column})
        return held

    def _months(self, source_id: str, column: str, month: Month) -> tuple[Month, ...]:
        """Months whose rows make up the value at a month: one, but for flows of single months."""
        source: Source = self.plan.sources[source_id]
        if source.columns[column].counts is not Counts.PERIOD or source.frequency is Frequency.ANNUAL:
            return (month,)
        return tuple(month.year_start.plus(step) for step in range(month.month))

    def _breakdown(self, question: Question):  # type: ignore[no-untyped-def]
        return self.answers.breakdowns[question]

    def _tally(self, question: Question, period: int) -> Tally:
        return self.answers.breakdowns[question].at(period)


def enterprise_sums_or_none(measure: Measure) -> list[SumMeasure]:
    """The sums inside a measure."""
    match measure:
        case SumMeasure():
            return [measure]
        case TotalMeasure():
            return [found for part in measure.total for found in enterprise_sums_or_none(part)]
        case RatioMeasure():
            return [*enterprise_sums_or_none(measure.ratio.of), *enterprise_sums_or_none(measure.ratio.to)]
        case FirstOfMeasure():
            return [found for way in measure.first_of for found in enterprise_sums_or_none(way)]
        case _:
            return []


def _quotient(of: Amount, to: Amount) -> Amount | NotObserved:
    """A ratio of sums, both sides in one unit. [1]"""
    if not same_kind(of.unit, to.unit):
        return NotObserved("units_differ", {"of": of.unit, "to": to.unit})
    denominator = to.value * factor(to.unit, of.unit)
    if denominator == 0:
        return NotObserved("zero_denominator", {})
    steps = (
        *(replace(step, role="of") for step in of.steps),
        *(replace(step, role="to") for step in to.steps),
    )
    return Amount(of.value / denominator, "1", steps, of.value, denominator, of.unit)
