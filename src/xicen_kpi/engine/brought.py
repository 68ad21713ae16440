"""What an engine has brought together, and what the questions make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.breakdown import Slice
from xicen_kpi.engine.linking import PLACE
from xicen_kpi.engine.marks import MARK
from xicen_kpi.engine.question import Ask
from xicen_kpi.engine.scanned import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Columns
    from xicen_kpi.engine.marks import Marks, Read
    from xicen_kpi.engine.question import Question
    from xicen_kpi.engine.scanned import Scanned
    from xicen_kpi.read.book import Book

ROWS, COUNT, SUM, LEAST, LARGEST = "_rows", "_count_{}", "_sum_{}", "_least_{}", "_largest_{}"
"""Columns of the rows of one mark: how many, and of each amount how many, their sum, the least and the largest."""


@dataclass(frozen=True)
class Brought:
    """What an engine has brought back.

    Attributes:
        scanned: The files.
        marks: What told their rows apart.
        book: Where enterprise codes have their places.
        months: The months of which single rows are there; None for all.
        sums: The rows of one mark each, added up.
        single: The rows of the months whose enterprises are looked at.
        looks: What tells whether every cell was what its column promises.
    """

    scanned: Scanned
    marks: Marks
    book: Book
    months: frozenset[int] | None
    sums: Columns
    single: Columns
    looks: Sequence[Columns]

    def doubt(self) -> str | None:
        """Why it cannot be believed; None where every cell is what its column promises."""
        if np.isnan(self.sums[MARK].astype(np.float64)).any():
            return self.scanned.month
        for name in self.scanned.numbers:
            there = self.sums[COUNT.format(name)] > 0
            if not np.isfinite(self.sums[SUM.format(name)][there].astype(np.float64)).all():
                return name
        return self.scanned.doubt(self.looks, int(self.sums[ROWS].sum()))

    def of_file(self, number: int) -> tuple[list[int], int]:
        """The months of one file, as ordinals, and how many rows it has."""
        own = self._added.files == number
        return np.unique(self._added.months[own]).tolist(), int(self.sums[ROWS][own].sum())

    def rows(self) -> tuple[Read, NDArray[np.int64]]:
        """The single rows, and the place of each one's enterprise."""
        places = self.single[PLACE].astype(np.float64)
        strange = np.flatnonzero(np.isnan(places))
        places[strange] = self.book.places(self.single[CODE][strange], len(strange))
        amounts = [name for name in self.scanned.numbers if name in self.single]
        return self.marks.read(self.single, amounts), places.astype(np.int64)

    def slices(self, question: Question) -> Iterator[Slice]:
        """The answer for all other months."""
        months, linked = self._added.months, self._added.linked
        own, weight = linked.counting(question.rows), linked.weight(question.rows, question.rule)
        if weight is not None:
            own = own & (weight > 0)
        own = own & self._is_other
        if own.any():
            yield from self._slices(question, own, months[own], 1.0 if weight is None else weight[own])

    def _slices(
        self, question: Question, own: NDArray[np.bool_], months: NDArray[np.int64], weight: NDArray[np.float64] | float
    ) -> Iterator[Slice]:
        whole = self.sums[ROWS][own].astype(np.int64)
        if question.column is None:
            yield Slice(months, (), None, whole, np.zeros_like(whole))
        elif question.ask is Ask.DISTINCT:  # no enterprise is there twice in a month: that has been looked at
            different, at = np.unique(months, return_inverse=True)
            count = np.bincount(at, weights=whole).astype(np.int64)
            yield Slice(different, (), None, count, np.zeros_like(count), count)
        else:
            rows = self._told(COUNT, question, own).astype(np.int64)
            first, nothing = SUM if question.ask is Ask.SUM else LEAST, np.zeros_like(rows)
            yield Slice(months, (), _amounts(self._told(first, question, own) * weight, rows), rows, whole - rows)
            if question.ask is Ask.LATEST:
                largest = self._told(LARGEST, question, own) * weight
                yield Slice(months, (), _amounts(largest, rows), nothing, nothing)

    @cached_property
    def _is_other(self) -> NDArray[np.bool_]:
        """Which sums are of months of which no single rows are there."""
        months = self._added.months
        return np.zeros(len(months), dtype=np.bool_) if self.months is None else ~np.isin(months, list(self.months))

    def _told(self, name: str, question: Question, own: NDArray[np.bool_]) -> NDArray[Any]:
        return self.sums[name.format(question.column)][own]

    @cached_property
    def _added(self) -> Read:
        return self.marks.read(self.sums, ())


def _amounts(cells: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(rows > 0, cells, np.nan).astype(np.float64)
