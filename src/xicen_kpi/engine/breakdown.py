"""The answer to a question: kept as entries of month, key and cell, added up when it is looked at.

Sums are exactly rounded (`math.fsum`), so that neither the order of rows nor the order of files moves the last digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from xicen_kpi.engine.amounts import Amounts
from xicen_kpi.engine.exact import exact_sum
from xicen_kpi.engine.question import NOTHING, Ask, Key, Question, Tally
from xicen_kpi.read.book import Book

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Slice(NamedTuple):
    """Entries of an answer: single rows that count, or rows brought together.

    Attributes:
        months: Month ordinals.
        keys: One array for each column that the answer is broken down by; an enterprise by its place in the book.
        cells: Amounts with their weight applied, NaN where missing; values to be told apart, '' (or, of an enterprise,
            -1) where missing; None as a whole for a plain count.
        rows: How many rows with a value each entry stands for; None where each stands for itself. Several entries
            may share a month and a key: they are added.
        missing: How many rows without a value each entry stands for; given where `rows` is.
        different: How many different values each entry stands for, where the values themselves were not kept; then no
            other entry of its month and key has any of them.
    """

    months: NDArray[Any]
    keys: tuple[NDArray[Any], ...]
    cells: NDArray[Any] | None
    rows: NDArray[np.int64] | None = None
    missing: NDArray[np.int64] | None = None
    different: NDArray[np.int64] | None = None


_At: TypeAlias = "NDArray[np.unsignedinteger[Any]] | slice"
"""Some entries of a slice, or all of them."""
_ALL = slice(None)


class Dense(NamedTuple):
    """The tallies of one month by enterprise, at their places in the book.

    Attributes:
        amounts: The sums.
        rows: Rows with a value.
        missing: Rows without.
    """

    amounts: Amounts
    rows: NDArray[np.int64]
    missing: NDArray[np.int64]


@dataclass(frozen=True)
class Breakdown:
    """The answer to one question, by month and key.

    Attributes:
        question: What was asked.
        slices: Its entries.
        book: What the places of enterprises stand for.
        by_place: Whether the first key is an enterprise, by its place.
        merged: Entries of months of which no keys are kept.
    """

    question: Question
    slices: tuple[Slice, ...] = ()
    book: Book = field(default_factory=Book)
    by_place: bool = False
    merged: tuple[Slice, ...] = ()
    _months: dict[int, dict[Key, Tally]] = field(default_factory=dict)
    _totals: dict[int, Tally] = field(default_factory=dict)

    def months(self) -> list[int]:
        """Months with rows that count, oldest first."""
        return sorted(self._places)

    @cached_property
    def keyless(self) -> frozenset[int]:
        """Months of which only the total is known."""
        return frozenset(int(month) for one in self.merged for month in one.months.tolist())

    def within(self, month: int) -> dict[Key, Tally]:
        """The tallies of one month by key."""
        if month not in self._months:
            gathered: dict[Key, _Gathered] = {}
            for one, places in self._places.get(month, ()):
                sizes = (each.tolist() for each in counts(one, places))
                number = len(one.months[places])
                cells = [None] * number if one.cells is None else one.cells[places].tolist()
                different = [None] * number if one.different is None else one.different[places].tolist()
                for key, *entry in zip(self._keys(one, places), cells, different, *sizes, strict=True):
                    gathered.setdefault(key, _Gathered()).add(*entry)
            self._months[month] = {key: one.tally(self.question.ask) for key, one in gathered.items()}
        return self._months[month]

    def at(self, month: int, *key: Any) -> Tally:  # noqa: ANN401 -- a key is a code, a word, a number or a date
        """The tally of one key in one month; `NOTHING` where no row has it."""
        return self.within(month).get(key, NOTHING) if key else self.total(month)

    def total(self, month: int) -> Tally:
        """The tally of one month over all keys, without working them out one by one."""
        if month not in self._totals:
            whole = _Gathered()
            found: list[NDArray[Any]] = []
            for one, places in self._places.get(month, ()):
                cells = None if one.cells is None else one.cells[places]
                if one.different is not None:
                    whole.different += int(one.different[places].sum())
                if cells is not None:
                    found.append(cells[present(cells)])
                if cells is not None and one.rows is None:
                    whole.rows += len(found[-1])
                    whole.missing += len(cells) - len(found[-1])
                else:
                    rows, missing = counts(one, places)
                    whole.rows += int(rows.sum())
                    whole.missing += int(missing.sum())
            if found and self.question.ask is Ask.SUM:
                whole.cells = [exact_sum(np.concatenate(found))]
            elif found and self.question.ask is Ask.DISTINCT:
                whole.different += different(np.concatenate(found))
            elif found:
                whole.cells = np.unique(np.concatenate(found)).tolist()
            self._totals[month] = whole.tally(self.question.ask) if month in self._places else NOTHING
        return self._totals[month]

    def dense(self, month: int) -> Dense:
        """The sums of one month by enterprise; only for a question by enterprise alone.

        Raises:
            ValueError: Enterprises of this month were not kept.
        """
        if month in self.keyless:
            message = f"enterprises were not kept: {self.question}, month {month}"
            raise ValueError(message)
        found = [(one, places) for one, places in self._places.get(month, ()) if one.keys]
        if not found:
            nothing = np.zeros(len(self.book.codes), dtype=np.int64)
            return Dense(Amounts(self.book, np.full(len(nothing), np.nan)), nothing, nothing)
        at = np.concatenate([one.keys[0][places] for one, places in found])
        if (at < 0).any():  # rows without a code count together, under an empty one
            at = np.where(at < 0, self.book.nobody(), at)
        size = len(self.book.codes)
        cells = np.concatenate([_amounts(one)[places] for one, places in found])
        sizes = [counts(one, places) for one, places in found]
        own, missing = (np.concatenate(side) for side in zip(*sizes, strict=True))
        there = np.zeros(size, dtype=np.bool_)
        there[at] = True
        several = np.empty(0, dtype=np.int64)
        if np.count_nonzero(there) < len(at):
            several = np.flatnonzero(np.bincount(at, minlength=size) > 1)
        rows, without = np.zeros((2, size), dtype=np.int64)
        rows[at], without[at] = own, missing
        if len(several):
            rows, without = (np.bincount(at, weights=each, minlength=size).astype(np.int64) for each in (own, missing))
        return Dense(Amounts(self.book, _sums(at, cells, size, several)), rows, without)

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Every key of every month."""
        if self.by_place and len(self.question.by) == 1:
            places = np.unique(np.concatenate([one.keys[0] for one in self.slices] or [np.empty(0, dtype=np.int64)]))
            return frozenset((self._code(place),) for place in places.tolist())
        return frozenset(key for one in self.slices for key in self._keys(one, slice(None)))

    @cached_property
    def _places(self) -> dict[int, list[tuple[Slice, _At]]]:
        """For each month its entries in each slice."""
        places: dict[int, list[tuple[Slice, _At]]] = {}
        for one in (*self.slices, *self.merged):
            if not len(one.months):
                continue
            if (one.months == one.months[0]).all():
                places.setdefault(int(one.months[0]), []).append((one, slice(None)))
                continue
            # Many are kept, one a slice: in as few bytes as its rows need.
            order = np.argsort(one.months, kind="stable").astype(np.min_scalar_type(len(one.months)))
            months, starts = np.unique(one.months[order], return_index=True)
            for month, rows in zip(months.tolist(), np.split(order, starts[1:]), strict=True):
                places.setdefault(month, []).append((one, rows))
        return places

    def _keys(self, one: Slice, places: _At) -> list[Key]:
        if not one.keys:
            return [()] * len(one.months[places])
        columns = [column[places].tolist() for column in one.keys]
        if self.by_place:
            columns[0] = [self._code(place) for place in columns[0]]
        return list(zip(*columns, strict=True))

    def _code(self, place: int) -> str:
        return self.book.codes[place] if place >= 0 else ""


