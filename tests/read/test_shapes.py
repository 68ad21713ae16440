"""Shapes of tables met in the wild: made-up files, each as text and as a workbook, with their names, rows and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from exports.writers import Sheet, write_text, write_xlsx

from xicen_kpi.read import read_export

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from xicen_kpi.read import Table

Rows = list[list[Any]]
Reader: TypeAlias = "Callable[[Rows], list[Table]]"
WRITERS: dict[str, Callable[[Path, Rows], Path]] = {
    "text": lambda folder, rows: write_text(folder / "a.csv", rows, encoding="gb18030"),
    "tabs": lambda folder, rows: write_text(folder / "a.xls", rows, delimiter="\t"),
    "workbook": lambda folder, rows: write_xlsx(folder / "a.xlsx", Sheet(rows)),
}


@pytest.fixture(params=WRITERS)
def tables_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Rows], list[Table]]:
    """Reads rows by way of a file of each kind."""
    write = WRITERS[request.param]
    return lambda rows: read_export(write(tmp_path, rows))


def seen(table: Table) -> tuple[list[str], list[list[Any]]]:
    """Names, and the rows that are no headings."""
    rows = table.data[[table.marks.get(row) != "heading" for row in table.data.index]]
    return list(table.data.columns), rows.to_numpy().tolist()


def test_series_named_with_colons_are_a_header_and_attributes_below_them_are_none(tables_of: Reader) -> None:
    (table,) = tables_of(
        [
            ["指标名称", "中国:CPI:当月同比", "中国:PPI:当月同比"],
            ["频率", "月", "月"],
            ["单位", "%", "%"],
            ["指标ID", "M0000612", "M0001227"],
            ["来源", "国家统计局", "海关总署"],
            ["2025-01", 0.5, -2.3],
            ["2025-02", -0.7, -2.2],
            ["数据来源：某资讯", "", ""],
        ]
    )
    assert seen(table)[0] == ["指标名称", "中国:CPI:当月同比", "中国:PPI:当月同比"]
    assert [row[1:] for row in seen(table)[1]] == [[0.5, -2.3], [-0.7, -2.2]]
    assert {unit.unit for unit in table.provenance.units.values()} == {"%"}


def test_the_last_attribute_below_a_header_is_no_name(tables_of: Reader) -> None:
    (table,) = tables_of(
        [
            ["指标名称", "工业增加值", "出口金额"],
            ["单位", "亿元", "亿美元"],
            ["来源", "统计局", "海关"],
            ["2025-01", 1.5, 2.5],
            ["2025-02", 3.5, 4.5],
        ]
    )
    assert seen(table)[0] == ["指标名称", "工业增加值", "出口金额"]
    assert len(table.data) == 2


def test_a_list_in_which_little_is_filled_in_has_no_headings(tables_of: Reader) -> None:
    rows = [[f"第{n}公司", n if n % 7 == 0 else "", n if n % 5 == 0 else "", ""] for n in range(1, 40)]
    (table,) = tables_of([["企业", "补贴", "奖励", "备注"], *rows])
    assert table.marks == {}
    assert table.data["奖励"].sum() == sum(n for n in range(40) if n % 5 == 0)


def test_records_cut_short_behind_their_last_value_keep_the_columns_of_the_header(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [["企业", "补贴", "奖励"]]
    rows += [[f"第{n}公司", n] if n % 8 == 0 else [f"第{n}公司"] for n in range(1, 40)]
    (table,) = read_export(write_text(tmp_path / "a.csv", rows))
    assert list(table.data.columns) == ["企业", "补贴", "奖励"]
    assert table.data["补贴"].sum() == 8 + 16 + 24 + 32


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_commas_within_numbers_are_no_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["公司", "营业收入", "净利润"],
        *([f"第{n}公司", f"{n * 1_234_567:,}.25", f"{n * 345_678:,}"] for n in range(1, 9)),
    ]
    path = tmp_path / "a.txt"
    path.write_text(
        "".join(delimiter.join(row) + "\n" for row in [["公司", "收入", "净利润"], *rows]), encoding="utf-8"
    )
    (table,) = read_export(path)
    assert table.provenance.delimiter == delimiter
    assert table.data["净利润"].sum() == 36 * 345_678


def test_numbers_of_three_digits_between_commas_are_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n" + "123,456,789\n" * 9, encoding="utf-8")
    (table,) = read_export(path)
    assert seen(table)[1][0] == [123, 456, 789]


def test_signatures_of_a_statement_are_no_data(tables_of: Reader) -> None:
    (table,) = tables_of(
        [
            ["项目", "本期发生额", "上期发生额"],
            ["营业收入", 5.5, 4.5],
            ["净利润", 1.5, 1.25],
            ["法定代表人：甲", "主管会计工作负责人：乙", "会计机构负责人：丙"],
        ]
    )
    assert len(table.data) == 2
    assert dict(table.provenance.set_aside) == {"footer": 1}


def test_statements_under_titles_of_their_own_are_tables_of_their_own(tables_of: Reader) -> None:
    def statement(title: str, *amounts: float) -> Rows:
        head = [[title, "", ""], ["编制单位：甲公司", "2025年9月", "单位：元"], ["项目", "本期金额", "上期金额"]]
        return [*head, *([f"第{n}项", amount, amount + 1] for n, amount in enumerate(amounts))]

    first, second = tables_of([*statement("利润表", 1, 2, 3), ["", "", ""], *statement("现金流量表", 4, 5)])
    assert [row[1] for row in seen(first)[1]] == [1, 2, 3]
    assert [row[1] for row in seen(second)[1]] == [4, 5]
    assert second.provenance.title.startswith("现金流量表")


def test_the_same_title_on_a_further_page_heads_no_other_table(tables_of: Reader) -> None:
    page: Rows = [["1-1 各县人口", ""], ["单位：人", ""], ["县", "人口"]]
    (table,) = tables_of([*page, ["甲县", 1], ["乙县", 2], ["", ""], *page, ["丙县", 3], ["丁县", 4]])
    assert table.data["人口"].tolist() == [1, 2, 3, 4]


def test_groups_that_head_groups_reach_as_far_as_they_do(tables_of: Reader) -> None:
    (table,) = tables_of(
        [
            ["地区", "工业企业", "", "", ""],
            ["", "规模以上", "", "规模以下", ""],
            ["", "产值", "利润", "产值", "利润"],
            ["甲县", 1, 2, 3, 4],
            ["乙县", 5, 6, 7, 8],
        ]
    )
    group = "工业企业;规模以"
    assert seen(table)[0] == ["地区", f"{group}上;产值", f"{group}上;利润", f"{group}下;产值", f"{group}下;利润"]


def test_letters_under_the_header_number_the_columns(tables_of: Reader) -> None:
    (table,) = tables_of(
        [["企业", "收入", "成本", "利润"], ["A", "B", "C", "D=B-C"], ["甲厂", 5, 3, 2], ["乙厂", 9, 5, 4]]
    )
    assert seen(table) == (["企业", "收入", "成本", "利润"], [["甲厂", 5, 3, 2], ["乙厂", 9, 5, 4]])


def test_labels_that_are_the_first_stems_number_no_columns(tables_of: Reader) -> None:
    (table,) = tables_of([["组", "人数"], ["甲", 1], ["乙", 2], ["丙", 3]])
    assert seen(table) == (["组", "人数"], [["甲", 1], ["乙", 2], ["丙", 3]])


def test_figures_above_a_header_belong_to_the_title(tables_of: Reader) -> None:
    rows = [[f"第{n}厂", n * 1.5, n, n, n] for n in range(1, 8)]
    (table,) = tables_of(
        [
            ["企业总数", 7, "", "产值合计", 42],
            ["填报日期", "2025-11-03", "", "", ""],
            ["", "", "", "", ""],
            ["企业", "产值", "税收", "利润", "人数"],
            *rows,
        ]
    )
    assert seen(table) == (["企业", "产值", "税收", "利润", "人数"], rows)
    assert "企业总数 7 产值合计 42" in table.provenance.title


def test_a_table_beside_another_may_begin_lower(tables_of: Reader) -> None:
    rows: Rows = [["企业", "产值", "税收", "", "", ""], *([f"第{n}厂", n * 1.5, n, "", "", ""] for n in range(9))]
    for place, row in enumerate([["部门", "人数"], ["研发", 1], ["生产", 2], ["行政", 3]], 3):
        rows[place][4:] = row
    left, right = tables_of(rows)
    assert (list(left.data.columns), len(left.data)) == (["企业", "产值", "税收"], 9)
    assert seen(right) == (["部门", "人数"], [["研发", 1], ["生产", 2], ["行政", 3]])


def test_a_sheet_of_explanations_comes_after_the_data(tmp_path: Path) -> None:
    notes = Sheet([["填报说明"], ["一、本表由企业填报。"], ["二、金额单位为万元。"]], "说明")
    data = Sheet([["企业", "产值"], ["甲厂", 1.5], ["乙厂", 2.5]], "数据")
    first, second = read_export(write_xlsx(tmp_path / "a.xlsx", notes, data))
    assert (first.provenance.sheet, second.provenance.sheet) == ("数据", "说明")


def test_two_columns_named_in_two_languages(tables_of: Reader) -> None:
    (table,) = tables_of([["地区", "产值"], ["Region", "Output"], ["甲县", 1.5], ["乙县", 2.5], ["丙县", 3.5]])
    assert seen(table) == (["地区;Region", "产值;Output"], [["甲县", 1.5], ["乙县", 2.5], ["丙县", 3.5]])


def test_amounts_that_may_be_days_are_no_header(tables_of: Reader) -> None:
    rows = [["甲县", "41204.0", "63251.0"], ["乙县", "24.9", "7.7"], ["丙县", "9.5", "41903.4"]]
    (table,) = tables_of([["地区", "研发费用", ""], ["", "本月", "累计"], *rows])
    assert seen(table)[0] == ["地区", "研发费用;本月", "研发费用;累计"]
    assert table.data["研发费用;累计"].tolist() == [63251, 7.7, 41903.4]


def test_panels_whose_last_is_shorter_reach_to_the_last_row_of_all(tables_of: Reader) -> None:
    rows = [
        [1, "甲厂", 1.5, "", 4, "丁厂", 4.5],
        [2, "乙厂", 2.5, "", 5, "戊厂", 5.5],
        [3, "丙厂", 3.5, "", "", "", ""],
    ]
    (table,) = tables_of([["序号", "企业", "产值", "", "序号", "企业", "产值"], *rows])
    assert table.data["产值"].tolist() == [1.5, 2.5, 3.5, 4.5, 5.5]
    assert table.provenance.data_rows == (2, 4)
