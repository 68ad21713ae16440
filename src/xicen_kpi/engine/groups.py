"""Groups of enterprises (industry, town): one array of numbers beside a book of codes, so that they add up at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.engine.amounts import Amounts, Book, Codes, beside
from xicen_kpi.engine.exact import exact_sums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NO_GROUP = -1
"""Number of the group of an enterprise that has none."""


@dataclass(frozen=True, eq=False)
class Groups(Mapping[str, str]):
    """Group by enterprise code.

    Attributes:
        book: The codes that the places of the array stand for.
        names: The groups; each stands here once.
        numbers: Which of them the enterprise at each place of the book belongs to.
    """

    book: Book = field(default_factory=Book)
    names: tuple[str, ...] = ()
    numbers: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    _wholes: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    @classmethod
    def of(cls, group_of: Mapping[str, str], book: Book) -> Groups:
        """From any mapping, beside a given book; itself where it stands there."""
        if isinstance(group_of, Groups) and group_of.book is book:
            return group_of
        names = Book()
        numbers = np.full(len(book.codes), NO_GROUP, dtype=np.int64)
        for place, code in enumerate(book.codes):
            if code in group_of:
                numbers[place] = names[group_of[code]]
        return cls(book, tuple(names.codes), numbers)

    def __getitem__(self, code: str) -> str:
        place = self.book.get(code, -1)
        number = self.numbers[place] if 0 <= place < len(self.numbers) else NO_GROUP
        if number == NO_GROUP:
            raise KeyError(code)
        return self.names[number]

    def __iter__(self) -> Iterator[str]:
        return iter([self.book.codes[place] for place in np.flatnonzero(self.numbers != NO_GROUP).tolist()])

    def __len__(self) -> int:
        return int(np.count_nonzero(self.numbers != NO_GROUP))

    def or_else(self, other: Groups) -> Groups:
        """Those of another grouping beside the same book where an enterprise has no group here."""
        names = Book()
        for name in (*self.names, *other.names):
            names[name]
        # The last entry stands for "no group", which is -1.
        renumbered = np.array([*(names[name] for name in other.names), NO_GROUP], dtype=np.int64)
        mine, theirs = beside(self.numbers, other.numbers)
        return Groups(self.book, tuple(names.codes), np.where(mine == NO_GROUP, renumbered[theirs], mine))

    def sums(self, amounts: Amounts, other: str) -> dict[str, float]:
        """The amounts added up by group, exactly rounded; `other` is the group of those that have none."""
        own, names = self._whole(other, len(amounts.dense))
        places = np.flatnonzero(amounts.who.there)
        numbers = own[places]
        there = np.bincount(numbers, minlength=len(names)) > 0
        sums = exact_sums(amounts.dense[places], numbers, len(names))
        return {name: total for name, total, any_ in zip(names, sums, there.tolist(), strict=True) if any_}

    def parts(self, who: Codes, other: str) -> dict[str, Codes]:
        """Some enterprises told apart by group; `other` is the group of those that have none."""
        own, names = self._whole(other, len(who.there))
        there, _ = beside(who.there, own)
        found = np.unique(own[there]).tolist()
        return {names[number]: Codes(self.book, there & (own == number)) for number in found}

    def _whole(self, other: str, size: int) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        """A group for everybody, at so many places or more, and the names of the groups."""
        names = self.names if other in self.names else (*self.names, other)
        if other not in self._wholes or len(self._wholes[other]) < size:
            numbers = np.full(max(size, len(self.numbers)), names.index(other))
            np.copyto(numbers[: len(self.numbers)], self.numbers, where=self.numbers != NO_GROUP)
            self._wholes[other] = numbers
        return self._wholes[other], names
