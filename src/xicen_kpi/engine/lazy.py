"""Large plain files brought together by polars, DuckDB or Spark, through narwhals; what counts is decided afterwards.

An engine is asked for no figure. It adds up the rows of one mark (their month, how the list treats the enterprise, the
conditions that they meet), and hands over one by one the rows of the months whose enterprises are looked at. Which of
them a question counts, and with what weight, `filters` says of both, as of the rows that pandas reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from xicen_kpi.engine.breakdown import Slice
from xicen_kpi.engine.linking import PLACE, Linking
from xicen_kpi.engine.marks import MARK, Marks
from xicen_kpi.engine.question import Ask
from xicen_kpi.engine.scanned import BIT, CODE
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Backend, Columns
    from xicen_kpi.engine.detail import Detail
    from xicen_kpi.engine.marks import Read
    from xicen_kpi.engine.question import Question
    from xicen_kpi.engine.register import Register
    from xicen_kpi.engine.scanned import Scanned
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.book import Book

_SINGLE = "_single"
_ROWS, _COUNT, _SUM, _LEAST, _LARGEST = "_rows", "_count_{}", "_sum_{}", "_least_{}", "_largest_{}"


def is_askable(source: Source, questions: Sequence[Question]) -> bool:
    """Whether the questions are about amounts and enterprises, by month or enterprise by enterprise."""
    return all(
        one.by in {(), (source.enterprise,)}
        and (
            one.column is None
            or (one.column == source.enterprise if one.ask is Ask.DISTINCT else _is_amount(source, one.column))
        )
        for one in questions
    )


def _is_amount(source: Source, name: str) -> bool:
    return name in source.columns and source.columns[name].type is CellType.NUMBER


@dataclass(frozen=True)
class Lazy:
    """The questions to one source as queries.

    Attributes:
        backend: What runs them.
        scanned: The files of the source.
        questions: What is asked.
        register: The enterprise list that its rows are linked to.
        book: Where enterprise codes have their places.
        detail: Which months keep their enterprises.
    """

    backend: Backend
    scanned: Scanned
    questions: Sequence[Question]
    register: Register | None
    book: Book
    detail: Detail

    def brought(self) -> Brought:
        """Runs the queries.

        Raises:
            self.backend.errors: A cell is no number, or a file cannot be read.
        """
        scanned, unplaced = self.scanned, nw.col(PLACE).is_null()
        rows = self.marks.link.joined(scanned.table(self.backend), self.backend)
        rows = rows.with_columns(
            nw.when(unplaced).then(nw.col(scanned.code)).alias(CODE),
            self.marks.expression.alias(MARK),
            self._is_single.alias(_SINGLE),
        )
        rows = self.backend.kept(rows.select(MARK, PLACE, CODE, BIT, _SINGLE, *scanned.numbers, *scanned.texts))
        queries = [
            rows.group_by(MARK).agg(**self._added()),
            rows.filter(nw.col(_SINGLE)).select(MARK, PLACE, CODE, *scanned.numbers),
            *scanned.looks(rows),
        ]
        sums, single, *looks = self.backend.collected(queries)
        return Brought(self, sums, single, looks)

    @cached_property
    def marks(self) -> Marks:
        """What tells rows apart."""
        source = self.scanned.source
        return Marks(source, self.questions, Linking(self.register, source, self.scanned.code, self.questions))

    @cached_property
    def months(self) -> frozenset[int] | None:
        """The months whose rows are handed over; None for all, where an answer needs every enterprise."""
        keyed = [one for one in self.questions if one.by]
        if not keyed:
            return frozenset()
        return self.detail.months if all(self.detail.lets_go(one) for one in keyed) else None

    @property
    def _is_single(self) -> nw.Expr:
        """Which rows are handed over."""
        return nw.lit(value=True) if self.months is None else nw.col(PERIOD).is_in(sorted(self.months) or [-1])

    def _added(self) -> dict[str, nw.Expr]:
        latest = {one.column for one in self.questions if one.ask is Ask.LATEST}
        found = {_ROWS: nw.len()}
        for name in self.scanned.numbers:
            found |= {_COUNT.format(name): nw.col(name).count(), _SUM.format(name): nw.col(name).sum()}
            if name in latest:
                found |= {_LEAST.format(name): nw.col(name).min(), _LARGEST.format(name): nw.col(name).max()}
        return found


@dataclass(frozen=True)
class Brought:
    """What an engine has brought back.

    Attributes:
        lazy: What it was asked.
        sums: The rows of one mark each, added up.
        single: The rows of the months whose enterprises are looked at.
        looks: What tells whether every cell was what its column promises.
    """

    lazy: Lazy
    sums: Columns
    single: Columns
    looks: Sequence[Columns]

    def doubt(self) -> str | None:
        """Why it cannot be believed; None where every cell is what its column promises."""
        scanned = self.lazy.scanned
        if np.isnan(self.sums[MARK].astype(np.float64)).any():
            return scanned.month
        for name in scanned.numbers:
            there = self.sums[_COUNT.format(name)] > 0
            if not np.isfinite(self.sums[_SUM.format(name)][there].astype(np.float64)).all():
                return name
        return scanned.doubt(self.looks, int(self.sums[_ROWS].sum()))

    def of_file(self, number: int) -> tuple[list[int], int]:
        """The months of one file, as ordinals, and how many rows it has."""
        own = self._added.files == number
        return np.unique(self._added.months[own]).tolist(), int(self.sums[_ROWS][own].sum())

    def rows(self) -> tuple[Read, NDArray[np.int64]]:
        """The single rows, and the place of each one's enterprise."""
        places = self.single[PLACE].astype(np.float64)
        strange = np.flatnonzero(np.isnan(places))
        places[strange] = self.lazy.book.places(self.single[CODE][strange], len(strange))
        return self.lazy.marks.read(self.single, self.lazy.scanned.numbers), places.astype(np.int64)

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
        whole = self.sums[_ROWS][own].astype(np.int64)
        if question.column is None:
            yield Slice(months, (), None, whole, np.zeros_like(whole))
        elif question.ask is Ask.DISTINCT:  # no enterprise is there twice in a month: that has been looked at
            different, at = np.unique(months, return_inverse=True)
            count = np.bincount(at, weights=whole).astype(np.int64)
            yield Slice(different, (), None, count, np.zeros_like(count), count)
        else:
            rows = self._told(_COUNT, question, own).astype(np.int64)
            first, nothing = _SUM if question.ask is Ask.SUM else _LEAST, np.zeros_like(rows)
            yield Slice(months, (), _amounts(self._told(first, question, own) * weight, rows), rows, whole - rows)
            if question.ask is Ask.LATEST:
                largest = self._told(_LARGEST, question, own) * weight
                yield Slice(months, (), _amounts(largest, rows), nothing, nothing)

    @cached_property
    def _is_other(self) -> NDArray[np.bool_]:
        """Which sums are of months of which no single rows are there."""
        single, months = self.lazy.months, self._added.months
        return np.zeros(len(months), dtype=np.bool_) if single is None else ~np.isin(months, list(single))

    def _told(self, name: str, question: Question, own: NDArray[np.bool_]) -> NDArray[Any]:
        return self.sums[name.format(question.column)][own]

    @cached_property
    def _added(self) -> Read:
        return self.lazy.marks.read(self.sums, ())


def _amounts(cells: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(rows > 0, cells, np.nan).astype(np.float64)
