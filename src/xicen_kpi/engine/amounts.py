"""Amounts by enterprise: one array beside a book of codes, so that half a million are added and matched at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.exact import exact_sum
from xicen_kpi.read.book import Book as Book  # noqa: PLC0414 -- handed on to those who work with amounts

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Codes(Collection[str]):
    """Some of the codes of a book.

    Attributes:
        book: The codes that may be among them.
        there: Which of its places are; places beyond the end are not.
    """

    book: Book = field(default_factory=Book)
    there: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=np.bool_))

    @classmethod
    def of(cls, codes: Collection[str], book: Book) -> Codes:
        """Those of a few codes that are in the book."""
        there = np.zeros(len(book.codes), dtype=np.bool_)
        there[[place for code in codes if (place := book.get(code, -1)) >= 0]] = True
        return cls(book, there)

    def __contains__(self, code: object) -> bool:
        place = self.book.get(code, -1) if isinstance(code, str) else -1
        return 0 <= place < len(self.there) and bool(self.there[place])

    def __iter__(self) -> Iterator[str]:
        codes = self.book.codes
        return iter([codes[place] for place in np.flatnonzero(self.there).tolist()])

    def __len__(self) -> int:
        return int(np.count_nonzero(self.there))

    def __eq__(self, other: object) -> bool:
        return set(self) == set(other) if isinstance(other, Codes | AbstractSet) else NotImplemented

    __hash__ = None  # type: ignore[assignment] # compared by content, as sets are

    def __and__(self, other: Codes) -> Codes:
        return Codes(self.book, np.logical_and(*_paired(self, other)))

    def __or__(self, other: Codes) -> Codes:
        return Codes(self.book, np.logical_or(*_paired(self, other)))

    def __sub__(self, other: Codes) -> Codes:
        return Codes(self.book, np.greater(*_paired(self, other)))


@dataclass(frozen=True, eq=False)
class Amounts(Mapping[str, float]):
    """Amount by enterprise code. Amounts that are set against each other stand beside the same book.

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
        dense = np.full(len(own.codes), np.nan)
        dense[places] = np.fromiter(amounts.values(), dtype=np.float64, count=len(amounts))
        return cls(own, dense)

    # -- as a mapping

    def __getitem__(self, code: str) -> float:
        place = self.book.get(code, -1)
        amount = self.dense[place] if 0 <= place < len(self.dense) else np.nan
        if np.isnan(amount):
            raise KeyError(code)
        return float(amount)

    def __iter__(self) -> Iterator[str]:
        return iter(self.who)

    def __len__(self) -> int:
        return len(self.who)

    def __eq__(self, other: object) -> bool:
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment] # compared by content, as mappings are

    def items(self) -> ItemsView[str, float]:
        """Code and amount of each, by place."""
        return dict(zip(self.who, self.known.tolist(), strict=True)).items()

    # -- as a whole

    @cached_property
    def who(self) -> Codes:
        """The enterprises that have an amount."""
        return Codes(self.book, ~np.isnan(self.dense))

    @property
    def known(self) -> NDArray[np.float64]:
        """The amounts alone, by place."""
        return self.dense[self.who.there]

    @cached_property
    def total(self) -> float:
        """The sum over all, exactly rounded."""
        return exact_sum(self.known)

    @property
    def highest(self) -> float | None:
        """The largest amount; None where there is none."""
        return float(np.nanmax(self.dense)) if len(self) else None

    @property
    def size(self) -> float:
        """The largest amount either side of 0; 0.0 where there is none."""
        return float(np.nanmax(np.abs(self.dense))) if len(self) else 0.0

    def largest(self, number: int) -> list[str]:
        """Codes of so many of the largest, the largest first, ties by code."""
        places = np.flatnonzero(self.who.there)
        if len(places) > number > 0:
            least = np.partition(self.dense[places], len(places) - number)[len(places) - number]
            places = places[self.dense[places] >= least]
        codes = self.book.codes
        order = sorted((-self.dense[place], codes[place]) for place in places.tolist())
        return [code for _, code in order[:number]]

    # -- made of it: the same enterprises, fewer, or more

    def among(self, who: Codes) -> Amounts:
        """Only those of some enterprises."""
        dense, there = _paired(self, who)
        return Amounts(self.book, np.where(there, dense, np.nan))

    def filled(self, who: Codes) -> Amounts:
        """Of just these enterprises: 0 for one that has none."""
        dense, there = _paired(self, who)
        return Amounts(self.book, np.where(there, np.where(np.isnan(dense), 0.0, dense), np.nan))

    def positive(self) -> Amounts:
        """Only those above 0."""
        return Amounts(self.book, np.where(self.dense > 0, self.dense, np.nan))

    def times(self, factor: float) -> Amounts:
        """Every amount times a factor."""
        return self if factor == 1 else Amounts(self.book, self.dense * factor)

    def plus(self, other: Amounts) -> Amounts:
        """Both added up; an enterprise that has one of them has that."""
        if not len(self.dense) and self.book is other.book:
            return other
        first, second = _paired(self, other)
        return Amounts(self.book, np.where(np.isnan(first), second, np.where(np.isnan(second), first, first + second)))

    def minus(self, other: Amounts) -> Amounts:
        """The difference, of the enterprises that have both."""
        return Amounts(self.book, np.subtract(*_paired(self, other)))

    def over(self, other: Amounts) -> Amounts:
        """The quotient, of the enterprises that have both; the other's amounts are not 0."""
        with np.errstate(over="ignore"):  # beside next to nothing it is beyond every number: infinity
            return Amounts(self.book, np.divide(*_paired(self, other)))


def side_by_side(*many: Mapping[str, float]) -> list[Amounts]:
    """Several amounts beside one book: their own where they share it, else a new one."""
    own = [one for one in many if isinstance(one, Amounts)]
    if len(own) == len(many) and all(one.book is own[0].book for one in own):
        return own
    book = Book()
    return [Amounts.of(one, book) for one in many]


def _paired(one: Amounts | Codes, other: Amounts | Codes) -> tuple[NDArray[Any], NDArray[Any]]:
    if one.book is not other.book:
        message = "amounts beside different books"
        raise ValueError(message)
    first, second = (each.dense if isinstance(each, Amounts) else each.there for each in (one, other))
    return beside(first, second)


def beside(first: NDArray[Any], second: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Two arrays by place, the shorter one filled up with what stands for nothing: False, -1 for a number, NaN."""
    size = max(len(first), len(second))
    return _filled_up(first, size), _filled_up(second, size)


def _filled_up(by_place: NDArray[Any], size: int) -> NDArray[Any]:
    if len(by_place) == size:
        return by_place
    nothing = {"b": False, "i": -1}.get(by_place.dtype.kind, np.nan)
    return np.concatenate([by_place, np.full(size - len(by_place), nothing, dtype=by_place.dtype)])
