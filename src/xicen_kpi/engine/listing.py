"""What an enterprise list says of each enterprise in a month: the row that holds then, by place in the book."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.engine.amounts import Book, Codes
from xicen_kpi.engine.groups import NO_GROUP, Groups
from xicen_kpi.engine.register import Register, told_by_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Listing:
    """The rows of a list that hold in a month.

    Attributes:
        register: The list.
        rows: Row of the list at each place of its book, -1 for those who are no members.
    """

    register: Register
    rows: NDArray[np.int64]
    _columns: dict[str, NDArray[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, register: Register, month: int) -> Listing:
        """Of a month, given as an ordinal; of an enterprise whose spans overlap, the upper row."""
        places = register.places
        held = np.flatnonzero((register.first <= month) & (month <= register.last) & (places >= 0))[::-1]
        rows = np.full(len(register.book.codes), -1, dtype=np.int64)
        rows[places[held]] = held
        return cls(register, rows)

    @property
    def book(self) -> Book:
        """What the places of the array stand for."""
        return self.register.book

    @cached_property
    def who(self) -> Codes:
        """The members."""
        return Codes(self.book, self.rows >= 0)

    def text(self, code: str, column: str) -> str:
        """What stands in a column; an empty text where nothing does, or where the list lacks the column."""
        place = self.book.get(code, -1)
        row = self.rows[place] if 0 <= place < len(self.rows) else -1
        if row < 0 or column not in self.register.frame.columns:
            return ""
        if column not in self._columns:
            self._columns[column] = self.register.frame[column].to_numpy(dtype=object)
        cell = self._columns[column][row]
        return "" if pd.isna(cell) else str(cell)

    def groups(self, column: str, name_of: Callable[[str], str]) -> Groups:
        """The members by what a column says of them ('' where nothing), under the name that is given to it."""
        names = Book()
        nothing = names[name_of("")]
        by_row = np.full(len(self.register.frame), nothing)
        if column in self.register.frame.columns:
            by_row = told_by_text(self.register.frame[column], lambda text: names[name_of(str(text))], nothing)
        numbers = np.where(self.rows >= 0, by_row[self.rows], NO_GROUP) if len(by_row) else self.rows
        return Groups(self.book, tuple(names.codes), numbers)


def texts_of(register: Register, column: str) -> frozenset[str]:
    """Everything that stands in a column of a list, of whatever month; nothing where it lacks the column."""
    if column not in register.frame.columns:
        return frozenset()
    return frozenset(map(str, register.frame[column].dropna().unique()))
