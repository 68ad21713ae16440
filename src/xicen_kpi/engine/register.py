"""The enterprise list as the engine uses it: who is a member in which month, and with what share in which group."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.engine.question import GroupRule
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from xicen_kpi.engine.question import Test
    from xicen_kpi.plan.source import Group, Source

FOREVER = 1_000_000
"""An open end of a membership, as a month ordinal."""

_TAG = re.compile(r"([^();、/,|\s]+)\s*(?:\(\s*(\d+(?:\.\d+)?)\s*(%?)\s*\))?")
"""A tag and its share in brackets, in text of half width."""


def month_ordinals(days: pd.Series) -> NDArray[np.int64]:
    """Months of a date column as ordinals; 0 where there is no date."""
    return np.where(days.isna().to_numpy(), 0, _months(days.to_numpy()))


def _months(days: NDArray[Any]) -> NDArray[np.int64]:
    return days.astype("datetime64[M]").astype(np.int64) + 1970 * 12


def places_of(codes: pd.Series, book: Book) -> NDArray[np.int64]:
    """The place of each code in the book, where a new one gets the next; -1 for a missing one."""
    cells = codes.to_numpy(dtype=object)
    there = codes.notna().to_numpy()
    if there.all():
        return book.places(cells, len(cells))
    places = np.full(len(cells), -1, dtype=np.int64)
    places[there] = book.places(cells[there], int(there.sum()))
    return places


def in_turn(places: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Rows in parts in which no place stands twice, an earlier row in an earlier part; rows without a place in none."""
    left, parts = np.flatnonzero(places >= 0), []
    first = np.empty(int(places.max(initial=-1)) + 1, dtype=np.int64)
    while len(left):
        first[places[left[::-1]]] = left[::-1]  # where a place comes twice the last assignment stays: the first row
        is_first = first[places[left]] == left
        parts.append(left[is_first])
        left = left[~is_first]
    return parts


def told_by_text(cells: pd.Series, told: Callable[[Any], float], nothing: float) -> NDArray[Any]:
    """A number for each cell, worked out once for each different text; `nothing` for a missing one."""
    which, texts = pd.factorize(cells)
    # The last entry is that of a missing cell, whose number is -1.
    return np.array([*map(told, texts), nothing])[which]


def tag_shares(cell: object) -> dict[str, float]:
    """Reads 新一代信息技术(60%);人工智能: the share of the enterprise in each group it is tagged with.

    Without a bracket it is the whole enterprise; a number up to 1 without a % sign is a fraction. [0 to 1]
    """
    if not isinstance(cell, str):
        return {}
    plain = unicodedata.normalize("NFKC", cell)
    return {name: _fraction(share, sign) if share else 1.0 for name, share, sign in _TAG.findall(plain)}


def _fraction(share: str, sign: str) -> float:
    number = float(share)
    return number if number <= 1 and not sign else number / 100


_CLASS = re.compile(r"(\d{4})")
"""The class in an industry code, which may carry a letter before it or a name behind."""


