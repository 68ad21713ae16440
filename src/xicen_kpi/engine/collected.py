"""What a lazy frame came to, as the entries of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.engine.backend import is_nothing, objects
from xicen_kpi.engine.breakdown import Slice
from xicen_kpi.engine.question import Ask
from xicen_kpi.engine.register import places_of
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from xicen_kpi.engine.amounts import Book
    from xicen_kpi.engine.backend import Columns
    from xicen_kpi.engine.detail import Detail
    from xicen_kpi.engine.question import Question
    from xicen_kpi.plan.source import Column


def keys_of(
    columns: Columns, by: tuple[str, ...], declared: Mapping[str, Column], enterprise: str | None, book: Book
) -> tuple[NDArray[Any], ...]:
    """What the rows of a query are told apart by, as an answer names it: an enterprise by its place in the book."""
    return tuple(
        places_of(pd.Series(columns[f"_key{place}"], dtype=object), book)
        if name == enterprise and place == 0
        else _told(columns[f"_key{place}"], declared[name].type)
        for place, name in enumerate(by)
    )


@dataclass(frozen=True)
class Collected:
    """The columns of one query that answer one question.

    Attributes:
        question: The question.
        number: Its number, with which the names of its columns end.
        columns: All columns of the query.
        keys: What its rows are told apart by, beside the month.
    """

    question: Question
    number: int
    columns: Columns
    keys: tuple[NDArray[Any], ...]

    def slices(self, without: Detail | None) -> Iterator[Slice]:
        """The entries; a group in which no row counts is none.

        Args:
            without: Months that are answered elsewhere, enterprise by enterprise.
        """
        months, rows = self._counts(PERIOD), self._counts(f"rows{self.number}")
        missing = self._counts(f"missing{self.number}") if self.question.column else np.zeros_like(rows)
        own = rows + missing > 0
        if without is not None:
            own &= ~without.keeps(months)
        if own.any():
            yield from self._of(own, (months[own], rows[own], missing[own]), tuple(key[own] for key in self.keys))

    def _of(
        self, own: NDArray[np.bool_], counts: tuple[NDArray[np.int64], ...], keys: tuple[NDArray[Any], ...]
    ) -> Iterator[Slice]:
        months, rows, missing = counts
        cells = self.columns.get(f"cell{self.number}")
        if self.question.ask is Ask.DISTINCT and cells is not None:
            texts = objects("" if is_nothing(cell) else cell for cell in cells[own].tolist())
            yield Slice(months, keys, texts, rows, missing)
        elif self.question.ask is Ask.DISTINCT:
            yield Slice(months, keys, None, rows, missing, self._counts(f"different{self.number}")[own])
        elif cells is None:
            yield Slice(months, keys, None, rows, missing)
        else:
            yield Slice(months, keys, np.where(rows > 0, cells[own], np.nan).astype(np.float64), rows, missing)
        if self.question.ask is Ask.LATEST and (there := rows > 0).any():  # the largest value beside the least
            none = np.zeros(int(there.sum()), dtype=np.int64)
            other = self.columns[f"other{self.number}"][own][there].astype(np.float64)
            yield Slice(months[there], tuple(key[there] for key in keys), other, none, none)

    def _counts(self, name: str) -> NDArray[np.int64]:
        return self.columns[name].astype(np.int64)


def _told(cells: NDArray[Any], kind: CellType) -> NDArray[Any]:
    """Keys as an answer names them: a day as a day, '' where there is none."""
    plain = ("" if is_nothing(cell) else cell for cell in cells.tolist())
    return objects(date.fromisoformat(cell) if cell and kind is CellType.DATE else cell for cell in plain)
