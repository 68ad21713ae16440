"""A source of the plan as a stream of typed chunks, with the trail of every table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.errors import Finding, Location
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.blocks import GridBlock
from xicen_kpi.read.book import CodeBook
from xicen_kpi.read.dates import read_span
from xicen_kpi.read.folder import original
from xicen_kpi.read.locate import locate_header, wanted_names
from xicen_kpi.read.rows import trimmed
from xicen_kpi.read.sheet import SheetReader, places_wanted
from xicen_kpi.read.sought import sought_tables
from xicen_kpi.read.table import PERIOD, KeptTable
from xicen_kpi.read.unit_watch import LOOKED_AT, UnitWatch
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.blocks import Block
    from xicen_kpi.read.converted import Kept
    from xicen_kpi.read.grid import Grid
    from xicen_kpi.read.loaded import Loaded
    from xicen_kpi.read.locate import Located
    from xicen_kpi.read.table import Provenance


class Chunk(NamedTuple):
    """A run of rows of one file.

    Attributes:
        frame: The plan's columns, `period` for the month as an ordinal, `_row` for the row as a spreadsheet numbers it.
        file: Path below the data folder.
        revised: Whether the file is a revision.
        absent: Columns of the plan that the file has not; all missing in the frame.
        places: Each row's enterprise, by its place in the stream's book, below 0 for none; None where rows name none.
        once: Whether it is known that each key stands in one row of all chunks.
    """

    frame: pd.DataFrame
    file: str
    revised: bool
    absent: frozenset[str]
    places: NDArray[np.int64] | None = None
    once: bool = False


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
        told: Is told how many more bytes have been read, now and then.
        superseded: Per file, rows that gave way before they came into this stream, by reason.
        lean: Whether frames need not hold what adding up can do without: codes of enterprises that are told by their
            places, and texts one by one that repeat themselves, which are categories.
    """

    source_id: str
    source: Source
    loads: Iterable[tuple[Loaded, bool]]
    provenance: list[Provenance] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    book: CodeBook = field(default_factory=CodeBook)
    told: Callable[[int], object] | None = None
    superseded: Mapping[str, Counter[str]] = field(default_factory=dict)
    lean: bool = False

    def chunks(self) -> Iterator[Chunk]:
        """Reads the files, once."""
        for file in self.files():
            yield from file.chunks()

    def files(self) -> Iterator[FileOnItsWay]:
        """The files one by one; each must be read to its end before the next."""
        watch = UnitWatch(self.source)
        for loaded, revised in self.loads:
            self.findings += loaded.findings
            yield FileOnItsWay(
                self, loaded, watch, revised=revised, first_finding=len(self.findings) - len(loaded.findings)
            )
        self.findings += watch.findings()

    def newest(self, loaded: Loaded) -> int | None:
        """The latest month, as an ordinal, that a large file seems to hold by its ends; None of other files."""
        months = self.source.columns_by_type.get(CellType.MONTH, [])
        if loaded.bulk is None or not months:
            return None
        found = [
            span.end.ordinal
            for _, located in self.tables(loaded)
            if (place := located.places.get(months[0])) is not None
            for cell in loaded.bulk.ends(place)
            if (span := read_span(cell)) is not None
        ]
        return max(found, default=None)

    def tables(self, loaded: Loaded) -> list[tuple[Grid, Located]]:
        """The tables that have the key columns; else the one that has most of the columns."""
        wanted = wanted_names(self.source.columns)
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