@dataclass(frozen=True)
class Register:
    """A list with dated membership.

    Attributes:
        source: Its declaration.
        frame: Its rows, columns as the plan names them.
        groups: The plan's industry groups.
        book: Where its codes have their places.
        found: Each row's place in the book, where that is known.
        met: Which of its rows meet a condition, and behind them whether nobody does, by condition.
    """

    source: Source
    frame: pd.DataFrame
    groups: Mapping[str, Group]
    book: Book = field(default_factory=Book)
    found: NDArray[np.int64] | None = None
    met: dict[Test, NDArray[np.bool_]] = field(default_factory=dict)
    _shares: dict[tuple[tuple[str, ...], GroupRule], NDArray[np.float64]] = field(default_factory=dict)

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """First month of each row's membership, as an ordinal: the month that holds the first day."""
        if self.source.valid is None:
            return np.zeros(len(self.frame), dtype=np.int64)
        return month_ordinals(self.frame[self.source.valid.start])

    @cached_property
    def last(self) -> NDArray[np.int64]:
        """Last month of each row's membership: a firm that leaves within a month is no member at its end."""
        if self.source.valid is None:
            return np.full(len(self.frame), FOREVER, dtype=np.int64)
        days = self.frame[self.source.valid.end]
        after = days.to_numpy() + np.timedelta64(1, "D")
        return np.where(days.isna().to_numpy(), FOREVER, _months(after) - 1)

    def members(self, month: int) -> frozenset[str]:
        """Codes of the firms that are members in a month, given as an ordinal."""
        return self._codes((self.first <= month) & (month <= self.last))

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it holds, in any month."""
        return self._codes(np.ones(len(self.frame), dtype=np.bool_))

    def _codes(self, rows: NDArray[np.bool_]) -> frozenset[str]:
        return frozenset(self.book.codes[place] for place in self.places[rows & (self.places >= 0)].tolist())

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Each row's place in the book, -1 for one without a code."""
        return places_of(self.frame[self.code_column], self.book) if self.found is None else self.found

    def rows_of(self, codes: pd.Series, months: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each code in its month, the row of the list that holds then; -1 where there is none."""
        return self.rows_at(places_of(codes, self.book), months)

    def rows_at(self, places: NDArray[np.signedinteger[Any]], months: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each place in the book in its month, the row of the list that holds then; -1 where there is none.

        An enterprise may stand on the list several times with different spans (a firm that was reclassified).
        """
        found = np.full(len(places), -1, dtype=np.int32)
        for number, (rows, first, last) in enumerate(self._generations):
            at = np.minimum(places, len(rows) - 1)
            holds = first.take(at, mode="wrap") <= months
            holds &= last.take(at, mode="wrap") >= months
            found = np.where(holds if number == 0 else (found < 0) & holds, rows.take(at, mode="wrap"), found)
        return found.astype(np.int64)

    @cached_property
    def _generations(self) -> list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]]:
        """Rows of the list by place in the book, so that no enterprise stands twice in one part, and their spans."""
        parts = []
        for rows in in_turn(self.places):
            # One place more than the book has: that of an enterprise that came later, and of none.
            part = np.full(len(self.book.codes) + 1, -1, dtype=np.int32)
            part[self.places[rows]] = rows
            first, last = np.full_like(part, FOREVER), np.full_like(part, -1)
            first[self.places[rows]], last[self.places[rows]] = self.first[rows], self.last[rows]
            parts.append((part, first, last))
        return parts

    def weights(self, groups: tuple[str, ...], rule: GroupRule) -> NDArray[np.float64]:
        """Each row's share in the named groups together, at most 1.

        Tags come before codes: a firm with any tag is placed by its tags alone (see `GroupRule` for the bounds).
        """
        return self.shares(groups, rule)[:-1]

    def shares(self, groups: tuple[str, ...], rule: GroupRule) -> NDArray[np.float64]:
        """The weights, and behind them that of nobody, so that the row -1 has it: 0."""
        if (groups, rule) not in self._shares:
            self._shares[groups, rule] = np.append(self._weigh(groups, rule), 0.0)
        return self._shares[groups, rule]

    def _weigh(self, groups: tuple[str, ...], rule: GroupRule) -> NDArray[np.float64]:
        tagged = self._tagged(groups)
        whole = self._coded([code for name in groups for code in self.groups[name].whole])
        if rule is GroupRule.LOWER:
            return np.fmin(tagged, whole)  # the smaller of both, the class alone without a tag
        if rule is GroupRule.UPPER:
            part = self._coded([code for name in groups for code in self.groups[name].part])
            return np.maximum(np.maximum(np.nan_to_num(tagged), whole), part)
        return np.asarray(np.where(np.isnan(tagged), whole, tagged))

    @property
    def code_column(self) -> str:
        """Its column of enterprise codes."""
        return self.source.columns_by_type[CellType.USCC][0]

    def _tagged(self, groups: tuple[str, ...]) -> NDArray[np.float64]:
        """Sum of the shares by tag, at most 1; NaN for a firm without any tag."""
        names = self.source.columns_by_type.get(CellType.TAGS, [])
        if not names:
            return np.full(len(self.frame), np.nan)
        labels = [self.groups[name].labels for name in groups]

        def share(cell: object) -> float:
            tags = tag_shares(cell)
            if not tags:
                return float("nan")
            return min(1.0, sum(max((tags[tag] for tag in own if tag in tags), default=0.0) for own in labels))

        return told_by_text(self.frame[names[0]], share, float("nan"))

    def _coded(self, classes: list[str]) -> NDArray[np.float64]:
        names = self.source.columns_by_type.get(CellType.INDUSTRY, [])
        if not names:
            return np.zeros(len(self.frame))
        wanted = frozenset(classes)

        def inside(cell: object) -> float:
            found = _CLASS.search(str(cell))
            return float(found is not None and found[1] in wanted)

        return told_by_text(self.frame[names[0]], inside, 0.0)
