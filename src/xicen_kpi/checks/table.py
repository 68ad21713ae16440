"""Some rows of one source of a drop as a table: each key once, and where each of them stands in the user's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.checks.form import Form
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.read.table import PERIOD, ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.checks.items import Role
    from xicen_kpi.checks.rows import Rows
    from xicen_kpi.checks.whole import Whole


@dataclass
class Table(Form):
    """Rows of a source that count, files in order of precedence: those of a band of enterprises, or of some months.

    Attributes:
        whole: The source with all its rows.
        frame: The rows; each key once.
        ids: A number for each row's enterprise: its place in the book; -1 where the code is missing.
        positions: Where each row stands among all of the source.
        band: Which enterprises these are the rows of; None for other rows.
    """

    whole: Whole
    frame: pd.DataFrame
    ids: NDArray[np.int32]
    positions: NDArray[np.int64]
    band: int | None

    # -- columns

    @property
    def roles(self) -> dict[Role, str]:
        """Columns by what they are, those that no file has left out."""
        return self.whole.roles

    def amounts(self, name: str) -> NDArray[np.float64]:
        """A number column, NaN where missing."""
        return self.once(("amounts", name), lambda: self._amounts(name))

    def _amounts(self, name: str) -> NDArray[np.float64]:
        column = self.frame[name]
        if column.dtype == np.float64:
            return column.to_numpy(copy=False)
        return column.to_numpy(dtype=np.float64, na_value=np.nan)

    # -- enterprises and time

    @property
    def codes(self) -> NDArray[Any]:
        """Enterprise code of each row, None where missing."""
        return self.once(("codes",), lambda: self.whole.codes.book.texts(self.ids))

    @cached_property
    def periods(self) -> NDArray[np.int64]:
        """Month ordinal of each row; -1 in lists and ledgers."""
        if PERIOD not in self.frame.columns:
            return np.full(len(self.frame), -1, dtype=np.int64)
        return self.frame[PERIOD].to_numpy(dtype=np.int64)

    @cached_property
    def months(self) -> NDArray[np.int64]:
        """Number of the month in its year, 1 to 12, of each row."""
        return self.periods % 12 + 1

    @property
    def held(self) -> dict[int, int]:
        """Rows of the whole source by month ordinal, oldest first."""
        return self.whole.held

    @property
    def latest(self) -> int | None:
        """Latest month ordinal that has a fair number of rows in the whole source."""
        return self.whole.latest

    def last_held(self, month: int) -> int:
        """The latest period up to a month; -1 without one."""
        return max((held for held in self.held if held <= month), default=-1)

    def at(self, month: int) -> NDArray[np.int64]:
        """Positions of the rows of a month."""
        return np.flatnonzero(self.periods == month)

    def rows_at(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The rows that stand at some positions among all of the source, and which of the positions are here."""
        rows = np.searchsorted(self.positions, positions)
        known = rows < len(self.positions)
        return rows, known & (self.positions[np.where(known, rows, 0)] == positions if len(self.positions) else known)

    def holding(self, code: str) -> Table:
        """A table that has all rows of an enterprise: this one, or where it belongs to another band."""
        place = self.whole.codes.book.get(code, -1)
        return self if place < 0 or place // self.whole.codes.band == self.band else enterprise_of(self.whole, place)

    def of_enterprise(self, code: str) -> NDArray[np.int32]:
        """Positions of an enterprise's rows, oldest first."""
        return self.once(("rows", code), lambda: self._of_enterprise(code))

    def _of_enterprise(self, code: str) -> NDArray[np.int32]:
        number = self.whole.codes.book.get(code, -1)
        if number < 0:
            return np.empty(0, dtype=np.int32)
        order, keys = self._by_key
        first, last = np.searchsorted(keys, [number * _MONTHS - 1, (number + 1) * _MONTHS - 1])
        return order[first:last]

    @cached_property
    def entrance(self) -> NDArray[np.int64]:
        """For each row, where the first row of its enterprise stands in the files."""
        _, first, which = np.unique(self.ids, return_index=True, return_inverse=True)
        return self.positions[first][which]

    def before(self, months: int) -> NDArray[np.int32]:
        """For each row the position of the same enterprise's row so many months earlier; -1 where there is none."""
        return self.once(("before", months), lambda: self._before(months))

    @cached_property
    def previous(self) -> NDArray[np.int32]:
        """For each row the same enterprise's row of the form before it in the same year; -1 in the year's first."""
        step = {"quarterly": 3}.get(self.source.frequency.value, 1)
        found = self.before(step)
        same_year = (found >= 0) & (self.periods[found] // 12 == self.periods // 12)
        return np.where(same_year, found, np.int32(-1))

    def _before(self, months: int) -> NDArray[np.int32]:
        order, keys = self._by_key
        found = np.full(len(keys), -1, dtype=np.int32)
        if not len(keys):
            return found
        # Sought in their own order: each search begins where the last one ended in the cache.
        sought = keys - months
        place = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
        hit = (keys[place] == sought) & (keys >= months) & (keys % _MONTHS >= months)
        found[order[hit]] = order[place[hit]]
        return found

    @cached_property
    def in_time(self) -> NDArray[np.int32]:
        """Positions of the rows, enterprise by enterprise, oldest first."""
        return self._by_key[0]

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        keys = self.ids.astype(np.int64) * _MONTHS + self.periods
        order = np.argsort(keys, kind="stable").astype(np.int32)
        return order, keys[order]

    # -- places

    def where(self, row: int, column: str | None = None) -> Location:
        """Place of a cell in the user's file."""
        part = self.part(row)
        return Location(
            part.trail.path,
            sheet=part.trail.sheet,
            row=int(self.frame[ROW].iloc[row]),
            field=self.shown_header(part, column) if column else None,
        )

    def who(self, row: int) -> dict[str, object]:
        """Code, name and month of a row, for a finding."""
        found: dict[str, object] = {}
        if self.codes[row] is not None:
            found["code"] = str(self.codes[row])
        if self.name_column is not None and isinstance(name := self.frame[self.name_column].iloc[row], str):
            found["name"] = name
        if self.periods[row] > 0:
            found["period"] = str(Month.of_ordinal(int(self.periods[row])))
        return found


_MONTHS = 100_000
"""More than any month ordinal: enterprise number times this plus month is one number for both."""


# -- tables of some rows


def bands_of(whole: Whole, columns: Collection[str] | None = None) -> Iterator[Table]:
    """All rows of a source, band by band: some columns at least, or all."""
    for number in range(whole.codes.bands):
        yield band_of(whole, number, columns)


def band_of(whole: Whole, number: int, columns: Collection[str] | None = None) -> Table:
    """The rows of a band of enterprises; those of the only band stay in memory, with all columns."""
    if whole.codes.bands > 1:
        return _table(whole, whole.store.of_band(number, columns), number)
    return whole.once(("band",), lambda: _table(whole, whole.store.of_band(number), number))


def enterprise_of(whole: Whole, place: int) -> Table:
    """A table in which the enterprise at a place of the book has all its rows."""
    return band_of(whole, 0) if whole.codes.bands == 1 else _table(whole, whole.store.of_enterprise(place))


def months_of(whole: Whole, *months: int) -> Table:
    """The rows of some months."""
    return _table(whole, whole.store.at(months))


def columns_of(whole: Whole, *names: str) -> Table:
    """All rows with some of their columns."""
    return _table(whole, whole.store.whole(names))


def nothing_of(whole: Whole) -> Table:
    """No row: for rules that look at the source as a whole."""
    return _table(whole, whole.store.at(()))


def _table(whole: Whole, rows: Rows, band: int | None = None) -> Table:
    stands = [np.searchsorted(rows.positions, [part.start, part.stop]).tolist() for part in whole.parts]
    parts = tuple(replace(part, start=a, stop=b) for part, (a, b) in zip(whole.parts, stands, strict=True))
    if whole.code_column is not None:
        rows.frame[whole.code_column] = whole.codes.book.texts(rows.ids)
    return Table(whole.source_id, whole.source, parts, whole, *rows, band)
