"""The answer to a question: kept as the rows that count, added up month by month when it is looked at.

Sums are exactly rounded (`math.fsum`), so that neither the order of rows nor the order of files moves the last digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.question import NOTHING, Ask, Key, Question, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one chunk that count: their months, their keys, and what is asked of them.

    Attributes:
        months: Month ordinals.
        keys: One array for each column that the answer is broken down by.
        cells: Amounts with their weight applied, NaN where missing; values to be told apart, '' where missing;
            None as a whole for a plain count.
    """

    months: NDArray[np.int64]
    keys: tuple[NDArray[Any], ...]
    cells: NDArray[Any] | None


@dataclass(frozen=True)
class Breakdown:
    """The answer to one question, by month and key."""

    question: Question
    slices: tuple[Slice, ...] = ()
    _months: dict[int, dict[Key, Tally]] = field(default_factory=dict)
    _totals: dict[int, Tally] = field(default_factory=dict)

    def months(self) -> list[int]:
        """Months with rows that count, oldest first."""
        return sorted(self._places)

    def within(self, month: int) -> dict[Key, Tally]:
        """The tallies of one month by key."""
        if month not in self._months:
            gathered: dict[Key, list[Any]] = {}
            for key, cell in self._rows(month):
                gathered.setdefault(key, []).append(cell)
            self._months[month] = {key: _tally(self.question.ask, cells) for key, cells in gathered.items()}
        return self._months[month]

    def at(self, month: int, *key: Any) -> Tally:  # noqa: ANN401 -- a key is a code, a word, a number or a date
        """The tally of one key in one month; `NOTHING` where no row has it."""
        return self.within(month).get(key, NOTHING)

    def total(self, month: int) -> Tally:
        """The tally of one month over all keys, without working them out one by one."""
        if month not in self._totals:
            cells = [cell for one, rows in self._places.get(month, ()) for cell in _cells(one, rows)]
            self._totals[month] = _tally(self.question.ask, cells) if cells else NOTHING
        return self._totals[month]

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Every key of every month."""
        if len(self.question.by) == 1:
            return frozenset((key,) for key in set().union(*(one.keys[0].tolist() for one in self.slices)))
        return frozenset(key for one in self.slices for key in _keys(one, slice(None)))

    @cached_property
    def _places(self) -> dict[int, list[tuple[Slice, NDArray[np.int64]]]]:
        """For each month its rows in each slice."""
        places: dict[int, list[tuple[Slice, NDArray[np.int64]]]] = {}
        for one in self.slices:
            order = np.argsort(one.months, kind="stable")
            months, starts = np.unique(one.months[order], return_index=True)
            for month, rows in zip(months.tolist(), np.split(order, starts[1:]), strict=True):
                places.setdefault(month, []).append((one, rows))
        return places

    def _rows(self, month: int) -> Iterator[tuple[Key, Any]]:
        for one, rows in self._places.get(month, ()):
            yield from zip(_keys(one, rows), _cells(one, rows), strict=True)


def _keys(one: Slice, rows: NDArray[np.int64] | slice) -> list[Key]:
    if not one.keys:
        return [()] * len(one.months[rows])
    return list(zip(*(column[rows].tolist() for column in one.keys), strict=True))


def _cells(one: Slice, rows: NDArray[np.int64]) -> list[Any]:
    found: list[Any] = [1] * len(rows) if one.cells is None else one.cells[rows].tolist()
    return found


def _tally(ask: Ask, cells: list[Any]) -> Tally:
    if ask is Ask.COUNT:
        return Tally(float(len(cells)), len(cells), 0)
    present = [cell for cell in cells if cell != "" and cell == cell]  # noqa: PLR0124 -- NaN is not itself
    missing = len(cells) - len(present)
    match ask:
        case Ask.DISTINCT:
            return Tally(float(len(set(present))), len(present), missing)
        case Ask.SUM:
            return Tally(math.fsum(present) if present else None, len(present), missing)
        case _:
            return Tally(float(present[0]) if len(set(present)) == 1 else None, len(present), missing)
