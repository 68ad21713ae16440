"""What the sources of a drop can say of a month, and what their columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.compile import filter_columns, split
from xicen_kpi.analysis.observation import NotObserved
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import CellType, Counts, Frequency

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from xicen_kpi.engine.run import Answers, Held
    from xicen_kpi.plan.measure import SumMeasure, Where
    from xicen_kpi.plan.model import Plan

PLACING = (CellType.TAGS, CellType.INDUSTRY)
"""Columns of a list that place an enterprise in an industry group."""


class Holdings(NamedTuple):
    """The plan's declarations beside what was found in the drop."""

    plan: Plan
    answers: Answers

    def unit(self, reference: str) -> str:
        """Unit of source.column."""
        source_id, column = split(reference)
        return self.plan.sources[source_id].columns[column].unit or "1"

    def counts(self, reference: str) -> Counts:
        """What source.column covers in time; a number that does not say is a flow of its period."""
        source_id, column = split(reference)
        return self.plan.sources[source_id].columns[column].counts or Counts.PERIOD

    def is_level(self, reference: str) -> bool:
        """Whether source.column is a state at the end of a month."""
        return self.counts(reference) is Counts.LEVEL

    def source(self, source_id: str) -> Held | NotObserved:
        """What a source holds, or that nothing of it could be read."""
        held = self.answers.held.get(source_id)
        return NotObserved("source_missing", {"source": source_id}) if held is None else held

    def at(self, source_id: str, month: Month, column: str | None = None) -> Held | NotObserved:
        """What a source holds, if it can speak of this month at all; else why not."""
        held, source = self.source(source_id), self.plan.sources[source_id]
        if isinstance(held, NotObserved):
            return held
        exempt = self._exempt(source_id, month)
        if exempt is not None:
            return exempt
        if source.link is not None and source.link not in self.answers.held:
            return NotObserved("source_missing", {"source": source.link})
        if source.frequency is not Frequency.LIST and month.ordinal not in held.periods:
            return NotObserved("no_data_for_period", {"source": source_id})
        lost = column is not None and month.ordinal in held.absent.get(column, ())
        return NotObserved("column_missing", {"source": source_id, "column": column or ""}) if lost else held

    def why_no_sum(self, measure: SumMeasure, month: Month) -> NotObserved | None:
        """Why there is no sum at a month: a month that it is made of, or a column, is missing; None where there is."""
        source_id, column = split(measure.sum)
        months = (month, *(one for one in reversed(self.months(measure.sum, month)) if one != month))
        for one in months:
            held = self.at(source_id, one, column)
            if isinstance(held, NotObserved):
                return held
        return self.blind_to(source_id, measure.where, months)

    def why_no_count(self, source_id: str, where: Where, month: Month, column: str | None) -> NotObserved | None:
        """Why rows cannot be counted at a month; None where they can."""
        held = self.at(source_id, month, column)
        return held if isinstance(held, NotObserved) else self.blind_to(source_id, where, (month,))

    def blind_to(self, source_id: str, where: Where, months: Collection[Month]) -> NotObserved | None:
        """Why it cannot be told which rows of these months count: a column that decides it is missing from a file."""
        source = self.plan.sources[source_id]
        if not any(
            held.absent for name in (source_id, source.link) if (held := self.answers.held.get(name or "")) is not None
        ):
            return None
        own = {*source.key, *filter_columns(where), *([source.dated] if source.dated else [])}
        found = self._lacks(source_id, own & source.columns.keys(), months)
        if found is None and source.link is not None:
            listed = self.plan.sources[source.link]
            wanted = filter_columns(where) - source.columns.keys()
            if where.names_group:
                wanted |= {name for kind in PLACING for name in listed.columns_by_type.get(kind, [])}
            found = self._lacks(source.link, wanted, months)
        return found

    def _exempt(self, source_id: str, month: Month) -> NotObserved | None:
        source = self.plan.sources[source_id]
        if source.frequency is Frequency.ANNUAL and month.month != 12:
            return NotObserved("annual_form", {"source": source_id})
        exempt = source.no_january and month.month == 1
        return NotObserved("january_exempt", {"source": source_id}) if exempt else None

    def _lacks(self, source_id: str, names: AbstractSet[str], months: Collection[Month]) -> NotObserved | None:
        source, held = self.plan.sources[source_id], self.source(source_id)
        if isinstance(held, NotObserved):
            return None
        timeless = source.frequency in (Frequency.LIST, Frequency.LEDGER)
        wanted = {month.ordinal for month in months}
        for name in sorted(names & held.absent.keys()):
            column = source.columns[name]
            if column.optional or column.type is CellType.MONTH:
                continue
            if timeless or wanted & held.absent[name]:
                return NotObserved("column_missing", {"source": source_id, "column": name})
        return None

    def months(self, reference: str, month: Month) -> tuple[Month, ...]:
        """Months whose rows make up the value at a month: that one, or January to it for flows of single months."""
        source = self.plan.sources[split(reference)[0]]
        if source.frequency is Frequency.ANNUAL or self.counts(reference) is not Counts.PERIOD:
            return (month,)
        first = 2 if source.no_january else 1
        step = 3 if source.frequency is Frequency.QUARTERLY else 1
        return tuple(Month(month.year, one) for one in range(max(first, step), month.month + 1, step))
