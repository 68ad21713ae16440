"""合计 rows against the rows that they add up: the total is never used, a difference is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.form import known_as
from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.errors import Location
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.export import read_export
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    import pandas as pd

    from xicen_kpi.checks.form import Part
    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

TOTAL = "total"
_ROUNDING = 1e-4
"""Share of a total that the rounding of its rows may cost; and one unit in any case."""


@dataclass(frozen=True, slots=True)
class WithTotal:
    """A sheet in which a total row was set aside."""

    table: Table
    part: Part


def with_totals(material: Material) -> list[WithTotal]:
    """Sheets with a total row; each once, whatever number of sources reads it."""
    found: dict[tuple[str, str | None], WithTotal] = {}
    for table in material.tables.values():
        for part in table.parts:
            if part.trail.set_aside.get("total_row"):
                found.setdefault((part.trail.path, part.trail.sheet), WithTotal(table, part))
    return list(found.values())


def total_differs(material: Material, one: WithTotal) -> Doubts:
    """A sheet's only total row against the sum of the other rows, column by column."""
    trail = one.part.trail
    for read in read_export(material.gathered.drop.folder / PurePosixPath(trail.path), name=trail.path):
        totals = [row for row, mark in read.marks.items() if mark == TOTAL]
        if read.provenance.sheet != trail.sheet or len(totals) != 1:
            continue
        data = read.data
        rows = [row for row in data.index if row not in read.marks]
        for header in _amount_columns(one.table, data):
            column = data[header].to_numpy(dtype=np.float64)
            said, summed = column[data.index == totals[0]][0], np.nansum(column[data.index.isin(rows)])
            if np.isfinite(said) and abs(said - summed) > max(1.0, _ROUNDING * abs(summed)):
                unit = read.provenance.units.get(header)
                where = Location(trail.path, sheet=trail.sheet, row=int(totals[0]), field=header)
                name = unit.unit if unit is not None and unit.unit else ""
                about = {"said": float(said), "sum": float(summed), "difference": float(said - summed)}
                yield Suspicion(finding("total-row-differs", where, unit=name, **about))


def _amount_columns(table: Table, data: pd.DataFrame) -> list[str]:
    """Headers of the file that are number columns of the plan."""
    wanted = {
        name
        for column in table.source.columns.values()
        if column.type is CellType.NUMBER
        for header in column.header
        for name in known_as(header)
    }
    return [
        header for header in data.columns if data[header].dtype == np.float64 and wanted & set(known_as(str(header)))
    ]


RULES = (Rule("total-row-differs", with_totals, total_differs, "total_row", whole=True),)
