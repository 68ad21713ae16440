"""Which rows of a chunk count, and with what weight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from xicen_kpi.engine.register import tag_shares
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from xicen_kpi.engine.question import GroupRule, Rows, Test
    from xicen_kpi.engine.register import Register
    from xicen_kpi.plan.measure import Scalar
    from xicen_kpi.plan.source import Source

    Among = Callable[[pd.Series, tuple[Scalar, ...]], NDArray[np.bool_]]

_YES = ("是", "true", "True", "TRUE", "1", "Y", "y", "√", "有")
_NO = ("否", "false", "False", "FALSE", "0", "N", "n", "×", "无")
NOBODY = pd.Series([None], dtype=object)
"""The cell of an enterprise that is not on the list."""


@dataclass
class Linked:
    """A chunk's rows beside the rows of the enterprise list that hold in their months.

    Attributes:
        frame: The chunk.
        row: For each row its row of the list, -1 for none.
        register: The list; None where the source has no link.
        tags: Columns of the chunk that hold labels, not one text.
    """

    frame: pd.DataFrame
    row: NDArray[np.int64]
    register: Register | None
    tags: frozenset[str] = frozenset()
    _masks: dict[Rows, NDArray[np.bool_]] = field(default_factory=dict)
    _objects: dict[str, NDArray[Any]] = field(default_factory=dict)
    _amounts: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def column(self, name: str) -> pd.Series:
        """A column of the chunk, else of the linked list; without a list nothing is known of any enterprise."""
        if name in self.frame.columns:
            return self.frame[name]
        if self.register is None:
            return pd.Series(None, index=self.frame.index, dtype=object)
        own = self.register.frame[name]
        if own.empty:
            return pd.Series(None, index=self.frame.index, dtype=object)
        return own.take(np.where(self.row < 0, 0, self.row)).where(self.row >= 0).set_axis(self.frame.index)

    def objects(self, name: str) -> NDArray[Any]:
        """A column as plain objects: dates without a time, '' where missing; converted once."""
        if name not in self._objects:
            column = self.column(name)
            missing = column.isna().to_numpy()
            plain = (column.dt.date if is_datetime64_any_dtype(column) else column).to_numpy(dtype=object, copy=True)
            plain[missing] = ""
            self._objects[name] = plain
        return self._objects[name]

    def amounts(self, name: str) -> NDArray[np.float64]:
        """A column as numbers, NaN where missing; converted once."""
        if name not in self._amounts:
            self._amounts[name] = self.column(name).to_numpy(dtype=np.float64, na_value=np.nan)
        return self._amounts[name]

    def counting(self, rows: Rows) -> NDArray[np.bool_]:
        """Which rows count, industry groups apart."""
        mask = self._own(rows)
        return mask & np.logical_or.reduce([self.counting(part) for part in rows.any_of]) if rows.any_of else mask

    def weight(self, rows: Rows, rule: GroupRule) -> NDArray[np.float64] | None:
        """What each row's amount is multiplied by, from 0 to 1; None where no group is named.

        Of several alternatives that hold, the largest share counts.
        """
        return self._share(rows, rule) if rows.names_group else None

    def _share(self, rows: Rows, rule: GroupRule) -> NDArray[np.float64]:
        share = self._own(rows).astype(np.float64)
        if rows.groups:
            share *= self._group_share(rows.groups, rule)
        if rows.any_of:
            share *= np.maximum.reduce([self._share(part, rule) for part in rows.any_of])
        return share

    def _group_share(self, groups: tuple[str, ...], rule: GroupRule) -> NDArray[np.float64]:
        return np.zeros(len(self.frame)) if self.register is None else self.register.shares(groups, rule)[self.row]

    def _own(self, rows: Rows) -> NDArray[np.bool_]:
        """Which rows meet the conditions of a filter itself, its groups and alternatives apart; worked out once."""
        if rows not in self._masks:
            mask = np.ones(len(self.frame), dtype=np.bool_)
            if rows.in_park is not None:
                mask &= (self.row >= 0) == rows.in_park
            for test in rows.tests:
                mask &= self._meets(test)
            self._masks[rows] = mask
        return self._masks[rows]

    def _meets(self, test: Test) -> NDArray[np.bool_]:
        """Which rows meet one condition; one on the list is worked out once, for the rows of the list."""
        if test.column in self.frame.columns:
            return meets(self.frame[test.column], test, labels=test.column in self.tags)
        if self.register is None:
            return np.full(len(self.frame), meets(NOBODY, test)[0])
        return met_on_list(self.register, test)[self.row]


@dataclass
class Marked(Linked):
    """Rows of which an engine has told which conditions they meet, and where only amounts are left of their cells.

    Attributes:
        met: For each condition on a column of the source the rows that meet it.
    """

    met: Mapping[Test, NDArray[np.bool_]] = field(default_factory=dict)

    def _meets(self, test: Test) -> NDArray[np.bool_]:
        return self.met[test] if test in self.met else super()._meets(test)


def met_on_list(register: Register, test: Test) -> NDArray[np.bool_]:
    """Which rows of a list meet a condition, and behind them whether nobody does; worked out once."""
    if test not in register.met:
        labels = test.column in label_columns(register.source)
        own = meets(register.frame[test.column], test, labels=labels)
        register.met[test] = np.append(own, meets(NOBODY, test))
    return register.met[test]


def label_columns(source: Source) -> frozenset[str]:
    """Columns of a source whose cells hold several labels."""
    return frozenset(source.columns_by_type.get(CellType.TAGS, ()))


def meets(cells: pd.Series, test: Test, *, labels: bool = False) -> NDArray[np.bool_]:
    """Which cells meet a condition on their column.

    Args:
        cells: The cells.
        test: The condition.
        labels: Whether a cell holds several labels.
    """
    if isinstance(cells.dtype, pd.CategoricalDtype):  # by its different values, and nothing behind them
        values = pd.Series([*cells.cat.categories, None], dtype=object)
        return meets(values, test, labels=labels)[cells.cat.codes.to_numpy()]
    among = _tagged if labels else _among
    mask = np.ones(len(cells), dtype=np.bool_)
    if test.missing is not None:
        mask &= cells.isna().to_numpy() == test.missing
    if test.equals is not None:
        mask &= among(cells, (test.equals,))
    if test.one_of is not None:
        mask &= among(cells, test.one_of)
    if test.at_least is not None:
        mask &= (cells >= _bound(cells, test.at_least)).to_numpy(dtype=np.bool_, na_value=False)
    if test.at_most is not None:
        mask &= (cells <= _bound(cells, test.at_most)).to_numpy(dtype=np.bool_, na_value=False)
    return mask


def _among(cells: pd.Series, wanted: tuple[Scalar, ...]) -> NDArray[np.bool_]:
    if is_numeric_dtype(cells) or is_datetime64_any_dtype(cells):
        return cells.isin([_bound(cells, value) for value in wanted]).to_numpy()
    return cells.isin(words(wanted)).to_numpy()


def words(wanted: tuple[Scalar, ...]) -> set[str]:
    """The texts that count as one of the wanted values; yes and no are written in many ways."""
    found: set[str] = set()
    for value in wanted:
        found.update((_YES if value else _NO) if isinstance(value, bool) else (str(value),))
    return found


def _tagged(cells: pd.Series, wanted: tuple[Scalar, ...]) -> NDArray[np.bool_]:
    """Whether any label of a cell is wanted: 高新技术企业;专精特新 holds both."""
    words = {str(value) for value in wanted}
    holds = {cell: not words.isdisjoint(tag_shares(cell)) for cell in cells.dropna().unique()}
    return np.array([holds.get(cell, False) for cell in cells], dtype=np.bool_)


def _bound(cells: pd.Series, value: Scalar) -> float | str | pd.Timestamp:
    if is_datetime64_any_dtype(cells):
        return pd.Timestamp(str(value))
    return float(value) if is_numeric_dtype(cells) else str(value)
