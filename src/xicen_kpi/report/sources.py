"""Which files the figures come from: hash, encoding, unit, and where every row went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.plan.period import Month

if TYPE_CHECKING:
    from xicen_kpi.engine.run import Answers, Held
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.values import Text
    from xicen_kpi.read.table import Provenance


class SourceFile(NamedTuple):
    """One file that figures come from."""

    source: str
    title: Text
    """Title of the form or ledger."""
    file: str
    sha256: str
    encoding: str | None
    sheet: str | None
    latest_period: str | None
    rows_read: int
    rows_used: int
    set_aside: dict[str, int]
    """Rows read and not used, by reason; rows_read = rows_used + their sum."""
    unit: str | None
    unit_from: str | None
    """Where the unit was read: metadata, header, row, cell, title, sheet, file_name or declared."""


def source_files(plan: Plan, answers: Answers) -> tuple[SourceFile, ...]:
    """Every file read, source by source; rows_read = rows_used + the sum of set_aside."""
    found = [
        _source_file(source_id, plan.sources[source_id].title, held, file)
        for source_id, held in sorted(answers.held.items())
        for file in held.provenance
    ]
    return tuple(sorted(found, key=lambda one: (one.source, one.file, one.sheet or "")))


def _source_file(source_id: str, title: Text, held: Held, file: Provenance) -> SourceFile:
    superseded = Counter({reason: n for reason, n in held.superseded.get(file.path, {}).items() if n})
    units = dict.fromkeys((one.unit, one.unit_from) for one in file.units.values() if one.unit is not None)
    latest = held.latest.get(file.path)
    return SourceFile(
        source=source_id,
        title=title,
        file=file.path,
        sha256=file.sha256,
        encoding=file.encoding,
        sheet=file.sheet,
        latest_period=str(Month.of_ordinal(latest)) if latest else _snapshot(file),
        rows_read=file.rows_read,
        rows_used=file.rows_used - sum(superseded.values()),
        set_aside=dict(sorted((file.set_aside + superseded).items())),
        unit="、".join(str(unit) for unit, _ in units) or None,
        unit_from="、".join(dict.fromkeys(where for _, where in units)) or None,
    )


def _snapshot(file: Provenance) -> str | None:
    return None if file.snapshot is None else file.snapshot.isoformat()
