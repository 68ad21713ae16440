"""What the sources of a drop can say of a month, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.compile import split
from xicen_kpi.analysis.observation import NotObserved
from xicen_kpi.plan.source import Counts, Frequency

if TYPE_CHECKING:
    from xicen_kpi.engine.run import Answers, Held
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.period import Month


@dataclass(frozen=True, slots=True)
class Holdings:
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

    def source(self, source_id: str) -> Held | NotObserved:
        """What a source holds, or that nothing of it could be read."""
        held = self.answers.held.get(source_id)
        return NotObserved("source_missing", {"source": source_id}) if held is None else held

    def at(self, source_id: str, month: Month, column: str | None = None) -> Held | NotObserved:
        """What a source holds, if it can speak of this month at all; else why not."""
        source = self.plan.sources[source_id]
        if source.frequency is Frequency.ANNUAL and month.month != 12:
            return NotObserved("annual_form", {"source": source_id})
        if source.no_january and month.month == 1:
            return NotObserved("january_exempt", {"source": source_id})
        held = self.source(source_id)
        if isinstance(held, NotObserved):
            return held
        if source.link is not None and source.link not in self.answers.held:
            return NotObserved("source_missing", {"source": source.link})
        if source.frequency is not Frequency.LIST and month.ordinal not in held.periods:
            return NotObserved("no_data_for_period", {"source": source_id})
        if column is not None and month.ordinal in held.absent.get(column, ()):
            return NotObserved("column_missing", {"source": source_id, "column": column})
        return held

    def months(self, reference: str, month: Month) -> tuple[Month, ...]:
        """Months whose rows make up the value at a month: that one, or January to it for flows of single months."""
        source_id, _ = split(reference)
        annual = self.plan.sources[source_id].frequency is Frequency.ANNUAL
        if annual or self.counts(reference) is not Counts.PERIOD:
            return (month,)
        return tuple(month.year_start.plus(step) for step in range(month.month))
