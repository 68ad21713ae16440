"""A Parquet file as one table without a plan: its columns are known, so only their cells are evidence."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.errors import Location
from xicen_kpi.read.blocks import Parse
from xicen_kpi.read.body import read_body
from xicen_kpi.read.bulk_table import table_in_pieces
from xicen_kpi.read.cells import unfolded
from xicen_kpi.read.evidence import is_code_name
from xicen_kpi.read.grid import Grid
from xicen_kpi.read.layout import Layout
from xicen_kpi.read.table import UnitRead
from xicen_kpi.read.tables import Found, build_table, column_names

if TYPE_CHECKING:
    from xicen_kpi.read.loaded import Loaded
    from xicen_kpi.read.parquet import ParquetFile
    from xicen_kpi.read.table import Table

_SMALL = 100_000
"""Rows up to which a file is looked at as a whole, totals and indents included; a longer one is a plain list."""
_SAMPLE = 2_000
_MOST_DIGITS = 1e15
"""Whole numbers from here on are codes: no amount has sixteen digits."""


def table_of_parquet(loaded: Loaded, file: ParquetFile) -> Table:
    """The table of a Parquet file, in pieces where it is long."""
    places = {place: _how(file, place) for place in range(len(file.fields))}
    rows = _rows(file, places, file.expected if file.expected <= _SMALL else _SAMPLE)
    names = tuple(one.name for one in file.fields)
    units = tuple(file.head.units.get(place) for place in range(len(names)))
    grid = Grid([list(names), *rows], before=file.head.before)
    layout = Layout(0, range(1), range(1, len(grid.rows)), names, units)
    body = read_body(grid, layout)
    used = [place for place in range(1, body.end) if place not in body.reasons]
    found = Found(grid, layout, body, used)
    table = build_table(loaded, found)
    ending = file.ending(Location(loaded.name))
    for place, unit in file.head.units.items():
        table.provenance.units[column_names(found).get(place, names[place])] = UnitRead(unit, "metadata")
    if file.expected > _SMALL:
        return table_in_pieces(file, found, table, places)
    table.provenance.sha256 = ending.sha256
    table.findings += ending.findings
    if ending.lost:
        table.provenance.rows_read += ending.lost
        table.provenance.set_aside["unreadable"] += ending.lost
    return table


def _how(file: ParquetFile, place: int) -> Parse:
    """Numbers are amounts unless their name says that they are codes."""
    import pyarrow as pa

    kind, types = file.fields[place].type, pa.types
    is_number = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    return Parse.NUMBER if is_number and not is_code_name(file.fields[place].name) else Parse.TEXT


def _rows(file: ParquetFile, places: dict[int, Parse], count: int) -> list[list[Any]]:
    """The first rows. A column of whole numbers too long for amounts becomes one of texts, in `places` too."""
    import pyarrow as pa

    found: list[list[Any]] = []
    blocks = file.blocks(1, len(places), places)
    for block in blocks:
        for place, how in places.items():
            cells = block.columns[place]
            if how is Parse.NUMBER and pa.types.is_integer(file.fields[place].type) and _are_codes(cells):
                places[place] = Parse.TEXT
                return _rows(file, places, count)
        columns = [["" if cell != cell else cell for cell in unfolded(block.columns[place])] for place in places]  # noqa: PLR0124 -- NaN
        found += map(list, islice(zip(*columns, strict=True), count - len(found)))
        if len(found) >= count:
            break
    return found


def _are_codes(cells: Any) -> bool:  # noqa: ANN401 -- cells of any kind
    return isinstance(cells, np.ndarray) and bool(np.nanmax(np.abs(cells), initial=0.0) >= _MOST_DIGITS)
