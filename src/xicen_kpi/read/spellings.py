"""Short cells by number: a column is looked up as a whole by its bytes, and a text is made of what is new alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.read.cells import Short

WIDTH = 24
"""Bytes of a cell, the last of which is 0 unless the cell is too long."""
_WORDS = WIDTH // 8
_LEAST, _ROOM = 2**10, 4
"""Spellings that there is room for at first, and slots of the first table for each that there is room for."""
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""Spreads bits: 2**64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)."""
_FOLD = np.uint64(29)


class Spellings:
    """Cells that have been seen, and a number that each was given.

    A hash names one slot of a table; a spelling whose slot is taken stands in the next, smaller table. Whatever stands
    there is compared byte by byte, so that no two spellings are ever taken for each other.
    """

    def __init__(self) -> None:
        # What stands first stands for an empty slot: no cell is as long.
        self._words = np.full((_WORDS, _LEAST), ~np.uint64(0))
        self._numbers = np.zeros(_LEAST, dtype=np.int32)
        self._size = 1
        self._tables: list[NDArray[np.int32]] = []

    def numbers(self, cells: Short, numbers_of: Callable[[Short], Sequence[int]]) -> NDArray[np.int64]:
        """The number of each cell.

        Args:
            cells: The cells.
            numbers_of: Says the numbers of cells; asked once for each new spelling, in the order of appearance.
        """
        words = _words_of(cells.cells)
        found = self._look_up(words)
        new = np.flatnonzero(found == 0)
        if len(new):
            fresh = cells.cells if len(new) == len(found) else cells.cells[new]
            different = dict.fromkeys(fresh.tolist())
            if len(different) < len(fresh):
                fresh = np.array(list(different), dtype=f"S{WIDTH}")
            first = self._size
            self._add(fresh, numbers_of(replace(cells, cells=fresh)))
            is_once = len(fresh) == len(new)
            found[new] = np.arange(first, self._size) if is_once else self._look_up([word[new] for word in words])
        return self._numbers.take(found).astype(np.int64)

    def number(self, text: str) -> int | None:
        """The number of a text of ASCII, if it has been seen."""
        if not text.isascii() or len(text) >= WIDTH:
            return None
        place = self._look_up(_words_of(np.array([text.encode()], dtype=f"S{WIDTH}")))[0]
        return int(self._numbers[place]) if place else None

    def _look_up(self, words: Sequence[NDArray[np.uint64]]) -> NDArray[np.int64]:
        """Where each cell stands among those that have been seen; 0 for one that has not."""
        found = np.zeros(len(words[0]), dtype=np.int64)
        hashes, left = _hashes(words), np.arange(len(found))
        for table in self._tables:
            places = table.take(_slots(hashes, table)).astype(np.int64)
            same = np.ones(len(places), dtype=np.bool_)
            for own, word in zip(self._words, words, strict=True):
                same &= own.take(places) == word
            found[left] = places * same
            if same.all():
                break
            out = np.flatnonzero(~same)
            left, hashes, words = left[out], hashes[out], [word[out] for word in words]
        return found

    def _add(self, cells: NDArray[np.bytes_], numbers: Sequence[int]) -> None:
        size = self._size + len(cells)
        if size > len(self._numbers):
            room = max(size, 2 * len(self._numbers))
            self._words = np.pad(self._words[:, : self._size], ((0, 0), (0, room - self._size)))
            self._numbers = np.pad(self._numbers[: self._size], (0, room - self._size))
            self._tables.clear()
        self._words[:, self._size : size] = _words_of(cells)
        self._numbers[self._size : size] = numbers
        self._put(np.arange(self._size if self._tables else 1, size, dtype=np.int32))
        self._size = size

    def _put(self, places: NDArray[np.int32]) -> None:
        """Enters spellings into the first table that has a free slot for each."""
        hashes, depth = _hashes([word[places] for word in self._words]), 0
        while len(places):
            if depth == len(self._tables):
                size = max(_ROOM * len(self._numbers) >> 2 * depth, _LEAST)
                self._tables.append(np.zeros(1 << (size.bit_length() - 1), dtype=np.int32))
            table = self._tables[depth]
            slots = _slots(hashes, table)
            free = table[slots] == 0
            table[slots[free]] = places[free]
            out = table[slots] != places
            places, hashes, depth = places[out], hashes[out], depth + 1


def _words_of(cells: NDArray[np.bytes_]) -> list[NDArray[np.uint64]]:
    return list(np.ascontiguousarray(np.ascontiguousarray(cells).view(np.uint64).reshape(-1, _WORDS).T))


def _hashes(words: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    mixed = words[0] * GOLDEN
    for word in words[1:]:
        mixed ^= mixed >> _FOLD
        mixed ^= word
        mixed *= GOLDEN
    return mixed


def _slots(hashes: NDArray[np.uint64], table: NDArray[np.int32]) -> NDArray[np.int64]:
    """The slot that each hash names in a table: its upper bits."""
    return (hashes >> np.uint64(65 - len(table).bit_length())).view(np.int64)
