"""polars runs the queries: rows stream through in pieces, all queries in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from xicen_kpi.engine.backend import is_text, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from xicen_kpi.engine.backend import Columns, Table


class Polars:
    """See `Backend`."""

    def table(self, frame: pd.DataFrame) -> Table:
        """See `Backend`."""
        return nw.from_native(pl.DataFrame([_series(name, frame[name]) for name in frame.columns]).lazy())

    def collected(self, tables: Sequence[Table]) -> list[Columns]:
        """See `Backend`."""
        frames = pl.collect_all([table.to_native() for table in tables], engine="streaming")
        return [{name: frame[name].to_numpy() for name in frame.columns} for frame in frames]

    def close(self) -> None:
        """There is nothing to let go of."""


def _series(name: str, cells: pd.Series) -> pl.Series:
    if is_text(cells):
        return pl.Series(name, plain(cells), dtype=pl.String)
    if cells.dtype.kind == "M":
        return pl.Series(name, cells.to_numpy(dtype="datetime64[ms]")).cast(pl.Date)
    own = pl.Series(name, cells.to_numpy())
    return own.fill_nan(None) if cells.dtype.kind == "f" else own
