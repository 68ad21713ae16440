"""The report as CSV for a further tool: full precision, UTF-8 with BOM so that Excel shows the Chinese."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xicen_kpi.report.model import IndicatorReport, Report
    from xicen_kpi.words.labels import Lang

INDICATOR_COLUMNS = (
    "id", "name", "kind", "unit", "period_start", "period_end", "value", "provisional", "target", "comparison", "due",
    "gap", "completion", "progress", "elapsed_linear", "elapsed_seasonal", "pace_gap_pp_linear", "pace_gap_pp_seasonal",
    "required_per_month", "required_growth", "previous", "previous_basis", "growth", "change_pp", "projection",
    "projection_low", "projection_high", "status", "status_reason", "distance_to_cut", "robust", "scope",
)  # fmt: skip
COMMITMENT_COLUMNS = (
    "id", "kind", "section", "quote", "due", "state", "reason", "responsible", "done", "total", "date", "evidence",
    "indicators",
)  # fmt: skip
_LIVE = ("=", "+", "-", "@", "\t", "\r")


def report_csv(report: Report, lang: Lang, *, with_commitments: bool = False) -> str:
    """One line an indicator, or with_commitments one line a commitment. Numbers are not rounded."""
    if with_commitments:
        return _written(
            COMMITMENT_COLUMNS, ([getattr(one, name) for name in COMMITMENT_COLUMNS] for one in report.commitments)
        )
    return _written(INDICATOR_COLUMNS, (_indicator(one, lang) for one in report.indicators))


def _indicator(one: IndicatorReport, lang: Lang) -> Sequence[object]:
    return (
        one.id, one.name.say(lang), one.kind, one.unit,
        None if one.period is None else one.period.start, None if one.period is None else one.period.end,
        one.value, one.provisional, one.target.value, one.target.comparison, one.target.due, one.gap, one.completion,
        one.progress, one.elapsed.linear, one.elapsed.seasonal, one.pace_gap_pp.linear, one.pace_gap_pp.seasonal,
        one.required.per_month, one.required.growth, one.previous.value, one.previous.basis, one.growth, one.change_pp,
        one.projection.value, one.projection.low, one.projection.high, label(f"status.{one.status}", lang),
        one.status_reason, one.distance_to_cut, one.robust, None if one.scope is None else one.scope.say(lang),
    )  # fmt: skip


def _written(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return f"\ufeff{out.getvalue()}"


def _cell(value: object) -> object:
    """A cell as a spreadsheet may take it: no text is left that it would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        value = ";".join(map(str, value))
    if isinstance(value, str) and value.startswith(_LIVE):
        return f"'{value}"
    return value
