"""One source of a drop as a table: its rows, each key once, and where each of them stands in the user's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from xicen_kpi.checks.items import BALANCES, Role, roles, text_column
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.headers import read_header
from xicen_kpi.read.table import PERIOD, ROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.book import Book
    from xicen_kpi.read.table import Provenance


Kept = TypeVar("Kept")

_ENOUGH = 0.5
"""A period with fewer than this share of the usual number of rows does not make the latest: too early, or a slip."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one sheet of one file.

    Attributes:
        trail: Where they came from.
        start: Their first position in the frame.
        stop: The position after their last.
        revised: Whether the file is a revision.
        absent: Columns of the plan that the sheet has not.
    """

    trail: Provenance
    start: int
    stop: int
    revised: bool
    absent: frozenset[str]


@dataclass
class Table:
    """The rows of a source that count, files in order of precedence.

    Attributes:
        source_id: Id of the source.
        source: Its declaration.
        frame: Its rows; each key once.
        parts: The sheets they come from, in the frame's order.
        ids: A number for each row's enterprise: its place in the book; -1 where the code is missing.
        book: The enterprises' codes by number.
    """

    source_id: str
    source: Source
    frame: pd.DataFrame
    parts: tuple[Part, ...]
    ids: NDArray[np.int32]
    book: Book
    _kept: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def once(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What several rules need and is made only once.

        Args:
            key: Its name and what it is made for.
            make: Makes it.
        """
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    # -- columns

    @cached_property
    def roles(self) -> dict[Role, str]:
        """Columns by what they are, those that no file has left out."""
        return {role: name for role, name in roles(self.source).items() if self.has(name)}

    def has(self, name: str) -> bool:
        """Whether some file has the column."""
        return name in self.source.columns and any(name not in part.absent for part in self.parts)

    def item(self, item: str, *, to_date: bool = True, last_year: bool = False) -> str | None:
        """The column of an item; None where there is none."""
        return self.roles.get(Role(item, to_date, last_year))

    def is_balance(self, name: str) -> bool:
        """Whether a column is a profit or another balance, which may fall and be negative."""
        return any(role.item in BALANCES for role, own in self.roles.items() if own == name)

    def amounts(self, name: str) -> NDArray[np.float64]:
        """A number column, NaN where missing."""
        column = self.frame[name]
        if column.dtype == np.float64:
            return column.to_numpy(copy=False)
        return column.to_numpy(dtype=np.float64, na_value=np.nan)

    def header(self, name: str) -> str:
        """What the plan calls the column in the user's words."""
        return self.source.columns[name].header[0]

    def unit(self, name: str) -> str:
        """Unit of a number column."""
        return self.source.columns[name].unit or ""

    # -- enterprises and time

    @property
    def code_column(self) -> str | None:
        """The column that names the enterprise."""
        return self.source.enterprise

    @property
    def itemised(self) -> bool:
        """Whether an enterprise has several rows in a period, such as its research projects (107-1)."""
        beyond = {*self.source.columns_by_type.get(CellType.MONTH, []), self.code_column}
        return self.code_column in self.source.key and not set(self.source.key) <= beyond

    @cached_property
    def name_column(self) -> str | None:
        """The column with the enterprise's name."""
        return text_column(self.source, "name")

    @cached_property
    def codes(self) -> NDArray[Any]:
        """Enterprise code of each row, None where missing."""
        if self.code_column is None:
            return np.full(len(self.frame), None, dtype=object)
        column = self.frame[self.code_column]
        return column.astype("object").where(column.notna(), None).to_numpy()

    def distinct(self, name: str) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
        """Every different text of a column, the position of its first row, and how many rows have it."""
        return self.once(("distinct", name), lambda: self._different(name))

    def _different(self, name: str) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
        numbers: NDArray[np.signedinteger[Any]] = self.ids
        texts = np.array(self.book.codes, dtype=object)
        if name != self.code_column:
            numbers, found = pd.factorize(self.frame[name])
            texts = np.asarray(found, dtype=object)
        known = np.flatnonzero(numbers >= 0)
        first = np.zeros(len(texts), dtype=np.int64)
        first[numbers[known[::-1]]] = known[::-1]
        counts = np.bincount(numbers[known], minlength=len(texts))
        # The book may know codes whose rows give way to others.
        there = np.flatnonzero(counts)
        return texts[there], first[there], counts[there]

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

    @cached_property
    def held(self) -> dict[int, int]:
        """Rows by month ordinal, oldest first."""
        found, counts = np.unique(self.periods[self.periods >= 0], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))

    @cached_property
    def latest(self) -> int | None:
        """Latest month ordinal that has a fair number of rows: one row with a mistyped date is not a new period."""
        if not self.held:
            return None
        usual = float(np.median(list(self.held.values())))
        return max(month for month, rows in self.held.items() if rows >= _ENOUGH * usual)

    def last_held(self, month: int) -> int:
        """The latest period up to a month; -1 without one."""
        return max((held for held in self.held if held <= month), default=-1)

    def at(self, month: int) -> NDArray[np.int64]:
        """Positions of the rows of a month."""
        return np.flatnonzero(self.periods == month)

    def of_enterprise(self, code: str) -> NDArray[np.int32]:
        """Positions of an enterprise's rows, oldest first."""
        number = self.book.get(code, -1)
        if number < 0:
            return np.empty(0, dtype=np.int32)
        order, keys = self._by_key
        first, last = np.searchsorted(keys, [number * _MONTHS - 1, (number + 1) * _MONTHS - 1])
        return order[first:last]

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

    def part(self, row: int) -> Part:
        """The sheet that a row comes from."""
        return next(part for part in self.parts if part.start <= row < part.stop)

    def where(self, row: int, column: str | None = None) -> Location:
        """Place of a cell in the user's file."""
        part = self.part(row)
        return Location(
            part.trail.path,
            sheet=part.trail.sheet,
            row=int(self.frame[ROW].iloc[row]),
            field=self.shown_header(part, column) if column else None,
        )

    def shown_header(self, part: Part, column: str) -> str:
        """The header as the file writes it; the plan's where the file has not got it."""
        if column in part.absent or column not in self.source.columns:
            return self.header(column) if column in self.source.columns else column
        wanted = {name for header in self.source.columns[column].header for name in known_as(header)}
        return next((text for text in part.trail.columns if wanted & set(known_as(text))), self.header(column))

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


def known_as(header: str) -> tuple[str, ...]:
    """Normal names of a header."""
    return read_header(header).names
