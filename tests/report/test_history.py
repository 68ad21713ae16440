"""Snapshots: what they keep, that they read back, and how a figure moved over them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from reports import indicator, report_of, target

from xicen_kpi.plan.values import Text
from xicen_kpi.report.history import history_of, read_snapshot, snapshot_of, snapshot_text
from xicen_kpi.report.sources import SourceFile


def source(file: str, sha: str) -> SourceFile:
    return SourceFile(
        source="output", title=Text(zh="产值", en="output"), file=file, sha256=sha, encoding=None, sheet=None,
        latest_period="2026-10", rows_read=1, rows_used=1, set_aside={}, unit="千元", unit_from="header",
    )  # fmt: skip


def snapshot(
    value: float, *, as_of: str = "2026-10", recorded: str = "2026-11-08T09:00:00+08:00", sha: str = "a", **given: Any
) -> Any:
    one = indicator(value=value, target=target(170.0), completion=value / 170, **given)
    report = report_of(one, as_of=as_of, generated_from=(source("产值.csv", sha), source("名录.xlsx", "x")))
    return snapshot_of(report, recorded)


def test_a_snapshot_reads_back_as_it_was_written() -> None:
    one = snapshot(137.2)
    assert read_snapshot(snapshot_text(one)) == one
    assert "规上工业总产值" in snapshot_text(one), "readable, not escaped"
    assert snapshot_text(one).endswith("}\n")


def test_the_name_is_the_same_for_the_same_period_and_data_whenever_it_was_recorded() -> None:
    first, again = snapshot(137.2), snapshot(137.2, recorded="2026-11-09T09:00:00+08:00")
    assert first.file_name == again.file_name
    others = {
        first.file_name,
        snapshot(137.2, sha="b").file_name,
        snapshot(137.2, as_of="2026-09").file_name,
        replace(first, audience="public").file_name,
    }
    assert len(others) == 4
    assert first.file_name.startswith("2026-10_")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "1", '{"format_version": "2.0"}', '{"format_version": "1.0"}', "{", "null"]
)
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a snapshot"):
        read_snapshot(text)


def test_first_reported_current_and_which_file_moved_it() -> None:
    first = snapshot(137.2)
    same = snapshot(137.2, recorded="2026-11-09T09:00:00+08:00", sha="b")  # new data, same figure
    revised = snapshot(136.9, recorded="2026-11-10T09:00:00+08:00", sha="c", status="at_risk")
    earlier = snapshot(124.0, as_of="2026-09", recorded="2026-10-08T09:00:00+08:00", sha="0")
    (found,) = history_of([revised, earlier, same, first], "internal")
    assert [period.as_of for period in found.periods] == ["2026-09", "2026-10"]
    october = found.periods[1]
    assert (october.first.value, october.current.value) == (137.2, 136.9)
    (revision,) = october.revisions
    assert (revision.before, revision.after) == (137.2, 136.9)
    assert (revision.status_before, revision.status_after) == ("on_track", "at_risk")
    assert revision.files == ("产值.csv",)
    assert found.latest.value == 136.9


def test_a_new_plan_file_is_told_as_such() -> None:
    first = snapshot(137.2)
    second = replace(snapshot(100.0, recorded="2026-11-09T09:00:00+08:00"), plan_sha256="1" * 64)
    (found,) = history_of([first, second], "internal")
    assert found.periods[0].revisions[0].files == ("targets",)


def test_what_was_recorded_for_the_office_is_not_shown_to_the_public() -> None:
    assert history_of([snapshot(137.2)], "public") == ()
    assert history_of([], "internal") == ()


def test_one_indicator_or_the_headline_ones() -> None:
    ones = [indicator(id="a", value=1.0), indicator(id="b", value=2.0, headline=False)]
    kept = snapshot_of(report_of(*ones), "2026-11-08T09:00:00+08:00")
    assert [one.id for one in history_of([kept], "internal")] == ["a"]
    assert [one.id for one in history_of([kept], "internal", "b")] == ["b"]
    assert history_of([kept], "internal", "c") == ()
