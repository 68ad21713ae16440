"""How a workbook shows its numbers, where that contradicts the unit that the numbers are read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from xicen_kpi.plan.source import Source
from xicen_kpi.read import open_drop, read_export
from xicen_kpi.read.cell_formats import form_of

if TYPE_CHECKING:
    from pathlib import Path

WAN = '0!.0,"万"'
"""12345 as 1.2万: how Chinese users of Excel show tens of thousands."""


def book(path: Path, header: str, values: list[float], form: str) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("说明 & 目录").write(0, 0, "无")
        sheet, shown = made.add_worksheet("数据 & 表"), made.add_format({"num_format": form})
        sheet.write_row(0, 0, ["名称", header], shown)
        for place, value in enumerate(values, start=1):
            sheet.write(place, 0, f"第{place}家")
            sheet.write_formula(place, 1, f"={value}*1", shown, value)
    return path


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("0.0%", "%"),
        ("0.00%;[Red]-0.00%", "%"),
        (WAN, "万"),
        ("0!.0,万", "万"),
        ('0.00,,"亿"', "亿"),
        # Written beside a number that is shown as it is.
        ('0.0"%"', ""),
        (r"0\%", ""),
        ('#,##0"万元"', ""),
        ("#,##0.00", ""),
        ('yyyy"年"m"月"', ""),
    ],
)
def test_a_format_that_shows_another_number(form: str, shown: str) -> None:
    assert form_of(form) == shown


@pytest.mark.parametrize(
    ("header", "form", "shown"),
    [
        ("增速（%）", "0.0%", "%"),
        ("产值（千元）", "0.0%", "%"),
        ("产值（万元）", WAN, "万"),
        ("增速（%）", "0.0", None),
        ("增速（%）", '0.0"%"', None),
        ("增速", "0.0%", None),
        ("产值（元）", WAN, None),
        ("产值（千元）", WAN, None),
    ],
)
def test_it_is_told_where_the_unit_is_another(header: str, form: str, shown: str | None, tmp_path: Path) -> None:
    table = next(one for one in read_export(book(tmp_path / "a.xlsx", header, [0.093, 0.1], form)) if len(one.data))
    assert table.data[header].tolist() == [0.093, 0.1]
    told = [(one.where.sheet, one.where.field, one.parameters["shown"]) for one in table.findings]
    assert told == ([] if shown is None else [("数据 & 表", header, shown)])


def test_in_a_column_of_the_plan_it_is_told_once_whatever_says_the_unit(tmp_path: Path) -> None:
    book(tmp_path / "表.xlsx", "增速", [0.01 * n for n in range(50)], "0.0%")
    columns = {"name": {"header": "名称"}, "growth": {"header": "增速", "type": "number", "unit": "%"}}
    declared = {"title": "表", "files": ["表*"], "key": ["name"], "frequency": "list", "columns": columns}
    stream = open_drop(tmp_path, {"form": Source.model_validate(declared)}).stream("form")
    (chunk,) = stream.chunks()
    assert chunk.frame["growth"].tolist()[:2] == [0, 0.01]
    assert [(one.slug, one.where.field) for one in stream.findings] == [("format-contradicts-unit", "增速")]
