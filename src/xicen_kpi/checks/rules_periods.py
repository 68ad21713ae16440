"""Rules about time: forms that stop too early, holes between months, dates to come, forms without content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xicen_kpi.checks.material import DATED, reached
from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.suspicions import each, suspect
from xicen_kpi.checks.table import months_of
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.words.checks_bilingual import Both
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

_SURVEY_MONTH = 4
"""Annual forms of a year are in by April of the next (107-2: 25 March, GQ: 8 April)."""


def forms(material: Material) -> list[Table]:
    """Forms with rows."""
    return material.dated


def monthly_forms(material: Material) -> list[Table]:
    """Forms of each month with rows."""
    return material.monthly


def limit(material: Material) -> int:
    """The last month that may have happened: the one checked, or the one that the forms have reached if later."""
    latest = reached(table.whole for table in material.tables.values())
    return max(material.as_of, latest.ordinal if latest is not None else material.as_of)


def stale(material: Material, table: Table) -> Doubts:
    """A form or list whose latest period is too far behind the month checked."""
    latest, due = _latest(table), _due(material, table)
    if latest is None or latest >= due:
        return
    parts = [part for part in table.whole.parts if part.stop > part.start] or list(table.parts)
    where = Location(parts[0].trail.path, sheet=parts[0].trail.sheet)
    found = finding(
        "period-stale",
        where,
        latest=str(Month.of_ordinal(latest)),
        due=str(Month.of_ordinal(due)),
        form=Both(table.source.title.zh, table.source.title.en),
    )
    yield Suspicion(found)


def timed(material: Material) -> list[Table]:
    """Forms, and lists and ledgers that name their 截至日期."""
    return [table for table in material.tables.values() if _latest(table) is not None]


def _latest(table: Table) -> int | None:
    if table.source.frequency in DATED:
        return table.latest
    days = [part.trail.snapshot for part in table.parts if part.trail.snapshot is not None]
    return max((Month.of_date(day).ordinal for day in days), default=None)


def _due(material: Material, table: Table) -> int:
    """The latest period that must be there."""
    as_of = Month.of_ordinal(material.as_of)
    if table.source.frequency is Frequency.ANNUAL:
        return Month(as_of.year - (1 if as_of.month >= _SURVEY_MONTH else 2), 12).ordinal
    due = material.as_of - material.plan.settings.stale_after
    if table.source.frequency is Frequency.QUARTERLY:
        due -= due % 3 + 1
    if table.source.no_january and Month.of_ordinal(due).month == 1:
        due -= 1
    return due


def months(material: Material) -> list[Table]:
    """Monthly forms with several months."""
    return [table for table in material.monthly if len(table.held) > 1 and not _only_january(table)]


def holes(material: Material, table: Table) -> Doubts:  # noqa: ARG001 -- the form of a check
    """A month between others that the form has not got."""
    first = min(month for month in table.held if month % 12 or not table.source.no_january)
    for month in range(first, (table.latest or 0) + 1):
        if month not in table.held and not (table.source.no_january and month % 12 == 0):
            where = Location(table.parts[0].trail.path)
            title = table.source.title
            found = finding("period-missing", where, period=str(Month.of_ordinal(month)), form=Both(title.zh, title.en))
            yield Suspicion(found)


def future_periods(material: Material, table: Table) -> Doubts:
    """Rows of a month that has not come."""
    latest = max(limit(material), table.latest or 0) + 1
    rows = np.flatnonzero(table.periods > latest)
    yield from each(
        table,
        "period-in-future",
        rows,
        np.zeros(len(rows)),
        lambda row: suspect(
            table, "period-in-future", row, _period_column(table), latest=str(Month.of_ordinal(latest - 1))
        ),
    )


def without_january(material: Material) -> list[Table]:
    """Forms that are not reported in January (1月免报)."""
    return [table for table in material.dated if table.source.no_january]


def in_january(material: Material, table: Table) -> Doubts:  # noqa: ARG001 -- the form of a check
    """Rows of January, once for each sheet: most often October, whose 0 a spreadsheet has dropped (2026.1)."""
    rows = months_of(table.whole, *(month for month in table.held if month % 12 == 0))
    for part in rows.parts:
        if part.stop > part.start:
            count = part.stop - part.start
            yield suspect(rows, "january-reported", part.start, _period_column(table), rows=count)


def _only_january(table: Table) -> bool:
    return table.source.no_january and all(month % 12 == 0 for month in table.held)


def _period_column(table: Table) -> str | None:
    return next(iter(table.source.columns_by_type.get(CellType.MONTH, [])), None)


@dataclass(frozen=True, slots=True)
class Dates:
    """The date column by which entries of a ledger or list count."""

    table: Table
    column: str


def date_columns(material: Material) -> list[Dates]:
    """Dates of ledger entries, and days from which a member stands on a list."""
    found = []
    for table in material.tables.values():
        names = [table.source.dated, table.source.valid.start if table.source.valid else None]
        found += [Dates(table, name) for name in names if name is not None and table.has(name)]
    return found


def future_dates(material: Material, one: Dates) -> Doubts:
    """Dates after the month checked, and after the list's own 截至日期."""
    table = one.table
    last = Month.of_ordinal(limit(material)).last_day
    snapshots = [part.trail.snapshot for part in table.parts if part.trail.snapshot is not None]
    last = max([last, *snapshots])
    days = table.frame[one.column]
    rows = np.flatnonzero((days > pd.Timestamp(last)).to_numpy())
    yield from each(
        table,
        "date-in-future",
        rows,
        np.zeros(len(rows)),
        lambda row: suspect(table, "date-in-future", row, one.column, value=_day(days.iloc[row]), last=str(last)),
    )


def _day(stamp: pd.Timestamp) -> str:
    return date(stamp.year, stamp.month, stamp.day).isoformat()


def read_sheets(material: Material) -> list[str]:
    """Sources of which some sheet could be read."""
    return list(material.tables)


def empty_forms(material: Material, source_id: str) -> Doubts:
    """A file with a header and no row that can be used."""
    for trail in material.gathered.empty.get(source_id, []):
        title = material.plan.sources[source_id].title
        where = Location(trail.path, sheet=trail.sheet)
        yield Suspicion(finding("form-empty", where, read=trail.rows_read, form=Both(title.zh, title.en)))


def empty_rows(material: Material, table: Table) -> Doubts:
    """An enterprise whose row of the latest month holds no number but zeros; a year without R&D is nothing unusual."""
    now = table.last_held(material.as_of)
    columns = [name for role, name in table.roles.items() if not role.last_year]
    if not columns:
        return
    rows = table.at(now)
    nothing = np.all([np.nan_to_num(table.amounts(name)[rows]) == 0 for name in columns], axis=0)
    bad = rows[nothing]
    yield from each(
        table, "row-empty", bad, np.zeros(len(bad)), lambda row: suspect(table, "row-empty", row, columns[0])
    )


RULES = (
    Rule("period-stale", timed, stale, "periods", whole=True),
    Rule("period-missing", months, holes, "periods", whole=True),
    Rule("period-in-future", forms, future_periods, "periods"),
    Rule("january-reported", without_january, in_january, "no_january", whole=True),
    Rule("date-in-future", date_columns, future_dates, "dates"),
    Rule("form-empty", read_sheets, empty_forms, "any", whole=True),
    Rule("row-empty", monthly_forms, empty_rows, "periods"),
)
