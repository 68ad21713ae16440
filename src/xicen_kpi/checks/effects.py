"""What a finding would do to the figures if it is true: which indicators it touches, and by how much at most.

A row counts for an indicator if it passes the filter of the indicator's measure in a month that its value is made of;
the same questions, weights and units as for the value itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.analysis.compile import split, sums_of
from xicen_kpi.analysis.observation import Observation
from xicen_kpi.analysis.observe import ways_of
from xicen_kpi.checks.model import Concern, Stake
from xicen_kpi.engine.filters import Linked
from xicen_kpi.engine.question import GroupRule, Rows
from xicen_kpi.plan.measure import FirstOfMeasure, RatioMeasure, SumMeasure, TotalMeasure
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.units import factor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Gathered, Material
    from xicen_kpi.checks.model import Suspicion
    from xicen_kpi.checks.table import Table
    from xicen_kpi.engine.register import Register
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Indicator

LOOK_BACK = 24
"""Months before the month checked in which an indicator's latest figure is looked for."""

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Term:
    """One sum inside a figure.

    Attributes:
        source: Id of the source.
        column: Its number column.
        rows: Which rows count.
        months: Month ordinals that the value is made of.
        below: The sum stands below the fraction line.
        scale: From the column's unit to that of the figure, or of the figure's numerator.
    """

    source: str
    column: str
    rows: Rows
    months: frozenset[int]
    below: bool
    scale: float


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value and the sums that it is made of."""

    id: str
    indicator: Indicator
    seen: Observation
    terms: tuple[Term, ...]

    def moved(self, above: float, below: float) -> float:
        """What the value changes by when its sums do, in the unit of the indicator."""
        if self.seen.numerator is None or self.seen.denominator is None:
            return above
        denominator = self.seen.denominator + below
        if denominator == 0:
            return 0.0
        ratio = (self.seen.numerator + above) / denominator
        return (ratio - self.seen.numerator / self.seen.denominator) * factor("1", self.indicator.unit)


@dataclass
class Effects:
    """Works out effects on the figures of one drop."""

    gathered: Gathered

    @cached_property
    def figures(self) -> list[Figure]:
        """The indicators that have a value, and their sums."""
        found = []
        for name, indicator in self.gathered.plan.indicators.items():
            seen = self._latest(indicator) if sums_of(indicator.measure) else None
            if seen is not None:
                found.append(Figure(name, indicator, seen, tuple(self._terms(indicator, seen))))
        return found

    def told(self, suspicion: Suspicion, material: Material) -> Finding:
        """The finding with its effect.

        Args:
            suspicion: The finding.
            material: What it was found in.
        """
        if not suspicion.at_stake:
            return suspicion.finding
        return replace(suspicion.finding, effect=self.effect(suspicion.at_stake, material.tables))

    def effect(self, at_stake: Sequence[Stake | Concern], tables: Mapping[str, Table]) -> dict[str, float]:
        """By indicator, the most that it could move by, in its unit."""
        found: dict[str, float] = {}
        for figure in self.figures:
            sides = {False: [0.0], True: [0.0]}
            for term in figure.terms:
                sides[term.below] += [self._change(term, one, tables) * term.scale for one in at_stake]
            change = figure.moved(math.fsum(sides[False]), math.fsum(sides[True]))
            if abs(change) > _NOTHING * max(1.0, abs(figure.seen.value)):
                found[figure.id] = change
        return found

    def weight(self, found: Finding) -> float:
        """How much a finding matters: its largest effect in relation to the figure."""
        values = {figure.id: abs(figure.seen.value) for figure in self.figures}
        return max((abs(change) / (values.get(name) or 1.0) for name, change in found.effect.items()), default=0.0)

    # -- figures

    def _latest(self, indicator: Indicator) -> Observation | None:
        for back in range(LOOK_BACK):
            seen = self.gathered.observer.at(indicator, Month.of_ordinal(self.gathered.as_of - back))
            if isinstance(seen, Observation):
                return seen
        return None

    def _terms(self, indicator: Indicator, seen: Observation) -> Iterator[Term]:
        way = ways_of(indicator.measure)[seen.basis]
        unit = indicator.unit if seen.numerator_unit is None else seen.numerator_unit
        for part, below in _sums(way):
            source, column = split(part.sum)
            if source in self.gathered.wholes:
                months = frozenset(one.ordinal for one in self.gathered.observer.holdings.months(part.sum, seen.month))
                scale = factor(self.gathered.plan.sources[source].columns[column].unit or "1", unit)
                yield Term(source, column, Rows.of(part.where), months, below, scale)

    # -- rows

    def _change(self, term: Term, one: Stake | Concern, tables: Mapping[str, Table]) -> float:
        if isinstance(one, Concern):
            return self._of_enterprise(term, one, tables[term.source].holding(one.code))
        if (one.table.source_id, one.column) != (term.source, term.column):
            return 0.0
        periods = one.table.periods[one.rows].tolist() if one.period is None else [one.period] * len(one.rows)
        counted = self._counted(term, one.table)[one.rows].tolist()
        weights = [weight * (month in term.months) for weight, month in zip(counted, periods, strict=True)]
        return _weighted(one.change.tolist(), weights)

    def _of_enterprise(self, term: Term, concern: Concern, table: Table) -> float:
        if concern.groups_only and not term.rows.groups:
            return 0.0
        own = table.of_enterprise(concern.code)
        rows = own[[month in term.months for month in table.periods[own].tolist()]]
        if not len(rows):
            return 0.0
        amounts = table.amounts(term.column)[rows].tolist()
        leaves = _weighted(amounts, self._counted(term, table)[rows].tolist())
        return -leaves if leaves else _weighted(amounts, self._could_count(term, table)[rows].tolist())

    def _counted(self, term: Term, table: Table) -> NDArray[np.float64]:
        """With what weight each row counts."""
        return table.once(("counted", term.rows), lambda: self._weigh(term, table))

    def _weigh(self, term: Term, table: Table) -> NDArray[np.float64]:
        linked = self._links(table)
        mask = linked.counting(term.rows).astype(np.float64)
        weight = linked.weight(term.rows, GroupRule.MIDDLE)
        return mask if weight is None else mask * weight

    def _could_count(self, term: Term, table: Table) -> NDArray[np.bool_]:
        """Which rows would count if the enterprise stood on the list and in the group."""
        own = tuple(test for test in term.rows.tests if test.column in table.source.columns)
        return self._links(table).counting(Rows(tests=own))

    def _links(self, table: Table) -> Linked:
        return linked_rows(table, self.gathered.observer.answers.registers)


def _weighted(amounts: Sequence[float], weights: Sequence[float]) -> float:
    """The sum of a few amounts, of those that there are."""
    return math.fsum(amount * weight for amount, weight in zip(amounts, weights, strict=True) if not math.isnan(amount))


def linked_rows(table: Table, registers: Mapping[str, Register]) -> Linked:
    """The rows of a table beside those of the enterprise list that its source is linked to."""

    def make() -> Linked:
        register = registers.get(table.source.link or "")
        rows = np.full(len(table.frame), -1, dtype=np.int64)
        if register is not None and table.code_column is not None:
            rows = register.rows_at(table.ids, table.periods)
        return Linked(table.frame, rows, register)

    return table.once(("linked",), make)


def _sums(measure: Measure) -> Iterator[tuple[SumMeasure, bool]]:
    """The sums of a measure, and whether each stands below the fraction line."""
    match measure:
        case SumMeasure():
            yield measure, False
        case TotalMeasure():
            for part in measure.total:
                yield from _sums(part)
        case FirstOfMeasure():
            for part in measure.first_of:
                yield from _sums(part)
        case RatioMeasure():
            yield from ((part, False) for part, _ in _sums(measure.ratio.of))
            yield from ((part, True) for part, _ in _sums(measure.ratio.to))
        case _:
            return
