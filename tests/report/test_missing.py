"""What is missing: a file, the list, a column, a report. Each harms its own indicators and no other, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reports import ROOT
from small_plans import FIRMS, OUTPUT, assessed, form, indicator, plan_of, source, the_indicator, year_of

from xicen_kpi.errors import DataError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.review import sources_asked
from xicen_kpi.read.drop import open_drop
from xicen_kpi.render.scoreboard import row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport

    MakeDrop = Callable[[Mapping[str, str]], Path]

GROUPS = {"chips": {"name": "集成电路", "basis": "x", "whole": ["3973"], "part": ["6513"]}}
PLAN = plan_of(
    {
        "all": indicator(),
        "park": indicator(measure={"sum": "output.output", "where": {"in_park": True}}),
        "industry": indicator(measure={"sum": "output.output", "where": {"kind": "工业"}}),
        "chips": indicator(measure={"sum": "output.output", "where": {"in_park": True, "group": "chips"}}),
        "members": indicator(measure={"count": "firms"}, unit="家"),
        "plain": indicator(measure={"sum": "plain.output"}),
    },
    {
        "firms": FIRMS,
        "output": source(OUTPUT, link="firms"),
        "plain": source(OUTPUT, files="别的*"),
    },
    groups=GROUPS,
)
LIST = """
    代码 | 类别 | 行业 | 标签          | 入园       | 离园
    A    | 工业 | 3973 |               | 2020-01-01 |
    B    | 工业 | 2710 | 集成电路(40%) | 2020-01-01 |
    C    | 服务 | 6513 |               | 2020-01-01 | 2026-03-31
"""
FORM = form(
    *(year_of(firm, year, 2) for firm in "ABC" for year in (2024, 2025)),
    year_of("A", 2026, 2, 6),
    year_of("B", 2026, 3, 6),
    year_of("C", 2026, 4, 3),
)
WHOLE = {"名录.csv": LIST, "产值.csv": FORM, "别的.csv": FORM}


def values(folder: Path, as_of: str = "2026-06") -> dict[str, float | str | None]:
    """Each indicator's value, or why there is none."""
    found = assessed(PLAN, folder, as_of).report.indicators
    return {one.id: one.reason if one.value is None else round(one.value, 9) for one in found}


ALL = {"all": 30.0, "park": 30.0, "industry": 30.0, "chips": 6 * 2 + 0.4 * 6 * 3, "members": 2.0, "plain": 30.0}


def test_everything_is_there(make_drop: MakeDrop) -> None:
    assert values(make_drop(WHOLE)) == pytest.approx(ALL)


def test_without_a_form_its_own_indicators_alone_are_missing(make_drop: MakeDrop) -> None:
    folder = make_drop({name: text for name, text in WHOLE.items() if name != "别的.csv"})
    assert values(folder) == pytest.approx({**ALL, "plain": "source_missing"})
    (told,) = [one for one in assessed(PLAN, folder, "2026-06").report.findings if one.slug == "file-missing"]
    assert told.severity == "error"
    assert "别的*" in told.message


def test_without_the_list_nothing_that_asks_it_is_computed(make_drop: MakeDrop) -> None:
    folder = make_drop({name: text for name, text in WHOLE.items() if name != "名录.csv"})
    lost = dict.fromkeys(("all", "park", "industry", "chips", "members"), "source_missing")
    assert values(folder) == {**lost, "plain": 30.0}


def test_a_list_without_a_row_has_no_members(make_drop: MakeDrop) -> None:
    folder = make_drop({**WHOLE, "名录.csv": LIST.strip().splitlines()[0]})
    none = dict.fromkeys(("park", "industry", "chips"), "no_values")
    assert values(folder) == pytest.approx({**ALL, **none, "members": 0.0})


@pytest.mark.parametrize(
    ("column", "lost"),
    [
        ("类别", {"industry": "column_missing"}),
        ("标签", {"chips": "column_missing"}),
        ("行业", {"chips": "column_missing"}),
    ],
)
def test_a_column_of_the_list_harms_what_asks_for_it(make_drop: MakeDrop, column: str, lost: dict[str, str]) -> None:
    folder = make_drop({**WHOLE, "名录.csv": LIST.replace(column, "别的")})
    assert values(folder) == pytest.approx({**ALL, **lost})
    (told,) = [
        one for one in assessed(PLAN, folder, "2026-06").report.findings if one.slug.startswith("column-missing")
    ]
    assert (told.where.file, told.where.field) == ("名录.csv", column)


def test_a_column_of_a_form(make_drop: MakeDrop) -> None:
    folder = make_drop({**WHOLE, "别的.csv": FORM.replace("累计产值 |", "当月产值 |")})
    assert values(folder) == pytest.approx({**ALL, "plain": "column_missing"})


