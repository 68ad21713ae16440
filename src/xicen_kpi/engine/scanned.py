"""Large files that an engine reads itself, and what must hold of every cell before its figures are believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from xicen_kpi.engine.linking import PLACE
from xicen_kpi.engine.marks import FILE
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.direct import reads_as_itself
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.engine.backend import Backend, Columns, Table
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.direct import DirectColumn, DirectFile

CODE, BIT = "_code", "_bit"
"""Columns of the code of a row whose enterprise has no place, and of a power of two for its month."""
_WRITTEN, _READ = "_written", "_read"
_WELL = r"^[0-9A-Z]{18}$"
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
        """The rows of all files, typed as the reader would type them if every cell is what its column promises.

        The month is an ordinal, and null where it is not written as in the first rows.
        """
        parts = [self._part(backend, number, file) for number, file in enumerate(self.files)]
        return parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")

    def looks(self, rows: Table) -> list[Table]:
        """Queries that tell whether it was so: by enterprise, by code, by the different texts of a column."""
        strange = rows.filter(nw.col(PLACE).is_null()).group_by(CODE).agg(_bits=nw.col(BIT).sum())
        ill = ~nw.col(CODE).str.contains(_WELL).fill_null(value=False)
        return [
            rows.filter(~nw.col(PLACE).is_null()).group_by(PLACE).agg(_bits=nw.col(BIT).sum()).select("_bits"),
            strange.with_columns(_ill=nw.when(ill).then(nw.lit(1)).otherwise(nw.lit(0))).select("_bits", "_ill"),
            *(rows.select(name).unique() for name in self.texts),
        ]

    def doubt(self, found: Sequence[Columns], rows: int) -> str | None:
        """Which column is not what it promises; None where all are.

        Args:
            found: What the queries came to.
            rows: How many rows there are: as many as different months of enterprises, unless a key is there twice.
        """
        placed, strange, *texts = found
        different = sum(int(np.bitwise_count(one["_bits"].astype(np.int64)).sum()) for one in (placed, strange))
        if strange["_ill"].any() or different != rows:
            return self.code
        for name, cells in zip(self.texts, texts, strict=True):
            words = [cell for cell in cells[name].tolist() if isinstance(cell, str)]
            if not reads_as_itself(self.source.columns[name].type, words):
                return name
        return None

    def _part(self, backend: Backend, number: int, file: DirectFile) -> Table:
        columns = {name: self._cells(name, file.columns.get(name)) for name in (*self.numbers, *self.texts, self.code)}
        months = pd.DataFrame(file.months.items(), columns=[_WRITTEN, _READ])
        months[BIT] = 2 ** (months[_READ] % _BITS)
        raw = backend.scan(file).join(backend.table(months), left_on=self.month, right_on=_WRITTEN, how="left")
        return raw.select(
            nw.lit(number).cast(nw.Int64).alias(FILE),
            nw.col(_READ).alias(PERIOD),
            nw.col(BIT),
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
    def month(self) -> str:
        """The column of the month."""
        return self.source.columns_by_type[CellType.MONTH][0]

    @property
    def code(self) -> str:
        """The column of enterprise codes."""
        return self.source.columns_by_type[CellType.USCC][0]

    @property
    def numbers(self) -> list[str]:
        """The columns of amounts that are asked for."""
        return sorted(name for name in self.wanted if self.source.columns[name].type is CellType.NUMBER)

    @property
    def texts(self) -> list[str]:
        """The columns of texts that are asked for, codes apart."""
        others = {*self.numbers, self.code}
        return sorted(self.wanted - others)
