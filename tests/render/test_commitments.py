"""The plan's ledger as text: by task, with counts and never one overall percentage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from reports import commitment, report_of, sample
from rich.cells import cell_len

from xicen_kpi.render.commitments import by_responsible, by_section, commitment_lines, counted, progress_text
from xicen_kpi.render.text import report_text

if TYPE_CHECKING:
    from xicen_kpi.report.model import CommitmentReport
    from xicen_kpi.words.labels import Lang

TWO = "二、重点任务·2.优化协同机制"


def lines_of(*promises: CommitmentReport) -> list[str]:
    return list(commitment_lines(report_of(commitments=promises), "zh"))


def test_states_are_counted_in_their_order() -> None:
    own = [commitment(f"T1.{place}", state) for place, state in enumerate(["overdue", "done", "done", "not_tracked"])]
    assert counted(own, "zh") == "已完成2项，逾期1项，不跟踪1项"
    assert counted(own, "en") == "done 2, overdue 1, not tracked 1"
    assert counted([], "zh") == ""


def test_each_stands_under_its_task_in_the_order_of_the_plan() -> None:
    report = report_of(
        commitments=[
            commitment("T1.1", "done"),
            commitment("T2.1", "overdue", section=TWO),
            commitment("T2.2", "done", section=TWO),
        ]
    )
    assert [(section, [one.id for one in own]) for section, own in by_section(report)] == [
        ("二、重点任务·1.统筹", ["T1.1"]),
        (TWO, ["T2.1", "T2.2"]),
    ]
    lines = list(commitment_lines(report, "zh"))
    assert lines[lines.index(f"[{TWO}] 已完成1项，逾期1项") + 1].startswith("  T2.1")


def test_the_responsible_unit_with_most_comes_first() -> None:
    promises = [
        commitment("T1.1", "done", responsible="发改委"),
        commitment("T1.2", "overdue", responsible="科委"),
        commitment("T1.3", "done", responsible="科委"),
        commitment("T1.4", "done"),
    ]
    assert [(unit, len(own)) for unit, own in by_responsible(report_of(commitments=promises))] == [
        ("科委", 2),
        ("发改委", 1),
    ]
    lines = lines_of(*promises)
    assert lines[lines.index("[责任单位]") :] == ["[责任单位]", "  科委：已完成1项，逾期1项", "  发改委：已完成1项"]


@pytest.mark.parametrize(
    ("done", "total", "zh", "en"),
    [
        (2, 4, "2/4", "2/4"),
        (None, 4, "共4项", "4 in all"),
        (0, 4, "0/4", "0/4"),
        (3, None, "3", "3"),
        (None, None, "", ""),
    ],
)
def test_progress(done: int | None, total: int | None, zh: str, en: str) -> None:
    one = commitment("T1.1", "in_progress", done=done, total=total)
    assert (progress_text(one, "zh"), progress_text(one, "en")) == (zh, en)


def test_what_is_said_of_each_state() -> None:
    told = {
        one.state: lines_of(one)[3].strip()
        for one in (
            commitment("T1.1", "done", date="2026-05-29", evidence="文件1号"),
            commitment("T1.2", "overdue", due="2026-06", reason="due_date_past"),
            commitment("T1.3", "not_tracked", reason="方向性表述，没有统计口径"),
            commitment("T1.4", "in_progress", done=1, total=2, indicators=("output",)),
        )
    }
    assert told == {
        "done": "已完成 · 2026-05-29完成 · 佐证：文件1号",
        "overdue": "逾期 · 时限2026年6月",
        "not_tracked": "不跟踪 · 方向性表述，没有统计口径",
        "in_progress": "推进中 · 1/2 · 时限2026年12月 · output",
    }


def test_a_long_id_does_not_run_into_the_quote() -> None:
    lines = lines_of(commitment("T1.1", "done"), commitment("T11.10", "done", quote="集成配置"))
    assert "  T11.10  集成配置" in lines
    assert "  T1.1    事项T1.1" in lines


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 96])
def test_the_sample_fits_and_has_all(lang: Lang, width: int) -> None:
    report = sample(lang=lang).report
    lines = list(commitment_lines(report, lang, width))
    ids = [match[1] for line in lines if (match := re.match(r"  ([GTS]\d+\.\d+) ", line))]
    assert ids == [one.id for one in report.commitments]
    assert len(ids) == 138
    assert max(cell_len(line) for line in lines if not line.startswith("[")) <= width


def test_why_a_promise_is_not_tracked_is_said_in_the_readers_language() -> None:
    zh = "\n".join(commitment_lines(sample(lang="zh").report, "zh"))
    en = "\n".join(commitment_lines(sample(lang="en").report, "en"))
    assert "不跟踪 · 无法测算" in zh
    assert "not tracked · A direction without a statistic" in en
    assert not re.search(r"not tracked · [\u4e00-\u9fff]", en)


def test_an_overdue_promise_shows_the_date_that_is_past() -> None:
    """The ledger sets June 2026 for T4.6, the plan December."""
    one = next(one for one in sample().report.commitments if one.id == "T4.6")
    assert (one.state, one.due) == ("overdue", "2026-06")


def test_the_text_lists_them_only_when_asked() -> None:
    report = sample().report
    assert "  T11.10  " not in report_text(report, "zh")
    whole = report_text(report, "zh", with_commitments=True)
    assert "  T11.10  " in whole
    assert not re.search(r"承诺.*\d+(\.\d+)?%", whole), "no overall percentage"
