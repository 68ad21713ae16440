"""A drop whose tables are in memory already, so that rules and figures rest on one reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xicen_kpi.read.book import CodeBook
from xicen_kpi.read.drop import Drop
from xicen_kpi.read.stream import Chunk, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.checks.table import Table


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
        chunks = [
            Chunk(table.frame.iloc[part.start : part.stop], part.trail.path, part.revised, part.absent)
            for part in table.parts
        ]
        return HeldStream(source_id, source, (), [part.trail for part in table.parts], book=own, held=chunks)
