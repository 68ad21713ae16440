"""Parquet files, read column by column in runs of rows: only what the plan asks for, never the whole file at once.

The column names are the header, as if they stood in row 1; the first row of data is row 2. What the file says of itself
beside its columns (title, unit, period) counts as the lines above a table, and a field's own unit as its column's.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from xicen_kpi.errors import Location
from xicen_kpi.read.arrow_cells import cells_of, misfit
from xicen_kpi.read.beforehand import ahead
from xicen_kpi.read.blocks import Ending, Parse, TextBlock
from xicen_kpi.read.cells import unfolded
from xicen_kpi.read.grid import Grid, Refusal, RefusedError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    import pyarrow as pa

    from xicen_kpi.read.cells import Cells
    from xicen_kpi.read.stored import DataFile

PLAIN, ENCRYPTED = b"PAR1", b"PARE"
"""The first four bytes of a Parquet file, and of one whose columns and footer are encrypted."""
_PIECE = 2**16
"""Rows of a run."""
_PAGE = 2**20
"""Bytes that are read ahead of a column; without it a whole column of a row group would be held."""
_MOST_COLUMNS = 20_000
_MOST_ROWS, _ROWS_A_BYTE = 1_000_000, 100
"""More rows than these for each byte of the file, and a million, are no data of anything."""
_STEEPEST, _STEEP_FROM = 400, 50 * 2**20
"""More than 50 MB that shrank more than 400 times is a bomb."""
_SAID = {
    "title": "{}",
    "标题": "{}",
    "unit": "单位：{}",
    "单位": "单位：{}",
    "计量单位": "单位：{}",
    "period": "{}",
    "报告期": "{}",
}
"""What a file may say of its whole table, as the line above a table that says the same."""
_UNIT_KEYS = ("unit", "单位", "计量单位")
_LONGEST = 200


@dataclass(slots=True)
class ParquetFile:
    """A Parquet file whose footer has been read.

    Attributes:
        path: The file.
        footer: Its metadata.
        fields: Its columns.
        head: Their names as a grid of one row.
        said: What the file says of itself, by key.
    """

    path: DataFile
    footer: pa.parquet.FileMetaData
    fields: Sequence[pa.Field]
    head: Grid
    said: Mapping[str, str]
    _instants: frozenset[int]
    _sum: Future[str] | None = None
    _misfits: dict[int, str] = field(default_factory=dict)
    _broken: str = ""
    _done: int = 0

    @property
    def expected(self) -> int:
        """How many rows it has."""
        return int(self.footer.num_rows)

    def blocks(self, first: int, width: int, places: Mapping[int, Parse]) -> Iterator[TextBlock]:  # noqa: ARG002 -- the columns are known here
        """The rows in runs, with the sum of all bytes beside them. What cannot be read is told in the ending."""
        return ahead(self._blocks(first, places))

    def _blocks(self, first: int, places: Mapping[int, Parse]) -> Generator[TextBlock]:
        if self._sum is None:
            beside = ThreadPoolExecutor(max_workers=1)
            self._sum = beside.submit(_sum_of, self.path)
            beside.shutdown(wait=False)
        self._misfits = {
            place: kind for place, how in places.items() if (kind := misfit(self.fields[place].type, how)) is not None
        }
        self._broken, self._done = "", 0
        wanted = [place for place in places if place not in self._misfits]
        records = _Records(self)
        for batch in self.batches(wanted):
            cells = {place: self._cells(batch, place, how) for place, how in places.items()}
            yield TextBlock(first + self._done, batch.size, cells, partial(records.fetch, cells, first + self._done))
            self._done += batch.size

    def batches(self, places: Sequence[int]) -> Iterator[Batch]:
        """Some columns in runs of rows; ends early where the file turns out to be broken."""
        import pyarrow as pa
        from pyarrow import parquet

        try:
            with (
                _opened(self.path) as source,
                parquet.ParquetFile(
                    source,
                    metadata=self.footer,
                    buffer_size=_PAGE,
                    pre_buffer=False,
                    coerce_int96_timestamp_unit="us",
                    page_checksum_verification=True,
                ) as file,
            ):
                if not places:
                    yield from (Batch({}, min(_PIECE, self.expected - at)) for at in range(0, self.expected, _PIECE))
                    return
                names = list(dict.fromkeys(self.fields[place].name for place in places))
                kept = [place for place, one in enumerate(self.fields) if one.name in names]
                for batch in file.iter_batches(_PIECE, columns=names):
                    yield Batch(dict(zip(kept, batch.columns, strict=True)), batch.num_rows)
        except (pa.ArrowException, OSError, ValueError) as error:
            self._broken = _first_line(error)

    def _cells(self, batch: Batch, place: int, how: Parse) -> Cells:
        """The cells of a column; none where its type or its bytes are not what is wanted, which is said once."""
        if place not in self._misfits:
            try:
                return self.cells(batch, place, how)
            except UnicodeDecodeError:
                self._misfits[place] = f"{self.fields[place].type} ≠ UTF-8"
        return [""] * batch.size

    def cells(self, batch: Batch, place: int, how: Parse) -> Cells:
        """The cells of a column.

        Raises:
            UnicodeDecodeError: Its texts are neither UTF-8 nor GB18030.
        """
        import pyarrow as pa

        column = batch.columns[place]
        return cells_of(column.cast(pa.timestamp("us", tz="UTC")) if place in self._instants else column, how)

    def row_groups(self) -> Iterator[pa.Table]:
        """Whole row groups. What cannot be read is told in the ending."""
        return ahead(self._row_groups(), 1)

    def _row_groups(self) -> Generator[pa.Table]:
        import pyarrow as pa
        from pyarrow import parquet

        self._broken, self._done = "", 0
        try:
            with (
                _opened(self.path) as source,
                parquet.ParquetFile(source, metadata=self.footer, page_checksum_verification=True) as file,
            ):
                for group in range(self.footer.num_row_groups):
                    yield file.read_row_group(group)
                    self._done += self.footer.row_group(group).num_rows
        except (pa.ArrowException, OSError, ValueError) as error:
            self._broken = _first_line(error)

    def ends(self, place: int) -> list[object]:
        """The least and the greatest value of a column, as far as the row groups state them."""
        name, found = self.fields[place].name, list[object]()
        for group in map(self.footer.row_group, range(self.footer.num_row_groups)):
            for column in map(group.column, range(group.num_columns)):
                with suppress(ValueError, ArithmeticError, NotImplementedError):  # a type without such values
                    if column.path_in_schema == name and (stated := column.statistics) and stated.has_min_max:
                        found += [stated.min, stated.max]
        return found

    def ending(self, where: Location) -> Ending:
        """Columns of a type that nothing can be made of, and rows that could not be read."""
        told = [
            finding("column-type", Location(where.file, field=self.fields[place].name), type=kind)
            for place, kind in self._misfits.items()
        ]
        lost = self.expected - self._done if self._broken else 0
        if self._broken:
            row = self._done + 2
            told.append(
                finding("rows-unreadable", Location(where.file, row=row), rows=lost, row=row, detail=self._broken)
            )
        return Ending(self._sum.result() if self._sum else "", told, lost)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some columns of a run of rows, by their place in the file."""

    columns: Mapping[int, pa.Array]
    size: int


