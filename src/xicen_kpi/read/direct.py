"""Large files whose rows another engine may read itself: plain lists in UTF-8 or Parquet with the header in row 1.

What a column is, in which unit and since when is found here, by the same reader as ever; whether every cell is what its
column promises, only the engine can tell when it has seen them all. Anything out of the ordinary is left to the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeGuard

from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.read.blocks import GridBlock
from xicen_kpi.read.bulk import BulkText
from xicen_kpi.read.cells import Memory, unfolded
from xicen_kpi.read.column_units import find_units, units_by_row
from xicen_kpi.read.columns import code_column, month_column, text_column
from xicen_kpi.read.converted import kept_text
from xicen_kpi.read.parquet import ParquetFile
from xicen_kpi.read.rows import trimmed
from xicen_kpi.read.sheet import SheetReader, places_wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.blocks import Block, Bulk
    from xicen_kpi.read.column_units import ColumnUnit
    from xicen_kpi.read.grid import Grid
    from xicen_kpi.read.loaded import Loaded
    from xicen_kpi.read.locate import Located
    from xicen_kpi.read.stored import DataFile
    from xicen_kpi.read.stream import Stream

_MONTH = re.compile(r"\d{4}([-/.年]?)(?:0[1-9]|1[0-2])(月?)\Z")
MONTHS = range(Month(1980, 1).ordinal, Month(2080, 1).ordinal)
"""The months that an engine may read."""
_TEXTS = frozenset({CellType.TEXT, CellType.CODE, CellType.INDUSTRY, CellType.USCC})
_SEVERAL = re.compile(r"[*?\[\]{}]")
"""Engines take a file name with one of these for several files."""
_BLOCK = 2**20
_FEW = 500
"""Cells of the month column that are looked at before the engine sees them all."""
_ARROW_TEXT = re.compile(r"(large_)?(string|utf8)(_view)?\Z|dictionary<values=(large_)?string")
_ARROW_NUMBER = re.compile(r"u?int(8|16|32|64)\Z|float\Z|double\Z")


@dataclass(frozen=True, slots=True)
class DirectColumn:
    """One column: where it stands, under which name, what it is, and what its numbers are multiplied and divided by."""

    place: int
    header: str
    type: CellType
    times: float = 1.0
    over: float = 1.0

    @property
    def is_number(self) -> bool:
        """Whether it holds amounts."""
        return self.type is CellType.NUMBER


@dataclass(frozen=True, slots=True)
class DirectFile:
    """One file.

    Attributes:
        path: The file.
        delimiter: Of a text; None for Parquet.
        width: How many columns it has.
        columns: The plan's columns that are wanted and there.
        months: Ordinals by what stands in the month column, all written in the way of the first rows.
        reader: Keeps its trail.
        headers: Its headers by column of the plan.
        sample: Its first rows, typed.
    """

    path: DataFile
    delimiter: str | None
    width: int
    columns: Mapping[str, DirectColumn]
    months: Mapping[str, int]
    reader: SheetReader
    headers: Mapping[str, str]
    sample: pd.DataFrame

    @property
    def nothing(self) -> tuple[str, ...]:
        """What may be passed over as an empty cell; a dash among codes is kept as it is."""
        codes = {CellType.CODE, CellType.INDUSTRY}
        return ("",) if any(one.type in codes for one in self.columns.values()) else ("", "-", "--", "—", "——")

    def holds(self, *things: tuple[re.Pattern[bytes], bytes]) -> bool:
        """Whether its bytes hold any of some things: patterns of at most three bytes, each with a byte of it."""
        end = b""
        with self.path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                for part in (end + block[:2], block):
                    if any(first in part and pattern.search(part) is not None for pattern, first in things):
                        return True
                end = block[-2:]
        return False

    @property
    def name(self) -> str:
        """Its path below the data folder."""
        return self.reader.loaded.name


def direct_files(stream: Stream, wanted: frozenset[str]) -> list[DirectFile] | None:
    """The files of a source, if all of them may be read by an engine itself; else None, and the stream is as before.

    Args:
        stream: The source.
        wanted: The plan's columns that are asked for.
    """
    loads, seen, found = iter(stream.loads), [], []
    for loaded, revised in loads:
        seen.append((loaded, revised))
        file = _direct(stream, loaded, wanted) if _is_plain_form(stream.source, wanted) else None
        if file is None:
            break
        found.append(file)
    stream.loads = chain(seen, loads)
    return found if found and len(found) == len(seen) else None


def reads_as_itself(kind: CellType, cells: Sequence[str]) -> bool:
    """Whether the reader would leave every one of these texts as it is."""
    if kind is CellType.TEXT:
        return bool(text_column(cells, Memory()).tolist() == list(cells))
    read, faults = code_column(cells, Memory(), unit_code=kind is CellType.USCC)
    return not faults and bool(read.tolist() == list(cells))


def _is_plain_form(source: Source, wanted: frozenset[str]) -> bool:
    """A form by month or quarter whose rows are named by enterprise and month alone, of which no dates are asked."""
    types = source.columns_by_type
    key = set(source.key) - set(types.get(CellType.MONTH, []))
    kinds = {source.columns[name].type for name in wanted}
    return (
        source.frequency in {Frequency.MONTHLY, Frequency.QUARTERLY}
        and len(types.get(CellType.MONTH, [])) == 1
        and key == set(types.get(CellType.USCC, [])[:1])
        and kinds <= {*_TEXTS, CellType.NUMBER}
    )


def _direct(stream: Stream, loaded: Loaded, wanted: frozenset[str]) -> DirectFile | None:
    source, tables = stream.source, stream.tables(loaded)
    if loaded.bulk is None or loaded.findings or len(tables) != 1 or not _is_plain(loaded.bulk) or kept_text(loaded):
        return None
    ((grid, located),) = tables
    (month,) = source.columns_by_type[CellType.MONTH]
    keys = {month, *source.key}
    if (located.first, located.height) != (0, 1) or located.twice or units_by_row(located) is not None:
        return None
    block = _first_block(source, loaded.bulk, grid, located)
    if block is None or not keys <= located.places.keys() or _is_odd(loaded.bulk, grid):
        return None
    reader, probe = (SheetReader(source, loaded, grid, located, stream.book) for _ in range(2))
    sample, _ = probe.read(block)
    months = _months(source, list(islice(unfolded(block.column(located.places[month])), _FEW)))
    if len(sample) < block.size or len(probe.findings) > len(reader.findings) or not months:
        return None
    units = find_units(source, located, probe.context, block, grid.units)
    reader.state_units(units)
    places = {name: place for name, place in located.places.items() if name in keys | wanted}
    columns = {name: _column(source, grid, name, place, units.get(name)) for name, place in places.items()}
    known = {name: column for name, column in columns.items() if column is not None}
    if len(known) < len(columns) or not _fits(loaded.bulk, known):
        return None
    headers = located.texts
    delimiter = loaded.bulk.delimiter if isinstance(loaded.bulk, BulkText) else None
    return DirectFile(loaded.bulk.path, delimiter, len(located.headers), known, months, reader, headers, sample)


def _is_plain(bulk: Bulk) -> TypeGuard[BulkText | ParquetFile]:
    if isinstance(bulk, BulkText):
        return bulk.encoding in {"utf-8", "utf-8-sig"}
    return isinstance(bulk, ParquetFile) and not bulk.head.before


def _is_odd(bulk: BulkText | ParquetFile, grid: Grid) -> bool:
    """Whether an engine would look for the file or its header elsewhere."""
    return _SEVERAL.search(str(bulk.path)) is not None or any("\n" in str(cell) for cell in grid.rows[0])


def _first_block(source: Source, bulk: Bulk, grid: Grid, located: Located) -> Block | None:
    if isinstance(bulk, BulkText):
        return GridBlock(grid, located.body, trimmed(grid.rows, located.body))
    places = places_wanted(source, located, grid.rows[located.body :])
    return next(iter(bulk.blocks(located.body, len(located.headers), places)), None)


def _months(source: Source, cells: Sequence[object]) -> dict[str, int]:
    """Every month as the cells write it, with the ordinal that the reader gives it; none if they write in two ways."""
    found = {match.groups() if (match := _MONTH.match(str(cell))) else None for cell in cells}
    way = found.pop() if len(found) == 1 else None
    if way is None:
        return {}
    months = map(Month.of_ordinal, MONTHS)
    written = [f"{month.year}{way[0]}{month.month:02}{way[1]}" for month in months]
    whole_year = source.frequency is Frequency.ANNUAL
    read = month_column(written, Memory(), whole_year=whole_year)[0].tolist()
    return {text: ordinal for text, ordinal in zip(written, read, strict=True) if ordinal in MONTHS}


def _column(source: Source, grid: Grid, name: str, place: int, unit: ColumnUnit | None) -> DirectColumn | None:
    header, kind = str(grid.rows[0][place]), source.columns[name].type
    if unit is None:
        return DirectColumn(place, header, kind)
    times, over = unit.scale
    if unit.clash is not None or not isinstance(times, float) or not isinstance(over, float):
        return None
    return DirectColumn(place, header, kind, times, over)


def _fits(bulk: BulkText | ParquetFile, columns: Mapping[str, DirectColumn]) -> bool:
    """Whether the columns of a Parquet file are of types that leave nothing to be understood."""
    if isinstance(bulk, BulkText):
        return True
    types = {column: str(bulk.fields[column.place].type) for column in columns.values()}
    names = [one.name for one in bulk.fields]
    return len(set(names)) == len(names) and all(
        (_ARROW_NUMBER if column.type is CellType.NUMBER else _ARROW_TEXT).match(arrow)
        for column, arrow in types.items()
        if column.type is not CellType.MONTH or not _ARROW_NUMBER.match(arrow)
    )
