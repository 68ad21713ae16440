"""polars runs the queries: rows stream through in pieces, all queries in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from xicen_kpi.engine.backend import is_text, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Columns, Table
    from xicen_kpi.read.direct import DirectFile


class Polars:
    """See `Backend`."""

    errors = (pl.exceptions.PolarsError,)

    def table(self, frame: pd.DataFrame) -> Table:
        """See `Backend`."""
        return nw.from_native(pl.DataFrame([_series(name, frame[name]) for name in frame.columns]).lazy())

    def scan(self, file: DirectFile) -> Table:
        """See `Backend`."""
        columns = file.columns.items()
        if file.delimiter is None:
            frame = pl.scan_parquet(str(file.path), glob=False)
            cells = {name: pl.col(column.header) for name, column in columns}
        else:
            numbers = {column.place for _, column in columns if column.is_number}
            frame = pl.scan_csv(
                str(file.path),
                has_header=False,
                skip_rows=1,
                separator=file.delimiter,
                schema={str(n): pl.Float64() if n in numbers else pl.String() for n in range(file.width)},
                null_values=list(file.nothing),
                glob=False,
            )
            cells = {name: pl.col(str(column.place)) for name, column in columns}
        kinds = {name: pl.Float64() if column.is_number else pl.String() for name, column in columns}
        return nw.from_native(frame.select(**{name: one.cast(kinds[name]) for name, one in cells.items()}))

    def kept(self, table: Table) -> Table:
        """The table to be worked out once, in the pass in which all queries are run."""
        kept: Table = nw.from_native(table.to_native().cache())
        return kept

    def collected(self, tables: Sequence[Table]) -> list[Columns]:
        """See `Backend`."""
        frames = pl.collect_all([table.to_native() for table in tables], engine="streaming")
        return [{name: _array(frame[name]) for name in frame.columns} for frame in frames]

    def close(self) -> None:
        """There is nothing to let go of."""


def _array(cells: pl.Series) -> NDArray[Any]:
    """The cells; millions of texts that are not there are not made one by one."""
    is_empty = cells.dtype == pl.String and cells.null_count() == len(cells)
    return np.full(len(cells), None, dtype=object) if is_empty else cells.to_numpy()


def _series(name: str, cells: pd.Series) -> pl.Series:
    if is_text(cells):
        return pl.Series(name, plain(cells), dtype=pl.String)
    if cells.dtype.kind == "M":
        return pl.Series(name, cells.to_numpy(dtype="datetime64[ms]")).cast(pl.Date)
    own = pl.Series(name, cells.to_numpy())
    return own.fill_nan(None) if cells.dtype.kind == "f" else own
