"""Any file in, tables out: reading without a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Location
from xicen_kpi.read.bulk import BulkText
from xicen_kpi.read.bulk_table import read_in_pieces
from xicen_kpi.read.files import load
from xicen_kpi.read.parquet import ParquetFile
from xicen_kpi.read.parquet_table import table_of_parquet
from xicen_kpi.read.table import Provenance, Table
from xicen_kpi.read.tables import build_table, find_tables
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.read.loaded import Loaded


def read_export(path: Path, *, name: str | None = None) -> list[Table]:
    """The tables of a file of any shape, each with its trail and what is uncertain about it.

    Args:
        path: The file. Its content decides what it is, not its suffix.
        name: What messages call the file; else its own name.

    Returns:
        One entry for each table. A file that cannot be read comes back as one empty table whose findings say why.
    """
    return tables_of(load(path, name or path.name))


def tables_of(loaded: Loaded) -> list[Table]:
    """The tables of a file that has been loaded; one empty table where there is none."""
    if isinstance(loaded.bulk, ParquetFile):
        return [table_of_parquet(loaded, loaded.bulk)]
    if isinstance(loaded.bulk, BulkText):
        table = read_in_pieces(loaded, loaded.bulk)
        if table is not None:
            return [table]
        loaded.grids, loaded.sha256 = [loaded.bulk.whole()], loaded.bulk.seal.result().sha256
    tables = [build_table(loaded, found) for grid in loaded.grids for found in find_tables(grid)]
    if not tables:
        return [_nothing(loaded)]
    tables = _in_order(tables, is_page=loaded.kind == "html")
    tables[0].findings[:0] = loaded.findings
    return tables


def _in_order(tables: list[Table], *, is_page: bool) -> list[Table]:
    """Lines of prose behind the tables; what only lays out a web page, such as its menu, is none."""
    if not any(len(table.provenance.columns) > 1 and table.provenance.rows_used for table in tables):
        return tables
    kept = [table for table in tables if table.provenance.rows_used or not is_page]
    return sorted(kept, key=lambda table: len(table.provenance.columns) < 2)


def _nothing(loaded: Loaded) -> Table:
    trail = Provenance(loaded.name, loaded.sha256, loaded.kind, loaded.encoding, loaded.delimiter)
    told = loaded.findings or [finding("file-no-table", Location(file=loaded.name))]
    return Table(trail, list(told), lambda: iter(()))
