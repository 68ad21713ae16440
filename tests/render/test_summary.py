"""The brief as a whole: golden files of the sample, its layout, and what a public one leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from goldens import assert_golden
from reports import commitment, indicator, report_of, sample, sample_at, target
from rich.cells import cell_len

from xicen_kpi.render.brief import brief_of
from xicen_kpi.render.summary import fingerprint, summary_text

if TYPE_CHECKING:
    from xicen_kpi.render.brief import Length
    from xicen_kpi.words.labels import Lang


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("length", ["short", "full"])
def test_golden(lang: Lang, length: Length) -> None:
    assert_golden(f"summary_{lang}_{length}.txt", summary_text(sample("internal", lang).report, lang, length=length))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_golden_public(lang: Lang) -> None:
    assert_golden(f"summary_{lang}_public.txt", summary_text(sample("public", lang).report, lang))


@pytest.mark.parametrize("width", [40, 60, 78, 100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_asked_for(lang: Lang, width: int) -> None:
    text = summary_text(sample().report, lang, width=width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []


def test_the_width_changes_the_layout_only() -> None:
    report = sample().report
    plain = {"".join(summary_text(report, "zh", width=width).split()) for width in (40, 78, 200)}
    assert len(plain) == 1


def test_same_data_same_bytes() -> None:
    report = sample().report
    assert summary_text(report, "zh") == summary_text(report, "zh")
    assert fingerprint(report, "zh") == fingerprint(report, "zh")
    assert fingerprint(report, "zh") != fingerprint(report, "zh", "short") != fingerprint(report, "en", "short")
    assert fingerprint(report, "zh") != fingerprint(sample_at("2026-09"), "zh")


def test_january_and_a_year_before_the_target() -> None:
    january = summary_text(sample_at("2026-01"), "zh", width=400)
    assert "规模以上工业总产值：月度报表1月免报，首期数据为1—2月。" in january
    before = summary_text(sample_at("2025-10"), "zh", width=400)
    assert "目标年度（2026年）尚未开始" in before
    assert "完成年度目标" not in before


def test_overdue_commitments_are_named_up_to_ten() -> None:
    late = [commitment(f"T1.{n}", "overdue", responsible="综合科") for n in range(1, 13)]
    text = summary_text(report_of(indicator(value=1.0), commitments=late), "zh", width=400)
    assert "逾期12项：“事项T1.1”（T1.1，综合科）、" in text
    assert "“事项T1.10”（T1.10，综合科）等。" in text
    assert "T1.11" not in text


def test_commitments_falling_due_are_counted_by_month() -> None:
    ones = [
        commitment("T1.1", "in_progress", due="2026-12"),
        commitment("T1.2", "not_reported", due="2026-12"),
        commitment("T1.3", "in_progress", due="2027-06"),  # later than three months
        commitment("T1.4", "in_progress", due="2026-12", kind="directional"),  # never due
        commitment("T1.5", "done", due="2026-12"),
    ]
    text = summary_text(report_of(indicator(value=1.0), commitments=ones), "zh", width=400)
    assert (
        "5项承诺事项中，已完成1项、推进中3项、未报送1项。须于2026年12月底前完成的事项中，尚有2项未完成。目前没有逾期事项。"
        in text
    )


def test_a_plan_without_commitments_has_no_such_section() -> None:
    headings = [one.heading for one in brief_of(report_of(indicator(value=1.0)), "zh").sections]
    assert headings == ["主要目标进展", "需要关注", "数据说明"]


def test_nothing_at_risk_is_said_too() -> None:
    text = summary_text(report_of(indicator(value=1.0)), "zh")
    assert "主要目标暂无落后于进度的。" in text


def test_risks_come_worst_first_and_a_shaky_answer_is_one() -> None:
    ones = [
        indicator(id=state, value=100.0, status=state, target=target(120.0))
        for state in ("at_risk", "missed", "on_track", "off_track")
    ]
    risks = next(one for one in brief_of(report_of(*ones), "zh").sections if one.heading == "需要关注")
    assert [text.split("（")[1].split("）")[0] for text in risks.paragraphs] == ["未完成", "滞后", "需加力"]


def test_internal_briefs_are_marked_and_public_ones_are_not() -> None:
    assert "（内部资料，注意保密）" in summary_text(report_of(indicator(value=1.0)), "zh")
    assert "内部资料" not in summary_text(report_of(indicator(value=1.0), audience="public"), "zh")