def test_a_column_that_one_years_file_lacks_harms_that_year_alone(make_drop: MakeDrop) -> None:
    old = form(*(year_of(firm, year, 2) for firm in "ABC" for year in (2024, 2025)))
    new = form(year_of("A", 2026, 2, 6)).replace("累计产值 |", "当月产值 |")
    folder = make_drop({"名录.csv": LIST, "产值_2025.csv": old, "产值_2026.csv": new, "别的.csv": FORM})
    one = the_indicator(assessed(PLAN, folder, "2026-06"), "all")
    assert one.period is not None
    assert one.period.end == "2025-12"
    assert one.value == pytest.approx(3 * 24)
    assert (one.status, one.status_reason) == ("not_assessable", "stale")
    assert "data_behind" in one.notes


def test_an_optional_column_is_not_missed(make_drop: MakeDrop) -> None:
    folder = make_drop({**WHOLE, "产值.csv": FORM.replace("上年累计产值", "备注")})
    assert values(folder) == pytest.approx(ALL)
    assert [one for one in assessed(PLAN, folder, "2026-06").report.findings if one.severity == "error"] == []


def test_an_empty_cell_is_counted_and_not_zero(make_drop: MakeDrop) -> None:
    lines = [line if not line.startswith("B | 2026-06") else "B | 2026-06 | |" for line in FORM.splitlines()]
    one = the_indicator(assessed(PLAN, make_drop({**WHOLE, "产值.csv": "\n".join(lines)}), "2026-06"), "all")
    assert one.value == pytest.approx(12)
    assert [step.missing for step in one.trail] == [1]
    assert "cells_missing" in one.notes


def test_a_month_without_any_value_is_not_zero(make_drop: MakeDrop) -> None:
    rows = form("A | 2026-05 | 7 |", "A | 2026-06 | |")
    one = the_indicator(assessed(plan_of(), make_drop({"产值.csv": rows}), "2026-06"))
    assert one.period is not None
    assert (one.period.end, one.value) == ("2026-05", 7)


def test_nothing_at_all_cannot_be_reported_on(make_drop: MakeDrop) -> None:
    with pytest.raises(DataError) as stopped:
        assessed(PLAN, make_drop({"readme.txt": "没有"}), "2026-06")
    (told,) = stopped.value.findings
    assert (told.slug, told.parameters["files"]) == ("no-file-fits", ["readme.txt"])
    assert stopped.value.exit_code == 4


def test_an_empty_folder_is_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    with pytest.raises(DataError) as stopped:
        assessed(PLAN, tmp_path / "drop", "2026-06")
    (told,) = stopped.value.findings
    assert (told.slug, told.where.file) == ("no-data-files", "drop")


def test_the_form_that_is_missing_is_named_beside_the_figure(make_drop: MakeDrop) -> None:
    folder = make_drop({name: text for name, text in WHOLE.items() if name != "名录.csv"})
    found = assessed(PLAN, folder, "2026-06")
    title = PLAN.sources["firms"].title
    assert the_indicator(found, "park").lacks == title
    assert title.zh in row(the_indicator(found, "park"), "zh", "half_up").remarks
    assert the_indicator(found, "plain").lacks is None
    lost = make_drop({**WHOLE, "别的.csv": FORM.replace("累计产值 |", "当月产值 |")})
    lacks = the_indicator(assessed(PLAN, lost, "2026-06"), "plain").lacks
    assert lacks is not None
    assert "累计产值" in lacks.zh


def test_a_form_that_nothing_asks_for_may_be_missing(make_drop: MakeDrop) -> None:
    plan = plan_of(sources={"output": OUTPUT, "other": source(OUTPUT, files="别的*")})
    folder = make_drop({"产值.csv": form(year_of("A", 2026, 2, 6))})
    drop = open_drop(folder, plan.sources, sources_asked(plan))
    assert [(one.slug, one.severity.value) for one in drop.findings] == [("file-not-needed", "note")]
    assert [one.slug for one in open_drop(folder, plan.sources).findings] == ["file-missing"]


def test_a_form_is_asked_for_by_measures_lists_ledgers_and_own_rules() -> None:
    assert sources_asked(load_plan(ROOT / "targets.yaml").plan) == {
        "enterprises", "output", "industry_finance", "service_finance", "wholesale", "rnd_survey", "torch",
        "platforms", "new_enterprises", "talent_services", "nurtured", "commitments_ledger",
    }  # fmt: skip


def test_a_date_after_the_data_is_said(make_drop: MakeDrop) -> None:
    found = assessed(PLAN, make_drop(WHOLE), "2026-08")
    (told,) = [one for one in found.findings if one.slug == "as-of-after-data"]
    assert dict(told.parameters) == {"as_of": "2026-08", "latest": "2026-06"}
    assert the_indicator(found, "all").value == pytest.approx(30)