@dataclass(slots=True)
class _Gathered:
    """Entries on their way to one tally: the values there are, how many more, and how many rows have one or none."""

    cells: list[Any] = field(default_factory=list)
    rows: int = 0
    missing: int = 0
    different: int = 0

    def add(self, cell: Any, different: int | None, rows: int, missing: int) -> None:  # noqa: ANN401 -- a cell is a number, a text or a date
        """One entry more."""
        self.rows += rows
        self.missing += missing
        if different is not None:
            self.different += different
        elif rows or (cell.__class__ is float and cell == cell):  # noqa: PLR0124 -- NaN is not itself
            self.cells.append(cell)

    def tally(self, ask: Ask) -> Tally:
        """What they come to."""
        match ask:
            case Ask.COUNT:
                return Tally(float(self.rows), self.rows, 0)
            case Ask.DISTINCT:
                return Tally(float(len(set(self.cells)) + self.different), self.rows, self.missing)
            case Ask.SUM:
                return Tally(math.fsum(self.cells) if self.rows else None, self.rows, self.missing)
            case _:
                one = len(set(self.cells)) == 1
                return Tally(float(self.cells[0]) if one else None, self.rows, self.missing)


def present(cells: NDArray[Any]) -> NDArray[np.bool_]:
    """Which cells hold a value."""
    if cells.dtype.kind == "f":
        return np.asarray(~np.isnan(cells), dtype=np.bool_)
    return np.asarray(cells >= 0 if cells.dtype.kind == "i" else cells != "", dtype=np.bool_)


def different(cells: NDArray[Any]) -> int:
    """How many different values there are; places of enterprises are counted off a list of all of them."""
    if cells.dtype.kind != "i" or not len(cells):
        return len(set(cells.tolist()))
    there = np.zeros(int(cells.max()) + 1, dtype=np.bool_)
    there[cells] = True
    return int(np.count_nonzero(there))


def counts(one: Slice, places: _At = _ALL) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows with and without a value."""
    if one.rows is not None and one.missing is not None:
        return one.rows[places], one.missing[places]
    there = np.ones(len(one.months[places]), dtype=np.bool_) if one.cells is None else present(one.cells[places])
    own = there.astype(np.int64)
    return own, 1 - own


def _amounts(one: Slice) -> NDArray[np.float64]:
    return np.ones(len(one.months)) if one.cells is None else one.cells


def _sums(
    at: NDArray[np.int64], cells: NDArray[np.float64], size: int, several: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The sum at each place, exactly rounded; NaN where there is no value. Some places have several entries."""
    sums = np.full(size, np.nan)
    sums[at] = cells
    if len(several):
        there = ~np.isnan(cells)
        at, cells = at[there], cells[there]
        sums[several] = np.nan
        order = np.argsort(at, kind="stable")
        starts = np.searchsorted(at[order], [several, several + 1])
        for place, first, last in zip(several.tolist(), *starts.tolist(), strict=True):
            if first < last:
                sums[place] = math.fsum(cells[order[first:last]].tolist())
    return sums
