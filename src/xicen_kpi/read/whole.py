"""Chunks put together to one frame as they come, so that a table is hardly ever held twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_GROWTH = 1.5


def whole_frame(frames: Iterable[pd.DataFrame], expected: int = 0) -> pd.DataFrame:
    """The frames one below the other, each let go of as soon as it has been copied.

    Args:
        frames: Frames with the same columns; one alone comes back as it is. Their indices follow each other; rows
            without named numbers are counted anew.
        expected: About how many rows they have together; 0 if nobody knows.
    """
    one_by_one = iter(frames)
    first = next(one_by_one, None)
    if first is None:
        return pd.DataFrame()
    second = next(one_by_one, None)
    if second is None:
        return first
    whole = _Whole(first, expected)
    del first
    whole.add(second)
    del second
    for frame in one_by_one:
        whole.add(frame)
        del frame
    return whole.frame()


def framed(columns: Mapping[Any, NDArray[Any] | pd.Categorical], index: pd.Index) -> pd.DataFrame:
    """A frame of arrays as they are: nothing copied, no type guessed, no index compared with another."""
    # Numbers and days are taken as they are; of objects pandas would look for texts, unless told not to.
    own = {
        name: pd.Series(cells, index=index, dtype=cells.dtype, copy=False) if cells.dtype.kind == "O" else cells
        for name, cells in columns.items()
    }
    return pd.DataFrame(own, index=index, copy=False)


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """A few frames one below the other, their rows counted anew; what comes by its values stays so."""
    if any(list(frame.columns) != list(frames[0].columns) for frame in frames):
        return pd.concat(frames, ignore_index=True)
    columns: dict[Any, NDArray[Any] | pd.Categorical] = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        folded = all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts)
        columns[name] = union_categoricals(parts) if folded else np.concatenate([part.to_numpy() for part in parts])
    return framed(columns, pd.RangeIndex(sum(map(len, frames))))


class _Whole:
    """Columns that grow."""

    def __init__(self, first: pd.DataFrame, expected: int) -> None:
        self._size = 0
        self._columns: dict[Any, NDArray[Any]] = {
            name: np.empty(max(expected, len(first)), dtype=column.to_numpy().dtype) for name, column in first.items()
        }
        self._indices: list[pd.Index] = []
        self.add(first)

    def add(self, frame: pd.DataFrame) -> None:
        """Copies a frame to the end."""
        size = self._size + len(frame)
        for name, column in frame.items():
            cells = column.to_numpy()
            room = self._room(name, size, cells.dtype)
            room[self._size : size] = cells
        self._indices.append(frame.index)
        self._size = size

    def _room(self, name: Any, size: int, dtype: np.dtype[Any]) -> NDArray[Any]:  # noqa: ANN401 -- a name of any type
        """The column, with room for so many cells of that type."""
        own = self._columns[name]
        common = own.dtype if own.dtype == dtype else np.result_type(own.dtype, dtype)
        if len(own) < size or common != own.dtype:
            room = np.empty(max(size, int(len(own) * _GROWTH)) if len(own) < size else len(own), dtype=common)
            room[: self._size] = own[: self._size]
            self._columns[name] = own = room
        return own

    def frame(self) -> pd.DataFrame:
        """What has been put together."""
        named = self._indices[0].name is not None
        index = self._indices[0].append(self._indices[1:]) if named else pd.RangeIndex(self._size)
        return framed({name: column[: self._size] for name, column in self._columns.items()}, index)