@dataclass(slots=True)
class FileOnItsWay:
    """One file of a source while it is read.

    Attributes:
        stream: What it belongs to, which keeps trails and findings.
        loaded: The file.
        watch: Looks at the beginning of every table of the source.
        revised: Whether it is a revision.
        first_finding: Where its findings begin in those of the stream.
        tables: Its tables so far.
    """

    stream: Stream
    loaded: Loaded
    watch: UnitWatch
    revised: bool
    first_finding: int
    tables: list[KeptTable] = field(default_factory=list)
    _told: int = 0

    @property
    def export(self) -> str:
        """The export that it is, or that it was made from."""
        return original(PurePosixPath(self.loaded.name), {self.stream.source_id})[1].as_posix()

    @property
    def findings(self) -> list[Finding]:
        """What was wrong with it; complete after its last chunk."""
        return self.stream.findings[self.first_finding :]

    def chunks(self) -> Iterator[Chunk]:
        """Reads the file: from the export itself, or from what was kept of it."""
        yield from self._read() if self.loaded.kind != "parquet" else self._read_parquet()
        self._tell(self.loaded.size)

    def _read_parquet(self) -> Iterator[Chunk]:
        from xicen_kpi.read.converted import Kept, kept_text

        text = kept_text(self.loaded)
        kept = None if text is None else Kept.of(text, self.stream.source, self.export)
        if text is None:
            yield from self._read()
        elif kept is None:
            self.stream.findings.append(finding("converted-stale", Location(file=self.loaded.name)))
        else:
            yield from self._read_again(kept)

    def _read(self) -> Iterator[Chunk]:
        source = self.stream.source
        for grid, located in self.stream.tables(self.loaded):
            reader = SheetReader(source, self.loaded, grid, located, self.stream.book, lean=self.stream.lean)
            headers = located.texts
            table = KeptTable(reader.trail, reader.absent, headers)
            self.tables.append(table)
            self.stream.provenance.append(reader.trail)
            for block in _blocks(source, self.loaded, grid, located):
                frame, places = reader.read(block)
                yield self._chunk(frame, places, table)
            reader.finish()
            self.stream.findings += reader.findings

    def _read_again(self, kept: Kept) -> Iterator[Chunk]:
        """The chunks as they were kept, one row group each; an empty one has none."""
        from xicen_kpi.read.converted import from_arrow, schema
        from xicen_kpi.read.parquet import ParquetFile

        source, bulk = self.stream.source, self.loaded.bulk
        groups = bulk.row_groups() if isinstance(bulk, ParquetFile) else iter(())
        for was in kept.tables:
            table = replace(was, chunks=[])
            self.tables.append(table)
            self.stream.provenance.append(table.trail)
            for place, size in enumerate(was.chunks):
                rows = next(groups, None) if size else schema(source).empty_table()
                if rows is None:
                    lost = sum(was.chunks[place:])
                    table.trail.rows_used -= lost
                    table.trail.set_aside["unreadable"] += lost
                    break
                frame = from_arrow(rows, source, was)
                yield self._chunk(frame, self._places(frame, table), table)
        self.stream.findings += kept.findings
        if isinstance(bulk, ParquetFile):
            self.stream.findings += bulk.ending(Location(file=self.loaded.name)).findings

    def _tell(self, bytes_read: int) -> None:
        """How far the reading is; of a large text that goes by the rows that it seems to have."""
        now = min(bytes_read, self.loaded.size)
        if self.stream.told is not None and now > self._told:
            self.stream.told(now - self._told)
        self._told = now

    def _places(self, frame: pd.DataFrame, table: KeptTable) -> NDArray[np.int64] | None:
        """Each row's enterprise, as reading the export found it."""
        name = self.stream.source.enterprise
        if name is None or name in table.absent:
            return None
        return self.stream.book.places(frame[name].to_numpy(), len(frame))

    def _codes(self, frame: pd.DataFrame, places: NDArray[np.int64] | None) -> list[str] | None:
        """The codes of the first rows' enterprises; None where they stand in the frame, or nowhere."""
        if places is None or self.stream.source.enterprise in frame:
            return None
        codes: list[str] = self.stream.book.texts(places[:LOOKED_AT]).tolist()
        return codes

    def _chunk(self, frame: pd.DataFrame, places: NDArray[np.int64] | None, table: KeptTable) -> Chunk:
        table.dated = PERIOD in frame
        if not table.chunks:
            self.watch.look_at(frame, table.headers, table.trail, self._codes(frame, places))
        table.chunks.append(len(frame))
        if self.loaded.bulk is not None:
            self._tell(self._told + self.loaded.size * len(frame) // max(self.loaded.bulk.expected, 1))
        return Chunk(frame, table.trail.path, self.revised, table.absent, places)


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
