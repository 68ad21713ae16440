"""Days as Excel counts them, where the cell has lost its date format: read as days and said, or left as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import xlsxwriter

from xicen_kpi.plan.source import Source
from xicen_kpi.read import open_drop, read_export
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.read.table import Table

MONTHS = [45658, 45689, 45717]
"""January, February and March 2025."""


def workbook(folder: Path, rows: list[list[Any]]) -> Path:
    path = folder / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def text(folder: Path, rows: list[list[Any]]) -> Path:
    path = folder / "表.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    return path


def said(table: Table) -> list[tuple[str, str | None, int | None, object]]:
    return [(one.slug, one.where.field, one.where.row, one.parameters.get("raw")) for one in table.findings]


@pytest.mark.parametrize("write", [workbook, text])
def test_months_across_are_a_header(write: Any, tmp_path: Path) -> None:
    (table,) = read_export(write(tmp_path, [["指标", *MONTHS], ["产值", 1, 2, 3], ["收入", 4, 5, 6]]))
    assert table.provenance.columns == ("指标", "2025-01-01", "2025-02-01", "2025-03-01")
    assert said(table) == [("day-number-read", None, 1, "45658 = 2025-01-01")]
    assert sorted(table.by_period()["start"].unique()) == [2025 * 12, 2025 * 12 + 1, 2025 * 12 + 2]


@pytest.mark.parametrize("write", [workbook, text])
@pytest.mark.parametrize(
    "rows",
    [
        [["指标", 45658, 45690], ["产值", 1, 2], ["收入", 4, 5]],  # 2 February is no month's edge
        [["指标", 45658, 45689], ["产值", 45658, 45689], ["收入", 45658, 45717]],  # every row is like it
        [["指标", 45689, 45689], ["产值", 1, 2], ["收入", 4, 5]],  # twice the same
        [["指标", 45658, 12.5], ["产值", 1, 2], ["收入", 4, 5]],
    ],
)
def test_numbers_that_only_might_be_days_stay_numbers(write: Any, rows: list[list[Any]], tmp_path: Path) -> None:
    (table,) = read_export(write(tmp_path, rows))
    assert [slug for slug, *_ in said(table)] == ["no-header"]
    assert table.data.iloc[0].tolist() == rows[0]


@pytest.mark.parametrize("write", [workbook, text])
@pytest.mark.parametrize("name", ["报告期", "入园日期", "统计月份", "注册时间", "period"])
def test_a_column_named_for_days_holds_days(write: Any, name: str, tmp_path: Path) -> None:
    rows = [["名称", name, "产值"], *([f"第{n}家", serial, 10 + n] for n, serial in enumerate(MONTHS))]
    (table,) = read_export(write(tmp_path, rows))
    assert table.data[name].dt.strftime("%Y-%m-%d").tolist() == ["2025-01-01", "2025-02-01", "2025-03-01"]
    assert said(table) == [("day-number-read", name, 2, "45658 = 2025-01-01")]


@pytest.mark.parametrize(("name", "odd"), [("产值", 45658), ("报告期", 12), ("用时", 45658), ("报告期", 45658.5)])
def test_other_columns_hold_numbers(name: str, odd: float, tmp_path: Path) -> None:
    rows = [["名称", name], ["甲公司", 45658], ["乙公司", 45689], ["丙公司", odd]]
    (table,) = read_export(workbook(tmp_path, rows))
    assert table.data[name].tolist() == [45658.0, 45689.0, odd]
    assert said(table) == []


@pytest.mark.parametrize("write", [workbook, text])
def test_in_a_column_of_the_plan_they_are_read_and_said_once(write: Any, tmp_path: Path) -> None:
    header = ["统一社会信用代码", "报告期", "入园日期", "产值"]
    codes = ["91310118MA1JL00000", "91310118MA1JL00019", "91310118MA1JL00027"]
    write(tmp_path, [header, *([code, serial, "2020-01-01", 1] for code, serial in zip(codes, MONTHS, strict=True))])
    columns = {
        "uscc": {"header": header[0], "type": "code"},
        "period": {"header": header[1], "type": "month"},
        "joined": {"header": header[2], "type": "date"},
        "output": {"header": header[3], "type": "number", "unit": "千元"},
    }
    declared = {"title": "表", "files": ["表*"], "key": ["uscc", "period"], "frequency": "monthly", "columns": columns}
    stream = open_drop(tmp_path, {"form": Source.model_validate(declared)}).stream("form")
    (chunk,) = stream.chunks()
    assert chunk.frame[PERIOD].tolist() == [2025 * 12 + month for month in (0, 1, 2)]
    assert chunk.frame["joined"].tolist() == [np.datetime64("2020-01-01")] * 3
    told = [(one.slug, one.where.field, one.parameters["raw"]) for one in stream.findings]
    assert told == [("day-number-read", "报告期", "45658 = 2025-01-01")]
