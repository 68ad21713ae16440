"""What tells sums apart: how large their largest parts are, and by which units two sums differ."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from xicen_kpi.engine.exact import exact_sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.amounts import Amounts, Codes

    Values: TypeAlias = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sizes:
    """The parts of a sum by their size, negative ones too.

    Attributes:
        sizes: In any order.
    """

    sizes: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @classmethod
    def of(cls, values: Values) -> Sizes:
        """Of the parts as they are."""
        return cls(np.abs(np.asarray(values, dtype=np.float64)))

    def __len__(self) -> int:
        return len(self.sizes)

    def __add__(self, other: Sizes) -> Sizes:
        return Sizes(np.concatenate([self.sizes, other.sizes]))

    @property
    def total(self) -> float:
        """All together, exactly rounded."""
        return exact_sum(self.sizes)

    def largest(self, number: int) -> float:
        """So many of the largest together, exactly rounded."""
        return math.fsum(self._split(number)[1].tolist())

    def without(self, number: int) -> float:
        """All but so many of the largest together, exactly rounded."""
        return exact_sum(self._split(number)[0])

    def _split(self, number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The smaller ones and so many of the largest, each in any order."""
        first = max(len(self.sizes) - number, 0)
        parted = np.partition(self.sizes, first) if first < len(self.sizes) else self.sizes
        return parted[:first], parted[first:]


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a sum beside the book of its drop, those alone that have an amount.

    Attributes:
        places: Their places in the book, in order.
        amounts: The amount of each.
    """

    places: NDArray[np.int64]
    amounts: NDArray[np.float64]

    @classmethod
    def of(cls, amounts: Amounts, codes: Codes | None = None) -> Units:
        """Of a sum, or of the part of it that belongs to some units."""
        own = amounts if codes is None else amounts.among(codes)
        places = np.flatnonzero(own.who.there)
        return cls(places, own.dense[places])

    def __len__(self) -> int:
        return len(self.places)

    def apart(self, other: Units, most: int) -> NDArray[np.float64] | None:
        """What each unit has more or less in one of two sums, as sizes; None where they are apart in more than `most`.

        A unit with another amount in each counts twice: in both sums stands one that the other has not.
        """
        if abs(len(self) - len(other)) > most:
            return None
        _, mine, theirs = np.intersect1d(self.places, other.places, assume_unique=True, return_indices=True)
        changes = self.amounts[mine] - other.amounts[theirs]
        changes = changes[self.amounts[mine] != other.amounts[theirs]]
        alone = [np.delete(self.amounts, mine), np.delete(other.amounts, theirs)]
        if sum(map(len, alone)) + 2 * len(changes) > most:
            return None
        sizes: NDArray[np.float64] = np.abs(np.concatenate([*alone, changes]))
        return sizes
