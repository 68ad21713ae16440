"""Reports made by hand for tests of what people read, and the report of the sample."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from openpyxl import load_workbook

from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.values import Text
from xicen_kpi.read.drop import open_drop
from xicen_kpi.report.assessment import Asked, Assessment, assess
from xicen_kpi.report.drivers import NO_DRIVERS
from xicen_kpi.report.model import (
    FORMAT_VERSION,
    BaselineSection,
    BoundsSection,
    BySchedule,
    CiteSection,
    CommitmentReport,
    CoverageSection,
    IndicatorReport,
    Period,
    PlanSection,
    PreviousSection,
    ProjectionSection,
    Report,
    RequiredSection,
    Summary,
    TargetSection,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Cli = Callable[..., subprocess.CompletedProcess[bytes]]
MakeDrop = Callable[[Mapping[str, str]], Path]
"""What the fixtures of these names hand out."""

ROOT = Path(__file__).parents[1]
EMPTY: dict[str, Any] = {
    "baseline": BaselineSection(value=None, period=None, source=None),
    "target": TargetSection(value=None, comparison=None, due=None, over=None),
    "elapsed": BySchedule(linear=None, seasonal=None),
    "pace_gap_pp": BySchedule(linear=None, seasonal=None),
    "required": RequiredSection(per_month=None, growth=None, numerator=None, numerator_unit=None, count=None),
    "previous": PreviousSection(value=None, period=None, basis=None, final=None, final_growth=None),
    "projection": ProjectionSection(value=None, low=None, high=None, method=None),
    "bounds": BoundsSection(low=None, high=None, why=None),
    "coverage": CoverageSection(expected=None, reported=None, by_value=None),
    "drivers": NO_DRIVERS,
    "cite": CiteSection(section="一、主要目标", quote="达170亿元"),
}


@cache
def sample(
    audience: Literal["internal", "public"] = "internal", lang: Literal["zh", "en"] = "zh", month: str | None = None
) -> Assessment:
    """The sample data assessed, once for all tests."""
    loaded = load_plan(ROOT / "targets.yaml")
    drop = open_drop(ROOT / "sample_data", loaded.plan.sources)
    asked = Asked(None if month is None else Month.parse(month), audience, lang)
    return assess(loaded.plan, drop, asked, sha256=loaded.sha256, findings=loaded.findings)


@cache
def sample_at(month: str) -> Report:
    """The sample at another month."""
    return sample(month=month).report


def previous(value: float, *, final: float | None = None, final_growth: float | None = None) -> PreviousSection:
    """上年同期 of the same units."""
    period = "2025-01/2025-10"
    return PreviousSection(value=value, period=period, basis="same_units", final=final, final_growth=final_growth)


def target(
    value: float | None, comparison: str = "at_least", due: str = "2026-12", over: str = "year"
) -> TargetSection:
    """A promise."""
    return TargetSection(value=value, comparison=comparison, due=due, over=over)


def indicator(**given: Any) -> IndicatorReport:
    """An indicator of which only what is given is known."""
    plain: dict[str, Any] = {
        **EMPTY,
        "id": "output",
        "commitments": (),
        "name": Text(zh="规上工业总产值", en="industrial output"),
        "headline": True,
        "audience": "public",
        "kind": "flow",
        "unit": "亿元",
        "decimals": 1,
        "period": Period(start="2026-01", end="2026-10"),
        "status": "on_track",
        "status_reason": "projection_reaches",
        "flags": (),
        "contributions": (),
        "series": (),
        "history": (),
        "reasons": {},
        "trail": (),
        "assumptions": (),
        "notes": (),
        "proxy": False,
        "provisional": False,
        "suppressed": False,
    }
    optional = (
        "value", "label", "reason", "lacks", "gap", "completion", "progress", "growth", "change_pp", "distance_to_cut",
        "robust", "nowcast", "confirmed", "last_full_year", "scope",
    )  # fmt: skip
    return IndicatorReport(**{**dict.fromkeys(optional), **plain, **given})


def commitment(id_: str, state: str, **given: Any) -> CommitmentReport:
    """A commitment of the ledger."""
    plain: dict[str, Any] = {
        "kind": "milestone", "quote": f"事项{id_}", "section": "二、重点任务·1.统筹",
        "due": "2026-12", "indicators": (), "reason": None, "responsible": None,
        "done": None, "total": None, "date": None, "evidence": None,
    }  # fmt: skip
    return CommitmentReport(**{**plain, "id": id_, "state": state, **given})


def report_of(
    *indicators: IndicatorReport, commitments: Sequence[CommitmentReport] = (), as_of: str = "2026-10", **given: Any
) -> Report:
    """A report of these indicators and commitments."""
    plain: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "tool_version": "0",
        "plan": PlanSection(title="样例方案", document="样例〔2025〕1号", file_sha256="0" * 64),
        "audience": "internal",
        "language": "zh",
        "rounding": "half_up",
        "cuts": {"flow_on_track": 1.0, "flow_at_risk": 0.95, "level_on_track": 0.95, "level_at_risk": 0.6},
        "generated_from": (),
        "findings": (),
    }
    counts = Summary(
        indicators=dict(Counter(one.status for one in indicators)),
        headline=dict(Counter(one.status for one in indicators if one.headline)),
        commitments=dict(Counter(one.state for one in commitments)),
        findings={},
        rules={},
    )
    return Report(
        **{
            **plain,
            "as_of": as_of,
            "indicators": indicators,
            "commitments": tuple(commitments),
            "summary": counts,
            **given,
        }
    )


def secrets() -> set[str]:
    """Every code and name on the sample's enterprise list, and every piece of evidence in its ledger."""
    found: set[str] = set()
    for name, headers in (
        ("园区名录.xlsx", ("统一社会信用代码", "单位名称", "单位详细名称")),
        ("承诺事项台账.xlsx", ("佐证材料", "佐证")),
    ):
        rows = list(load_workbook(ROOT / "sample_data" / name).worksheets[0].values)
        head = next(place for place, row in enumerate(rows) if any(cell in headers for cell in row))
        columns = [place for place, cell in enumerate(rows[head]) if cell in headers]
        found |= {str(row[place]).strip() for row in rows[head + 1 :] for place in columns if row[place]}
    return {one for one in found if len(one) > 3}
