"""One indicator as it is about to be assessed: its target, its observation, and the years behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xicen_kpi.analysis.compile import sums_of
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.observe import ways_of
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.verdict import Cuts
from xicen_kpi.plan.measure import CountDistinctMeasure, CountMeasure, DoneMeasure, RatioMeasure
from xicen_kpi.plan.model import Kind, Over
from xicen_kpi.plan.period import Span
from xicen_kpi.plan.source import Counts, Frequency
from xicen_kpi.report.timeline import History, complete_years

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xicen_kpi.analysis.comparison import Direction
    from xicen_kpi.analysis.observe import Observer
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Indicator, Plan
    from xicen_kpi.plan.period import Month


def kind_of(plan: Plan, indicator: Indicator) -> Kind:
    """What sort of quantity it is: declared, else from its measure."""
    if indicator.kind is not None:
        return indicator.kind
    way = ways_of(indicator.measure)[0]
    if isinstance(way, RatioMeasure):
        return Kind.RATIO
    if isinstance(way, DoneMeasure):
        return Kind.COUNT
    if isinstance(way, CountMeasure | CountDistinctMeasure):
        return Kind.LEVEL
    covers = {plan.sources[s].columns[c].counts for s, _, c in (part.sum.partition(".") for part in sums_of(way))}
    return Kind.LEVEL if covers <= {Counts.LEVEL} else Kind.FLOW


def cuts_of(plan: Plan) -> Cuts:
    """Where the plan's states are cut."""
    declared = plan.settings.cuts
    return Cuts(
        flow_ahead=max(Cuts().flow_ahead, declared.flow[0]),
        flow_on_track=declared.flow[0],
        flow_at_risk=declared.flow[1],
        level_on_track=declared.level[0],
        level_at_risk=declared.level[1],
    )


@dataclass
class Reasons:
    """Collects why a number is null, by the key under which it would stand."""

    given: dict[str, str] = field(default_factory=dict)

    def take(self, key: str, value: float | Reason | None, otherwise: str = "not_applicable") -> float | None:
        """The number, or None with the reason noted under the key."""
        if isinstance(value, Reason):
            self.given[key] = value.value
            return None
        if value is None:
            self.given[key] = otherwise
        return value


