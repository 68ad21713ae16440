"""The pandas kernel: folds over the chunks of one source and answers all questions to it in one pass."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.breakdown import Breakdown, Slice
from xicen_kpi.engine.detail import ALL, Detail
from xicen_kpi.engine.filters import Linked, label_columns
from xicen_kpi.engine.merge import counted_apart, merged
from xicen_kpi.engine.question import Ask, GroupRule, Question, Rows
from xicen_kpi.engine.register import Register, month_ordinals
from xicen_kpi.engine.repeats import PIECE, Repeats, different_months
from xicen_kpi.plan.source import Frequency
from xicen_kpi.read.book import Book
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.stream import Chunk, Stream

_FULL = 100
"""Merged slices after which they are merged again."""


@dataclass
class Fold:
    """Start, add every chunk, finish.

    Rows of a large file are brought together by month as they come; keys are kept only for the months of `detail`.

    Attributes:
        source_id: Id of the source.
        source: Its declaration.
        questions: What is asked of it.
        register: The enterprise list that its rows are linked to.
        months: Months for which a list is asked who is a member.
        book: Where enterprise codes have their places.
        detail: Which months keep their keys.
        repeats: Rows that another file or an earlier row prevails over.
        periods: Months that the source has rows for, as ordinals.
        latest: Per file, its latest month.
        absent: Columns that some file lacks, with the months of that file.
    """

    source_id: str
    source: Source
    questions: Sequence[Question]
    register: Register | None = None
    months: Sequence[int] = ()
    book: Book = field(default_factory=Book)
    detail: Detail = ALL
    repeats: Repeats = field(init=False)
    periods: set[int] = field(default_factory=set)
    latest: dict[str, int] = field(default_factory=dict)
    absent: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _slices: dict[Question, list[Slice]] = field(default_factory=lambda: defaultdict(list))
    _merged: dict[Question, list[Slice]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.repeats = Repeats(self.source, self.book)

    def add(self, chunk: Chunk) -> None:
        """Folds one chunk in."""
        self.take(*self._noted(chunk))

    def read(self, stream: Stream) -> None:
        """Folds a whole source in."""
        for chunk in stream.chunks():
            self.add(chunk)

    def take(self, frame: pd.DataFrame, months: NDArray[np.int64], places: NDArray[np.int64] | None) -> None:
        """Answers for some rows, of which each key stands there once.

        Args:
            frame: The rows.
            months: The month of each, as an ordinal.
            places: The place of each one's enterprise in the book, if the source names enterprises.
        """
        rows = np.full(len(frame), -1, dtype=np.int64)
        if self.register is not None and places is not None:
            rows = self.register.rows_at(places, months)
        self._ask(Linked(frame, rows, self.register, label_columns(self.source)), months, places)

    def _noted(self, chunk: Chunk) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.int64] | None]:
        """The rows of a chunk that have not been there before, and what is to be known of them as a whole."""
        frame, places = self.once(chunk)
        frame = self._dated(frame)
        months = frame[PERIOD].to_numpy(dtype=np.int64)
        self.note(chunk.file, different_months(months), chunk.absent)
        return frame, months, places

    def note(self, file: str, months: Sequence[int], absent: Iterable[str]) -> None:
        """Notes what months a file holds, and that it lacks some columns."""
        self.periods.update(months)
        if self.source.frequency is not Frequency.LEDGER and months:
            self.latest[file] = max(*months, self.latest.get(file, 0))
        for column in absent:
            self.absent[column].update(months)

    def finish(self) -> dict[Question, Breakdown]:
        """The answers, by question."""
        return {
            question: Breakdown(
                question,
                tuple(self._slices[question]),
                self.book,
                self.source.enterprise in question.by[:1],
                tuple(self._merged[question]),
            )
            for question in self.questions
        }

    def once(self, chunk: Chunk) -> tuple[pd.DataFrame, NDArray[np.int64] | None]:
        """Each key once: the file that comes first in the declared order prevails, and that is counted and said."""
        return self.repeats.first_of(chunk)

    @property
    def findings(self) -> list[Finding]:
        """What was found wrong on the way; complete after the last chunk."""
        return list(self.repeats.findings())

    # -- time and membership

    def _dated(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A ledger's entries stand in the month of their date; entries without a date do not count."""
        if self.source.frequency is not Frequency.LEDGER:
            return frame
        if self.source.dated is None:
            return frame.assign(**{PERIOD: 0})
        return frame.assign(**{PERIOD: month_ordinals(frame[self.source.dated])})

    def add_register(self) -> None:
        """Asks the list itself who is a member in each of the months."""
        if self.register is None:
            return
        frame, first, last = self.register.frame, self.register.first, self.register.last
        rows = np.arange(len(frame), dtype=np.int64)
        linked = Linked(frame, rows, self.register, label_columns(self.source))
        self.periods.update(self.months)
        for month in self.months:
            member = (first <= month) & (month <= last)
            self._ask(linked, np.full(len(frame), month, dtype=np.int64), self.register.places, member)

    # -- answers

    def _ask(
        self,
        linked: Linked,
        months: NDArray[np.int64],
        places: NDArray[np.int64] | None,
        among: NDArray[np.bool_] | None = None,
    ) -> None:
        """Notes the rows that count for each question, among some of the rows."""
        large = self.detail.small or len(months) >= PIECE
        kept = self.detail.keeps(months) if large else None
        short = months.astype(np.int16)
        for alike in self._alike:
            first = alike[0]
            mask = linked.counting(first.rows)
            mask = mask if among is None else mask & among
            weight = linked.weight(first.rows, first.rule)
            if weight is not None:
                mask = mask & (weight > 0)
            every = _Counted(linked, short, places, mask, weight, self.source.enterprise)
            if kept is None:
                for question in alike:
                    self._keep(question, every)
                continue
            own = _Counted(linked, short, places, mask & kept, weight, self.source.enterprise)
            rest = _Counted(linked, short, places, mask & ~kept, weight, self.source.enterprise)
            for question in alike:
                if not question.by:
                    self._merge(question, every)
                elif self.detail.lets_go(question):
                    self._keep(question, own)
                    self._merge(question, rest)
                else:
                    self._keep(question, every)

    @cached_property
    def _alike(self) -> list[list[Question]]:
        """Questions for which the same rows count, with the same weight."""
        found: dict[tuple[Rows, GroupRule | None], list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.counted, []).append(question)
        return list(found.values())

    def _keep(self, question: Question, counted: _Counted) -> None:
        if counted.any:
            self._slices[question].append(counted.slice(question, keyed=True))

    def _merge(self, question: Question, counted: _Counted) -> None:
        if not counted.any:
            return
        parts = self._merged[question]
        rows = counted.slice(question, keyed=False)
        if question.ask is Ask.DISTINCT and question.column == self.source.enterprise and self.source.one_a_period:
            parts += counted_apart(rows)
        else:
            parts += merged(question.ask, [rows])
        if len(parts) > _FULL and question.ask in {Ask.SUM, Ask.COUNT}:
            parts[:] = merged(question.ask, parts)