def test_the_default_date_is_the_latest_that_an_indicators_sources_hold_together(make_drop: MakeDrop) -> None:
    both = {
        "ratio": indicator(
            measure={"ratio": {"of": {"sum": "output.output"}, "to": {"sum": "plain.output"}}}, unit="%"
        ),
    }
    plan = plan_of(both, {"output": OUTPUT, "plain": source(OUTPUT, files="别的*")})
    folder = make_drop({"产值.csv": form(year_of("A", 2026, 2, 6)), "别的.csv": form(year_of("A", 2026, 4, 5))})
    found = assessed(plan, folder)
    assert found.report.as_of == "2026-05"
    assert the_indicator(found, "ratio").value == pytest.approx(50)
    latest = {one.source: one.latest_period for one in found.report.generated_from}
    assert latest == {"output": "2026-06", "plain": "2026-05"}, "each source's own latest is shown"


# -- who has reported


def late(folder: Path) -> IndicatorReport:
    return the_indicator(assessed(PLAN, folder, "2026-06"), "park")


def test_who_reported_a_month_ago_and_is_still_a_member_is_expected(make_drop: MakeDrop) -> None:
    lines = [line for line in FORM.splitlines() if not line.startswith("B | 2026-06")]
    one = late(make_drop({**WHOLE, "产值.csv": "\n".join(lines)}))
    assert (one.coverage.expected, one.coverage.reported) == (2, 1), "C left in March and is not expected"
    assert one.coverage.by_value == pytest.approx(12 / 24), "A and B made 12 each by June 2025"
    assert one.provisional
    whole = late(make_drop(WHOLE))
    assert (whole.coverage.expected, whole.coverage.reported, whole.coverage.by_value) == (2, 2, 1)
    assert not whole.provisional


# -- each enterprise once


def test_an_enterprise_in_two_forms_counts_once_by_the_first(make_drop: MakeDrop) -> None:
    measure = {"total": [{"sum": "output.output"}, {"sum": "plain.output"}], "once_per": "uscc"}
    plan = plan_of({"it": indicator(measure=measure)}, {"output": OUTPUT, "plain": source(OUTPUT, files="别的*")})
    folder = make_drop(
        {
            "产值.csv": form("A | 2026-06 | 10 |", "B | 2026-06 | |"),
            "别的.csv": form("A | 2026-06 | 99 |", "B | 2026-06 | 5 |", "C | 2026-06 | 7 |"),
        }
    )
    one = the_indicator(assessed(plan, folder, "2026-06"))
    assert one.value == 10 + 5 + 7, "B has no value in the first form"
    assert [(step.source, step.value, step.rows) for step in one.trail] == [("output", 10, 1), ("plain", 12, 2)]


def test_a_total_that_does_not_say_so_adds_everything(make_drop: MakeDrop) -> None:
    measure = {"total": [{"sum": "output.output"}, {"sum": "plain.output"}]}
    plan = plan_of({"it": indicator(measure=measure)}, {"output": OUTPUT, "plain": source(OUTPUT, files="别的*")})
    folder = make_drop({"产值.csv": form("A | 2026-06 | 10 |"), "别的.csv": form("A | 2026-06 | 99 |")})
    assert the_indicator(assessed(plan, folder, "2026-06")).value == 109


def test_without_the_largest(make_drop: MakeDrop) -> None:
    measure = {"sum": "output.output", "except_largest": 1}
    rows = form("A | 2026-06 | 10 |", "B | 2026-06 | 30 |", "C | 2026-06 | 7 |")
    one = the_indicator(assessed(plan_of({"it": indicator(measure=measure)}), make_drop({"产值.csv": rows}), "2026-06"))
    assert one.value == 10 + 7


def test_too_few_reporters_give_no_state_but_a_year_that_has_not_begun_comes_first(make_drop):
    # Last year A 10, B 90; this year only A reports: 10 of 100 by last year's value, below one half. B was there a
    # month ago, so it is expected.
    rows = """
    代码 | 报告期 | 累计产值
    A | 2024-10 | 8
    B | 2024-10 | 80
    A | 2025-09 | 9
    B | 2025-09 | 81
    A | 2025-10 | 10
    B | 2025-10 | 90
    A | 2026-09 | 11
    B | 2026-09 | 99
    A | 2026-10 | 12
    """
    firms = (
        "代码 | 类别 | 行业 | 标签 | 入园 | 离园\nA | 工业 | 3911 | | 2020-01-01 |\nB | 工业 | 3911 | | 2020-01-01 |"
    )
    plan = plan_of(
        {"it": indicator(measure={"sum": "output.output", "where": {"in_park": True}})},
        {"firms": FIRMS, "output": source(OUTPUT, link="firms")},
    )
    drop = make_drop({"产值.csv": rows, "名录.csv": firms})
    late = the_indicator(assessed(plan, drop, "2026-10"))
    assert (late.status, late.status_reason) == ("not_assessable", "coverage_too_low")
    assert late.coverage.by_value == 10 / (10 + 90)
    assert late.value == 12
    early = the_indicator(assessed(plan, drop, "2025-10"))
    assert early.status_reason == "target_year_not_begun"
