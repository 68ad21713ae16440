"""Spark runs the queries: on the cluster that the program was submitted to, else in a session on this machine."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from py4j.protocol import Py4JError
from pyspark import StorageLevel
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.functions import broadcast
from pyspark.sql.types import BooleanType, DateType, DoubleType, LongType, StringType, StructField, StructType

from xicen_kpi.engine.backend import EMPTY_LINE, is_text, objects, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from pyspark.sql import DataFrame

    from xicen_kpi.engine.backend import Columns, Table
    from xicen_kpi.read.direct import DirectFile

_TYPES = {"f": DoubleType, "i": LongType, "u": LongType, "b": BooleanType, "M": DateType}
_SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
}


class Spark:
    """See `Backend`."""

    errors = (PySparkException, Py4JError)

    def __init__(self) -> None:
        # At Ctrl-C py4j would print tracebacks through a logger that nobody has set up.
        logging.getLogger().addHandler(logging.NullHandler())
        self._session = SparkSession.builder.appName("xicen-kpi").config(map=_SETTINGS).getOrCreate()
        context = self._session.sparkContext
        context.setLogLevel("ERROR")
        if (context.master or "").startswith("local"):
            # Spark would start the `python3` of the PATH, which need not be the one that runs the program.
            context.pythonExec = sys.executable
            # 200 parts, Spark's usual number, are for many machines.
            self._session.conf.set("spark.sql.shuffle.partitions", str(context.defaultParallelism))

    def table(self, frame: pd.DataFrame) -> Table:
        """See `Backend`."""
        kinds = {name: StringType if is_text(frame[name]) else _TYPES[frame[name].dtype.kind] for name in frame.columns}
        days = {name: frame[name].dt.date for name, kind in kinds.items() if kind is DateType}
        rows = list(zip(*(plain(days.get(name, frame[name])) for name in kinds), strict=True))
        schema = StructType([StructField(name, kind()) for name, kind in kinds.items()])
        # Spark cannot tell the size of what it is given, and would sort the rows of the files to join them.
        table: Table = nw.from_native(broadcast(self._session.createDataFrame(rows, schema)))
        return table

    def scan(self, file: DirectFile) -> Table:
        """See `Backend`."""
        path = file.path  # not quoted: Spark takes %E4 for itself
        place = f"file://{path.absolute()}" if isinstance(path, Path) else path.address
        if file.delimiter is None:
            frame = self._session.read.parquet(place)
        else:
            if file.holds(EMPTY_LINE):
                raise AnalysisException("\\n\\n")
            numbers = {column.place for column in file.columns.values() if column.is_number}
            kinds = [DoubleType() if n in numbers else StringType() for n in range(file.width)]
            frame = self._session.read.csv(
                place,
                schema=StructType([StructField(str(n), kind) for n, kind in enumerate(kinds)]),
                sep=file.delimiter,
                header=True,
                escape='"',
                mode="FAILFAST",
            )
        frame = frame.toDF(*(str(n) for n in range(len(frame.columns))))
        own = {
            name: (str(column.place), "double" if column.is_number else "string")
            for name, column in file.columns.items()
        }
        table: Table = nw.from_native(
            frame.select(*(frame[at].cast(kind).alias(name) for name, (at, kind) in own.items()))
        )
        return table

    def kept(self, table: Table) -> Table:
        """The rows in the memory of the machines, as far as it goes; nothing on a disk: the rest is read again."""
        kept: Table = nw.from_native(table.to_native().persist(StorageLevel.MEMORY_ONLY))
        return kept

    def collected(self, tables: Sequence[Table]) -> list[Columns]:
        """See `Backend`."""
        return [_by_column(table.to_native()) for table in tables]

    def close(self) -> None:
        """Ends the session."""
        self._session.stop()


def _by_column(frame: DataFrame) -> Columns:
    rows = frame.collect()
    columns: dict[str, Any] = {}
    for place, field in enumerate(frame.schema.fields):
        cells = [row[place] for row in rows]
        is_number = not isinstance(field.dataType, StringType)
        columns[field.name] = (
            np.array([np.nan if cell is None else cell for cell in cells]) if is_number else objects(cells)
        )
    return columns
