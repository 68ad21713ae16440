"""Values enterprise by enterprise: totals that count each once, and what is left without the largest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.compile import enterprise_column, split, sum_question, sums_of
from xicen_kpi.analysis.observation import NotObserved, Step
from xicen_kpi.engine.amounts import Amounts, Codes
from xicen_kpi.plan.units import factor

if TYPE_CHECKING:
    from xicen_kpi.analysis.holdings import Holdings
    from xicen_kpi.engine.question import GroupRule
    from xicen_kpi.plan.measure import Measure, SumMeasure
    from xicen_kpi.plan.period import Month


class Shares(NamedTuple):
    """A value by enterprise.

    Attributes:
        amounts: Amount of each enterprise that has one. [unit]
        unit: Their unit.
        steps: What each part adds, without the enterprises that an earlier part has.
    """

    amounts: Amounts
    unit: str
    steps: tuple[Step, ...]

    @property
    def total(self) -> float:
        """The sum over all enterprises, in the unit of the amounts."""
        return self.amounts.total

    def without(self, codes: frozenset[str]) -> Shares:
        """The same without some enterprises; a last step of the trail takes them away again."""
        left_out = self.amounts.among(Codes.of(codes, self.amounts.book))
        kept = self.amounts.among(self.amounts.who - left_out.who)
        first = self.steps[0]
        step = Step(first.source, first.column, -left_out.total, self.unit, len(left_out), 0, "less")
        return Shares(kept, self.unit, (*self.steps, step))

    def largest(self, number: int) -> frozenset[str]:
        """Codes of so many of the largest, ties by code."""
        return frozenset(self.amounts.largest(number))


def by_enterprise(holdings: Holdings, measure: Measure, month: Month, rule: GroupRule) -> Shares | NotObserved:
    """Amount of each enterprise inside a measure made of sums, in the unit of its first sum.

    Where several sources have an enterprise, the first that the plan names wins: it counts once.
    """
    amounts = Amounts(holdings.answers.book)
    steps: list[Step] = []
    sums = sums_of(measure)
    if not all(enterprise_column(holdings.plan, split(part.sum)[0]) for part in sums):
        return NotObserved("not_from_enterprises", {})
    unit = holdings.unit(sums[0].sum)
    for part in sums:
        why = holdings.why_no_sum(part, month)
        if why is not None:
            return why
        own, step = _part(holdings, part, month, rule, unit, amounts.who)
        amounts = amounts.plus(own)
        steps.append(step)
    return Shares(amounts, unit, tuple(steps)) if amounts else NotObserved("no_values", {"source": steps[0].source})


def _part(
    holdings: Holdings, part: SumMeasure, month: Month, rule: GroupRule, unit: str, taken: Codes
) -> tuple[Amounts, Step]:
    """What one part of a total adds: the enterprises that no earlier part has."""
    source_id, column = split(part.sum)
    scale = factor(holdings.unit(part.sum), unit)
    answer = holdings.answers.breakdowns[sum_question(holdings.plan, part, rule)]
    own = Amounts(holdings.answers.book)
    rows = missing = 0
    for one in holdings.months(part.sum, month):
        told = answer.dense(one.ordinal)
        found = told.amounts.among(told.amounts.who - taken) if taken else told.amounts
        own = own.plus(found if scale == 1 else found.times(scale))
        rows += int(told.rows[found.who.there].sum())
        missing += int(told.missing.sum())
    return own, Step(source_id, column, own.total, unit, rows, missing, "part")
