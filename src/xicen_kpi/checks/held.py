"""A drop whose rows are in memory already, so that rules and figures rest on one reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.memory import give_back
from xicen_kpi.checks.table import bands_of
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.book import NO_CODE, CodeBook
from xicen_kpi.read.drop import Drop
from xicen_kpi.read.stream import Chunk, Stream
from xicen_kpi.read.table import PERIOD, ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from xicen_kpi.checks.form import Part
    from xicen_kpi.checks.table import Table
    from xicen_kpi.checks.whole import Whole

_PIECE = 65_536

NO_TEXTS: Mapping[str, frozenset[str]] = MappingProxyType({})
"""No source is asked for some columns only."""


@dataclass(slots=True)
class HeldStream(Stream):
    """The rows of one source, as they were read."""

    whole: Whole | None = None
    columns: frozenset[str] | None = None

    def chunks(self) -> Iterator[Chunk]:
        """The rows again, band by band."""
        if self.whole is None:
            return
        numbers = self._numbers(self.whole)
        for table in bands_of(self.whole, self.columns):
            for part in table.parts:
                yield from _pieces(table, part, None if numbers is None else numbers[table.ids])
        if self.whole.codes.bands > 1:
            give_back()

    def _numbers(self, whole: Whole) -> NDArray[np.int64] | None:
        """The place in this stream's book of each enterprise, the last, -1, for none."""
        if whole.code_column is None:
            return None
        codes = whole.codes.book.codes
        if self.book is whole.codes.book:
            return np.append(np.arange(len(codes)), NO_CODE)
        return np.append(self.book.places(codes, len(codes)), NO_CODE)


@dataclass(slots=True)
class HeldDrop(Drop):
    """A drop that answers from memory: each key once, no finding twice."""

    wholes: dict[str, Whole] = field(default_factory=dict)
    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, drop: Drop, wholes: dict[str, Whole], texts: Mapping[str, frozenset[str]] = NO_TEXTS) -> HeldDrop:
        """The same drop with its sources read.

        Args:
            drop: The drop.
            wholes: Its sources.
            texts: By source, the columns of plain text that are asked for; others, such as names, are left out. All of
                them for a source that is not in it.
        """
        return cls(drop.folder, drop.sources, drop.files, drop.unmatched, [], small=True, wholes=wholes, texts=texts)

    def stream(self, source_id: str, book: CodeBook | None = None) -> HeldStream:
        """The rows of one source."""
        whole = self.wholes.get(source_id)
        trails = [] if whole is None else [part.trail for part in whole.parts]
        own = CodeBook() if book is None else book
        source = self.sources[source_id]
        texts = frozenset(source.columns_by_type.get(CellType.TEXT, ()))
        columns = frozenset({*source.columns, PERIOD, ROW} - (texts - self.texts.get(source_id, texts)))
        gone = {} if whole is None else whole.superseded
        return HeldStream(source_id, source, (), trails, book=own, superseded=gone, whole=whole, columns=columns)

    def book(self) -> CodeBook:
        """The book in which the rows have their places."""
        return next((whole.codes.book for whole in self.wholes.values()), CodeBook())

    def newest(self, source_id: str) -> int | None:
        """The latest month that a source holds; None without one."""
        whole = self.wholes.get(source_id)
        return None if whole is None else max(whole.held, default=None)


def _pieces(table: Table, part: Part, places: NDArray[np.int64] | None) -> Iterator[Chunk]:
    """A sheet in pieces, so that what is worked out of each is small."""
    for start in range(part.start, max(part.stop, part.start + 1), _PIECE):
        rows = slice(start, min(start + _PIECE, part.stop))
        own = None if places is None else places[rows]
        yield Chunk(table.frame.iloc[rows], part.trail.path, part.revised, part.absent, own, once=True)
