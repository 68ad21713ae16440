"""A source of the plan as a stream of typed chunks, with the trail of every table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xicen_kpi.errors import Finding, Location
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.blocks import GridBlock
from xicen_kpi.read.book import CodeBook
from xicen_kpi.read.dates import read_span
from xicen_kpi.read.locate import locate_header, wanted_names
from xicen_kpi.read.rows import trimmed
from xicen_kpi.read.sheet import SheetReader, places_wanted
from xicen_kpi.read.sought import sought_tables
from xicen_kpi.read.unit_watch import UnitWatch
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.blocks import Block
    from xicen_kpi.read.files import Loaded
    from xicen_kpi.read.grid import Grid
    from xicen_kpi.read.locate import Located
    from xicen_kpi.read.table import Provenance


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of rows of one file.

    Attributes:
        frame: The plan's columns, `period` for the month as an ordinal, `_row` for the row as a spreadsheet numbers it.
        file: Path below the data folder.
        revised: Whether the file is a revision.
        absent: Columns of the plan that the file has not; all missing in the frame.
        places: Each row's enterprise, by its place in the stream's book, below 0 for none; None where rows name none.
    """

    frame: pd.DataFrame
    file: str
    revised: bool
    absent: frozenset[str]
    places: NDArray[np.int64] | None = None


@dataclass(slots=True)
class Stream:
    """The files of one source, one after the other. Provenance and findings are complete after the last chunk.

    Attributes:
        source_id: Name of the source in the plan.
        source: Its declaration.
        loads: The files in order of precedence, each read when its turn comes, and whether it is a revision.
        provenance: One entry for each table read.
        findings: What is wrong with the files.
        book: Where enterprise codes have their places.
    """

    source_id: str
    source: Source
    loads: Iterable[tuple[Loaded, bool]]
    provenance: list[Provenance] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    book: CodeBook = field(default_factory=CodeBook)

    def chunks(self) -> Iterator[Chunk]:
        """Reads the files, once."""
        wanted, watch = wanted_names(self.source.columns), UnitWatch(self.source)
        for loaded, revised in self.loads:
            self.findings += loaded.findings
            for grid, located in self._tables(loaded, wanted):
                reader = SheetReader(self.source, loaded, grid, located, self.book)
                self.provenance.append(reader.trail)
                for number, block in enumerate(_blocks(self.source, loaded, grid, located)):
                    frame, places = reader.read(block)
                    if number == 0:
                        watch.look_at(frame, located, reader.trail)
                    yield Chunk(frame, loaded.name, revised, reader.absent, places)
                reader.finish()
                self.findings += reader.findings
        self.findings += watch.findings()

    def newest(self, loaded: Loaded) -> int | None:
        """The latest month, as an ordinal, that a large file seems to hold by its ends; None of other files."""
        months = self.source.columns_by_type.get(CellType.MONTH, [])
        if loaded.bulk is None or not months:
            return None
        found = [
            span.end.ordinal
            for _, located in self._tables(loaded, wanted_names(self.source.columns))
            if (place := located.places.get(months[0])) is not None
            for cell in loaded.bulk.ends(place)
            if (span := read_span(cell)) is not None
        ]
        return max(found, default=None)

    def _tables(self, loaded: Loaded, wanted: Mapping[str, str]) -> list[tuple[Grid, Located]]:
        """The tables that have the key columns; else the one that has most of the columns."""
        needed = {name for name in self.source.key if self.source.columns[name].type is not CellType.MONTH}
        found = [
            pair
            for grid in loaded.grids
            if self.source.sheet in {None, grid.sheet}
            for pair in _sought(loaded, grid, wanted, needed)
        ]
        if loaded.grids and not found:
            names = [column.header[0] for column in self.source.columns.values()]
            self.findings.append(finding("header-not-found", Location(file=loaded.name), wanted=names))
        whole = [(grid, located) for grid, located in found if needed <= set(located.places)]
        return whole or sorted(found, key=lambda pair: -len(pair[1].places))[:1]


def _sought(loaded: Loaded, grid: Grid, wanted: Mapping[str, str], needed: set[str]) -> list[tuple[Grid, Located]]:
    """The tables of a sheet. Of a file that is read in pieces the head alone is at hand: it is one plain list."""
    if loaded.bulk is None:
        return sought_tables(grid, wanted, needed)
    located = locate_header(grid, wanted)
    return [] if located is None else [(grid, located)]


def _blocks(source: Source, loaded: Loaded, grid: Grid, located: Located) -> Iterator[Block]:
    """The rows below the header: at once, or piece by piece for a large file."""
    if loaded.bulk is None:
        return iter([GridBlock(grid, located.body, trimmed(grid.rows, located.body))])
    return loaded.bulk.blocks(
        located.body, len(located.headers), places_wanted(source, located, grid.rows[located.body :])
    )
