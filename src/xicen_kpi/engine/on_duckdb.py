"""DuckDB runs the queries, in memory: it writes no temporary file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd

from xicen_kpi.engine.backend import EMPTY_LINE, is_text, objects, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Columns, Table
    from xicen_kpi.read.direct import DirectFile

_SPACED = (re.compile(rb"[0-9]_[0-9]"), b"_")
"""An underscore between digits: DuckDB takes 1_000 for a number."""


class DuckDb:
    """See `Backend`."""

    errors = (duckdb.Error,)

    def __init__(self) -> None:
        self._tables = 0
        self._connection = duckdb.connect(config={"temp_directory": ""})
        self._connection.execute("SET enable_progress_bar = false")
        # It takes a file for smaller than the list, and would build its table of the file's rows.
        self._connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
        self._connection.execute("SET preserve_insertion_order = false")
        # A column of objects is text, even if its first thousand cells hold nothing.
        self._connection.execute("SET pandas_analyze_sample = 0")

    def table(self, frame: pd.DataFrame) -> Table:
        """See `Backend`."""
        columns = {name: objects(plain(cells)) if is_text(cells) else cells.to_numpy() for name, cells in frame.items()}
        table: Table = nw.from_native(self._connection.from_df(pd.DataFrame(columns)))
        return table.with_columns(**{str(name): _typed(str(name), cells) for name, cells in frame.items()})

    def scan(self, file: DirectFile) -> Table:
        """See `Backend`."""
        if file.delimiter is None:
            table: Table = nw.from_native(self._connection.read_parquet(str(file.path)))
            named = {name: nw.col(column.header) for name, column in file.columns.items()}
        else:
            if file.holds(_SPACED, EMPTY_LINE):
                message = "1_000 | \\n\\n"
                raise duckdb.ConversionException(message)
            numbers = {column.place for column in file.columns.values() if column.is_number}
            table = nw.from_native(
                self._connection.read_csv(
                    str(file.path),
                    header=False,
                    skiprows=1,
                    columns={str(n): "DOUBLE" if n in numbers else "VARCHAR" for n in range(file.width)},
                    auto_detect=False,
                    delimiter=file.delimiter,
                    quotechar='"',
                    escapechar='"',
                    na_values=list(file.nothing),
                )
            )
            named = {name: nw.col(str(column.place)) for name, column in file.columns.items()}
        kinds = {name: nw.Float64 if column.is_number else nw.String for name, column in file.columns.items()}
        return table.select(**{name: cells.cast(kinds[name]) for name, cells in named.items()})

    def kept(self, table: Table) -> Table:
        """The rows in memory: the file is read once, whatever is asked."""
        self._tables += 1
        name = f"kept{self._tables}"
        table.to_native().to_table(name)
        kept: Table = nw.from_native(self._connection.table(name))
        return kept

    def collected(self, tables: Sequence[Table]) -> list[Columns]:
        """See `Backend`."""
        found = [table.to_native().fetchnumpy() for table in tables]
        return [{name: _filled(cells) for name, cells in columns.items()} for columns in found]

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def _typed(name: str, cells: pd.Series) -> nw.Expr:
    """Null for a number that is none, days without a time, text even where there is nothing."""
    own = nw.col(name)
    if is_text(cells):
        return own.cast(nw.String)
    if cells.dtype.kind == "f":
        return nw.when(~own.is_nan()).then(own)
    return own.cast(nw.Date) if cells.dtype.kind == "M" else own


def _filled(cells: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(cells, np.ma.MaskedArray):
        return cells
    gone = np.ma.getmaskarray(cells)
    if cells.dtype.kind == "O":
        return objects(None if one else cell for cell, one in zip(cells.data.tolist(), gone.tolist(), strict=True))
    return np.where(gone, np.nan, cells.data) if gone.any() else cells.data
