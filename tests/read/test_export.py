"""Any file in, tables out: every trait of real exports, made up, one test each."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from exports.writers import MD5, SHA1, Sheet, write_html, write_text, write_xls, write_xlsx, write_xml

from xicen_kpi.plan.period import Month, Span
from xicen_kpi.read import read_export
from xicen_kpi.read.numbers import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from xicen_kpi.read import Table

TWO_ROWS = Sheet(
    [
        ["某园区工业产值（2025年）", "", ""],
        ["单位：千元", "", ""],
        ["企业名称", "工业总产值", ""],
        ["", "本月", "1—本月"],
        ["甲公司", 1.5, 3],
        ["乙公司", 2, 4.25],
        ["合计", 3.5, 7.25],
        ["注：数据为初步数。", "", ""],
    ],
    merges=[(2, 0, 3, 0), (2, 1, 2, 2), (0, 0, 0, 2)],
)

WRITERS: dict[str, Callable[[Path], Path]] = {
    "a.xlsx": lambda path: write_xlsx(path, TWO_ROWS),
    "a.xls": lambda path: write_xls(path, TWO_ROWS),
    "codepage.xls": lambda path: write_xls(path, TWO_ROWS, codepage=1252),
    "rc4.xls": lambda path: write_xls(path, TWO_ROWS, encrypted=MD5),
    "cryptoapi.xls": lambda path: write_xls(path, TWO_ROWS, encrypted=SHA1),
    "page.xls": lambda path: write_html(path, TWO_ROWS),
    "gbk page.xls": lambda path: write_html(path, TWO_ROWS, encoding="gb18030"),
    "xml.xls": lambda path: write_xml(path, TWO_ROWS),
    "tabs.xls": lambda path: write_text(path, TWO_ROWS.rows, delimiter="\t", encoding="gb18030"),
    "utf16.csv": lambda path: write_text(path, TWO_ROWS.rows, encoding="utf-16"),
    "bom.csv": lambda path: write_text(path, TWO_ROWS.rows, encoding="utf-8-sig"),
    "cr.csv": lambda path: write_text(path, TWO_ROWS.rows, newline="\r"),
    "crcrlf.csv": lambda path: write_text(path, TWO_ROWS.rows, newline="\r\r\n", encoding="gb18030"),
    "semicolon.csv": lambda path: write_text(path, TWO_ROWS.rows, delimiter=";"),
    "no suffix": lambda path: write_text(path, TWO_ROWS.rows, newline="\n"),
}


OTHER = "geheim"


def only(tables: list[Table]) -> Table:
    (table,) = tables
    return table


def read_rows(tmp_path: Path, *rows: Sequence[Any], name: str = "a.csv") -> list[Table]:
    return read_export(write_text(tmp_path / name, rows))


def slugs(table: Table) -> list[str]:
    return [found.slug for found in table.findings]


@pytest.mark.parametrize("name", WRITERS)
def test_one_table_in_every_dress(tmp_path: Path, name: str) -> None:
    table = only(read_export(WRITERS[name](tmp_path / name)))
    assert list(table.data.columns) == ["企业名称", "工业总产值;本月", "工业总产值;1—本月"]
    assert table.data["工业总产值;本月"].tolist() == [1.5, 2, 3.5]
    assert table.data["企业名称"].tolist() == ["甲公司", "乙公司", "合计"]
    assert table.data.index.tolist() == [5, 6, 7]
    assert table.marks == {7: "total"}
    trail = table.provenance
    assert trail.units["工业总产值;本月"] == ("千元", "cell")
    assert (trail.period, trail.period_from) == (Span.parse(2025), "title")
    assert (trail.header_rows, trail.data_rows) == ((3, 4), (5, 7))
    assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values()) == 4
    assert slugs(table) == []


def test_a_workbook_with_a_password_of_its_own_says_so(tmp_path: Path) -> None:
    table = only(read_export(write_xls(tmp_path / "a.xls", TWO_ROWS, encrypted=MD5, password=OTHER)))
    assert (slugs(table), len(table.data)) == (["file-password"], 0)


def test_amounts_in_every_spelling(tmp_path: Path) -> None:
    cells = ["1,234.5", "１２３", " 7 ", "(8)", "（9）", "+4.41", "1.5E+3", "¥12", "-3", "−3", "1 234 567"]
    table = only(read_rows(tmp_path, ["名称", "数额"], *[[f"企业{n}", cell] for n, cell in enumerate(cells)]))
    expected = [1234.5, 123, 7, -8, -9, 4.41, 1500, 12, -3, -3, 1234567]
    assert table.data["数额"].tolist() == expected


def test_marks_of_absence_keep_their_kind(tmp_path: Path) -> None:
    cells = ["1", "—", "…", "*", "NULL", "", "2", "#DIV/0!", "3"]
    table = only(read_rows(tmp_path, ["名称", "数额"], *[[f"企业{n}", cell] for n, cell in enumerate(cells)]))
    assert [value for value in table.data["数额"] if not math.isnan(value)] == [1, 2, 3]
    assert table.missing["数额"] == {
        3: Missing.NONE,
        4: Missing.TOO_SMALL,
        5: Missing.SUPPRESSED,
        6: Missing.NOT_AVAILABLE,
        9: Missing.ERROR,
    }


def test_units_in_the_cells(tmp_path: Path) -> None:
    table = only(
        read_rows(
            tmp_path,
            ["名称", "注册资本", "投资", "占比"],
            ["甲公司", "3.606亿", "1,000(万元人民币)", "6.68%"],
            ["乙公司", "6705万", "20万元", "-0.5%"],
        )
    )
    assert table.data["注册资本"].tolist() == [3.606 * 1e8, 6705 * 1e4]
    assert table.data["投资"].tolist() == [1000, 20]
    assert table.data["占比"].tolist() == [6.68, -0.5]
    assert table.provenance.units["投资"] == ("万元", "value")
    assert table.provenance.units["占比"] == ("%", "value")


def test_codes_stay_text_with_their_zeros(tmp_path: Path) -> None:
    table = only(
        read_rows(
            tmp_path,
            ["股票代码", "行业", "证书编号", "税号", "数额"],
            ["000001", "0111", '="159682"', "913101180000000001", "1"],
            ["600000", "3921", "'007", "913101180000000002", "2"],
        )
    )
    assert table.data["股票代码"].tolist() == ["000001", "600000"]
    assert table.data["行业"].tolist() == ["0111", "3921"]
    assert table.data["证书编号"].tolist() == ["159682", "007"]
    assert table.data["税号"].tolist() == ["913101180000000001", "913101180000000002"]


def test_whole_numbers_of_a_spreadsheet_under_a_code_header_are_codes(tmp_path: Path) -> None:
    rows: list[list[object]] = [["股票代码", "数额"], ["002821", 1], [301080, 2], [9.13101e17, 3]]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert table.data["股票代码"].tolist()[:2] == ["002821", "301080"]
    assert [(found.slug, found.where.row) for found in table.findings] == [("code-scientific", 4)]


def test_what_is_no_number_in_a_column_of_numbers_is_said(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["年份", "第三产业"],
        ["2003", "57756/0"],
    ]
    rows += [[str(2004 + n), str(60000 + n)] for n in range(8)]
    table = only(read_rows(tmp_path, *rows))
    assert math.isnan(table.data["第三产业"].iloc[0])
    (found,) = table.findings
    assert (found.slug, found.where.row, found.where.field) == ("unreadable-cell", 2, "第三产业")
    assert found.parameters["raw"] == "57756/0"


@pytest.mark.parametrize("cell", ["12 34", "1,23,456", "12,34", "5-", "1_000", "nan", "inf", "0x10", "1.2.3"])
def test_what_may_be_read_in_two_ways_is_not_read(tmp_path: Path, cell: str) -> None:
    rows: list[list[str]] = [["名称", "数额"], ["企业", cell], *[[f"企业{n}", str(n)] for n in range(1, 30)]]
    table = only(read_rows(tmp_path, *rows))
    assert math.isnan(table.data["数额"].iloc[0])
    assert table.data["数额"].iloc[1:].tolist() == list(range(1, 30))


def test_october_that_has_lost_its_zero(tmp_path: Path) -> None:
    months = [f"2019.{month:02d}" if month != 10 else "2019.1" for month in range(1, 13)]
    table = only(read_rows(tmp_path, ["时间", "出口"], *[[month, "5"] for month in months]))
    assert table.data["时间"].tolist() == months
    (found,) = table.findings
    assert (found.slug, found.where.row, found.parameters["readings"]) == ("month-by-neighbours", 11, ["2019-10"])


def test_a_month_that_may_be_january_or_october_is_said_with_both_readings(tmp_path: Path) -> None:
    table = only(read_rows(tmp_path, ["时间", "出口"], ["2019.1", "5"], ["2019.2", "6"], ["2019.3", "7"]))
    (found,) = table.findings
    assert (found.slug, found.parameters["readings"]) == ("month-doubtful", ["2019-01", "2019-10"])


def test_a_bare_fraction_among_percentages_is_a_percentage_and_said(tmp_path: Path) -> None:
    rows: list[list[object]] = [["产品", "增长"], ["甲厂", "6.68%"], ["乙厂", "-1.2%"], ["丙厂", -0.2234]]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert table.data["增长"].tolist() == [6.68, -1.2, -0.2234 * 100]
    assert slugs(table) == ["percent-mixed"]


def test_a_file_without_header_is_said_to_be_so(tmp_path: Path) -> None:
    table = only(
        read_rows(tmp_path, ["0", "2017-03-17", "某股份", "361,749"], ["1", "2017-03-18", "某股份", "373,696"])
    )
    assert list(table.data.columns) == ["列1", "列2", "列3", "列4"]
    assert table.data["列4"].tolist() == [361749, 373696]
    assert (slugs(table), table.provenance.header_rows) == (["no-header"], None)


def test_a_header_without_data(tmp_path: Path) -> None:
    table = only(read_rows(tmp_path, ["企业名称", "统一社会信用代码", "注册资金"]))
    assert (list(table.data.columns), len(table.data)) == (["企业名称", "统一社会信用代码", "注册资金"], 0)


def test_years_as_numbers_are_a_header_above_other_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["", 2022, 2023, 2024], ["甲厂", 1.5, 2.5, 3.5], ["乙厂", 4.5, 5.5, 6.5]]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert list(table.data.columns) == ["列1", "2022", "2023", "2024"]
    assert table.data["2024"].tolist() == [3.5, 6.5]


def test_rows_of_units_and_of_column_numbers_belong_to_the_header(tmp_path: Path) -> None:
    table = only(
        read_rows(
            tmp_path,
            ["指标", "营业收入", "增速"],
            ["地区", "全国", "全国"],
            ["单位", "亿元", "%"],
            ["甲", "1", "2"],
            ["2020-04", "5", "6"],
            ["2020-05", "7", "8"],
        )
    )
    assert list(table.data.columns) == ["指标", "营业收入", "增速"]
    assert table.provenance.units == {"营业收入": ("亿元", "header"), "增速": ("%", "header")}
    assert table.data["指标"].tolist() == ["2020-04", "2020-05"]


def test_notes_sources_and_signatures_below_are_set_aside_with_the_reason(tmp_path: Path) -> None:
    table = only(
        read_rows(
            tmp_path,
            ["地区", "2024年"],
            ["北京", "1"],
            ["天津", "2"],
            ["", ""],
            ["注：1.按新口径修订。\n  第二行"],
            ["　　2.不含军工。"],
            ["数据来源：某局", ""],
            ["单位负责人：甲", "填表人：乙"],
        )
    )
    assert table.data["地区"].tolist() == ["北京", "天津"]
    trail = table.provenance
    assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values()) == 7
    assert set(trail.set_aside) <= {"blank", "note", "footer"}


def test_a_table_continued_on_further_pages_is_one(tmp_path: Path) -> None:
    header: list[list[object]] = [["城市", "人口", ""], ["", "全市", "市辖区"]]
    rows: list[list[object]] = [
        ["2-1 人口", "", ""],
        *header,
        ["石家庄", 10, 4],
        ["唐山", 7, 3],
        ["", "", ""],
        ["2-1 续表1", "", ""],
    ]
    rows += [*header, ["大连", 6, 2], ["鞍山", 5, 1]]
    merges = [(1, 0, 2, 0), (1, 1, 1, 2), (7, 0, 8, 0), (7, 1, 7, 2)]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows, merges=merges))))
    assert table.data["城市"].tolist() == ["石家庄", "唐山", "大连", "鞍山"]
    assert table.data["人口;全市"].tolist() == [10, 7, 6, 5]
    assert dict(table.provenance.set_aside) == {"blank": 1, "repeated_title": 1, "repeated_header": 2}


def test_two_tables_one_below_the_other_are_told_apart(tmp_path: Path) -> None:
    first, second = read_rows(
        tmp_path,
        ["表一 产值", "", ""],
        ["单位：万元", "", ""],
        ["企业", "产值", "增速"],
        ["甲厂", "1", "2"],
        ["乙厂", "3", "4"],
        ["", "", ""],
        ["表二 人员", "", ""],
        ["单位：人", "", ""],
        ["部门", "博士", "硕士"],
        ["研发部", "5", "6"],
        ["生产部", "7", "8"],
    )
    assert (list(first.data.columns), len(first.data)) == (["企业", "产值", "增速"], 2)
    assert (list(second.data.columns), len(second.data)) == (["部门", "博士", "硕士"], 2)
    assert first.provenance.units["产值"] == ("万元", "cell")
    assert second.provenance.units["博士"] == ("人", "cell")
    assert second.data.index.tolist() == [10, 11]


def test_two_tables_side_by_side_are_told_apart(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["企业", "产值", "", "部门", "人数"],
        ["甲厂", 1, "", "研发", 10],
        ["乙厂", 2, "", "生产", 20],
        ["丙厂", 3, "", "行政", 30],
    ]
    left, right = read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows)))
    assert left.data["产值"].tolist() == [1, 2, 3]
    assert right.data["人数"].tolist() == [10, 20, 30]


def test_panels_of_one_table_are_put_below_one_another(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["指标名称", "代码", "本年", "指标名称", "代码", "本年"],
        ["人员合计", 1, 50, "机构数", 22, 2],
        ["其中：女性", 2, 20, "博士", 24, 5],
    ]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert table.data["指标名称"].tolist() == ["人员合计", "其中：女性", "机构数", "博士"]
    assert table.data["本年"].tolist() == [50, 20, 2, 5]
    assert table.data.index.tolist() == [2, 3, 2, 3]
    assert table.marks == {3: "of_which"}


def test_indents_are_kept_and_headings_and_sub_totals_told_by_them(tmp_path: Path) -> None:
    table = only(
        read_rows(
            tmp_path,
            ["地区", "City", "人口", "面积", "产值"],
            ["河北省", "Hebei", "", "", ""],
            ["  石家庄市", "  Shijiazhuang", "10", "4", "3"],
            ["吉林省", "Jilin", "9", "5", "7"],
            ["  长春市", "  Changchun", "9", "5", "7"],
        )
    )
    assert table.data["地区"].tolist() == ["石家庄市", "吉林省", "长春市"]
    assert table.levels == {3: 2, 4: 0, 5: 2}
    assert table.marks == {4: "sub_total"}
    assert dict(table.provenance.set_aside) == {"heading": 1}


def test_totals_sub_totals_and_parts_are_marked_and_not_dropped(tmp_path: Path) -> None:
    labels = ["全国总计", "小计", "其中：大型", "甲厂", "费用合计", "合 计"]
    table = only(read_rows(tmp_path, ["项目", "数额"], *[[label, "1"] for label in labels]))
    assert table.marks == {2: "total", 3: "sub_total", 4: "of_which", 7: "total"}
    assert len(table.data) == len(labels)


def test_units_that_differ_from_row_to_row(tmp_path: Path) -> None:
    table = only(read_rows(tmp_path, ["指标", "2024年"], ["化学需氧量(万吨)", "2"], ["六价铬(千克)", "3"]))
    assert table.row_units == {2: "万吨", 3: "千克"}
    assert table.provenance.units["2024年"] == ("万吨、千克", "row")
    other = only(
        read_rows(tmp_path, ["指标", "单位", "数"], ["进口", "亿立方米", "2"], ["出口", "吨", "3"], name="b.csv")
    )
    assert other.row_units == {2: "亿立方米", 3: "吨"}


@pytest.mark.parametrize(
    ("header", "above", "name", "unit"),
    [
        ("产值(万元)", [], "a.csv", ("万元", "header")),
        ("产值；亿元", [], "a.csv", ("亿元", "header")),
        ("发电量（MWh)", [], "a.csv", ("MWh", "header")),
        ("产值", [["计量单位：千元"]], "a.csv", ("千元", "cell")),
        ("产值", [["", "单位：", "千元"]], "a.csv", ("千元", "cell")),
        ("产值", [["需求表（单位：辆）"]], "a.csv", ("辆", "title")),
        ("产值", [["指标：地区生产总值(亿元)"]], "a.csv", ("亿元", "title")),
        ("产值", [], "产值（万元）.csv", ("万元", "file_name")),
    ],
)
def test_where_a_unit_may_stand(
    tmp_path: Path, header: str, above: list[Any], name: str, unit: tuple[str, str]
) -> None:
    table = only(
        read_rows(tmp_path, *above, ["企业", header, "增速(%)"], ["甲厂", "1", "2"], ["乙厂", "3", "4"], name=name)
    )
    assert table.provenance.units[header] == unit


def test_years_across_become_periods_on_request(tmp_path: Path) -> None:
    table = only(read_rows(tmp_path, ["地区", "2024年", "2023年"], ["北京", "1", "2"], ["天津", "3", ""]))
    long = table.by_period()
    assert long["period"].tolist() == ["2024年", "2024年", "2023年", "2023年"]
    assert long["地区"].tolist() == ["北京", "天津", "北京", "天津"]
    assert long["value"].tolist()[:3] == [1, 3, 2]
    assert long["end"].tolist() == [Month(2024, 12).ordinal] * 2 + [Month(2023, 12).ordinal] * 2


def test_a_blank_first_header_and_statement_headings(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["", "2019年三季报", "2018年年报"],
        ["报表类型", "合并报表", "合并报表"],
        ["一、收入", "", ""],
        ["营业收入(亿元)", 12.5, 15],
        ["公告日期", "2019-10-30", "2019-03-30"],
    ]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert list(table.data.columns) == ["列1", "2019年三季报", "2018年年报"]
    assert len(table.data) == 4
    assert table.marks == {3: "heading"}


def test_true_dates_are_kept(tmp_path: Path) -> None:
    rows: list[list[object]] = [["名称", "公告日"], ["甲厂", date(2017, 7, 12)], ["乙厂", date(2018, 1, 2)]]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert table.data["公告日"].dt.date.tolist() == [date(2017, 7, 12), date(2018, 1, 2)]


def test_names_are_cleaned_of_line_breaks_and_blanks_and_made_different(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["产        品", "2017 年\n10 月份", "金额", "金额"],
        ["甲厂", 1, 2, 3],
        ["乙厂", 4, 5, 6],
    ]
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows))))
    assert list(table.data.columns) == ["产品", "2017 年 10 月份", "金额", "金额 (2)"]


def test_fields_filled_up_with_tabs(tmp_path: Path) -> None:
    path = tmp_path / "Table.txt"
    lines = ["时间\t\t开盘\t\t收盘\t\t", *(f"2022-12-{day:02d},五\t{day}.5\t\t{day}.75\t\t" for day in range(1, 10))]
    path.write_bytes("\r\r\n".join([*lines, ""]).encode("gb18030"))
    table = only(read_export(path))
    assert list(table.data.columns) == ["时间", "开盘", "收盘"]
    assert table.data["收盘"].tolist() == [day + 0.75 for day in range(1, 10)]


def test_text_around_a_web_page_table_is_its_title(tmp_path: Path) -> None:
    sheet = Sheet([["城市", "比重"], ["辽阳", "1.66"], ["宁波", "2.5"]])
    before = "<div>某年构成统计（2014年）</div><table><tr><td>单位:%</td></tr></table>"
    table = only(read_export(write_html(tmp_path / "a.xls", sheet, before=before, after="<div>摘编自某年鉴</div>")))
    assert table.provenance.units["比重"] == ("%", "cell")
    assert table.provenance.period == Span.parse(2014)
    assert table.data.index.tolist() == [2, 3]


def test_a_unit_beyond_all_reason_is_doubted(tmp_path: Path) -> None:
    table = only(read_rows(tmp_path, ["时间", "金额(亿)"], ["甲厂", "494311"], ["乙厂", "412345678901"]))
    assert slugs(table) == ["unit-implausible"]


def test_a_text_cut_off_within_a_character_and_a_text_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("企业,产值\n甲,1\n乙".encode()[:-1])
    assert slugs(only(read_export(tmp_path / "a.csv"))) == ["file-cut-off"]
    (tmp_path / "b.csv").write_bytes("企業名稱,產值總額,統一編號\n臺灣積體電路製造,1,2\n".encode("big5"))
    assert "encoding-doubtful" in slugs(only(read_export(tmp_path / "b.csv")))


def test_a_text_merged_over_several_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [["地区", "企业", "产值"], ["甲区", "一厂", 5], ["", "二厂", ""], ["乙区", "三厂", 7]]
    sheet = Sheet(rows, merges=[(1, 0, 2, 0), (1, 2, 2, 2)])
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", sheet)))
    assert table.data["地区"].tolist() == ["甲区", "甲区", "乙区"]
    assert table.data["产值"].fillna(0).tolist() == [5, 0, 7]


def test_hidden_sheets_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, value in (("现行", 1), ("旧", 2)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["企业", "产值"])
            sheet.write_row(1, 0, ["一厂", value])
            if name == "旧":
                sheet.hide()
    table = only(read_export(path))
    assert table.data["产值"].tolist() == [1]
    assert [(found.slug, found.parameters["sheets"]) for found in table.findings] == [("sheets-hidden", ["旧"])]


def test_formulas_that_failed_or_were_never_worked_out_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["企业", "产值", "增速"])
        sheet.write_row(1, 0, ["一厂", 1, 2])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["二厂", 3])
        sheet.write_formula(2, 2, "=B3*2", None, "")
    assert slugs(only(read_export(path))) == ["formulas-failed", "formulas-without-value"]


def test_names_in_two_languages_and_units_below_them(tmp_path: Path) -> None:
    rows = [
        ["Stkcd", "Accper", "B001101000"],
        ["证券代码", "统计截止日期", "营业收入"],
        ["没有单位", "没有单位", "元"],
        ["000001", "2019-12-31", "137958000000"],
        ["000002", "2019-12-31", "367893877500"],
    ]
    table = only(read_rows(tmp_path, *rows))
    assert list(table.data.columns) == ["Stkcd;证券代码", "Accper;统计截止日期", "B001101000;营业收入"]
    assert table.data["B001101000;营业收入"].tolist() == [137958000000, 367893877500]
    assert table.provenance.units["B001101000;营业收入"] == ("元", "header")


def test_a_banner_over_all_columns_is_a_heading(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["企业", "产值", "人数"],
        ["一、工业", "", ""],
        ["一厂", 1, 2],
        ["二、服务业", "", ""],
        ["二厂", 3, 4],
    ]
    sheet = Sheet(rows, merges=[(1, 0, 1, 2), (3, 0, 3, 2)])
    table = only(read_export(write_xlsx(tmp_path / "a.xlsx", sheet)))
    assert table.data["企业"].tolist() == ["一厂", "二厂"]
    assert dict(table.provenance.set_aside) == {"heading": 2}


def test_a_column_of_numbers_and_many_words_is_kept_as_text_and_said(tmp_path: Path) -> None:
    rows = [["企业", "产值"], *[[f"第{n}厂", "停产" if n % 3 == 0 else f"{n}.5"] for n in range(30)]]
    table = only(read_rows(tmp_path, *rows))
    assert table.data["产值"].tolist()[:3] == ["停产", "1.5", "2.5"]
    assert slugs(table) == ["column-mixed"]


def test_a_workbook_older_than_its_container_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100))
    table = only(read_export(path))
    assert [(found.slug, found.parameters["detail"]) for found in table.findings] == [("file-foreign", "Excel 5")]
