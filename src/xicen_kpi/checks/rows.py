"""All rows of a source, packed, and apart by bands of enterprises, so that a band is unpacked and looked at alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from xicen_kpi.checks.packing import Packed, joined, packed
from xicen_kpi.read.table import PERIOD, ROW
from xicen_kpi.read.whole import framed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

BAND = 2**13
"""Enterprises of a band: with the months of some years and what the rules make of them, some tens of megabytes."""

_BLOCK = 2**16
"""Rows that are packed together."""


class Rows(NamedTuple):
    """Some rows, in the order of the files.

    Attributes:
        frame: Their columns.
        ids: Each one's enterprise, by its place in the book, -1 for none.
        positions: Where each stands among all rows of the source.
    """

    frame: pd.DataFrame
    ids: NDArray[np.int32]
    positions: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows packed together, band by band and within a band as they came.

    Attributes:
        start: Position of the first that came.
        order: Which of the rows that came each one is.
        bands: The rows of each band.
        ids: Place of each row's enterprise among those of its band, counted from 1; 0 for none.
        columns: The other columns by name; of the row numbers what they are beyond `order`.
    """

    start: int
    order: Packed
    bands: dict[int, slice]
    ids: Packed
    columns: dict[str, Packed]

    def places(self, band: int, rows: slice | NDArray[np.int64]) -> NDArray[np.int32]:
        """The enterprises of some rows by their places in the book.

        Args:
            band: How many enterprises a band has.
            rows: The rows; a slice is a whole band or within one.
        """
        starts = np.array([own.start for own in self.bands.values()])
        first = rows.start if isinstance(rows, slice) else rows
        numbers = np.array(list(self.bands))[np.searchsorted(starts, first, side="right") - 1]
        found: NDArray[np.int32] = (self.ids.unpacked(rows) - 1 + numbers * band).astype(np.int32)
        return found

    def cells(self, name: str, rows: slice | NDArray[np.int64]) -> NDArray[Any]:
        """Some cells of a column."""
        cells = self.columns[name].unpacked(rows)
        return cells + self.order.unpacked(rows) if name == ROW else cells

    def sorted(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Some rows in the order in which they came."""
        return rows[np.argsort(self.order.unpacked(rows), kind="stable")]


_Some: TypeAlias = "tuple[Block, slice | NDArray[Any]]"
"""Rows of a block."""


@dataclass
class Store:
    """The rows of one source; closed before it is read.

    Attributes:
        enterprise: The column that names the enterprise; it is kept as a place in the book.
        band: How many enterprises a band has.
        size: Rows so far.
        held: Rows by month ordinal.
        first: Position of the first row of each month.
        named: Whether any row names its enterprise.
    """

    enterprise: str | None
    band: int = BAND
    size: int = 0
    held: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)
    named: bool = False
    blocks: list[Block] = field(default_factory=list)
    _waiting: list[tuple[pd.DataFrame, NDArray[np.int32]]] = field(default_factory=list)
    _packed: int = 0

    def add(self, frame: pd.DataFrame, places: NDArray[np.int32]) -> None:
        """Takes rows, and the places of their enterprises in the book."""
        self._waiting.append((frame, places))
        self.size += len(frame)
        if self.size - self._packed >= _BLOCK:
            self.close()

    def close(self) -> None:
        """Packs what has not been packed."""
        if not self._waiting:
            return
        frames = [frame for frame, _ in self._waiting if len(frame)] or [self._waiting[0][0]]
        ids = np.concatenate([places for _, places in self._waiting])
        names = [name for name in frames[0].columns if name != self.enterprise]
        columns = {name: joined([frame[name].to_numpy() for frame in frames]) for name in names}
        self._waiting.clear()
        for start in range(0, max(len(ids), 1), _BLOCK):
            rows = slice(start, start + _BLOCK)
            self._pack({name: cells[rows] for name, cells in columns.items()}, ids[rows])

    def _pack(self, columns: dict[str, NDArray[Any]], ids: NDArray[np.int32]) -> None:
        start, size = self._packed, len(ids)
        if PERIOD in columns:
            self._note(columns[PERIOD])
        self.named |= bool((ids >= 0).any())
        own = np.maximum(ids, 0) // self.band
        order = np.arange(size)
        if size and own.min() != own.max():
            order = np.argsort(own.astype(np.uint16) if own.max() < _BLOCK else own, kind="stable")
            ids, own = ids[order], own[order]
            columns = {name: cells[order] for name, cells in columns.items()}
        numbers, starts = np.unique(own, return_index=True) if size else (np.zeros(1), np.zeros(1))
        ends = np.append(starts[1:], size)
        bands = {int(one): slice(int(a), int(b)) for one, a, b in zip(numbers, starts, ends, strict=True)}
        if ROW in columns:
            columns[ROW] = columns[ROW] - order
        within = packed((ids + 1 - own * self.band).astype(np.int64))
        kept = {name: packed(cells) for name, cells in columns.items()}
        self.blocks.append(Block(start, packed(order.astype(np.int64)), bands, within, kept))
        self._packed += size

    def _note(self, months: NDArray[np.int64]) -> None:
        dated = np.flatnonzero(months >= 0)
        if not len(dated):
            return
        least = int(months[dated].min())
        numbers = months[dated] - least
        counts = np.bincount(numbers)
        first = np.zeros(len(counts), dtype=np.int64)
        first[numbers[::-1]] = dated[::-1]
        for number in np.flatnonzero(counts).tolist():
            self.held[least + number] += int(counts[number])
            self.first.setdefault(least + number, self._packed + int(first[number]))

    # -- some of the rows

    def of_band(self, number: int, columns: Collection[str] | None = None) -> Rows:
        """The rows of a band: some columns of them, or all."""
        return self._taken([(block, block.bands[number]) for block in self.blocks if number in block.bands], columns)

    def at(self, months: Collection[int], columns: Collection[str] | None = None) -> Rows:
        """The rows of some months: some columns of them, or all."""
        chosen = []
        for block in self.blocks if PERIOD in self.names else ():
            rows = np.flatnonzero(np.isin(block.columns[PERIOD].unpacked(), list(months)))
            if len(rows):
                chosen.append((block, block.sorted(rows)))
        return self._taken(chosen, columns)

    def of_enterprise(self, place: int) -> Rows:
        """The rows of one enterprise; below 0, those that name none."""
        number, within = (place // self.band, place % self.band + 1) if place >= 0 else (0, 0)
        chosen = []
        for block in self.blocks:
            if (own := block.bands.get(number)) is not None:
                rows = own.start + np.flatnonzero(block.ids.unpacked(own) == within)
                if len(rows):
                    chosen.append((block, rows))
        return self._taken(chosen)

    def whole(self, columns: Collection[str]) -> Rows:
        """All rows with some of their columns."""
        return self._taken([(block, block.sorted(np.arange(len(block.ids)))) for block in self.blocks], columns)

    def find(self, row: int, start: int, stop: int) -> tuple[int, int] | None:
        """The position and the enterprise's place of the first row of a number between two positions; None without."""
        for block in self.blocks:
            if block.start < stop and start < block.start + len(block.ids):
                positions = block.start + block.order.unpacked()
                hit = (block.cells(ROW, slice(None)) == row) & (positions >= start) & (positions < stop)
                if hit.any():
                    at = block.sorted(np.flatnonzero(hit))[:1]
                    return int(positions[at[0]]), int(block.places(self.band, at)[0])
        return None

    @property
    def names(self) -> list[str]:
        """The columns but that of the enterprises."""
        return list(self.blocks[0].columns) if self.blocks else []

    def _taken(self, chosen: Sequence[_Some], columns: Collection[str] | None = None) -> Rows:
        names = [name for name in self.names if columns is None or name in columns]
        sizes = [len(block.ids.cells[rows]) for block, rows in chosen]
        ends = np.cumsum(sizes, dtype=np.int64).tolist()
        size = ends[-1] if ends else 0
        ids = np.empty(size, dtype=np.int32)
        positions = np.empty(size, dtype=np.int64)
        cells = {name: np.empty(size, dtype=self._type(name)) for name in names}
        for (block, rows), own, end in zip(chosen, sizes, ends, strict=True):
            place = slice(end - own, end)
            ids[place] = block.places(self.band, rows)
            positions[place] = block.start + block.order.unpacked(rows)
            for name in names:
                cells[name][place] = block.cells(name, rows)
        return Rows(framed(cells, pd.RangeIndex(size)), ids, positions)

    def _type(self, name: str) -> np.dtype[Any]:
        kinds = {block.columns[name].dtype for block in self.blocks}
        return kinds.pop() if len(kinds) == 1 else np.dtype(object)
