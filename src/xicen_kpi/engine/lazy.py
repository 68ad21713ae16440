"""All questions to one source answered by lazy frames: polars, DuckDB or Spark does the work, through narwhals.

What stands on the enterprise list (membership, conditions, shares of groups) is worked out by the list itself, row by
row of the list, and joined: so it means the same with every engine. Only aggregates come back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw

from xicen_kpi.engine.collected import Collected, keys_of
from xicen_kpi.engine.conditions import Conditions
from xicen_kpi.engine.linking import Linking
from xicen_kpi.engine.question import Ask
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xicen_kpi.engine.amounts import Book
    from xicen_kpi.engine.backend import Backend, Columns, Table
    from xicen_kpi.engine.breakdown import Slice
    from xicen_kpi.engine.detail import Detail
    from xicen_kpi.engine.question import GroupRule, Question, Rows
    from xicen_kpi.engine.register import Register
    from xicen_kpi.plan.source import Column, Source

    Entries = dict[Question, tuple[list[Slice], list[Slice]]]


@dataclass(frozen=True)
class _Query:
    """One frame to be collected, and the questions that it answers, by number; by which columns beside the month."""

    questions: Mapping[int, Question]
    by: tuple[str, ...]
    frame: Table


Asked: TypeAlias = "list[tuple[_Query, Columns]]"
"""Queries and what they came to."""


@dataclass
class Lazy:
    """The questions to one source as queries.

    Attributes:
        backend: What runs them.
        source: The declaration of the source.
        questions: What is asked.
        register: The enterprise list that its rows are linked to.
        book: Where enterprise codes have their places.
        detail: Which months keep their keys.
    """

    backend: Backend
    source: Source
    questions: Sequence[Question]
    register: Register | None
    book: Book
    detail: Detail
    _masks: dict[tuple[Rows, GroupRule | None], str] = field(default_factory=dict)

    def ask(self, table: Table, beside: Callable[[Table], list[Table]] = lambda _: []) -> tuple[Asked, list[Columns]]:
        """Runs the queries of all questions, and others with them.

        Args:
            table: The columns of the source, typed, and `period` as an ordinal; null where there is nothing.
            beside: Makes the other queries to the same rows.
        """
        linked = self._linked(table)
        queries, others = list(self._queries(linked)), beside(linked)
        collected = self.backend.collected([*others, *(one.frame for one in queries)])
        return list(zip(queries, collected[len(others) :], strict=True)), collected[: len(others)]

    def entries(self, asked: Asked) -> Entries:
        """For each question its entries by key, and those of months of which no keys are kept."""
        found: Entries = {one: ([], []) for one in self.questions}
        for query, columns in asked:
            keys = keys_of(columns, query.by, self._columns, self.source.enterprise, self.book)
            for number, question in query.questions.items():
                kept = None if query.by == question.by else self.detail
                found[question][kept is not None].extend(Collected(question, number, columns, keys).slices(kept))
        return found

    # -- rows

    def _linked(self, table: Table) -> Table:
        """The table with what the list knows, and for each filter which rows count and with what weight."""
        link = Linking(self.register, self.source.enterprise)
        conditions = Conditions(self.source, table, link, self.backend)
        filters: dict[str, nw.Expr] = {}
        weights: dict[str, nw.Expr] = {}
        listed: dict[str, nw.Expr] = {}
        for question in self.questions:
            key = question.counted
            if key not in self._masks:
                name = self._masks[key] = f"_rows{len(self._masks)}"
                filters[name] = conditions.counting(question.rows)
                if key[1] is not None:
                    weights[_weight(name)] = conditions.share(question.rows, key[1])
            for column in (*question.by, question.column):
                if column is not None and column not in self.source.columns:
                    listed[column] = link.fact(column, self._on_list(column), nowhere=None)
        table = link.joined(table, self.backend).with_columns(**filters, **weights)
        shared = [name for name in filters if _weight(name) in weights]
        return _beside(table, {name: nw.col(name) & (nw.col(_weight(name)) > 0) for name in shared} | listed)

    def _on_list(self, column: str) -> Any:  # noqa: ANN401 -- a column of pandas, or nothing
        return [] if self.register is None else self.register.frame[column]

    def _mask(self, question: Question) -> str:
        return self._masks[question.counted]

    # -- what is asked

    def _queries(self, table: Table) -> Iterator[_Query]:
        parts: dict[tuple[tuple[str, ...], bool], dict[int, Question]] = {}
        for number, question in enumerate(self.questions):
            few = self.detail.lets_go(question)
            parts.setdefault((question.by, few), {})[number] = question
            if few:
                parts.setdefault(((), False), {})[number] = question
        for (by, few), questions in parts.items():
            own = table.filter(nw.col(PERIOD).is_in(sorted(self.detail.months or ()))) if few else table
            own = _beside(own, {f"_key{place}": self._key(name) for place, name in enumerate(by)})
            yield from self._asked(own, by, questions)

    def _asked(self, table: Table, by: tuple[str, ...], questions: Mapping[int, Question]) -> Iterator[_Query]:
        keys = (PERIOD, *(f"_key{place}" for place in range(len(by))))
        wide = {number: one for number, one in questions.items() if one.ask is not Ask.DISTINCT}
        if wide:
            columns = {name: expr for number, one in wide.items() for name, expr in self._added(number, one).items()}
            yield _Query(wide, by, table.group_by(*keys).agg(**columns))
        for number, one in questions.items():
            if one.ask is Ask.DISTINCT and one.column is not None:
                yield _Query({number: one}, by, self._different(table, keys, number, one))

    def _different(self, table: Table, keys: tuple[str, ...], number: int, question: Question) -> Table:
        """Every different value with its rows; by month alone only their number, for there may be half a million."""
        cell, rows = f"cell{number}", nw.col(f"rows{number}")
        own = table.filter(nw.col(self._mask(question))).with_columns(**{cell: self._key(question.column or "")})
        each = own.group_by(*keys, cell).agg(**{f"rows{number}": nw.len()})
        gone = nw.when(nw.col(cell).is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
        rows = rows.cast(nw.Int64)
        each = each.with_columns(**{f"rows{number}": rows * (1 - gone), f"missing{number}": rows * gone})
        if question.by:
            return each
        each = each.with_columns(**{f"different{number}": 1 - gone})
        return each.group_by(*keys).agg(*(nw.col(f"{name}{number}").sum() for name in ("rows", "missing", "different")))

    def _added(self, number: int, question: Question) -> dict[str, nw.Expr]:
        """The rows with and without a value, and what the values come to, for everything but different values."""
        counts = nw.col(self._mask(question))
        if question.column is None:
            return {f"rows{number}": _how_many(counts)}
        cell = nw.col(question.column)
        there = counts & ~cell.is_null()
        told = {f"rows{number}": _how_many(there), f"missing{number}": _how_many(counts & cell.is_null())}
        own = nw.when(there).then(cell * nw.col(_weight(self._mask(question))) if question.rows.names_group else cell)
        if question.ask is Ask.SUM:
            return {**told, f"cell{number}": own.sum()}
        return {**told, f"cell{number}": own.min(), f"other{number}": own.max()}

    def _key(self, name: str) -> nw.Expr:
        """A column to tell rows apart by: numbers as they are, days and everything else as text."""
        kind = self._columns[name].type
        if kind is CellType.NUMBER:
            return nw.col(name)
        return nw.col(name).cast(nw.Date).cast(nw.String) if kind is CellType.DATE else nw.col(name).cast(nw.String)

    @property
    def _columns(self) -> Mapping[str, Column]:
        """The columns of the source, and of the list where the source has none of that name."""
        listed = {} if self.register is None else self.register.source.columns
        return {**listed, **self.source.columns}


def _beside(table: Table, columns: Mapping[str, nw.Expr]) -> Table:
    return table.with_columns(**columns) if columns else table


def _weight(mask: str) -> str:
    return f"{mask}_weight"


def _how_many(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).sum()
