"""Runs of rows below a header, asked by column: rows of a grid, or a piece of a file that is read in pieces."""

from __future__ import annotations

from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.errors import Finding, Location
    from xicen_kpi.read.cells import Cells
    from xicen_kpi.read.grid import Grid


class Block(Protocol):
    """Some consecutive rows of a file."""

    @property
    def size(self) -> int:
        """How many rows."""

    def column(self, place: int) -> Cells:
        """The raw cells of a column; an array of float64 where they are known to be numbers, NaN for empty ones."""

    def rows(self, indices: Iterable[int]) -> Mapping[int, Sequence[Any]]:
        """All cells of some rows."""

    def number(self, index: int) -> int:
        """The row as a spreadsheet numbers it."""

    def numbers(self) -> NDArray[np.int64]:
        """The numbers of all rows."""


class Parse(Enum):
    """What the cells of a column are wanted as; the value is the name that pandas' C parser has for that."""

    NUMBER = "float64"
    TEXT = "object"
    REPEATED = "category"
    """A text with few different values."""
    CODE = "S24"
    """A code of an enterprise, in as many bytes as `Short` holds; a text where cells are longer."""


class Ending(NamedTuple):
    """What is known of a file that is read in pieces only when its last piece is out.

    Attributes:
        sha256: Of its bytes.
        findings: What was wrong on the way.
        lost: Rows that could not be read.
    """

    sha256: str
    findings: list[Finding]
    lost: int = 0


class Bulk(Protocol):
    """A file that is read in pieces."""

    @property
    def head(self) -> Grid:
        """Its first rows, the header among them."""

    @property
    def expected(self) -> int:
        """About how many rows it has."""

    def blocks(self, first: int, width: int, places: Mapping[int, Parse]) -> Iterator[Block]:
        """The rows from one on, counted from 0: of so many columns those that are wanted, as what they are wanted."""

    def ends(self, place: int) -> list[object]:
        """Cells of a column at the beginning and at the end, or its least and its greatest: a guess at its range."""

    def ending(self, where: Location) -> Ending:
        """How it ended; where is the table."""


class GridBlock(NamedTuple):
    """Rows of a grid, from `first` up to but without `last`."""

    grid: Grid
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many rows."""
        return self.last - self.first

    def column(self, place: int) -> Sequence[Any]:
        """The raw cells of a column."""
        rows = self.grid.rows[self.first : self.last]
        try:
            cells = list(map(itemgetter(place), rows))
        except IndexError:  # rows may differ in length
            cells = [row[place] if place < len(row) else "" for row in rows]
        for row, text in self.grid.spread(self.first, self.last).get(place, {}).items() if self.grid.merged else ():
            cells[row - self.first] = cells[row - self.first] or text
        return cells

    def rows(self, indices: Iterable[int]) -> dict[int, Sequence[Any]]:
        """All cells of some rows."""
        return {index: self.grid.rows[self.first + index] for index in indices}

    def number(self, index: int) -> int:
        """The row as a spreadsheet numbers it."""
        return self.grid.number(self.first + index)

    def numbers(self) -> NDArray[np.int64]:
        """The numbers of all rows."""
        if self.grid.numbers is None:
            return np.arange(self.first + 1, self.last + 1, dtype=np.int64)
        return np.array(self.grid.numbers[self.first : self.last], dtype=np.int64)


class TextBlock(NamedTuple):
    """Records of a file that is read in pieces: some columns parsed, whole records fetched only when asked for.

    Attributes:
        first: Record of the first row, from 0.
        columns: Column of the file to its cells.
        fetch: Reads whole records by their number.
    """

    first: int
    size: int
    columns: Mapping[int, Cells]
    fetch: Callable[[Sequence[int]], Mapping[int, Sequence[Any]]]

    def column(self, place: int) -> Cells:
        """The cells of a column: numbers, or texts."""
        return self.columns[place]

    def rows(self, indices: Iterable[int]) -> dict[int, Sequence[Any]]:
        """All cells of some rows."""
        wanted = list(indices)
        records = self.fetch([self.first + index for index in wanted]) if wanted else {}
        return {index: records.get(self.first + index, []) for index in wanted}

    def number(self, index: int) -> int:
        """The row as a spreadsheet numbers it."""
        return self.first + index + 1

    def numbers(self) -> NDArray[np.int64]:
        """The numbers of all rows."""
        return np.arange(self.first + 1, self.first + self.size + 1, dtype=np.int64)
