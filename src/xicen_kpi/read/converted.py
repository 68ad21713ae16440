"""Exports that were read once and kept as Parquet: the typed rows, and in the metadata all that was known of them.

One file for each file of a source, `<source>/<name of the export>.kpi.parquet`, one row group for each chunk: what
comes back is what reading the export gave, chunk by chunk, with its trail and its findings. Files keep their names, and
so the order in which they prevail over one another. A file is only good for the declaration that it was made with.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.errors import Finding, Location, Severity
from xicen_kpi.plan.period import Month, Span
from xicen_kpi.plan.source import CellType
from xicen_kpi.plan.units import same_kind
from xicen_kpi.read.cells import as_array
from xicen_kpi.read.headers import read_header, without_unit
from xicen_kpi.read.parquet import ParquetFile
from xicen_kpi.read.table import PERIOD, ROW, KeptTable, Provenance, UnitRead

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.loaded import Loaded

KEY = "xicen_kpi"
FORMAT = 1
_MONTH_NAME = "报告期"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an export beside its rows.

    Attributes:
        declaration: Hash of all that reading it depended on in the plan.
        file: Its path below the data folder.
        tables: Its tables.
        findings: What reading it had to say.
    """

    declaration: str
    file: str
    tables: Sequence[KeptTable]
    findings: Sequence[Finding]

    def text(self, tool_version: str) -> str:
        """The same as JSON, for the metadata of the file."""
        data = {
            "format": FORMAT,
            "tool_version": tool_version,
            "declaration": self.declaration,
            "file": self.file,
            "tables": [
                {
                    "trail": _trail_data(table.trail),
                    "absent": sorted(table.absent),
                    "headers": dict(table.headers),
                    "chunks": list(table.chunks),
                    "dated": table.dated,
                }
                for table in self.tables
            ],
            "findings": [
                {"slug": one.slug, "severity": one.severity, "parameters": one.parameters, "where": one.where._asdict()}
                for one in self.findings
            ],
        }
        return json.dumps(data, ensure_ascii=False, default=str)

    @classmethod
    def of(cls, text: str, source: Source, file: str) -> Kept | None:
        """What the metadata of a file say; None if they are of another form, or made with another declaration.

        Args:
            text: The metadata.
            source: The declaration that the file is read with.
            file: The export, by the name of its copy: names in metadata lead nowhere.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT or data["declaration"] != declaration(source):
                return None
            tables = [
                KeptTable(
                    _trail(one["trail"] | {"path": file}),
                    frozenset(one["absent"]),
                    one["headers"],
                    one["chunks"],
                    bool(one["dated"]),
                )
                for one in data["tables"]
            ]
            findings = [
                Finding(
                    one["slug"],
                    Severity(one["severity"]),
                    one["parameters"],
                    Location(**one["where"] | {"file": file}),
                )
                for one in data["findings"]
            ]
            return cls(data["declaration"], file, tables, findings)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


def kept_text(loaded: Loaded) -> str | None:
    """What a file of ours says of the export that it was made from; None of any other file."""
    return loaded.bulk.said.get(KEY) if isinstance(loaded.bulk, ParquetFile) else None


def declaration(source: Source) -> str:
    """Hash of what reading a file depends on in the plan: columns, units, key, frequency, sheet."""
    columns = {
        name: [list(column.header), column.type, column.unit, column.optional]
        for name, column in source.columns.items()
    }
    data = [columns, list(source.key), source.frequency, source.sheet]
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()


def column_names(source: Source) -> dict[str, str]:
    """Column of a chunk to its name in the file: the plan's header with the plan's unit."""
    names: dict[str, str] = {}
    for name, column in source.columns.items():
        text = column.header[0]
        if column.unit is not None:
            bare = without_unit(text)
            own = read_header(f"{bare};{column.unit}").unit
            text = f"{bare};{column.unit}" if own is not None and same_kind(own, column.unit) else bare
        if column.type is not CellType.MONTH:
            names[name] = text if text not in names.values() else name
    months = source.columns_by_type.get(CellType.MONTH, [])
    month = source.columns[months[0]].header[0] if months else _MONTH_NAME
    return names | {PERIOD: month if month not in names.values() else PERIOD, ROW: ROW}


def schema(source: Source) -> pa.Schema:
    """The columns of a file: codes and texts as strings, amounts as float64, days as dates, months as 2026-10."""
    import pyarrow as pa

    kinds = {CellType.NUMBER: pa.float64(), CellType.DATE: pa.date32()}
    found = []
    for name, shown in column_names(source).items():
        column = source.columns.get(name)
        kind = pa.int64() if name == ROW else pa.string() if column is None else kinds.get(column.type, pa.string())
        said = {"unit": column.unit} if column is not None and column.unit is not None else None
        found.append(pa.field(shown, kind, metadata=said))
    return pa.schema(found)


def to_arrow(frame: pd.DataFrame, source: Source) -> pa.Table:
    """A chunk as Arrow has it."""
    import pyarrow as pa

    own = schema(source)
    columns: list[pa.Array] = []
    for name, kind in zip(column_names(source), own.types, strict=True):
        if name == PERIOD:
            columns.append(
                _months_to_arrow(frame[PERIOD].to_numpy()) if PERIOD in frame else pa.nulls(len(frame), kind)
            )
            continue
        values = frame[name].to_numpy()
        days = values.astype("datetime64[D]") if kind == pa.date32() else values
        columns.append(pa.array(days, kind, from_pandas=True))
    return pa.Table.from_arrays(columns, schema=own)


def from_arrow(rows: pa.Table, source: Source, table: KeptTable) -> pd.DataFrame:
    """A chunk as reading the export gave it."""
    columns: dict[str, Any] = {}
    places = {name: place for place, name in enumerate(column_names(source))}
    for name, column in source.columns.items():
        if column.type is CellType.MONTH:
            if not table.dated:
                columns[name] = pd.Series(np.full(rows.num_rows, None, dtype=object), dtype=object)
            continue
        cells = rows.column(places[name]).combine_chunks()
        if column.type is CellType.NUMBER:
            columns[name] = cells.to_numpy(zero_copy_only=False)
        elif column.type is CellType.DATE:
            columns[name] = cells.to_numpy(zero_copy_only=False).astype("datetime64[ns]")
        else:
            texts = _texts_from_arrow(cells)
            columns[name] = pd.Series(texts, dtype=texts.dtype, copy=False)
    if table.dated:
        columns[PERIOD] = _months_from_arrow(rows.column(places[PERIOD]).combine_chunks())
    columns[ROW] = rows.column(places[ROW]).combine_chunks().to_numpy()
    return pd.DataFrame(columns, copy=False)


def _months_to_arrow(values: NDArray[np.int64]) -> pa.Array:
    import pyarrow as pa

    different, codes = np.unique(values, return_inverse=True)
    texts = pa.array([str(Month.of_ordinal(int(value))) for value in different], pa.string())
    return texts.take(pa.array(codes))


def _months_from_arrow(column: pa.Array) -> NDArray[np.int64]:
    coded = column.dictionary_encode()
    months = np.array([Month.parse(text).ordinal for text in coded.dictionary.to_pylist()], dtype=np.int64)
    found: NDArray[np.int64] = months[coded.indices.to_numpy()]
    return found


def _texts_from_arrow(column: pa.Array) -> NDArray[Any]:
    """Texts with None where there is none; a text that occurs again and again is one object."""
    coded = column.dictionary_encode()
    values = as_array([*coded.dictionary.to_pylist(), None])
    found: NDArray[Any] = values[coded.indices.fill_null(-1).to_numpy()]
    return found


def _trail_data(trail: Provenance) -> dict[str, Any]:
    data = {one.name: getattr(trail, one.name) for one in fields(trail)}
    data["period"] = None if trail.period is None else [trail.period.start.ordinal, trail.period.end.ordinal]
    data["snapshot"] = None if trail.snapshot is None else trail.snapshot.isoformat()
    return data


def _trail(data: dict[str, Any]) -> Provenance:
    """The trail again, with the types that JSON does not know."""
    period, snapshot = data["period"], data["snapshot"]
    return Provenance(
        **data
        | {
            "header_rows": _pair(data["header_rows"]),
            "data_rows": _pair(data["data_rows"]),
            "columns": tuple(data["columns"]),
            "units": {name: UnitRead(*read) for name, read in data["units"].items()},
            "period": None if period is None else Span(*map(Month.of_ordinal, period)),
            "snapshot": None if snapshot is None else date.fromisoformat(snapshot),
            "set_aside": Counter(data["set_aside"]),
        }
    )


def _pair(rows: list[int] | None) -> tuple[int, int] | None:
    return None if rows is None else (rows[0], rows[1])