@dataclass(slots=True)
class _Records:
    """Whole rows, for the few that are looked at closely: a second reading that keeps step with the first."""

    file: ParquetFile
    _batches: Iterator[Batch] | None = None
    _batch: Batch = field(default_factory=lambda: Batch({}, 0))
    _first: int = 1

    def fetch(self, near: Mapping[int, Cells], first: int, numbers: Sequence[int]) -> dict[int, Sequence[Any]]:
        """Whole rows by number; only the columns at hand where the others cannot be read.

        Args:
            near: The cells at hand, by column.
            first: The number of the row that they begin with.
            numbers: The rows that are wanted.
        """
        found: dict[int, Sequence[Any]] = {}
        for number in sorted(numbers):
            if not self._reach(number):
                break
            if number not in found:
                found |= self._rows([one for one in numbers if self._first <= one < self._first + self._batch.size])
        for number in set(numbers) - found.keys():
            found[number] = [cells[number - first] for cells in near.values()]
        return found

    def _reach(self, number: int) -> bool:
        """Reads on to the run that holds a row."""
        if self._batches is None or number < self._first:
            places = [n for n, one in enumerate(self.file.fields) if misfit(one.type, Parse.TEXT) is None]
            self._batches, self._batch, self._first = self.file.batches(places), Batch({}, 0), 1
        while number >= self._first + self._batch.size:
            self._first += self._batch.size
            batch = next(self._batches, None)
            if batch is None:
                return False
            self._batch = batch
        return True

    def _rows(self, numbers: Sequence[int]) -> dict[int, Sequence[Any]]:
        taken = [number - self._first for number in numbers]
        columns = []
        for place, column in self._batch.columns.items():
            picked = Batch({place: column.take(taken)}, len(taken))
            try:
                columns.append(unfolded(self.file.cells(picked, place, Parse.TEXT)))
            except UnicodeDecodeError:
                columns.append(["?"] * len(taken))
        return dict(zip(numbers, map(list, zip(*columns, strict=True)), strict=True))