@dataclass
class _Counted:
    """Rows of a chunk that count, for several questions.

    Attributes:
        linked: The chunk.
        months: Its months.
        places: Its enterprises.
        mask: Which of its rows count.
        weight: What their amounts are multiplied by; None for 1.
        enterprise: Column of enterprise codes, of which the places are taken.
    """

    linked: Linked
    months: NDArray[np.int16]
    places: NDArray[np.int64] | None
    mask: NDArray[np.bool_]
    weight: NDArray[np.float64] | None
    enterprise: str | None
    _keys: dict[str, NDArray[Any]] = field(default_factory=dict)
    _amounts: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    @cached_property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.mask.any())

    def slice(self, question: Question, *, keyed: bool) -> Slice:
        """Their entries of one answer; those without keys stand for months alone."""
        keys = tuple(self._key(name) for name in question.by) if keyed else ()
        return Slice(self._months, keys, self._cells(question))

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.mask)

    @cached_property
    def _months(self) -> NDArray[np.int16]:
        return self.months[self._rows]

    def _key(self, name: str) -> NDArray[Any]:
        """A column to tell rows apart by: enterprises by their place, others as they are; cut once."""
        if name not in self._keys:
            if name == self.enterprise and self.places is not None:
                self._keys[name] = self.places[self._rows].astype(np.int32)
            else:
                self._keys[name] = self.linked.objects(name)[self._rows]
        return self._keys[name]

    def _cells(self, question: Question) -> NDArray[Any] | None:
        if question.ask is Ask.COUNT or question.column is None:
            return None
        if question.ask is Ask.DISTINCT:
            return self._key(question.column)
        if question.column not in self._amounts:
            amounts = self.linked.amounts(question.column)[self._rows]
            self._amounts[question.column] = amounts if self.weight is None else amounts * self.weight[self._rows]
        return self._amounts[question.column]
