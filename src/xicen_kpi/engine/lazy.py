"""Large plain files brought together by polars, DuckDB or Spark, through narwhals; what counts is decided afterwards.

An engine is asked for no figure. It adds up the rows of one mark (their month, how the list treats the enterprise, the
conditions that they meet), and hands over one by one the rows of the months whose enterprises are looked at. Which of
them a question counts, and with what weight, `filters` says of both, as of the rows that pandas reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import narwhals as nw

from xicen_kpi.engine.brought import COUNT, LARGEST, LEAST, ROWS, SUM, Brought
from xicen_kpi.engine.linking import PLACE, Linking
from xicen_kpi.engine.marks import MARK, Marks
from xicen_kpi.engine.question import Ask
from xicen_kpi.engine.scanned import BIT, CODE
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.detail import Detail
    from xicen_kpi.engine.question import Question
    from xicen_kpi.engine.register import Register
    from xicen_kpi.engine.scanned import Scanned
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.book import Book

_SINGLE = "_single"


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
            rows.filter(nw.col(_SINGLE)).select(MARK, PLACE, CODE, *self.amounts),
            *scanned.looks(rows),
        ]
        sums, single, *looks = self.backend.collected(queries)
        return Brought(scanned, self.marks, self.book, self.months, sums, single, looks)

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

    @cached_property
    def amounts(self) -> list[str]:
        """The columns that are added up or looked at, other than for a condition."""
        asked = {one.column for one in self.questions}
        return [name for name in self.scanned.numbers if name in asked]

    @property
    def _is_single(self) -> nw.Expr:
        """Which rows are handed over."""
        return nw.lit(value=True) if self.months is None else nw.col(PERIOD).is_in(sorted(self.months) or [-1])

    def _added(self) -> dict[str, nw.Expr]:
        latest = {one.column for one in self.questions if one.ask is Ask.LATEST}
        found = {ROWS: nw.len()}
        for name in self.scanned.numbers:
            found |= {COUNT.format(name): nw.col(name).count(), SUM.format(name): nw.col(name).sum()}
            if name in latest:
                found |= {LEAST.format(name): nw.col(name).min(), LARGEST.format(name): nw.col(name).max()}
        return found