@dataclass(frozen=True)
class Case:
    """What is known of one indicator.

    Attributes:
        id: Its id.
        plan: The plan.
        indicator: Its declaration.
        observer: Reads values at other months.
        as_of: The month asked about.
        seen: The observation, or why there is none.
        comparable: The same measure over 上年同期, by way of measuring.
        outer: Where industry groups are in play: observers that read them at their narrowest and at their widest.
    """

    id: str
    plan: Plan
    indicator: Indicator
    observer: Observer
    as_of: Month
    seen: Observation | NotObserved
    comparable: Mapping[int, Measure | None]
    outer: tuple[Observer, Observer] | None = None

    @cached_property
    def kind(self) -> Kind:
        """Flow, level, ratio or count."""
        return kind_of(self.plan, self.indicator)

    @property
    def month(self) -> Month:
        """The month whose figure is shown."""
        return self.seen.month if isinstance(self.seen, Observation) else self.as_of

    @property
    def value(self) -> float | None:
        """The value that is assessed: the bureau's confirmed one where there is one."""
        if not isinstance(self.seen, Observation):
            return None
        return self.seen.value if self.confirmed is None else self.confirmed

    @property
    def confirmed(self) -> float | None:
        """核定数 of the month, or of the whole year at its December."""
        return self.confirmed_at(self.month)

    def confirmed_at(self, month: Month) -> float | None:
        """核定数 of a month; that of a whole year holds at its December."""
        spans = {Span.parse(key): float(value) for key, value in self.indicator.confirmed.items()}
        whole_year = spans.get(Span(month.year_start, month)) if month.month == 12 else None
        return spans.get(Span(month, month), whole_year)

    def value_at(self, month: Month) -> float | None:
        """The value at another month: the confirmed one where there is one."""
        confirmed = self.confirmed_at(month)
        if confirmed is not None:
            return confirmed
        seen = self.observed_at(month)
        return None if seen is None else seen.value

    @property
    def direction(self) -> Direction:
        """+1 where more is wanted."""
        return -1 if self.indicator.target is not None and self.indicator.target.direction < 0 else 1

    @property
    def target(self) -> float | None:
        """The number promised; for a mere direction, the baseline to be bettered."""
        if self.indicator.target is None:
            return None
        if self.indicator.target.value is None:
            return None if self.indicator.baseline is None else float(self.indicator.baseline.value)
        return self.indicator.target.value

    @property
    def baseline(self) -> float | None:
        """Value before the plan."""
        return None if self.indicator.baseline is None else float(self.indicator.baseline.value)

    @property
    def in_target_year(self) -> bool:
        """Whether the figure belongs to the year that the target is about."""
        return self.indicator.target is not None and self.month.year == self.indicator.target.by.year

    @property
    def over_plan(self) -> bool:
        """Whether the target is a sum over the whole plan."""
        return self.indicator.target is not None and self.indicator.target.over is Over.PLAN

    @property
    def yearly(self) -> bool:
        """Whether the target is for the sum of one year, with which a part of another year has nothing to do."""
        return self.kind is Kind.FLOW or (self.kind is Kind.COUNT and not self.over_plan)

    @property
    def window(self) -> Span:
        """Months over which the way to the target runs: the year of a yearly one, else the plan."""
        by = None if self.indicator.target is None else self.indicator.target.by
        return self.plan.plan.window if by is None or not self.yearly else Span(by.year_start, by.year_end)

    @property
    def closed(self) -> bool:
        """Whether the figure is the last word: the due month has come and no proxy stands in."""
        if self.indicator.target is None or not isinstance(self.seen, Observation):
            return False
        return self.month >= self.indicator.target.by and not self.seen.proxy

    @cached_property
    def way(self) -> Measure:
        """The way of measuring that was used."""
        basis = self.seen.basis if isinstance(self.seen, Observation) else 0
        return ways_of(self.indicator.measure)[basis]

    @cached_property
    def months_between_data(self) -> int:
        """Months by which the latest figure may be older than the date asked about and not late: of annual forms 11."""
        frequencies = {self.plan.sources[part.sum.partition(".")[0]].frequency for part in sums_of(self.way)}
        if isinstance(self.way, RatioMeasure):
            counted = (
                side
                for side in (self.way.ratio.of, self.way.ratio.to)
                if isinstance(side, CountMeasure | CountDistinctMeasure)
            )
            frequencies |= {self.plan.sources[_counted(one)].frequency for one in counted}
        gaps = {Frequency.ANNUAL: 12, Frequency.QUARTERLY: 3}
        return max((gaps.get(one, 1) for one in frequencies), default=1) - 1

    @cached_property
    def past(self) -> History:
        """Complete years of the value before the current one."""
        return self._history(lambda seen: seen.value)

    @cached_property
    def past_numerator(self) -> History:
        """Complete years of a ratio's numerator."""
        return self._history(lambda seen: seen.numerator)

    @cached_property
    def past_denominator(self) -> History:
        """Complete years of a ratio's denominator."""
        return self._history(lambda seen: seen.denominator)

    def observed_at(self, month: Month) -> Observation | None:
        """The observation at another month, by the same way of measuring."""
        basis = self.seen.basis if isinstance(self.seen, Observation) else None
        seen = self.observer.at(self.indicator, month, basis)
        return seen if isinstance(seen, Observation) else None

    def _history(self, side: Callable[[Observation], float | None]) -> History:
        def value_at(month: Month) -> float | None:
            seen = self.observed_at(month)
            return None if seen is None else side(seen)

        return complete_years(value_at, self.month.year)


def _counted(measure: CountMeasure | CountDistinctMeasure) -> str:
    return measure.count if isinstance(measure, CountMeasure) else measure.count_distinct.partition(".")[0]
