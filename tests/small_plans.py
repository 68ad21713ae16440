"""Small plans: the parts that a test does not speak of are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop
from xicen_kpi.report.assessment import Asked, Assessment, assess

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xicen_kpi.report.model import CommitmentReport, IndicatorReport

Declaration = dict[str, Any]

CITE = {"section": "一、主要目标", "quote": "每年达100亿元"}

FIRMS: Declaration = {
    "title": "名录",
    "files": "名录*",
    "frequency": "list",
    "key": ["uscc", "joined"],
    "valid": {"start": "joined", "end": "left"},
    "columns": {
        "uscc": {"header": "代码", "type": "uscc"},
        "kind": {"header": "类别"},
        "industry": {"header": "行业", "type": "industry"},
        "tags": {"header": "标签", "type": "tags"},
        "joined": {"header": "入园", "type": "date"},
        "left": {"header": "离园", "type": "date"},
    },
}
"""An enterprise list with dated membership: 代码 | 类别 | 行业 | 标签 | 入园 | 离园."""

OUTPUT: Declaration = {
    "title": "产值",
    "files": "产值*",
    "frequency": "monthly",
    "no_january": True,
    "key": ["uscc", "period"],
    "columns": {
        "uscc": {"header": "代码", "type": "uscc"},
        "period": {"header": "报告期", "type": "month"},
        "output": {
            "header": "累计产值",
            "type": "number",
            "unit": "亿元",
            "counts": "year_to_date",
            "last_year": "output_last",
        },
        "output_last": {
            "header": "上年累计产值",
            "type": "number",
            "unit": "亿元",
            "counts": "year_to_date",
            "optional": True,
        },
    },
}
"""A monthly form without January, cumulative, 亿元: 代码 | 报告期 | 累计产值 [| 上年累计产值]."""


def source(declared: Declaration, **changes: Any) -> Declaration:
    """A source with some of its keys changed; columns are added to the others."""
    merged = {**declared, **changes}
    if "columns" in changes:
        merged["columns"] = {**declared["columns"], **changes["columns"]}
    return merged


def indicator(**changes: Any) -> Declaration:
    """An indicator: the sum of the output form in 亿元, at least 100 by the end of 2026."""
    usual = {
        "name": "产值",
        "cite": CITE,
        "commitment": ["G1.1"],
        "headline": True,
        "measure": {"sum": "output.output"},
        "unit": "亿元",
        "target": {"at_least": 100, "by": "2026-12"},
    }
    return {key: value for key, value in {**usual, **changes}.items() if value is not None}


def plan_of(
    indicators: Mapping[str, Declaration] | None = None, sources: Mapping[str, Declaration] | None = None, **parts: Any
) -> Plan:
    """A plan from January 2025 to December 2026 with one indicator and one source, where nothing else is said."""
    heading = {
        "title": "行动方案",
        "document": "青府发〔2025〕1号",
        "issuer": "区政府",
        "issued": "2025-10-17",
        "period": {"start": "2025-01", "end": "2026-12"},
    }
    return Plan.model_validate(
        {
            **parts,
            "plan": {**heading, **parts.get("plan", {})},
            "sources": {"output": OUTPUT} if sources is None else sources,
            "indicators": {"it": indicator()} if indicators is None else indicators,
        }
    )


def assessed(plan: Plan, folder: Path, as_of: str | None = None, **asked: Any) -> Assessment:
    """The report of a folder, with what is behind it."""
    month = None if as_of is None else Month.parse(as_of)
    return assess(plan, open_drop(folder, plan.sources), Asked(month, **asked), sha256="0" * 64)


def the_indicator(found: Assessment, name: str = "it") -> IndicatorReport:
    """One indicator of a report."""
    return next(one for one in found.report.indicators if one.id == name)


def the_commitment(found: Assessment, name: str) -> CommitmentReport:
    """One commitment of a report."""
    return next(one for one in found.report.commitments if one.id == name)


HEADER = "代码 | 报告期 | 累计产值 | 上年累计产值"


def form(*blocks: str) -> str:
    """Blocks of rows under the header of the output form."""
    return "\n".join([HEADER, *blocks])


def year_of(code: str, year: int, each: float, to: int = 12, last: float | None = None) -> str:
    """Rows of a year in which the same amount is made every month: each * m, from February to a month.

    Args:
        code: Letter of the enterprise.
        year: The year.
        each: Amount of a month.
        to: Last month with a row.
        last: Amount of a month of last year, for the column 上年; an empty column without it.
    """
    stated = "" if last is None else "{}"
    return "\n".join(
        f"{code} | {year}-{month:02d} | {each * month} | {stated.format((last or 0) * month)}"
        for month in range(2, to + 1)
    )
