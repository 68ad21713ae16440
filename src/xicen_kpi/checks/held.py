"""A drop whose tables are in memory already, so that rules and figures rest on one reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.read.book import NO_CODE, CodeBook
from xicen_kpi.read.drop import Drop
from xicen_kpi.read.stream import Chunk, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.checks.table import Part, Table


_PIECE = 65_536


@dataclass(slots=True)
class HeldStream(Stream):
    """The tables of one source, as they were read."""

    held: Sequence[Chunk] = ()

    def chunks(self) -> Iterator[Chunk]:
        """The tables again."""
        yield from self.held


@dataclass(slots=True)
class HeldDrop(Drop):
    """A drop that answers from memory: each key once, no finding twice."""

    tables: dict[str, Table] = field(default_factory=dict)

    @classmethod
    def of(cls, drop: Drop, tables: dict[str, Table]) -> HeldDrop:
        """The same drop with its tables read."""
        return cls(drop.folder, drop.sources, drop.files, drop.unmatched, [], tables=tables)

    def stream(self, source_id: str, book: CodeBook | None = None) -> HeldStream:
        """The tables of one source."""
        table = self.tables.get(source_id)
        source = self.sources[source_id]
        own = CodeBook() if book is None else book
        if table is None:
            return HeldStream(source_id, source, (), book=own)
        places = None
        if table.code_column is not None:
            numbers = np.append(own.places(table.book.codes, len(table.book.codes)), NO_CODE)
            places = numbers[table.ids]  # -1 is the last
        chunks = [chunk for part in table.parts for chunk in _pieces(table, part, places)]
        return HeldStream(source_id, source, (), [part.trail for part in table.parts], book=own, held=chunks)


def _pieces(table: Table, part: Part, places: NDArray[np.int64] | None) -> Iterator[Chunk]:
    """A sheet in pieces, so that what is worked out of each is small."""
    for start in range(part.start, max(part.stop, part.start + 1), _PIECE):
        rows = slice(start, min(start + _PIECE, part.stop))
        own = None if places is None else places[rows]
        yield Chunk(table.frame.iloc[rows], part.trail.path, part.revised, part.absent, own)
