"""A large file as one table without a plan: shape and types by samples, then read in pieces."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.errors import Finding, Location
from xicen_kpi.read.blocks import Parse, TextBlock
from xicen_kpi.read.cells import Memory
from xicen_kpi.read.columns import Fault, code_column, day_column, plain_numbers
from xicen_kpi.read.evidence import is_code_name
from xicen_kpi.read.grid import Grid
from xicen_kpi.read.numbers import missing_kind, read_amount
from xicen_kpi.read.table import ROW, Table
from xicen_kpi.read.tables import build_table, column_names, find_tables
from xicen_kpi.read.whole import framed
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from xicen_kpi.read.blocks import Block, Bulk
    from xicen_kpi.read.bulk import BulkText
    from xicen_kpi.read.cells import Cells
    from xicen_kpi.read.loaded import Loaded
    from xicen_kpi.read.tables import Found

_MOST = 20
_HEAD = 2_000


class _Kind(Enum):
    AMOUNT = 0
    CODE = 1
    TEXT = 2
    DAY = 3
    """Only where the file itself says so; the days of a text stay texts."""


_FEW = 0.05
"""Share of different values in the sample below which a text counts as one that repeats."""


@dataclass(slots=True)
class _Plan:
    """How the pieces of a file become frames.

    Attributes:
        bulk: The file.
        table: The table, whose trail is completed on the way.
        first: Record of the first row of data.
        width: Columns of the file.
        names: Column to its name.
        kinds: Column to what it is.
        parses: Column to what its cells are wanted as.
        cut: Records at the end that are no data.
        findings: What was found in the samples.
        reasons: Why they are none; empty ones behind the last of them are no rows at all.
        memories: Column to what its texts have been read as.
    """

    bulk: Bulk
    table: Table
    first: int
    width: int
    names: dict[int, str]
    kinds: dict[int, _Kind]
    parses: dict[int, Parse]
    cut: int
    reasons: list[str]
    findings: list[Finding]
    memories: dict[int, Memory] = field(default_factory=dict)


def read_in_pieces(loaded: Loaded, bulk: BulkText) -> Table | None:
    """The table of a large text that is one plain list; None where it may be anything else."""
    middle, last = bulk.samples()
    rows: list[list[Any]] = [*bulk.head.rows[:_HEAD], *middle, *last]
    before = len(rows) - len(last)
    tables = list(find_tables(Grid(rows)))
    if len(tables) != 1 or any(place < before for place in (*tables[0].body.reasons, *tables[0].body.marks)):
        return None
    found = tables[0]
    last_data = max(found.used, default=-1)
    if found.body.levels or last_data < before or any(place < last_data for place in found.body.reasons):
        return None
    sample = build_table(loaded, found)
    names = column_names(found)
    kinds = {place: _kind_of(name, sample.data[name]) for place, name in names.items()}
    few = len(found.used) * _FEW
    parses = {place: Parse.NUMBER if kind is _Kind.AMOUNT else Parse.TEXT for place, kind in kinds.items()}
    parses |= {
        place: Parse.REPEATED
        for place, kind in kinds.items()
        if kind is not _Kind.AMOUNT and sample.data[names[place]].nunique() < few
    }
    return table_in_pieces(bulk, found, sample, parses, cut=len(rows) - last_data - 1)


def table_in_pieces(bulk: Bulk, found: Found, sample: Table, parses: Mapping[int, Parse], *, cut: int = 0) -> Table:
    """The table of a large file that is one plain list.

    Args:
        bulk: The file.
        found: The table in a sample of its rows.
        sample: What was made of that.
        parses: Column to what its cells are wanted as.
        cut: Rows at the end that are no data.
    """
    names = column_names(found)
    kinds = {
        place: _Kind.AMOUNT if parses[place] is Parse.NUMBER else _kind_of(name, sample.data[name])
        for place, name in names.items()
    }
    findings = [told for told in sample.findings if told.where.row is None]
    table = Table(sample.provenance, findings, lambda: iter(()), row_units=sample.row_units, expected=bulk.expected)
    reasons = [reason for _, reason in sorted(found.body.reasons.items())] if cut else []
    first, width = found.layout.body.start, len(found.layout.names)
    plan = _Plan(bulk, table, first, width, names, kinds, dict(parses), cut, reasons, list(findings))
    table.frames = lambda: _frames(plan)
    return table


def _kind_of(name: str, values: pd.Series) -> _Kind:
    if values.dtype.kind == "M":
        return _Kind.DAY
    if values.dtype.kind == "f":
        return _Kind.AMOUNT if values.notna().any() else _Kind.TEXT
    return _Kind.CODE if is_code_name(name) else _Kind.TEXT


def _frames(plan: _Plan) -> Iterator[pd.DataFrame]:
    """The pieces as frames; the records at the end that are no data are cut off the last ones."""
    trail, held = plan.table.provenance, list[pd.DataFrame]()
    trail.rows_read = trail.rows_used = 0
    trail.set_aside.clear()
    plan.table.findings[:] = plan.findings
    plan.memories = {place: Memory() for place in plan.names}
    told: dict[str, int] = {}
    for block in plan.bulk.blocks(plan.first, plan.width, plan.parses):
        held.append(_frame(plan, block, told))
        trail.rows_read += block.size
        while len(held) > 1 and sum(map(len, held[1:])) >= plan.cut:
            yield held.pop(0)
    rest = pd.concat(held) if len(held) > 1 else held[0]
    yield rest.iloc[: len(rest) - plan.cut]
    _seal(plan, told)


def _seal(plan: _Plan, told: dict[str, int]) -> None:
    """Completes the trail when the last piece is out."""
    table, trail = plan.table, plan.table.provenance
    ending = plan.bulk.ending(Location(trail.path))
    trail.sha256 = ending.sha256
    trail.rows_used = trail.rows_read - plan.cut
    trail.rows_read = trail.rows_used + len(plan.reasons) + ending.lost
    trail.set_aside.update(plan.reasons)
    trail.set_aside += Counter(unreadable=ending.lost)
    trail.data_rows = (plan.first + 1, plan.first + trail.rows_used)
    table.findings += ending.findings
    for name, times in told.items():
        if times > _MOST:
            where = Location(trail.path, field=name)
            table.findings.append(finding("more-of-the-same", where, more=times - _MOST, what="unreadable-cell"))


def _frame(plan: _Plan, block: Block, told: dict[str, int]) -> pd.DataFrame:
    columns: dict[str, NDArray[Any]] = {}
    for place, name in plan.names.items():
        cells, faults = block.column(place), list[Fault]()
        if plan.kinds[place] is _Kind.AMOUNT:
            values, faults = _amounts(cells)
        elif plan.kinds[place] is _Kind.CODE:
            codes, faults = code_column(cells, plan.memories[place], unit_code=False)
            values = np.asarray(codes)
        elif plan.kinds[place] is _Kind.DAY:
            values, faults = day_column(cells, plan.memories[place])
        else:
            plan.memories[place].learn(cells, _stripped)
            values = plan.memories[place].recalled(cells)
        columns[name] = values
        _tell(plan.table.findings, plan.table.provenance.path, block, name, faults, told)
    return framed(columns, _row_numbers(block))


def _row_numbers(block: Block) -> pd.Index:
    if isinstance(block, TextBlock):
        return pd.RangeIndex(block.number(0), block.number(block.size), name=ROW)
    return pd.Index(block.numbers(), name=ROW)


def _stripped(cell: object) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    return (cell.strip() or None) if isinstance(cell, str) else cell if isinstance(cell, bool) else None


def _amounts(cells: Cells) -> tuple[NDArray[np.float64], list[Fault]]:
    values, odd = plain_numbers(cells)
    faults: list[Fault] = []
    for place in odd:
        amount = read_amount(str(cells[place]))
        if amount is not None and amount.unit is None:
            values[place] = amount.value
        elif amount is not None or missing_kind(str(cells[place])) is None:
            faults.append(Fault(place, "unreadable-cell", cells[place]))
    return values, faults


def _tell(
    findings: list[Finding], path: str, block: Block, name: str, faults: list[Fault], told: dict[str, int]
) -> None:
    for fault in faults:
        told[name] = told.get(name, 0) + 1
        if told[name] <= _MOST:
            where = Location(path, row=block.number(fault.place), field=name)
            findings.append(finding(fault.slug, where, raw=str(fault.raw)[:60]))
