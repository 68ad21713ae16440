"""The answer to a question: kept as the rows that count, added up month by month when it is looked at.

Sums are exactly rounded (`math.fsum`), so that neither the order of rows nor the order of files moves the last digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.question import NOTHING, Ask, Key, Question, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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

    def months(self) -> list[int]:
        """Months with rows that count, oldest first."""
        return sorted({int(month) for one in self.slices for month in np.unique(one.months)})

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

    def _rows(self, month: int) -> Iterator[tuple[Key, Any]]:
        for one in self.slices:
            chosen = np.flatnonzero(one.months == month)
            if not len(chosen):
                continue
            keys: Iterable[Key] = zip(*(column[chosen].tolist() for column in one.keys), strict=True)
            if not one.keys:
                keys = [()] * len(chosen)
            cells: Sequence[Any] = [1] * len(chosen) if one.cells is None else one.cells[chosen].tolist()
            yield from zip(keys, cells, strict=True)


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
