"""What every engine for lazy frames does: take frames in, run queries, hand aggregates out as arrays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import narwhals as nw
    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.read.direct import DirectFile

    Table: TypeAlias = nw.LazyFrame[Any]
    """Rows to be queried."""

    Columns: TypeAlias = Mapping[str, NDArray[Any]]
    """What a query came to: numbers with NaN, texts with None where there is nothing."""


EMPTY_LINE = (re.compile(rb"\n\n|\n\r\n"), b"\n")
"""An empty line in the middle of a file: DuckDB and Spark pass it over without counting it."""


class Backend(Protocol):
    """polars, DuckDB or Spark.

    Attributes:
        errors: What it raises where a cell is no number, or a file cannot be read.
    """

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What it raises."""
        ...

    def table(self, frame: pd.DataFrame) -> Table:
        """A pandas frame as a lazy one: texts, numbers, days and truth values, null where there is nothing."""
        ...

    def scan(self, file: DirectFile) -> Table:
        """The wanted columns of a file by the plan's names: numbers as float64, everything else as text.

        Raises:
            errors: A cell is no number; now, or when a query is run.
        """
        ...

    def kept(self, table: Table) -> Table:
        """A table that several queries will be made of."""
        ...

    def collected(self, tables: Sequence[Table]) -> list[Columns]:
        """Runs queries, together where that saves reading twice."""
        ...

    def close(self) -> None:
        """Lets go of everything."""
        ...


def is_text(cells: pd.Series) -> bool:
    """Whether a column is handed over as text."""
    return cells.dtype.kind not in "fibuM"


def plain(cells: pd.Series) -> list[Any]:
    """The cells as plain objects, None where there is nothing."""
    if not cells.hasnans:
        return cells.tolist()
    return [None if gone else cell for cell, gone in zip(cells.tolist(), cells.isna().tolist(), strict=True)]


def objects(cells: Iterable[Any]) -> NDArray[Any]:
    """An array of plain objects."""
    listed = list(cells)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def is_nothing(cell: Any) -> bool:  # noqa: ANN401 -- a text, a number, a day or nothing
    """Whether a plain object stands for a missing cell."""
    return cell is None or cell != cell  # noqa: PLR0124 -- NaN is not itself
