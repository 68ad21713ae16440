"""The filters of questions as expressions over a lazy frame, meaning what `filters` means over a pandas frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from xicen_kpi.engine.filters import NOBODY, label_columns, meets, words
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from datetime import date

    from xicen_kpi.engine.backend import Backend, Table
    from xicen_kpi.engine.linking import Linking
    from xicen_kpi.engine.question import GroupRule, Rows, Test
    from xicen_kpi.plan.measure import Scalar
    from xicen_kpi.plan.source import Source


@dataclass(frozen=True)
class Conditions:
    """What filters say of the rows of one source.

    Attributes:
        source: Its declaration.
        table: Its rows, for a look at the labels that occur.
        link: The enterprise list on its way to the rows.
        backend: What runs queries.
    """

    source: Source
    table: Table
    link: Linking
    backend: Backend

    def counting(self, rows: Rows) -> nw.Expr:
        """Which rows count, industry groups apart; never null."""
        own = self._own(rows)
        if rows.any_of:
            own = own & nw.any_horizontal(*(self.counting(part) for part in rows.any_of), ignore_nulls=True)
        return own

    def share(self, rows: Rows, rule: GroupRule) -> nw.Expr:
        """What each row's amount is multiplied by; of several alternatives that hold the largest share counts."""
        share: nw.Expr = nw.when(self._own(rows)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
        if rows.groups:
            register = self.link.register
            by_row = np.zeros(0) if register is None else register.weights(rows.groups, rule)
            share = share * self.link.fact((rows.groups, rule), by_row, nowhere=0.0)
        if rows.any_of:
            share = share * nw.max_horizontal(*(self.share(part, rule) for part in rows.any_of))
        return share

    def _own(self, rows: Rows) -> nw.Expr:
        """Which rows meet the conditions of a filter itself."""
        parts = [nw.lit(value=True)]
        if rows.in_park is not None:
            parts.append(self.link.member if rows.in_park else ~self.link.member)
        for test in rows.tests:
            met = self._met(test) if test.column in self.source.columns else self._met_on_list(test)
            parts.append(met.fill_null(value=False))
        return nw.all_horizontal(*parts, ignore_nulls=True)

    def _met_on_list(self, test: Test) -> nw.Expr:
        nowhere, register = bool(meets(NOBODY, test)[0]), self.link.register
        if register is None:
            return nw.lit(nowhere)
        labels = test.column in label_columns(register.source)
        return self.link.fact(test, meets(register.frame[test.column], test, labels=labels), nowhere=nowhere)

    def _met(self, test: Test) -> nw.Expr:
        """One condition on a column of the source; null where a cell is."""
        cell, kind = nw.col(test.column), self.source.columns[test.column].type
        if kind is CellType.TAGS:
            return self._tagged(test)
        parts = [nw.lit(value=True)]
        if test.missing is not None:
            parts.append(cell.is_null() if test.missing else ~cell.is_null())
        wanted = [(test.equals,)] if test.equals is not None else []
        for values in [*wanted, *([] if test.one_of is None else [test.one_of])]:
            typed = kind in {CellType.NUMBER, CellType.DATE}
            parts.append(cell.is_in([_bound(kind, one) for one in values] if typed else sorted(words(values))))
        if test.at_least is not None:
            parts.append(cell >= nw.lit(_bound(kind, test.at_least)))
        if test.at_most is not None:
            parts.append(cell <= nw.lit(_bound(kind, test.at_most)))
        return nw.all_horizontal(*parts, ignore_nulls=False)

    def _tagged(self, test: Test) -> nw.Expr:
        """A condition on labels: each different cell is looked at once."""
        (found,) = self.backend.collected([self.table.select(test.column).unique()])
        cells = pd.Series(found[test.column], dtype=object)
        cells = cells[cells.notna()].reset_index(drop=True)
        met = nw.col(test.column).is_in(sorted(cells[meets(cells, test, labels=True)]))
        return met | nw.col(test.column).is_null() if meets(NOBODY, test)[0] else met


def _bound(kind: CellType, value: Scalar) -> float | str | date:
    if kind is CellType.DATE:
        return pd.Timestamp(str(value)).date()
    return float(value) if kind is CellType.NUMBER else str(value)
