"""A column in the fewest bytes that give it back bit for bit: a table of national size stays in memory only so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SCALES = (1, 10, 100)
"""Amounts are whole numbers, or have two decimals at most, more often than not."""
_SMALL = tuple(
    (np.dtype(kind), int(np.iinfo(kind).min), int(np.iinfo(kind).max))
    for kind in (np.int8, np.uint8, np.int16, np.uint16, np.int32)
)
"""Types with their least and their greatest number, the smallest first."""
_MANY = 1_000
"""Different texts of a column from which they are put one behind the other."""
_DAY = 86_400_000_000_000
"""Nanoseconds."""
_NOT_A_DAY = np.iinfo(np.int64).min
"""What numpy keeps in the place of a missing day."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Different texts in UTF-8, one behind the other: a fifth of what the interpreter needs for a name.

    Attributes:
        cells: All of them.
        ends: Where each begins, and where the last ends.
    """

    cells: bytes
    ends: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """The texts."""
        cells = [text.encode("utf-8", "surrogatepass") for text in texts]
        return cls(b"".join(cells), np.cumsum([0, *map(len, cells)], dtype=np.int32))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Texts by number; None for -1."""
        found = np.empty(len(numbers), dtype=object)
        pairs = zip(self.ends[numbers].tolist(), self.ends[numbers + 1].tolist(), strict=True)
        # Of -1 the end comes before the beginning: they are the first and the last of all.
        found[:] = [str(self.cells[a:b], "utf-8", "surrogatepass") if a <= b else None for a, b in pairs]
        return found


@dataclass(frozen=True, slots=True)
class Packed:
    """A column of cells.

    Attributes:
        cells: The cells as small numbers, or as they were; of cells that are all the same only one is kept.
        dtype: What they were.
        scale: What the numbers are divided by.
        base: What is added to them.
        missing: The number of a missing cell; None where there is none.
        texts: The different objects that the numbers stand for, -1 for None.
    """

    cells: NDArray[Any]
    dtype: np.dtype[Any]
    scale: int = 1
    base: int = 0
    missing: int | None = None
    texts: Texts | NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def different(self) -> NDArray[Any]:
        """The different objects of the column."""
        if isinstance(self.texts, Texts):
            return self.texts[np.arange(len(self.texts))]
        return np.empty(0, dtype=object) if self.texts is None else self.texts[:-1]

    def unpacked(self, rows: slice | NDArray[Any] = slice(None)) -> NDArray[Any]:
        """Some of the cells as they were; a missing object comes back as None."""
        cells = self.cells[rows]
        if self.texts is not None:
            found: NDArray[Any] = self.texts[cells.astype(np.int32)]
            return found
        if cells.dtype == self.dtype and not self.base:
            return np.array(cells)
        gone = None if self.missing is None else cells == self.missing
        if self.dtype.kind == "f":
            amounts = cells.astype(self.dtype)
            if self.scale != 1:
                amounts /= self.scale
            if gone is not None:
                amounts[gone] = np.nan
            return amounts
        numbers = cells.astype(np.int64) + self.base
        if self.dtype.kind == "M":
            numbers *= _DAY
            if gone is not None:
                numbers[gone] = _NOT_A_DAY
        return numbers.view(self.dtype)


def packed(cells: NDArray[Any]) -> Packed:
    """A column in the smallest form that gives back the same.

    Args:
        cells: Amounts, whole numbers of 64 bits, days or objects; others are kept as they are.
    """
    if cells.dtype == np.float64:
        return _amounts(cells)
    if cells.dtype == np.int64:
        return _numbers(cells)
    if cells.dtype == np.dtype("datetime64[ns]"):
        return _days(cells)
    if cells.dtype == object:
        numbers, texts = pd.factorize(cells)
        listed = texts.tolist()
        many = len(listed) > _MANY and set(map(type, listed)) == {str}
        # The last of an array, -1, is None.
        return Packed(
            _narrow(numbers), cells.dtype, texts=Texts.of(listed) if many else np.array([*listed, None], dtype=object)
        )
    return Packed(cells, cells.dtype)


def joined(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Columns one below the other; of different types as objects."""
    if len(columns) == 1:
        return columns[0]
    alike = all(one.dtype == columns[0].dtype for one in columns)
    return np.concatenate(columns if alike else [one.astype(object) for one in columns])


def _amounts(cells: NDArray[np.float64]) -> Packed:
    gone = np.isnan(cells)
    missing = bool(gone.any())
    amounts = np.where(gone, 0.0, cells) if missing else cells
    for scale in _SCALES:
        scaled = np.rint(amounts * scale)
        if not np.abs(scaled).max(initial=0.0) < np.iinfo(np.int32).max:
            break
        numbers = scaled.astype(np.int32)
        # Bit for bit: -0.0 is not 0.0.
        if np.array_equal((numbers / scale).view(np.int64), amounts.view(np.int64)):
            if not missing:
                return Packed(_narrow(numbers), cells.dtype, scale)
            least = int(numbers.min()) - 1
            numbers[gone] = least
            return Packed(_narrow(numbers), cells.dtype, scale, missing=least)
    return Packed(cells, cells.dtype)


def _numbers(cells: NDArray[np.int64]) -> Packed:
    base, most = (int(cells.min()), int(cells.max())) if len(cells) else (0, 0)
    if most - base > np.iinfo(np.int32).max:
        return Packed(cells, cells.dtype)
    return Packed(_narrow(cells - base), cells.dtype, base=base)


def _days(cells: NDArray[Any]) -> Packed:
    numbers = np.ascontiguousarray(cells).view(np.int64)
    gone = numbers == _NOT_A_DAY
    days, rest = np.divmod(np.where(gone, 0, numbers), _DAY)
    if rest.any():
        return Packed(cells, cells.dtype)
    base = int(days.min(initial=0))
    days -= base
    missing = bool(gone.any())
    if missing:
        days[gone] = -1
    return Packed(_narrow(days), cells.dtype, base=base, missing=-1 if missing else None)


def _narrow(numbers: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in the smallest type; all the same, as one."""
    if not len(numbers):
        return numbers.astype(np.int8)
    least, most = int(numbers.min()), int(numbers.max())
    kind = next((one for one, low, high in _SMALL if low <= least and most <= high), numbers.dtype)
    if least == most:
        return np.broadcast_to(np.array(least, dtype=kind), numbers.shape)
    return numbers.astype(kind)
