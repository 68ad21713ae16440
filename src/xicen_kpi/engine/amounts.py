"""Amounts by enterprise: one array beside a book of codes, so that half a million are added and matched at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.read.book import Book as Book  # noqa: PLC0414 -- handed on to those who work with amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Amounts(Mapping[str, float]):
    """Amount by enterprise code.

    Attributes:
        book: The codes that the places of the array stand for.
        dense: The amount at each place of the book, NaN where the enterprise has none; places beyond its end have none.
    """

    book: Book = field(default_factory=Book)
    dense: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @classmethod
    def of(cls, amounts: Mapping[str, float], book: Book | None = None) -> Amounts:
        """From any mapping, beside a book of its own or a given one; itself where it is one and no book is given."""
        if isinstance(amounts, Amounts) and (book is None or book is amounts.book):
            return amounts
        own = Book() if book is None else book
        places = own.places(amounts, len(amounts))
        dense = np.full(len(own), np.nan)
        dense[places] = np.fromiter(amounts.values(), dtype=np.float64, count=len(amounts))
        return cls(own, dense)

    def __getitem__(self, code: str) -> float:
        place = self.book.get(code, -1)
        amount = self.dense[place] if 0 <= place < len(self.dense) else np.nan
        if np.isnan(amount):
            raise KeyError(code)
        return float(amount)

    def __iter__(self) -> Iterator[str]:
        codes = self.book.codes
        return iter([codes[place] for place in np.flatnonzero(self.there).tolist()])

    def __len__(self) -> int:
        return int(self.there.sum())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment] # compared by content, as mappings are

    @cached_property
    def there(self) -> NDArray[np.bool_]:
        """At which places there is an amount."""
        return ~np.isnan(self.dense)

    @cached_property
    def total(self) -> float:
        """The sum over all, exactly rounded."""
        return math.fsum(self.dense[self.there].tolist())

    def among(self, places: NDArray[np.bool_]) -> Amounts:
        """Only those at some places."""
        return Amounts(self.book, np.where(places, self.dense, np.nan))

    def times(self, factor: float) -> Amounts:
        """Every amount times a factor."""
        return Amounts(self.book, self.dense * factor)

    def largest(self, number: int) -> list[str]:
        """Codes of so many of the largest, the largest first, ties by code."""
        places = np.flatnonzero(self.there)
        if len(places) > number > 0:
            least = np.partition(self.dense[places], len(places) - number)[len(places) - number]
            places = places[self.dense[places] >= least]
        codes = self.book.codes
        order = sorted((-self.dense[place], codes[place]) for place in places.tolist())
        return [code for _, code in order[:number]]


def side_by_side(*many: Mapping[str, float]) -> tuple[Book, list[NDArray[np.float64]]]:
    """Several amounts over one book: the book, and their arrays, all as long as the book, NaN where there is none."""
    shared = many[0].book if isinstance(many[0], Amounts) else Book()
    if not all(isinstance(one, Amounts) and one.book is shared for one in many):
        shared = Book()
    own = [Amounts.of(one, shared) for one in many]
    return shared, [_of_length(one.dense, len(shared)) for one in own]


def _of_length(dense: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    if len(dense) == size:
        return dense
    return np.concatenate([dense, np.full(size - len(dense), np.nan)])
