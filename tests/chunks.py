"""Typed chunks written as pipe tables, as `read` would hand them over, for tests of `engine` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from tables import table

from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.stream import Chunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xicen_kpi.engine.fold import Fold
    from xicen_kpi.plan.source import Source


def chunk_of(source: Source, text: str, file: str = "one.csv", *, revised: bool = False, first_row: int = 2) -> Chunk:
    """A chunk whose header names the plan's columns; an empty cell is missing, a column not named is absent."""
    header, *rows = table(text)
    columns = dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))
    frame = pd.DataFrame(
        {
            "period" if column.type is CellType.MONTH else name: typed(columns.get(name, [""] * len(rows)), column.type)
            for name, column in source.columns.items()
        }
    )
    frame["_row"] = np.arange(first_row, first_row + len(rows))
    return Chunk(frame, file, revised, frozenset(source.columns) - set(header))


def typed(cells: Sequence[str], kind: CellType) -> pd.Series:
    """A column as its type: numbers as float64, months as ordinals, days as datetime64, the rest as text."""
    if kind is CellType.NUMBER:
        return pd.Series([float(cell) if cell else np.nan for cell in cells], dtype="float64")
    if kind is CellType.MONTH:
        return pd.Series([Month.parse(cell).ordinal for cell in cells], dtype="int64")
    if kind is CellType.DATE:
        return pd.Series([np.datetime64(cell or "NaT", "ns") for cell in cells], dtype="datetime64[ns]")
    return pd.Series([cell or None for cell in cells], dtype="object")


def folded(state: Fold, chunks: Iterable[Chunk]) -> Fold:
    """Adds every chunk and returns the same fold, ready to finish."""
    for chunk in chunks:
        state.add(chunk)
    return state
