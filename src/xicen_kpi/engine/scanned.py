"""Large files that an engine reads itself, and what must hold of every cell before its figures are believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np

from xicen_kpi.plan.source import CellType
from xicen_kpi.read.direct import months_of, reads_as_itself
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.engine.backend import Backend, Columns, Table
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.direct import DirectColumn, DirectFile

FILE, WRITTEN = "_file", "_written"
"""Columns of the number of the file, and of the month as it is written."""

_CODE = r"^[0-9A-Z]{18}$"
_BITS = 52
"""Months that have a bit of their own; a sum of as many powers of two is exact."""


@dataclass(frozen=True)
class Scanned:
    """The files of one source as one lazy frame.

    Attributes:
        source: The declaration.
        files: The files, in the order in which they prevail.
        wanted: The plan's columns that are asked for.
    """

    source: Source
    files: Sequence[DirectFile]
    wanted: frozenset[str]

    def table(self, backend: Backend) -> Table:
        """The rows of all files, typed as the reader would type them if every cell is what its column promises."""
        parts = [self._part(backend, number, file) for number, file in enumerate(self.files)]
        return backend.kept(parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical"))

    def looks(self, table: Table) -> list[Table]:
        """Queries that tell whether it was so: by month, by enterprise, by the different texts of a column."""
        odd = nw.any_horizontal(
            *(~nw.col(name).is_finite() for name in self._numbers), nw.lit(value=False), ignore_nulls=True
        )
        months = table.with_columns(_odd=_one(odd)).group_by(FILE, WRITTEN)
        bit = (nw.lit(2.0) ** (nw.col(PERIOD) % _BITS)).cast(nw.Int64)
        by_code = table.with_columns(_bit=bit).group_by(self._code).agg(_rows=nw.len(), _bits=nw.col("_bit").sum())
        well = nw.col(self._code).str.contains(_CODE).fill_null(value=False)
        return [
            months.agg(
                _rows=nw.len(), _low=nw.col(PERIOD).min(), _high=nw.col(PERIOD).max(), _odd=nw.col("_odd").sum()
            ),
            by_code.with_columns(_odd=_one(~well)).select("_rows", "_bits", "_odd"),
            *(table.select(name).unique() for name in self._texts),
        ]

    def doubt(self, found: Sequence[Columns]) -> str | None:
        """Why the figures cannot be believed; None where every cell is what its column promises."""
        months, codes, *texts = found
        written = months[WRITTEN].tolist()
        if any(not isinstance(cell, str) for cell in written):
            return self.source.columns_by_type[CellType.MONTH][0]
        read = np.array(months_of(self.source, written), dtype=np.int64)
        if (read != months["_low"]).any() or (read != months["_high"]).any() or (read < 0).any():
            return self.source.columns_by_type[CellType.MONTH][0]
        if months["_odd"].sum():
            return " ".join(self._numbers)
        if codes["_odd"].sum() or (np.bitwise_count(codes["_bits"].astype(np.int64)) != codes["_rows"]).any():
            return self._code
        for name, cells in zip(self._texts, texts, strict=True):
            words = [cell for cell in cells[name].tolist() if isinstance(cell, str)]
            if not reads_as_itself(self.source.columns[name].type, words):
                return name
        return None

    def months_of_file(self, number: int, found: Sequence[Columns]) -> tuple[list[int], int]:
        """The months of one file, as ordinals, and how many rows it has."""
        own = found[0][FILE] == number
        return sorted(set(found[0]["_low"][own].astype(np.int64).tolist())), int(found[0]["_rows"][own].sum())

    def _part(self, backend: Backend, number: int, file: DirectFile) -> Table:
        raw = backend.scan(file)
        (month,) = self.source.columns_by_type[CellType.MONTH]
        year, own = (
            nw.col(month).str.slice(0, 4).cast(nw.Int64),
            nw.col(month).str.slice(file.month_at, 2).cast(nw.Int64),
        )
        columns = {
            name: self._cells(name, file.columns.get(name)) for name in (*self._numbers, *self._texts, self._code)
        }
        return raw.select(
            nw.lit(number).cast(nw.Int64).alias(FILE),
            nw.col(month).alias(WRITTEN),
            (year * 12 + own - 1).alias(PERIOD),
            *(cells.alias(name) for name, cells in columns.items()),
        )

    def _cells(self, name: str, column: DirectColumn | None) -> nw.Expr:
        """A column in the declared unit; nothing where the file has none."""
        is_number = self.source.columns[name].type is CellType.NUMBER
        if column is None:
            return nw.lit(None).cast(nw.Float64 if is_number else nw.String)
        own = nw.col(name)
        return own * column.times / column.over if (column.times, column.over) != (1.0, 1.0) else own

    @property
    def _code(self) -> str:
        return self.source.columns_by_type[CellType.USCC][0]

    @property
    def _numbers(self) -> list[str]:
        return sorted(name for name in self.wanted if self.source.columns[name].type is CellType.NUMBER)

    @property
    def _texts(self) -> list[str]:
        others = {CellType.NUMBER, CellType.MONTH}
        return sorted(one for one in self.wanted if self.source.columns[one].type not in others and one != self._code)


def _one(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
