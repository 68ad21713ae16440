"""Snapshots: what they keep, that they read back, and how a figure moved over them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from reports import indicator, report_of, target

from xicen_kpi.plan.values import Text
from xicen_kpi.report.history import history_of, read_snapshot, snapshot_of, snapshot_text, with_history
from xicen_kpi.report.model import Period, Point
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


def test_what_was_recorded_in_another_unit_is_converted_and_in_one_of_another_kind_left_out() -> None:
    first = snapshot(1_372_000.0, unit="万元")
    share = snapshot(40.0, recorded="2026-11-09T09:00:00+08:00", unit="%")
    last = snapshot(136.9, recorded="2026-11-10T09:00:00+08:00", sha="b", unit="亿元")
    (found,) = history_of([first, share, last], "internal")
    (october,) = found.periods
    assert (october.first.unit, october.first.value, october.current.value) == ("亿元", pytest.approx(137.2), 136.9)
    assert october.first.target == pytest.approx(170 / 1e4)
    (revision,) = october.revisions
    assert (revision.before, revision.after) == (pytest.approx(137.2), 136.9)


def test_a_new_unit_alone_is_no_revision() -> None:
    """1.1 × 10,000 is 11,000.000000000002."""
    first, second = snapshot(1.1, unit="亿元"), snapshot(11_000.0, unit="万元", recorded="2026-11-09T09:00:00+08:00")
    (found,) = history_of([first, second], "internal")
    assert found.periods[0].revisions == ()


def test_what_was_recorded_for_the_office_is_not_shown_to_the_public() -> None:
    assert history_of([snapshot(137.2)], "public") == ()
    assert history_of([], "internal") == ()


def test_one_indicator_or_the_headline_ones() -> None:
    ones = [indicator(id="a", value=1.0), indicator(id="b", value=2.0, headline=False)]
    kept = snapshot_of(report_of(*ones), "2026-11-08T09:00:00+08:00")
    assert [one.id for one in history_of([kept], "internal")] == ["a"]
    assert [one.id for one in history_of([kept], "internal", "b")] == ["b"]
    assert history_of([kept], "internal", "c") == ()


# -- beside a report


def now(value: float | None = 137.2, *, september: float | None = 124.0, **given: Any) -> Any:
    one = indicator(
        value=value,
        period=Period(start="2026-01", end="2026-10"),
        series=(Point(period="2026-09", value=september), Point(period="2026-10", value=value)),
        **given,
    )
    return report_of(one, generated_from=(source("产值.csv", "now"), source("名录.xlsx", "x")))


def september(value: float = 124.0, **given: Any) -> Any:
    period = Period(start="2026-01", end="2026-09")
    return snapshot(value, as_of="2026-09", recorded="2026-10-08T09:00:00+08:00", period=period, **given)


def test_without_a_record_a_report_has_no_history() -> None:
    assert with_history(now(), []) == now()
    assert with_history(now(), [replace(september(), audience="public")]) == now()


def test_a_report_stands_last_in_its_history_and_is_not_recorded_yet() -> None:
    before, own = with_history(now(), [september()]).indicators[0].history
    assert (before.as_of, before.recorded, before.first, before.value) == (
        "2026-09", "2026-10-08T09:00:00+08:00", 124.0, 124.0,
    )  # fmt: skip
    assert (own.as_of, own.recorded, own.first, own.revisions) == ("2026-10", None, 137.2, ())


def test_what_the_data_say_now_of_an_earlier_month_is_told_with_the_file_that_moved_it() -> None:
    before = with_history(now(september=123.1), [september(), snapshot(137.2)]).indicators[0].history[0]
    assert (before.first, before.value) == (124.0, 123.1)
    (revision,) = before.revisions
    assert (revision.recorded, revision.before, revision.after, revision.files) == (None, 124.0, 123.1, ("产值.csv",))


def test_a_month_that_was_recorded_twice_keeps_its_first_figure() -> None:
    first, second = snapshot(136.0, status="at_risk"), snapshot(137.0, recorded="2026-11-09T09:00:00+08:00", sha="b")
    (own,) = with_history(now(), [second, first]).indicators[0].history
    assert (own.first, own.first_status, own.value, own.status) == (136.0, "at_risk", 137.2, "on_track")
    assert [one.recorded for one in own.revisions] == ["2026-11-09T09:00:00+08:00", None]


def test_a_report_of_an_earlier_month_knows_nothing_of_later_records() -> None:
    assert with_history(now(), [snapshot(150.0, as_of="2026-11")]).indicators[0].history == ()


def test_what_is_withheld_now_is_not_shown_as_it_was_once_published() -> None:
    published = replace(september(), audience="public")
    month = with_history(now(september=None)._replace(audience="public"), [published]).indicators[0].history
    assert [one.as_of for one in month] == ["2026-10"]
    whole = with_history(now(None, suppressed=True)._replace(audience="public"), [published]).indicators[0].history
    assert whole == ()
