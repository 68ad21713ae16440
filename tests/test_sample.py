"""The sample data through the whole tool: values, states, and that the report is whole at every date."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
import totals
from small_plans import assessed, the_indicator

from xicen_kpi.render.json_ import json_text
from xicen_kpi.words.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xicen_kpi.plan.load import LoadedPlan
    from xicen_kpi.report.assessment import Assessment

    Sample = Callable[[str | None], Assessment]

MONTHS = ("2024-12", "2025-06", "2025-12", "2026-02", "2026-10")
HEADLINE = (
    "innovation_platforms",
    "new_enterprises",
    "industrial_output",
    "three_leading_industries_scale",
    "next_gen_it_revenue_share",
    "rnd_intensity",
    "talent_services",
)
OF_MONTHLY_FORMS = HEADLINE[2:6]
OF_LEDGERS = (*HEADLINE[:2], HEADLINE[6])


# -- values


@pytest.mark.parametrize("as_of", MONTHS)
@pytest.mark.parametrize("name", HEADLINE)
def test_a_value_is_what_the_raw_files_add_up_to(sample: Sample, name: str, as_of: str) -> None:
    one = the_indicator(sample(as_of), name)
    assert one.value == pytest.approx(totals.headline(as_of)[name], rel=1e-9)
    assert one.period is not None
    assert one.period.end == as_of


@pytest.mark.parametrize("name", OF_MONTHLY_FORMS)
def test_january_is_not_answered(sample: Sample, name: str) -> None:
    one = the_indicator(sample("2026-01"), name)
    assert one.value is None
    assert one.period is None
    assert (one.reason, one.status, one.status_reason) == ("january_exempt", "not_assessable", "january_exempt")


@pytest.mark.parametrize("name", OF_LEDGERS)
def test_ledgers_speak_in_january_too(sample: Sample, name: str) -> None:
    december, january, february = (
        the_indicator(sample(month), name).value for month in ("2025-12", "2026-01", "2026-02")
    )
    assert december is not None
    assert january is not None
    assert february is not None
    assert december <= january <= february


def test_the_date_of_a_report_is_the_latest_month_that_the_headline_figures_hold(sample: Sample) -> None:
    assert sample(None).report.as_of == "2026-10"


# -- states, and the numbers behind them


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("industrial_output", "at_risk", "projection_short"),
        ("three_leading_industries_scale", "off_track", "projection_short"),
        ("next_gen_it_revenue_share", "deteriorating", "below_baseline"),
        ("rnd_intensity", "on_track", "meets_now"),
        ("innovation_platforms", "achieved", "target_met"),
        ("new_enterprises", "on_track", "progress_on_pace"),
        ("talent_services", "off_track", "progress_behind_pace"),
    ],
)
def test_states_in_october_2026(sample: Sample, name: str, status: str, reason: str) -> None:
    one = the_indicator(sample("2026-10"), name)
    assert (one.status, one.status_reason) == (status, reason)


def test_industrial_output_falls_short_by_a_little(sample: Sample) -> None:
    one = the_indicator(sample("2026-10"), "industrial_output")
    value = totals.industrial_output((2026, 10))
    assert value == pytest.approx(137.2, abs=0.05)
    assert one.gap == pytest.approx(170 - value)
    assert one.gap == pytest.approx(32.8, abs=0.05)
    assert one.completion == pytest.approx(value / 170)
    assert one.required.per_month == pytest.approx((170 - value) / 2)
    assert one.required.per_month == pytest.approx(16.4, abs=0.05)
    assert one.elapsed.linear == pytest.approx(10 / 12)
    assert one.pace_gap_pp.linear == pytest.approx(100 * (value / 170 - 10 / 12))
    assert one.projection.value == pytest.approx(167, abs=0.5)
    assert one.provisional, "three enterprises have not reported"
    assert one.coverage.expected is not None
    assert one.coverage.reported == one.coverage.expected - 3


def test_industrial_output_by_the_formula_of_the_method(sample: Sample) -> None:
    """Mean of damped year-on-year and seasonal share over 2024 and 2025, without the adjustment of scope."""
    ytd, ytd_2025, year_2025 = (totals.industrial_output(month) for month in ((2026, 10), (2025, 10), (2025, 12)))
    ytd_2024, year_2024 = (totals.industrial_output(month) for month in ((2024, 10), (2024, 12)))
    season = (ytd_2024 / year_2024 + ytd_2025 / year_2025) / 2
    damped = ytd + (year_2025 - ytd_2025) * math.sqrt(ytd / ytd_2025)
    one = the_indicator(sample("2026-10"), "industrial_output")
    assert one.projection.value == pytest.approx((damped + ytd / season) / 2, rel=2e-3)
    assert one.elapsed.seasonal == pytest.approx(season, rel=2e-3)
    assert one.previous.final == pytest.approx(ytd_2025)
    assert one.previous.final_growth == pytest.approx(ytd / ytd_2025 - 1)
    assert one.required.growth == pytest.approx((170 - ytd) / (year_2025 - ytd_2025) - 1, rel=2e-2)


def test_the_three_leading_industries_are_far_off(sample: Sample) -> None:
    one = the_indicator(sample("2026-10"), "three_leading_industries_scale")
    assert one.projection.value == pytest.approx(491, abs=1)
    assert one.value == pytest.approx(405.3, abs=0.05)
    assert len([step for step in one.trail if step.role == "part"]) == 3


def test_the_share_of_it_is_below_its_own_baseline(sample: Sample) -> None:
    one = the_indicator(sample("2026-10"), "next_gen_it_revenue_share")
    assert one.value == pytest.approx(48.1, abs=0.05)
    assert one.gap == pytest.approx(1.9, abs=0.05), "百分点"
    assert one.baseline.value is not None
    assert one.value is not None
    assert one.value < one.baseline.value
    earned = sum(totals.revenue((2026, 10)))
    of_it = sum(totals.revenue((2026, 10), "in_it"))
    assert one.required.numerator == pytest.approx(0.50 * earned - of_it)
    assert one.required.numerator_unit == "亿元"
    assert one.required.per_month is None
    assert one.elapsed.linear is None


def test_research_meets_its_target_by_proxy_as_it_did_at_the_baseline(sample: Sample) -> None:
    one = the_indicator(sample("2026-10"), "rnd_intensity")
    assert one.value == pytest.approx(9.7, abs=0.05)
    assert one.proxy
    assert one.provisional
    assert "base_meets_target" in one.flags
    assert {"proxy", "definition_differs"} <= set(one.notes)
    december = the_indicator(sample("2025-12"), "rnd_intensity")
    assert not december.proxy
    assert december.value == pytest.approx(11.2, abs=0.05)


def test_new_enterprises_run_over_24_months(sample: Sample) -> None:
    one = the_indicator(sample("2026-10"), "new_enterprises")
    assert one.value == 19
    assert one.elapsed.linear == pytest.approx(22 / 24)
    assert one.completion == pytest.approx(19 / 20)
    assert one.pace_gap_pp.linear == pytest.approx(100 * (19 / 20 - 22 / 24))
    assert one.required.count == 1
    assert one.required.per_month == pytest.approx(1 / 2)
    assert one.projection.value == pytest.approx(19 / 22 * 24)


@pytest.mark.parametrize("name", OF_MONTHLY_FORMS[:2])
@pytest.mark.parametrize("as_of", ["2025-06", "2025-12"])
def test_a_flow_of_2026_is_not_assessed_in_2025(sample: Sample, name: str, as_of: str) -> None:
    one = the_indicator(sample(as_of), name)
    assert (one.status, one.status_reason) == ("not_assessable", "target_year_not_begun")
    assert one.last_full_year is not None
    year = "2024" if as_of == "2025-06" else "2025"
    assert one.last_full_year.period == year
    assert one.last_full_year.value == pytest.approx(totals.headline(f"{year}-12")[name])
    assert one.target.value is not None
    assert one.last_full_year.gap == pytest.approx(one.target.value - one.last_full_year.value)


# -- commitments


def test_all_138_commitments_with_a_state(sample: Sample) -> None:
    report = sample("2026-10").report
    states = {one.id: one.state for one in report.commitments}
    assert len(states) == len(report.commitments) == 138
    assert [name for name, state in states.items() if state == "overdue"] == ["T4.6"]
    assert states["T1.1"] == states["T1.3"] == "done"
    assert sum(report.summary.commitments.values()) == 138


def test_what_the_ledger_says_of_a_commitment(sample: Sample) -> None:
    found = {one.id: one for one in sample("2026-10").report.commitments}
    assert (found["G0.2"].done, found["G0.2"].total) == (1, 2)
    assert (found["T16.7"].done, found["T16.7"].total) == (2, 5)
    done = found["T1.1"]
    assert done.date is not None
    assert done.date <= "2026-10-31"
    assert done.evidence
    assert done.responsible


# -- the report as data


KEYS: dict[str, set[str]] = {
    "": {
        *("format_version", "tool_version", "plan", "as_of", "audience"),
        *("generated_from", "indicators", "commitments", "findings", "summary"),
    },
    "plan": {"title", "document", "file_sha256"},
    "generated_from[]": {
        *("source", "file", "sha256", "encoding", "sheet", "latest_period", "rows_read", "rows_used", "set_aside"),
        *("unit", "unit_from"),
    },
    "indicators[]": {
        *(
            "id",
            "commitments",
            "name",
            "kind",
            "unit",
            "period",
            "value",
            "reason",
            "provisional",
            "baseline",
            "target",
        ),
        *("gap", "completion", "progress", "elapsed", "pace_gap_pp", "required", "previous", "growth", "change_pp"),
        *("projection", "bounds", "status", "status_reason", "distance_to_cut", "robust", "coverage", "contributions"),
        *("confirmed", "suppressed", "cite", "scope", "assumptions", "notes"),
    },
    "indicators[].name": {"zh", "en"},
    "indicators[].baseline": {"value", "period", "source"},
    "indicators[].target": {"value", "comparison", "due", "over"},
    "indicators[].elapsed": {"linear", "seasonal"},
    "indicators[].pace_gap_pp": {"linear", "seasonal"},
    "indicators[].required": {"per_month", "growth", "numerator", "count"},
    "indicators[].previous": {"period", "value", "basis"},
    "indicators[].projection": {"value", "low", "high", "method"},
    "indicators[].bounds": {"low", "high", "why"},
    "indicators[].coverage": {"expected", "reported", "by_value"},
    "indicators[].cite": {"section", "quote"},
    "commitments[]": {
        *("id", "kind", "quote", "section", "due", "indicators", "state", "done", "total", "date", "evidence"),
    },
    "findings[]": {"slug", "severity", "message", "hint", "where", "effect"},
    "findings[].where": {"file", "line", "column", "sheet", "row", "field"},
    "summary": {"indicators", "commitments"},
}
"""The keys that scripts rely on, always present."""


def at_path(data: Any, path: str) -> list[Any]:
    """Every object of the report at a path such as indicators[].target."""
    found = [data]
    for step in filter(None, path.split(".")):
        found = [one[step.removesuffix("[]")] for one in found]
        if step.endswith("[]"):
            found = [one for many in found for one in many]
    return found


def as_json(found: Assessment) -> Any:
    return json.loads(json_text(found.report))


@pytest.mark.parametrize("as_of", [*MONTHS, "2026-01", "2023-06", "2027-03"])
@pytest.mark.parametrize("path", KEYS)
def test_every_key_is_there_at_every_date(sample: Sample, as_of: str, path: str) -> None:
    for one in at_path(as_json(sample(as_of)), path):
        assert KEYS[path] <= one.keys()


@pytest.mark.parametrize("kept", ["园区名录.xlsx", "B204-1_2026年.csv", "新增企业台账.xlsx", "107-2_2025年.xlsx"])
def test_every_key_is_there_with_a_single_file(
    loaded: LoadedPlan, sample_data: Path, tmp_path: Path, kept: str
) -> None:
    (tmp_path / kept).write_bytes((sample_data / kept).read_bytes())
    data = as_json(assessed(loaded.plan, tmp_path, "2026-10"))
    for path, keys in KEYS.items():
        for one in at_path(data, path):
            assert keys <= one.keys(), path
    assert len(data["commitments"]) == 138
    assert [one["id"] for one in data["indicators"] if one["id"] in HEADLINE] == [
        one["id"] for one in data["indicators"] if one["headline"]
    ]


@pytest.mark.parametrize("as_of", [*MONTHS, "2026-01", "2027-03"])
def test_what_is_null_says_why_in_words(sample: Sample, as_of: str) -> None:
    for one in as_json(sample(as_of))["indicators"]:
        if one["value"] is None:
            assert one["reason"] in REASONS, one["id"]
        assert one["status_reason"] in REASONS, one["id"]
        unknown = {key: code for key, code in one["reasons"].items() if code not in REASONS}
        assert unknown == {}, one["id"]
        for key in ("gap", "completion", "progress", "growth", "change_pp", "distance_to_cut", "confirmed"):
            assert (one[key] is not None) != (key in one["reasons"]), f"{one['id']}: {key}"
        for section in ("elapsed", "pace_gap_pp", "required", "projection", "bounds", "coverage"):
            empty = {key for key, value in one[section].items() if value is None and not key.endswith("_unit")}
            whole = section in one["reasons"]
            unexplained = {key for key in empty if not whole and f"{section}.{key}" not in one["reasons"]}
            assert unexplained == set(), f"{one['id']}: {section}"


@pytest.mark.parametrize("as_of", ["2026-10", "2024-12"])
def test_no_row_is_lost(sample: Sample, as_of: str) -> None:
    files = sample(as_of).report.generated_from
    assert len({one.file for one in files}) >= 21
    for one in files:
        assert one.rows_read == one.rows_used + sum(one.set_aside.values()), one.file
        assert all(count > 0 for count in one.set_aside.values()), one.file
    rows = {(one.source, one.file): one for one in files}
    revised = rows["output", "B204-1_2025年.csv"]
    assert revised.set_aside == {"superseded": rows["output", "B204-1_2025年12月_修订.csv"].rows_used}


def test_the_summary_counts_what_is_listed(sample: Sample) -> None:
    report = sample("2026-10").report
    assert report.summary.headline == {"achieved": 1, "at_risk": 1, "deteriorating": 1, "off_track": 2, "on_track": 2}
    assert sum(report.summary.indicators.values()) == len(report.indicators)
    assert sum(report.summary.findings.values()) == len(report.findings)