def open_parquet(path: DataFile) -> ParquetFile:
    """Reads the footer of a Parquet file.

    Raises:
        RefusedError: It is broken, encrypted, or larger than it can honestly be; or pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise RefusedError(Refusal.NO_PYARROW)
    import pyarrow as pa
    from pyarrow import parquet

    size = path.stat().st_size
    with path.open("rb") as handle:
        first = handle.read(len(PLAIN))
        handle.seek(max(0, size - len(PLAIN)))
        if ENCRYPTED in {first, handle.read()}:
            raise RefusedError(Refusal.ENCRYPTED)
    try:
        with _opened(path) as source, parquet.ParquetFile(source) as file:
            footer, schema = file.metadata, file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedError(Refusal.BROKEN, _first_line(error)) from error
    _check(footer, len(schema), size)
    said = _texts(footer.metadata)
    lines = tuple(line.format(said[key][:_LONGEST]) for key, line in _SAID.items() if said.get(key))
    units = {place: unit for place, one in enumerate(schema) if (unit := _unit_of(one))}
    head = Grid([[one.name for one in schema]], before=lines, units=units)
    return ParquetFile(path, footer, list(schema), head, said, _instants(footer, schema))


@contextmanager
def _opened(path: DataFile) -> Generator[Path | IO[bytes]]:
    """What pyarrow opens: a path by itself, a file of a store as bytes that can be sought in."""
    if isinstance(path, Path):
        yield path
    else:
        with path.open("rb") as handle:
            yield handle


def _check(footer: pa.parquet.FileMetaData, columns: int, size: int) -> None:
    unpacked = sum(footer.row_group(place).total_byte_size for place in range(footer.num_row_groups))
    if columns > _MOST_COLUMNS:
        raise RefusedError(Refusal.TOO_MANY_CELLS, f"{footer.num_rows} x {columns}")
    if footer.num_rows > max(_MOST_ROWS, _ROWS_A_BYTE * size) or unpacked > max(_STEEP_FROM, _STEEPEST * size):
        raise RefusedError(Refusal.BOMB)


def _texts(pairs: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {key.decode("utf-8", "replace"): text.decode("utf-8", "replace") for key, text in (pairs or {}).items()}


def _unit_of(column: pa.Field) -> str | None:
    said = _texts(column.metadata)
    return next((said[key] for key in _UNIT_KEYS if said.get(key)), None)


def _instants(footer: pa.parquet.FileMetaData, schema: pa.Schema) -> frozenset[int]:
    """Columns of points in time that do not say so: INT96, as Spark and Hive wrote them, is UTC without a word."""
    old = {
        column.path
        for column in map(footer.schema.column, range(footer.num_columns))
        if column.physical_type == "INT96"
    }
    return frozenset(place for place, one in enumerate(schema) if one.name in old)


def _sum_of(path: DataFile) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:_LONGEST]
